"""Splits: how many rows of a register are of each kind, each bar split by where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from danvan.charts.drawing import Line, Sketch, bare, filled, plain, stacked
from danvan.charts.theme import LIGHT, Theme
from danvan.states import Look
from danvan.wording import number, percent

BAR = 24  # pixels: a number has to stand in it
LEAST_SHARE = 0.09  # of the longest bar: a shorter part has no room for its number


@dataclass(frozen=True, slots=True)
class Split:
    """One bar: its title, which may lead somewhere, and how many rows stand where.

    `of` is how many rows there are of which this is a share.
    """

    title: str
    counts: Mapping[str, int]
    of: int
    address: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def split_bars(
    splits: Sequence[Split],
    looks: Mapping[str, Look],
    names: Mapping[str, str],
    theme: Theme = LIGHT,
) -> go.Figure:
    """A bar for each split, on one scale, its parts in the order of `looks`; `names` are their words."""
    sketch = Sketch()
    lines = [Line(one.title, _value(one), one.address) for one in splits]
    places, height = stacked(sketch, lines, theme, BAR, beside=True)
    longest = max([one.total for one in splits], default=0) or 1
    parts = [
        (y, sum(one.counts.get(k, 0) for k in list(looks)[:at]), one, key)
        for y, one in zip(places, splits, strict=True)
        for at, key in enumerate(looks)
        if one.counts.get(key)
    ]
    counts = [one.counts[key] for *_, one, key in parts]
    sketch.chart.add_bar(
        y=[y for y, *_ in parts],
        x=counts,
        base=[begins for _, begins, *_ in parts],
        width=BAR,
        orientation="h",
        marker=filled([looks[key] for *_, key in parts], theme, line=1),
        text=[
            f"{looks[key].sign} {number(n)}" if n / longest >= LEAST_SHARE else ""
            for n, (*_, key) in zip(counts, parts, strict=True)
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": [theme.ink_on(looks[key]) for *_, key in parts], "size": 13},
        hovertext=[
            plain(f"{one.title}: {number(n)} {names[key]}")
            for n, (*_, one, key) in zip(counts, parts, strict=True)
        ],
        hoverinfo="text",
    )
    sketch.chart.update_layout(barmode="overlay")
    sketch.chart.update_xaxes(range=[0, longest])
    sketch.chart.update_yaxes(range=[height, 0])
    return bare(sketch, theme, height)


def split_bars_words(
    splits: Sequence[Split], looks: Mapping[str, Look], names: Mapping[str, str]
) -> str:
    """The bars for a reader who cannot see them."""
    return "; ".join(
        f"{one.title}: {number(one.total)} ("
        + ", ".join(f"{number(one.counts[k])} {names[k]}" for k in looks if one.counts.get(k))
        + ")"
        for one in splits
    )


def _value(one: Split) -> str:
    """How many, and their share."""
    return f"{number(one.total)} · {percent(one.total / one.of)}" if one.of else number(one.total)
