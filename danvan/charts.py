"""Drawn: frame → figure, and the same in words. Nothing is read and nothing is shown here.

Rows of text above their bars are laid out in pixels, so that the same figure works at any
width: nothing stands beside a bar that a phone would have to cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from danvan.completion import state_counts
from danvan.findings import figure, name
from danvan.model import Area, Catalogue
from danvan.rows import Row, known, rows_of
from danvan.states import ASKED, JUDGED, LOOKS, Look, State
from danvan.wording import Words, percent

AXIS_END = 125  # percent: a bar that goes further stops there with a break mark
NAME, VALUE, BAR, GAP = 22, 21, 16, 22  # heights in pixels
BLOCK = 30
LEAST = 10  # plotly draws nothing lower
CHIP = 6  # percent of the axis: a judged figure that no percentage fits is a chip, not a bar
LINE_LENGTH = 46  # characters of a name that a phone of 390 px shows in one line
MOST_LINES = 4  # of a name; nobody reads further in a chart
LONGEST = 60  # characters of a figure with its measure
FONT = "Source Sans, Source Sans Pro, sans-serif"
Link = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of text, tracks and marks on a light or dark page; text has AA contrast."""

    ink: str
    muted: str
    track: str
    mark: str
    paper: str
    link: str
    dark: bool

    def surface(self, look: Look) -> str:
        return look.dark if self.dark else look.light

    def ink_on(self, look: Look) -> str:
        return look.ink_dark if self.dark else look.ink_light


LIGHT = Theme("#0F1923", "#526070", "#EDF0F4", "#0F1923", "#FFFFFF", "#0B4F8A", dark=False)
DARK = Theme("#E8EDF2", "#B4C0CC", "#232D37", "#E8EDF2", "#10161D", "#9CC8F2", dark=True)


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
            marker=_fill(look, theme),
            text=[look.sign],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": theme.ink_on(look), "size": 15},
            hovertemplate=f"{count} {words(f'state.{state}')}<extra></extra>",
        )
    total = sum(counts.values())
    chart.update_layout(barmode="stack", bargap=0)
    chart.update_xaxes(range=[0, max(total, 1)])
    return _bare(chart, theme, height=30)


def state_strip_words(counts: Mapping[State, int], words: Words) -> str:
    """The strip for a reader who cannot see it."""
    return ", ".join(f"{count} {words(f'state.{state}')}" for state, count in counts.items())


def completion_bullets(
    measured: pd.DataFrame, words: Words, theme: Theme = LIGHT, link: Link | None = None
) -> go.Figure:
    """A bar to a target mark for every figure somebody has to answer for, the worst first.

    Each row says name, figure, ratio and state in text above its bar; `link` makes the name lead
    somewhere. A missing figure has a dashed, empty track: never a bar of length 0.
    """
    rows = worst_first(measured)
    chart = go.Figure()
    places, height = _stacked(chart, rows, words, theme, link, BAR)
    drawn = [(y, row) for y, row in zip(places, rows, strict=True) if _length(row) is not None]
    _tracks(chart, places, rows, theme)
    chart.add_bar(
        y=[y for y, _ in drawn],
        x=[_length(row) for _, row in drawn],
        width=BAR,
        orientation="h",
        marker=_fills([row for _, row in drawn], theme),
        hovertext=[_hover(row, words) for _, row in drawn],
        hoverinfo="text",
    )
    for y, row in drawn:
        if known(row["ratio"]):
            _target_mark(chart, y, theme)
        if known(row["ratio"]) and 100 * row["ratio"] > AXIS_END:
            _break_mark(chart, y, theme)
    chart.update_xaxes(range=[0, AXIS_END])
    chart.update_yaxes(range=[height, 0])
    return _bare(chart, theme, height)


def completion_bullets_words(measured: pd.DataFrame, words: Words) -> str:
    """The bullets for a reader who cannot see them."""
    return "; ".join(
        f"{name(row, words)}: {value_line(row, words)}" for row in worst_first(measured)
    )


