"""Bullets: a bar to a target mark for every figure somebody has to answer for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import (
    Line,
    Link,
    Sketch,
    bare,
    empty_track,
    fills,
    hover,
    mark,
    stacked,
    value_line,
)
from danvan.charts.theme import LIGHT, Theme
from danvan.completion.over_periods import has_target
from danvan.findings import name
from danvan.rows import Row, known, rows_of
from danvan.states import ASKED, State
from danvan.wording import Words

AXIS_END = 125  # percent: a bar that goes further stops there with a break mark
BAR = 16  # pixels
CHIP = 6  # percent of the axis: a figure that no percentage fits is a chip, not a bar


def completion_bullets(
    measured: pd.DataFrame, words: Words, theme: Theme = LIGHT, link: Link | None = None
) -> go.Figure:
    """A bar to a target mark for every figure somebody has to answer for, the worst first.

    Each row says name, figure, ratio and state in text above its bar; `link` makes the name lead
    somewhere. A missing figure has a dashed, empty track: never a bar of length 0.
    """
    rows = worst_first(measured)
    sketch = Sketch()
    lines = [
        Line(name(row, words), value_line(row, words), link(row) if link else "") for row in rows
    ]
    places, height = stacked(sketch, lines, theme, BAR)
    drawn = [(y, row) for y, row in zip(places, rows, strict=True) if _length(row) is not None]
    _tracks(sketch, places, rows, theme)
    sketch.chart.add_bar(
        y=[y for y, _ in drawn],
        x=[_length(row) for _, row in drawn],
        width=BAR,
        orientation="h",
        marker=fills([row for _, row in drawn], theme),
        hovertext=[hover(row, words) for _, row in drawn],
        hoverinfo="text",
    )
    for y, row in drawn:
        if known(row["ratio"]):
            mark(sketch, 100, y, BAR, theme)
        if known(row["ratio"]) and 100 * row["ratio"] > AXIS_END:
            _break_mark(sketch, y, theme)
    sketch.chart.update_xaxes(range=[0, AXIS_END])
    sketch.chart.update_yaxes(range=[height, 0])
    return bare(sketch, theme, height)


def completion_bullets_words(measured: pd.DataFrame, words: Words) -> str:
    """The bullets for a reader who cannot see them."""
    return "; ".join(
        f"{name(row, words)}: {value_line(row, words)}" for row in worst_first(measured)
    )


def worst_first(measured: pd.DataFrame) -> list[dict[str, Any]]:
    """Figures that were asked for, as rows: missed, near, not reported, then what is reached."""
    asked = measured[measured["state"].isin(ASKED) & has_target(measured)]
    rank = asked["state"].map({str(state): place for place, state in enumerate(State)})
    order = asked.assign(rank=rank).sort_values(["rank", "ratio"], kind="stable")
    return rows_of(order.drop(columns="rank"))


def _tracks(sketch: Sketch, places: Iterable[float], rows: Iterable[Row], theme: Theme) -> None:
    for y, row in zip(places, rows, strict=True):
        if known(row["ratio"]):
            sketch.shape(
                type="rect",
                x0=0,
                x1=AXIS_END,
                y0=y - BAR / 2,
                y1=y + BAR / 2,
                layer="below",
                fillcolor=theme.track,
                line={"width": 0},
            )
        elif _length(row) is None:
            empty_track(sketch, AXIS_END, y, BAR, theme)


def _break_mark(sketch: Sketch, y: float, theme: Theme) -> None:
    """Two slanted cuts: the bar goes on beyond the edge."""
    for x in (AXIS_END - 5, AXIS_END - 3.4):
        line = {"color": theme.paper, "width": 3}
        sketch.shape(type="line", x0=x, x1=x + 1, y0=y + BAR * 0.7, y1=y - BAR * 0.7, line=line)


def _length(row: Row) -> float | None:
    """How far the bar goes in percent; None where there is nothing to draw."""
    if known(row["ratio"]):
        return float(min(max(100 * row["ratio"], 0), AXIS_END))
    return CHIP if known(row["result"]) else None
