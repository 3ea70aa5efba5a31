"""The sparkline: how a figure went over the years, as small as a word."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import bare
from danvan.charts.theme import LIGHT, Theme
from danvan.findings import figure
from danvan.rows import rows_of
from danvan.wording import Words

HEIGHT = 66  # pixels
ROOM = 0.35  # of the span, above and below the line


def sparkline(years: pd.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """A line over the years with its ends named; a year without a figure leaves a gap."""
    if years.empty:
        return bare(go.Figure(), theme, HEIGHT)
    rows = _every_year(years)
    told = rows[rows["result"].notna()]
    chart = go.Figure()
    line = {"color": theme.muted, "width": 2}
    chart.add_scatter(x=rows["year"], y=rows["result"], mode="lines+markers", line=line,
                      marker={"size": 4}, hoverinfo="skip", connectgaps=False)  # fmt: skip
    ends = told.tail(1)
    chart.add_scatter(x=ends["year"], y=ends["result"], mode="markers", hoverinfo="skip",
                      marker={"size": 9, "color": theme.link})  # fmt: skip
    bare(chart, theme, HEIGHT)
    chart.update_layout(margin={"l": 6, "r": 6, "t": 0, "b": 20})
    first, last = int(rows["year"].min()), int(rows["year"].max())
    chart.update_xaxes(
        visible=True,
        range=[first - 0.3, last + 0.3],
        tickvals=[first, last],
        ticktext=[str(first), str(last)],
        tickfont={"size": 13, "color": theme.muted},
        showgrid=False,
        zeroline=False,
    )
    low, high = (told["result"].min(), told["result"].max()) if len(told) else (0, 0)
    room = ROOM * (high - low) or 1
    chart.update_yaxes(range=[low - room, high + room])
    return chart


def _every_year(years: pd.DataFrame) -> pd.DataFrame:
    """The rows in their order, and an empty one for each year between them that has none."""
    between = range(years["year"].min(), years["year"].max() + 1)
    return years.set_index("year").reindex(between).rename_axis("year").reset_index()


def sparkline_words(years: pd.DataFrame, words: Words) -> str:
    """The line for a reader who cannot see it."""
    rows = rows_of(years.sort_values("year"))
    return "; ".join(f"{row['year']}: {figure(row, words)}" for row in rows)
