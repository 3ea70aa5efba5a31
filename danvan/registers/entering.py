"""Entering: rows of a register as a person types them; what they change, and what is wrong with them.

Nothing is stored but by `hand_in`, and then all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from danvan.errors import OvertakenError, Problem, RefusedError, Severity
from danvan.intake.registers import said_of
from danvan.intake.spelling import spelled
from danvan.intake.submitting import TRIES, openings, opens_year
from danvan.model import Catalogue, Channel, Document, Entry, File, Register, Submission
from danvan.registers.days import day_of, kept_day
from danvan.registers.deadlines import Deadline, deadline
from danvan.registers.decisions import decision
from danvan.registers.kinds import FIELDS, LEVELS
from danvan.registers.lives import MODEL_STATES, STAGES, TASK_STATES
from danvan.registers.repeats import repeated
from danvan.rows import Row, rows_of
from danvan.store import Store

NEW, KEPT, SPREAD = "mới", "duy trì", "nhân rộng"
RENEWALS = (NEW, KEPT, SPREAD)
"""What a registered model is to those before it; files say it in these words."""
ASKED = {
    Register.MODEL: (
        "name", "field", "kind", "holder", "address", "approach", "effect", "state", "renewal",
        "decision", "decided_on", "note",
    ),
    Register.TASK: (
        "name", "kind", "area", "owner", "co_owners", "deadline", "product", "state", "finished_on",
        "evidence", "note",
    ),
    Register.AWARD: (
        "name", "recipient", "kind", "form", "level", "decision", "decided_on", "signatory",
        "reason", "note",
    ),
}  # fmt: skip
"""The fields of a row that a person is asked for, in their order, beside its unit."""
CHOICES: dict[tuple[Register, str], tuple[str, ...]] = {
    (Register.MODEL, "field"): tuple(texts[0] for texts in FIELDS.values()),
    (Register.MODEL, "kind"): ("collective", "individual"),
    (Register.MODEL, "state"): MODEL_STATES,
    (Register.MODEL, "renewal"): RENEWALS,
    (Register.TASK, "kind"): ("key",),
    (Register.TASK, "state"): TASK_STATES,
    (Register.AWARD, "kind"): ("collective", "individual"),
    (Register.AWARD, "form"): ("Giấy khen", "Bằng khen", "Biểu dương", "Kỷ niệm chương"),
    (Register.AWARD, "level"): tuple(texts[0] for texts in LEVELS.values()),
}
OPEN = ("form", "level")  # others than the usual ones are not wrong
DAYS = ("decided_on", "finished_on")
LONG = ("approach", "effect", "reason", "note")  # fields that take several lines
USUAL_STATE = {Register.MODEL: "registered", Register.TASK: "waiting"}
STOPS = (Severity.ERROR, Severity.QUESTION)


class Act(StrEnum):
    """What is done to a row."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Written:
    """One row as a person left it: the texts of the fields they had before them, and its unit.

    `entry` and `seen` name the row it changes and the submission whose version they saw.
    `renewal` is their answer to whether it goes on with a model of before.
    """

    texts: Mapping[str, str]
    entry: int | None = None
    seen: int = 0
    removed: bool = False
    renewal: str = ""
    documents: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be stored of one row: the entry, and the fields that differ, old and new."""

    entry: Entry
    act: Act
    seen: int
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """Rows of one register before they are stored.

    `again` and `twins` are, by place among what was written, the model of an earlier year and the
    one of this year that a new model resembles; `overtaken` the rows of which another version
    stands than was seen, each with the submission that was.
    """

    register: Register
    year: int
    amendments: tuple[Amendment, ...] = ()
    problems: tuple[Problem, ...] = ()
    again: Mapping[int, Row] = field(default_factory=dict)
    twins: Mapping[int, Row] = field(default_factory=dict)
    overtaken: tuple[tuple[int, int], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether all of it can be stored, and there is something to store."""
        stopped = any(problem.kind in STOPS for problem in self.problems)
        return bool(self.amendments) and not self.overtaken and not stopped

    def count(self, act: Act) -> int:
        """How many rows are new, changed or removed."""
        return sum(one.act is act for one in self.amendments)


