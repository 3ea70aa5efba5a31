"""From files to a stored submission: the difference first, then all of it or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from danvan import intake
from danvan.errors import RefusedError
from danvan.intake import Change
from danvan.model import Channel, Stage, YearRule
from danvan.store import Store
from tests.making import YEAR, csv_file, only, submission

HEAD = "unit,indicator,target,result\n"


def _load(store: Store, text: str) -> int:
    checked = intake.check(store, [csv_file(text)], YEAR)
    return intake.hand_in(store, checked, "Lan", Channel.LOAD)


def test_checking_stores_nothing(store: Store) -> None:
    before = store.revision()
    checked = intake.check(store, [csv_file(HEAD + "W1,SUM,3,2\n")], YEAR)
    assert (checked.sound, checked.count(Change.NEW)) == (True, 1)
    assert store.revision() == before


def test_the_difference_says_new_changed_and_same(store: Store) -> None:
    _load(store, HEAD + "W1,SUM,3,2\nW2,SUM,3,2\n")
    text = HEAD + "W1,SUM,3,2\nW2,SUM,3,5\nW3,SUM,1,\n"
    checked = intake.check(store, [csv_file(text)], YEAR)
    counts = {change: checked.count(change) for change in Change}
    assert counts == {Change.NEW: 1, Change.CHANGED: 1, Change.SAME: 1}


def test_loading_the_same_again_changes_nothing_but_is_on_record(store: Store) -> None:
    first = _load(store, HEAD + "W1,SUM,3,2\n")
    second = _load(store, HEAD + "W1,SUM,3,2\n")
    assert second == first + 1
    assert only(store.figures(YEAR), unit="W1").result == 2


def test_one_fault_in_one_file_refuses_all_files(store: Store) -> None:
    good, bad = csv_file(HEAD + "W1,SUM,3,2\n", "a.csv"), csv_file(HEAD + "W2,SUM,x,\n", "b.csv")
    checked = intake.check(store, [good, bad], YEAR)
    assert not checked.sound
    with pytest.raises(RefusedError):
        intake.hand_in(store, checked, "Lan", Channel.LOAD)
    assert store.figures(YEAR).empty


def test_the_same_figure_in_two_files_is_asked_about_and_not_chosen(store: Store) -> None:
    files = [csv_file(HEAD + f"W1,SUM,,{n}\n", f"{n}.csv") for n in (1, 2)]
    checked = intake.check(store, files, YEAR)
    assert [problem.code for problem in checked.problems] == ["in_two_files"]
    assert "1.csv" in checked.problems[0].sentence()


def test_target_in_one_file_and_result_in_another_is_one_figure(store: Store) -> None:
    files = [
        csv_file("unit,indicator,target\nW1,SUM,5\n", "plan.csv"),
        csv_file("unit,indicator,result\nW1,SUM,4\n", "report.csv"),
    ]
    checked = intake.check(store, files, YEAR)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)
    row = only(store.figures(YEAR), unit="W1")
    assert (row.target, row.result) == (5, 4)


def test_the_first_figures_of_a_year_open_it(store: Store) -> None:
    year = YEAR + 1
    checked = intake.check(store, [csv_file(HEAD + "W1,SUM,3,2\n")], year)
    assert checked.opens_year
    number = intake.hand_in(store, checked, "Lan", Channel.LOAD)
    assert year in store.years()
    store.undo(number, "Lan")
    assert store.figures(year).empty


@pytest.mark.parametrize(
    ("year", "line", "stage"),
    [
        (date.today().year + 1, "W1,SUM,3,\n", Stage.PLANNING),
        (date.today().year + 1, "W1,SUM,3,0\n", Stage.OPEN),
        (YEAR + 1, "W1,SUM,3,\n", Stage.OPEN),  # it is over: nobody plans it any more
    ],
)
def test_targets_alone_begin_to_plan_a_year_that_is_not_over(
    store: Store, year: int, line: str, stage: Stage
) -> None:
    checked = intake.check(store, [csv_file(HEAD + line)], year)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)
    assert store.years()[year].stage is stage


@pytest.mark.parametrize("year", [1999, date.today().year + 2, -1])
def test_a_year_that_is_a_slip_of_the_keyboard_is_refused(store: Store, year: int) -> None:
    with pytest.raises(RefusedError) as refused:
        intake.check(store, [csv_file(HEAD + "W1,SUM,3,2\n")], year)
    assert refused.value.key == "unknown_year"


def test_a_file_that_states_nothing_says_so(store: Store) -> None:
    checked = intake.check(store, [csv_file(HEAD)], YEAR)
    assert [problem.code for problem in checked.problems] == ["no_figures"]


def test_a_closed_year_is_refused_before_anything_is_read(store: Store) -> None:
    store.submit([submission(channel=Channel.YEAR, years=(YearRule(YEAR, Stage.CLOSED),))])
    with pytest.raises(RefusedError) as refused:
        intake.check(store, [csv_file("unit,indicator,result\nW1,SUM,3\n")], YEAR)
    assert refused.value.key == "closed_year"
