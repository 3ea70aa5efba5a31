"""The headline of an area, a unit or a year: counts of states, never a mean alone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from danvan.states import ASKED, JUDGED, State


def state_counts(measured: pd.DataFrame) -> dict[State, int]:
    """How many figures are in each state, for the states that occur, in the order of the strip."""
    counts = measured["state"].value_counts()
    return {state: int(counts[state]) for state in State if state in counts.index}


@dataclass(frozen=True, slots=True)
class Mean:
    """The weighted mean of the judged ratios, and how much weight it leaves out."""

    ratio: float | None
    weight: float
    missing: float


def weighted_mean(measured: pd.DataFrame) -> Mean:
    """Mean ratio of what was judged; the weight of asked figures without a ratio is `missing`."""
    rated = measured[measured["state"].isin(JUDGED) & measured["ratio"].notna()]
    asked = measured.loc[measured["state"].isin(ASKED), "weight"].sum()
    weight = float(rated["weight"].sum())
    if weight == 0:
        return Mean(None, 0.0, float(asked))
    mean = float((rated["ratio"] * rated["weight"]).sum() / weight)
    return Mean(mean, weight, float(asked) - weight)