def choices(
    register: Register, name: str, catalogue: Catalogue, standing: pd.DataFrame
) -> list[str]:
    """What may stand in a field, what stands there among it; empty where anything may."""
    usual = CHOICES.get((register, name), ())
    if (register, name) == (Register.TASK, "area"):
        usual = tuple(area.name for area in catalogue.areas)
    there = standing[name].tolist() if usual else ()
    return list(dict.fromkeys([*usual, *(text for text in there if text)]))


def entered(
    store: Store, register: Register, year: int, written: Sequence[Written], today: date
) -> Sheet:
    """What the rows change of what stands, and what is wrong with them; nothing is stored.

    Rows with nothing in them, and those that say what stands already, are no amendments.
    Raises RefusedError for a year that is closed or cannot be opened.
    """
    opens_year(store, year)
    standing, catalogue = store.entries(register, year), store.catalogue()
    known = {row["entry"]: row for row in rows_of(standing)}
    models = store.entries(register, None) if register is Register.MODEL else standing.head(0)
    check = _Check(register, year, today, catalogue, standing, models)
    overtaken: list[tuple[int, int]] = []
    for place, one in enumerate(written):
        row = known.get(one.entry) if one.entry is not None else None
        if one.entry is not None and (row is None or row["submission"] != one.seen):
            overtaken.append((one.entry, one.seen))
        else:
            check.read(place, one, row)
    check.twice()
    return Sheet(
        register, year, tuple(check.amendments), tuple(check.problems),
        check.again, check.twins, tuple(overtaken),
    )  # fmt: skip


