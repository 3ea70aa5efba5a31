"""Accounts: their rows, written with a row in the audit inside the transaction of the caller."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from danvan.accounts.account import Account, Role, is_name
from danvan.errors import RefusedError
from danvan.store import audit
from danvan.store.engine import Connection
from danvan.store.live import stamp
from danvan.store.writing import raise_revision

SETUP_VALID = timedelta(hours=24)  # long enough to pass it on, too short to be found later


def some(connection: Connection) -> bool:
    """Whether there is any account."""
    return bool(connection.rows("select 1 from account limit 1"))


def every(connection: Connection) -> list[Account]:
    """Every account, by name."""
    return [account_in(row) for row in connection.rows("select * from account order by name")]


def named(connection: Connection, name: str) -> Account | None:
    """The account of that sign-in name."""
    rows = connection.rows("select * from account where name = :name", {"name": name})
    return account_in(rows[0]) if rows else None


def numbered(connection: Connection, number: int) -> Account | None:
    """The account of that id."""
    rows = connection.rows("select * from account where id = :id", {"id": number})
    return account_in(rows[0]) if rows else None


def found(connection: Connection, number: int) -> Account:
    """The account of that id; raises RefusedError where there is none."""
    account = numbered(connection, number)
    if account is None:
        raise RefusedError("unknown_account", name=number)
    return account


def password_hash(connection: Connection, number: int) -> str | None:
    """The hash of the account's password."""
    rows = connection.rows("select password_hash from account where id = :id", {"id": number})
    return str(rows[0]["password_hash"]) if rows else None


def check_new(connection: Connection, account: Account) -> None:
    """Refuse a name that cannot be one or is taken, and an unknown unit."""
    if not is_name(account.name):
        raise RefusedError("account_name", name=account.name)
    if named(connection, account.name):
        raise RefusedError("account_taken", name=account.name)
    _check_unit(connection, account.unit)


def add(
    connection: Connection, account: Account, password_hash: str, by: str, address: str
) -> Account:
    """Store a new account."""
    check_new(connection, account)
    told = {"full_name": account.full_name, "role": account.role, "unit": account.unit}
    row = {
        **told,
        "name": account.name,
        "unit": account.unit or None,
        "active": int(account.active),
        "must_change": int(account.must_change),
        "password_hash": password_hash,
        "made_at": stamp(connection.now()),
    }
    number = connection.insert("account", row)
    audit.record(connection, "account_added", by, account.name, told, address)
    raise_revision(connection)
    return found(connection, number)


def change(
    connection: Connection, number: int, changes: dict[str, Any], by: str, address: str
) -> Account:
    """Change the columns given. The sessions of the person are another matter."""
    before = found(connection, number)
    _check_unit(connection, changes.get("unit", ""))
    update(connection, number, changes)
    after = found(connection, number)
    if _leads(before) and not _leads(after):
        _check_admins(connection)
    _record_change(connection, before, after, by, address)
    if "password_hash" in changes:
        told = {"must_change": after.must_change}
        audit.record(connection, "password_changed", by, after.name, told, address)
    raise_revision(connection)
    return after


def _record_change(
    connection: Connection, before: Account, after: Account, by: str, address: str
) -> None:
    """Record what is different now, the old beside the new."""
    names = ("full_name", "role", "unit", "active")
    values = {name: [getattr(before, name), getattr(after, name)] for name in names}
    told = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    if told:
        audit.record(connection, "account_changed", by, after.name, told, address)


def update(connection: Connection, number: int, changes: dict[str, Any]) -> None:
    """Write the columns and nothing else."""
    kept = {name: _kept(name, value) for name, value in changes.items()}
    for name, value in kept.items():
        connection.rows(
            f"update account set {name} = :value where id = :id returning id",
            {"value": value, "id": number},
        )


def _kept(name: str, value: Any) -> Any:
    if name == "unit":
        return value or None
    return int(value) if isinstance(value, bool) else value


def _check_unit(connection: Connection, unit: str) -> None:
    if unit and not connection.rows("select 1 from unit where code = :unit", {"unit": unit}):
        raise RefusedError("account_unit", unit=unit)


def _leads(account: Account) -> bool:
    return account.active and account.role is Role.ADMIN


def _check_admins(connection: Connection) -> None:
    """Somebody must stay who can let others in."""
    if not any(_leads(account) for account in every(connection)):
        raise RefusedError("last_admin")


def keep_setup_token(connection: Connection, token_hash: str, at: datetime) -> None:
    """Keep the token of the one set-up link."""
    if some(connection):
        raise RefusedError("setup_over")
    connection.rows("delete from setup returning 1")
    connection.insert("setup", {"token_hash": token_hash, "at": stamp(at)})


def is_setup_token(connection: Connection, token_hash: str, at: datetime) -> bool:
    """Whether the set-up link of that token can still be used."""
    asked = {"token_hash": token_hash, "since": stamp(at - SETUP_VALID)}
    sql = "select 1 from setup where token_hash = :token_hash and at > :since"
    return not some(connection) and bool(connection.rows(sql, asked))


def account_in(row: dict[str, Any]) -> Account:
    """The account in a row of its table."""
    last_seen = row["last_seen"]
    return Account(
        id=row["id"],
        name=row["name"],
        full_name=row["full_name"],
        role=Role(row["role"]),
        unit=row["unit"] or "",
        active=bool(row["active"]),
        must_change=bool(row["must_change"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        last_seen=datetime.fromisoformat(last_seen) if last_seen else None,
    )
