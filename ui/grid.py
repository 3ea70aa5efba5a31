"""The grid: a register's rows of one year as a sheet in which cells, whole rows and new ones are typed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from danvan.model import Catalogue
from danvan.registers.entering import ASKED, DAYS, USUAL_STATE, Written, choices
from danvan.wording import Words
from ui import entering, filters, tables
from ui.entering import Desk

NO_EXPORT = """<style>
[data-testid=stElementToolbar] button[aria-label^="Download as CSV"] { display: none; }
</style>"""
"""There is no setting for it, and it writes what anybody typed as it is: a formula to a spreadsheet."""
NAME = 280  # pixels: most names, and on a phone a part of the next column
WIDE = ("approach", "effect", "reason", "note", "product")


def written(desk: Desk, catalogue: Catalogue, words: Words) -> list[Written]:
    """What was changed, added and taken out in the grid, in this order."""
    names = (() if desk.unit else ("unit",)) + ASKED[desk.register]
    shown = desk.rows[list(names)].astype("str")
    for name in set(DAYS) & set(names):
        texts = [entering.said(name, text, desk.year, words) for text in shown[name]]
        shown[name] = pd.Series(texts, shown.index, dtype="str")
    key = f"grid-{desk.turn}"
    st.html(NO_EXPORT)
    st.data_editor(
        shown,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        placeholder="–",
        column_config={n: _column(n, desk, catalogue, words) for n in names},
        height="auto" if len(shown) < 12 else 460,
        alt=words("registers.grid_of", year=desk.year),
    )
    st.caption(words("registers.grid_how"))
    done: dict[str, Any] = st.session_state.get(key) or {}
    return [*_changed(desk, done), *_added(desk, done), *_removed(desk, done)]


def _column(name: str, desk: Desk, catalogue: Catalogue, words: Words) -> Any:
    label = tables.heading(name, words, desk.register)
    if name == "unit":
        names = filters.units(catalogue, desk.year, words)
        return st.column_config.SelectboxColumn(
            label,
            width="medium",
            options=list(names),
            format_func=lambda code: names.get(str(code), str(code)),
        )
    options = choices(desk.register, name, catalogue, desk.rows)
    if options:
        usual = USUAL_STATE.get(desk.register) if name == "state" else None
        return st.column_config.SelectboxColumn(
            label,
            options=options,
            default=usual,
            format_func=lambda text: entering.said(name, str(text), desk.year, words),
        )
    note = words("registers.day_how") if name in DAYS else None
    width: Any = NAME if name == "name" else "medium" if name in WIDE else None
    return st.column_config.TextColumn(label, help=note, width=width, pinned=name == "name")


def _changed(desk: Desk, done: dict[str, Any]) -> list[Written]:
    out = set(done.get("deleted_rows", ()))
    return [
        _of(desk, int(place), {name: _text(value) for name, value in cells.items()})
        for place, cells in done.get("edited_rows", {}).items()
        if int(place) not in out
    ]


def _added(desk: Desk, done: dict[str, Any]) -> list[Written]:
    known = {"unit": desk.unit} if desk.unit else {}
    rows = [
        {n: _text(value) for n, value in cells.items() if not n.startswith("_")}
        for cells in done.get("added_rows", ())
    ]
    return [Written(known | row) for row in rows]


def _removed(desk: Desk, done: dict[str, Any]) -> list[Written]:
    return [_of(desk, place, {}, removed=True) for place in done.get("deleted_rows", ())]


def _of(desk: Desk, place: int, texts: dict[str, str], removed: bool = False) -> Written:
    row = desk.rows.iloc[place]
    return Written(texts, int(row["entry"]), int(row["submission"]), removed)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
