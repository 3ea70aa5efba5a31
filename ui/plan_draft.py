"""A draft of the plan from the years before: each proposal with its reason, taken over or not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from danvan import planning
from danvan.model import Catalogue
from danvan.planning import Base, Matrix, Proposal, Rule, Sheet
from danvan.rows import Row
from danvan.wording import PLACES, Words, number
from ui import cached, filters, markup, plan, plan_past, tables
from ui.tables import Column, Listed

MOST = 300  # proposals on the page; the button takes all of them


def show(sheet: Sheet, stands: Matrix, catalogue: Catalogue, words: Words) -> None:
    """The rule, the proposals it makes, and the button that writes them into the matrix."""
    past, usual = plan_past.past(sheet.year)
    if not past.years:
        st.info(words("plan.no_past"))
        return
    last, rule, codes = _asked(past.years, usual, stands, words)
    rules = dict.fromkeys(codes, rule)
    found = planning.proposed(catalogue, sheet.year, sheet.top, past, last, rules)
    taken = [one for one in found if one.value is not None]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words("plan.take_over", n=len(taken)),
            type=filters.emphasis(),
            icon=":material/edit_note:",
            disabled=not taken,
            on_click=_take,
            args=(sheet, taken),
        )
        silent = len(found) - len(taken)
        low = sum(one.too_low for one in found)
        said = [words("plan.silent", n=silent)] if silent else []
        said += [words("plan.too_low", n=low)] if low else []
        st.caption(markup.plain(" ".join([words("plan.take_how"), *said])))
    found = [*taken, *(one for one in found if one.value is None)]
    rows = [_row(one) for one in found[:MOST]]
    st.html(
        Listed(words("plan_tab.draft"), rows, _columns(catalogue, last, words), grouped=True).html(
            filters.theme()
        )
    )
    if len(found) > MOST:
        st.caption(words("preview.more", n=len(found) - MOST))


def _asked(
    years: Sequence[int], usual: int, stands: Matrix, words: Words
) -> tuple[int, Rule, list[str]]:
    """The year to begin with, the rule, and the indicators it is for."""
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        at = list(years).index(usual) if usual in years else 0
        last = st.selectbox(words("plan.base_year"), years, index=at, key="draft-year", width=130)
        base = Base(
            st.selectbox(
                words("plan.rule"),
                list(map(str, Base)),
                format_func=lambda name: words(f"draft_rule.{name}"),
                key="draft-rule",
                width=290,
            )
        )
        text = st.text_input(
            words("plan.change"), "0", key="draft-change", width=130,
            disabled=base is Base.MINIMUM, help=words("plan.change_help"),
        )  # fmt: skip
        codes = _codes(stands, words)
        raised = st.checkbox(words("plan.raise"), key="draft-raise")
    change = _per_cent(text)
    if change is None:
        st.error(words("plan.bad_change"))
        change = Decimal(0)
    return int(last), Rule(base, change, raised), codes


def _codes(stands: Matrix, words: Words) -> list[str]:
    """The indicators that are chosen: those of an area, one of them, or all."""
    able = [one for one in stands.indicators if planning.is_given(one)]
    areas = cached.catalogue().area
    options = {"": words("every.area")}
    for one in able:
        options.setdefault(one.area, words.name(areas[one.area]))
    options |= {one.code: f"– {words.name(one)}" for one in able}
    chosen = st.selectbox(
        words("plan.for_which"),
        list(options),
        index=1 if len(options) > 1 else 0,
        format_func=lambda key: options[key],
        key="draft-which",
        width=330,
    )
    return [one.code for one in able if chosen in ("", one.area, one.code)]


def _per_cent(text: str) -> Decimal | None:
    """A change in per cent, which may be below 0."""
    plain = text.strip().removesuffix("%").strip().replace("−", "-")
    value = planning.amount(plain.lstrip("+-") or "0")
    if value is None or value > 1000:
        return None
    return -value if plain.startswith("-") else value


def _take(sheet: Sheet, taken: Sequence[Proposal]) -> None:
    """Write the proposals into the matrix, where a person changes and stores them."""
    plan.fill(sheet, {(one.unit, one.indicator): number(one.value, PLACES) for one in taken})
    st.query_params["tab"] = plan.MATRIX
    st.query_params.pop("area", None)
    st.query_params.pop("q", None)


def _row(one: Proposal) -> Row:
    return {name: getattr(one, name) for name in one.__slots__} | {"proposal": one}


def _columns(catalogue: Catalogue, last: int, words: Words) -> list[Column]:
    def figure(heading: str, name: str) -> Column:
        return Column(
            heading,
            lambda row: None if row[name] is None else float(row[name]),
            lambda row: number(row[name], PLACES),
            12,
            is_number=True,
        )

    def proposal(row: Row) -> str:
        one: Proposal = row["proposal"]
        text = number(one.value, PLACES)
        return f"{text} ▼" if one.too_low else text

    return [
        tables.text(
            words("table.indicator"),
            lambda row: words.name(catalogue.indicator[row["indicator"]]),
            50,
        ),
        tables.by_unit(catalogue, words),
        figure(words("plan.last_target", year=last), "target"),
        figure(words("plan.last_result", year=last), "result"),
        figure(words("plan.mean"), "mean"),
        figure(words("plan.minimum"), "minimum"),
        Column(words("plan.proposal"), proposal, proposal, 12, is_number=True),
        tables.text(words("plan.why"), lambda row: row["proposal"].reason(words), 60),
    ]
