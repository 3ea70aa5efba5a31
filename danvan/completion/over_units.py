"""Figures of units joined to the figure of the unit above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from danvan.completion.over_periods import FACTS, NOTES
from danvan.model import Catalogue, OverUnits

KEY = ["period", "unit", "indicator"]
AIMS = ["target", "first_target", "lower", "upper", "baseline"]
PARTS = ["result", "numerator", "denominator"]
RESULT = [*PARTS, "approximate", "complete", "units_reported", "units_expected"]


def over_units(figures: pd.DataFrame, catalogue: Catalogue, year: int) -> pd.DataFrame:
    """The figures, and a row for every unit above one that has a figure.

    One row for each period, unit and indicator comes in and goes out. A unit's own figure goes before
    the figure joined from the units below it. Adds `joined` (the result comes from below),
    `units_reported` and `units_expected` (units the result is made of, and should be), and
    `difference` (own result less joined, where both are known and differ, else NaN).
    """
    parents = {u.code: u.parent for u in catalogue.units if u.parent and u.valid_in(year)}
    rows = _with_coverage(figures)
    for units in _levels(parents):
        below = rows[rows["unit"].isin(units) & (rows["over_units"] != OverUnits.OWN)]
        below = below[~below["exempt"]]
        if len(below):
            rows = _merged(rows, joined(below, parents))
    return rows


def _levels(parents: Mapping[str, str]) -> Iterator[set[str]]:
    """Units that have a parent, the deepest first."""

    def depth(unit: str) -> int:
        return 1 + depth(parents[unit]) if unit in parents else 0

    depths = {unit: depth(unit) for unit in parents}
    for level in sorted(set(depths.values()), reverse=True):
        yield {unit for unit, at in depths.items() if at == level}


def _with_coverage(figures: pd.DataFrame) -> pd.DataFrame:
    reported = figures["result"].notna() | (figures["denominator"] == 0)
    aimed = figures[["target", "lower", "upper"]].notna().any(axis=1)
    expected = ~figures["exempt"] & (figures["expected"] | aimed | reported)
    return figures.assign(
        joined=False,
        units_reported=(reported & ~figures["exempt"]).astype("int64"),
        units_expected=expected.astype("int64"),
        difference=np.nan,
    )


def joined(below: pd.DataFrame, parents: Mapping[str, str]) -> pd.DataFrame:
    """One row for each parent and indicator, from the rows of the units that `parents` puts there."""
    rows = below.assign(unit=below["unit"].map(parents))
    ratio = rows["over_units"] == OverUnits.RATIO
    ways = ((rows[~ratio], _summed), (rows[ratio], _ratios))
    return pd.concat([join(part) for part, join in ways if len(part)], ignore_index=True)


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(KEY, sort=False)
    sums = groups[[*AIMS, *PARTS]].sum(min_count=1).round(4)
    aimed = rows[["target", "lower", "upper"]].notna().any(axis=1)
    planned = aimed.groupby([rows[name] for name in KEY], sort=False).sum()
    for name in ("lower", "upper", "baseline"):  # a part without it makes the sum meaningless
        sums[name] = sums[name].where(groups[name].count() == planned)
    return _finished(rows, sums)


def _ratios(rows: pd.DataFrame) -> pd.DataFrame:
    """Σ numerators ÷ Σ denominators; a percentage without both cannot be joined."""
    whole = rows["numerator"].notna() & rows["denominator"].notna()
    rows = rows.assign(
        numerator=rows["numerator"].where(whole),
        denominator=rows["denominator"].where(whole),
        approximate=rows["approximate"] & whole,
        units_reported=rows["units_reported"].where(whole, 0),
    )
    groups = rows.groupby(KEY, sort=False)
    sums = groups[PARTS].sum(min_count=1)
    base = sums["denominator"].where(sums["denominator"] > 0)
    sums["result"] = (100 * sums["numerator"] / base).round(4)
    for name in AIMS:  # units share one percentage as their target, or there is none to join
        sums[name] = groups[name].first().where(groups[name].nunique() == 1)
    return _finished(rows, sums)


def _finished(rows: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """The sums with what is common to both ways of joining; text and rules from the first row."""
    groups = rows.assign(
        approximate=rows["approximate"] & rows["result"].notna(),
        complete=rows["complete"] | rows["result"].isna(),
    ).groupby(KEY, sort=False)
    first = groups.first()
    first[[*AIMS, *PARTS]] = sums[[*AIMS, *PARTS]]
    first["expected"] = groups["expected"].any()
    first["approximate"] = groups["approximate"].any()
    for name in ("units_reported", "units_expected"):
        first[name] = groups[name].sum()
    first["complete"] = groups["complete"].all() & (
        first["units_reported"] >= first["units_expected"]
    )
    first = first.assign(joined=True, difference=np.nan, **dict.fromkeys(NOTES, ""))
    for name in FACTS:
        first[name] = pd.Series(pd.NA, first.index, dtype="Int64")
    return first.reset_index()[rows.columns].astype(rows.dtypes)


def _merged(rows: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Own rows with the joined ones: own target and own result first, each as a whole."""
    below = whole.set_index(KEY)
    own = rows.set_index(KEY)
    both = own.index.intersection(below.index)
    new = below.loc[below.index.difference(both)]
    mine, theirs = own.loc[both], below.loc[both]
    planned = mine[["target", "lower", "upper"]].notna().any(axis=1)
    result = mine["result"].notna() | mine["exempt"]
    for names, stated in ((AIMS, planned), (RESULT, result)):
        for name in names:
            mine[name] = mine[name].where(stated, theirs[name])
    apart = (mine["result"] - theirs["result"]).round(4)
    mine["joined"] = ~result & (theirs["units_expected"] > 0)
    mine["difference"] = apart.where(result & theirs["complete"] & (apart != 0))
    rest = own.loc[own.index.difference(both)]
    merged = pd.concat([rest, mine, new]).reset_index()
    return merged[rows.columns].astype(rows.dtypes)
