"""A discrepancy: two numbers about one figure that ought to agree, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from danvan.model import Comparison, Period

Key = tuple[str, str, str, str, str]  # period, unit, indicator, comparison, subject


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody said of it: the numbers it was said of, why they may stand, who and when."""

    stated: Decimal
    computed: Decimal
    reason: str
    person: str
    at: datetime
    submission: int


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """`stated` is what was entered, `computed` what the other numbers make of it.

    `subject` tells comparisons of one kind about one figure apart; `made_of` is what `computed` is
    made of: a register's term, periods, or terms of a Whole. `settled` holds while both numbers are
    what they were; `former` is what was said of other numbers than these.
    """

    year: int
    period: Period
    unit: str
    indicator: str
    comparison: Comparison
    subject: str
    stated: Decimal
    computed: Decimal
    made_of: tuple[str, ...] = ()
    settled: Settled | None = None
    former: Settled | None = None

    @property
    def key(self) -> Key:
        """What it is about, in its year."""
        return (str(self.period), self.unit, self.indicator, str(self.comparison), self.subject)

    @property
    def numbers(self) -> tuple[Decimal, Decimal]:
        """The stated and the computed number."""
        return (self.stated, self.computed)

    @property
    def difference(self) -> Decimal:
        """The stated number less the computed one."""
        return self.stated - self.computed

    @property
    def open(self) -> bool:
        """Whether it still has to be settled."""
        return self.settled is None
