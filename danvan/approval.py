"""Approval: what waits to be decided about, beside what stands; and what became of one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from danvan.errors import Problem, Severity
from danvan.intake.difference import Change, Difference, Key, by_key, differences
from danvan.intake.plausible import doubts
from danvan.intake.revising import revised, undecided
from danvan.model import (
    Aspect,
    Duty,
    Expectation,
    Fact,
    File,
    Origin,
    Period,
    Register,
    Result,
    Target,
)
from danvan.rows import Row, known, rows_of
from danvan.store import Store

ABOUT = ("year", "period", "unit", "indicator")
STANDS = {Aspect.TARGET: "target_fact", Aspect.RESULT: "result_fact"}


@dataclass(frozen=True)
class Waiting:
    """A submission that waits: what it would change, what deserves a second look, its registers.

    `ids` are the facts of each figure, to be sent back by; `entries` are rows of
    registers.WAITING_ENTRY_TYPES, each with the columns of the row that stands as `former` (empty
    for a new one); `documents` are rows of registers.EVIDENCE_TYPES, `explanations` of
    said.EXPLANATION_TYPES, each with what stands of it as `former` ("" where nothing does).
    """

    number: int
    changes: dict[Key, Difference]
    ids: dict[Key, tuple[int, ...]]
    problems: tuple[Problem, ...]
    entries: tuple[Row, ...]
    documents: tuple[Row, ...] = ()
    explanations: tuple[Row, ...] = ()

    def count(self, change: Change) -> int:
        """How many of its figures are new, changed or the same."""
        return sum(found.change is change for found in self.changes.values())

    @property
    def size(self) -> int:
        """How many figures, rows of registers, documents and explanations there are to decide about."""
        parts = (self.changes, self.entries, self.documents, self.explanations)
        return sum(map(len, parts))

    def facts(self, figures: Iterable[Key]) -> list[int]:
        """The facts that state these figures."""
        return [number for key in figures for number in self.ids.get(key, ())]


def sizes(figures: pd.DataFrame, *others: pd.DataFrame) -> dict[int, int]:
    """How many figures, rows of registers, documents and explanations each submission that waits
    has, by its number.

    The frames are reading.WAITING_TYPES; WAITING_ENTRY_TYPES, EVIDENCE_TYPES, EXPLANATION_TYPES.
    """
    figures = figures.drop_duplicates(["submission", *ABOUT])
    numbers = [frame["submission"] for frame in (figures, *others)]
    counts = pd.concat(numbers).value_counts()
    return {int(number): int(count) for number, count in counts.items()}


def units(*frames: pd.DataFrame) -> dict[int, list[str]]:
    """Codes of the units that each submission that waits speaks of, from the same frames."""
    all_of_them = pd.concat([frame[["submission", "unit"]] for frame in frames])
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows_of(all_of_them.drop_duplicates().sort_values("unit")):
        found[row["submission"]].append(row["unit"])
    return dict(found)


def waiting(store: Store, number: int) -> Waiting:
    """A submission that waits, compared with what stands at this moment."""
    everything, documents = store.waiting(), store.waiting_evidence()
    rows = rows_of(everything[everything["submission"] == number])
    facts = [fact(row) for row in rows]
    years = sorted({one.year for one in facts})
    standing = {year: store.figures(year) for year in {*years, *(year - 1 for year in years)}}
    catalogue = store.catalogue()
    problems: list[Problem] = []
    rules = store.years()
    for year in years:
        mine = [one for one in facts if one.year == year]
        problems += doubts(mine, standing[year], standing[year - 1], catalogue)
        problems += undecided(mine, revised(mine, standing[year], rules.get(year)))
    stands = by_key(pd.concat([standing[year] for year in years])) if years else {}
    problems += _newer(rows, facts, stands)
    problems += _twice(rows, facts, everything[everything["submission"] != number])
    ids: defaultdict[Key, tuple[int, ...]] = defaultdict(tuple)
    for row, one in zip(rows, facts, strict=True):
        ids[one.key] += (int(row["fact"]),)
    return Waiting(
        number,
        {k: d for year in years for k, d in _of_year(facts, year, standing[year])},
        dict(ids),
        tuple(problems),
        tuple(_entries(store, number)),
        tuple(rows_of(documents[documents["submission"] == number])),
        tuple(_explanations(store, number)),
    )


def _explanations(store: Store, number: int) -> Iterator[Row]:
    """The explanations it brings, each with the text that stands."""
    found = store.waiting_explanations()
    rows = rows_of(found[found["submission"] == number])
    stands = {
        tuple(row[name] for name in ABOUT): row["text"]
        for year in {row["year"] for row in rows}
        for row in rows_of(store.explanations(year))
    }
    for row in rows:
        yield row | {"former": stands.get(tuple(row[name] for name in ABOUT), "")}


def _entries(store: Store, number: int) -> Iterator[Row]:
    """The rows of registers it brings, each with what stands of it."""
    found = store.waiting_entries()
    rows = rows_of(found[found["submission"] == number])
    stands = {
        (register, row["entry"]): row
        for register, year in {(row["register"], row["year"]) for row in rows if row["stands"]}
        for row in rows_of(store.entries(Register(register), year))
    }
    for row in rows:
        yield row | {"former": stands.get((row["register"], row["entry"]), {})}


def _of_year(
    facts: Sequence[Fact], year: int, standing: pd.DataFrame
) -> Iterable[tuple[Key, Difference]]:
    return differences([one for one in facts if one.year == year], standing).items()


def _newer(rows: Sequence[Row], facts: Sequence[Fact], stands: dict[Key, Row]) -> Iterator[Problem]:
    """Figures for which something stands that was handed in later."""
    for row, one in zip(rows, facts, strict=True):
        column, other = STANDS.get(row["aspect"]), stands.get(one.key)
        if column and other and known(other[column]) and other[column] > row["fact"]:
            yield _warning("newer_stands", one)


def _twice(rows: Sequence[Row], facts: Sequence[Fact], others: pd.DataFrame) -> Iterator[Problem]:
    """Figures that another submission states too while it waits."""
    about = (*ABOUT, "aspect")
    elsewhere = {tuple(row[name] for name in about): row for row in rows_of(others)}
    for row, one in zip(rows, facts, strict=True):
        other = elsewhere.get(tuple(row[name] for name in about))
        if other:
            yield _warning("waits_twice", one, number=other["submission"])


def _warning(code: str, stated: Fact, **values: object) -> Problem:
    place, found = stated.origin, f"{stated.unit} {stated.indicator}"
    file = place.file.name if place.file else ""
    return Problem(Severity.WARNING, code, file, place.sheet, place.cell, "", found, values)


def fact(row: Row) -> Fact:
    """The fact as it was handed in, from a row of reading.WAITING_TYPES; of the file its name."""
    file = File(row["file"], b"") if row["file"] else None
    about: dict[str, Any] = {name: row[name] for name in ("year", "unit", "indicator", "note")}
    about |= {"period": Period(row["period"])}
    about["origin"] = Origin(file, row["sheet"], row["cell"], row["found"])
    match row["aspect"]:
        case Aspect.TARGET:
            numbers = _numbers(row, "value", "lower", "upper", "baseline")
            return Target(**about, **numbers, decision=row["decision"])
        case Aspect.RESULT:
            numbers = _numbers(row, "value", "numerator", "denominator", "stated")
            return Result(**about, **numbers, approximate=row["approximate"])
        case _:
            return Expectation(**about, duty=Duty(row["duty"]))


def _numbers(row: Row, *names: str) -> dict[str, Any]:
    return {name: Decimal(str(row[name])) if known(row[name]) else None for name in names}


@dataclass(frozen=True)
class News:
    """What became of a person's submissions; rows of reading.OWN_TYPES, the newest first."""

    returned: tuple[Row, ...]  # until what was sent back is handed in again
    waiting: tuple[Row, ...]
    approved: tuple[Row, ...]  # since the person's last visit

    def __bool__(self) -> bool:
        return bool(self.returned or self.waiting or self.approved)


def news(own: pd.DataFrame, since: datetime | None) -> News:
    """What a person should hear of what they handed in; `since` is their last visit."""
    rows = rows_of(own.iloc[::-1])
    lists = [row for row in rows if row["entries"]]
    return News(
        returned=tuple(row for row in rows if row["sent_back"] or _is_open_list(row, lists)),
        waiting=tuple(row for row in rows if row["outcome"] == "submitted"),
        approved=tuple(
            row
            for row in rows
            if row["outcome"] == "approved" and (since is None or row["decided_at"] > since)
        ),
    )


def _is_open_list(row: Row, lists: Sequence[Row]) -> bool:
    """Whether rows of registers alone were returned, and no others were handed in since."""
    alone = row["outcome"] == "returned" and not row["figures"]
    return alone and not any(later["id"] > row["id"] for later in lists)