def area_blocks(
    measured: pd.DataFrame, catalogue: Catalogue, words: Words, theme: Theme = LIGHT
) -> go.Figure:
    """One block for each figure, by area, coloured and signed by its state."""
    chart = go.Figure()
    areas = _areas(measured, catalogue)
    rows = [
        {"name": words.name(area), "line": state_strip_words(counts, words)}
        for area, counts, _ in areas
    ]
    places, height = _stacked(chart, rows, words, theme, None, BLOCK)
    widest = max((len(figures) for *_, figures in areas), default=1)
    for y, (_, _, figures) in zip(places, areas, strict=True):
        for index, row in enumerate(figures):
            look = LOOKS[State(row["state"])]
            chart.add_bar(
                y=[y],
                x=[0.94],  # of a block: the rest is the gap to the next
                base=[index],
                width=BLOCK,
                orientation="h",
                marker=_fill(look, theme),
                text=[look.sign],
                textposition="inside",
                insidetextanchor="middle",
                textfont={"color": theme.ink_on(look), "size": 14},
                hovertext=[_hover(row, words)],
                hoverinfo="text",
            )
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(range=[0, max(widest, 8)])
    chart.update_yaxes(range=[height, 0])
    return _bare(chart, theme, height)


def area_blocks_words(measured: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The blocks for a reader who cannot see them."""
    return "; ".join(
        f"{words.name(area)}: {state_strip_words(counts, words)}"
        for area, counts, _ in _areas(measured, catalogue)
    )


def worst_first(measured: pd.DataFrame) -> list[dict[str, Any]]:
    """Figures that were asked for, as rows: missed, near, not reported, then what is reached."""
    asked = measured[measured["state"].isin(ASKED) & measured["target"].notna() | _banded(measured)]
    rank = asked["state"].map({str(state): place for place, state in enumerate(State)})
    order = asked.assign(rank=rank).sort_values(["rank", "ratio"], kind="stable")
    return rows_of(order.drop(columns="rank"))


def value_line(row: Row, words: Words) -> str:
    """Figure, ratio and state: "23/23 nhiệm vụ · 100 % · ● đạt"."""
    ratio = [percent(row["ratio"])] if known(row["ratio"]) else []
    state = State(row["state"])
    return " · ".join(
        [
            _cut(figure(row, words), LONGEST),
            *ratio,
            f"{LOOKS[state].sign} {words(f'state.{state}')}",
        ]
    )


def _hover(row: Row, words: Words) -> str:
    lines = (_cut(name(row, words), MOST_LINES * LINE_LENGTH), value_line(row, words))
    return "<br>".join(map(_plain, lines))


def _plain(text: str) -> str:
    """Text that plotly shows as it is: it knows <, > and & as names, and no quotes."""
    return escape(text, quote=False)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _banded(measured: pd.DataFrame) -> pd.Series:
    bounds = measured["lower"].notna() | measured["upper"].notna()
    return bounds & measured["state"].isin(ASKED)


def _areas(
    measured: pd.DataFrame, catalogue: Catalogue
) -> list[tuple[Area, dict[State, int], list[dict[str, Any]]]]:
    """Areas that have figures, with their counts of states and their rows in the strip's order."""
    stated = measured[measured["state"] != ""]
    rank = stated["state"].map({str(state): place for place, state in enumerate(State)})
    ordered = stated.assign(rank=rank).sort_values("rank", kind="stable")
    areas = [(area, ordered[ordered["area"] == area.code]) for area in catalogue.areas]
    return [(area, state_counts(rows), rows_of(rows)) for area, rows in areas if len(rows)]


def _stacked(
    chart: go.Figure,
    rows: Sequence[Row],
    words: Words,
    theme: Theme,
    link: Link | None,
    thickness: int,
) -> tuple[list[float], int]:
    """Write name and line of each row; return the middle of each row's bar, and the height."""
    places, top = [], 0
    for row in rows:
        lines = wrap(name(row, words), LINE_LENGTH, max_lines=MOST_LINES, placeholder="…") or [""]
        title = "<br>".join(map(_plain, lines))
        if link:
            style = f"color:{theme.link}"
            title = f'<a href="{escape(link(row))}" target="_self" style="{style}">{title}</a>'
        _text(chart, top, f"<b>{title}</b>", theme.ink, 15)
        top += NAME * len(lines)
        line = row["line"] if "line" in row else value_line(row, words)
        _text(chart, top, _plain(line), theme.muted, 14)
        top += VALUE + 4
        places.append(top + thickness / 2)
        top += thickness + GAP
    return places, max(top - GAP + 4, LEAST)


def _text(chart: go.Figure, top: int, text: str, colour: str, size: int) -> None:
    chart.add_annotation(
        x=0,
        y=top,
        xref="paper",
        xanchor="left",
        yanchor="top",
        align="left",
        text=text,
        showarrow=False,
        captureevents=True,  # else a link in the text cannot be clicked
        borderpad=0,
        font={"size": size, "color": colour},
    )


def _tracks(chart: go.Figure, places: Iterable[float], rows: Iterable[Row], theme: Theme) -> None:
    for y, row in zip(places, rows, strict=True):
        length, empty = _length(row), not known(row["ratio"])
        if empty and length is not None:
            continue
        chart.add_shape(
            type="rect",
            x0=0,
            x1=AXIS_END,
            y0=y - BAR / 2,
            y1=y + BAR / 2,
            layer="below",
            fillcolor="rgba(0,0,0,0)" if empty else theme.track,
            line={"width": 1.5 if empty else 0, "dash": "dash", "color": theme.muted},
        )


def _target_mark(chart: go.Figure, y: float, theme: Theme) -> None:
    line = {"color": theme.mark, "width": 3}
    chart.add_shape(type="line", x0=100, x1=100, y0=y - BAR * 0.85, y1=y + BAR * 0.85, line=line)


def _break_mark(chart: go.Figure, y: float, theme: Theme) -> None:
    """Two slanted cuts: the bar goes on beyond the edge."""
    for x in (AXIS_END - 5, AXIS_END - 3.4):
        line = {"color": theme.paper, "width": 3}
        chart.add_shape(type="line", x0=x, x1=x + 1, y0=y + BAR * 0.7, y1=y - BAR * 0.7, line=line)


def _length(row: Row) -> float | None:
    """How far the bar goes in percent; None where there is nothing to draw."""
    if known(row["ratio"]):
        return float(min(max(100 * row["ratio"], 0), AXIS_END))
    return CHIP if row["state"] in JUDGED else None


def _fill(look: Look, theme: Theme) -> dict[str, Any]:
    return {
        "color": theme.surface(look),
        "line": {"width": 1, "color": theme.paper},
        "pattern": {
            "shape": look.shape,
            "fgcolor": theme.muted,
            "bgcolor": theme.surface(look),
            "size": 7,
            "solidity": 0.18,
        },
    }


def _fills(rows: Sequence[Row], theme: Theme) -> dict[str, Any]:
    looks = [LOOKS[State(row["state"])] for row in rows]
    return {
        "color": [theme.surface(look) for look in looks],
        "line": {"width": 0},
        "pattern": {
            "shape": [look.shape for look in looks],
            "fgcolor": theme.muted,
            "size": 7,
            "solidity": 0.25,
        },
    }


def _bare(chart: go.Figure, theme: Theme, height: int) -> go.Figure:
    """No axes, no legend, no margins: the words are in the chart itself."""
    chart.update_xaxes(visible=False, fixedrange=True)
    chart.update_yaxes(visible=False, fixedrange=True)
    chart.update_layout(
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
    return chart
