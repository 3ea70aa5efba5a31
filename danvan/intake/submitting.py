"""From files to a stored submission: check everything, then store all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from danvan.errors import Problem, RefusedError, Severity
from danvan.intake.difference import Change, Key, compared
from danvan.intake.reading import read
from danvan.model import Channel, Document, Fact, File, Submission, YearRule
from danvan.store import Store

FIRST_YEAR = 2000  # an older year is a slip of the keyboard


@dataclass(frozen=True)
class Check:
    """A submission before it is stored: what it states, changes, and what is wrong with it."""

    year: int
    files: tuple[File, ...]
    facts: tuple[Fact, ...]
    changes: dict[Key, Change]
    problems: tuple[Problem, ...]
    refused: int
    opens_year: bool

    @property
    def sound(self) -> bool:
        """Whether it can be stored: no errors, and something to store."""
        return bool(self.facts) and not any(p.kind is Severity.ERROR for p in self.problems)

    def count(self, change: Change) -> int:
        """How many figures are new, changed or the same."""
        return sum(found is change for found in self.changes.values())


def check(store: Store, files: Iterable[File], year: int, unit: str | None = None) -> Check:
    """Read the files as one submission about `year`; nothing is stored.

    Raises RefusedError for a year that cannot be opened and for an unknown unit.
    """
    opens = year not in store.years()
    if opens and not FIRST_YEAR <= year <= date.today().year + 1:
        raise RefusedError("unknown_year", year=year)
    catalogue = store.catalogue()
    if unit is not None and unit not in catalogue.unit:
        raise RefusedError("unknown_unit", unit=unit, year=year)
    readings = [read(file, catalogue, year, unit) for file in files]
    facts = tuple(fact for reading in readings for fact in reading.facts)
    problems = [problem for reading in readings for problem in reading.problems]
    if not facts and not problems:
        problems = [
            Problem(Severity.ERROR, "no_figures", reading.file.name) for reading in readings
        ]
    return Check(
        year=year,
        files=tuple(reading.file for reading in readings),
        facts=facts,
        changes=compared(facts, store.figures(year)),
        problems=(*problems, *_across_files(facts)),
        refused=sum(reading.refused for reading in readings),
        opens_year=opens,
    )


def hand_in(
    store: Store,
    checked: Check,
    person: str,
    channel: Channel,
    document: Document | None = None,
) -> int:
    """Store what was checked and return the number of the submission.

    Raises RefusedError where it has errors or the store refuses it.
    """
    if not checked.sound:
        raise RefusedError("not_sound")
    submission = Submission(
        person=person,
        channel=channel,
        document=document,
        files=checked.files,
        facts=checked.facts,
    )
    return store.submit([*_openings(store, checked, person), submission])[-1]


def _openings(store: Store, checked: Check, person: str) -> list[Submission]:
    if checked.year in store.years():
        return []
    rule = YearRule(checked.year)
    return [Submission(person=person, channel=Channel.YEAR, years=(rule,))]


def _across_files(facts: Iterable[Fact]) -> list[Problem]:
    """The same figure in two files of one submission: which one counts cannot be guessed."""
    first: dict[tuple[object, ...], Fact] = {}
    problems = []
    for fact in facts:
        other = first.setdefault((*fact.key, type(fact)), fact)
        if other.origin.file is not fact.origin.file:
            place, files = fact.origin, (other.origin.file, fact.origin.file)
            problems.append(
                Problem(
                    Severity.ERROR,
                    "in_two_files",
                    files[1].name if files[1] else "",
                    place.sheet,
                    place.cell,
                    "indicator",
                    f"{fact.unit} {fact.indicator}",
                    {"other": files[0].name if files[0] else "", "other_cell": other.origin.cell},
                )
            )
    return problems
