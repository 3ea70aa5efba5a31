"""How long a session lasts and how often one may fail to sign in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from danvan.accounts.account import Session
from danvan.errors import DanvanError

SESSION_HOURS = "DANVAN_SESSION_HOURS"
IDLE = timedelta(hours=2)  # a meeting or a lunch; a browser left open overnight is nobody's
WORKING_DAY = 12  # hours: one signs in once a day
MOST_HOURS = 24 * 31

WINDOW = timedelta(minutes=15)  # failures are counted over it and forgotten after it
TRIES = 5  # of one name from one address before each further one has to wait
LONGEST_WAIT = 300  # seconds
TRIES_OF_ADDRESS = 60  # an office behind one address has many who mistype on a Monday
TRIES_OF_NAME = 50  # one name guessed at from many addresses


@dataclass(frozen=True, slots=True)
class Failures:
    """When signing in failed within the window, newest first: of the name from the address,
    of any name from the address, and of the name from anywhere.
    """

    pair: Sequence[datetime] = ()
    address: Sequence[datetime] = ()
    name: Sequence[datetime] = ()


def longest_session() -> timedelta:
    """After how long even a session in use ends: DANVAN_SESSION_HOURS, or a working day.

    Raises DanvanError where the setting is no number of hours, so that a slip of the keyboard
    does not keep sessions open for ever.
    """
    text = os.environ.get(SESSION_HOURS, "").strip() or str(WORKING_DAY)
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = 0
    if not 0 < hours <= MOST_HOURS:
        raise DanvanError("session_hours", found=text, most=MOST_HOURS)
    return timedelta(hours=hours)


def is_over(session: Session, now: datetime) -> bool:
    """Whether the session was left idle too long, or lasts too long."""
    return now - session.seen >= IDLE or now - session.began >= longest_session()


def wait(failures: Failures, now: datetime, familiar: bool) -> timedelta:
    """How long from now the next try has to wait; zero where it may be made.

    `familiar`: the person has signed in from this address before. There a name that others guess
    at from many addresses is not slowed down: nobody can lock a person out of their own desk.
    """
    ends = [_pair_ends(failures.pair), _full_until(failures.address, TRIES_OF_ADDRESS)]
    if not familiar:
        ends.append(_full_until(failures.name, TRIES_OF_NAME))
    return max([end - now for end in ends if end], default=timedelta(0))


def _pair_ends(times: Sequence[datetime]) -> datetime | None:
    if len(times) < TRIES:
        return None
    return times[0] + timedelta(seconds=min(2 ** (len(times) - TRIES + 1), LONGEST_WAIT))


def _full_until(times: Sequence[datetime], most: int) -> datetime | None:
    """When the oldest failure that makes it too many is forgotten."""
    return times[most - 1] + WINDOW if len(times) >= most else None
