"""Signing in and out: from a name and a password to a token, from a token to who it is.

The token goes to the browser and is kept nowhere; the store knows its SHA-256. No refusal says
whether it was the name or the password that was wrong, nor by the time it takes.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from danvan.accounts import passwords
from danvan.accounts.account import Account, Role, Session, is_name, plain_name
from danvan.accounts.limits import is_over, wait
from danvan.errors import DanvanError, RefusedError

if TYPE_CHECKING:  # the store itself needs to know what an account is
    from danvan.store.people import People

TOKEN_BYTES = 32


class SignInRefusedError(DanvanError):
    """Not signed in. `seconds` says how long to wait before the next try; 0 is not at all."""

    def __init__(self, key: str, seconds: int = 0) -> None:
        super().__init__(key, seconds=seconds)
        self.seconds = seconds


def sign_in(
    people: People, name: str, password: str, address: str, agent: str, now: datetime
) -> str:
    """The token of a new session. Raises SignInRefusedError."""
    account = _proven(people, name, password, address, now)
    return begin(people, account, address, agent, now)


def begin(people: People, account: Account, address: str, agent: str, now: datetime) -> str:
    """The token of a new session for somebody who is known already: single sign-on, set-up."""
    if not account.active:
        raise SignInRefusedError("sign_in_wrong")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    people.begin_session(hash_of(token), account.id, address, agent, now)
    return token


def session_of(people: People, token: str, now: datetime) -> Session | None:
    """The live session of the token, noted as in use; None where it ended or never began."""
    session = people.session(hash_of(token)) if token else None
    if session is None or not session.account.active or is_over(session, now):
        return None
    people.seen(hash_of(token), now)
    return session


def sign_out(people: People, token: str, address: str = "") -> None:
    """End the session of the token, if there is one."""
    session = people.session(hash_of(token))
    if session:
        people.end_session(session.key, session.account.name, address)


def change_password(
    people: People, session: Session, old: str, new: str, address: str, agent: str, now: datetime
) -> str:
    """Give the session's person a new password; every session ends and a new one begins.

    Returns its token. Raises SignInRefusedError for the old password, WeakPasswordError for the
    new one, RefusedError where both are the same.
    """
    account = _proven(people, session.account.name, old, address, now)
    if old == new:
        raise RefusedError("password_same")
    passwords.refuse_weak(new, account.name, account.full_name)
    fresh = passwords.hashed(new)
    changed = people.change(
        account.id, account.name, password_hash=fresh, must_change=False, address=address
    )
    return begin(people, changed, address, agent, now)


def set_up_token(people: People, now: datetime) -> str:
    """A new one-time token for the set-up link; an older one is void.

    Raises RefusedError once there is an account.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    people.setup_token(hash_of(token), now)
    return token


def can_set_up(people: People, token: str, now: datetime) -> bool:
    """Whether the set-up link with this token can still be used."""
    return people.is_setup_token(hash_of(token), now)


def set_up(
    people: People,
    token: str,
    name: str,
    full_name: str,
    password: str,
    address: str,
    agent: str,
    now: datetime,
) -> str:
    """Make the first account, an admin for everything, and sign it in; returns its token.

    Raises RefusedError for a void link or a name that cannot be one, WeakPasswordError; the link
    can still be used then.
    """
    account = Account(0, plain_name(name), full_name.strip(), Role.ADMIN)
    if not can_set_up(people, token, now):
        raise RefusedError("setup_void")
    passwords.refuse_weak(password, account.name, account.full_name)
    hashed = passwords.hashed(password)
    return begin(
        people,
        people.set_up(hash_of(token), account, hashed, now, address),
        address,
        agent,
        now,
    )


def hash_of(token: str) -> str:
    """What the store keeps of a token: SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _proven(people: People, name: str, password: str, address: str, now: datetime) -> Account:
    """The active account of the name, whose password this is."""
    name = plain_name(name)
    delay = people.attempt(name, address, now, lambda found, familiar: wait(found, now, familiar))
    if delay > timedelta(0):
        raise SignInRefusedError("sign_in_wait", math.ceil(delay.total_seconds()))
    account = people.account(name) if is_name(name) else None
    known = people.password_hash(account.id) if account and account.active else None
    if not passwords.verified(known, password) or account is None or known is None:
        subject = account.name if account else ""  # an unknown one may be a password, misplaced
        people.record("sign_in_failed", "", subject, address=address)
        raise SignInRefusedError("sign_in_wrong")
    people.forgive(name, address)
    if passwords.needs_rehash(known):
        people.rehash(account.id, passwords.hashed(password))
    return account
