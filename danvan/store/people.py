"""People: accounts, sessions, failures to sign in, the set-up link, switches, the audit.

Each method is one transaction with its own row in the audit. Accounts and switches raise the
revision; sessions and failures do not. Only hashes of passwords and tokens come here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from danvan.accounts.account import KEY_LENGTH, Account, Role, Session, is_name
from danvan.accounts.limits import IDLE, WINDOW, Failures, is_over, longest_session
from danvan.errors import RefusedError
from danvan.store import audit, reading
from danvan.store.engine import Connection, SqliteEngine
from danvan.store.writing import raise_revision

SETUP_VALID = timedelta(hours=24)  # long enough to pass it on, too short to be found later
SEEN_EVERY = timedelta(minutes=1)  # a page asks many times a minute; writing each time helps nobody
AGENT_LENGTH = 200
SESSIONS = """
    select session.key, session.began, session.seen, session.address, session.agent,
        account.id, account.name, account.full_name, account.role, account.unit, account.active,
        account.must_change, account.made_at, account.last_seen
    from session join account on account.id = session.account
"""


class People:
    """Everybody who can sign in, and what they did."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine

    def exists(self) -> bool:
        """Whether there is any account yet."""
        with self._engine.reading() as connection:
            return _any_account(connection)

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._engine.reading() as connection:
            rows = connection.rows("select * from account order by name")
        return [_account(row) for row in rows]

    def account(self, name: str) -> Account | None:
        """The account of that sign-in name."""
        with self._engine.reading() as connection:
            rows = connection.rows("select * from account where name = :name", {"name": name})
        return _account(rows[0]) if rows else None

    def account_of(self, number: int) -> Account | None:
        """The account of that id."""
        with self._engine.reading() as connection:
            rows = connection.rows("select * from account where id = :id", {"id": number})
        return _account(rows[0]) if rows else None

    def password_hash(self, number: int) -> str | None:
        """The hash of the account's password."""
        asked = {"id": number}
        with self._engine.reading() as connection:
            rows = connection.rows("select password_hash from account where id = :id", asked)
        return str(rows[0]["password_hash"]) if rows else None

    def add(self, account: Account, password_hash: str, by: str, address: str = "") -> Account:
        """Store a new account and return it with its id.

        Raises RefusedError for a name that cannot be one or is taken, and an unknown unit.
        """
        with self._engine.writing() as connection:
            return _add(connection, account, password_hash, by, address)

    def check_new(self, account: Account) -> None:
        """Raise RefusedError where `add` would."""
        with self._engine.reading() as connection:
            _check_new(connection, account)

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
            return _change(connection, number, changes, by, address)

    def rehash(self, number: int, password_hash: str) -> None:
        """Keep the same password under a newer hash: nothing changes for anybody."""
        with self._engine.writing() as connection:
            _update(connection, number, {"password_hash": password_hash})

    def begin_session(
        self, token_hash: str, number: int, address: str, agent: str, at: datetime
    ) -> None:
        """Begin a session of the account, and forget those that are over."""
        over = {
            "began": reading.stamp(at - longest_session()),
            "seen": reading.stamp(at - IDLE),
        }
        row = {"key": key_of(token_hash), "token_hash": token_hash, "account": number}
        row |= {"began": reading.stamp(at), "seen": reading.stamp(at)}
        row |= {"address": address, "agent": agent[:AGENT_LENGTH]}
        with self._engine.writing() as connection:
            person = _found(connection, number).name
            _run(connection, "delete from session where began <= :began or seen <= :seen", over)
            connection.insert("session", row)
            _saw(connection, token_hash, at)
            audit.record(connection, "sign_in", person, person, _known_by(row["key"]), address)

    def session(self, token_hash: str) -> Session | None:
        """The session of that token with its account as it is now; it may be over."""
        sql = f"{SESSIONS} where token_hash = :token_hash"
        with self._engine.reading() as connection:
            rows = connection.rows(sql, {"token_hash": token_hash})
        return _session(rows[0]) if rows else None

    def sessions(self, number: int | None = None) -> list[Session]:
        """The live sessions of an account, or of everybody; the latest seen first."""
        now = datetime.now(UTC)
        sql = f"{SESSIONS} where :id is null or account.id = :id order by seen desc"
        with self._engine.reading() as connection:
            rows = connection.rows(sql, {"id": number})
        return [session for session in map(_session, rows) if not is_over(session, now)]

    def seen(self, token_hash: str, at: datetime) -> None:
        """Note that the session is in use."""
        session = self.session(token_hash)
        if session and at - session.seen >= SEEN_EVERY:
            with self._engine.writing() as connection:
                _saw(connection, token_hash, at)

    def end_session(self, key: str, by: str, address: str = "") -> bool:
        """End the session of that key or token hash; whether there was one.

        Its own person signs out, anybody else ends it: the audit tells the two apart.
        """
        with self._engine.writing() as connection:
            rows = connection.rows(
                """delete from session where key = :key
                returning key, (select name from account where id = session.account) as name""",
                {"key": key_of(key)},
            )
            for row in rows:
                act = "sign_out" if row["name"] == by else "session_ended"
                audit.record(connection, act, by, row["name"], _known_by(row["key"]), address)
        return bool(rows)

    def end_sessions(self, number: int, by: str, address: str = "") -> int:
        """End every session of the account and return how many there were."""
        with self._engine.writing() as connection:
            return _end_sessions(connection, _found(connection, number), by, address)

    def attempt(
        self, name: str, address: str, at: datetime, wait: Callable[[Failures, bool], timedelta]
    ) -> timedelta:
        """Ask `wait` whether the next try to sign in has to wait, and return for how long.

        It is told what failed and whether the person has signed in from this address before. A
        try that may be made is counted as failed until `forgive` says otherwise, in the same
        transaction: many tries at once cannot slip past each other.
        """
        with self._engine.writing() as connection:
            found = wait(
                _failures(connection, name, address, at), _knows(connection, name, address)
            )
            if found <= timedelta(0):
                old = {"before": reading.stamp(at - WINDOW)}
                _run(connection, "delete from failure where at <= :before", old)
                row = {"at": reading.stamp(at), "name": _digest(name), "address": address}
                connection.insert("failure", row)
            return found

    def failures(self, name: str, address: str, at: datetime) -> Failures:
        """What failed within the window that ends at that moment."""
        with self._engine.reading() as connection:
            return _failures(connection, name, address, at)

    def forgive(self, name: str, address: str) -> None:
        """Forget the failures of a person who now knew the password, from that address."""
        sql = "delete from failure where name = :name and address = :address"
        with self._engine.writing() as connection:
            _run(connection, sql, {"name": _digest(name), "address": address})

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

    def audit(self, limit: int | None = None) -> pd.DataFrame:
        """What was done, newest first (audit.AUDIT_TYPES); only so many rows where asked."""
        with self._engine.reading() as connection:
            return audit.rows(connection, limit)

    def setup_token(self, token_hash: str, at: datetime) -> None:
        """Make this the one set-up link; an older one is void. Refused once an account exists."""
        with self._engine.writing() as connection:
            if _any_account(connection):
                raise RefusedError("setup_over")
            _run(connection, "delete from setup", {})
            row = {"token_hash": token_hash, "at": reading.stamp(at)}
            connection.insert("setup", row)

    def is_setup_token(self, token_hash: str, at: datetime) -> bool:
        """Whether the set-up link can still be used."""
        with self._engine.reading() as connection:
            return _is_setup_token(connection, token_hash, at)

    def set_up(
        self, token_hash: str, account: Account, password_hash: str, at: datetime, address: str = ""
    ) -> Account:
        """Use the set-up link for the first account; refused where it is void."""
        with self._engine.writing() as connection:
            if not _is_setup_token(connection, token_hash, at):
                raise RefusedError("setup_void")
            added = _add(connection, account, password_hash, account.name, address)
            _run(connection, "delete from setup", {})
            return added

    def switch(self, name: str) -> str:
        """Where a switch of the installation stands; "" is off."""
        sql = "select value from switch where name = :name order by id desc limit 1"
        with self._engine.reading() as connection:
            rows = connection.rows(sql, {"name": name})
        return str(rows[0]["value"]) if rows else ""

    def set_switch(self, name: str, value: str, by: str, address: str = "") -> None:
        """Turn a switch."""
        row = {"at": reading.stamp(datetime.now(UTC)), "person": by, "name": name, "value": value}
        with self._engine.writing() as connection:
            connection.insert("switch", row)
            audit.record(connection, "switch", by, name, {"value": value}, address)
            raise_revision(connection)


