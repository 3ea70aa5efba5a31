"""Sessions, and failures to begin one: read and written inside the transaction of the caller."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from danvan.accounts.account import KEY_LENGTH, Account, Session
from danvan.accounts.limits import IDLE, WINDOW, Failures, longest_session
from danvan.store import accounts, audit
from danvan.store.engine import Connection
from danvan.store.live import stamp

AGENT_LENGTH = 200  # what a browser says of itself, cut where it goes on for too long
SESSIONS = """
    select key, began, seen, address, agent, account.*
    from session join account on account.id = session.account
"""


def key_of(token_hash: str) -> str:
    """The public id of a session, from the hash of its token; a key stays what it is."""
    return token_hash[:KEY_LENGTH]


def begin(
    connection: Connection, token_hash: str, number: int, address: str, agent: str, at: datetime
) -> None:
    """Begin a session of the account, and forget those that are over."""
    person = accounts.found(connection, number).name
    over = {"began": stamp(at - longest_session()), "seen": stamp(at - IDLE)}
    connection.rows(
        "delete from session where began <= :began or seen <= :seen returning key", over
    )
    row = {"key": key_of(token_hash), "token_hash": token_hash, "account": number}
    row |= {"began": stamp(at), "seen": stamp(at)}
    connection.insert("session", row | {"address": address, "agent": agent[:AGENT_LENGTH]})
    saw(connection, token_hash, at)
    audit.record(connection, "sign_in", person, person, _known_by(row), address)


def of_token(connection: Connection, token_hash: str) -> Session | None:
    """The session of that token; it may be over."""
    sql = f"{SESSIONS} where token_hash = :token_hash"
    rows = connection.rows(sql, {"token_hash": token_hash})
    return _session(rows[0]) if rows else None


def every(connection: Connection, number: int | None) -> list[Session]:
    """The sessions of an account, or of everybody, the latest seen first; some may be over."""
    sql = f"{SESSIONS} where :id is null or account.id = :id order by seen desc"
    return [_session(row) for row in connection.rows(sql, {"id": number})]


def saw(connection: Connection, token_hash: str, at: datetime) -> None:
    """Note that the session is in use, and so its person here."""
    values = {"at": stamp(at), "token_hash": token_hash}
    for sql in (
        "update session set seen = :at where token_hash = :token_hash returning key",
        """update account set last_seen = :at
        where id = (select account from session where token_hash = :token_hash) returning id""",
    ):
        connection.rows(sql, values)


def end(connection: Connection, key: str, by: str, address: str) -> bool:
    """End a session; the audit tells a person signing out from somebody else ending it."""
    ended = connection.rows(
        """delete from session where key = :key
        returning key, (select name from account where id = session.account) as name""",
        {"key": key_of(key)},
    )
    for row in ended:
        act = "sign_out" if row["name"] == by else "session_ended"
        audit.record(connection, act, by, row["name"], _known_by(row), address)
    return bool(ended)


def end_all(connection: Connection, account: Account, by: str, address: str) -> int:
    """End every session of the account and return how many there were."""
    ended = connection.rows(
        "delete from session where account = :id returning key", {"id": account.id}
    )
    for row in ended:
        audit.record(connection, "session_ended", by, account.name, _known_by(row), address)
    return len(ended)


def failures(connection: Connection, name: str, address: str, at: datetime) -> Failures:
    """What failed within the window that ends at that moment."""
    asked = {"name": _digest(name), "address": address, "since": stamp(at - WINDOW)}

    def times(condition: str) -> tuple[datetime, ...]:
        sql = f"select at from failure where at > :since and {condition} order by at desc"
        return tuple(datetime.fromisoformat(row["at"]) for row in connection.rows(sql, asked))

    return Failures(
        pair=times("name = :name and address = :address"),
        address=times("address = :address"),
        name=times("name = :name"),
    )


def is_familiar(connection: Connection, name: str, address: str) -> bool:
    """Whether that person has ever signed in from that address."""
    sql = """select 1 from audit where act = 'sign_in' and person = :name and address = :address
        limit 1"""
    return bool(connection.rows(sql, {"name": name, "address": address}))


def fail(connection: Connection, name: str, address: str, at: datetime) -> None:
    """Count a failure, and forget those from before the window."""
    old = {"before": stamp(at - WINDOW)}
    connection.rows("delete from failure where at <= :before returning id", old)
    row = {"at": stamp(at), "name": _digest(name), "address": address}
    connection.insert("failure", row)


def forgive(connection: Connection, name: str, address: str) -> None:
    """Forget what failed of that name from that address."""
    sql = "delete from failure where name = :name and address = :address returning id"
    connection.rows(sql, {"name": _digest(name), "address": address})


def _digest(name: str) -> str:
    """What was typed as a name is not kept: it may be a password in the wrong field."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _known_by(row: dict[str, Any]) -> dict[str, Any]:
    return {"session": row["key"]}


def _session(row: dict[str, Any]) -> Session:
    return Session(
        key=row["key"],
        account=accounts.account_in(row),
        began=datetime.fromisoformat(row["began"]),
        seen=datetime.fromisoformat(row["seen"]),
        address=row["address"],
        agent=row["agent"],
    )
