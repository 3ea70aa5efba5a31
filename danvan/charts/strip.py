"""The strip of states: one bar as long as the figures are many."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from danvan.charts.drawing import bare, fill
from danvan.charts.theme import LIGHT, Theme
from danvan.states import LOOKS, State
from danvan.wording import Words


def state_strip(counts: Mapping[State, int], words: Words, theme: Theme = LIGHT) -> go.Figure:
    """One bar split by state, as wide as the page; its words stand in the legend below it."""
    chart = go.Figure()
    for state, count in counts.items():
        look = LOOKS[state]
        chart.add_bar(
            x=[count],
            y=[""],
            orientation="h",
            name=words(f"state.{state}"),
            marker=fill(look, theme),
            text=[look.sign],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": theme.ink_on(look), "size": 15},
            hovertemplate=f"{count} {words(f'state.{state}')}<extra></extra>",
        )
    total = sum(counts.values())
    chart.update_layout(barmode="stack", bargap=0)
    chart.update_xaxes(range=[0, max(total, 1)])
    return bare(chart, theme, height=30)


def state_strip_words(counts: Mapping[State, int], words: Words) -> str:
    """The strip for a reader who cannot see it."""
    return ", ".join(f"{count} {words(f'state.{state}')}" for state, count in counts.items())
