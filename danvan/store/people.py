"""People: accounts, sessions, failures to sign in, the set-up link, switches, the audit.

Each method is one transaction with its own row in the audit. Accounts and switches raise the
revision; sessions and failures do not. Only hashes of passwords and tokens come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from danvan.accounts.account import Account, Role, Session
from danvan.accounts.limits import Failures, is_over
from danvan.errors import RefusedError
from danvan.store import accounts, audit, sessions
from danvan.store.engine import SqliteEngine
from danvan.store.live import stamp
from danvan.store.writing import raise_revision

SEEN_EVERY = timedelta(minutes=1)  # a page asks many times a minute; writing each time helps nobody


class People:
    """Everybody who can sign in, and what they did."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine

    def exists(self) -> bool:
        """Whether there is any account yet."""
        with self._engine.reading() as connection:
            return accounts.some(connection)

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._engine.reading() as connection:
            return accounts.every(connection)

    def account(self, name: str) -> Account | None:
        """The account of that sign-in name."""
        with self._engine.reading() as connection:
            return accounts.named(connection, name)

    def account_of(self, number: int) -> Account | None:
        """The account of that id."""
        with self._engine.reading() as connection:
            return accounts.numbered(connection, number)

    def password_hash(self, number: int) -> str | None:
        """The hash of the account's password."""
        with self._engine.reading() as connection:
            return accounts.password_hash(connection, number)

    def check_new(self, account: Account) -> None:
        """Raise RefusedError where `add` would."""
        with self._engine.reading() as connection:
            accounts.check_new(connection, account)

    def add(self, account: Account, password_hash: str, by: str, address: str = "") -> Account:
        """Store a new account and return it with its id.

        Raises RefusedError for a name that cannot be one or is taken, and an unknown unit.
        """
        with self._engine.writing() as connection:
            return accounts.add(connection, account, password_hash, by, address)

    def add_all(
        self, newcomers: Sequence[tuple[Account, str]], by: str, address: str = ""
    ) -> list[Account]:
        """Store all the accounts, each with the hash of its password, or none of them."""
        with self._engine.writing() as connection:
            return [
                accounts.add(connection, account, password_hash, by, address)
                for account, password_hash in newcomers
            ]

    def change(
        self,
        number: int,
        by: str,
        *,
        full_name: str | None = None,
        role: Role | None = None,
        unit: str | None = None,
        active: bool | None = None,
        must_change: bool | None = None,
        password_hash: str | None = None,
        address: str = "",
    ) -> Account:
        """Change what is given and return the account as it is now.

        A deactivation and a new password end every session of the person. Raises RefusedError for
        an unknown account or unit, and where no active admin would be left.
        """
        asked = {
            "full_name": full_name,
            "role": role,
            "unit": unit,
            "active": active,
            "must_change": must_change,
            "password_hash": password_hash,
        }
        changes = {name: value for name, value in asked.items() if value is not None}
        with self._engine.writing() as connection:
            account = accounts.change(connection, number, changes, by, address)
            if password_hash is not None or not account.active:
                sessions.end_all(connection, account, by, address)
            return account

    def rehash(self, number: int, password_hash: str) -> None:
        """Keep the same password under a newer hash: nothing changes for anybody."""
        with self._engine.writing() as connection:
            accounts.update(connection, number, {"password_hash": password_hash})

    def begin_session(
        self, token_hash: str, number: int, address: str, agent: str, at: datetime
    ) -> None:
        """Begin a session of the account, and forget those that are over."""
        with self._engine.writing() as connection:
            sessions.begin(connection, token_hash, number, address, agent, at)

    def session(self, token_hash: str) -> Session | None:
        """The session of that token with its account as it is now; it may be over."""
        with self._engine.reading() as connection:
            return sessions.of_token(connection, token_hash)

    def sessions(self, number: int | None = None) -> list[Session]:
        """The live sessions of an account, or of everybody; the latest seen first."""
        now = datetime.now(UTC)
        with self._engine.reading() as connection:
            found = sessions.every(connection, number)
        return [session for session in found if not is_over(session, now)]

    def seen(self, token_hash: str, at: datetime) -> None:
        """Note that the session is in use."""
        session = self.session(token_hash)
        if session and at - session.seen >= SEEN_EVERY:
            with self._engine.writing() as connection:
                sessions.saw(connection, token_hash, at)

    def end_session(self, key: str, by: str, address: str = "") -> bool:
        """End the session of that key or token hash; whether there was one.

        Its own person signs out, anybody else ends it: the audit tells the two apart.
        """
        with self._engine.writing() as connection:
            return sessions.end(connection, key, by, address)

    def end_sessions(self, number: int, by: str, address: str = "") -> int:
        """End every session of the account and return how many there were."""
        with self._engine.writing() as connection:
            account = accounts.found(connection, number)
            return sessions.end_all(connection, account, by, address)

    def attempt(
        self, name: str, address: str, at: datetime, wait: Callable[[Failures, bool], timedelta]
    ) -> timedelta:
        """Ask `wait` whether the next try to sign in has to wait, and return for how long.

        It is told what failed and whether the person has signed in from this address before. A
        try that may be made is counted as failed until `forgive` says otherwise, in the same
        transaction: many tries at once cannot slip past each other.
        """
        with self._engine.writing() as connection:
            failed = sessions.failures(connection, name, address, at)
            delay = wait(failed, sessions.is_familiar(connection, name, address))
            if delay <= timedelta(0):
                sessions.fail(connection, name, address, at)
            return delay

    def failures(self, name: str, address: str, at: datetime) -> Failures:
        """What failed within the window that ends at that moment."""
        with self._engine.reading() as connection:
            return sessions.failures(connection, name, address, at)

    def forgive(self, name: str, address: str) -> None:
        """Forget the failures of a person who now knew the password, from that address."""
        with self._engine.writing() as connection:
            sessions.forgive(connection, name, address)

    def setup_token(self, token_hash: str, at: datetime) -> None:
        """Make this the one set-up link; an older one is void. Refused once an account exists."""
        with self._engine.writing() as connection:
            accounts.keep_setup_token(connection, token_hash, at)

    def is_setup_token(self, token_hash: str, at: datetime) -> bool:
        """Whether the set-up link can still be used."""
        with self._engine.reading() as connection:
            return accounts.is_setup_token(connection, token_hash, at)

    def set_up(
        self, token_hash: str, account: Account, password_hash: str, at: datetime, address: str = ""
    ) -> Account:
        """Use the set-up link for the first account; refused where it is void."""
        with self._engine.writing() as connection:
            if not accounts.is_setup_token(connection, token_hash, at):
                raise RefusedError("setup_void")
            return accounts.add(connection, account, password_hash, account.name, address)

    def switch(self, name: str) -> str:
        """Where a switch of the installation stands; "" is off."""
        sql = "select value from switch where name = :name order by id desc limit 1"
        with self._engine.reading() as connection:
            rows = connection.rows(sql, {"name": name})
        return str(rows[0]["value"]) if rows else ""

    def set_switch(self, name: str, value: str, by: str, address: str = "") -> None:
        """Turn a switch."""
        row = {"person": by, "name": name, "value": value}
        with self._engine.writing() as connection:
            row["at"] = stamp(connection.now())
            connection.insert("switch", row)
            audit.record(connection, "switch", by, name, {"value": value}, address)
            raise_revision(connection)

    def record(
        self,
        act: str,
        person: str,
        subject: str = "",
        detail: dict[str, Any] | None = None,
        address: str = "",
    ) -> None:
        """Add a row to the audit for something that writes nothing else, such as an export."""
        with self._engine.writing() as connection:
            audit.record(connection, act, person, subject, detail, address)

    def signed_in_before(self, name: str) -> datetime | None:
        """When the person signed in the time before the last; None where there is none."""
        sql = """select at from audit where act = 'sign_in' and person = :name
            order by id desc limit 1 offset 1"""
        with self._engine.reading() as connection:
            rows = connection.rows(sql, {"name": name})
        return datetime.fromisoformat(rows[0]["at"]) if rows else None

    def acting(self) -> list[str]:
        """Everybody who ever did anything: people, operators of the machine, the program itself."""
        sql = "select distinct person from audit where person != '' order by person"
        with self._engine.reading() as connection:
            return [row["person"] for row in connection.rows(sql)]

    def audit(
        self,
        limit: int | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> pd.DataFrame:
        """What was done, newest first (audit.AUDIT_TYPES).

        Only so many rows, and only from `since` to before `until`, where asked.
        """
        with self._engine.reading() as connection:
            return audit.rows(connection, limit, since, until)
