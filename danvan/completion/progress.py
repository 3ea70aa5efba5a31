"""Completion to date: what is due by a day, against what was planned for that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from math import isnan, nan
from operator import itemgetter

import pandas as pd

from danvan.completion.frame import with_completion
from danvan.completion.joining import with_rules
from danvan.completion.over_periods import (
    KEY,
    TARGET,
    Row,
    chosen_periods,
    has_target,
    join_periods,
    joined_result,
    total,
)
from danvan.completion.over_units import over_units
from danvan.model import Catalogue, Kind, OverPeriods, Period, YearRule
from danvan.rows import rows_of


def to_date(figures: pd.DataFrame, catalogue: Catalogue, rule: YearRule, on: date) -> pd.DataFrame:
    """Results of the periods due by `on` against the targets of those same periods.

    Where only a yearly target exists it is taken by the share of the year that has passed, and
    `estimated` is True; a percentage is the same on every day and is not shared out. Columns:
    those of `measured`, with target, result, state and ratio to date, and estimated.
    """
    ruled = with_rules(figures, catalogue)
    due = [period for period in Period if period.last_day(rule.year) <= on]
    inside = ruled[ruled["period"].isin([*due, Period.YEAR])].sort_values(list(KEY))
    rows = [
        _so_far(list(group), passed(rule.year, on))
        for _, group in groupby(rows_of(inside), itemgetter(*KEY))
    ]
    known = {"complete": "bool", "estimated": "bool"}
    frame = pd.DataFrame(rows, columns=[*ruled.columns, *known]).astype({**ruled.dtypes, **known})
    joined = over_units(frame, catalogue, rule.year)
    return with_completion(joined.assign(applicable=~joined["exempt"], due=True), rule.margin)


def passed(year: int, on: date) -> float:
    """The share of the year that is over at the end of the day: 0 before it, 1 after it."""
    days = (on - date(year, 1, 1)).days + 1
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return min(max(days / length, 0.0), 1.0)


def _so_far(rows: Sequence[Row], share: float) -> Row:
    parts = [row for row in rows if row["period"] != Period.YEAR]
    chosen = chosen_periods(parts, Period.YEAR, has_target)
    year = join_periods(rows, Period.YEAR) | {"estimated": False}
    if chosen:
        return year | total(chosen, TARGET) | joined_result(chosen)
    if not has_target(year) or share >= 1:
        return year
    if year["over_periods"] == OverPeriods.OWN:
        return year | dict.fromkeys(TARGET, nan)
    if year["kind"] == Kind.PERCENT:
        return year
    return year | {name: _shared(year[name], share) for name in TARGET} | {"estimated": True}


def _shared(target: float, share: float) -> float:
    return target if isnan(target) else round(target * share, 4)
