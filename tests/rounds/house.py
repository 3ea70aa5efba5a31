"""A small city whose office opens rounds: three wards, a plan, and short ways to report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.model import Catalogue, Fact, Period, Result, Round, Target
from danvan.rounds.opening import open_round
from danvan.rounds.owing import Owed, owed_now
from danvan.store import Store, open_store
from danvan.wording import Words
from tests.making import CATALOGUE, WARDS, YEAR, founded, submission

WORDS = Words("vi")
PLANNED = ("SUM", "LATEST")
DUE = date(YEAR, 4, 10)
EDITOR = Account(1, "hoa", "Lê Thị Hòa", Role.EDITOR)


class House:
    """A store whose clock the test sets."""

    def __init__(
        self, path: Path, catalogue: Catalogue = CATALOGUE, planned: Sequence[str] = PLANNED
    ) -> None:
        self.now = datetime(YEAR, 1, 10, 9, tzinfo=UTC)
        self.store: Store = founded(open_store(str(path), clock=lambda: self.now), catalogue)
        self.office = Access(self.store, EDITOR)
        facts = [
            Target(year=YEAR, unit=unit, indicator=code, value=Decimal(12))
            for unit in WARDS
            for code in planned
        ]
        self.store.submit([submission(*facts)])

    def open(self, period: Period = Period.Q1, due: date = DUE, **more: Any) -> Round:
        """Open a round as the office would."""
        one = Round(YEAR, period, due, **more)
        open_round(self.office, one, WORDS)
        return one

    def report(
        self,
        unit: str,
        codes: Sequence[str] = PLANNED,
        on: date = date(YEAR, 4, 3),
        period: Period = Period.Q1,
        outcome: str = "approved",
        value: int = 3,
    ) -> int:
        """Hand in figures of a unit at nine o'clock of a day."""
        self.now = max(self.now, datetime(on.year, on.month, on.day, 9, tzinfo=UTC))
        facts: list[Fact] = [
            Result(year=YEAR, unit=unit, indicator=c, period=period, value=Decimal(value))
            for c in codes
        ]
        return self.store.submit([submission(*facts)], outcome=outcome)[0]

    def owed(self, on: date, period: Period = Period.Q1) -> dict[str, Owed]:
        """What each unit owes on a day."""
        return {one.unit: one for one in owed_now(self.office, YEAR, period, on)}
