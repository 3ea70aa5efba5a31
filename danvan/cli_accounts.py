"""The `danvan account` commands: people and their sessions, without a browser."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from danvan.accounts import Account, Role, Session, passwords, roster
from danvan.accounts.account import plain_name
from danvan.accounts.roster import Newcomer, Roster
from danvan.cli_options import JSON, file_at, opened, print_json
from danvan.errors import RefusedError
from danvan.store import People
from danvan.wording import Words, in_one_line, moment

NAME = click.argument("name")
ROLES = click.Choice([str(role) for role in Role])
GENERATE = click.option(
    "--generate", is_flag=True, help="Make up a first password, to be changed at the first sign-in."
)


@click.group()
def account() -> None:
    """Add, list and change the people who can sign in."""


@account.command()
@NAME
@click.option("--role", type=ROLES, required=True, help="What the person may do.")
@click.option("--unit", default="", help="Code of a unit: only it and its subtree.")
@click.option("--full-name", default="", help="The person's name; the sign-in name if not given.")
@GENERATE
@JSON
@click.pass_obj
def add(
    words: Words, name: str, role: str, unit: str, full_name: str, generate: bool, as_json: bool
) -> None:
    """Add an account; asks for its password, or reads it from standard input."""
    name = plain_name(name)
    new = Account(0, name, full_name or name, Role(role), unit, must_change=generate)
    people = opened().people
    people.check_new(new)  # before anybody is asked for a password
    password = _password(new, generate, words)
    added = people.add(new, passwords.hashed(password), opened().account.name)
    _tell("cli.account_added", added, words, as_json, password if generate else None)


@account.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say who would be added; add nobody.")
@JSON
@click.pass_obj
def load(words: Words, file: Path, dry_run: bool, as_json: bool) -> None:
    """Add everybody that a workbook of names lists, or nobody; prints their first passwords.

    Its columns are: Họ và tên, Tên đăng nhập, Vai trò, Đơn vị.
    """
    store = opened()
    taken = [known.name for known in store.people.accounts()]
    read = roster.read(file_at(file), store.catalogue(), taken, date.today())
    stores = read.sound and not dry_run
    by = store.account.name
    added = roster.admit_all(store.people, read.accounts, by) if stores else []
    if as_json:
        listed = {known.name: _row(known) for known in read.accounts}
        listed |= {
            one.account.name: _row(one.account) | {"password": one.password} for one in added
        }
        problems = [problem.row(words.language) for problem in read.problems]
        print_json({"accounts": list(listed.values()), "stored": stores, "problems": problems})
    else:
        _tell_loaded(read, added, words)
    for problem in read.problems:
        click.echo(problem.sentence(words.language), err=True)
    if not read.sound:
        raise RefusedError("nobody_added", n=len(read.problems))


def _tell_loaded(read: Roster, added: Sequence[Newcomer], words: Words) -> None:
    if not added:
        for known in read.accounts if read.sound else ():
            click.echo(_line(known, words))
        if read.sound:
            click.echo(words("cli.would_add", n=len(read.accounts)))
    for one in added:
        click.echo(words("cli.account_added", account=_line(one.account, words)))
        click.echo(words("cli.password_generated", password=one.password))


@account.command("list")
@JSON
@click.pass_obj
def list_accounts(words: Words, as_json: bool) -> None:
    """List every account."""
    accounts = opened().people.accounts()
    if as_json:
        print_json([_row(known) for known in accounts])
        return
    for known in accounts:
        click.echo(_line(known, words))
    if not accounts:
        click.echo(words("cli.no_accounts"))


@account.command()
@NAME
@GENERATE
@JSON
@click.pass_obj
def reset(words: Words, name: str, generate: bool, as_json: bool) -> None:
    """Give a person a new password, and end their sessions."""
    people = opened().people
    known = _known(people, name)
    password = _password(known, generate, words)
    fresh = passwords.hashed(password)
    changed = people.change(
        known.id, opened().account.name, password_hash=fresh, must_change=generate
    )
    _tell("cli.account_changed", changed, words, as_json, password if generate else None)


@account.command()
@NAME
@JSON
@click.pass_obj
def deactivate(words: Words, name: str, as_json: bool) -> None:
    """Let a person sign in no more, and end their sessions."""
    _change(words, as_json, name, active=False)


@account.command()
@NAME
@JSON
@click.pass_obj
def activate(words: Words, name: str, as_json: bool) -> None:
    """Let a person sign in again."""
    _change(words, as_json, name, active=True)


@account.command()
@NAME
@click.option("--unit", required=True, help='Code of the unit; "" is every unit.')
@JSON
@click.pass_obj
def move(words: Words, name: str, unit: str, as_json: bool) -> None:
    """Give a person another unit and its subtree."""
    _change(words, as_json, name, unit=unit)


@account.command()
@NAME
@click.argument("role", type=ROLES)
@JSON
@click.pass_obj
def role(words: Words, name: str, role: str, as_json: bool) -> None:
    """Give a person another role."""
    _change(words, as_json, name, role=Role(role))


@account.command()
@NAME
@click.option("--end", is_flag=True, help="End all of them.")
@JSON
@click.pass_obj
def sessions(words: Words, name: str, end: bool, as_json: bool) -> None:
    """List where a person is signed in, or end it everywhere."""
    people = opened().people
    known = _known(people, name)
    live = people.sessions(known.id)
    if end:
        people.end_sessions(known.id, opened().account.name)
    if as_json:
        print_json([_session(session) for session in live])
    elif not live:
        click.echo(words("cli.no_sessions", name=known.name))
    elif end:
        click.echo(words("cli.sessions_ended", n=len(live)))
    else:
        for session in live:
            click.echo(words("cli.session", **_session(session, moment)))


def _known(people: People, name: str) -> Account:
    known = people.account(plain_name(name))
    if known is None:
        raise RefusedError("unknown_account", name=name)
    return known


def _change(words: Words, as_json: bool, name: str, **changes: Any) -> None:
    people = opened().people
    changed = people.change(_known(people, name).id, opened().account.name, **changes)
    _tell("cli.account_changed", changed, words, as_json)


def _password(account: Account, generate: bool, words: Words) -> str:
    """A password that is not weak: made up, asked for twice, or the first line that comes in."""
    if generate:
        return passwords.first_password()
    password = _asked(account, words) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise RefusedError("no_password")
    passwords.refuse_weak(password, account.name, account.full_name)
    return password


def _asked(account: Account, words: Words) -> str:
    password = getpass.getpass(words("cli.password", name=account.name))
    if password != getpass.getpass(words("cli.password_again")):
        raise RefusedError("passwords_differ")
    return password


def _tell(
    key: str, account: Account, words: Words, as_json: bool, password: str | None = None
) -> None:
    if as_json:
        print_json(_row(account) | ({"password": password} if password else {}))
        return
    click.echo(words(key, account=_line(account, words)))
    if password:
        click.echo(words("cli.password_generated", password=password))


def _line(account: Account, words: Words) -> str:
    unit = account.unit or words("account.everything")
    parts = [account.name, account.full_name, words(f"role.{account.role}"), unit]
    told = parts if account.active else [*parts, words("account.inactive")]
    return in_one_line(" · ".join(told))


def _row(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "full_name": account.full_name,
        "role": account.role,
        "unit": account.unit,
        "active": account.active,
        "must_change": account.must_change,
        "made_at": account.made_at and account.made_at.isoformat(),
        "last_seen": account.last_seen and account.last_seen.isoformat(),
    }


def _session(
    session: Session, written: Callable[[datetime], str] = datetime.isoformat
) -> dict[str, Any]:
    return {
        "session": session.key,
        "began": written(session.began),
        "seen": written(session.seen),
        "address": session.address,
        "agent": session.agent,
    }
