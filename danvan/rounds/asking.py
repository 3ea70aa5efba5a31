"""Asking: the figures that the rounds of a year call for, as figures that are expected."""

from __future__ import annotations

import pandas as pd

from danvan.completion.over_periods import has_target
from danvan.model import Catalogue, OverPeriods, OverUnits, Period, Round, YearRule

KEY = ["period", "unit", "indicator"]


def with_rounds(figures: pd.DataFrame, catalogue: Catalogue, rule: YearRule) -> pd.DataFrame:
    """The year's figures (Store.figures) with those that a round asks for marked as expected.

    The figures of the whole year are asked for by the plan itself, unless the round names others.
    """
    parts = [one for one in rule.rounds if one.period is not Period.YEAR or one.indicators]
    if not parts:
        return figures
    wanted = pd.concat([asked(one, figures, catalogue) for one in parts], ignore_index=True)
    keys = pd.MultiIndex.from_frame(wanted)
    known = pd.MultiIndex.from_frame(figures[KEY])
    marked = figures.assign(expected=figures["expected"] | known.isin(keys))
    new = wanted[~keys.isin(known)].assign(year=rule.year, expected=True)
    if new.empty:
        return marked
    new = new.reindex(columns=figures.columns)
    blank = {"bool": False, "str": ""}
    for name, kind in figures.dtypes.items():
        if str(kind) in blank:
            new[name] = new[name].where(new[name].notna(), blank[str(kind)])
    return pd.concat([marked, new.astype(figures.dtypes)], ignore_index=True)


def asked(one: Round, figures: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The figures (period, unit, indicator) that a round calls for.

    That is what the year's plan holds each unit to; of it the indicators and units that the round
    names. An indicator it names that is in nobody's plan is asked of all. Nobody is asked for what
    does not apply to them, nor for a part of the year for what is told once a year.
    """
    yearly = figures[figures["period"] == Period.YEAR]
    wanted = can_be_asked(catalogue, one.year, one.period)
    units = reporting(catalogue, one.year)
    planned = yearly[(has_target(yearly) | yearly["expected"]) & yearly["unit"].isin(units)]
    rows = planned[planned["indicator"].isin(wanted)][["unit", "indicator"]]
    if one.indicators:
        rows = rows[rows["indicator"].isin(one.indicators)]
        new = [c for c in one.indicators if c in wanted and c not in set(rows["indicator"])]
        pairs = pd.DataFrame([(u, c) for c in new for u in units], columns=rows.columns)
        rows = pd.concat([rows, pairs], ignore_index=True)
    exempt = pd.MultiIndex.from_frame(yearly[yearly["exempt"]][["unit", "indicator"]])
    rows = rows[~pd.MultiIndex.from_frame(rows).isin(exempt)]
    if one.units:
        rows = rows[rows["unit"].isin(one.units)]
    return rows.assign(period=str(one.period))[KEY].astype("str")


def can_be_asked(catalogue: Catalogue, year: int, period: Period) -> list[str]:
    """The indicators that units can be asked for in a round of that period."""
    return [
        i.code
        for i in catalogue.indicators
        if i.valid_in(year)
        and i.over_units is not OverUnits.OWN
        and (period is Period.YEAR or i.over_periods is not OverPeriods.OWN)
    ]


def reporting(catalogue: Catalogue, year: int) -> list[str]:
    """The units of the year that report: those with nobody below them."""
    units = [unit for unit in catalogue.units if unit.valid_in(year)]
    above = {unit.parent for unit in units}
    return [unit.code for unit in units if unit.code not in above]
