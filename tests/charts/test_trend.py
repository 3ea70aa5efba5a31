"""The trend and the sparkline: years as columns, and what is missing is an outline."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from danvan import charts
from danvan.charts import Theme
from danvan.completion import measured
from danvan.states import LOOKS, State
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, figures


def _years(*told: dict[str, Any], **more: Any) -> pd.DataFrame:
    """A row for each year from 2020 on; a row says what is known of it."""
    rows = []
    for year, row in enumerate(told, 2020):
        values = {name: value for name, value in row.items() if name != "restated"}
        frame = measured(figures({"year": year} | more | values), CATALOGUE, RULE, AFTER)
        rows.append(frame[frame["period"] == "year"].assign(restated=row.get("restated", False)))
    return pd.concat(rows, ignore_index=True)


def _outlines(chart: Any) -> list[Any]:
    return [shape for shape in chart.layout.shapes if shape.type == "rect"]


def _levels(chart: Any, dash: str) -> list[float]:
    lines = [shape for shape in chart.layout.shapes if shape.type == "line"]
    return [shape.y0 for shape in lines if shape.line.dash == dash]


def test_a_column_for_each_result_and_a_line_for_each_target(words: Words) -> None:
    years = _years({"target": 10, "result": 12}, {"target": 10, "result": 4}, {"target": 8})
    chart = charts.trend_columns(years, words)
    columns, numbers = chart.data
    assert (list(columns.x), list(columns.y)) == ([0, 1], [12, 4])
    assert list(columns.text) == [LOOKS[State.EXCEEDED].sign, LOOKS[State.MISSED].sign]
    assert list(columns.marker.color) == [LOOKS[State.EXCEEDED].light, LOOKS[State.MISSED].light]
    assert list(numbers.text) == ["12", "4"]
    assert [round(y) for y in numbers.y] == [12, 10]  # above the column, and above its target
    assert _levels(chart, "solid") == [10, 10, 8]
    assert list(chart.layout.xaxis.ticktext) == ["2020", "2021", "2022"]


def test_a_year_without_a_result_is_an_outline_as_high_as_its_target(words: Words) -> None:
    chart = charts.trend_columns(_years({"target": 10, "result": 3}, {"target": 8}), words)
    (outline,) = _outlines(chart)
    assert (outline.y0, outline.y1, outline.line.dash) == (0, 8, "dash")
    assert outline.x0 > 0.5
    assert [note.text for note in chart.layout.annotations] == [LOOKS[State.NOT_REPORTED].sign]


@pytest.mark.parametrize("target", [None, 0, -3])
@pytest.mark.parametrize("top", [None, 0])
def test_an_outline_is_never_as_flat_as_a_result_of_0(
    words: Words, target: float | None, top: float | None
) -> None:
    years = _years({"target": target, "expected": True}, {"target": target, "expected": True})
    chart = charts.trend_columns(years, words, top=top)
    assert [list(trace.x) for trace in chart.data] == [[], []]
    low, high = chart.layout.yaxis.range
    assert len(_outlines(chart)) == 2
    for outline in _outlines(chart):
        assert outline.y1 - outline.y0 > (high - low) / 10


def test_an_exempt_year_is_empty(words: Words) -> None:
    chart = charts.trend_columns(_years({"target": 5, "exempt": True}), words)
    assert not _outlines(chart)


def test_a_revised_target_is_a_dotted_line_and_is_said(words: Words) -> None:
    years = _years(
        {"target": 8, "first_target": 10, "result": 8},
        {"target": 8, "first_target": 8, "result": 8},
    )
    chart = charts.trend_columns(years, words)
    assert _levels(chart, "dot") == [10]
    assert _levels(chart, "solid") == [8, 8]
    said = charts.trend_columns_words(years, words).split("; ")
    assert ["ban đầu 10" in text for text in said] == [True, False]
    assert "ban đầu 10" in chart.data[0].hovertext[0]


def test_restated_years_have_a_star_and_say_so(words: Words) -> None:
    years = _years({"result": 3, "restated": True}, {"result": 4})
    assert list(charts.trend_columns(years, words).layout.xaxis.ticktext) == ["2020*", "2021"]
    said = charts.trend_columns_words(years, words)
    assert said == (
        "2020: 3\u00a0mô hình · ◇ không giao chỉ tiêu · số liệu quy đổi; "
        "2021: 4\u00a0mô hình · ◇ không giao chỉ tiêu"
    )


def test_a_percentage_of_nothing_is_said_and_has_no_column(words: Words) -> None:
    years = _years({"numerator": 0, "denominator": 0}, {"result": 50}, indicator="SHARE")
    assert list(charts.trend_columns(years, words).data[0].x) == [1]
    assert charts.trend_columns_words(years, words).startswith("2020: không phát sinh (0/0); ")


def test_results_below_0_go_down_from_the_line(words: Words) -> None:
    chart = charts.trend_columns(_years({"result": -5}, {"result": -2}), words)
    low, high = chart.layout.yaxis.range
    assert low < -5
    assert high > 0
    assert list(chart.data[1].text) == ["−5", "−2"]


def test_a_number_is_not_rounded_to_the_target_it_missed(words: Words) -> None:
    years = _years({"target": 100, "result": 99.996}, indicator="SHARE")
    assert list(charts.trend_columns(years, words).data[1].text) == ["99,996"]


def test_only_the_last_the_highest_and_the_lowest_number_stay_where_all_have_no_room(
    words: Words,
) -> None:
    values = [5, 9, 7, 1, 6, 8]
    years = _years(*({"result": 1_000_000 + value} for value in values))
    shown = charts.trend_columns(years, words).data[1].text
    assert [bool(text) for text in shown] == [False, True, False, True, False, True]
    assert shown[1] == "1.000.009"


def test_charts_that_share_a_top_can_be_compared(words: Words) -> None:
    small, large = _years({"result": 2}), _years({"target": 40, "result": 20})
    top = max(charts.top_of(small), charts.top_of(large))
    assert top == 40
    ranges = [charts.trend_columns(it, words, top=top).layout.yaxis.range for it in (small, large)]
    assert ranges[0] == ranges[1]


def test_the_years_come_in_their_order(words: Words) -> None:
    years = _years({"result": 1}, {"result": 2})[::-1]
    assert list(charts.trend_columns(years, words).data[0].y) == [1, 2]


@pytest.mark.parametrize("theme", [charts.LIGHT, charts.DARK], ids=["light", "dark"])
def test_both_themes_and_vietnamese_separators(words: Words, theme: Theme) -> None:
    years = _years({"target": 2, "result": 1}, {"target": 2})
    chart = charts.trend_columns(years, words, theme)
    assert (chart.layout.separators, chart.layout.font.color) == (",.", theme.ink)
    assert theme.link in charts.sparkline(years, theme)
    columns = charts.trend_columns(years, words, theme).data[0]
    assert list(columns.textfont.color) == [theme.ink_on(LOOKS[State.MISSED])]


def _lines(svg: str) -> list[list[tuple[float, float]]]:
    """The points of each line of a sparkline."""
    found = re.findall(r'<polyline points="([^"]*)"', svg)
    return [[tuple(map(float, point.split(","))) for point in line.split()] for line in found]


def test_a_year_without_a_figure_is_a_gap_in_the_sparkline(words: Words) -> None:
    years = _years({"result": 3}, {"result": None, "target": 9}, {"result": 5}, {"result": 4})
    for rows in (years, years[years["year"] != 2021]):
        first, second = _lines(charts.sparkline(rows))
        assert (len(first), len(second)) == (1, 2)
        assert first[0][0] < second[0][0] < second[1][0]
        assert second[0][1] < second[1][1] < first[0][1]  # 5 is above 4, and 4 above 3
        assert ">2020<" in charts.sparkline(rows)
        assert ">2023<" in charts.sparkline(rows)
    assert charts.sparkline_words(years, words).startswith("2020: 3\u00a0mô hình; 2021: chưa có")


def test_the_dot_of_a_year_that_is_not_over_is_empty() -> None:
    years = _years({"result": 3}, {"result": 1})
    whole = charts.sparkline(years)
    begun = charts.sparkline(years.assign(due=years["year"] < years["year"].max()))
    dot = f'r="4.5" fill="{charts.LIGHT.link}"'
    assert dot in whole
    assert dot not in begun


def test_nothing_and_only_missing_years_can_be_drawn(words: Words) -> None:
    missing = _years({"target": 3}, {"target": 3})
    assert "<polyline" not in charts.sparkline(missing)
    for years in (missing[:0], missing):
        assert charts.trend_columns(years, words).layout.height > 0
    assert charts.sparkline(missing[:0]) == charts.trend_columns_words(missing[:0], words) == ""
