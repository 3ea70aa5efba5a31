"""Figures of units joined to the figure of the unit above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

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
    rows = rows.set_index(rows.groupby(KEY, sort=False).ngroup())  # what is joined shares a number
    ratio = rows["over_units"] == OverUnits.RATIO
    ways = ((rows[~ratio], _summed), (rows[ratio], _ratios))
    return pd.concat([join(part) for part, join in ways if len(part)], ignore_index=True)


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby(level=0, sort=False)
    sums = groups[[*AIMS, *PARTS]].sum(min_count=1).round(4)
    aimed = rows[["target", "lower", "upper"]].notna().any(axis=1)
    planned = aimed.groupby(level=0, sort=False).sum()
    fixed = ["lower", "upper", "baseline"]  # a part without it makes the sum meaningless
    sums[fixed] = sums[fixed].where(groups[fixed].count().eq(planned, axis=0))
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
    groups = rows.groupby(level=0, sort=False)
    sums = groups[PARTS].sum(min_count=1)
    base = sums["denominator"].where(sums["denominator"] > 0)
    sums["result"] = (100 * sums["numerator"] / base).round(4)
    # units share one percentage as their target, or there is none to join
    sums[AIMS] = groups[AIMS].first().where(groups[AIMS].nunique() == 1)
    return _finished(rows, sums)


def _finished(rows: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """The sums with what is common to both ways of joining; text and rules from the first row."""
    facts = pd.DataFrame(
        {
            "expected": rows["expected"],
            "approximate": rows["approximate"] & rows["result"].notna(),
            "part": ~rows["complete"] & rows["result"].notna(),
        }
    )
    known = facts.groupby(level=0, sort=False).any()
    units = rows.groupby(level=0, sort=False)[["units_reported", "units_expected"]].sum()
    first = rows[~rows.index.duplicated()].assign(
        **{name: sums[name] for name in [*AIMS, *PARTS]},
        expected=known["expected"],
        approximate=known["approximate"],
        complete=~known["part"] & (units["units_reported"] >= units["units_expected"]),
        units_reported=units["units_reported"],
        units_expected=units["units_expected"],
        joined=True,
        difference=np.nan,
    )
    return first.astype(rows.dtypes)


def _merged(rows: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Own rows with the joined ones: own target and own result first, each as a whole."""
    place = pd.MultiIndex.from_frame(whole[KEY]).get_indexer(pd.MultiIndex.from_frame(rows[KEY]))
    both = place >= 0
    mine = rows[both].reset_index(drop=True)
    theirs = whole.iloc[place[both]].reset_index(drop=True)
    new = whole.drop(index=whole.index[place[both]])
    planned = mine[["target", "lower", "upper"]].notna().any(axis=1)
    result = mine["result"].notna() | mine["exempt"]
    for names, stated in ((AIMS, planned), (RESULT, result)):
        mine[names] = mine[names].where(stated, theirs[names])
    apart = (mine["result"] - theirs["result"]).round(4)
    mine["joined"] = ~result & (theirs["units_expected"] > 0)
    mine["difference"] = apart.where(result & theirs["complete"] & (apart != 0))
    return pd.concat([rows[~both], mine, new], ignore_index=True).astype(rows.dtypes)
