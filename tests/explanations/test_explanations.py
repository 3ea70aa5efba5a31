"""Explanations: who is asked, how one is given and approved, where it shows, and that years need them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from danvan import closing, listing
from danvan.access import PUBLIC, Access, operator
from danvan.accounts import Account, Role
from danvan.approval import sizes, waiting
from danvan.errors import NotAllowedError, RefusedError
from danvan.explanations import LONGEST, explain, unexplained, wanted
from danvan.findings import explanation_word
from danvan.model import Period, Round, Stage, YearRule
from danvan.rows import rows_of
from danvan.store import Store
from danvan.wording import Words
from tests.making import AFTER, RULE, WARDS, YEAR, only, result, submission, target

MINH = Account(2, "minh", "Trần Văn Minh", Role.REPORTER, "W1")
HOA = Account(4, "hoa", "Lê Thị Hòa", Role.EDITOR)
SUM = ("year", "W1", "SUM")


@pytest.fixture
def hoa(store: Store) -> Access:
    """An editor before a city whose ward W1 missed its target, and nobody else."""
    editor = Access(store, HOA)
    facts = [f for ward in WARDS for f in (target(5, ward), result(5, ward))]
    editor.submit([submission(*facts, result(1, "W1"), person="hoa")])
    return editor


@pytest.fixture
def minh(store: Store, hoa: Access) -> Access:  # noqa: ARG001 - there have to be figures
    """The reporter of W1."""
    return Access(store, MINH)


def _wanted(store: Access, rule: YearRule = RULE) -> list[tuple[str, str, str, bool, bool]]:
    rows = listing.judged(store, store.seen_catalogue(), rule, AFTER)
    found = rows_of(wanted(store, rule, rows))
    return [(r["period"], r["unit"], r["why"], r["explained"], r["waits"]) for r in found]


def _shown(store: Access, as_of: datetime | None = None) -> str:
    rows = listing.listed(store, YEAR, as_of=as_of)
    return str(only(rows, unit="W1", indicator="SUM", period="year")["explanation"])


def test_a_missed_figure_asks_its_unit_and_not_the_city_it_is_joined_to(hoa: Access) -> None:
    assert _wanted(hoa) == [("year", "W1", "missed", False, False)]


def test_a_city_that_was_given_its_own_target_is_asked_itself(hoa: Access) -> None:
    hoa.submit([submission(target(99, "CITY"), person="hoa")])
    assert [unit for _, unit, *_ in _wanted(hoa)] == ["CITY", "W1"]


def test_a_part_of_the_year_asks_only_where_a_round_calls_for_it(hoa: Access) -> None:
    hoa.submit(
        [
            submission(
                target(4, "W2", period=Period.Q1), result(1, "W2", period=Period.Q1), person="hoa"
            )
        ]
    )
    assert ("Q1", "W2", "missed", False, False) not in _wanted(hoa)
    asked = YearRule(YEAR, rounds=(Round(YEAR, Period.Q1, date(YEAR, 4, 5)),))
    assert ("Q1", "W2", "missed", False, False) in _wanted(hoa, asked)


def test_a_reporters_explanation_waits_and_counts_once_approved(minh: Access, hoa: Access) -> None:
    number = explain(minh, YEAR, {SUM: " Kinh phí chậm "})
    assert _wanted(hoa) == [("year", "W1", "missed", False, True)]
    assert _shown(hoa) == ""
    found = waiting(hoa, number)
    assert [(row["text"], row["former"]) for row in found.explanations] == [("Kinh phí chậm", "")]
    assert found.size == 1
    frames = (hoa.waiting(), hoa.waiting_entries(), hoa.waiting_explanations())
    assert sizes(*frames) == {number: 1}
    hoa.decide(number, "approved")
    assert _wanted(hoa) == [("year", "W1", "missed", True, False)]
    assert _shown(hoa) == "Kinh phí chậm"


def test_one_that_is_sent_back_never_counts_and_is_told_to_its_sender(
    minh: Access, hoa: Access
) -> None:
    number = explain(minh, YEAR, {SUM: "Không rõ"})
    hoa.decide(number, "returned", comment="Nói rõ hơn")
    assert _wanted(hoa) == [("year", "W1", "missed", False, False)]
    (own,) = rows_of(minh.own())
    assert (own["outcome"], own["entries"]) == ("returned", 1)


def test_the_office_explains_in_a_units_place_and_it_counts_at_once(hoa: Access) -> None:
    explain(hoa, YEAR, {SUM: "Thiên tai"})
    (said,) = rows_of(hoa.explanations(YEAR))
    assert (said["text"], said["person"]) == ("Thiên tai", "hoa")


def test_it_is_undone_and_read_as_it_stood(hoa: Access) -> None:
    before = datetime.now(UTC)
    number = explain(hoa, YEAR, {SUM: "Thiên tai"})
    given = datetime.now(UTC)
    hoa.undo(number)
    assert [_shown(hoa), _shown(hoa, given), _shown(hoa, before)] == ["", "Thiên tai", ""]


def test_a_blank_text_takes_back_what_stands(hoa: Access) -> None:
    explain(hoa, YEAR, {SUM: "Thiên tai"})
    explain(hoa, YEAR, {SUM: " "})
    assert hoa.explanations(YEAR).empty


@pytest.mark.parametrize(
    ("text", "key"), [("", "nothing_explained"), ("x" * (LONGEST + 1), "text_too_long")]
)
def test_what_is_no_short_text_is_refused(hoa: Access, text: str, key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        explain(hoa, YEAR, {SUM: text})
    assert refused.value.key == key


def test_nobody_explains_for_another_unit_or_without_the_right(store: Store, minh: Access) -> None:
    with pytest.raises(NotAllowedError):
        explain(minh, YEAR, {("year", "W2", "SUM"): "x"})
    with pytest.raises(NotAllowedError):
        explain(Access(store, Account(3, "xem", "", Role.VIEWER)), YEAR, {SUM: "x"})


def test_another_unit_reads_none_of_it_and_the_public_no_name(store: Store, hoa: Access) -> None:
    explain(hoa, YEAR, {SUM: "Thiên tai"})
    other = Access(store, Account(5, "son", "", Role.REPORTER, "W2"))
    assert other.explanations(YEAR).empty
    assert list(Access(store, PUBLIC).explanations(YEAR)["person"]) == [""]


def test_a_figure_that_was_sent_back_asks_until_it_is_handed_in_again(
    minh: Access, hoa: Access
) -> None:
    (number,) = minh.submit([submission(result(9, "W1", "LESS"), person="minh")])
    hoa.decide(number, "returned", comment="Tăng bất thường")
    rows = listing.judged(minh, minh.seen_catalogue(), RULE, AFTER)
    (asked,) = [r for r in rows_of(wanted(minh, RULE, rows)) if r["why"] == "returned"]
    assert (asked["indicator"], asked["comment"]) == ("LESS", "Tăng bất thường")
    explain(minh, YEAR, {("year", "W1", "LESS"): "Đúng là tăng"})
    assert ("year", "W1", "returned", False, True) in _wanted(minh)
    minh.submit([submission(result(8, "W1", "LESS"), person="minh")])
    assert "returned" not in {why for _, _, why, *_ in _wanted(minh)}


def test_what_was_sent_back_is_not_told_to_other_units(
    store: Store, minh: Access, hoa: Access
) -> None:
    (number,) = minh.submit([submission(result(9, "W1", "LESS"), person="minh")])
    hoa.decide(number, "returned", comment="Xem lại")
    assert list(hoa.sent_back(YEAR)["unit"]) == ["W1"]
    assert Access(store, Account(5, "son", "", Role.REPORTER, "W2")).sent_back(YEAR).empty
    assert Access(store, PUBLIC).sent_back(YEAR).empty


def test_a_year_does_not_close_while_a_missed_figure_is_not_explained(
    store: Store, hoa: Access
) -> None:
    lan = Access(store, operator("lan"))
    checked = closing.checklist(lan, YEAR, AFTER)
    assert checked.counts["unexplained"] == 1
    with pytest.raises(RefusedError) as refused:
        closing.close(lan, checked, "hội nghị đã thông qua")
    assert (refused.value.key, refused.value.values["n"]) == ("year_unexplained", 1)
    explain(hoa, YEAR, {SUM: "Thiên tai"})
    closed = closing.close(lan, closing.checklist(lan, YEAR, AFTER))
    assert closed.stage is Stage.CLOSED
    with pytest.raises(RefusedError):
        explain(hoa, YEAR, {SUM: "Khác"})


def test_it_says_its_day_and_its_text_as_it_was_written(hoa: Access, words: Words) -> None:
    explain(hoa, YEAR, {SUM: "=1+1 <b>\nhai dòng"})
    row = rows_of(listing.listed(hoa, YEAR))
    (said,) = [explanation_word(r, words) for r in row if r["explanation"]]
    today = f"{datetime.now().astimezone():%d/%m/%Y}"
    assert said == f"Giải trình ngày {today}: =1+1 <b> hai dòng"


def test_what_nobody_missed_asks_for_nothing(hoa: Access) -> None:
    hoa.submit([submission(result(5, "W1"), person="hoa")])
    rows = listing.judged(hoa, hoa.seen_catalogue(), RULE, AFTER)
    assert unexplained(wanted(hoa, RULE, rows)).empty


def test_nor_while_a_missed_figure_of_a_round_is_not_explained(store: Store, hoa: Access) -> None:
    lan = Access(store, operator("lan"))
    asked = Round(YEAR, Period.Q1, date(YEAR, 4, 5))
    quarter = [target(4, "W2", period=Period.Q1), result(1, "W2", period=Period.Q1)]
    hoa.submit([submission(*quarter, rounds=(asked,), person="hoa")])
    explain(hoa, YEAR, {SUM: "Thiên tai"})
    missed = closing.checklist(lan, YEAR, AFTER).unexplained
    assert list(zip(missed["period"], missed["unit"], strict=True)) == [("Q1", "W2")]
    (row,) = rows_of(missed)
    assert closing.named(row, Words("vi")) == f"Chỉ tiêu SUM (quý I năm {YEAR})"
    explain(hoa, YEAR, {("Q1", "W2", "SUM"): "Dời lịch"})
    assert closing.checklist(lan, YEAR, AFTER).unexplained.empty
