"""Settling: a reason holds while both numbers are what they were; the entered figure may give way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from danvan import reconciliation
from danvan.access import Access, operator
from danvan.accounts import Account, Role
from danvan.errors import NotAllowedError, RefusedError
from danvan.model import Stage, YearRule
from danvan.reconciliation import Discrepancy, discrepancies
from danvan.store import Store
from tests.making import WARDS, YEAR, result, submission

HOA = Account(4, "hoa", "Lê Thị Hòa", Role.EDITOR)


@pytest.fixture
def hoa(store: Store) -> Access:
    """An editor before a city whose own figure is one more than its wards'."""
    editor = Access(store, HOA)
    facts = [*(result(2, ward) for ward in WARDS), result(7, "CITY")]
    editor.submit([submission(*facts, person="hoa")])
    return editor


def _one(store: Access, as_of: datetime | None = None) -> Discrepancy:
    (found,) = discrepancies(store, YEAR, as_of)
    return found


def test_a_settled_one_says_why_and_by_whom(hoa: Access) -> None:
    reconciliation.settle(hoa, _one(hoa), "  tính cả hoạt động của thành phố ")
    said = _one(hoa).settled
    assert said is not None
    assert (said.reason, said.person) == ("tính cả hoạt động của thành phố", "hoa")


def test_a_changed_number_opens_it_again_and_says_what_was_settled(hoa: Access) -> None:
    reconciliation.settle(hoa, _one(hoa), "lý do")
    hoa.submit([submission(result(3, "W1"), result(9, "CITY"), person="hoa")])
    found = _one(hoa)
    assert found.open
    assert found.former is not None
    assert (found.former.reason, found.former.computed) == ("lý do", 6)
    hoa.submit([submission(result(2, "W1"), result(7, "CITY"), person="hoa")])
    assert not _one(hoa).open


def test_a_settlement_is_taken_back_by_opening_it_or_by_an_undo(hoa: Access) -> None:
    reconciliation.settle(hoa, _one(hoa), "lý do")
    number = reconciliation.reopen(hoa, _one(hoa))
    assert _one(hoa).open
    hoa.undo(number)
    assert not _one(hoa).open


def test_it_is_read_as_it_stood(hoa: Access) -> None:
    before = datetime.now(UTC)
    reconciliation.settle(hoa, _one(hoa), "lý do")
    assert _one(hoa, before).open
    assert not _one(hoa, datetime.now(UTC)).open


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_needed_and_no_report(hoa: Access, reason: str) -> None:
    with pytest.raises(RefusedError):
        reconciliation.settle(hoa, _one(hoa), reason)
    assert _one(hoa).open


def test_numbers_that_moved_since_they_were_seen_are_not_settled(hoa: Access) -> None:
    seen = _one(hoa)
    hoa.submit([submission(result(8, "CITY"), person="hoa")])
    with pytest.raises(RefusedError) as refused:
        reconciliation.settle(hoa, seen, "lý do")
    assert refused.value.key == "discrepancy_moved"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REPORTER])
def test_only_the_office_settles(store: Store, hoa: Access, role: Role) -> None:
    seen = _one(hoa)
    with pytest.raises(NotAllowedError):
        reconciliation.settle(Access(store, Account(5, "minh", "", role)), seen, "lý do")


def test_a_closed_year_takes_no_settlement(store: Store, hoa: Access) -> None:
    seen = _one(hoa)
    store.submit([submission(years=(YearRule(YEAR, Stage.CLOSED),))])
    with pytest.raises(RefusedError):
        reconciliation.settle(hoa, seen, "lý do")


def test_the_entered_figure_gives_way_and_an_undo_brings_it_back(hoa: Access) -> None:
    number = reconciliation.let_computed_stand(hoa, _one(hoa))
    assert not discrepancies(hoa, YEAR)
    figures = hoa.figures(YEAR)
    assert figures[figures["unit"] == "CITY"]["result"].isna().all()
    hoa.undo(number)
    assert _one(hoa).stated == 7


def test_an_editor_of_a_ward_settles_nothing_of_the_city(store: Store, hoa: Access) -> None:
    seen = _one(hoa)
    limited = Access(store, Account(6, "p1", "", Role.EDITOR, "W1"))
    with pytest.raises(RefusedError):
        reconciliation.settle(limited, seen, "lý do")
    assert Access(store, operator("lan")).settlements(YEAR).empty
