"""Asking: the figures that the rounds of a year call for, as figures that are expected."""

from __future__ import annotations

import pandas as pd

from danvan.completion.over_periods import has_target
from danvan.model import Catalogue, OverPeriods, OverUnits, Period, Round, YearRule

KEY = ["period", "unit", "indicator"]


def with_rounds(figures: pd.DataFrame, catalogue: Catalogue, rule: YearRule) -> pd.DataFrame:
    """The year's figures (Store.figures) with those that a round asks for marked as expected.

    The figures of the whole year are asked for by the plan itself.
    """
    parts = [one for one in rule.rounds if one.period is not Period.YEAR]
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

    Without indicators of its own it asks for what the year's plan holds each unit to. Nobody is
    asked for what does not apply to them, or for what is told once a year.
    """
    known = catalogue.indicator
    partly = {
        code
        for code, i in known.items()
        if i.over_periods is not OverPeriods.OWN and i.over_units is not OverUnits.OWN
    }
    yearly = figures[figures["period"] == Period.YEAR]
    if one.indicators:
        wanted = [c for c in one.indicators if c in partly]
        pairs = [(u, c) for u in reporting(catalogue, one.year) for c in wanted]
        rows = pd.DataFrame(pairs, columns=["unit", "indicator"])
        exempt = pd.MultiIndex.from_frame(yearly[yearly["exempt"]][["unit", "indicator"]])
        rows = rows[~pd.MultiIndex.from_frame(rows).isin(exempt)]
    else:
        planned = (has_target(yearly) | yearly["expected"]) & ~yearly["exempt"]
        below = yearly["unit"].isin(reporting(catalogue, one.year))
        rows = yearly[planned & below & yearly["indicator"].isin(partly)]
    if one.units:
        rows = rows[rows["unit"].isin(one.units)]
    return rows.assign(period=str(one.period))[KEY].astype("str")


def reporting(catalogue: Catalogue, year: int) -> list[str]:
    """The units of the year that report: those with nobody below them."""
    units = [unit for unit in catalogue.units if unit.valid_in(year)]
    above = {unit.parent for unit in units}
    return [unit.code for unit in units if unit.code not in above]
