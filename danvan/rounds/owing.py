"""Owing: what each unit still has to report in a round, what of it waits and what was sent back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from danvan import registers
from danvan.access import Access
from danvan.completion import Report, arrivals, called_for, coverage, covers, measured
from danvan.completion.coverage import OFFICE
from danvan.errors import RefusedError
from danvan.model import Aspect, Catalogue, Period, Round, YearRule
from danvan.rounds.asking import reporting, with_rounds
from danvan.rows import known, rows_of

Told = dict[tuple[str, str], set[Period]]
"""The periods that something is known of, by unit and indicator."""


class Standing(StrEnum):
    """Where a unit stands in a round, those first that need attention most."""

    RETURNED = "returned"  # something was sent back and not handed in again
    NONE = "none"
    PARTLY = "partly"
    WAITING = "waiting"  # all that is missing was handed in, and waits for approval
    LATE = "late"
    COMPLETE = "complete"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class SentBack:
    """A figure that was sent back, with what was said."""

    indicator: str
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit in a round. `missing`, `waiting` and `returned` are indicators, each in one of them.

    `arrived` is the day of the last figure that counts or waits; `days_late` is counted to it, or
    to the day of asking while anything is missing.
    """

    unit: str
    expected: int
    reported: int
    standing: Standing
    arrived: date | None
    days_late: int
    missing: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    returned: tuple[SentBack, ...] = ()

    @property
    def to_hand_in(self) -> tuple[str, ...]:
        """The indicators that the unit has to hand in, those sent back first."""
        return (*(one.indicator for one in self.returned), *self.missing)


def owed(
    one: Round,
    rule: YearRule,
    catalogue: Catalogue,
    on: date,
    judged: pd.DataFrame,
    figures: pd.DataFrame,
    origins: pd.DataFrame,
    waiting: pd.DataFrame,
    returned: pd.DataFrame,
) -> tuple[Owed, ...]:
    """What the units of a round owe on a day, in the order of the catalogue.

    `judged` is what completion.measured returns for the round's period, the other frames what
    the store does: the year's `figures`, `origins`, what waits and what was sent back.
    """
    units = [unit for unit in reporting(catalogue, one.year) if not one.units or unit in one.units]
    each = {unit: unit for unit in units}
    rule = replace(rule, rounds=(*(r for r in rule.rounds if r.period != one.period), one))
    came = arrivals(origins[origins["unit"].isin(units)], one.period, catalogue)
    reports = coverage(judged, came, each, rule, one.period, on)
    rows = called_for(judged, each, rule, one.period)
    rows = rows[rows["unit"].isin(units) & (rows["units_reported"] < rows["units_expected"])]
    open_ones = rows.groupby("unit", sort=False)["indicator"].agg(tuple).to_dict()
    found = _Handed.of(one, catalogue, figures, waiting, returned)
    return tuple(
        found.owed(row["unit"], row, open_ones.get(row["unit"], ())) for row in rows_of(reports)
    )


@dataclass(frozen=True)
class _Handed:
    """What was handed in for a round and does not count, or not yet."""

    one: Round
    catalogue: Catalogue
    counted: Told
    waits: Told
    days: Mapping[str, date]  # by unit: when the last of it came that waits
    back: Mapping[tuple[str, str], SentBack]

    @classmethod
    def of(
        cls,
        one: Round,
        catalogue: Catalogue,
        figures: pd.DataFrame,
        waiting: pd.DataFrame,
        returned: pd.DataFrame,
    ) -> _Handed:
        """Sorted by unit and indicator."""
        within = [str(period) for period in Period if period.within(one.period)]
        rows = figures[figures["period"].isin(within)]
        rows = rows[rows["result"].notna() | (rows["denominator"] == 0)]
        mine = waiting[(waiting["year"] == one.year) & waiting["period"].isin(within)]
        mine = mine[(mine["aspect"] == Aspect.RESULT)]
        back = returned[(returned["aspect"] == Aspect.RESULT) & returned["period"].isin(within)]
        local = mine["at"].dt.tz_convert(OFFICE).dt.date
        return cls(
            one,
            catalogue,
            _told(rows),
            _told(mine),
            {str(unit): max(days) for unit, days in local.groupby(mine["unit"])},
            {
                (row["unit"], row["indicator"]): SentBack(
                    row["indicator"], row["comment"], row["at"].to_pydatetime()
                )
                for row in rows_of(back)
            },
        )

    def owed(self, unit: str, row: Mapping[str, object], open_ones: Sequence[str]) -> Owed:
        waiting = tuple(code for code in open_ones if self._waits(unit, code))
        back = tuple(
            self.back[unit, code]
            for code in open_ones
            if code not in waiting and (unit, code) in self.back
        )
        gone = {*waiting, *(sent.indicator for sent in back)}
        missing = tuple(code for code in open_ones if code not in gone)
        day = row["arrived"].date() if known(row["arrived"]) else None  # type: ignore[attr-defined]
        whole = Owed(
            unit=unit,
            expected=int(str(row["expected"])),
            reported=int(str(row["reported"])),
            standing=_standing(Report(str(row["state"])), missing, waiting, back),
            arrived=day,
            days_late=int(str(row["days_late"])),
            missing=missing,
            waiting=waiting,
            returned=back,
        )
        return self._as_it_came(whole) if whole.standing is Standing.WAITING else whole

    def _as_it_came(self, whole: Owed) -> Owed:
        """A report that waits came on the day it was handed in, however long nobody looks at it."""
        last = max(filter(None, (whole.arrived, self.days[whole.unit])))
        return replace(whole, arrived=last, days_late=max((last - self.one.due).days, 0))

    def _waits(self, unit: str, code: str) -> bool:
        """Whether the figure is whole with what waits."""
        waits = self.waits.get((unit, code), set())
        told = frozenset(self.counted.get((unit, code), set()) | waits)
        rule = self.catalogue.indicator[code].over_periods
        return bool(waits) and covers(rule, told, self.one.period)


def _told(rows: pd.DataFrame) -> Told:
    found: Told = {}
    columns = (rows["unit"], rows["indicator"], rows["period"])
    for unit, code, period in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault((unit, code), set()).add(Period(period))
    return found


def _standing(
    report: Report, missing: Collection[str], waiting: Collection[str], back: Collection[SentBack]
) -> Standing:
    if back:
        return Standing.RETURNED
    if waiting and not missing:
        return Standing.WAITING
    if waiting and report is Report.NONE:
        return Standing.PARTLY
    return Standing(report)


def round_of(rules: Mapping[int, YearRule], year: int, period: Period) -> Round:
    """The open round of a period. Raises RefusedError where there is none."""
    if year not in rules:
        raise RefusedError("unknown_year", year=year)
    one = rules[year].round.get(period)
    if one is None:
        raise RefusedError("no_round", time=f"{period}/{year}")
    return one


def owed_now(store: Access, year: int, period: Period, on: date) -> tuple[Owed, ...]:
    """What the units that the person sees owe in a round. Raises RefusedError without one."""
    catalogue, rules = store.seen_catalogue(), store.years()
    one, rule = round_of(rules, year, period), rules[year]
    counts = registers.counts_of(store, catalogue, year)
    stated = registers.with_counts(store.figures(year), counts, year)
    figures = with_rounds(stated, catalogue, rule)
    rows = measured(figures, catalogue, rule, on, [period])
    frames = (figures, store.origins(year), store.waiting(), store.sent_back(year))
    return owed(one, rule, catalogue, on, rows, *frames)
