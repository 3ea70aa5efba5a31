"""Areas: one block for each figure, by area, coloured and signed by its state."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import Line, Sketch, bare, filled, hover, stacked
from danvan.charts.strip import state_strip_words
from danvan.charts.theme import LIGHT, Theme
from danvan.completion import state_counts
from danvan.model import Area, Catalogue
from danvan.rows import rows_of
from danvan.states import LOOKS, State
from danvan.wording import Words

BLOCK = 30  # pixels
WIDE = 0.94  # of a block: the rest is the gap to the next


def area_blocks(
    measured: pd.DataFrame, catalogue: Catalogue, words: Words, theme: Theme = LIGHT
) -> go.Figure:
    """One block for each figure, by area, coloured and signed by its state."""
    sketch = Sketch()
    areas = _areas(measured, catalogue)
    lines = [Line(words.name(area), state_strip_words(counts, words)) for area, counts, _ in areas]
    places, height = stacked(sketch, lines, theme, BLOCK)
    blocks = [
        (y, index, row)
        for y, (_, _, figures) in zip(places, areas, strict=True)
        for index, row in enumerate(figures)
    ]
    looks = [LOOKS[State(row["state"])] for *_, row in blocks]
    sketch.chart.add_bar(
        y=[y for y, *_ in blocks],
        x=[WIDE] * len(blocks),
        base=[index for _, index, _ in blocks],
        width=BLOCK,
        orientation="h",
        marker=filled(looks, theme),
        text=[look.sign for look in looks],
        textposition="inside",
        insidetextanchor="middle",
        textfont={"color": [theme.ink_on(look) for look in looks], "size": 14},
        hovertext=[hover(row, words) for *_, row in blocks],
        hoverinfo="text",
    )
    widest = max((index + 1 for _, index, _ in blocks), default=1)
    sketch.chart.update_layout(barmode="overlay")
    sketch.chart.update_xaxes(range=[0, max(widest, 8)])
    sketch.chart.update_yaxes(range=[height, 0])
    return bare(sketch, theme, height)


def area_blocks_words(measured: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The blocks for a reader who cannot see them."""
    return "; ".join(
        f"{words.name(area)}: {state_strip_words(counts, words)}"
        for area, counts, _ in _areas(measured, catalogue)
    )


def _areas(
    measured: pd.DataFrame, catalogue: Catalogue
) -> list[tuple[Area, dict[State, int], list[dict[str, Any]]]]:
    """Areas that have figures, with their counts of states and their rows in the strip's order."""
    stated = measured[measured["state"] != ""]
    rank = stated["state"].map({str(state): place for place, state in enumerate(State)})
    ordered = stated.assign(rank=rank).sort_values("rank", kind="stable")
    areas = [(area, ordered[ordered["area"] == area.code]) for area in catalogue.areas]
    return [(area, state_counts(rows), rows_of(rows)) for area, rows in areas if len(rows)]
