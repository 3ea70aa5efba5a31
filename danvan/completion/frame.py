"""The rule for a frame: the same answers as `assess`, row by row, in whole numbers.

Figures are counted in ten-thousandths, so that comparison is exact without a Decimal a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from danvan.model import Direction
from danvan.states import State

UNIT = 10_000  # ten-thousandths in one: figures have at most four decimals
LARGEST = 9 * 10**11  # above this its ten-thousandths are no longer whole numbers in a float
Array = np.ndarray[Any, np.dtype[Any]]


def with_completion(figures: pd.DataFrame, margin: Decimal = Decimal("0.1")) -> pd.DataFrame:
    """Add `state` (str) and `ratio` (float, NaN where no percentage makes sense).

    Takes the columns direction, target, result, baseline, lower, upper (floats, NaN for
    missing), applicable and due (bool). A column `margin` (share) goes before the argument.
    """
    rows = _Rows.of(figures, margin)
    ahead, way = rows.ahead, rows.way
    judged = _judged(rows)
    ratio = np.divide(ahead + way, way, out=np.full(len(figures), np.nan), where=rows.rated)
    reached = np.isin(judged, [State.MET, State.EXCEEDED, State.TRACKED])
    state = np.select(
        [~rows.applicable, rows.track, ~rows.aimed, ~rows.reported, ~rows.due & ~reached],
        [
            State.NOT_APPLICABLE,
            np.where(rows.reported, State.TRACKED, State.NOT_REPORTED),
            State.NO_TARGET,
            State.NOT_REPORTED,
            State.TOO_EARLY,
        ],
        judged,
    )
    asked = rows.applicable & ~rows.track & rows.aimed & rows.reported
    return figures.assign(
        state=pd.Series(state, figures.index, dtype="str"),
        ratio=pd.Series(np.where(asked, ratio, np.nan), figures.index, dtype=float),
    )


@dataclass(frozen=True)
class _Rows:
    """The columns of a frame as arrays; figures as whole ten-thousandths, 0 where missing."""

    applicable: Array
    due: Array
    track: Array
    band: Array
    aimed: Array
    reported: Array
    ahead: Array  # how far better than the target; below 0 is short of it
    way: Array  # how far there was to go
    based: Array
    goal: Array
    more: Array
    outside: Array  # how far outside the nearer bound
    bound: Array  # that bound's size
    margin: Array

    @classmethod
    def of(cls, figures: pd.DataFrame, margin: Decimal) -> _Rows:
        direction = figures["direction"].to_numpy()
        goal, aimed = _whole(figures["target"])
        got, reported = _whole(figures["result"])
        base, based = _whole(figures["baseline"])
        low, has_low = _whole(figures["lower"])
        high, has_high = _whole(figures["upper"])
        more, band = direction == Direction.MORE, direction == Direction.BAND
        better = np.where(more, 1, -1)
        short = np.where(has_low, np.maximum(low - got, 0), 0)
        over = np.where(has_high, np.maximum(got - high, 0), 0)
        share = (
            figures["margin"] if "margin" in figures else pd.Series(float(margin), figures.index)
        )
        return cls(
            applicable=figures["applicable"].to_numpy(dtype=bool),
            due=figures["due"].to_numpy(dtype=bool),
            track=direction == Direction.TRACK,
            band=band,
            aimed=np.where(band, has_low | has_high, aimed).astype(bool),
            reported=reported,
            ahead=better * (got - goal),
            way=np.where(based, better * (goal - base), goal),
            based=based,
            goal=goal,
            more=more,
            outside=np.where(short > 0, short, over),
            bound=np.abs(np.where(short > 0, low, high)),
            margin=_whole(share)[0],
        )

    @property
    def rated(self) -> Array:
        """Rows where a percentage makes sense."""
        return np.asarray(~self.band & (self.way > 0) & self.aimed)


def _judged(rows: _Rows) -> Array:
    """The states of the rows as if each had a target, a result, and were due."""
    near = -rows.ahead <= _share(rows.way, rows.margin)
    compared = np.select(
        [rows.ahead > 0, rows.ahead == 0, rows.rated & near],
        [State.EXCEEDED, State.MET, State.NEAR],
        State.MISSED,
    )
    inside = np.select(
        [rows.outside == 0, rows.outside <= _share(rows.bound, rows.margin)],
        [State.MET, State.NEAR],
        State.MISSED,
    )
    nothing_to_go = ~rows.band & (rows.way == 0)
    return np.select(
        [rows.band, nothing_to_go & ~rows.based & rows.more, nothing_to_go],
        [inside, State.TRACKED, np.where(rows.ahead >= 0, State.MET, State.MISSED)],
        compared,
    )


def _whole(column: pd.Series) -> tuple[Array, Array]:
    """Ten-thousandths as int64 with 0 for missing, and which rows are not missing."""
    values = column.to_numpy(dtype=float)
    known = ~np.isnan(values)
    return np.rint(np.where(known, values, 0) * UNIT).astype(np.int64), known


def _share(amount: Array, margin: Array) -> Array:
    """floor(amount × margin), in two steps so that no product leaves 64 bits."""
    return np.asarray(margin * (amount // UNIT) + margin * (amount % UNIT) // UNIT)