class _Check:
    """The amendments and problems of one sheet, row by row."""

    def __init__(
        self,
        register: Register,
        year: int,
        today: date,
        catalogue: Catalogue,
        standing: pd.DataFrame,
        models: pd.DataFrame,
    ) -> None:
        self.register, self.year, self.today = register, year, today
        self.catalogue, self.standing, self.models = catalogue, standing, models
        self.amendments: list[Amendment] = []
        self.problems: list[Problem] = []
        self.again: dict[int, Row] = {}
        self.twins: dict[int, Row] = {}

    def read(self, place: int, one: Written, row: Row | None) -> None:
        before = {n: str(row[n]) for n in (*self._columns(), "name", "unit")} if row else {}
        if one.removed:
            if row:
                self._amend(one, Act.REMOVED, before, before)
            return
        typed = {n: _kept(n, text) for n, text in one.texts.items()}
        told = {n: text for n, text in typed.items() if text != _kept(n, before.get(n, ""))}
        said = {n for n in told if n != "unit" and told[n] != self._usual(n, row)}
        if not (said or (row and told) or one.documents):
            return
        after = before | told  # what was not touched stays as it was written
        if row is None:
            after |= self._continued(place, one, after)
        self._amend(one, Act.CHANGED if row else Act.NEW, before, after)
        self.problems += self._faults(told, before, after)

    def _usual(self, name: str, row: Row | None) -> str | None:
        """What a new row says before anybody has touched it."""
        if name == "kind" and self.register is Register.TASK and row is None:
            return "key"
        return USUAL_STATE.get(self.register) if name == "state" and row is None else None

    def _columns(self) -> list[str]:
        extra = ["continues"] if self.register is Register.MODEL else []
        return [*(n for n in ASKED[self.register] if n != "name"), *extra]

    def _amend(
        self, one: Written, act: Act, before: Mapping[str, str], after: Mapping[str, str]
    ) -> None:
        entry = Entry(
            register=self.register,
            year=self.year,
            unit=after.get("unit", ""),
            name=after.get("name", ""),
            values=tuple((n, after[n]) for n in self._columns() if after.get(n)),
            entry=one.entry,
            removed=act is Act.REMOVED,
            evidence=one.documents,
        )
        names = [
            n
            for n in ("unit", "name", *self._columns())
            if act is Act.REMOVED or before.get(n, "") != after.get(n, "")
        ]
        old = {n: before[n] for n in names if before.get(n)}
        new = {} if act is Act.REMOVED else {n: after.get(n, "") for n in names}
        self.amendments.append(Amendment(entry, act, one.seen, old, new))

    def _continued(self, place: int, one: Written, after: Mapping[str, str]) -> dict[str, str]:
        """What a new model is to one that the unit registered before: asked where it is not said."""
        name, unit = after.get("name", ""), after.get("unit", "")
        if self.register is not Register.MODEL or not name or not unit:
            return {}
        found = rows_of(repeated(self.models, unit, name))
        now = [row for row in found if row["year"] == self.year]
        former = [row for row in found if row["year"] < self.year]
        if now:
            self.twins[place] = now[0]
            self._say(Severity.WARNING, "model_twice", name, **said_of(now[0]))
        if not former:
            return {}
        renewal = one.renewal or (after.get("renewal", "") if after.get("renewal") != NEW else "")
        if not after.get("renewal") or after["renewal"] == NEW:
            self.again[place] = former[0]
        if not renewal:
            self._say(Severity.QUESTION, "model_again", name, **said_of(former[0]))
            return {}
        goes_on = renewal in (KEPT, SPREAD)
        return {"renewal": renewal, "continues": str(former[0]["entry"]) if goes_on else ""}

    def _faults(
        self, told: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
    ) -> Iterator[Problem]:
        """What is wrong with what was said, and what is odd about the row as it would stand."""
        name = after.get("name", "") or before.get("name", "")
        if not after.get("name"):
            yield _problem(Severity.ERROR, "entry_unnamed", name)
        unit = self.catalogue.unit.get(after.get("unit", ""))
        if unit is None or not unit.valid_in(self.year):
            yield _problem(Severity.ERROR, "entry_without_unit", name, "unit")
        for column, text in told.items():
            if text:
                yield from self._said(name, column, text)
        if "state" in told:
            yield from self._backwards(name, before.get("state", ""), told["state"])
        if {"state", "finished_on", "decision", "decided_on"} & set(told):
            yield from self._days(name, after)

    def _said(self, name: str, column: str, text: str) -> Iterator[Problem]:
        """What cannot be kept or understood in one field."""
        allowed = choices(self.register, column, self.catalogue, self.standing)
        if allowed and column not in OPEN and text not in allowed:
            yield _problem(Severity.ERROR, "entry_choice", name, column, text=text)
        if column in DAYS and day_of(text) is None:
            yield _problem(Severity.ERROR, "entry_day", name, column, text=text)
        if column == "decision" and decision(text) is None:
            yield _problem(Severity.WARNING, "entry_decision", name, column, text=text)
        if column == "deadline" and deadline(text, self.year) == Deadline():
            yield _problem(Severity.WARNING, "entry_deadline", name, column, text=text)

    def _backwards(self, name: str, former: str, state: str) -> Iterator[Problem]:
        behind = former in STAGES and state in STAGES and STAGES.index(state) < STAGES.index(former)
        undone = self.register is Register.TASK and former == "done" and state != "done"
        lost = former in STAGES[2:] and state in ("", "refused")
        if behind or undone or lost:
            yield _problem(
                Severity.WARNING, "entry_backwards", name, "state",
                former_state=former, state=state or "registered",
            )  # fmt: skip

    def _days(self, name: str, after: Mapping[str, str]) -> Iterator[Problem]:
        """What the days say against the state, the decision and the calendar."""
        for column in DAYS:
            on = day_of(after.get(column, ""))
            if on and on > self.today:
                shown = f"{on:%d/%m/%Y}"
                yield _problem(Severity.WARNING, "entry_future", name, column, text=shown)
            elif on and abs(on.year - self.year) > 1:
                shown = f"{on:%d/%m/%Y}"
                yield _problem(
                    Severity.WARNING, "entry_other_year", name, column, text=shown, year=self.year
                )
        if self.register is Register.TASK:
            done, finished = after.get("state") == "done", bool(after.get("finished_on"))
            if done and not finished:
                yield _problem(Severity.WARNING, "entry_unfinished", name, "finished_on")
            if finished and not done:
                yield _problem(Severity.WARNING, "entry_finished", name, "finished_on")
        elif after.get("decision") and not after.get("decided_on"):
            yield _problem(Severity.WARNING, "entry_undated", name, "decided_on")

    def twice(self) -> None:
        """New rows of one name and unit on the same sheet."""
        seen = set()
        for one in self.amendments:
            key = (one.entry.unit, spelled(one.entry.name))
            if one.act is Act.NEW and key in seen and self.register is not Register.AWARD:
                self._say(Severity.WARNING, "entry_twice", one.entry.name)
            seen.add(key if one.act is Act.NEW else None)

    def _say(self, kind: Severity, code: str, found: str, **values: object) -> None:
        self.problems.append(Problem(kind, code, found=found, values=values))


