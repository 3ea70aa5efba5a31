"""Restating: figures of earlier years, carried to the units that stand in their place now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from danvan.completion.joining import judged
from danvan.completion.over_periods import FACTS, NOTES
from danvan.completion.over_units import joined
from danvan.model import Catalogue, OverUnits, Period, YearRule


def members(catalogue: Catalogue, unit: str, year: int) -> tuple[str, ...]:
    """The units whose figures of that year are those of the unit: itself, and what it took in later.

    A unit counts as taken in from the year after the change; in the year of a change each has
    its own figures. None at all where the catalogue leaves one of them out, as it does for
    somebody who may not see it: the others alone would be another figure.
    """
    last, found = date(year, 12, 31), [unit]
    for code in found:
        changes = [one for one in catalogue.changes if one.new == code and one.day > last]
        found += dict.fromkeys(one.old for one in changes if one.old not in found)
    if any(code not in catalogue.unit for code in found):
        return ()
    return tuple(code for code in found if catalogue.unit[code].valid_in(year))


def restated(
    years: Mapping[int, pd.DataFrame],
    catalogue: Catalogue,
    rules: Mapping[int, YearRule],
    unit: str,
) -> pd.DataFrame:
    """The unit's yearly figures of all the years, in their order, as `measured` returns them.

    Adds `restated`: the figure is that of one or several units that the unit took in since. Such
    figures are joined by the indicator's rule and judged by the rule of their own year; what only
    a unit itself has (`own`) is not carried to another.
    """
    frames = []
    for year, measured in sorted(years.items()):
        codes = members(catalogue, unit, year)
        rows = measured[(measured["period"] == Period.YEAR) & measured["unit"].isin(codes)]
        carried = codes != (unit,)
        if carried and len(rows):
            rows = _carried(rows, unit, rules[year])
        frames.append(rows.assign(restated=carried))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _carried(rows: pd.DataFrame, unit: str, rule: YearRule) -> pd.DataFrame:
    parts = rows[(rows["over_units"] != OverUnits.OWN) & ~rows["exempt"]]
    if parts.empty:
        return rows.head(0)
    whole = joined(parts.drop(columns=["state", "ratio"]), dict.fromkeys(parts["unit"], unit))
    whole[list(NOTES)], whole[list(FACTS)] = "", pd.NA  # said of the parts, not of the whole
    whole["stated"] = float("nan")
    if "explanation" in whole:
        whole["explanation"] = ""
        whole["explained_at"] = pd.Series(pd.NaT, whole.index, parts["explained_at"].dtype)
    return judged(whole.astype(parts.dtypes[whole.columns]), rule)[rows.columns]
