"""The first target of a figure is said wherever the figure is, and only where another stands."""

from __future__ import annotations

from math import nan
from typing import Any

import pytest

from danvan.charts import LIGHT, cell_words
from danvan.findings import figure, first_target
from danvan.spreadsheet import Table
from danvan.wording import Words
from ui import tables
from ui.tables import Listed

FIGURE: dict[str, Any] = {
    "target": 120.0, "first_target": 100.0, "result": 90.0, "denominator": nan, "decimals": 0,
    "approximate": False, "joined": False, "measure": "mô hình", "measure_en": "model/models",
    "state": "missed", "ratio": 0.75, "margin": 0.1, "lower": nan, "units_reported": 1, "units_expected": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("first", "target", "said"),
    [
        (100.0, 120.0, "ban đầu 100"),
        (100.0, 100.0, ""),
        (nan, 120.0, ""),
        (100.0, nan, "ban đầu 100"),
    ],
)
def test_it_is_said_where_it_differs(words: Words, first: float, target: float, said: str) -> None:
    assert first_target(FIGURE | {"first_target": first, "target": target}, words) == said


def test_a_band_is_compared_by_its_lower_bound(words: Words) -> None:
    band = FIGURE | {"target": nan, "first_target": 2.0}
    assert first_target(band | {"lower": 2.0}, words) == ""
    assert first_target(band | {"lower": 3.0}, words) == "ban đầu 2"


def test_a_figure_says_it_and_a_label_without_room_does_not(words: Words) -> None:
    assert figure(FIGURE, words).replace("\u00a0", " ") == "90/120 mô hình (ban đầu 100)"
    assert figure(FIGURE, words, with_measure=False) == "90/120"
    assert "ban đầu 100" in cell_words(FIGURE, words)


def _table(*rows: dict[str, Any]) -> Table:
    return Listed("Bảng", rows, tables.figures(Words("vi"))).table()


def test_a_table_says_it_beside_the_target_and_away_in_a_column_of_its_own(words: Words) -> None:
    html = Listed("Bảng", [FIGURE], tables.figures(words)).html(LIGHT)
    assert "120 (ban đầu 100)" in html
    assert words("table.first_target") not in html
    away = _table(FIGURE, FIGURE | {"first_target": 120.0})
    assert [row[:2] for row in away.rows] == [[100, 120], [None, 120]]


def test_a_table_in_which_nothing_was_revised_has_no_such_column(words: Words) -> None:
    assert _table(FIGURE | {"first_target": 120.0}).columns[0] == words("table.target")
