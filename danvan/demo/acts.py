"""Acts: what people of the city did and when, and the desk at which they do it in that order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from typing import Protocol

from danvan.demo.city import OFFICE
from danvan.model import Register, Submission
from danvan.rows import rows_of
from danvan.store import Store

ZONE = timezone(timedelta(hours=7))
SATURDAY = 5
BEGIN_OF_DAY, END_OF_DAY = time(8), time(17, 30)


class Clock:
    """The time at the desk; it stands where it was set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """Where acts are done: the store, its clock, and the numbers that submissions got there."""

    store: Store
    clock: Clock
    numbers: dict[str, int] = field(default_factory=dict)
    _entries: dict[tuple[Register, int], dict[tuple[str, str], int]] = field(default_factory=dict)

    def do(self, acts: Iterable[Act], until: datetime) -> None:
        """Do the acts in the order of their moments, those after `until` not at all."""
        for act in sorted(acts, key=lambda act: act.at):
            if act.at <= until:
                self.clock.now = act.at
                act.do(self)

    def entry(self, register: Register, year: int, unit: str, name: str) -> int | None:
        """The number of a register's row; None where it was never approved."""
        key = (register, year)
        if key not in self._entries:
            rows = rows_of(self.store.entries(register, year))
            self._entries[key] = {(r["unit"], r["name"]): int(r["entry"]) for r in rows}
        return self._entries[key].get((unit, name))


class Act(Protocol):
    """Something done at a moment."""

    @property
    def at(self) -> datetime:
        """The moment."""

    def do(self, desk: Desk) -> None:
        """Do it."""


@dataclass(frozen=True)
class HandIn:
    """A submission. It is made when it is due, as it can restate what was stored before."""

    at: datetime
    key: str
    make: Callable[[Desk], Submission]
    outcome: str = "approved"

    def do(self, desk: Desk) -> None:
        (number,) = desk.store.submit([self.make(desk)], outcome=self.outcome)
        desk.numbers[self.key] = number


@dataclass(frozen=True)
class Decide:
    """The office's word about a submission that waits."""

    at: datetime
    key: str
    outcome: str = "approved"
    comment: str = ""

    def do(self, desk: Desk) -> None:
        desk.store.decide(desk.numbers[self.key], self.outcome, OFFICE, self.comment)


@dataclass(frozen=True)
class Undo:
    """Taking a submission back."""

    at: datetime
    key: str
    note: str

    def do(self, desk: Desk) -> None:
        desk.store.undo(desk.numbers[self.key], OFFICE, self.note)


def office_hour(day: date, draw: Random) -> datetime:
    """A moment of the day when somebody is at work."""
    return office_opens(day) + timedelta(seconds=draw.randint(0, 31_000))


def workday(day: date, forward: bool = True) -> date:
    """The day, or the next working day after it (or before it)."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1 if forward else -1)
    return day


def office_opens(day: date) -> datetime:
    """When the office opens on a day."""
    return datetime.combine(day, BEGIN_OF_DAY, ZONE)


def end_of(day: date) -> datetime:
    """When the office closes on a day."""
    return datetime.combine(day, END_OF_DAY, ZONE)
