"""Earlier years: what units had planned and reached, as figures of the units that stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pandas as pd

from danvan.access import Access
from danvan.completion import members, restated
from danvan.listing import judged
from danvan.model import Catalogue, Period, YearRule
from danvan.rows import Row, known, rows_of


@dataclass(frozen=True, slots=True)
class Before:
    """A unit's figure of an earlier year. `carried` are the units it was of then, if others."""

    target: Decimal | None = None
    result: Decimal | None = None
    exempt: bool = False
    carried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """Figures of earlier years by year, unit and indicator; what nobody stated is not in it."""

    year: int
    figures: Mapping[tuple[int, str, str], Before] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """The years there is anything of, the newest first."""
        return sorted({year for year, _, _ in self.figures}, reverse=True)

    def of(self, year: int, unit: str, indicator: str) -> Before:
        """The figure of that year; one that says nothing where there is none."""
        return self.figures.get((year, unit, indicator), Before())


def earlier(store: Access, year: int, last: int, back: int = 3) -> Earlier:
    """What is known of the years from `last` back, for the units of `year`."""
    rules, catalogue = store.years(), store.seen_catalogue()
    wanted = [y for y in range(last - back + 1, last + 1) if y in rules and y < year]
    told = {y: judged(store, catalogue, rules[y], _after(rules[y])) for y in wanted}
    return gathered(told, catalogue, rules, year)


def gathered(
    told: Mapping[int, pd.DataFrame],
    catalogue: Catalogue,
    rules: Mapping[int, YearRule],
    year: int,
) -> Earlier:
    """The measured figures of earlier years (completion.measured) for the units of `year`."""
    units = [unit.code for unit in catalogue.units if unit.valid_in(year)]
    found = {}
    for unit in units:
        for row in rows_of(restated(told, catalogue, rules, unit)):
            key = (int(row["year"]), unit, str(row["indicator"]))
            carried = members(catalogue, unit, key[0]) if row["restated"] else ()
            found[key] = _before(row, carried)
    return Earlier(year, found)


def _before(row: Row, carried: Iterable[str]) -> Before:
    reported = known(row["result"]) and bool(row["complete"])
    return Before(
        exact(row["target"]),
        exact(row["result"]) if reported else None,
        bool(row["exempt"]),
        tuple(carried),
    )


def exact(value: object) -> Decimal | None:
    """A figure of a frame as the decimal that was stored."""
    return Decimal(str(value)) if known(value) else None


def _after(rule: YearRule) -> date:
    """A day on which nothing of that year is too early."""
    return max(date(rule.year + 1, 1, 1), rule.judged_from, Period.YEAR.last_day(rule.year))