def key_of(token_hash: str) -> str:
    """The public id of a session, from the hash of its token."""
    return token_hash[:KEY_LENGTH]


def _known_by(key: object) -> dict[str, Any]:
    return {"session": key}


def _any_account(connection: Connection) -> bool:
    return bool(connection.rows("select 1 from account limit 1"))


def _found(connection: Connection, number: int) -> Account:
    rows = connection.rows("select * from account where id = :id", {"id": number})
    if not rows:
        raise RefusedError("unknown_account", name=number)
    return _account(rows[0])


def _check_new(connection: Connection, account: Account) -> None:
    if not is_name(account.name):
        raise RefusedError("account_name", name=account.name)
    if connection.rows("select 1 from account where name = :name", {"name": account.name}):
        raise RefusedError("account_taken", name=account.name)
    _check_unit(connection, account.unit)


def _add(
    connection: Connection, account: Account, password_hash: str, by: str, address: str
) -> Account:
    _check_new(connection, account)
    told = {"full_name": account.full_name, "role": account.role, "unit": account.unit}
    row = {
        **told,
        "name": account.name,
        "unit": account.unit or None,
        "active": int(account.active),
        "must_change": int(account.must_change),
        "password_hash": password_hash,
        "made_at": reading.stamp(datetime.now(UTC)),
    }
    number = connection.insert("account", row)
    audit.record(connection, "account_added", by, account.name, told, address)
    raise_revision(connection)
    return _found(connection, number)


