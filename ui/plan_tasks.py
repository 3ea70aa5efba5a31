"""The year's key tasks on a page: who, until when, how far, proved by how much; and those left open."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from danvan import planning
from danvan.errors import DanvanError
from danvan.findings import task_word
from danvan.model import Catalogue, Register
from danvan.registers import entering
from danvan.rows import Row, rows_of
from danvan.states import TASK_LOOKS
from danvan.wording import Words
from ui import access, drafts, filters, markup, plan, tables
from ui.tables import Column, Listed

ENTERING = "pages/enter/registers.py"
LIST = "pages/view/tasks.py"


def show(year: int, catalogue: Catalogue, words: Words) -> None:
    """The key tasks, the ways to enter one and to the whole list, and what was not done last year."""
    found = planning.key_tasks(access.current(), year, date.today())
    st.header(markup.plain(_sentence(found["of_standing"].tolist(), year, words)), anchor=False)
    with st.container(horizontal=True):
        asked = {"tab": str(Register.TASK), "entry": "new", "kind": planning.KEY, "year": str(year)}
        filters.link(ENTERING, words("plan.new_task"), words, **asked)
        filters.link(LIST, words("plan.all_tasks"), words, year=str(year), key=planning.KEY)
    if len(found):
        columns = _columns(year, catalogue, words)
        listed = Listed(words("plan_tab.tasks"), rows_of(found), columns)
        st.html(listed.html(filters.theme()))
    _left_open(year, catalogue, words)


def _sentence(standings: list[str], year: int, words: Words) -> str:
    if not standings:
        return words("plan.no_tasks", year=year)
    done, late = standings.count("done"), standings.count("overdue")
    return words("plan.tasks", n=len(standings), year=year, done=done, late=late)


def _columns(year: int, catalogue: Catalogue, words: Words) -> list[Column]:
    def link(row: Row) -> str:
        asked = {"tab": str(Register.TASK), "entry": str(row["entry"])}
        return f"registers?{urlencode(filters.query(year, words, **asked))}"

    def name(row: Row) -> str:
        return str(row["name"])

    def standing(row: Row) -> str:
        return f"{TASK_LOOKS[row['of_standing']].sign} {task_word(row, words)}"

    return [
        Column(tables.heading("name", words), name, name, 60, link),
        tables.text(tables.heading("owner", words), lambda row: row["owner"] or "–", 30),
        tables.by_unit(catalogue, words),
        tables.text(tables.heading("deadline", words), lambda row: row["deadline"] or "–", 16),
        tables.text(tables.heading("standing", words), standing, 24),
        tables.text(words("plan.documents"), lambda row: str(row["documents"] or "–"), 12),
    ]


def _left_open(year: int, catalogue: Catalogue, words: Words) -> None:
    """The key tasks of the year before that are not done: a person chooses which go on."""
    left = planning.unfinished(access.current(), year, date.today())
    units = [unit.code for unit in catalogue.units if unit.valid_in(year)]
    names = {row["entry"]: row["name"] for row in rows_of(left) if row["unit"] in units}
    if not names:
        return
    with st.container(border=True):
        st.subheader(words("plan.left_open", n=len(names), year=year - 1), anchor=False)
        st.caption(words("plan.left_open_how"))
        chosen = [
            entry
            for entry, name in names.items()
            if st.checkbox(markup.plain(name), key=f"carry-{year}-{entry}")
        ]
        if chosen and st.button(
            words("plan.carry", n=len(chosen)), type=filters.emphasis(), icon=":material/save:"
        ):
            _carry(planning.carried(left, chosen, units), year, words)


def _carry(written: list[entering.Written], year: int, words: Words) -> None:
    reader = access.current()
    try:
        sheet = entering.entered(reader, Register.TASK, year, written, date.today())
        number = entering.hand_in(reader, sheet, drafts.person())
    except DanvanError as error:
        st.error(markup.plain(error.text(words.language)))
        return
    st.session_state[plan.STORED] = number
    st.rerun()
