"""The trend: result and target of one figure over the years, as columns to target marks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import Sketch, bare, fills, plain, value_line, why_lines
from danvan.charts.theme import LIGHT, Theme
from danvan.rows import Row, known, rows_of
from danvan.states import LOOKS, State
from danvan.wording import Words, number

HEIGHT = 270  # pixels
HALF = 0.42  # of a year's width, to either side of its middle
HEAD = 1.22  # of the highest: room for the numbers above the columns
LIFT = 0.015  # of the highest: between a target line and the number above it
MOST_LETTERS = 46  # of all numbers together that a phone shows beside each other
RESTATED = "*"


def trend_columns(
    years: pd.DataFrame,
    words: Words,
    theme: Theme = LIGHT,
    height: int = HEIGHT,
    top: float | None = None,
) -> go.Figure:
    """A column for each year's result, a line for its target, a dashed one for its first target.

    `years` holds a row a year (completion.restated). A year without a result is a dashed outline
    as high as its target. `top` is the highest value of all charts that are read together.
    """
    rows = rows_of(years.sort_values("year"))
    highest = (top if top is not None else top_of(years)) or 1.0
    told = [(x, row) for x, row in enumerate(rows) if known(row["result"])]
    sketch = Sketch()
    _columns(sketch, told, words, theme)
    sketch.chart.add_scatter(
        x=[x for x, _ in told],
        y=[_head(row) + LIFT * highest for _, row in told],
        mode="text",
        text=_labels([row for _, row in told], len(rows)),
        textposition="top center",
        textfont={"size": 13, "color": theme.ink},
        cliponaxis=False,
        hoverinfo="skip",
    )
    for x, row in enumerate(rows):
        _aims(sketch, x, row, highest, theme)
    chart = bare(sketch, theme, height)
    chart.update_layout(margin={"l": 0, "r": 0, "t": 4, "b": 26})
    _name_years(chart, rows, theme)
    lowest = min([row["result"] for _, row in told] + [0])
    chart.update_yaxes(range=[HEAD * lowest, HEAD * highest])
    return chart


def trend_columns_words(years: pd.DataFrame, words: Words) -> str:
    """The trend for a reader who cannot see it."""
    rows = rows_of(years.sort_values("year"))
    return "; ".join(f"{row['year']}: {_line(row, words)}" for row in rows)


def top_of(years: pd.DataFrame) -> float:
    """The highest result or target, 0 at least: charts that share it can be compared by eye."""
    highest = years[["result", "target", "first_target", "lower", "upper"]].max().max()
    return max(float(highest), 0.0) if known(highest) else 0.0


def _columns(sketch: Sketch, told: Sequence[tuple[int, Row]], words: Words, theme: Theme) -> None:
    """A column for each result, its state's sign at its foot."""
    looks = [LOOKS[State(row["state"])] for _, row in told]
    sketch.chart.add_bar(
        x=[x for x, _ in told],
        y=[row["result"] for _, row in told],
        width=2 * HALF - 0.12,
        marker=fills([row for _, row in told], theme),
        text=[look.sign for look in looks],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        textfont={"size": 13, "color": [theme.ink_on(look) for look in looks]},
        hovertext=[_said(row, words) for _, row in told],
        hoverinfo="text",
    )


def _name_years(chart: go.Figure, rows: Sequence[Row], theme: Theme) -> None:
    chart.update_xaxes(
        visible=True,
        tickvals=list(range(len(rows))),
        ticktext=[_year(row) for row in rows],
        tickfont={"size": 13, "color": theme.muted},
        range=[-0.5, len(rows) - 0.5],
        showgrid=False,
        zeroline=False,
        showline=True,
        linecolor=theme.muted,
    )


def _aims(sketch: Sketch, x: int, row: Row, highest: float, theme: Theme) -> None:
    """The year's targets; an outline where there is no result."""
    if not known(row["result"]) and row["state"] != State.NOT_APPLICABLE:
        aim = row["target"] if known(row["target"]) and row["target"] > 0 else highest / 3
        dashes = {"width": 1.5, "dash": "dash", "color": theme.muted}
        edges = {"x0": x - HALF + 0.06, "x1": x + HALF - 0.06}
        sketch.shape(type="rect", **edges, y0=0, y1=aim, line=dashes)
        look = LOOKS[State(row["state"])].sign if row["state"] else "–"
        text = {"text": look, "showarrow": False, "font": {"size": 14, "color": theme.muted}}
        sketch.write(x=x, y=aim / 2, **text)
    for name in ("target", "lower", "upper"):
        if known(row[name]):
            _level(sketch, x, row[name], theme, "solid")
    if known(row["first_target"]) and row["first_target"] != row["target"]:
        _level(sketch, x, row["first_target"], theme, "dot")


def _level(sketch: Sketch, x: int, y: float, theme: Theme, dash: str) -> None:
    line = {"color": theme.mark, "width": 3 if dash == "solid" else 2, "dash": dash}
    sketch.shape(type="line", x0=x - HALF, x1=x + HALF, y0=y, y1=y, line=line)


def _head(row: Row) -> float:
    """Where the number stands: above the column, and above a target that is higher."""
    aims = [row[name] for name in ("target", "lower", "upper") if known(row[name])]
    return float(max([row["result"], *aims, 0]))


def _labels(rows: Sequence[Row], years: int) -> list[str]:
    """The number above each column; only the last, the highest and the lowest where all would
    run into each other on a phone.
    """
    texts = [_number(row) for row in rows]
    if not texts or max(map(len, texts)) * years <= MOST_LETTERS:
        return texts
    results = [row["result"] for row in rows]
    shown = {len(rows) - 1, results.index(max(results)), results.index(min(results))}
    return [text if place in shown else "" for place, text in enumerate(texts)]


def _number(row: Row) -> str:
    aim = row["target"] if known(row["target"]) else None
    return number(row["result"], int(row["decimals"]), beside=aim)


def _year(row: Row) -> str:
    return f"{row['year']}{RESTATED}" if row["restated"] else str(row["year"])


def _line(row: Row, words: Words) -> str:
    text = value_line(row, words)
    return f"{text} · {words('trend.restated')}" if row["restated"] else text


def _said(row: Row, words: Words) -> str:
    lines = (str(row["year"]), _line(row, words), *why_lines(row, words))
    return "<br>".join(map(plain, lines))
