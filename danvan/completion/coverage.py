"""Coverage: which of the reports that were asked for have come, and how late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from danvan.completion.over_periods import covers, has_target
from danvan.model import Aspect, Catalogue, Period, Round, YearRule

ARRIVAL = ["unit", "indicator"]
OFFICE = datetime.now().astimezone().tzinfo  # days are those of the office's own clock


class Report(StrEnum):
    """Where a unit stands with its report for a period."""

    NONE = "none"  # nothing came
    PARTLY = "partly"  # some of it came
    LATE = "late"  # all of it came, the last of it after the day it was due
    COMPLETE = "complete"
    NOT_ASKED = "not_asked"  # nothing was expected of the unit


def due_day(rule: YearRule, period: Period) -> date:
    """The last day on which a report for the period is in time: that of its round, where there is one."""
    asked = rule.round.get(period)
    if asked:
        return asked.due
    return rule.judged_from if period is Period.YEAR else period.last_day(rule.year)


def coverage(
    measured: pd.DataFrame,
    arrived: pd.Series,
    below: Mapping[str, str],
    rule: YearRule,
    period: Period,
    on: date,
) -> pd.DataFrame:
    """One row for each of the units whose reports make the figures of the unit above them.

    `measured` is what completion.measured returns, `arrived` what `arrivals` does, and `below`
    says of every unit below to which of the reporting units it belongs (itself for most).
    Columns: unit, expected and reported (figures), state (Report), arrived (day of the last
    figure, NaT where nothing came), days_late (0 where in time; days since the due day where
    something is missing still).
    """
    units = list(dict.fromkeys(below.values()))
    rows = called_for(measured, below, rule, period)
    came = rows[rows["units_reported"] > 0]  # a part alone is no figure of the period
    days = arrived[arrived.index.isin(came.set_index(ARRIVAL).index)]
    rows = rows[rows["unit"].isin(units)]
    counts = rows.groupby("unit")[["units_expected", "units_reported"]].sum()
    found = counts.reindex(units, fill_value=0).astype("int64")
    found.columns = pd.Index(["expected", "reported"])
    days = days.groupby(days.index.get_level_values("unit").map(below)).max()
    found["arrived"] = pd.to_datetime(days.reindex(units))
    due = due_day(rule, period)
    last = found["arrived"].where(found["reported"] >= found["expected"], pd.Timestamp(on))
    late = (last - pd.Timestamp(due)).dt.days.fillna(0).clip(lower=0)
    found["days_late"] = late.where(found["expected"] > 0, 0).astype("int64")
    found["state"] = [
        str(_state(expected, reported, days))
        for expected, reported, days in zip(
            found["expected"], found["reported"], found["days_late"], strict=True
        )
    ]
    return found.rename_axis("unit").reset_index()


def called_for(
    measured: pd.DataFrame, below: Mapping[str, str], rule: YearRule, period: Period
) -> pd.DataFrame:
    """The figures that somebody has to report for the period, of which its round takes only some
    where it says so. In `units_reported` a figure does not count of which parts are missing.
    """
    rows = measured[(measured["period"] == period) & _asked(measured)]
    one = rule.round.get(period)
    if one:
        rows = rows[_is_of(one, rows, below)]
    half = ~rows["complete"] & (rows["units_reported"] == rows["units_expected"])
    return rows.assign(units_reported=rows["units_reported"] - half)


def _is_of(one: Round, rows: pd.DataFrame, below: Mapping[str, str]) -> pd.Series[bool]:
    """Whether the round asks for the figures; of a unit above, for any that make its own."""
    units = {*one.units, *(below[unit] for unit in one.units if unit in below)}
    asked = pd.Series(True, index=rows.index)
    if one.units:
        asked &= rows["unit"].isin(units)
    if one.indicators:
        asked &= rows["indicator"].isin(one.indicators)
    return asked


def arrivals(origins: pd.DataFrame, period: Period, catalogue: Catalogue) -> pd.Series:
    """The day on which each figure of the period first came, by unit and indicator.

    `origins` is what the store returns. The day is that of the document a figure came with, else
    of its submission: figures of old years are stored today and were not late for that. A
    correction is no later report, nor is a part of what was told whole before. What is told by
    parts of the period came with the part that made it whole, or else with the last one.
    """
    within = [str(part) for part in Period if part.within(period)]
    told = origins[(origins["aspect"] == Aspect.RESULT) & origins["period"].isin(within)]
    paper = pd.to_datetime(told["document_date"].replace("", None))
    stored = told["at"].dt.tz_convert(OFFICE).dt.tz_localize(None).dt.normalize()
    days = told.assign(day=paper.fillna(stored.astype(paper.dtype)))
    first = days.groupby([*ARRIVAL, "period"])["day"].min()
    parts: dict[tuple[str, str], list[tuple[pd.Timestamp, Period]]] = {}
    for unit, code, part, day in first.reset_index().itertuples(index=False, name=None):
        parts.setdefault((unit, code), []).append((day, Period(part)))
    came = [
        _whole_on(known, catalogue.indicator[code].over_periods, period)
        for (_, code), known in parts.items()
    ]
    units, codes = zip(*parts, strict=True) if parts else ((), ())
    index = pd.MultiIndex.from_arrays([list(units), list(codes)], names=ARRIVAL)
    return pd.Series(came, index=index, dtype="datetime64[us]", name="day")


def _whole_on(
    parts: list[tuple[pd.Timestamp, Period]], over_periods: str, period: Period
) -> pd.Timestamp:
    """The first day on which what had come told of the whole period; else the last one."""
    told: set[Period] = set()
    for day, part in sorted(parts):
        told.add(part)
        if covers(over_periods, frozenset(told), period):
            return day
    return max(day for day, _ in parts)


def _asked(measured: pd.DataFrame) -> pd.Series[bool]:
    """Figures somebody has to report: with a target, or asked for. What comes unasked is no
    report that could be late.
    """
    return (measured["expected"] | has_target(measured)) & ~measured["exempt"]


def _state(expected: int, reported: int, days_late: int) -> Report:
    if expected == 0:
        return Report.NOT_ASKED
    if reported == 0:
        return Report.NONE
    if reported < expected:
        return Report.PARTLY
    return Report.LATE if days_late else Report.COMPLETE
