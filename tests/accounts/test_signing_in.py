"""Signing in, out, up and with a new password: on a real store."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from danvan.accounts import Account, Role, Session, passwords
from danvan.accounts.passwords import WeakPasswordError
from danvan.accounts.signing_in import (
    SignInRefusedError,
    begin,
    can_set_up,
    change_password,
    hash_of,
    session_of,
    set_up,
    set_up_token,
    sign_in,
    sign_out,
)
from danvan.errors import RefusedError
from danvan.store import People, Store

PASSWORD, OTHER = "sông Tiền mùa nước nổi", "bông sen hồng Tháp Mười"
MISPLACED = "a password in the wrong field"
OFFICE, HOME, AGENT = "10.0.0.1", "113.160.0.9", "Firefox"
NOW = datetime.now(UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def people(store: Store) -> People:
    """Lan, an editor, and an admin."""
    store.people.add(Account(0, "admin", "Quản trị", Role.ADMIN), "no password", "os:root")
    lan = Account(0, "lan", "Nguyễn Thị Lan", Role.EDITOR)
    store.people.add(lan, passwords.hashed(PASSWORD), "os:root")
    return store.people


def _try(people: People, password: str, at: datetime = NOW, **where: str) -> str:
    asked = {"name": "lan", "address": OFFICE} | where
    return sign_in(people, asked["name"], password, asked["address"], AGENT, at)


def _refused(people: People, password: str, at: datetime = NOW, **where: str) -> SignInRefusedError:
    with pytest.raises(SignInRefusedError) as refused:
        _try(people, password, at, **where)
    return refused.value


def _failed(people: People, count: int, name: str = "lan", address: str = OFFICE) -> None:
    """So many failures on record without the work of comparing passwords."""
    for n in range(count):
        where = (name.format(n), address.format(n))
        assert people.attempt(*where, NOW, lambda *_: timedelta(0)) == timedelta(0)


def _session(people: People, token: str, at: datetime = NOW) -> Session:
    session = session_of(people, token, at)
    assert session is not None
    return session


def _acts(people: People) -> list[tuple[str, str, str]]:
    rows = people.audit()
    return list(zip(rows["act"], rows["person"], rows["subject"], strict=True))


def test_the_right_password_begins_a_session(people: People) -> None:
    session = _session(people, _try(people, PASSWORD))
    assert session.account.name == "lan"
    assert (session.address, session.agent, session.began) == (OFFICE, AGENT, NOW)


def test_capitals_around_the_name_do_not_matter(people: People) -> None:
    assert _session(people, _try(people, PASSWORD, name=" Lan ")).account.name == "lan"


def test_every_token_is_another(people: People) -> None:
    tokens = {_try(people, PASSWORD) for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)


def test_the_token_and_the_password_are_nowhere_in_the_database(
    people: People, tmp_path: Path
) -> None:
    token = _try(people, PASSWORD)
    _refused(people, OTHER, name=MISPLACED)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert hash_of(token).encode() in kept
    for secret in (token, PASSWORD, OTHER, MISPLACED):
        assert secret.encode() not in kept


def test_a_refusal_does_not_say_what_was_wrong(people: People) -> None:
    known = _refused(people, OTHER).text()
    assert known == _refused(people, OTHER, name="nobody").text()
    assert known == _refused(people, OTHER, name="không ai").text()


def test_an_unknown_name_takes_as_long_as_a_known_one(people: People) -> None:
    passwords.verified(None, "the first is slower")

    def seconds(name: str) -> float:
        times = []
        for n in range(3):
            began = time.perf_counter()
            _refused(people, OTHER, name=name, address=f"10.1.0.{n}")
            times.append(time.perf_counter() - began)
        return min(times)

    assert 0.3 < seconds("nobody") / seconds("lan") < 3  # a hundredth if nothing were compared


def test_a_deactivated_person_is_refused_like_a_wrong_password(people: People) -> None:
    token = _try(people, PASSWORD)
    lan = people.account("lan")
    assert lan
    people.change(lan.id, "admin", active=False)
    assert session_of(people, token, NOW) is None
    assert _refused(people, PASSWORD).key == "sign_in_wrong"


def test_the_right_password_of_a_deactivated_person_is_a_failure(people: People) -> None:
    gone = Account(0, "gone", "", Role.VIEWER, active=False)
    people.add(gone, passwords.hashed(PASSWORD), "admin")
    assert _refused(people, PASSWORD, name="gone").key == "sign_in_wrong"
    assert _acts(people)[0] == ("sign_in_failed", "", "gone")
    assert len(people.failures("gone", OFFICE, NOW).pair) == 1


def test_a_session_begun_as_its_person_was_deactivated_is_nobody(people: People) -> None:
    gone = people.add(Account(0, "gone", "", Role.VIEWER, active=False), "x", "admin")
    people.begin_session(hash_of("token"), gone.id, OFFICE, AGENT, NOW)
    assert session_of(people, "token", NOW) is None


def test_a_change_of_role_holds_in_the_open_session(people: People) -> None:
    token = _try(people, PASSWORD)
    people.change(_session(people, token).account.id, "admin", role=Role.VIEWER)
    assert _session(people, token).account.role is Role.VIEWER


@pytest.mark.parametrize("token", ["", "x", "\ud800", "0" * 64])
def test_what_is_no_token_is_nobody(people: People, token: str) -> None:
    assert session_of(people, token, NOW) is None


def test_the_stored_hash_is_no_token(people: People) -> None:
    token = _try(people, PASSWORD)
    assert session_of(people, hash_of(token), NOW) is None


def test_signing_out_ends_the_session(people: People) -> None:
    token = _try(people, PASSWORD)
    sign_out(people, token)
    assert session_of(people, token, NOW) is None
    assert _acts(people)[0] == ("sign_out", "lan", "lan")


def test_a_session_ends_when_nobody_uses_it(people: People) -> None:
    token = _try(people, PASSWORD)
    assert session_of(people, token, NOW + timedelta(hours=1.9))
    assert session_of(people, token, NOW + timedelta(hours=3.8))
    assert session_of(people, token, NOW + timedelta(hours=5.9)) is None


def test_a_session_in_use_ends_in_the_evening(people: People) -> None:
    token = _try(people, PASSWORD)
    for hour in range(1, 12):
        assert session_of(people, token, NOW + timedelta(hours=hour))
    assert session_of(people, token, NOW + timedelta(hours=12)) is None


def test_five_mistakes_are_free_and_the_sixth_waits(people: People) -> None:
    for _ in range(5):
        assert _refused(people, OTHER).seconds == 0
    waiting = _refused(people, PASSWORD)
    assert (waiting.key, waiting.seconds) == ("sign_in_wait", 2)
    assert "2 giây" in waiting.text()


def test_a_try_while_waiting_does_not_lengthen_the_wait(people: People) -> None:
    _failed(people, 5)
    for _ in range(10):
        _refused(people, OTHER)
    assert _try(people, PASSWORD, NOW + timedelta(seconds=2))


def test_the_right_password_after_the_wait_forgives(people: People) -> None:
    _failed(people, 5)
    _try(people, PASSWORD, NOW + timedelta(seconds=3))
    assert _refused(people, OTHER, NOW + timedelta(seconds=4)).seconds == 0


def test_who_waits_can_still_sign_in_elsewhere(people: People) -> None:
    _failed(people, 6)
    assert _refused(people, PASSWORD).key == "sign_in_wait"
    assert _try(people, PASSWORD, address=HOME)


def test_one_colleague_does_not_lock_out_the_office(people: People) -> None:
    _failed(people, 55, name="colleague{}")
    assert _try(people, PASSWORD)


def test_an_address_that_tries_many_names_waits(people: People) -> None:
    _failed(people, 60, name="name{}")
    assert _refused(people, PASSWORD).seconds == 15 * 60
    assert _try(people, PASSWORD, address=HOME)


def test_a_name_guessed_from_everywhere_waits_except_where_its_person_is_known(
    people: People,
) -> None:
    _try(people, PASSWORD)
    _failed(people, 50, address="192.0.2.{}")
    assert _refused(people, PASSWORD, address=HOME).seconds == 15 * 60
    assert _try(people, PASSWORD)


def test_many_guesses_at_once_cannot_slip_past_each_other(people: People) -> None:
    def key(n: int) -> str:
        return _refused(people, f"{OTHER} {n}").key

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(key, range(24)))
    assert keys.count("sign_in_wrong") == 5


def test_failures_are_in_the_audit_without_what_was_typed_as_a_name(people: People) -> None:
    _refused(people, OTHER)
    _refused(people, OTHER, name=PASSWORD)
    assert _acts(people)[:2] == [("sign_in_failed", "", ""), ("sign_in_failed", "", "lan")]


def test_a_hash_of_old_costs_is_renewed_in_passing(people: People) -> None:
    lan = people.account("lan")
    assert lan
    people.rehash(lan.id, PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD))
    _try(people, PASSWORD)
    assert not passwords.needs_rehash(people.password_hash(lan.id) or "")
    assert _try(people, PASSWORD)


def test_single_sign_on_does_not_let_in_who_was_deactivated(people: People) -> None:
    gone = people.add(Account(0, "gone", "", Role.VIEWER, active=False), "x", "admin")
    with pytest.raises(SignInRefusedError):
        begin(people, gone, HOME, AGENT, NOW)


def test_a_new_password_ends_every_session_but_the_one_it_begins(people: People) -> None:
    here, there = _try(people, PASSWORD), _try(people, PASSWORD, address=HOME)
    new = change_password(people, _session(people, here), PASSWORD, OTHER, OFFICE, AGENT, LATER)
    assert [bool(session_of(people, token, LATER)) for token in (here, there, new)] == [
        False, False, True,
    ]  # fmt: skip
    assert _refused(people, PASSWORD, LATER).key == "sign_in_wrong"
    assert _try(people, OTHER, LATER)


def test_a_new_password_is_what_had_to_be_changed(people: People) -> None:
    first = Account(0, "minh", "Minh", Role.VIEWER, must_change=True)
    people.add(first, passwords.hashed(PASSWORD), "admin")
    session = _session(people, _try(people, PASSWORD, name="minh"))
    assert session.account.must_change
    token = change_password(people, session, PASSWORD, OTHER, OFFICE, AGENT, NOW)
    assert not _session(people, token).account.must_change


def test_a_new_password_needs_the_old_one(people: People) -> None:
    session = _session(people, _try(people, PASSWORD))
    with pytest.raises(SignInRefusedError):
        change_password(people, session, OTHER, OTHER, OFFICE, AGENT, NOW)
    assert _try(people, PASSWORD)


def test_a_new_password_is_neither_weak_nor_the_old_one(people: People) -> None:
    session = _session(people, _try(people, PASSWORD))
    with pytest.raises(WeakPasswordError):
        change_password(people, session, PASSWORD, "matkhau123", OFFICE, AGENT, NOW)
    with pytest.raises(RefusedError, match="trùng"):
        change_password(people, session, PASSWORD, PASSWORD, OFFICE, AGENT, NOW)


def _set_up(store: Store, token: str, at: datetime = NOW, password: str = PASSWORD) -> str:
    return set_up(store.people, token, " Admin", "Trần Văn Minh", password, OFFICE, AGENT, at)


def test_the_set_up_link_makes_the_first_admin_and_signs_in(store: Store) -> None:
    session = _session(store.people, _set_up(store, set_up_token(store.people, NOW)))
    assert (session.account.name, session.account.role) == ("admin", Role.ADMIN)
    assert session.account.unit == ""


def test_the_set_up_link_works_once(store: Store) -> None:
    token = set_up_token(store.people, NOW)
    _set_up(store, token)
    assert not can_set_up(store.people, token, NOW)
    with pytest.raises(RefusedError):
        _set_up(store, token)


def test_the_set_up_link_is_void_after_a_day(store: Store) -> None:
    token = set_up_token(store.people, NOW)
    assert can_set_up(store.people, token, NOW + timedelta(hours=23.9))
    with pytest.raises(RefusedError):
        _set_up(store, token, NOW + timedelta(hours=24))


def test_a_new_set_up_link_voids_the_old_one(store: Store) -> None:
    old, new = set_up_token(store.people, NOW), set_up_token(store.people, NOW)
    assert [can_set_up(store.people, token, NOW) for token in (old, new)] == [False, True]


def test_an_account_voids_the_set_up_link(store: Store) -> None:
    token = set_up_token(store.people, NOW)
    store.people.add(Account(0, "lan", "Lan", Role.VIEWER), "x", "os:root")
    assert not can_set_up(store.people, token, NOW)
    with pytest.raises(RefusedError):
        set_up_token(store.people, NOW)


def test_a_weak_password_leaves_the_set_up_link_as_it_was(store: Store) -> None:
    token = set_up_token(store.people, NOW)
    with pytest.raises(WeakPasswordError):
        _set_up(store, token, password="admin12345")
    assert not store.people.exists()
    assert _set_up(store, token)


def test_two_at_once_make_one_admin(store: Store) -> None:
    token = set_up_token(store.people, NOW)

    def tried(name: str) -> bool:
        try:
            set_up(store.people, token, name, "", PASSWORD, OFFICE, AGENT, NOW)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(tried, ["one", "two", "three", "four"]))
    assert done.count(True) == 1
    assert len(store.people.accounts()) == 1
