"""What is kept of a plan year: the first target, rounds, explanations, settlements, reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from danvan.errors import RefusedError
from danvan.model import (
    Catalogue,
    Channel,
    Comparison,
    Contact,
    Explanation,
    Minimum,
    Period,
    Reminder,
    Round,
    Settlement,
    Stage,
    Whole,
    YearRule,
)
from danvan.store import Store, open_store
from tests.making import CATALOGUE, RULE, YEAR, founded, only, result, submission, target

PLANNED = YearRule(YEAR, Stage.PLANNING)
ROUND = Round(YEAR, Period.Q1, date(YEAR, 4, 10), ("W1", "W2"), ("SUM",), "Báo cáo quý I")
WHY = Explanation(year=YEAR, unit="W1", indicator="SUM", text="Mưa bão kéo dài.")
SETTLED = Settlement(
    year=YEAR, unit="W1", indicator="SUM", comparison=Comparison.REGISTER,
    stated=Decimal(5), computed=Decimal(4), reason="Một mô hình chưa vào sổ.",
)  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "empty.db"))


def planned(store: Store, *steps: object) -> tuple[float, float]:
    """Current and first target after values and stages, in the order they are stated."""
    for step in steps:
        if isinstance(step, Stage):
            rule = replace(PLANNED, stage=step)
            store.submit([submission(channel=Channel.YEAR, years=(rule,))])
        else:
            store.submit([submission(target(step))])
    row = only(store.figures(YEAR), indicator="SUM")
    return row.target, row.first_target


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((8, 10), (10, 10)),  # nothing but a draft yet
        ((8, 10, Stage.OPEN), (10, 10)),
        ((8, 10, Stage.OPEN, 12), (12, 10)),
        ((8, 10, Stage.OPEN, 12, 15), (15, 10)),
        ((Stage.OPEN, 12, 15), (15, 12)),
        ((8, Stage.OPEN, 12, Stage.CLOSED, Stage.OPEN, 14), (14, 8)),
        ((8, None, Stage.OPEN, 12), (12, 12)),  # the draft was taken back
        ((8, None, 9, Stage.OPEN, 12), (12, 9)),
    ],
)
def test_the_first_target_is_the_one_the_year_was_opened_with(
    empty: Store, steps: tuple[object, ...], expected: tuple[float, float]
) -> None:
    assert planned(founded(empty, CATALOGUE, PLANNED), *steps) == expected


def test_a_round_is_read_with_its_year_and_can_be_called_off(store: Store) -> None:
    store.submit([submission(channel=Channel.FORM, rounds=(ROUND,))])
    before = datetime.now(UTC)
    later = replace(ROUND, due=date(YEAR, 4, 20))
    store.submit([submission(channel=Channel.FORM, rounds=(later,))])
    assert store.years()[YEAR].rounds == (later,)
    assert store.years(before)[YEAR].round == {Period.Q1: ROUND}
    store.submit([submission(channel=Channel.FORM, rounds=(replace(later, removed=True),))])
    assert store.years()[YEAR] == RULE


def test_a_round_asks_only_for_what_there_is(store: Store) -> None:
    for wrong in (replace(ROUND, units=("XX",)), replace(ROUND, indicators=("XX",))):
        with pytest.raises(RefusedError):
            store.submit([submission(rounds=(wrong,))])


def test_a_closed_year_takes_no_round_explanation_or_settlement(store: Store) -> None:
    closed = replace(RULE, stage=Stage.CLOSED)
    store.submit([submission(channel=Channel.YEAR, years=(closed,))])
    for said in ({"rounds": (ROUND,)}, {"explanations": (WHY,)}, {"settlements": (SETTLED,)}):
        with pytest.raises(RefusedError) as refused:
            store.submit([submission(**said)])
        assert refused.value.key == "closed_year"


def test_the_last_explanation_stands_until_it_is_taken_back(store: Store) -> None:
    store.submit([submission(explanations=(WHY,))])
    (number,) = store.submit([submission(explanations=(replace(WHY, text="Thiếu kinh phí."),))])
    said = only(store.explanations(YEAR), unit="W1")
    assert (said.text, said.person, said.submission) == ("Thiếu kinh phí.", "Lan", number)
    store.undo(number, "Lan")
    assert only(store.explanations(YEAR)).text == WHY.text
    store.submit([submission(explanations=(replace(WHY, text=""),))])
    assert store.explanations(YEAR).empty


def test_an_explanation_that_waits_is_not_one_yet(store: Store) -> None:
    (number,) = store.submit([submission(explanations=(WHY,))], outcome="submitted")
    assert store.explanations(YEAR).empty
    assert list(store.waiting_explanations()["text"]) == [WHY.text]
    assert store.touched()[number] == {"W1"}
    assert store.stated_years()[number] == {YEAR}
    store.decide(number, "approved", "Hoa")
    assert list(store.explanations(YEAR)["text"]) == [WHY.text]
    assert store.waiting_explanations().empty


def test_a_settlement_needs_a_reason_and_can_be_opened_again(store: Store) -> None:
    with pytest.raises(RefusedError):
        store.submit([submission(settlements=(replace(SETTLED, reason=" "),))])
    store.submit([submission(settlements=(SETTLED,))])
    row = only(store.settlements(YEAR))
    assert (row.stated, row.computed, row.reason) == (5, 4, SETTLED.reason)
    store.submit([submission(settlements=(replace(SETTLED, reason="", removed=True),))])
    assert store.settlements(YEAR).empty


def test_whom_to_write_to_is_the_last_that_was_said(store: Store) -> None:
    first = (Contact("W1", "Lan", "lan@example.vn"), Contact("W2", "Hoa"))
    store.submit([submission(contacts=first)])
    store.submit([submission(contacts=(Contact("W1"),))])
    assert store.contacts() == (Contact("W2", "Hoa"),)


def test_a_reminder_is_kept_and_recorded_and_changes_no_figure(store: Store) -> None:
    revision = store.revision()
    store.remind([Reminder(YEAR, Period.Q1, "W1", "lan@example.vn")], "hoa")
    row = only(store.reminders(YEAR))
    assert (row.period, row.unit, row.address, row.person) == ("Q1", "W1", "lan@example.vn", "hoa")
    assert store.revision() == revision
    assert "reminder" in set(store.people.audit()["act"])


def test_the_catalogue_keeps_what_the_law_asks_and_which_numbers_make_which(empty: Store) -> None:
    least = Minimum("SUM", ("phường", "xã"), Decimal(1), "Luật", first_year=2023)
    whole = Whole("SUM:target", ("LESS", "TRACK"))
    store = founded(empty, replace(CATALOGUE, minimums=(least,), wholes=(whole,)))
    kept = store.catalogue()
    assert (kept.minimums, kept.wholes) == ((least,), (whole,))
    assert [least.holds(kept.unit[code], 2023) for code in ("CITY", "W1")] == [False, True]
    assert not least.holds(kept.unit["W1"], 2022)


def test_the_percentage_a_file_states_is_kept_beside_its_result(store: Store) -> None:
    store.submit([submission(target(10), result(9, stated=Decimal(95)))])
    assert only(store.figures(YEAR)).stated == 95
    assert only(store.history(YEAR, "CITY", "SUM"), aspect="result").stated == 95


def test_what_is_said_of_a_plan_is_sealed_with_its_submission(store: Store) -> None:
    store.submit([submission(explanations=(WHY,), settlements=(SETTLED,), rounds=(ROUND,))])
    assert store.faults() == []


def test_the_law_may_ask_kinds_of_units_and_years_for_different_numbers(store: Store) -> None:
    asked = (
        Minimum("SUM", ("phường",), Decimal(2), "Luật"),
        Minimum("SUM", ("xã",), Decimal(1), "Luật"),
        Minimum("SUM", ("xã",), Decimal(3), "Luật mới", YEAR + 1),
    )
    known = submission(channel=Channel.CATALOGUE, catalogue=replace(CATALOGUE, minimums=asked))
    store.submit([known])
    assert store.catalogue().minimums == asked
    stated_anew = replace(known, catalogue=Catalogue(minimums=asked[:1]))
    store.submit([stated_anew])
    assert store.catalogue().minimums == asked[:1]
