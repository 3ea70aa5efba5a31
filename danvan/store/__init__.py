"""Stored: the only package that knows there is a database.

A narrow face: frames and values are read, submissions are written. Each method is one
transaction; a store can be shared between threads.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pandas as pd

from danvan.errors import StoreError
from danvan.model import (
    Answer,
    Boundary,
    Catalogue,
    Contact,
    Draft,
    Evidence,
    Register,
    Reminder,
    Submission,
    YearRule,
)
from danvan.store import audit, reading, registers, rules, said, writing
from danvan.store.engine import Clock, SqliteEngine, real_clock
from danvan.store.people import People

__all__ = ["People", "Store", "filled_store", "open_store"]


def open_store(address: str, clock: Clock = real_clock) -> Store:
    """The store at a path; makes the file and brings its schema up to date where needed.

    `clock` says what moment what is written is written at; only what generates a past has another.
    """
    if address.startswith(("postgresql://", "postgres://")):
        raise StoreError("no_postgresql")
    return Store(SqliteEngine(Path(address), clock))


@contextmanager
def filled_store(address: str, clock: Clock) -> Generator[Store]:
    """A store for thousands of writes in a row, with everything in its one file at the end."""
    engine = SqliteEngine(Path(address), clock)
    with engine.held():
        yield Store(engine)


class Store:
    """Everything that is kept. `as_of` reads it as it stood at that moment; None is now."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._people = People(engine)

    @property
    def people(self) -> People:
        """Everybody who can sign in, and what they did."""
        return self._people

    def revision(self) -> int:
        """A number that grows with every write, in every process: the key of every cache."""
        with self._engine.reading() as connection:
            return reading.revision(connection)

    def marks(self) -> dict[int, int]:
        """For each year with figures a number that grows with whatever changes them."""
        with self._engine.reading() as connection:
            return reading.marks(connection)

    def catalogue(self, as_of: datetime | None = None) -> Catalogue:
        """Areas, indicators, units and their changes."""
        with self._engine.reading() as connection:
            return rules.catalogue(connection, as_of)

    def boundaries(self, as_of: datetime | None = None) -> tuple[Boundary, ...]:
        """Where units lie, for those of which somebody stored it."""
        with self._engine.reading() as connection:
            return rules.boundaries(connection, as_of)

    def years(self, as_of: datetime | None = None) -> dict[int, YearRule]:
        """The rules of every year that has been opened."""
        with self._engine.reading() as connection:
            return rules.years(connection, as_of)

    def generated(self) -> bool:
        """Whether anything that counts was generated, so that nothing here is of a real city."""
        with self._engine.reading() as connection:
            return reading.generated(connection)

    def figures(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        """What stands in a year, one row for each figure (reading.FIGURE_TYPES)."""
        with self._engine.reading() as connection:
            return reading.figures(connection, year, as_of)

    def history(
        self, year: int, unit: str, indicator: str, as_of: datetime | None = None
    ) -> pd.DataFrame:
        """Every statement about one figure, newest first (reading.HISTORY_TYPES)."""
        with self._engine.reading() as connection:
            return reading.history(connection, year, unit, indicator, as_of)

    def origins(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        """Where each fact of a year comes from (reading.ORIGIN_TYPES)."""
        with self._engine.reading() as connection:
            return reading.origins(connection, year, as_of)

    def submissions(self, as_of: datetime | None = None) -> pd.DataFrame:
        """Every submission, oldest first (reading.SUBMISSION_TYPES)."""
        with self._engine.reading() as connection:
            return reading.submissions(connection, as_of)

    def entries(
        self, register: Register, year: int | None, as_of: datetime | None = None
    ) -> pd.DataFrame:
        """The rows of a register that stand in a year, or in all (registers.entries)."""
        with self._engine.reading() as connection:
            return registers.entries(connection, register, year, as_of)

    def life(self, register: Register, entry: int, as_of: datetime | None = None) -> pd.DataFrame:
        """Every version of a row of a register, newest first (registers.life)."""
        with self._engine.reading() as connection:
            return registers.life(connection, register, entry, as_of)

    def evidence(self, year: int | None, as_of: datetime | None = None) -> pd.DataFrame:
        """The documents that prove figures and rows of a year, or of all (registers.EVIDENCE_TYPES)."""
        with self._engine.reading() as connection:
            return registers.evidence(connection, year, as_of)

    def waiting_evidence(self) -> pd.DataFrame:
        """The documents of submissions that wait (registers.EVIDENCE_TYPES)."""
        with self._engine.reading() as connection:
            return registers.waiting_evidence(connection)

    def proof(self, number: int) -> Evidence | None:
        """One document with its bytes, by its number in the frames of evidence."""
        with self._engine.reading() as connection:
            return registers.proof(connection, number)

    def units_of_entries(self, numbers: Iterable[int]) -> dict[int, frozenset[str]]:
        """Codes of the units that any version of these rows was ever stated for."""
        with self._engine.reading() as connection:
            return registers.units_of_entries(connection, numbers)

    def explanations(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        """Why figures of a year fell short (said.EXPLANATION_TYPES)."""
        with self._engine.reading() as connection:
            return said.explanations(connection, year, as_of)

    def waiting_explanations(self) -> pd.DataFrame:
        """Explanations that wait (said.EXPLANATION_TYPES)."""
        with self._engine.reading() as connection:
            return said.waiting_explanations(connection)

    def settlements(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        """Why numbers of a year that differ may stand (said.SETTLEMENT_TYPES)."""
        with self._engine.reading() as connection:
            return said.settlements(connection, year, as_of)

    def contacts(self) -> tuple[Contact, ...]:
        """Whom to write to about the reports of units."""
        with self._engine.reading() as connection:
            return said.contacts(connection)

    def reminders(self, year: int) -> pd.DataFrame:
        """Who was reminded of the year's reports (said.REMINDER_TYPES)."""
        with self._engine.reading() as connection:
            return said.reminders(connection, year)

    def remind(self, reminders: Sequence[Reminder], person: str) -> None:
        """Keep that units were reminded of their reports. Nothing is sent from here."""
        with self._engine.writing() as connection:
            writing.remind(connection, reminders, person)

    def handed_in(self, sha256: str) -> list[int]:
        """Numbers of the submissions that count and came with a file of these bytes, oldest first."""
        with self._engine.reading() as connection:
            return reading.handed_in(connection, sha256)

    def answers(self) -> list[Answer]:
        """What people answered about files, oldest first."""
        with self._engine.reading() as connection:
            return reading.answers(connection)

    def file(self, submission: int, name: str) -> bytes | None:
        """The bytes of a file as they were handed in with a submission."""
        with self._engine.reading() as connection:
            return reading.file(connection, submission, name)

    def files(self, submission: int) -> list[str]:
        """The names of the files that were handed in with a submission."""
        with self._engine.reading() as connection:
            return reading.files(connection, submission)

    def keep_draft(self, draft: Draft) -> None:
        """Keep an upload between two steps. It states nothing yet and raises no revision."""
        with self._engine.writing() as connection:
            writing.keep_draft(connection, draft)

    def draft(self, key: str) -> Draft | None:
        """The draft of that key, as long as it was neither stored nor dropped."""
        with self._engine.reading() as connection:
            return reading.draft(connection, key)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        with self._engine.writing() as connection:
            writing.drop_draft(connection, key)

    def submit(
        self,
        submissions: Sequence[Submission],
        only_at: int | None = None,
        outcome: str = "approved",
    ) -> list[int]:
        """Store all the submissions or none, and return their numbers.

        With `only_at` nothing is stored, and nothing returned, unless the store is still at that
        revision: what was checked or shown before is then still true. With the outcome
        "submitted" they wait for somebody to decide. Raises RefusedError for
        an unknown unit, indicator or year, a closed year, and a figure that cannot be kept.
        """
        with self._engine.writing() as connection:
            if only_at is not None and reading.revision(connection) != only_at:
                return []
            return [writing.submit(connection, one, outcome) for one in submissions]

    def decide(
        self,
        submission: int,
        outcome: str,
        person: str,
        comment: str = "",
        returned: Sequence[int] = (),
    ) -> None:
        """Approve or return ("approved", "returned") a submission that waits.

        `returned` are ids of its facts that are sent back though the others count. Raises
        RefusedError where somebody decided before, where something is sent back without a
        comment, and for a closed year.
        """
        with self._engine.writing() as connection:
            writing.decide(connection, submission, outcome, person, comment, returned)

    def keeps_answers(self) -> bool:
        """Whether what somebody answers about a file may be kept for the files of everybody."""
        return True

    def waiting(self) -> pd.DataFrame:
        """Every fact that waits to be decided about, oldest first (reading.WAITING_TYPES)."""
        with self._engine.reading() as connection:
            return reading.waiting(connection)

    def waiting_entries(self) -> pd.DataFrame:
        """Every row of a register that waits (registers.WAITING_ENTRY_TYPES)."""
        with self._engine.reading() as connection:
            return registers.waiting_entries(connection)

    def own(self, person: str) -> pd.DataFrame:
        """What a person handed in and what became of it, oldest first (reading.OWN_TYPES)."""
        with self._engine.reading() as connection:
            return reading.own(connection, person)

    def sent_back(self, year: int) -> pd.DataFrame:
        """Figures of a year that were sent back and not handed in again (said.SENT_BACK_TYPES)."""
        with self._engine.reading() as connection:
            return said.sent_back(connection, year)

    def touched(self) -> dict[int, frozenset[str]]:
        """Codes of the units that each submission states anything about."""
        with self._engine.reading() as connection:
            return reading.touched(connection)

    def stated_years(self) -> dict[int, frozenset[int]]:
        """The years that each submission says anything about."""
        with self._engine.reading() as connection:
            return reading.stated_years(connection)

    def undo(self, submission: int, person: str, note: str = "", only_waiting: bool = False) -> int:
        """Take a submission back, or an undo; return the number of the submission that did it.

        With `only_waiting` it is refused where anything would stop to count, or count again.
        """
        with self._engine.writing() as connection:
            return writing.undo(connection, submission, person, note, only_waiting)

    def faults(self) -> list[str]:
        """What the database's own checks and the audit find wrong; empty when it is sound."""
        broken = self._engine.faults()
        with self._engine.reading() as connection:
            return [*broken, *audit.faults(connection)]
