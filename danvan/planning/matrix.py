"""The matrix: what is planned for a year, indicators down and units across, as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from danvan.intake.difference import Key, by_key
from danvan.intake.template import STATUSES
from danvan.model import Catalogue, Direction, Indicator, OverUnits, Period, Unit
from danvan.planning.earlier import exact
from danvan.planning.proposals import below
from danvan.rows import Row
from danvan.wording import PLACES, number

Place = tuple[str, str]  # unit, indicator
EXEMPT = STATUSES[1]  # in any language of the page: it is read again


@dataclass(frozen=True, slots=True)
class Aim:
    """What is planned of one figure. `first` is the target that stood when the year was opened."""

    target: Decimal | None = None
    first: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    exempt: bool = False

    @property
    def stands(self) -> bool:
        """Whether any target is set."""
        return any(value is not None for value in (self.target, self.lower, self.upper))

    @property
    def revised(self) -> bool:
        """Whether another target was there first."""
        return self.first is not None and self.first != self.target and self.lower is None

    @property
    def text(self) -> str:
        """What is written in its cell, to be read again; "" where nothing is planned."""
        if self.exempt:
            return EXEMPT
        if self.lower is not None or self.upper is not None:
            return "–".join(number(v, PLACES) for v in (self.lower, self.upper) if v is not None)
        return "" if self.target is None else number(self.target, PLACES)


NOTHING = Aim()


@dataclass(frozen=True)
class Matrix:
    """The plan of a year: the aims of the topmost unit and of those below it, by unit and indicator."""

    year: int
    top: Unit
    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    aims: Mapping[Place, Aim]

    def aim(self, unit: str, indicator: str) -> Aim:
        """What is planned there; nothing where nobody said anything."""
        return self.aims.get((unit, indicator), NOTHING)

    def own(self, indicator: str) -> Aim:
        """What the topmost unit was given by itself."""
        return self.aim(self.top.code, indicator)

    def sum(self, indicator: Indicator) -> Decimal | None:
        """What the targets of the units make; None where they do not add up to anything."""
        told = [self.aim(unit.code, indicator.code).target for unit in self.units]
        known = [value for value in told if value is not None]
        if indicator.over_units is not OverUnits.SUM or not known:
            return None
        return sum(known, Decimal(0))

    def gap(self, indicator: Indicator) -> Decimal | None:
        """The topmost unit's own target less that sum; None where one of them is not there."""
        own, made = self.own(indicator.code).target, self.sum(indicator)
        return None if own is None or made is None else own - made

    def is_open(self, unit: str, indicator: Indicator) -> bool:
        """Whether a target can be written there: what only the topmost unit has is not for others."""
        return unit == self.top.code or indicator.over_units is not OverUnits.OWN

    def frame(self) -> pd.DataFrame:
        """One row for each place with a target: unit, indicator, target and first_target (float)."""
        rows = [
            (unit, code, aim.target, aim.first)
            for (unit, code), aim in self.aims.items()
            if aim.target is not None or aim.first is not None
        ]
        names = ["unit", "indicator", "target", "first_target"]
        kinds = {"target": "float64", "first_target": "float64"}
        return pd.DataFrame(rows, columns=names).astype(kinds)


@dataclass(frozen=True, slots=True)
class Short:
    """A place with less than the law asks of such a unit; `basis` is the law."""

    place: Place
    minimum: Decimal
    basis: str


def short_of_law(plan: Matrix, catalogue: Catalogue) -> list[Short]:
    """Where the units have no target, or less than the catalogue's legal minimum of that year."""
    found = []
    for one in catalogue.minimums:
        for unit in plan.units or (plan.top,):
            aim = plan.aim(unit.code, one.indicator)
            asked = one.holds(unit, plan.year) and not aim.exempt
            if asked and (aim.target is None or aim.target < one.value):
                found.append(Short((unit.code, one.indicator), one.value, one.basis))
    return found


def matrix(figures: pd.DataFrame, catalogue: Catalogue, year: int, top: str) -> Matrix:
    """The matrix of the unit `top`; `figures` are the year's in the store (Store.figures)."""
    stands = _yearly(by_key(figures))
    units = tuple(below(catalogue, year, top))
    places = [catalogue.unit[top], *units]
    return Matrix(
        year,
        catalogue.unit[top],
        units,
        tuple(_planned(catalogue, year, places, stands)),
        {place: _aim(row) for place, row in stands.items()},
    )


def _yearly(rows: Mapping[Key, Row]) -> dict[Place, Row]:
    return {
        (unit, code): row for (_, period, unit, code), row in rows.items() if period == Period.YEAR
    }


def _planned(
    catalogue: Catalogue, year: int, units: Iterable[Unit], stands: Mapping[Place, Row]
) -> list[Indicator]:
    """The indicators of the year that can have a target, and those that were given one all the same."""
    codes = [unit.code for unit in units]
    return [
        one
        for one in catalogue.indicators
        if one.valid_in(year)
        and (
            one.direction is not Direction.TRACK
            or any(_aim(stands[u, one.code]).stands for u in codes if (u, one.code) in stands)
        )
    ]


def _aim(row: Row) -> Aim:
    values = {name: exact(row[name]) for name in ("target", "lower", "upper")}
    return Aim(**values, first=exact(row["first_target"]), exempt=bool(row["exempt"]))
