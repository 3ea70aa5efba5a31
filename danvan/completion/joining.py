"""Every figure of a year: joined over periods and units, then judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import pandas as pd

from danvan.completion.coverage import due_day
from danvan.completion.frame import with_completion
from danvan.completion.over_periods import FACTS, NOTES, numbered, over_periods
from danvan.completion.over_units import KEY, over_units
from danvan.model import Catalogue, Direction, Indicator, OverUnits, Period, YearRule
from danvan.states import JUDGED, REACHED, State

RULES = {
    "area": "str",
    "name": "str",
    "name_en": "str",
    "measure": "str",
    "measure_en": "str",
    "kind": "str",
    "direction": "str",
    "over_units": "str",
    "over_periods": "str",
    "decimals": "int64",
    "weight": "float64",
}
"""What a figure is judged by comes from its indicator."""
JOINING = ["kind", "over_units", "over_periods"]
SAID = [*NOTES, *FACTS, "stated"]


def measured(
    figures: pd.DataFrame,
    catalogue: Catalogue,
    rule: YearRule,
    on: date,
    periods: Sequence[Period] | None = None,
) -> pd.DataFrame:
    """Every stored, expected or joined figure of one year with its state and ratio.

    `figures` is what the store returns for the year; `on` is the day to judge from. Adds to
    it the indicator's columns (RULES), those of `over_units`, and complete, due, margin, state, ratio.
    Without `periods`: all that anything was stored for, and the year. Ordered by period, unit
    and indicator as the catalogue orders them. A percentage of nothing (0 of 0) has the empty
    state: it was reported, and there is nothing to judge.
    """
    stored = {Period(period) for period in figures["period"].unique()}
    wanted = [p for p in Period if p in (periods or stored | {Period.YEAR})]
    numbers = only_numbers(figures, catalogue)
    whole = pd.concat([over_periods(numbers, period) for period in wanted], ignore_index=True)
    joined = over_units(whole, catalogue, rule.year)
    due = [str(period) for period in wanted if is_due(rule, period, on)]
    joined = _ordered(joined.assign(due=joined["period"].isin(due)), catalogue, wanted)
    return judged(with_texts(joined, figures, catalogue), rule)


def only_numbers(figures: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The figures with the rules they are joined by; texts only make joining slow."""
    rules = _rules(catalogue.indicators)[["indicator", *JOINING]]
    return numbered(figures.drop(columns=SAID).merge(rules, on="indicator"))


def with_texts(rows: pd.DataFrame, figures: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The rows with all columns of their indicators, and with what was said of stored figures."""
    added = [name for name in rows.columns if name not in (*figures.columns, *JOINING)]
    said = figures[[*KEY, *SAID]]
    whole = rows.drop(columns=JOINING).merge(
        _rules(catalogue.indicators), on="indicator", how="left"
    )
    whole = whole.merge(said, on=KEY, how="left").fillna(dict.fromkeys(NOTES, ""))
    return whole[[*figures.columns, *RULES, *added]]


@lru_cache(maxsize=8)
def _rules(indicators: tuple[Indicator, ...]) -> pd.DataFrame:
    rows = [[one.code, *(getattr(one, name) for name in RULES)] for one in indicators]
    return pd.DataFrame(rows, columns=["indicator", *RULES]).astype({"indicator": "str", **RULES})


def is_due(rule: YearRule, period: Period, on: date) -> bool:
    """Whether a report for the period can be asked for on that day."""
    if period is Period.YEAR:
        return on >= rule.judged_from
    return on > due_day(rule, period)


def judged(figures: pd.DataFrame, rule: YearRule) -> pd.DataFrame:
    """Add `state`, `ratio` and the year's `margin`, by which a ratio is rounded. A judgement that
    reports still missing could overturn waits.
    """
    judging = figures.assign(applicable=~figures["exempt"], margin=float(rule.margin))
    rows = with_completion(judging)
    more = rows["direction"] == Direction.MORE
    less = rows["direction"] == Direction.LESS
    sums = rows["over_units"] != OverUnits.RATIO
    settled = sums & (
        (more & rows["state"].isin(REACHED)) | (less & (rows["state"] == State.MISSED))
    )
    waits = ~rows["complete"] & rows["state"].isin(JUDGED) & ~settled
    state = rows["state"].mask(waits & rows["due"], State.NOT_REPORTED)
    state = state.mask(waits & ~rows["due"], State.TOO_EARLY)
    nothing = (rows["denominator"] == 0) & rows["result"].isna() & ~rows["exempt"]
    return rows.assign(state=state.mask(nothing, "")).drop(columns="applicable")


def _ordered(rows: pd.DataFrame, catalogue: Catalogue, periods: Sequence[Period]) -> pd.DataFrame:
    ranks = {
        "period": {str(period): rank for rank, period in enumerate(periods)},
        "unit": {unit.code: rank for rank, unit in enumerate(catalogue.units)},
        "indicator": {i.code: rank for rank, i in enumerate(catalogue.indicators)},
    }
    by = rows[list(ranks)].apply(lambda column: column.map(ranks[str(column.name)]))
    order = by.sort_values(list(ranks)).index
    ordered: pd.DataFrame = rows.loc[order]
    return ordered.reset_index(drop=True)
