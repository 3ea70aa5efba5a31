"""Ranks and funnel: bars as long as what they say."""

from __future__ import annotations

from math import nan

import pandas as pd
import pytest

from danvan import charts
from danvan.charts import Theme
from danvan.completion import ranked
from danvan.wording import Words
from tests.making import CATALOGUE, WARDS

STATES = pd.DataFrame(
    [
        ("W1", "met"),
        ("W1", "missed"),
        ("W2", "met"),
        ("W2", "exceeded"),
        ("W3", "near"),
        ("W3", "missed"),
        ("W3", "missed"),
    ],
    columns=["unit", "state"],
).assign(target=1.0, lower=nan, upper=nan)
THEMES = pytest.mark.parametrize("theme", [charts.LIGHT, charts.DARK], ids=["light", "dark"])


@THEMES
def test_the_unit_itself_stands_out_among_its_like(words: Words, theme: Theme) -> None:
    told = ranked(STATES, WARDS)
    chart = charts.rank_bars(told, "W1", CATALOGUE, words, theme, lambda row: f"u={row['unit']}")
    (bars,) = chart.data
    assert list(bars.x) == [1, 0.5, 0]
    assert list(bars.marker.color) == [theme.rest, theme.link, theme.rest]
    assert (chart.layout.separators, chart.layout.font.color) == (",.", theme.ink)
    texts = " ".join(note.text for note in chart.layout.annotations)
    assert "u=W2" in texts
    assert "u=W1" not in texts
    assert "<b>2. Phường 1</b>" in texts
    assert charts.rank_bars_words(told, CATALOGUE, words) == (
        "1. Phường 2: 2/2 · 100\u00a0%; 2. Phường 1: 1/2 · 50\u00a0%; 3. Phường 3: 0/3 · 0\u00a0%"
    )


COUNTS = {"registered": 1200, "recognised": 300, "outstanding": 0, "rewarded": 0}


@THEMES
def test_a_stage_is_as_long_as_those_who_came_so_far(words: Words, theme: Theme) -> None:
    chart = charts.register_funnel(COUNTS, words, theme)
    assert list(chart.data[0].x) == [1200, 300, 0, 0]
    assert list(chart.layout.xaxis.range) == [0, 1200]
    assert (chart.layout.separators, chart.layout.font.color) == (",.", theme.ink)
    assert charts.register_funnel_words(COUNTS, words) == (
        "Đăng ký: 1.200; Công nhận: 300 · 25\u00a0%; "
        "Tiêu biểu, nhân rộng: 0 · 0\u00a0%; Khen thưởng: 0 · 0\u00a0%"
    )


def test_nothing_can_be_drawn(words: Words) -> None:
    for counts in ({}, dict.fromkeys(COUNTS, 0)):
        assert charts.register_funnel(counts, words).layout.height > 0
    none = ranked(STATES[:0], WARDS)
    assert charts.rank_bars(none, "W1", CATALOGUE, words).layout.height > 0
    assert charts.rank_bars_words(none, CATALOGUE, words) == ""
