"""Closing: what a year still lacks, and that its stages follow each other only as they may."""

from __future__ import annotations

from datetime import date

import pytest

from danvan import closing
from danvan.access import Access, operator
from danvan.accounts import Account, Role
from danvan.closing import Checklist
from danvan.errors import NotAllowedError, RefusedError
from danvan.model import Entry, Register, Stage
from danvan.store import Store
from tests.making import WARDS, YEAR, result, submission, target

TODAY = date(YEAR, 6, 1)
PEOPLE = [Account(1, str(role), "", role) for role in Role if role is not Role.ADMIN]


@pytest.fixture
def lan(store: Store) -> Access:
    """An admin in front of a year whose wards W1 and W2 have targets, and W1 a result."""
    admin = Access(store, operator("lan"))
    facts = [target(5, "W1"), target(3, "W2"), result(5, "W1")]
    admin.submit([submission(*facts, person=admin.account.name)])
    return admin


def _checked(store: Access) -> Checklist:
    return closing.checklist(store, YEAR, TODAY)


def _settle(lan: Access) -> None:
    lan.submit([submission(result(3, "W2"), person=lan.account.name)])


def test_what_a_ward_has_not_reported_is_missing_once_and_not_again_above(lan: Access) -> None:
    missing = _checked(lan).missing
    assert list(zip(missing["unit"], missing["indicator"], strict=True)) == [("W2", "SUM")]


def test_a_target_of_the_city_without_anything_below_is_missing_at_the_city(lan: Access) -> None:
    lan.submit([submission(target(9, "CITY", "OWN"), person=lan.account.name)])
    assert set(_checked(lan).missing["unit"]) == {"W2", "CITY"}


def test_a_percentage_that_cannot_be_joined_is_missing_at_the_city(lan: Access) -> None:
    _settle(lan)
    facts = [f for w in WARDS for f in (target(90, w, "SHARE"), result(95, w, "SHARE"))]
    lan.submit([submission(*facts, person=lan.account.name)])
    missing = _checked(lan).missing
    assert list(zip(missing["unit"], missing["indicator"], strict=True)) == [("CITY", "SHARE")]


def test_nothing_is_too_early_in_a_year_that_is_to_close(lan: Access) -> None:
    assert len(closing.checklist(lan, YEAR, date(YEAR, 1, 1)).missing) == 1


def test_a_submission_that_waits_for_the_year_is_on_the_list(lan: Access, store: Store) -> None:
    entry = Entry(register=Register.MODEL, year=YEAR, unit="W3", name="Mô hình")
    numbers = store.submit(
        [submission(result(1, "W3")), submission(entries=(entry,))], outcome="submitted"
    )
    assert list(_checked(lan).waiting["id"]) == numbers
    lan.decide(numbers[0], "approved")
    assert list(_checked(lan).waiting["id"]) == numbers[1:]


def test_a_citys_own_figure_that_differs_from_its_wards_is_a_discrepancy(lan: Access) -> None:
    _settle(lan)
    assert not _checked(lan).open_points
    lan.submit([submission(result(9, "CITY"), person=lan.account.name)])
    apart = _checked(lan).discrepancies
    assert [(one.unit, one.difference) for one in apart] == [("CITY", 1)]


