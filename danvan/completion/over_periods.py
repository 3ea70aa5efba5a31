"""Figures of periods joined to the figure of the longer period around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import isnan, nan
from operator import itemgetter
from typing import Any

import pandas as pd

from danvan.model import OverPeriods, OverUnits, Period
from danvan.rows import rows_of

Row = dict[str, Any]
KEY = ("unit", "indicator")
TARGET = ("target", "first_target", "lower", "upper", "baseline")
RESULT = ("result", "numerator", "denominator")
NO_NOTES = dict.fromkeys(("reason", "target_note", "result_note"), "")


def over_periods(figures: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each unit and indicator that has anything within the period.

    Takes figures with their indicators' rules; what was stated for the period itself goes before
    what its parts add up to. Adds `complete`: False while months of the result are missing.
    """
    within = [str(p) for p in Period if p.within(period)]
    inside = figures[figures["period"].isin(within)]
    own = inside["period"] == period
    if own.all():
        return inside.assign(complete=True)
    rows = rows_of(inside.sort_values(list(KEY)))
    joined = [join_periods(list(group), period) for _, group in groupby(rows, itemgetter(*KEY))]
    columns = [*figures.columns, "complete"]
    return pd.DataFrame(joined, columns=columns).astype({**figures.dtypes, "complete": "bool"})


def join_periods(rows: Sequence[Row], period: Period) -> Row:
    """The figure of the period from what is known within it, for one unit and indicator."""
    stated = next((row for row in rows if row["period"] == period), None)
    parts = [row for row in rows if row["period"] != period]
    joined = dict(stated or parts[-1]) | {"period": str(period), "complete": True}
    if not parts:
        return joined
    if stated is None:
        joined |= dict.fromkeys((*TARGET, *RESULT), nan) | {"approximate": False} | NO_NOTES
        joined["exempt"] = all(row["exempt"] for row in parts)
        joined |= {"target_fact": None, "result_fact": None}
    joined["expected"] = any(row["expected"] for row in rows)
    if not has_target(joined):
        joined |= _joined_target(parts, period)
    if isnan(joined["result"]):
        joined |= _joined_result(parts, period)
    return joined


def has_target(row: Row) -> bool:
    """Whether anything was planned: a target or a bound."""
    return not all(isnan(row[name]) for name in ("target", "lower", "upper"))


def _joined_target(parts: Sequence[Row], period: Period) -> Row:
    chosen = chosen_periods(parts, period, has_target)
    return total(chosen, TARGET) if _covers(chosen, period) else {}


def _joined_result(parts: Sequence[Row], period: Period) -> Row:
    chosen = chosen_periods(parts, period, lambda row: not isnan(row["result"]))
    if not chosen:
        return {}
    approximate = any(row["approximate"] for row in chosen)
    known = {"approximate": approximate, "complete": _covers(chosen, period)}
    return joined_result(chosen) | known


def joined_result(chosen: Sequence[Row]) -> Row:
    """The results of periods as one; a percentage only from its numerators and denominators."""
    sums = total(chosen, RESULT)
    if len(chosen) > 1 and chosen[0]["over_units"] == OverUnits.RATIO:
        whole = sums["denominator"]
        sums["result"] = round(100 * sums["numerator"] / whole, 4) if whole > 0 else nan
    return sums


def total(chosen: Sequence[Row], names: Iterable[str]) -> Row:
    """Sums of the named columns; NaN where any of them is missing."""
    return {name: round(sum(row[name] for row in chosen), 4) for name in names}


def chosen_periods(parts: Sequence[Row], period: Period, known: Callable[[Row], bool]) -> list[Row]:
    """The periods that speak for the longer one: the latest, or those that add up to most of it."""
    candidates = [row for row in parts if known(row)]
    if not candidates or candidates[0]["over_periods"] == OverPeriods.OWN:
        return []
    if candidates[0]["over_periods"] == OverPeriods.LATEST:
        return [max(candidates, key=lambda row: (_last(row), len(Period(row["period"]).months)))]
    return _tiles(candidates, period)


def _tiles(candidates: Sequence[Row], period: Period) -> list[Row]:
    """Periods that do not overlap and cover the most months, in the fewest pieces.

    Best choice up to each month, built on the best choice before the piece that ends there.
    """
    best: dict[int, list[Row]] = {period.months[0] - 1: []}
    for month in period.months:
        options = [best[month - 1]]
        for row in candidates:
            if _last(row) == month:
                options.append([*best[Period(row["period"]).months[0] - 1], row])
        best[month] = max(options, key=lambda rows: (_months(rows), -len(rows)))
    return best[period.months[-1]]


def _covers(chosen: Sequence[Row], period: Period) -> bool:
    if not chosen:
        return False
    if chosen[0]["over_periods"] == OverPeriods.LATEST:
        return _last(chosen[0]) == period.months[-1]
    return _months(chosen) == len(period.months)


def _months(rows: Sequence[Row]) -> int:
    return sum(len(Period(row["period"]).months) for row in rows)


def _last(row: Row) -> int:
    return Period(row["period"]).months[-1]
