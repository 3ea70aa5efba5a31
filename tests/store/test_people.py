"""Accounts, sessions, switches as they are stored."""

from __future__ import annotations

import dataclasses
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from danvan.accounts import Account, Role
from danvan.errors import DanvanError, RefusedError
from danvan.store import People, Store, open_store

NOW = datetime.now(UTC)
TOKEN, OTHER_TOKEN = "a1" * 32, "b2" * 32
LAN = Account(0, "lan", "Nguyễn Thị Lan", Role.REPORTER, "W1")


@pytest.fixture
def people(store: Store) -> People:
    """One admin."""
    store.people.add(Account(0, "admin", "Quản trị", Role.ADMIN), "hash of admin", "os:root")
    return store.people


@pytest.fixture
def lan(people: People) -> Account:
    return people.add(LAN, "hash of lan", "admin", "10.0.0.1")


def _begin(people: People, account: Account, token: str = TOKEN, at: datetime = NOW) -> None:
    people.begin_session(token, account.id, "10.0.0.1", "Firefox", at)


def _last(people: People) -> tuple[str, str, str]:
    row = people.audit(1).iloc[0]
    return row["act"], row["person"], row["subject"]


def test_a_new_store_has_nobody(store: Store) -> None:
    assert not store.people.exists()
    assert store.people.accounts() == []


def test_an_account_is_read_as_it_was_added(people: People, lan: Account) -> None:
    assert people.exists()
    assert people.account("lan") == people.account_of(lan.id) == lan
    assert lan.made_at
    assert dataclasses.replace(lan, id=0, made_at=None) == LAN
    assert people.password_hash(lan.id) == "hash of lan"


def test_who_is_not_there_is_none(people: People) -> None:
    assert people.account("nobody") is None
    assert people.account_of(999) is None
    assert people.password_hash(999) is None


@pytest.mark.usefixtures("lan")
def test_accounts_come_by_name(people: People) -> None:
    people.add(Account(0, "binh", "Bình", Role.VIEWER), "x", "admin")
    assert [account.name for account in people.accounts()] == ["admin", "binh", "lan"]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"name": "lan"}, "account_taken"),
        ({"name": "Lan"}, "account_name"),
        ({"name": "lê lan"}, "account_name"),
        ({"name": "other", "unit": "NOWHERE"}, "account_unit"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    people: People, lan: Account, changed: dict[str, Any], key: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        people.add(dataclasses.replace(lan, **changed), "x", "admin")
    assert refused.value.key == key
    assert len(people.accounts()) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Trần Lan"},
        {"role": Role.EDITOR},
        {"unit": "CITY"},
        {"unit": ""},
        {"active": False},
        {"must_change": True},
        {"role": Role.VIEWER, "unit": "W2"},
    ],
)
def test_what_is_given_changes_and_nothing_else(
    people: People, lan: Account, changes: dict[str, Any]
) -> None:
    changed = people.change(lan.id, "admin", **changes)
    assert changed == people.account("lan") == dataclasses.replace(lan, **changes)
    assert people.password_hash(lan.id) == "hash of lan"


def test_a_change_to_an_unknown_unit_or_person_is_refused(people: People, lan: Account) -> None:
    for number, unit in ((lan.id, "NOWHERE"), (999, "W1")):
        with pytest.raises(RefusedError):
            people.change(number, "admin", unit=unit)
    assert people.account("lan") == lan


@pytest.mark.parametrize("changes", [{"active": False}, {"role": Role.EDITOR}])
def test_the_last_active_admin_stays(people: People, changes: dict[str, Any]) -> None:
    (admin,) = people.accounts()
    people.add(Account(0, "old", "", Role.ADMIN, active=False), "x", "admin")
    with pytest.raises(RefusedError) as refused:
        people.change(admin.id, "admin", **changes)
    assert refused.value.key == "last_admin"
    assert people.account("admin") == admin


def test_one_of_two_admins_may_go(people: People, lan: Account) -> None:
    people.change(lan.id, "admin", role=Role.ADMIN)
    (admin,) = [a for a in people.accounts() if a.name == "admin"]
    assert not people.change(admin.id, "lan", active=False).active


def test_without_any_admin_others_can_still_be_changed(store: Store) -> None:
    lan = store.people.add(LAN, "x", "os:root")
    assert store.people.change(lan.id, "os:root", unit="W2").unit == "W2"


@pytest.mark.parametrize("changes", [{"active": False}, {"password_hash": "new"}])
def test_a_deactivation_and_a_new_password_end_sessions(
    people: People, lan: Account, changes: dict[str, Any]
) -> None:
    _begin(people, lan)
    people.change(lan.id, "admin", **changes)
    assert people.session(TOKEN) is None
    assert _last(people) == ("session_ended", "admin", "lan")


def test_a_move_and_another_role_leave_the_session_and_hold_in_it(
    people: People, lan: Account
) -> None:
    _begin(people, lan)
    people.change(lan.id, "admin", unit="W2", role=Role.EDITOR)
    session = people.session(TOKEN)
    assert session
    assert (session.account.unit, session.account.role) == ("W2", Role.EDITOR)


def test_a_session_is_known_by_the_beginning_of_its_hash(people: People, lan: Account) -> None:
    _begin(people, lan)
    session = people.session(TOKEN)
    assert session
    assert (session.key, session.account.name) == (TOKEN[:16], "lan")
    assert people.session(TOKEN[:16]) is None


