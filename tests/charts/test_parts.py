"""The bars of units: on one scale, most missing first, and the missing never looks like 0."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from danvan import charts
from danvan.charts import Theme
from danvan.completion import measured
from danvan.states import LOOKS, State
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures


def _parts(*rows: dict[str, Any], **more: Any) -> pd.DataFrame:
    stated = ({"unit": unit} | more | row for unit, row in zip(WARDS, rows, strict=False))
    frame = measured(figures(*stated), CATALOGUE, RULE, AFTER)
    return frame[frame["unit"].isin(WARDS)]


def _shapes(chart: Any, kind: str) -> list[Any]:
    return [shape for shape in chart.layout.shapes if shape.type == kind]


def test_bars_and_marks_are_on_one_scale_the_largest_gap_first(words: Words) -> None:
    parts = _parts(
        {"target": 5, "result": 5}, {"target": 5, "result": 1}, {"target": 20, "result": 12}
    )
    chart = charts.unit_bars(parts, CATALOGUE, words)
    assert list(chart.data[0].x) == [12, 1, 5]
    assert [mark.x0 for mark in _shapes(chart, "line")] == [20, 5, 5]
    assert chart.layout.xaxis.range[0] == 0
    assert charts.unit_bars_words(parts, CATALOGUE, words) == (
        "Phường 3: 12/20 · 60\u00a0% · ▼ chưa đạt; Phường 2: 1/5 · 20\u00a0% · ▼ chưa đạt; "
        "Phường 1: 5/5 · 100\u00a0% · ● đạt"
    )


def test_a_missing_figure_is_an_outline_up_to_its_target_and_no_bar(words: Words) -> None:
    chart = charts.unit_bars(_parts({"target": 5, "result": 9}, {"target": 7}), CATALOGUE, words)
    assert list(chart.data[0].x) == [9]
    (outline,) = _shapes(chart, "rect")
    assert (outline.x1, outline.line.dash, outline.fillcolor) == (7, "dash", "rgba(0,0,0,0)")


@pytest.mark.parametrize("target", [None, 0, -2])
def test_an_outline_always_has_a_width(words: Words, target: float | None) -> None:
    asked = {"target": target, "expected": True}
    chart = charts.unit_bars(_parts(asked, asked), CATALOGUE, words)
    assert [outline.x1 for outline in _shapes(chart, "rect")] == [1, 1]


def test_an_exempt_unit_has_neither_bar_nor_outline(words: Words) -> None:
    chart = charts.unit_bars(_parts({"target": 5, "exempt": True}), CATALOGUE, words)
    assert not _shapes(chart, "rect")
    assert list(chart.data[0].x) == []


def test_both_bounds_of_a_band_are_marked_within_the_chart(words: Words) -> None:
    chart = charts.unit_bars(_parts({"lower": 8, "result": 2}, indicator="BAND"), CATALOGUE, words)
    assert [mark.x0 for mark in _shapes(chart, "line")] == [8]
    assert chart.layout.xaxis.range[1] > 8


def test_results_below_0_are_within_the_chart(words: Words) -> None:
    chart = charts.unit_bars(_parts({"result": -4}), CATALOGUE, words)
    assert chart.layout.xaxis.range[0] <= -4


def test_units_without_a_report_come_after_those_with_a_gap() -> None:
    parts = _parts({"target": 9}, {"target": 5, "result": 9}, {"target": 5, "result": 4.9})
    order = [row["unit"] for row in charts.most_missing_first(parts)]
    assert order == ["W3", "W1", "W2"]


def test_names_are_text_and_lead_where_they_are_told(words: Words) -> None:
    parts = _parts({"target": 5, "result": 3}).assign(name="<i>a&b</i>")
    chart = charts.unit_bars(
        parts, CATALOGUE, words, link=lambda row: f'card?unit="{row["unit"]}"&x'
    )
    texts = [note.text for note in chart.layout.annotations]
    assert any('<a href="card?unit=&quot;W1&quot;&amp;x"' in text for text in texts)
    assert chart.data[0].hovertext[0].startswith("&lt;i&gt;a&amp;b&lt;/i&gt;<br>")


@pytest.mark.parametrize("theme", [charts.LIGHT, charts.DARK], ids=["light", "dark"])
def test_both_themes_and_vietnamese_separators(words: Words, theme: Theme) -> None:
    chart = charts.unit_bars(_parts({"target": 5, "result": 5}), CATALOGUE, words, theme)
    assert (chart.layout.separators, chart.layout.font.color) == (",.", theme.ink)
    assert list(chart.data[0].marker.color) == [theme.surface(LOOKS[State.MET])]


def test_no_units_can_be_drawn(words: Words) -> None:
    none = _parts()
    assert charts.unit_bars(none, CATALOGUE, words).layout.height > 0
    assert charts.unit_bars_words(none, CATALOGUE, words) == ""
