"""The matrix: every unit's state of every indicator, the most troubled first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from danvan.findings import explanation_word, figure, name
from danvan.model import Catalogue, Unit
from danvan.rows import Row, rows_of
from danvan.states import ASKED, TROUBLED, State
from danvan.wording import Words

WEIGHTS = {State.MISSED: 100, State.NOT_REPORTED: 10, State.NEAR: 1}
"""What the order of rows and columns is told by."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Indicators down, units across. `cells` holds the row of each (indicator, unit) that has one."""

    indicators: tuple[Row, ...]
    units: tuple[Unit, ...]
    cells: dict[tuple[str, str], Row]


def state_matrix(measured: pd.DataFrame, units: Sequence[str], catalogue: Catalogue) -> Matrix:
    """The states of the units in one period; indicators that none of them has to answer for are
    left out, and so are units that have to answer for nothing.
    """
    asked = measured[measured["unit"].isin(units) & measured["state"].isin(ASKED)]
    shown = measured[
        measured["unit"].isin(asked["unit"]) & measured["indicator"].isin(asked["indicator"])
    ]
    weights = asked["state"].map({str(s): w for s, w in WEIGHTS.items()}).fillna(0)
    by_indicator = weights.groupby(asked["indicator"], sort=False).sum()
    by_unit = weights.groupby(asked["unit"], sort=False).sum()
    by_unit = by_unit.reindex([code for code in units if code in by_unit.index])
    names = shown.drop_duplicates("indicator").set_index("indicator", drop=False)
    order = by_indicator.sort_values(ascending=False, kind="stable").index
    return Matrix(
        indicators=tuple(rows_of(names.loc[order])),
        units=tuple(
            catalogue.unit[str(code)]
            for code in by_unit.sort_values(ascending=False, kind="stable").index
        ),
        cells={(row["indicator"], row["unit"]): row for row in rows_of(shown)},
    )


def state_matrix_words(matrix: Matrix, words: Words) -> str:
    """The troubled cells for a reader who cannot see the matrix, or has no room for it."""
    return "; ".join(
        f"{words.name(unit)} – {name(row, words)}: {cell_words(row, words)}"
        for unit in matrix.units
        for row in troubled(matrix, unit.code)
    )


def troubled(matrix: Matrix, unit: str) -> list[Row]:
    """What a unit has not reached or not reported, the worst first."""
    rows = [
        matrix.cells[key]
        for row in matrix.indicators
        if (key := (row["indicator"], unit)) in matrix.cells
    ]
    behind = [row for row in rows if row["state"] in TROUBLED]
    return sorted(behind, key=lambda row: TROUBLED.index(State(row["state"])))


def cell_words(row: Row, words: Words) -> str:
    """One cell: "3/5 mô hình, chưa đạt. Giải trình ngày …"."""
    state = words(f"state.{row['state']}" if row["state"] else "state.none")
    said = explanation_word(row, words)
    return f"{figure(row, words)}, {state}. {said}" if said else f"{figure(row, words)}, {state}"
