"""The list of a register on a page: fifty rows at once, all of them to take away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import streamlit as st

from danvan.charts import Link
from danvan.findings import task_word
from danvan.model import Catalogue, Register
from danvan.registers import COLUMNS, NONE
from danvan.rows import LaterRows, Row, rows_of
from danvan.states import HOLDER_LOOKS, MODEL_LOOKS, TASK_LOOKS, Look
from danvan.wording import Words, number
from ui import entry, figures, filters, places, register, tables
from ui.register import Asked
from ui.tables import Column, Listed

SEEN = 50  # rows on one page of the list


def show(asked: Asked, words: Words) -> None:
    """The filters, how many rows they leave, the rows of one page, and all of them to take away."""
    kind = register.PATHS[asked.register]
    with st.container(border=True, key="list"):
        st.subheader(words(f"{kind}.list"), anchor=False)
        register.told(asked, words)
        register.choose(asked, words)
        found, all_rows = register.found(asked), register.rows(asked)
        pages = max(1, -(-len(found) // SEEN))
        page = min(max(_page(), 1), pages)
        part = found.iloc[(page - 1) * SEEN : page * SEEN]
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.markdown(_shown(len(found), len(all_rows), page, words), width="content")
            if pages > 1:
                st.markdown(_turns(asked, page, pages, words), width="content")
        if part.empty:
            none = "register.none_counted" if asked.counted else f"{kind}.nothing"
            st.info(words("register.none_found" if len(all_rows) else none))
            if asked.counted and places.opens(entry.EDITING):
                about = {"tab": str(asked.register), "year": str(asked.view.year)}
                filters.link(entry.EDITING, words("register.to_edit"), words, **about)
            return
        columns = _columns(asked, words)
        st.html(Listed(words(f"{kind}.list"), rows_of(part), columns).html(filters.theme()))
        taken = Listed(words(f"{kind}.list"), LaterRows(found), _taken(asked, words))
        figures.download(kind, taken, words, _mark(asked))


def _page() -> int:
    said = st.query_params.get("part", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _shown(found: int, all_rows: int, page: int, words: Words) -> str:
    said = words("register.shown", n=all_rows, found=number(found))
    if found > SEEN:
        first = (page - 1) * SEEN + 1
        said += " · " + words(
            "register.page", first=number(first), last=number(min(page * SEEN, found))
        )
    return said


def _turns(asked: Asked, page: int, pages: int, words: Words) -> str:
    """The way to the page before and the one after."""
    turns = [("register.before", page - 1), ("register.after", page + 1)]
    return " · ".join(
        f"[{words(key)}]({register.here(asked, part=str(to) if to > 1 else '')})"
        for key, to in turns
        if 1 <= to <= pages
    )


def _mark(asked: Asked) -> str:
    """What tells the workbook of these filters from that of others."""
    said = (asked.view.year, asked.view.unit.code, asked.all_years, str(asked.view.as_of), asked.q,
            asked.counted and asked.counted.code, sorted(asked.filters.items()))  # fmt: skip
    return "-" + hashlib.sha256(repr(said).encode()).hexdigest()[:8]


def _columns(asked: Asked, words: Words) -> list[Column]:
    """The columns of the page, for whoever looks for something."""
    catalogue = asked.view.catalogue

    def link(row: Row) -> str:
        return register.here(asked, entry=str(row["entry"]))

    named = {
        Register.MODEL: (
            _key(words, "field", "sphere"),
            _state(words, "state", "model", MODEL_LOOKS),
            _text(words, "decision"),
            _day(words, "decided_on"),
        ),
        Register.TASK: (
            _standing(words), _text(words, "deadline"), _text(words, "owner", 30),
            _text(words, "area"),
        ),
        Register.AWARD: (
            _state(words, "kind", "holder", HOLDER_LOOKS), _text(words, "form"),
            _text(words, "level", 30), _text(words, "decision"), _day(words, "decided_on"),
        ),
    }  # fmt: skip
    by_unit = _unit(catalogue, words)
    source = tables.text(words("table.source"), lambda row: figures.place(row) or "–", 30)
    years = [_year(words)] if asked.all_years else []
    return [_name(words, link), by_unit, *years, *named[asked.register], source]


def _taken(asked: Asked, words: Words) -> list[Column]:
    """All that the rows say, for whoever goes on with them."""
    columns = [_name(words), _year(words), _unit(asked.view.catalogue, words)]
    if asked.register is Register.TASK:
        columns.append(_standing(words))
    kind = asked.register
    said = [_said(words, name, kind) for name in COLUMNS[kind] if name != "continues"]
    source = tables.text(words("table.source"), lambda row: figures.place(row) or "–", 40)
    return [*columns, *said, source]


def _name(words: Words, link: Link | None = None) -> Column:
    def said(row: Row) -> str:
        return str(row["name"])

    return Column(tables.heading("name", words), said, said, 60, link)


def _year(words: Words) -> Column:
    return Column(
        words("filter.year"), lambda row: int(row["year"]), lambda row: str(row["year"]), 8
    )


def _unit(catalogue: Catalogue, words: Words) -> Column:
    """The unit of a row, by its code where it is of a catalogue of another time."""
    names = {unit.code: words.name(unit) for unit in catalogue.units}
    return tables.text(
        words("template.unit"), lambda row: names.get(row["unit"], str(row["unit"])), 26
    )


def _text(words: Words, name: str, width: int = 20) -> Column:
    return tables.text(tables.heading(name, words), lambda row: str(row[name]) or "–", width)


def _said(words: Words, name: str, kind: Register) -> Column:
    heading = tables.heading(name, words, kind)
    return tables.text(heading, lambda row: entry.said(row, name, words), 24)


def _day(words: Words, name: str) -> Column:
    return tables.text(tables.heading(name, words), lambda row: entry.day_of(row[name]) or "–", 14)


def _key(words: Words, name: str, family: str) -> Column:
    """A key in words; the text of the row where the key says nothing."""

    def said(row: Row) -> str:
        key = str(row[f"of_{name}"])
        return str(row[name]) or "–" if key == NONE else words(f"{family}.{key}")

    return tables.text(tables.heading(name, words), said, 24)


def _state(words: Words, name: str, family: str, looks: Mapping[str, Look]) -> Column:
    return tables.text(tables.heading(name, words), _signed(f"of_{name}", family, looks, words), 18)


def _signed(
    column: str, family: str, looks: Mapping[str, Look], words: Words
) -> Callable[[Row], str]:
    def said(row: Row) -> str:
        key = str(row[column])
        look = looks.get(key, looks[NONE])
        return f"{look.sign} {register.key_word(key, family, words).lower()}"

    return said


def _standing(words: Words) -> Column:
    def said(row: Row) -> str:
        return f"{TASK_LOOKS[row['of_standing']].sign} {task_word(row, words)}"

    return tables.text(tables.heading("standing", words), said, 20)
