"""Completion to date: what is due by a day, against what was planned for that day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from danvan.completion.frame import with_completion
from danvan.completion.joining import only_numbers, with_texts
from danvan.completion.over_periods import (
    TARGET,
    chosen_periods,
    has_target,
    joined_results,
    over_periods,
    summed,
)
from danvan.completion.over_units import over_units
from danvan.model import Catalogue, Kind, OverPeriods, Period, YearRule


def to_date(figures: pd.DataFrame, catalogue: Catalogue, rule: YearRule, on: date) -> pd.DataFrame:
    """Results of the periods due by `on` against the targets of those same periods.

    Where only a yearly target exists it is taken by the share of the year that has passed, and
    `estimated` is True; a percentage is the same on every day and is not shared out. Columns:
    those of `measured`, with target, result, margin, state and ratio to date, and estimated.
    """
    ruled = only_numbers(figures, catalogue)
    due = [str(period) for period in Period if period.last_day(rule.year) <= on]
    inside = ruled[ruled["period"].isin([*due, str(Period.YEAR)])]
    year = over_periods(inside, Period.YEAR)
    parts = inside[inside["period"] != Period.YEAR]
    chosen = chosen_periods(parts[has_target(parts)], Period.YEAR)
    rows = _shared(year, passed(rule.year, on), ~year.index.isin(chosen.index))
    for values in (summed(chosen, TARGET), joined_results(chosen)):
        rows.loc[values.index, values.columns] = values
    joined = with_texts(over_units(rows, catalogue, rule.year), figures, catalogue)
    applicable, margin = ~joined["exempt"], float(rule.margin)
    return with_completion(joined.assign(applicable=applicable, due=True, margin=margin))


def passed(year: int, on: date) -> float:
    """The share of the year that is over at the end of the day: 0 before it, 1 after it."""
    days = (on - date(year, 1, 1)).days + 1
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return min(max(days / length, 0.0), 1.0)


def _shared(year: pd.DataFrame, share: float, yearly: np.ndarray) -> pd.DataFrame:
    """Targets of the rows that have only a `yearly` one, by the share of the year; the others as
    they are. A figure that is only known once a year has no target before its end."""
    begun = yearly & (share < 1) & has_target(year).to_numpy()
    own = begun & (year["over_periods"] == OverPeriods.OWN).to_numpy()
    parted = begun & ~own & (year["kind"] != Kind.PERCENT).to_numpy()
    rows = year.assign(estimated=parted)
    rows.loc[own, TARGET] = float("nan")
    rows.loc[parted, TARGET] = (year.loc[parted, TARGET] * share).round(4)
    return rows
