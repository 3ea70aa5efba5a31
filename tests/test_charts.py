"""Charts: what is drawn, what it says in words, and that the missing never looks like 0."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from danvan import charts
from danvan.completion import measured, state_counts
from danvan.states import LOOKS, State
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, figures


def _city(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = measured(figures(*rows), CATALOGUE, RULE, AFTER)
    return frame[frame["unit"] == "CITY"]


def _texts(chart: go.Figure) -> str:
    return " ".join(str(annotation.text) for annotation in chart.layout.annotations)


MIXED = [
    {"target": 10, "result": 5},
    {"target": 10, "result": 35, "indicator": "LATEST"},
    {"target": 10, "indicator": "OWN"},
    {"target": 0, "result": 0, "indicator": "LESS"},
]


def test_the_strip_is_as_long_as_the_figures_are_many(words: Words) -> None:
    counts = state_counts(_city(*MIXED))
    strip = charts.state_strip(counts, words)
    (bar,) = strip.data
    assert list(bar.x) == list(counts.values())
    assert [base + width for base, width in zip(bar.base, bar.x, strict=True)][-1] == len(MIXED)
    assert list(bar.text) == [LOOKS[state].sign for state in counts]
    assert charts.state_strip_words(counts, words) == ("1 chưa đạt, 1 chưa báo cáo, 1 đạt, 1 vượt")


def test_a_bullet_is_as_long_as_its_ratio_and_stops_at_a_break_mark(words: Words) -> None:
    chart = charts.completion_bullets(_city(*MIXED), words)
    (bars,) = chart.data
    assert list(bars.x) == [50, charts.CHIP, charts.AXIS_END]
    marks = [shape for shape in chart.layout.shapes if shape.type == "line" and shape.x0 == 100]
    assert len(marks) == 2
    assert "350\u00a0%" in _texts(chart)


def test_the_missing_have_a_dashed_empty_track_and_no_bar(words: Words) -> None:
    chart = charts.completion_bullets(_city({"target": 10}), words)
    assert list(chart.data[0].x) == []
    (track,) = chart.layout.shapes
    assert (track.line.dash, track.fillcolor) == ("dash", "rgba(0,0,0,0)")
    assert "chưa có số liệu" in _texts(chart)


def test_bullets_come_worst_first_and_say_the_same_in_words(words: Words) -> None:
    said = charts.completion_bullets_words(_city(*MIXED), words)
    order = [said.index(word) for word in ("chưa đạt", "chưa báo cáo", "● đạt", "vượt")]
    assert order == sorted(order)
    for piece in ("5/10\u00a0mô hình", "50\u00a0%", "35/10", "350\u00a0%"):
        assert piece in said


def test_figures_nobody_asked_for_are_not_in_the_bullets(words: Words) -> None:
    untargeted = {"result": 3, "indicator": "LATEST"}
    chart = charts.completion_bullets(_city(untargeted, *MIXED[:1]), words)
    assert len(chart.data[0].x) == 1


def test_a_name_is_text_and_leads_where_it_is_told(words: Words) -> None:
    rows = _city({"target": 10, "result": 5}).assign(name='<b>"A&B"</b>')
    chart = charts.completion_bullets(rows, words, link=lambda row: f"card?unit={row['unit']}")
    said = _texts(chart)
    assert '&lt;b&gt;"A&amp;B"&lt;/b&gt;' in said  # plotly knows no name for a quote
    assert chart.data[0].hovertext[0].startswith('&lt;b&gt;"A&amp;B"&lt;/b&gt;<br>')
    assert '<a href="card?unit=CITY"' in said


def test_what_is_no_name_any_more_is_cut_and_leaves_the_state(words: Words) -> None:
    rows = _city({"target": 10, "result": 5}).assign(name="dài" * 3334, measure="m" * 10_000)
    chart = charts.completion_bullets(rows, words)
    assert chart.layout.height < 300
    assert max(map(len, _texts(chart).split("<br>"))) < 250
    assert "chưa đạt" in _texts(chart)
    assert len(chart.data[0].hovertext[0]) < 400


def test_a_long_name_is_broken_and_never_cut(words: Words) -> None:
    long = "Xã, phường, thị trấn được công nhận đạt chuẩn nông thôn mới nâng cao trong năm"
    chart = charts.completion_bullets(_city({"target": 10, "result": 5}).assign(name=long), words)
    assert long in _texts(chart).replace("<br>", " ")
    shorter = charts.completion_bullets(_city({"target": 10, "result": 5}), words)
    assert chart.layout.height > shorter.layout.height


def test_areas_have_a_block_for_each_figure(words: Words) -> None:
    rows = _city(*MIXED)
    chart = charts.area_blocks(rows, CATALOGUE, words)
    (blocks,) = chart.data
    assert len(blocks.x) == len(rows)
    assert sorted(blocks.text) == sorted(LOOKS[State(state)].sign for state in rows["state"])
    assert set(blocks.marker.color) == {LOOKS[State(state)].light for state in rows["state"]}
    said = charts.area_blocks_words(rows, CATALOGUE, words)
    assert said == "Lĩnh vực A: 1 chưa đạt, 1 chưa báo cáo, 1 đạt, 1 vượt"


def test_every_chart_has_vietnamese_separators_and_both_themes(words: Words) -> None:
    rows = _city(*MIXED)
    for theme in (charts.LIGHT, charts.DARK):
        for chart in (
            charts.completion_bullets(rows, words, theme),
            charts.area_blocks(rows, CATALOGUE, words, theme),
            charts.state_strip(state_counts(rows), words, theme),
        ):
            assert chart.layout.separators == ",."
            assert chart.layout.font.color == theme.ink


def test_charts_of_nothing_can_be_drawn(words: Words) -> None:
    empty = _city()
    assert charts.completion_bullets(empty, words).layout.height > 0
    assert charts.area_blocks(empty, CATALOGUE, words).layout.height > 0
    assert charts.completion_bullets_words(empty, words) == ""
