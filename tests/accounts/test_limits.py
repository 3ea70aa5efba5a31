"""Limits: how long a session lasts, and how long one waits after failing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.accounts import Account, Role, Session
from danvan.accounts.limits import SESSION_HOURS, Failures, is_over, longest_session, wait
from danvan.errors import DanvanError

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LAN = Account(1, "lan", "Lan", Role.VIEWER)


def _session(began: timedelta, seen: timedelta) -> Session:
    return Session("0" * 16, LAN, NOW - began, NOW - seen, "10.0.0.1", "Firefox")


def _before(*seconds: float) -> tuple[datetime, ...]:
    return tuple(NOW - timedelta(seconds=s) for s in seconds)


def test_a_session_in_use_lasts_a_working_day() -> None:
    assert not is_over(_session(timedelta(hours=11.9), timedelta(0)), NOW)
    assert is_over(_session(timedelta(hours=12), timedelta(0)), NOW)


def test_a_session_left_alone_ends_after_two_hours() -> None:
    assert not is_over(_session(timedelta(hours=3), timedelta(hours=1.9)), NOW)
    assert is_over(_session(timedelta(hours=3), timedelta(hours=2)), NOW)


@pytest.mark.parametrize(("text", "hours"), [("", 12), ("8", 8), ("0,5", 0.5), (" 48 ", 48)])
def test_the_installation_says_how_long(
    monkeypatch: pytest.MonkeyPatch, text: str, hours: float
) -> None:
    monkeypatch.setenv(SESSION_HOURS, text)
    assert longest_session() == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "100000", "một ngày"])
def test_a_length_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(SESSION_HOURS, text)
    with pytest.raises(DanvanError, match=SESSION_HOURS):
        longest_session()


@pytest.mark.parametrize(
    ("failed", "seconds"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (10, 64), (12, 256), (13, 300), (40, 300)],
)
def test_each_failure_after_the_fifth_doubles_the_wait(failed: int, seconds: int) -> None:
    assert wait(Failures(pair=_before(*[0] * failed)), NOW, False) == timedelta(seconds=seconds)


def test_the_wait_runs_from_the_last_failure() -> None:
    failures = Failures(pair=_before(5, 20, 30, 40, 50, 60))
    assert wait(failures, NOW, False) <= timedelta(0)


def test_an_address_is_full_until_its_sixtieth_failure_is_forgotten() -> None:
    assert wait(Failures(address=_before(*range(59))), NOW, False) <= timedelta(0)
    assert wait(Failures(address=_before(*range(60))), NOW, True) == timedelta(seconds=15 * 60 - 59)


def test_a_name_is_full_only_where_its_person_is_not_familiar() -> None:
    failures = Failures(name=_before(*range(50)))
    assert wait(failures, NOW, False) == timedelta(seconds=15 * 60 - 49)
    assert wait(failures, NOW, True) <= timedelta(0)


@given(st.integers(0, 100), st.integers(0, 100))
def test_who_failed_more_never_waits_less(one: int, other: int) -> None:
    few, many = sorted([one, other])
    waits = [wait(Failures(pair=_before(*[0] * n)), NOW, False) for n in (few, many)]
    assert waits[0] <= waits[1] <= timedelta(minutes=5)
