"""The funnel: how many rows of a register came how far."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from danvan.charts.drawing import Line, Sketch, bare, stacked
from danvan.charts.theme import LIGHT, Theme
from danvan.wording import Words, number, percent

BAR = 18  # pixels


def register_funnel(counts: Mapping[str, int], words: Words, theme: Theme = LIGHT) -> go.Figure:
    """A bar for each stage, as long as the rows that reached it or went beyond."""
    sketch = Sketch()
    stages = list(counts.items())
    lines = [Line(words(f"stage_name.{stage}"), _value(counts, stage)) for stage, _ in stages]
    places, height = stacked(sketch, lines, theme, BAR, beside=True)
    sketch.chart.add_bar(
        y=places,
        x=[count for _, count in stages],
        width=BAR,
        orientation="h",
        marker={"color": theme.link},
        hoverinfo="skip",
    )
    sketch.chart.update_xaxes(range=[0, max([*counts.values(), 1])])
    sketch.chart.update_yaxes(range=[height, 0])
    return bare(sketch, theme, height)


def register_funnel_words(counts: Mapping[str, int], words: Words) -> str:
    """The funnel for a reader who cannot see it."""
    return "; ".join(f"{words(f'stage_name.{stage}')}: {_value(counts, stage)}" for stage in counts)


def _value(counts: Mapping[str, int], stage: str) -> str:
    """The count, and its share of those that began."""
    first = next(iter(counts.values()))
    share = f" · {percent(counts[stage] / first)}" if first and counts[stage] != first else ""
    return number(counts[stage]) + share