def test_a_year_with_nothing_open_closes_and_takes_no_more_figures(lan: Access) -> None:
    _settle(lan)
    assert closing.close(lan, _checked(lan)).stage is Stage.CLOSED
    with pytest.raises(RefusedError):
        lan.submit([submission(result(1, "W1"), person=lan.account.name)])


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_year_with_open_points_closes_only_with_a_reason(lan: Access, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        closing.close(lan, _checked(lan), reason)
    assert refused.value.values["missing"] == 1
    assert lan.years()[YEAR].stage is Stage.OPEN
    closing.close(lan, _checked(lan), " phường 2 giải thể ")
    assert lan.years()[YEAR].reason == "phường 2 giải thể"


def test_what_was_stored_after_the_list_was_seen_stops_the_closing(lan: Access) -> None:
    seen = _checked(lan)
    _settle(lan)
    with pytest.raises(RefusedError) as refused:
        closing.close(lan, seen, "lý do")
    assert refused.value.key == "year_moved"
    assert lan.years()[YEAR].stage is Stage.OPEN


def test_a_closed_year_opens_again_only_with_a_reason(lan: Access) -> None:
    closing.close(lan, _checked(lan), "xong")
    for again in (lambda: closing.reopen(lan, YEAR, " "), lambda: closing.begin(lan, YEAR)):
        with pytest.raises(RefusedError):
            again()
    assert closing.reopen(lan, YEAR, "thiếu số").stage is Stage.OPEN
    assert lan.years()[YEAR].reason == "thiếu số"


def test_a_year_is_planned_opened_and_closed_in_this_order(lan: Access) -> None:
    assert closing.plan(lan, 2030).stage is Stage.PLANNING
    with pytest.raises(RefusedError):
        closing.plan(lan, 2030)
    with pytest.raises(RefusedError):
        closing.close(lan, closing.checklist(lan, 2030, TODAY))
    with pytest.raises(RefusedError):
        closing.reopen(lan, 2030, "lý do")
    assert closing.begin(lan, 2030).stage is Stage.OPEN
    with pytest.raises(RefusedError):
        closing.begin(lan, 2030)


@pytest.mark.parametrize("year", [-1, 0, 22, 1999, 20222])
def test_an_unlikely_year_is_refused(lan: Access, year: int) -> None:
    for step in (closing.plan, closing.begin):
        with pytest.raises(RefusedError):
            step(lan, year)


def test_the_rules_of_a_year_survive_its_closing_and_reopening(lan: Access) -> None:
    before = lan.years()[YEAR]
    closing.close(lan, _checked(lan), "xong")
    after = closing.reopen(lan, YEAR, "thiếu")
    assert (after.margin, after.judge_from) == (before.margin, before.judge_from)


def test_an_editor_begins_to_plan_a_year_and_a_reporter_does_not(lan: Access, store: Store) -> None:
    readers = {account.role: Access(store, account) for account in PEOPLE}
    for role in (Role.VIEWER, Role.REPORTER):
        with pytest.raises(NotAllowedError):
            closing.plan(readers[role], 2030)
    assert closing.plan(readers[Role.EDITOR], 2030).stage is Stage.PLANNING
    assert lan.years()[2030].stage is Stage.PLANNING


def test_an_editor_of_a_unit_plans_no_year(store: Store) -> None:
    account = Account(1, "hai", "", Role.EDITOR, "W1")
    with pytest.raises(NotAllowedError):
        closing.plan(Access(store, account), 2030)


@pytest.mark.parametrize("account", PEOPLE, ids=lambda account: str(account.role))
def test_nobody_but_an_admin_takes_any_step(lan: Access, store: Store, account: Account) -> None:
    checked, reader = _checked(lan), Access(store, account)
    steps = [
        lambda: closing.checklist(reader, YEAR, TODAY),
        lambda: closing.begin(reader, 2030),
        lambda: closing.close(reader, checked, "lý do"),
    ]
    for step in steps:
        with pytest.raises(NotAllowedError):
            step()
    closing.close(lan, checked, "xong")
    with pytest.raises(NotAllowedError):
        closing.reopen(reader, YEAR, "lý do")


def test_an_admin_of_one_unit_closes_nothing(lan: Access, store: Store) -> None:
    limited = Access(store, Account(1, "w1", "", Role.ADMIN, "W1"))
    with pytest.raises(NotAllowedError):
        closing.close(limited, closing.checklist(limited, YEAR, TODAY), "lý do")
    assert lan.years()[YEAR].stage is Stage.OPEN
