"""Who is asking: from a cookie and an address to what they may be shown."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from danvan.accounts import Session
from danvan.accounts.limits import is_over
from danvan.accounts.signing_in import hash_of, session_of
from danvan.installation import open_installed
from danvan.store import Store
from server import addresses

COOKIE = "danvan"
FRESH = 1.0  # seconds that an answer of the store is believed: one that ended is out within them
MOST_KEPT = 10_000  # answers; a flood of made-up cookies must not fill the memory
PUBLIC = "public_view"


class Standing(StrEnum):
    """How somebody stands to this installation."""

    FINDER = "finder"  # no account exists yet, and it is this machine: figures, nothing written
    FOUNDER = "founder"  # no account exists yet: only the set-up
    STRANGER = "stranger"  # has to sign in
    GUEST = "guest"  # has not signed in, and the public may look
    NEWCOMER = "newcomer"  # has to choose a password of their own first
    MEMBER = "member"  # has signed in


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asking, as of this second."""

    standing: Standing
    session: Session | None = None

    @property
    def key(self) -> str:
        """The public id of the session; "" where there is none."""
        return self.session.key if self.session else ""

    @property
    def account(self) -> str:
        """The id of the account as text; "" where it is nobody."""
        return str(self.session.account.id) if self.session else ""


@cache
def store() -> Store:
    """The one store of this process."""
    return open_installed()


def token_of(connection: HTTPConnection) -> str:
    """What the browser's cookie says."""
    return connection.cookies.get(COOKIE, "")


_kept: dict[tuple[str, bool], tuple[float, Visit]] = {}


async def visit(connection: HTTPConnection, noted: bool = True) -> Visit:
    """Who is asking; a session is noted as in use unless the page asks by itself."""
    asked = (token_of(connection), addresses.is_this_machine(connection))
    at, known = _kept.get(asked, (0.0, None))
    if known and time.monotonic() - at < FRESH:
        return known
    found = await run_in_threadpool(_found, *asked, noted)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[asked] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Ask the store again: somebody signed in or out."""
    _kept.clear()


def _found(token: str, here: bool, noted: bool) -> Visit:
    people = store().people
    session = _session(token, noted) if token else None
    if session:
        waits = session.account.must_change
        return Visit(Standing.NEWCOMER if waits else Standing.MEMBER, session)
    if not people.exists():
        return Visit(Standing.FINDER if here else Standing.FOUNDER)
    return Visit(Standing.GUEST if people.switch(PUBLIC) else Standing.STRANGER)


def _session(token: str, noted: bool) -> Session | None:
    now = datetime.now(UTC)
    if noted:
        return session_of(store().people, token, now)
    session = store().people.session(hash_of(token))
    live = session and session.account.active and not is_over(session, now)
    return session if live else None
