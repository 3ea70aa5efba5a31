"""The matrix of states on a page: a table that scrolls inside itself, each cell the way to its card.

An HTML table and not a chart: it is read by a screen reader as what it is, moved through with
the keyboard, and on a phone its names stay in sight while it scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from danvan import charts
from danvan.charts import Link, Matrix, Theme, cell_words
from danvan.findings import name
from danvan.rows import Row
from danvan.states import LOOKS, State
from danvan.wording import Words

KEY = "matrix"
STYLE = """
.matrix-box {{ overflow: auto; max-height: 78vh; border: 1px solid {line}; border-radius: 6px;
  content-visibility: auto; contain-intrinsic-size: auto 800px; }}
table.matrix {{ border-collapse: separate; border-spacing: 2px; font-size: 14px; width: 100%; }}
.matrix th {{ position: sticky; background: {paper}; font-weight: 400; color: {ink}; }}
.matrix thead th {{ top: 0; z-index: 1; vertical-align: bottom; padding: 6px 2px; min-width: 46px;
  font-size: 13px; line-height: 1.15; }}
.matrix th:first-child {{ left: 0; z-index: 2; text-align: left; min-width: clamp(150px, 26vw, 340px);
  padding: 3px 8px; }}
.matrix thead th:first-child {{ z-index: 3; }}
.matrix th a {{ color: {link}; text-decoration: none; }}
.matrix th a:hover, .matrix th a:focus-visible {{ text-decoration: underline; }}
.matrix td {{ padding: 0; text-align: center; border-radius: 3px; }}
.matrix td a {{ display: block; line-height: 26px; color: inherit; text-decoration: none; }}
.matrix td a:hover, .matrix a:focus-visible {{ outline: 2px solid {link}; outline-offset: -2px; }}
"""


def show(table: str, legend: str) -> None:
    """The table in the container `matrix`, and below it what its signs mean."""
    with st.container(key=KEY):
        st.html(table)
    st.caption(legend)


def legend(matrix: Matrix, words: Words) -> str:
    """The signs of the states that occur, each with its words."""
    found = {row["state"] for row in matrix.cells.values()}
    shown = [state for state in State if state in found]
    return " · ".join(f"{LOOKS[state].sign} {words(f'state.{state}')}" for state in shown)


def html(matrix: Matrix, link: Link, unit_link: Link, words: Words, theme: Theme) -> str:
    """The table; everything that anybody wrote is escaped."""
    head = "".join(
        f'<th scope="col">{_anchor(unit_link({"unit": unit.code}), words.name(unit), place)}</th>'
        for place, unit in enumerate(matrix.units)
    )
    body = "".join(_rows(matrix, link, words))
    caption = escape(words("matrix.caption"))
    return (
        f"<style>{_style(theme)}</style>"
        f'<div class="matrix-box"><table class="matrix" role="grid" aria-label="{caption}"><thead><tr><th scope="col">{escape(words("table.indicator"))}</th>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _rows(matrix: Matrix, link: Link, words: Words) -> Iterator[str]:
    for row in matrix.indicators:
        cells = (
            _cell(matrix.cells.get((row["indicator"], unit.code)), link, words)
            for unit in matrix.units
        )
        yield f'<tr><th scope="row">{escape(name(row, words))}</th>{"".join(cells)}</tr>'


def _cell(row: Row | None, link: Link, words: Words) -> str:
    if row is None:
        return "<td></td>"
    sign = LOOKS[State(row["state"])].sign if row["state"] else "–"
    said = escape(cell_words(row, words))
    target = escape(link(row))
    return (
        f'<td class="s-{row["state"] or "none"}">'
        f'<a href="{target}" tabindex="-1" aria-label="{said}">{sign}</a></td>'
    )


def _anchor(target: str, text: str, place: int) -> str:
    """A unit's link; the first is where Tab comes in (server/look/matrix.js)."""
    tab = -1 if place else 0
    return f'<a href="{escape(target)}" tabindex="{tab}">{escape(text)}</a>'


def _style(theme: Theme) -> str:
    """The table's look, and a colour for each state: trouble full, what is good pale."""
    look = STYLE.format(line=theme.rest, paper=theme.paper, ink=theme.ink, link=theme.link)
    return look + charts.state_rules(".matrix ", theme)
