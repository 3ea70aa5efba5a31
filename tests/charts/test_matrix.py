"""The matrix: exactly the units and indicators that were asked, by how troubled they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from danvan import charts
from danvan.completion import measured
from danvan.states import ASKED, State
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures

CODES = ("SUM", "LATEST", "OWN")


def _frame(states: dict[tuple[str, str], str]) -> pd.DataFrame:
    rows = [{"unit": unit, "indicator": code, "result": 1} for unit, code in states]
    frame = measured(figures(*rows), CATALOGUE, RULE, AFTER)
    frame = frame[frame["unit"].isin(WARDS)]
    keys = zip(frame["unit"], frame["indicator"], strict=True)
    return frame.assign(state=pd.Series([states[key] for key in keys], frame.index, dtype="str"))


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(WARDS), st.sampled_from(CODES)),
        st.sampled_from(["", *map(str, State)]),
        min_size=1,
    )
)
def test_the_matrix_holds_what_was_asked_the_most_troubled_first(
    states: dict[tuple[str, str], str],
) -> None:
    matrix = charts.state_matrix(_frame(states), WARDS, CATALOGUE)
    asked = {key for key, state in states.items() if state in ASKED}
    units, codes = {unit for unit, _ in asked}, {code for _, code in asked}
    assert {unit.code for unit in matrix.units} == units
    assert {row["indicator"] for row in matrix.indicators} == codes
    cells = {(c, u): s for (u, c), s in states.items() if u in units and c in codes}
    assert {key: row["state"] for key, row in matrix.cells.items()} == cells
    trouble = {"missed": 100, "not_reported": 10, "near": 1}
    by_unit = [
        sum(trouble.get(state, 0) for (at, _), state in states.items() if at == unit.code)
        for unit in matrix.units
    ]
    by_indicator = [
        sum(
            trouble.get(state, 0) for (_, code), state in states.items() if code == row["indicator"]
        )
        for row in matrix.indicators
    ]
    assert by_unit == sorted(by_unit, reverse=True)
    assert by_indicator == sorted(by_indicator, reverse=True)


def test_the_words_tell_the_troubled_cells_the_worst_first(words: Words) -> None:
    rows: list[dict[str, Any]] = [
        {"unit": "W1", "indicator": "SUM", "target": 5},
        {"unit": "W1", "indicator": "LATEST", "target": 5, "result": 3},
        {"unit": "W1", "indicator": "OWN", "target": 5, "result": 5},
        {"unit": "W2", "indicator": "OWN", "target": 5, "result": 6},
    ]
    frame = measured(figures(*rows), CATALOGUE, RULE, AFTER)
    matrix = charts.state_matrix(frame, WARDS, CATALOGUE)
    assert charts.state_matrix_words(matrix, words) == (
        "Phường 1 – Chỉ tiêu LATEST: 3/5\u00a0mô hình, chưa đạt; "
        "Phường 1 – Chỉ tiêu SUM: chưa có số liệu, chưa báo cáo"
    )
    assert charts.cell_words(matrix.cells["OWN", "W2"], words) == "6/5\u00a0mô hình, vượt"
    nothing = {"state": "", "result": float("nan"), "target": float("nan")}
    said = charts.cell_words(matrix.cells["OWN", "W2"] | nothing | {"denominator": 0}, words)
    assert said == "không phát sinh (0/0), chưa có dữ liệu"


def test_of_nothing_there_is_an_empty_matrix(words: Words) -> None:
    empty = measured(figures(), CATALOGUE, RULE, AFTER)
    for units in (WARDS, ()):
        matrix = charts.state_matrix(empty, units, CATALOGUE)
        assert (matrix.indicators, matrix.units, matrix.cells) == ((), (), {})
        assert charts.state_matrix_words(matrix, words) == ""