def _problem(kind: Severity, code: str, found: str, column: str = "", **values: object) -> Problem:
    return Problem(kind, code, field=column, found=found, values=values)


def _kept(name: str, text: str) -> str:
    """The text as it is kept: days as 2022-12-27, where they are days."""
    plain = text.strip()
    return kept_day(plain) if name in DAYS else plain


def hand_in(store: Store, sheet: Sheet, person: str, document: Document | None = None) -> int:
    """Store the sheet and return the number of the submission.

    Raises RefusedError where something stands against it, and OvertakenError where somebody
    changed one of its rows since it was read; nothing is stored then.
    """
    if not sheet.sound:
        raise RefusedError("not_sound")
    entries = tuple(one.entry for one in sheet.amendments)
    act = Submission(person=person, channel=Channel.FORM, document=document, entries=entries)
    for _ in range(TRIES):
        revision = store.revision()
        overtaken = _overtaken(store, sheet)
        if overtaken:
            raise OvertakenError(overtaken)
        numbers = store.submit([*openings(store, sheet.year, person), act], only_at=revision)
        if numbers:
            return numbers[-1]
    raise RefusedError("too_busy")


def _overtaken(store: Store, sheet: Sheet) -> list[int]:
    """Rows of which another version stands now than was seen."""
    rows = store.entries(sheet.register, sheet.year)
    stands = dict(zip(rows["entry"].tolist(), rows["submission"].tolist(), strict=True))
    changed = [one for one in sheet.amendments if one.entry.entry is not None]
    return [int(a.entry.entry or 0) for a in changed if stands.get(a.entry.entry) != a.seen]


@dataclass(frozen=True, slots=True)
class Overtaking:
    """What somebody else made of a row meanwhile: the fields that differ, old and new."""

    name: str
    person: str
    at: datetime
    removed: bool
    before: Mapping[str, str]
    after: Mapping[str, str]


def overtaking(store: Store, register: Register, entry: int, seen: int) -> Overtaking | None:
    """The version of a row that stands now, beside the one that was seen; None for neither."""
    versions = rows_of(store.life(register, entry))
    now = next((row for row in versions if row["stands"]), None)
    then = next((row for row in versions if row["submission"] == seen), None)
    last = now or then
    if last is None:
        return None
    names = ("unit", "name", *(n for n in ASKED[register] if n != "name"))
    differ = [n for n in names if now and then and now[n] != then[n]]
    return Overtaking(
        last["name"],
        last["person"],
        last["at"],
        bool(now is None or now["removed"]),
        {n: then[n] for n in differ} if then else {},
        {n: now[n] for n in differ} if now else {},
    )
