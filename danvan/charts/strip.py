"""The strip of states: one bar as long as the figures are many."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from danvan.charts.drawing import Sketch, bare, filled
from danvan.charts.theme import LIGHT, Theme
from danvan.states import LOOKS, State
from danvan.wording import Words


def state_strip(counts: Mapping[State, int], words: Words, theme: Theme = LIGHT) -> go.Figure:
    """One bar split by state, as wide as the page; its words stand in the legend below it."""
    looks = [LOOKS[state] for state in counts]
    widths = list(counts.values())
    sketch = Sketch()
    sketch.chart.add_bar(
        x=widths,
        y=[""] * len(widths),
        base=[sum(widths[:place]) for place in range(len(widths))],
        orientation="h",
        marker=filled(looks, theme, line=1),
        text=[look.sign for look in looks],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": [theme.ink_on(look) for look in looks], "size": 15},
        hovertext=[f"{count} {words(f'state.{state}')}" for state, count in counts.items()],
        hoverinfo="text",
    )
    sketch.chart.update_layout(barmode="overlay", bargap=0)
    sketch.chart.update_xaxes(range=[0, max(sum(widths), 1)])
    return bare(sketch, theme, height=30)


def state_strip_words(counts: Mapping[State, int], words: Words) -> str:
    """The strip for a reader who cannot see it."""
    return ", ".join(f"{count} {words(f'state.{state}')}" for state, count in counts.items())
