"""Figures of periods joined to the figure of the longer period around them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

from danvan.model import OverPeriods, OverUnits, Period

TARGET = ["target", "first_target", "lower", "upper", "baseline"]
BOUNDS = ["target", "lower", "upper"]
RESULT = ["result", "numerator", "denominator"]
NOTES = ("reason", "target_note", "result_note")
FACTS = ("target_fact", "result_fact")
BITS = {str(period): 1 << rank for rank, period in enumerate(Period)}


def over_periods(figures: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each unit and indicator that has anything within the period.

    Takes figures with their indicators' rules, under one number for each unit and indicator
    (`numbered`); what was stated for the period itself goes before what its parts add up to. Adds
    `complete`: False while months of the result are missing.
    """
    within = [str(p) for p in Period if p.within(period)]
    inside = figures[figures["period"].isin(within)]
    parts = inside[inside["period"] != period]
    if parts.empty:
        return inside.assign(complete=True)
    rows = _stated(inside, parts, period)
    planned = has_target(parts)
    targets = chosen_periods(parts[planned], period)
    whole = targets[targets["covers"]]
    rows = _filled(rows, summed(whole, TARGET), ~has_target(rows))
    results = chosen_periods(parts[parts["result"].notna()], period)
    missing = rows["result"].isna()
    rows = _filled(rows, joined_results(results), missing)
    told = results.groupby(level=0).agg({"approximate": "any", "covers": "all"})
    rows = _filled(rows, told.rename(columns={"covers": "complete"}), missing)
    return rows[[*figures.columns, "complete"]].astype({**figures.dtypes, "complete": "bool"})


def numbered(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures under one number for each unit and indicator: grouping by texts is slow."""
    return figures.set_index(figures.groupby(["unit", "indicator"]).ngroup())


def has_target(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether anything was planned: a target or a bound."""
    return rows[BOUNDS].notna().any(axis=1)


def chosen_periods(parts: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows that speak for the longer period: the latest, or those that cover most of it.

    Adds `covers`: whether the chosen periods of a unit and indicator reach over all of it.
    """
    known = parts["period"].map(BITS).astype("int64")
    known = known.groupby(level=0).transform("sum")
    columns = (parts["period"], parts["over_periods"], known)
    answers = [
        (p in choice, covers)
        for p, rule, bits in zip(*(column.tolist() for column in columns), strict=True)
        for choice, covers in [_choice(rule, bits, period)]
    ]
    chosen = pd.DataFrame(answers, index=parts.index, columns=["chosen", "covers"], dtype=bool)
    return parts.assign(covers=chosen["covers"])[chosen["chosen"]]


@cache
def covers(rule: str, told: frozenset[Period], period: Period) -> bool:
    """Whether what was told of these periods makes a figure of all of the period, by the
    indicator's rule over periods.
    """
    known = sum(BITS[str(part)] for part in told if part.within(period))
    return period in told or (bool(known) and _choice(rule, known, period)[1])


def summed(chosen: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Sums of the named columns by number; NaN where any of them is missing."""
    groups = chosen.groupby(level=0)[names]
    sums = groups.sum(min_count=1).round(4)
    return sums.where(groups.count().eq(groups.size(), axis=0))


def joined_results(chosen: pd.DataFrame) -> pd.DataFrame:
    """The results of periods as one; a percentage only from its numerators and denominators."""
    sums = summed(chosen, RESULT)
    groups = chosen.groupby(level=0)
    several = (groups["over_units"].first() == OverUnits.RATIO) & (groups.size() > 1)
    base = sums["denominator"].where(sums["denominator"] > 0)
    share = (100 * sums["numerator"] / base).round(4)
    return sums.assign(result=sums["result"].where(~several, share))


def _stated(inside: pd.DataFrame, parts: pd.DataFrame, period: Period) -> pd.DataFrame:
    """A row for each unit and indicator: what was stated for the period, else an empty one."""
    own = inside[inside["period"] == period]
    empty = parts[~parts.index.duplicated(keep="last")]
    empty = empty[~empty.index.isin(own.index)]
    empty[[*TARGET, *RESULT]] = float("nan")
    exempt = parts["exempt"].groupby(level=0).all().reindex(empty.index)
    rows = pd.concat([own, empty.assign(exempt=exempt, approximate=False).astype(own.dtypes)])
    expected = inside["expected"].groupby(level=0).any()
    return rows.assign(period=str(period), expected=expected, complete=True)


def _filled(rows: pd.DataFrame, values: pd.DataFrame, where: pd.Series[bool]) -> pd.DataFrame:
    """The rows with the values where they are asked for and known."""
    asked = rows.index[where].intersection(values.index)
    rows.loc[asked, values.columns] = values.loc[asked]
    return rows


@cache
def _choice(rule: str, known: int, period: Period) -> tuple[frozenset[str], bool]:
    """The periods chosen among the known ones, and whether they cover the longer one."""
    candidates = [p for p in Period if BITS[str(p)] & known]
    if rule == OverPeriods.OWN:
        chosen: list[Period] = []
        covers = False
    elif rule == OverPeriods.LATEST:
        chosen = [max(candidates, key=lambda p: (p.months[-1], len(p.months)))]
        covers = chosen[0].months[-1] == period.months[-1]
    else:
        chosen = _tiles(candidates, period)
        covers = _months(chosen) == len(period.months)
    return frozenset(map(str, chosen)), covers


def _tiles(candidates: Sequence[Period], period: Period) -> list[Period]:
    """Periods that do not overlap and cover the most months, in the fewest pieces.

    Best choice up to each month, built on the best choice before the piece that ends there.
    """
    best: dict[int, list[Period]] = {period.months[0] - 1: []}
    for month in period.months:
        ending = [p for p in candidates if p.months[-1] == month]
        options = [best[month - 1], *([*best[p.months[0] - 1], p] for p in ending)]
        best[month] = max(options, key=lambda chosen: (_months(chosen), -len(chosen)))
    return best[period.months[-1]]


def _months(periods: Sequence[Period]) -> int:
    return sum(len(period.months) for period in periods)
