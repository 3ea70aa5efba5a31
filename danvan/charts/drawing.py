"""What all charts share: a frame without axes, fills by state, and text that is never markup.

Rows of text above their bars are laid out in pixels, so that the same figure works at any
width: nothing stands beside a bar that a phone would have to cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from danvan.charts.theme import FONT, Theme
from danvan.findings import explanation_word, figure, name, ratio, register_mark
from danvan.rows import Row, known
from danvan.states import LOOKS, Look, State
from danvan.wording import Words

NAME, VALUE, GAP, CLOSE = 22, 21, 22, 14  # heights in pixels
LEAST = 10  # plotly draws nothing lower
LINE_LENGTH = 46  # characters of a name that a phone of 390 px shows in one line
WHY_LENGTH = 60  # characters of an explanation in a line of a hover
MOST_LINES = 4  # of a name; nobody reads further in a chart
ONE_LINE = 42  # characters of a title and a value that a phone shows beside each other
LONGEST = 60  # characters of a figure with its measure
Link = Callable[[Row], str]


def value_line(row: Row, words: Words) -> str:
    """Figure, ratio and state: "23/23 nhiệm vụ · 100 % · ● đạt"."""
    mark = register_mark(row, words)
    said = [cut(figure(row, words), LONGEST), *([mark] if mark else []), *standing(row, words)]
    return " · ".join(said)


def standing(row: Row, words: Words) -> list[str]:
    """What a figure is worth: its ratio and its state, as far as it has them."""
    said = [ratio(row)] if known(row["ratio"]) else []
    if row["state"]:
        state = State(row["state"])
        said.append(f"{LOOKS[state].sign} {words(f'state.{state}')}")
    return said


def hover(row: Row, words: Words) -> str:
    lines = (cut(name(row, words), MOST_LINES * LINE_LENGTH), value_line(row, words))
    return "<br>".join(map(plain, (*lines, *why_lines(row, words))))


def why_lines(row: Row, words: Words) -> list[str]:
    """What explains a figure, in lines for a hover."""
    return wrap(explanation_word(row, words), WHY_LENGTH)


def plain(text: str) -> str:
    """Text that plotly shows as it is: it knows <, > and & as names, and no quotes."""
    return escape(text, quote=False)


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


class Sketch:
    """A chart in the making. Texts and shapes are given to it all at once in the end: plotly looks
    anew at every one it has with each one more.
    """

    def __init__(self) -> None:
        self.chart = go.Figure()
        self._texts: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []

    def write(self, **text: Any) -> None:
        """Add a text, as plotly's annotations are."""
        self._texts.append(text)

    def shape(self, **shape: Any) -> None:
        """Add a line or a rectangle."""
        self._shapes.append(shape)

    def finished(self) -> go.Figure:
        """The chart with everything in it."""
        return self.chart.update_layout(annotations=self._texts, shapes=self._shapes)


@dataclass(frozen=True, slots=True)
class Line:
    """What is written above a bar: a title that may lead somewhere, and a value."""

    title: str
    value: str
    address: str = ""
    strong: bool = True


def stacked(
    sketch: Sketch, lines: Sequence[Line], theme: Theme, bar: int, *, beside: bool = False
) -> tuple[list[float], int]:
    """Write the lines, each above its bar; return the middle of each bar, and the height.

    `beside` puts a short title and a short value on one line.
    """
    places, top = [], 0
    for line in lines:
        title = wrap(line.title, LINE_LENGTH, max_lines=MOST_LINES, placeholder="…") or [""]
        _write(sketch, top, _title(line, title, theme), theme.ink, 15)
        value = plain(line.value)
        if beside and len(line.title) + len(line.value) <= ONE_LINE:
            _write(sketch, top + 1, value, theme.muted, 14, at="right")
            top += NAME + 2
        else:
            top += NAME * len(title)
            _write(sketch, top, value, theme.muted, 14)
            top += VALUE + 4
        places.append(top + bar / 2)
        top += bar + (CLOSE if beside else GAP)
    return places, max(top - (CLOSE if beside else GAP) + 4, LEAST)


def _title(line: Line, lines: Sequence[str], theme: Theme) -> str:
    title = "<br>".join(map(plain, lines))
    title = f"<b>{title}</b>" if line.strong else title
    if not line.address:
        return title
    style = f"color:{theme.link}"
    return f'<a href="{escape(line.address)}" target="_self" style="{style}">{title}</a>'


def _write(sketch: Sketch, top: int, text: str, colour: str, size: int, at: str = "left") -> None:
    sketch.write(
        x=0 if at == "left" else 1,
        y=top,
        xref="paper",
        xanchor=at,
        yanchor="top",
        align=at,
        text=text,
        showarrow=False,
        captureevents=True,  # else a link in the text cannot be clicked
        borderpad=0,
        font={"size": size, "color": colour},
    )


def mark(sketch: Sketch, x: float, y: float, bar: int, theme: Theme, dash: str = "solid") -> None:
    """The upright line of a target across its bar."""
    line = {"color": theme.mark, "width": 3 if dash == "solid" else 2, "dash": dash}
    sketch.shape(type="line", x0=x, x1=x, y0=y - bar * 0.85, y1=y + bar * 0.85, line=line)


def empty_track(sketch: Sketch, end: float, y: float, bar: int, theme: Theme) -> None:
    """A dashed outline where a figure is missing: never a bar of length 0."""
    sketch.shape(
        type="rect",
        x0=0,
        x1=end,
        y0=y - bar / 2,
        y1=y + bar / 2,
        layer="below",
        fillcolor="rgba(0,0,0,0)",
        line={"width": 1.5, "dash": "dash", "color": theme.muted},
    )


def fills(rows: Sequence[Row], theme: Theme) -> dict[str, Any]:
    """The colour and pattern of each row's state."""
    return filled([LOOKS[State(row["state"])] for row in rows], theme)


def filled(looks: Sequence[Look], theme: Theme, line: int = 0) -> dict[str, Any]:
    """Colours and patterns of bars of one trace: plotly draws a trace for each much slower."""
    colours = [theme.surface(look) for look in looks]
    return {
        "color": colours,
        "line": {"width": line, "color": theme.paper},
        "pattern": {
            "shape": [look.shape for look in looks],
            "fgcolor": theme.muted,
            "bgcolor": colours,
            "size": 7,
            "solidity": 0.2,
        },
    }


def bare(sketch: Sketch, theme: Theme, height: int) -> go.Figure:
    """No axes, no legend, no margins: the words are in the chart itself."""
    sketch.chart.update_xaxes(visible=False, fixedrange=True)
    sketch.chart.update_yaxes(visible=False, fixedrange=True)
    sketch.chart.update_layout(
        template="none",
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        dragmode=False,
        separators=",.",
        font={"family": FONT, "color": theme.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"font": {"family": FONT, "size": 14}, "align": "left"},
    )
    return sketch.finished()
