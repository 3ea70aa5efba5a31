"""Where a unit stands among its like, in words that claim no more than the figures do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from danvan.model import Catalogue
from danvan.rows import rows_of
from danvan.wording import Words


def rank_sentences(
    ranked: pd.DataFrame, unit: str, catalogue: Catalogue, words: Words
) -> list[str]:
    """The unit's rank, whom it shares it with, and why finer differences are not ranked.

    `ranked` is what completion.ranked returns for the unit and its like.
    """
    own = ranked[ranked["unit"] == unit]
    if own.empty:
        return [words("rank.none")]
    row = rows_of(own)[0]
    kind = catalogue.unit[unit].kind
    values = {"kind": kind, "reached": row["reached"], "asked": row["asked"]}
    said = [words("rank.place", n=len(ranked), rank=row["rank"], **values)]
    others = ranked[(ranked["rank"] == row["rank"]) & (ranked["unit"] != unit)]
    if others.empty:
        return said
    names = ", ".join(words.name(catalogue.unit[code]) for code in others["unit"])
    exact = _equal([*others["share"], row["share"]])
    return [*said, words("rank.tied" if exact else "rank.close", names=names)]


def _equal(shares: Sequence[float]) -> bool:
    return len(set(shares)) == 1
