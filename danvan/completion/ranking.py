"""Ranking: like units beside each other, no finer than the figures allow."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from danvan.states import ASKED, REACHED


def ranked(measured: pd.DataFrame, units: Sequence[str]) -> pd.DataFrame:
    """The units by the share of their figures that is reached, the best first.

    `measured` holds one period. Columns: unit, asked and reached (figures), share (0 to 1), rank,
    ties (units of the same rank, itself left out). A unit is ahead of another by a whole figure
    or more, counted in the unit with fewer of them. Its rank is told by how many are ahead of it,
    or of one that did no worse: who shares a rank differs by less than a figure, and a larger
    share is never behind. A unit of which nothing was asked has no rank and is left out.
    """
    rows = measured[measured["unit"].isin(units) & measured["state"].isin(ASKED)]
    states = rows.groupby("unit")["state"]
    counts = pd.DataFrame({"asked": states.size(), "reached": states.agg(_reached)})
    counts = counts.reindex([unit for unit in units if unit in counts.index]).astype("int64")
    shares = {
        unit: (Fraction(int(row["reached"]), int(row["asked"])), int(row["asked"]))
        for unit, row in counts.iterrows()
    }
    behind = [
        (mine[0], sum(_ahead(it, mine) for it in shares.values())) for mine in shares.values()
    ]
    ranks = {
        unit: 1 + max(count for other, count in behind if other >= share)
        for unit, (share, _) in shares.items()
    }
    found = counts.assign(
        share=[float(share) for share, _ in shares.values()],
        rank=[ranks[str(unit)] for unit in counts.index],
    )
    found["ties"] = (found.groupby("rank")["rank"].transform("size") - 1).astype("int64")
    ordered = found.sort_values(["rank", "share"], ascending=[True, False], kind="stable")
    return ordered.rename_axis("unit").reset_index()


def _reached(states: pd.Series) -> int:
    return int(states.isin(REACHED).sum())


def _ahead(other: tuple[Fraction, int], mine: tuple[Fraction, int]) -> bool:
    """Whether the other is ahead by what one figure counts in the unit that has fewer."""
    return other[0] - mine[0] >= Fraction(1, min(other[1], mine[1]))
