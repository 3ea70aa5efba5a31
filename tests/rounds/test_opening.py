"""Opening: a round is opened, moved and called off, and what cannot be is refused with a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.errors import NotAllowedError, RefusedError
from danvan.model import Contact, Period, Round, Stage, YearRule
from danvan.rounds.contacts import contact, is_address, keep_contacts
from danvan.rounds.opening import call_off, due_days, is_early, open_round, usual_due
from tests.making import RULE, YEAR, submission
from tests.rounds.house import DUE, WORDS, House


def test_the_day_that_is_offered_is_ten_days_after_the_period_and_of_the_year_its_own() -> None:
    assert usual_due(RULE, Period.Q1) == date(YEAR, 4, 10)
    assert usual_due(RULE, Period.YEAR) == date(YEAR, 12, 1)


def test_a_round_is_opened_moved_and_called_off(house: House) -> None:
    house.open(note="  Gửi cả bản giấy ")
    assert house.store.years()[YEAR].rounds == (
        Round(YEAR, Period.Q1, DUE, note="Gửi cả bản giấy"),
    )
    house.open(due=date(YEAR, 4, 15))
    assert house.store.years()[YEAR].round[Period.Q1].due == date(YEAR, 4, 15)
    call_off(house.office, YEAR, Period.Q1, WORDS)
    assert house.store.years()[YEAR].rounds == ()


def test_the_history_says_what_was_done_and_the_day_before(house: House) -> None:
    house.open()
    house.open(due=date(YEAR, 4, 15))
    call_off(house.office, YEAR, Period.Q1, WORDS)
    assert house.store.submissions()["note"].tolist()[-3:] == [
        "Đợt báo cáo quý I năm 2022: hạn nộp 10/04/2022",
        "Đợt báo cáo quý I năm 2022: hạn nộp 15/04/2022, trước đó là 10/04/2022",
        "Hủy đợt báo cáo quý I năm 2022 (hạn nộp 15/04/2022)",
    ]


def test_estimates_may_be_due_before_the_period_is_over(house: House) -> None:
    one = house.open(due=date(YEAR, 3, 25))
    assert is_early(one)
    assert house.store.years()[YEAR].round[Period.Q1] == one


@pytest.mark.parametrize("due", [date(YEAR - 1, 12, 31), date(YEAR, 10, 3), date(2222, 4, 10)])
def test_a_day_before_the_period_or_far_behind_it_is_refused(house: House, due: date) -> None:
    with pytest.raises(RefusedError, match="từ 01/01/2022 đến 02/10/2022"):
        house.open(due=due)
    assert house.store.years()[YEAR].rounds == ()
    for day in due_days(YEAR, Period.Q1):
        house.open(due=day)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"units": ("W9",)}, "W9"),
        ({"units": ("CITY",)}, "CITY"),
        ({"units": ("OLD",)}, "OLD"),
        ({"indicators": ("NOPE",)}, "NOPE"),
        ({"indicators": ("OWN",)}, "OWN"),
    ],
)
def test_what_nobody_can_report_is_refused(house: House, more: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        house.open(**more)


def test_a_year_that_is_closed_or_not_there_has_no_rounds(house: House) -> None:
    house.store.submit([submission(years=(YearRule(YEAR, Stage.CLOSED, Decimal("0.1")),))])
    with pytest.raises(RefusedError, match="khóa sổ"):
        house.open()
    with pytest.raises(RefusedError, match="2030"):
        open_round(house.office, Round(2030, Period.Q1, date(2030, 4, 10)), WORDS)


def test_only_the_citys_office_opens_rounds_and_keeps_addresses(house: House) -> None:
    for role, unit in ((Role.REPORTER, "W1"), (Role.VIEWER, ""), (Role.EDITOR, "W1")):
        somebody = Access(house.store, Account(3, "ai", "Ai", role, unit))
        with pytest.raises(NotAllowedError):
            open_round(somebody, Round(YEAR, Period.Q1, DUE), WORDS)
        with pytest.raises(NotAllowedError):
            keep_contacts(somebody, [Contact("W1", "", "a@b.vn")], WORDS)


def test_a_round_is_not_undone_but_stated_anew(house: House) -> None:
    house.open()
    number = int(house.store.submissions()["id"].max())
    with pytest.raises(RefusedError):
        house.office.undo(number)


@pytest.mark.parametrize(
    "text", ["p1@caolanh.gov.vn", "van.phong+dv@p1.dongthap.gov.vn", "a_b-c@x-y.vn"]
)
def test_addresses_that_can_be_written_to(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "p1", "p1@", "@x.vn", "p1@localhost", "a b@x.vn", "a@x..vn", ".a@x.vn", "a.@x.vn",
        "a@x.vn\nBcc: b@x.vn", "a@x.vn, b@x.vn", "Tên <a@x.vn>", "phường@x.vn", "a@phường.vn",
        "a@-x.vn", f"{'a' * 65}@x.vn", f"a@{'x' * 250}.vn",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(text: str) -> None:
    assert not is_address(text)
    if text:
        with pytest.raises(RefusedError, match="không phải là địa chỉ"):
            contact("W1", "", text)


def test_only_contacts_that_changed_are_kept(house: House) -> None:
    told = [Contact("W1", "Trần  Minh", " a@x.vn "), Contact("W2")]
    assert keep_contacts(house.office, told, WORDS) == 1
    assert house.store.contacts() == (Contact("W1", "Trần Minh", "a@x.vn"),)
    assert keep_contacts(house.office, told, WORDS) == 0
    assert keep_contacts(house.office, [Contact("W1")], WORDS) == 1
    assert house.store.contacts() == ()


@pytest.mark.parametrize("name", ["a" * 101, "Minh\u202e", "Minh\x00"])
def test_a_name_that_would_do_something_to_a_letter_is_refused(name: str) -> None:
    with pytest.raises(RefusedError):
        contact("W1", name, "a@x.vn")
