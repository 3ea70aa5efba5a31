"""Ranks: a unit among its like, by the share of its figures that is reached."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import Line, Link, Sketch, bare, stacked
from danvan.charts.theme import LIGHT, Theme
from danvan.model import Catalogue
from danvan.rows import Row, rows_of
from danvan.wording import Words, percent

BAR = 12  # pixels


def rank_bars(
    ranked: pd.DataFrame,
    unit: str,
    catalogue: Catalogue,
    words: Words,
    theme: Theme = LIGHT,
    link: Link | None = None,
) -> go.Figure:
    """A bar for each unit of what completion.ranked returns; the unit itself stands out."""
    rows = rows_of(ranked)
    sketch = Sketch()
    lines = [
        Line(
            _title(row, catalogue, words),
            rank_words(row, words),
            link(row) if link and row["unit"] != unit else "",
            strong=row["unit"] == unit,
        )
        for row in rows
    ]
    places, height = stacked(sketch, lines, theme, BAR, beside=True)
    sketch.chart.add_bar(
        y=places,
        x=[row["share"] for row in rows],
        width=BAR,
        orientation="h",
        marker={"color": [theme.link if row["unit"] == unit else theme.rest for row in rows]},
        hoverinfo="skip",
    )
    sketch.chart.update_xaxes(range=[0, 1])
    sketch.chart.update_yaxes(range=[height, 0])
    return bare(sketch, theme, height)


def rank_bars_words(ranked: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The ranks for a reader who cannot see them."""
    return "; ".join(
        f"{_title(row, catalogue, words)}: {rank_words(row, words)}" for row in rows_of(ranked)
    )


def _title(row: Row, catalogue: Catalogue, words: Words) -> str:
    return f"{row['rank']}. {words.name(catalogue.unit[row['unit']])}"


def rank_words(row: Row, words: Words) -> str:
    """What a unit's rank is told by: "14/18 · 77,8 %"."""
    reached = words("rank.reached", reached=row["reached"], asked=row["asked"])
    return f"{reached} · {percent(row['share'])}"