def test_a_session_is_noted_as_seen_once_a_minute(people: People, lan: Account) -> None:
    _begin(people, lan)
    for seconds, seen in ((59, 0), (60, 60), (100, 60), (130, 130)):
        people.seen(TOKEN, NOW + timedelta(seconds=seconds))
        session = people.session(TOKEN)
        assert session
        assert session.seen == session.account.last_seen == NOW + timedelta(seconds=seen)


def test_a_person_who_ends_their_session_signs_out(people: People, lan: Account) -> None:
    _begin(people, lan)
    assert people.end_session(TOKEN, "lan")
    assert _last(people) == ("sign_out", "lan", "lan")
    assert not people.end_session(TOKEN, "lan")


def test_an_admin_ends_a_session_by_its_key(people: People, lan: Account) -> None:
    _begin(people, lan)
    assert people.end_session(TOKEN[:16], "admin")
    assert _last(people) == ("session_ended", "admin", "lan")
    assert people.session(TOKEN) is None


def test_ending_the_sessions_of_one_leaves_those_of_others(people: People, lan: Account) -> None:
    admin = people.account("admin")
    assert admin
    _begin(people, lan)
    _begin(people, admin, OTHER_TOKEN)
    assert [s.account.name for s in people.sessions(lan.id)] == ["lan"]
    assert len(people.sessions()) == 2
    assert people.end_sessions(lan.id, "admin") == 1
    assert [s.account.name for s in people.sessions()] == ["admin"]


def test_sessions_that_are_over_are_not_listed_and_then_forgotten(
    people: People, lan: Account, tmp_path: Path
) -> None:
    _begin(people, lan, at=NOW - timedelta(hours=3))
    assert people.sessions() == []
    _begin(people, lan, OTHER_TOKEN)
    with sqlite3.connect(tmp_path / "small.db") as connection:
        assert connection.execute("select count(*) from session").fetchone() == (1,)
    connection.close()


def test_accounts_and_switches_raise_the_revision(store: Store, people: People) -> None:
    before = store.revision()
    lan = people.add(LAN, "x", "admin")
    people.change(lan.id, "admin", unit="W2")
    people.set_switch("public_view", "on", "admin")
    assert store.revision() == before + 3


def test_sessions_failures_and_audit_raise_no_revision(
    store: Store, people: People, lan: Account
) -> None:
    before = store.revision()
    _begin(people, lan)
    people.attempt("lan", "10.0.0.1", NOW, lambda *_: timedelta(0))
    people.record("export", "lan", "report.docx")
    people.end_session(TOKEN, "lan")
    assert store.revision() == before


def test_failures_are_counted_by_name_and_by_address(people: People) -> None:
    for name, address in (("lan", "A"), ("lan", "A"), ("lan", "B"), ("minh", "A")):
        people.attempt(name, address, NOW, lambda *_: timedelta(0))
    failed = people.failures("lan", "A", NOW)
    assert (len(failed.pair), len(failed.name), len(failed.address)) == (2, 3, 3)


def test_a_try_that_has_to_wait_is_not_counted(people: People) -> None:
    wait = timedelta(seconds=4)
    assert people.attempt("lan", "A", NOW, lambda *_: wait) == wait
    assert people.failures("lan", "A", NOW).pair == ()


def test_failures_are_forgotten_after_the_window(people: People, tmp_path: Path) -> None:
    people.attempt("lan", "A", NOW, lambda *_: timedelta(0))
    later = NOW + timedelta(minutes=15)
    assert people.failures("lan", "A", later).pair == ()
    people.attempt("minh", "B", later, lambda *_: timedelta(0))
    with sqlite3.connect(tmp_path / "small.db") as connection:
        assert connection.execute("select count(*) from failure").fetchone() == (1,)
    connection.close()


def test_an_address_is_familiar_once_its_person_signed_in_there(
    people: People, lan: Account
) -> None:
    told: list[bool] = []

    def wait(_: object, familiar: bool) -> timedelta:
        told.append(familiar)
        return timedelta(0)

    people.attempt("lan", "10.0.0.1", NOW, wait)
    _begin(people, lan)
    people.attempt("lan", "10.0.0.1", NOW, wait)
    people.attempt("admin", "10.0.0.1", NOW, wait)
    assert told == [False, True, False]


def test_a_switch_is_off_until_somebody_turns_it(people: People) -> None:
    assert people.switch("public_view") == ""
    people.set_switch("public_view", "on", "admin")
    assert people.switch("public_view") == "on"
    people.set_switch("public_view", "", "admin")
    assert people.switch("public_view") == ""
    assert _last(people) == ("switch", "admin", "public_view")


def test_no_account_is_ever_deleted(lan: Account, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "small.db")
    with pytest.raises(sqlite3.IntegrityError, match="deactivated"):
        connection.execute("delete from account where id = ?", (lan.id,))
    connection.close()


def test_people_are_there_when_the_store_is_opened_again(lan: Account, tmp_path: Path) -> None:
    assert open_store(str(tmp_path / "small.db")).people.account("lan") == lan


def test_a_setting_that_is_wrong_begins_no_session(
    people: People, lan: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_SESSION_HOURS", "mười hai")
    with pytest.raises(DanvanError, match="mười hai"):
        _begin(people, lan)
