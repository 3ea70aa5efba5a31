"""The roster: people let in one by one or by a workbook of names, each with a first password.

A first password is given back once, to be handed on; only its hash is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts import passwords
from danvan.accounts.account import Account, Role, is_name, plain_name
from danvan.errors import Problem, RefusedError, Severity
from danvan.intake.book import Sheet, cell_name
from danvan.intake.names import Names
from danvan.intake.opening import opened
from danvan.intake.spelling import spelled
from danvan.model import Catalogue, File
from danvan.spreadsheet import Table, workbook
from danvan.wording import Language, Words

if TYPE_CHECKING:  # the store itself needs to know what an account is
    from danvan.store.people import People

MOST = 300  # people of one file: each password takes a twentieth of a second to hash
LONGEST_NAME = 120  # characters of a full name; a longer one is a slip
COLUMNS = ("full_name", "account", "role", "unit")
HEADINGS = {
    "full_name": ("họ và tên", "họ tên", "họ, tên", "full name"),
    "account": ("tên đăng nhập", "tài khoản", "sign-in name", "account"),
    "role": ("vai trò", "quyền", "role"),
    "unit": ("đơn vị", "tên đơn vị", "unit"),
}
EVERYTHING = ("tất cả đơn vị", "tất cả", "toàn bộ", "toàn bộ đơn vị", "all units", "all")
LIMITED = (Role.VIEWER, Role.REPORTER)
"""Roles whose unit must be said: one that was forgotten would open every unit to them."""
TITLE_ROWS = 20  # above the headings at most


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An account and the password its person signs in with for the first time."""

    account: Account
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """What a workbook of names says: accounts that can be added, and every fault."""

    accounts: tuple[Account, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether all of it can be added."""
        return bool(self.accounts) and not self.problems


def admit_all(
    people: People, accounts: Sequence[Account], by: str, address: str = ""
) -> list[Newcomer]:
    """Add all the accounts, each with a first password of its own, or none of them.

    Raises RefusedError as People.add does.
    """
    for account in accounts:
        people.check_new(account)  # before the slow work of hashing
    first = [passwords.first_password() for _ in accounts]
    hashes = [passwords.hashed(password) for password in first]
    added = people.add_all(list(zip(accounts, hashes, strict=True)), by, address)
    return [Newcomer(*pair) for pair in zip(added, first, strict=True)]


def reset(people: People, number: int, by: str, address: str = "") -> Newcomer:
    """Give the account a new first password; every session of the person ends."""
    password = passwords.first_password()
    hashed = passwords.hashed(password)
    changed = people.change(number, by, password_hash=hashed, must_change=True, address=address)
    return Newcomer(changed, password)


def newcomer(name: str, full_name: str, role: Role, unit: str | None) -> Account:
    """An account as it was typed; a unit of None was not said, and "" is everything.

    Raises RefusedError where something is missing.
    """
    full_name = " ".join(full_name.split())
    if not _is_full_name(full_name):
        raise RefusedError("full_name", most=LONGEST_NAME)
    if unit is None:
        raise RefusedError("unit_needed")
    return Account(0, plain_name(name), full_name, role, unit, must_change=True)


def read(file: File, catalogue: Catalogue, taken: Sequence[str], on: date) -> Roster:
    """The accounts that a workbook or CSV file names, with every fault in it.

    The first row with both headings begins the list; other columns are left alone. `taken` are
    the sign-in names there are already. Raises nothing.
    """
    book = opened(file)
    if isinstance(book, Problem):
        return Roster((), (book,))
    reading = _Reading(file.name, Names(catalogue, on.year), set(taken))
    for sheet in book.sheets:
        reading.sheet(sheet)
    return reading.roster()


def first_passwords(newcomers: Sequence[Newcomer], words: Words) -> bytes:
    """The list to hand on, as a workbook."""
    heads = [words(f"roster.{name}") for name in (*COLUMNS, "password")]
    rows = [
        [one.account.full_name, one.account.name, words(f"role.{one.account.role}"),
         one.account.unit or words("account.everything"), one.password]
        for one in newcomers
    ]  # fmt: skip
    table = Table(words("roster.passwords_sheet"), heads, rows, (30, 24, 24, 24, 24))
    return workbook(table)


def form(catalogue: Catalogue, words: Words, on: date) -> bytes:
    """An empty workbook of names, with what may stand in it on a second sheet."""
    heads = [words(f"roster.{name}") for name in COLUMNS]
    roles = [[words(f"role.{role}"), words(f"able.{role}")] for role in Role]
    units = [[words.name(u), u.code] for u in catalogue.units if u.valid_in(on.year)]
    everything = [[words("account.everything"), ""]]
    return workbook(
        Table(words("roster.sheet"), heads, [], (30, 24, 24, 36)),
        Table(words("roster.roles_sheet"), [heads[2], ""], roles, (24, 70)),
        Table(words("roster.units_sheet"), [heads[3], ""], everything + units, (40, 16)),
    )


class _Reading:
    """Reads one file: accounts and problems are collected."""

    def __init__(self, file: str, names: Names, taken: set[str]) -> None:
        self.file, self.names, self.taken = file, names, taken
        self.accounts: list[Account] = []
        self.problems: list[Problem] = []
        self.places: dict[str, str] = {}  # sign-in name → where it stood first
        self.headed = False
        self.at: dict[str, int] = {}

    def roster(self) -> Roster:
        if not self.headed:
            self._found("roster_headings")
        elif not self.accounts and not self.problems:
            self._found("roster_empty")
        if len(self.accounts) > MOST:
            self._found("roster_long", most=MOST)
        return Roster(tuple(self.accounts), tuple(self.problems))

    def sheet(self, sheet: Sheet) -> None:
        begins = next(self._headings(sheet), None)
        if begins is None:
            return
        self.headed = True
        row, self.at = begins
        for name in COLUMNS:
            if name not in self.at:
                self._found("roster_column", sheet.name, cell_name(row, 0), name)
        if len(self.at) == len(COLUMNS):
            for number in range(row + 1, len(sheet.rows)):
                self._person(sheet, number)

    def _headings(self, sheet: Sheet) -> Iterator[tuple[int, dict[str, int]]]:
        """The rows that have the two headings without which there is no list."""
        for number, row in enumerate(sheet.rows[:TITLE_ROWS]):
            texts = [spelled(_text(value)) for value in row]
            at = {
                name: texts.index(form)
                for name, forms in HEADINGS.items()
                for form in map(spelled, reversed(forms))
                if form in texts
            }
            if {"full_name", "account"} <= set(at):
                yield number, at

    def _person(self, sheet: Sheet, number: int) -> None:
        """One row: an account, or every fault in it."""
        row = sheet.rows[number]
        texts = {n: _text(row[c]) if c < len(row) else "" for n, c in self.at.items()}
        if not any(texts.values()):
            return
        cells = {name: cell_name(number, column) for name, column in self.at.items()}
        name, role = plain_name(texts["account"]), _role(texts["role"])
        unit = self._unit(texts["unit"])
        faults = {
            "full_name": "" if _is_full_name(texts["full_name"]) else "roster_full_name",
            "account": self._name_fault(name),
            "role": "" if role else "roster_role",
            "unit": _unit_fault(unit, texts["unit"], role),
        }
        values = {"most": LONGEST_NAME, "other": self.places.get(name, "")}
        for column, code in faults.items():
            if code:
                self._found(code, sheet.name, cells[column], column, texts[column], **values)
        self.places.setdefault(name, cells["account"])
        if role and unit is not None and not any(faults.values()):
            self.accounts.append(newcomer(name, texts["full_name"], role, unit))

    def _name_fault(self, name: str) -> str:
        if not is_name(name):
            return "roster_account"
        if name in self.taken:
            return "roster_taken"
        return "roster_twice" if name in self.places else ""

    def _unit(self, text: str) -> str | None:
        """The code of the unit, "" for everything, None where there is no such one.

        One that was merged away is taken too: somebody still answers for its figures.
        """
        if not text or spelled(text) in map(spelled, EVERYTHING):
            return ""
        return self.names.unit(text) or self.names.former_unit(text)

    def _found(
        self,
        code: str,
        sheet: str = "",
        cell: str = "",
        name: str = "",
        found: str = "",
        **values: object,
    ) -> None:
        problem = Problem(Severity.ERROR, code, self.file, sheet, cell, name, found, dict(values))
        self.problems.append(problem)


def _text(value: object) -> str:
    """A cell as one line of text; a whole number without its ".0"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _is_full_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME


def _unit_fault(unit: str | None, text: str, role: Role | None) -> str:
    if unit is None:
        return "roster_unit"
    return "roster_no_unit" if not text and role in LIMITED else ""


def _role(text: str) -> Role | None:
    """The role that a text names: in either language, or as commands call it."""
    named = {
        spelled(one): role
        for role in Role
        for one in (role, *(Words(language)(f"role.{role}") for language in Language))
    }
    return named.get(spelled(text))
