"""Deadlines: a line along the year for each task, with its last day and the day it was finished."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from danvan.charts.drawing import Line, Link, Sketch, bare, cut, plain, stacked
from danvan.charts.theme import LIGHT, Theme
from danvan.findings import finished_late, task_word
from danvan.rows import Row, rows_of
from danvan.states import TASK_LOOKS, Look
from danvan.wording import Words, day

TRACK = 12  # pixels
HEAD = 26  # pixels of the months above
DOT = 13
LONGEST = 46  # characters below a title that a phone shows in one line


def deadline_lines(
    tasks: pd.DataFrame,
    on: date,
    year: int,
    words: Words,
    theme: Theme = LIGHT,
    link: Link | None = None,
) -> go.Figure:
    """A track for each task that has a last day, in the order given (danvan.registers.with_keys).

    An empty dot is the last day, a filled one the day it was finished; a line runs from the last
    day on to that day, or to the day that it is judged on while it is overdue. The upright line is
    the day it is judged on, left out where that is after the last month shown.
    """
    rows = rows_of(tasks)
    sketch = Sketch()
    lines = [
        Line(row["name"], _short(row, words), link(row) if link else "", strong=False)
        for row in rows
    ]
    places, height = stacked(sketch, lines, theme, TRACK)
    first, last = _months(rows, on, year)
    for y, row in zip(places, rows, strict=True):
        _track(sketch, y, row, (first, last), on, theme)
    _dots(sketch, places, rows, words, theme)
    _axis(sketch, first, last, on, height, words, theme)
    sketch.chart.update_xaxes(range=[str(first), str(last)], type="date")
    sketch.chart.update_yaxes(range=[height, -HEAD])
    return bare(sketch, theme, height + HEAD)


def deadline_lines_words(tasks: pd.DataFrame, words: Words) -> str:
    """The tracks for a reader who cannot see them."""
    return "; ".join(f"{row['name']}: {_value(row, words)}" for row in rows_of(tasks))


def _short(row: Row, words: Words) -> str:
    """Where it stands and who is in charge: its last day is what is drawn."""
    look = TASK_LOOKS[row["of_standing"]]
    said = f"{look.sign} {task_word(row, words)}"
    return cut(f"{said} · {row['owner']}" if row["owner"] else said, LONGEST)


def _value(row: Row, words: Words) -> str:
    """Where it stands, its last day, and who is in charge."""
    look = TASK_LOOKS[row["of_standing"]]
    due = words("tasks.due", day=day(row["due"]))
    said = [f"{look.sign} {task_word(row, words)}", due]
    return " · ".join([*said, *([row["owner"]] if row["owner"] else [])])


def _months(rows: Sequence[Row], on: date, year: int) -> tuple[date, date]:
    """The year, and as many months beyond it as the tasks' days need."""
    days = [row["due"].date() for row in rows]
    days += [finished for row in rows if (finished := _finished(row))]
    begin = min([date(year, 1, 1), *days]).replace(day=1)
    end = max([date(year, 12, 31), *days, *([on] if on.year == year else [])])
    return begin, end.replace(day=monthrange(end.year, end.month)[1]) + timedelta(days=1)


def _finished(row: Row) -> date | None:
    late = finished_late(row)
    if row["of_standing"] != "done" or late is None:
        return None
    return (row["due"] + pd.Timedelta(days=late)).date()  # type: ignore[no-any-return]


def _track(
    sketch: Sketch, y: float, row: Row, months: tuple[date, date], on: date, theme: Theme
) -> None:
    """The empty track, and the time by which the task is or was late."""
    first, last = months
    sketch.shape(
        type="rect", x0=str(first), x1=str(last), y0=y - TRACK / 2, y1=y + TRACK / 2,
        layer="below", fillcolor=theme.track, line={"width": 0},
    )  # fmt: skip
    due, finished = row["due"].date(), _finished(row)
    end = finished or (min(on, last) if row["of_standing"] == "overdue" else None)
    if end and end > due:
        look = TASK_LOOKS["overdue"]
        line = {"color": theme.surface(look), "width": 4}
        sketch.shape(type="line", x0=str(due), x1=str(end), y0=y, y1=y, line=line)


def _dots(
    sketch: Sketch, places: Sequence[float], rows: Sequence[Row], words: Words, theme: Theme
) -> None:
    """The last days as empty dots, the days of finishing as filled ones; one trace for each kind."""
    due = [(y, row, row["due"].date()) for y, row in zip(places, rows, strict=True)]
    done = [(y, row, day) for y, row, _ in due if (day := _finished(row))]
    _scatter(sketch, due, [theme.paper] * len(due), words, theme)
    _scatter(sketch, done, [_surface(row, theme) for _, row, _ in done], words, theme)


def _scatter(
    sketch: Sketch,
    dots: Sequence[tuple[float, Row, date]],
    colours: Sequence[str],
    words: Words,
    theme: Theme,
) -> None:
    outline: dict[str, Any] = {"width": 2, "color": [_surface(row, theme) for _, row, _ in dots]}
    sketch.chart.add_scatter(
        x=[str(day) for *_, day in dots],
        y=[y for y, *_ in dots],
        mode="markers",
        cliponaxis=False,
        marker={"size": DOT, "color": list(colours), "line": outline},
        hovertext=[f"{plain(row['name'])}<br>{plain(_value(row, words))}" for _, row, _ in dots],
        hoverinfo="text",
    )


def _surface(row: Row, theme: Theme) -> str:
    look: Look = TASK_LOOKS[row["of_standing"]]
    return theme.surface(look)


def _axis(
    sketch: Sketch, first: date, last: date, on: date, height: int, words: Words, theme: Theme
) -> None:
    """The months above the tracks, and the day on which the tasks are judged."""
    months = pd.date_range(first, last - timedelta(days=1), freq="MS")
    step = 1 + len(months) // 13  # of many months only some are named
    for at, begins in enumerate(months):
        if at % step == 0:
            name = words("tasks.month", month=begins.month)
            name = name if begins.year == months[-1].year else f"{begins:%m/%y}"
            sketch.write(
                x=str(begins.date()), y=-HEAD, xref="x", xanchor="left", yanchor="top", text=name,
                showarrow=False, borderpad=0, font={"size": 12, "color": theme.muted},
            )  # fmt: skip
    if first <= on < last:
        line = {"color": theme.mark, "width": 2, "dash": "dot"}
        sketch.shape(
            type="line", x0=str(on), x1=str(on), y0=-4, y1=height, layer="below", line=line
        )
