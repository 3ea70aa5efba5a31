"""Parts: the units of one figure beside each other, each as a bar to its own target mark."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import (
    Line,
    Link,
    Sketch,
    bare,
    cut,
    empty_track,
    fills,
    hover,
    mark,
    stacked,
    standing,
)
from danvan.charts.theme import LIGHT, Theme
from danvan.findings import figure
from danvan.model import Catalogue
from danvan.rows import Row, known, rows_of
from danvan.states import ASKED, TROUBLED, State
from danvan.wording import Words

BAR = 12  # pixels
LONGEST = 34  # characters of a value


def unit_bars(
    parts: pd.DataFrame,
    catalogue: Catalogue,
    words: Words,
    theme: Theme = LIGHT,
    link: Link | None = None,
) -> go.Figure:
    """A bar for each unit's result and a mark for its target, on one scale, most missing first.

    `parts` holds one indicator's rows of one period. A figure that is missing is a dashed
    outline up to its target, or as wide as the chart where that would be no width.
    """
    rows = most_missing_first(parts)
    sketch = Sketch()
    lines = [
        Line(words.name(catalogue.unit[row["unit"]]), _value(row, words), link(row) if link else "")
        for row in rows
    ]
    places, height = stacked(sketch, lines, theme, BAR, beside=True)
    told = [(y, row) for y, row in zip(places, rows, strict=True) if known(row["result"])]
    sketch.chart.add_bar(
        y=[y for y, _ in told],
        x=[row["result"] for _, row in told],
        width=BAR,
        orientation="h",
        marker=fills([row for _, row in told], theme),
        hovertext=[hover(row, words) for _, row in told],
        hoverinfo="text",
    )
    end = _end(parts)
    for y, row in zip(places, rows, strict=True):
        if not known(row["result"]) and row["state"] != State.NOT_APPLICABLE:
            aim = row["target"] if known(row["target"]) and row["target"] > 0 else end
            empty_track(sketch, aim, y, BAR, theme)
        for aim in ("target", "lower", "upper"):
            if known(row[aim]):
                mark(sketch, row[aim], y, BAR, theme)
    sketch.chart.update_xaxes(range=[min(0.0, float(parts["result"].min() or 0)), end * 1.01])
    sketch.chart.update_yaxes(range=[height, 0])
    return bare(sketch, theme, height)


def unit_bars_words(parts: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The bars for a reader who cannot see them."""
    return "; ".join(
        f"{words.name(catalogue.unit[row['unit']])}: {_value(row, words)}"
        for row in most_missing_first(parts)
    )


def most_missing_first(parts: pd.DataFrame) -> list[dict[str, Any]]:
    """The units with the largest gap first, then those without a report, then the others."""
    gap = (parts["target"] - parts["result"]).abs().where(parts["state"].isin(TROUBLED))
    rank = parts["state"].map(lambda state: _rank(state))
    order = parts.assign(gap=-gap.fillna(0), rank=rank)
    ordered = order.sort_values(["rank", "gap", "ratio"], kind="stable")
    return rows_of(ordered.drop(columns=["rank", "gap"]))


def _rank(state: str) -> int:
    if state in (State.MISSED, State.NEAR):
        return 0
    if state == State.NOT_REPORTED:
        return 1
    return 2 if state in ASKED else 3


def _value(row: Row, words: Words) -> str:
    """Short, for one line: "3/5 · 60 % · ▼ chưa đạt"."""
    said = cut(figure(row, words, with_measure=False), LONGEST)
    return " · ".join([said, *standing(row, words)])


def _end(parts: pd.DataFrame) -> float:
    highest = parts[["result", "target", "lower", "upper"]].max().max()
    return float(highest) if known(highest) and highest > 0 else 1.0
