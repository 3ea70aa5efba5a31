"""Gathering: the numbers of a year that are compared, read once and of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from danvan.access import Access
from danvan.errors import RefusedError
from danvan.listing import judged
from danvan.model import Catalogue, Period, Register
from danvan.rows import Row, known, rows_of

Place = tuple[str, str]  # unit, indicator


@dataclass(frozen=True)
class Numbers:
    """`stored` is what was entered (Store.figures), `rows` what listing.judged makes of it; `entries`
    are the rows of the registers that are compared.
    """

    year: int
    catalogue: Catalogue
    stored: pd.DataFrame
    rows: pd.DataFrame
    entries: Mapping[Register, pd.DataFrame]

    @cached_property
    def entered(self) -> frozenset[tuple[str, str, str]]:
        """Period, unit and indicator of each result that somebody entered."""
        found = self.stored[self.stored["result"].notna() | self.stored["denominator"].notna()]
        keys = (found["period"], found["unit"], found["indicator"])
        return frozenset(zip(*keys, strict=True))

    @cached_property
    def own_results(self) -> frozenset[Place]:
        """Units and indicators for which a result was entered, of the year or a part of it."""
        return frozenset((unit, indicator) for _, unit, indicator in self.entered)

    @cached_property
    def own_targets(self) -> frozenset[Place]:
        """Units and indicators for which a target was entered."""
        found = self.stored[self.stored["target"].notna()]
        return frozenset(zip(found["unit"], found["indicator"], strict=True))

    @cached_property
    def of_year(self) -> dict[Place, Row]:
        """The figures of the whole year."""
        rows = self.rows[self.rows["period"] == Period.YEAR]
        return {(row["unit"], row["indicator"]): row for row in rows_of(rows)}

    def is_entered(self, row: Row) -> bool:
        """Whether the result of a row was entered for exactly its period."""
        return (row["period"], row["unit"], row["indicator"]) in self.entered

    def is_own_year(self, row: Row) -> bool:
        """Whether the unit itself entered the year's result, whole or in parts that cover it."""
        own = (row["unit"], row["indicator"]) in self.own_results
        return own and not row["joined"] and bool(row["complete"]) and known(row["result"])


def gather(store: Access, year: int, as_of: datetime | None = None) -> Numbers:
    """The year's numbers that the person sees. Raises RefusedError for a year that is not open."""
    rule = store.years(as_of).get(year)
    if rule is None:
        raise RefusedError("unknown_year", year=year)
    catalogue = store.seen_catalogue(as_of)
    on = as_of.astimezone().date() if as_of else date.today()
    return Numbers(
        year=year,
        catalogue=catalogue,
        stored=store.figures(year, as_of),
        rows=judged(store, catalogue, rule, on, as_of),
        entries={one: store.entries(one, year, as_of) for one in _registers(catalogue)},
    )


def _registers(catalogue: Catalogue) -> list[Register]:
    """Those that a part of a whole names."""
    terms = {term.partition(":")[0] for one in catalogue.wholes for term in (one.whole, *one.parts)}
    return [one for one in Register if f"{one}s" in terms]
