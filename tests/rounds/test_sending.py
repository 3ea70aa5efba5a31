"""Sending: only what was confirmed goes out, and only what went out is kept as a reminder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from danvan import post
from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.errors import NotAllowedError, RefusedError
from danvan.model import Channel, Contact, Round, Stage, YearRule
from danvan.post import PostError
from danvan.rounds.contacts import keep_contacts
from danvan.rounds.letters import Letter, letters
from danvan.rounds.sending import keep, send_reminders
from tests.mailbox import Mailbox, mailbox
from tests.making import YEAR, submission
from tests.rounds.house import WORDS, House

ON = date(YEAR, 4, 20)
P1, P2 = "p1@x.vn", "p2@x.vn"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox(P2) as box:
        monkeypatch.setenv(post.SERVER, f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv(post.SENDER, "ban@x.vn")
        yield box


def _round(house: House) -> tuple[Round, tuple[Letter, ...]]:
    one = house.open()
    keep_contacts(house.office, [Contact("W1", "Minh", P1), Contact("W2", "", P2)], WORDS)
    told = tuple(house.owed(ON).values())
    return one, letters(one, told, house.store.catalogue(), WORDS, ON, {}, {})


def _reminded(house: House) -> list[tuple[str, str]]:
    rows = house.store.reminders(YEAR)
    return list(zip(rows["unit"], rows["address"], strict=True))


def test_what_was_taken_is_kept_as_a_reminder_and_what_was_refused_is_not(
    house: House, box: Mailbox
) -> None:
    one, texts = _round(house)
    outcomes = send_reminders(house.office, one, texts, [P1, P2])
    assert [(o.unit, o.delivery.sent) for o in outcomes] == [("W1", True), ("W2", False)]
    assert _reminded(house) == [("W1", P1)]
    assert [came["To"].addresses[0].addr_spec for came in box.came] == [P1]


@pytest.mark.parametrize("confirmed", [[], [P1], [P1, P2, "p3@x.vn"], [P1, "p2@y.vn"]])
def test_nothing_goes_out_unless_these_very_addresses_were_confirmed(
    house: House, box: Mailbox, confirmed: list[str]
) -> None:
    one, texts = _round(house)
    with pytest.raises(RefusedError, match="Chưa gửi thư nào"):
        send_reminders(house.office, one, texts, confirmed)
    assert (box.came, _reminded(house)) == ([], [])


def test_nothing_goes_out_unless_a_server_is_configured(
    house: House, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(post.SERVER)
    one, texts = _round(house)
    with pytest.raises(PostError, match="Chưa cấu hình máy chủ thư"):
        send_reminders(house.office, one, texts, [P1, P2])
    assert (box.came, _reminded(house)) == ([], [])


def test_nobody_is_kept_as_reminded_where_the_server_is_down(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(post.SERVER, "smtp://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv(post.SENDER, "ban@x.vn")
    one, texts = _round(house)
    with pytest.raises(PostError):
        send_reminders(house.office, one, texts, [P1, P2])
    assert _reminded(house) == []


def test_units_without_an_address_are_not_written_to(house: House, box: Mailbox) -> None:
    one, texts = _round(house)
    alone = [text for text in texts if text.unit == "W3"]
    with pytest.raises(RefusedError, match="có địa chỉ thư"):
        send_reminders(house.office, one, alone, [])
    assert box.came == []


def test_a_copied_text_is_kept_without_an_address(house: House) -> None:
    one, _ = _round(house)
    keep(house.office, one, {"W3": ""})
    keep(house.office, one, {})
    assert _reminded(house) == [("W3", "")]


def test_only_the_office_sends(house: House, box: Mailbox) -> None:
    one, texts = _round(house)
    reporter = Access(house.store, Account(2, "minh", "Minh", Role.REPORTER, "W1"))
    with pytest.raises(NotAllowedError):
        send_reminders(reporter, one, texts, [P1, P2])
    assert box.came == []


def test_of_a_closed_year_nobody_is_reminded(house: House, box: Mailbox) -> None:
    one, texts = _round(house)
    house.store.submit([submission(channel=Channel.YEAR, years=(YearRule(YEAR, Stage.CLOSED),))])
    with pytest.raises(RefusedError, match="khóa sổ"):
        send_reminders(house.office, one, texts, [P1, P2])
    with pytest.raises(RefusedError, match="khóa sổ"):
        keep(house.office, one, {"W1": ""})
    assert (box.came, _reminded(house)) == ([], [])
