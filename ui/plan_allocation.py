"""A target shared out on a page: by what, the exact shares, what rounding did, and the gap in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from danvan import planning
from danvan.model import Catalogue, Indicator, Unit
from danvan.planning import Allocation, Before, Matrix, Place, Rounding, Sheet, Way
from danvan.wording import PLACES, Words, number, signed
from ui import filters, markup, plan_past

KEY = "plan-parts"
SHARE = 2  # decimals of an exact share on the page, at least


def asked(sheet: Sheet, stands: Matrix, catalogue: Catalogue, words: Words) -> dict[Place, str]:
    """The cells of the plan that the parts, and the target itself, would be written into."""
    able = {
        one.code: words.name(one)
        for one in stands.indicators
        if planning.is_shared_out(one) or planning.is_shared_alike(one)
    }
    if not stands.units or not able:
        st.info(words("plan.nothing_to_share"))
        return {}
    named = filters.told_apart(able)
    code = filters.asked("indicator", list(named), next(iter(named)))
    filters.choose_indicator(named, code, words)
    indicator = catalogue.indicator[code]
    turn = st.session_state.get("plan-turn", 0)
    about = f"{sheet.year}-{sheet.top}-{code}-{turn}"
    st.caption(markup.plain(_stands(stands, indicator, words)))
    if planning.is_shared_alike(indicator):
        return _alike(stands, indicator, about, words)
    return _shared(sheet, stands, indicator, catalogue, about, words)


def _stands(stands: Matrix, indicator: Indicator, words: Words) -> str:
    """What is planned of it now."""
    own, made = stands.own(indicator.code).target, stands.sum(indicator)
    count = sum(stands.aim(u.code, indicator.code).target is not None for u in stands.units)
    return words(
        "plan.stands",
        own=number(own, PLACES),
        sum=number(made, PLACES),
        n=count,
        all=len(stands.units),
        measure=indicator.measure,
    )


def _alike(stands: Matrix, indicator: Indicator, about: str, words: Words) -> dict[Place, str]:
    """A percentage is not divided: each unit gets it as it is."""
    st.markdown(words("plan.alike"))
    text = st.text_input(words("plan.of_each"), key=f"alike-{about}", width=220)
    if not text.strip():
        return {}
    units = [u for u in stands.units if not stands.aim(u.code, indicator.code).exempt]
    _exempt(stands, indicator, words)
    return {(unit.code, indicator.code): text for unit in units}


def _shared(
    sheet: Sheet,
    stands: Matrix,
    indicator: Indicator,
    catalogue: Catalogue,
    about: str,
    words: Words,
) -> dict[Place, str]:
    past, last = plan_past.past(sheet.year)
    code = indicator.code
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = stands.own(code).target
        text = st.text_input(
            words("plan.total"),
            "" if first is None else number(first, PLACES),
            key=f"total-{about}",
            width=180,
        )
        way = Way(
            st.selectbox(
                words("plan.way"),
                list(map(str, Way)),
                format_func=lambda name: words(f"shared_by.{name}", year=last),
                key=f"way-{about}",
                width=270,
            )
        )
        rounding = Rounding(
            st.selectbox(
                words("plan.rounding"),
                list(map(str, Rounding)),
                format_func=lambda name: words(f"rounding.{name}"),
                key=f"rounding-{about}",
                width=330,
            )
        )
    total = planning.amount(text)
    if total is None:
        st.info(words("plan.no_total" if not text.strip() else "plan.bad_total"))
        return {}
    keeps = st.checkbox(words("plan.keep_total"), value=True, key=f"keep-{about}")
    units = [u for u in stands.units if not stands.aim(u.code, indicator.code).exempt]
    key = f"{KEY}-{about}-{way}-{rounding}-{text}"
    edited = _edited(key, units)
    weights = planning.weights(way, units, indicator.code, past, last)
    if way is Way.HAND:
        weights |= {
            c: planning.amount(cells["weight"]) for c, cells in edited.items() if "weight" in cells
        }
    shares = planning.allocate(total, weights, indicator.decimals, rounding)
    _exempt(stands, indicator, words)
    _unweighed(shares, way, catalogue, words)
    if not shares.parts:
        st.warning(words("plan.no_weight"))
        return {}
    parts = {code: number(part.value, PLACES) for code, part in shares.parts.items()}
    parts |= {code: cells["part"] for code, cells in edited.items() if "part" in cells}
    rows = [_row(unit, shares, past.of(last, unit.code, code), indicator, words) for unit in units]
    _table(key, rows, way, words("plan.parts_of", name=words.name(indicator)), last, words)
    _sums(total, parts, indicator, words)
    placed = {(unit, code): part for unit, part in parts.items()}
    return placed | ({(sheet.top, code): text} if keeps else {})


def _edited(key: str, units: list[Unit]) -> dict[str, dict[str, str]]:
    """What a person wrote into the table, by unit and column."""
    done: dict[str, Any] = st.session_state.get(key) or {}
    return {
        units[int(row)].code: {name: str(text or "") for name, text in cells.items()}
        for row, cells in done.get("edited_rows", {}).items()
    }


def _row(
    unit: Unit, shares: Allocation, before: Before, indicator: Indicator, words: Words
) -> dict[str, str]:
    """A unit with what it had before, its exact share, its part, and what rounding did."""
    part, places = shares.parts.get(unit.code), max(SHARE, indicator.decimals)
    known = {
        "unit": words.name(unit),
        "target": number(before.target, PLACES),
        "result": number(before.result, PLACES),
    }
    if part is None:
        return known | {"weight": "–", "share": "–", "part": "", "changed": "–"}
    return known | {
        "weight": number(part.weight, PLACES),
        "share": number(planning.rounded(part.share, places), places),
        "part": number(part.value, PLACES),
        "changed": signed(planning.rounded(part.changed, places), places),
    }


def _table(
    key: str, rows: list[dict[str, str]], way: Way, alt: str, last: int, words: Words
) -> None:
    column = st.column_config.TextColumn
    fixed = {
        "unit": column(words("template.unit"), disabled=True, pinned=True, width=170),
        "target": column(words("plan.last_target", year=last), disabled=True),
        "result": column(words("plan.last_result", year=last), disabled=True),
        "weight": column(words("plan.weight"), disabled=way is not Way.HAND),
        "share": column(words("plan.share"), disabled=True),
        "part": column(words("plan.part"), help=words("plan.part_help")),
        "changed": column(words("plan.changed"), disabled=True),
    }
    st.data_editor(
        pd.DataFrame(rows).astype("str"),
        key=key,
        hide_index=True,
        num_rows="fixed",
        column_config=fixed,
        height="content",
        alt=alt,
    )


def _sums(total: Decimal, parts: Mapping[str, str], indicator: Indicator, words: Words) -> None:
    """The sum of the parts, the target and the gap between them, in words."""
    known = [planning.amount(text) for text in parts.values()]
    made = sum((value for value in known if value is not None), Decimal(0))
    gap = total - made
    said: dict[str, Any] = {
        "sum": number(made, PLACES),
        "total": number(total, PLACES),
        "gap": number(abs(gap), PLACES),
        "measure": indicator.measure,
    }
    key = "plan.sum_fits" if not gap else "plan.sum_short" if gap > 0 else "plan.sum_over"
    tone = "green" if not gap else "orange"
    icon = ":material/check_circle:" if not gap else ":material/difference:"
    st.markdown(f":{tone}[{icon}] {markup.plain(words(key, **said))}")


def _exempt(stands: Matrix, indicator: Indicator, words: Words) -> None:
    """The units to which it does not apply: they get no part."""
    exempt = [words.name(u) for u in stands.units if stands.aim(u.code, indicator.code).exempt]
    if exempt:
        st.caption(markup.plain(words("plan.exempt_units", n=len(exempt), units=", ".join(exempt))))


def _unweighed(shares: Allocation, way: Way, catalogue: Catalogue, words: Words) -> None:
    """The units of which no weight is known: they get no part, and that is said."""
    if shares.unweighed:
        named = ", ".join(words.name(catalogue.unit[code]) for code in shares.unweighed)
        text = words(f"unweighed.{way}", n=len(shares.unweighed), units=named)
        st.warning(markup.plain(text))
