"""Ranking: like units beside each other, no finer than the figures allow."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from danvan.completion.over_periods import has_target
from danvan.states import ASKED, REACHED


def ranked(measured: pd.DataFrame, units: Sequence[str]) -> pd.DataFrame:
    """The units by the share of their targets that is reached, the best first.

    `measured` holds one period. Columns: unit, asked and reached (figures with a target), share
    (0 to 1), rank, ties (units of the same rank, itself left out). From the best unit on, each
    shares the rank of the one that leads it, unless one more figure reached would still not take
    it past that one: then it begins a rank of its own. A unit without targets is left out.
    """
    rows = measured[measured["unit"].isin(units) & measured["state"].isin(ASKED)]
    states = rows[has_target(rows)].groupby("unit")["state"]
    counts = pd.DataFrame({"asked": states.size(), "reached": states.agg(_reached)})
    counts = counts.reindex([unit for unit in units if unit in counts.index]).astype("int64")
    shares = [Fraction(r, a) for r, a in zip(counts["reached"], counts["asked"], strict=True)]
    counts["share"] = [float(share) for share in shares]
    asked = list(counts["asked"])
    order = sorted(range(len(shares)), key=lambda place: (-shares[place], -asked[place]))
    found = counts.iloc[order]
    ranks = _ranks([shares[place] for place in order], list(found["asked"]))
    found = found.assign(rank=pd.Series(ranks, found.index, dtype="int64"))
    found["ties"] = (found.groupby("rank")["rank"].transform("size") - 1).astype("int64")
    return found.rename_axis("unit").reset_index()


def _ranks(shares: Sequence[Fraction], asked: Sequence[int]) -> list[int]:
    """The rank of each, the best first: the place of the first that it cannot be told from."""
    ranks: list[int] = []
    for place, (share, figures) in enumerate(zip(shares, asked, strict=True)):
        leads = place == 0 or share + Fraction(1, int(figures)) <= shares[ranks[-1] - 1]
        ranks.append(place + 1 if leads else ranks[-1])
    return ranks


def _reached(states: pd.Series) -> int:
    return int(states.isin(REACHED).sum())
