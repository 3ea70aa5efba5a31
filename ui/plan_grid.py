"""The plan as a grid: indicators down, units across, texts as they are typed, sums beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from danvan import planning, registers
from danvan.intake import Check
from danvan.model import Indicator, Unit
from danvan.planning import Matrix, Place, Sheet
from danvan.wording import PLACES, Words, number, signed
from ui import cached, filters, grid, plan

VIEW = "plan-view"  # in the session
NAME, CELL = 240, 92  # pixels: most of a name, beside which a phone shows a column
AROUND, LETTER = 46, 7  # pixels: the sign and edges of a heading, and each letter of it
ROW, MOST = 35, 520  # pixels of a row, and of all of them before they scroll
NOT_GIVEN = "·"  # in the cell of a unit that has no such target


@dataclass(frozen=True)
class Shown:
    """The rows of the grid, and the texts that stood in it when it was drawn for the first time.

    What is typed from then on is kept by the grid under `key`.
    """

    key: str
    about: tuple[object, ...]
    indicators: tuple[Indicator, ...]
    base: dict[Place, str]


def shown(sheet: Sheet, stands: Matrix, words: Words) -> Shown:
    """The indicators of the area and search in the address, in a grid of their own each."""
    areas = {one.area for one in stands.indicators}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        query = filters.search(words, words("plan.search"))
        every = {"": words("every.area")}
        named = {code: name for code, name in _areas(words).items() if code in areas}
        area = filters.narrow("area", every | named, words)
    found = tuple(
        one
        for one in stands.indicators
        if area in ("", one.area) and registers.bare(query) in registers.bare(words.name(one))
    )
    turn = st.session_state.get("plan-turn", 0)
    about = (sheet.seen, sheet.year, sheet.top, turn, tuple(one.code for one in found))
    kept: Shown | None = st.session_state.get(VIEW)
    if kept and kept.about == about and kept.key in st.session_state:
        return kept
    count = st.session_state["plan-grids"] = st.session_state.get("plan-grids", 0) + 1
    drawn = Shown(f"plan-grid-{count}", about, found, dict(plan.filled(sheet)))
    st.session_state[VIEW] = drawn
    return drawn


def _areas(words: Words) -> dict[str, str]:
    return {area.code: words.name(area) for area in cached.catalogue().areas}


def typed(sheet: Sheet, shown: Shown) -> dict[Place, str]:
    """All that was written into the plan, in this grid and before, and is not stored."""
    done: dict[str, Any] = st.session_state.get(shown.key) or {}
    texts = plan.filled(sheet)
    for row, cells in done.get("edited_rows", {}).items():
        code = shown.indicators[int(row)].code
        for unit, text in cells.items():
            texts[sheet.top if unit == "own" else unit, code] = str(text or "")
    return texts


def show(shown: Shown, stands: Matrix, checked: Check, words: Words) -> None:
    """The grid; sums and gaps are those with what was typed."""
    if not shown.indicators:
        st.info(words("plan.none_found"))
        return
    after = planning.with_changes(stands, checked)
    rows = [_row(one, shown, stands, after, words) for one in shown.indicators]
    st.html(grid.NO_EXPORT)
    st.data_editor(
        pd.DataFrame(rows).astype("str"),
        key=shown.key,
        hide_index=True,
        num_rows="fixed",
        column_config=_columns(stands, words),
        height=min(MOST, ROW * (len(rows) + 1) + 3),
        alt=words("plan.grid_of", year=stands.year),
    )
    st.caption(words("plan.grid_how"))


def _row(
    indicator: Indicator, shown: Shown, stands: Matrix, after: Matrix, words: Words
) -> dict[str, str]:
    gap = after.gap(indicator)
    made = after.sum(indicator)
    cells = {unit.code: _text(unit, indicator, shown, stands) for unit in stands.units}
    return {
        "name": words.name(indicator),
        "measure": indicator.measure,
        "own": _text(stands.top, indicator, shown, stands),
        "sum": "" if made is None else number(made, PLACES),
        "gap": "" if gap is None else signed(gap, PLACES),
    } | cells


def _text(unit: Unit, indicator: Indicator, shown: Shown, stands: Matrix) -> str:
    if not stands.is_open(unit.code, indicator):
        return NOT_GIVEN
    place = (unit.code, indicator.code)
    return shown.base.get(place, stands.aim(*place).text)


def _columns(stands: Matrix, words: Words) -> dict[str, Any]:
    column = st.column_config.TextColumn
    fixed = {
        "name": column(words("table.indicator"), width=NAME, pinned=True, disabled=True),
        "measure": column(words("table.measure"), width=CELL, disabled=True),
        "own": column(
            words("plan.own"),
            width=CELL + 44,
            help=words("plan.own_help", name=words.name(stands.top)),
        ),
        "sum": column(words("plan.sum"), width=CELL, disabled=True, help=words("plan.sum_help")),
        "gap": column(words("plan.gap"), width=CELL, disabled=True, help=words("plan.gap_help")),
    }
    named = short_names(stands.units, words)
    return fixed | {
        unit.code: column(
            named[unit.code],
            width=max(CELL, AROUND + LETTER * len(named[unit.code])),
            help=words.name(unit),
        )
        for unit in stands.units
    }


def short_names(units: tuple[Unit, ...], words: Words) -> dict[str, str]:
    """The names of units without their kind, where that leaves a name that only one of them has."""
    whole = {unit.code: words.name(unit) for unit in units}
    bare = {
        unit.code: words.name(unit).removeprefix(unit.kind.capitalize()).strip() for unit in units
    }
    once = [name for name in bare.values() if not name.isdigit()]
    return {code: name if once.count(name) == 1 else whole[code] for code, name in bare.items()}
