"""The audit on a page: sought, paged, in words, and taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from danvan import logbook, spreadsheet
from danvan.access import Access
from danvan.accounts import Act
from danvan.logbook import ACTS, Sought
from danvan.rows import rows_of
from danvan.store import People
from danvan.wording import Words, moment
from ui import access, downloads, markup

PAGE = 50  # rows shown at once
RECENT = timedelta(days=90)  # what is read unless an earlier day is asked for
PAGED = "audit-page"


def listed(people: People, words: Words) -> None:
    """The rows that are sought, newest first, with the way to the older ones."""
    sought = _sought(people.acting(), words)
    found = logbook.chosen(logbook.read(people, sought), sought, words)
    last = max(0, (len(found) - 1) // PAGE)
    page = min(st.session_state.setdefault(PAGED, 0), last)
    shown = found.iloc[page * PAGE : (page + 1) * PAGE]
    with st.container(horizontal=True, vertical_alignment="center"):
        first = page * PAGE + min(1, len(shown))
        st.caption(words("logbook.shown", n=len(found), first=first, last=page * PAGE + len(shown)))
        st.button(words("logbook.newer"), disabled=not page, on_click=_turn, args=(page - 1,))
        st.button(words("logbook.older"), disabled=page >= last, on_click=_turn, args=(page + 1,))
        _take(found, words)
    if len(shown):
        st.table(_table(shown, words), hide_index=True, border="horizontal")


def _sought(names: Sequence[str], words: Words) -> Sought:
    """What is asked for; another question begins at the newest again."""
    everybody = {"": words("logbook.anybody")} | {name: name for name in names}
    acts = {"": words("logbook.any_act")} | {act: words(f"act.{act}") for act in ACTS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person = _choice("person", everybody, words)
        act = _choice("act", acts, words)
        text = st.text_input(words("logbook.text"), key="audit-text", on_change=_turn, args=(0,))
        first = _day("first", date.today() - RECENT, words)
        last = _day("last", None, words)
    return Sought(person, act, text, first, last)


def _choice(name: str, options: dict[str, str], words: Words) -> str:
    chosen = st.selectbox(
        words(f"logbook.{name}"),
        list(options),
        format_func=lambda one: options.get(one, one),
        key=f"audit-{name}",
        on_change=_turn,
        args=(0,),
    )
    return str(chosen)


def _day(name: str, usual: date | None, words: Words) -> date | None:
    day: date | None = st.date_input(
        words(f"logbook.{name}"),
        value=usual,
        format="DD/MM/YYYY",
        key=f"audit-{name}",
        on_change=_turn,
        args=(0,),
        width=150,
    )
    return day


def _turn(page: int) -> None:
    st.session_state[PAGED] = page


def _table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows as a table of markdown."""
    records = [
        {
            words("logbook.at"): markup.plain(moment(row["at"])),
            words("logbook.person"): markup.plain(row["person"] or "–"),
            words("logbook.act"): _told(
                logbook.act(row, words), logbook.about(row, words), logbook.detail(row, words)
            ),
            words("logbook.address"): markup.plain(row["address"]),
        }
        for row in rows_of(rows)
    ]
    return pd.DataFrame(records)


def _told(act: str, about: str, detail: str) -> str:
    told = " · ".join(markup.plain(text) for text in (about, detail) if text)
    return f"**{markup.plain(act)}** {told}"


def _take(rows: pd.DataFrame, words: Words) -> None:
    """The rows that are sought, as a workbook or as CSV; that they were taken is recorded."""
    kinds: dict[str, tuple[str, Callable[[spreadsheet.Table], bytes]]] = {
        "xlsx": (downloads.XLSX, spreadsheet.workbook),
        "csv": ("text/csv", spreadsheet.csv_text),
    }
    for kind, (mime, written) in kinds.items():
        name = f"{words('logbook.file')}-{date.today():%Y-%m-%d}.{kind}"
        st.download_button(
            f".{kind}",
            data=partial(_taken, access.current(), rows, name, written, words),
            file_name=name,
            mime=mime,
            icon=":material/download:",
            on_click="ignore",
            disabled=rows.empty,
            key=f"audit-{kind}",
        )


def _taken(
    reader: Access,
    rows: pd.DataFrame,
    name: str,
    written: Callable[[spreadsheet.Table], bytes],
    words: Words,
) -> bytes:
    store = reader.renewed()
    store.need(Act.AUDIT)  # the page was drawn a while ago
    content = written(logbook.table(rows, words))
    store.exported(name, rows=len(rows))
    return content