def _change(
    connection: Connection, number: int, changes: dict[str, Any], by: str, address: str
) -> Account:
    before = _found(connection, number)
    _check_unit(connection, changes.get("unit", ""))
    _update(connection, number, changes)
    after = _found(connection, number)
    if _rules(before) and not _rules(after):
        _check_admins(connection)
    if "password_hash" in changes:
        told: dict[str, Any] = {"must_change": after.must_change}
        audit.record(connection, "password_changed", by, before.name, told, address)
    names = [name for name in changes if name != "password_hash"]
    told = {n: [getattr(before, n), getattr(after, n)] for n in names}
    told = {name: values for name, values in told.items() if values[0] != values[1]}
    if told.keys() - {"must_change"} or (told and "password_hash" not in changes):
        audit.record(connection, "account_changed", by, before.name, told, address)
    if "password_hash" in changes or not after.active:
        _end_sessions(connection, after, by, address)
    raise_revision(connection)
    return after


def _update(connection: Connection, number: int, changes: dict[str, Any]) -> None:
    if not changes:
        return
    kept = {name: _kept(name, value) for name, value in changes.items()}
    columns = ", ".join(f"{name} = :{name}" for name in kept)
    _run(connection, f"update account set {columns} where id = :id", kept | {"id": number})


def _kept(name: str, value: Any) -> Any:
    if name == "unit":
        return value or None
    return int(value) if isinstance(value, bool) else value


def _check_unit(connection: Connection, unit: str) -> None:
    if unit and not connection.rows("select 1 from unit where code = :unit", {"unit": unit}):
        raise RefusedError("account_unit", unit=unit)


def _rules(account: Account) -> bool:
    return account.active and account.role is Role.ADMIN


def _check_admins(connection: Connection) -> None:
    """Somebody must stay who can let others in."""
    if not connection.rows("select 1 from account where role = 'admin' and active limit 1"):
        raise RefusedError("last_admin")


def _saw(connection: Connection, token_hash: str, at: datetime) -> None:
    values = {"at": reading.stamp(at), "token_hash": token_hash}
    _run(connection, "update session set seen = :at where token_hash = :token_hash", values)
    owner = "(select account from session where token_hash = :token_hash)"
    _run(connection, f"update account set last_seen = :at where id = {owner}", values)


def _end_sessions(connection: Connection, account: Account, by: str, address: str) -> int:
    ended = connection.rows(
        "delete from session where account = :id returning key", {"id": account.id}
    )
    for row in ended:
        detail = _known_by(row["key"])
        audit.record(connection, "session_ended", by, account.name, detail, address)
    return len(ended)


def _failures(connection: Connection, name: str, address: str, at: datetime) -> Failures:
    asked = {"name": _digest(name), "address": address, "since": reading.stamp(at - WINDOW)}

    def times(condition: str) -> tuple[datetime, ...]:
        sql = f"select at from failure where at > :since and {condition} order by at desc"
        return tuple(_moment(row["at"]) for row in connection.rows(sql, asked))

    return Failures(
        pair=times("name = :name and address = :address"),
        address=times("address = :address"),
        name=times("name = :name"),
    )


def _knows(connection: Connection, name: str, address: str) -> bool:
    sql = """select 1 from audit where act = 'sign_in' and person = :name and address = :address
        limit 1"""
    return bool(connection.rows(sql, {"name": name, "address": address}))


def _digest(name: str) -> str:
    """What was typed as a name is not kept: it may be a password in the wrong field."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _is_setup_token(connection: Connection, token_hash: str, at: datetime) -> bool:
    asked = {"token_hash": token_hash, "since": reading.stamp(at - SETUP_VALID)}
    sql = "select 1 from setup where token_hash = :token_hash and at > :since"
    return not _any_account(connection) and bool(connection.rows(sql, asked))


def _account(row: dict[str, Any]) -> Account:
    return Account(
        id=row["id"],
        name=row["name"],
        full_name=row["full_name"],
        role=Role(row["role"]),
        unit=row["unit"] or "",
        active=bool(row["active"]),
        must_change=bool(row["must_change"]),
        made_at=_moment(row["made_at"]),
        last_seen=_moment(row["last_seen"]) if row["last_seen"] else None,
    )


def _session(row: dict[str, Any]) -> Session:
    return Session(
        key=row["key"],
        account=_account(row),
        began=_moment(row["began"]),
        seen=_moment(row["seen"]),
        address=row["address"],
        agent=row["agent"],
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _run(connection: Connection, sql: str, params: dict[str, Any]) -> None:
    """A statement that changes rows and returns none."""
    connection.rows(f"{sql} returning 1", params)
