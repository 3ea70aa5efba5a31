"""The form: one row of a register with all its fields and the documents that prove it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from danvan.model import Catalogue
from danvan.registers.entering import (
    ASKED,
    CHOICES,
    DAYS,
    LONG,
    OPEN,
    USUAL_STATE,
    Written,
    choices,
)
from danvan.rows import Row
from danvan.wording import Words, first_upper
from ui import access, cached, entering, evidence, filters, tables
from ui.entering import Desk


def written(desk: Desk, entry: int, catalogue: Catalogue, words: Words) -> list[Written]:
    """The row as the form has it now."""
    row = desk.row(entry) if entry else None
    with st.container(border=True):
        texts = {"unit": _unit(desk, row, catalogue, words)}
        first, *rest = ASKED[desk.register]
        texts[first] = _field(first, desk, row, catalogue, words)
        left, right = st.columns(2, gap="medium")
        half = -(-len(rest) // 2)
        for place, name in enumerate(rest):
            with left if place < half else right:
                texts[name] = _field(name, desk, row, catalogue, words)
        files = evidence.asked(f"{_key(desk, row)}documents", words)
    _documents(desk, row, words)
    removed = row is not None and st.checkbox(
        words("registers.take_out"), key=f"{_key(desk, row)}removed"
    )
    seen = int(row["submission"]) if row else 0
    return [Written(texts, entry or None, seen, removed, documents=files)]


def _key(desk: Desk, row: Row | None) -> str:
    return f"form-{desk.turn}-{row['entry'] if row else 0}-"


def _unit(desk: Desk, row: Row | None, catalogue: Catalogue, words: Words) -> str:
    """The unit that was chosen above, or one of all."""
    if desk.unit:
        return desk.unit
    names = filters.units(catalogue, desk.year, words)
    stands = str(row["unit"]) if row else ""
    options = list(names)
    return (
        st.selectbox(
            words("template.unit"),
            options,
            index=options.index(stands) if stands in options else None,
            format_func=lambda code: names[code],
            placeholder=words("filter.choose"),
            key=f"{_key(desk, row)}unit",
        )
        or ""
    )


def _field(name: str, desk: Desk, row: Row | None, catalogue: Catalogue, words: Words) -> str:
    label, key = tables.heading(name, words, desk.register), f"{_key(desk, row)}{name}"
    stands = str(row[name]) if row else ""
    shown = partial(entering.said, name, year=desk.year, words=words)
    options = choices(desk.register, name, catalogue, desk.rows)
    if options:
        usual = stands or ("" if row else _usual(name, desk))
        chosen = st.selectbox(
            label,
            options,
            index=options.index(usual) if usual in options else None,
            format_func=lambda text: shown(text),
            placeholder=words("filter.choose"),
            accept_new_options=name in OPEN and (desk.register, name) in CHOICES,
            key=key,
        )
        return str(chosen or "")
    if name in LONG:
        return st.text_area(label, stands, key=key, height=80)
    placeholder = {"deadline": words("registers.deadline_how")} | dict.fromkeys(
        DAYS, f"27/12/{desk.year}"
    )
    first = shown(stands) if name in DAYS else stands
    typed = st.text_input(label, first, key=key, placeholder=placeholder.get(name))
    if name == "deadline" and typed.strip():
        st.caption(first_upper(entering.meant(typed, desk.year, words)))
    return typed


def _usual(name: str, desk: Desk) -> str:
    """What a new row says at first: its state, and its kind where the address names one."""
    said = st.query_params.get(name, "") if name == "kind" else ""
    return said or (USUAL_STATE.get(desk.register, "") if name == "state" else "")


def _documents(desk: Desk, row: Row | None, words: Words) -> None:
    """The documents that prove the row already."""
    if row is None:
        return
    found = cached.evidence(desk.year)
    mine = found[found["entry"].eq(row["entry"]).fillna(value=False)]
    evidence.listed(mine, words, removable=access.current().sees({row["unit"]}))
