"""Submissions on a page: what was handed in, by whom, from which files, and taking it back."""

from __future__ import annotations

import hashlib
from functools import partial

import pandas as pd
import streamlit as st

from danvan.access import Access
from danvan.errors import DanvanError
from danvan.rows import Row, known, rows_of
from danvan.wording import Words, moment
from ui import access, drafts, figures, markup

PAGE = 25  # submissions shown at once
OUTCOMES = {"approved": "green", "submitted": "orange", "returned": "red", "withdrawn": "gray"}


def listed(submissions: pd.DataFrame, words: Words) -> None:
    """The submissions, newest first; each with the buttons that would do something for its reader."""
    rows, reader = rows_of(submissions.iloc[::-1]), access.current()
    openable, undoable = reader.openable(submissions), reader.undoable()
    shown = st.session_state.setdefault("shown", PAGE)
    for row in rows[:shown]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_line(row, words), width="stretch")
            if row["id"] in openable:
                _files(row, words)
            if row["id"] in undoable:
                _undo(row, words)
    if len(rows) > shown:
        st.button(words("history.more", n=len(rows) - shown), on_click=_show_more)


def _line(row: Row, words: Words) -> str:
    what = words(f"channel.{row['channel']}")
    if known(row["undoes"]):
        what = words("history.undoes", number=int(row["undoes"]))
    facts = (moment(row["at"]), row["person"], words("history.facts", n=int(row["facts"])) if row["facts"] else "",
             figures.document(row), row["note"])  # fmt: skip
    told = " · ".join(markup.plain(fact) for fact in facts if fact)
    outcome = row["outcome"]
    badge = f":{OUTCOMES[outcome]}-badge[{markup.plain(words(f'outcome.{outcome}'))}]"
    return f"**{row['id']}. {markup.plain(what)}** {badge}  \n:gray[{told}]{_decision(row, words)}"


def _decision(row: Row, words: Words) -> str:
    """What somebody else decided about it, and with which words."""
    if row["decided_by"] == row["person"] and not row["comment"]:
        return ""
    said = words(f"decided.{row['outcome']}", person=row["decided_by"])
    comment = f": {row['comment']}" if row["comment"] else ""
    return f"  \n{markup.plain(said + comment)}"


def _files(row: Row, words: Words) -> None:
    for name in dict.fromkeys(row["files"].split(", ")) if row["files"] else ():
        mark = hashlib.sha256(f"{row['id']}{name}".encode()).hexdigest()[:8]
        st.download_button(
            markup.plain(name),
            data=partial(_content, access.current(), int(row["id"]), name),
            file_name=name,
            icon=":material/download:",
            on_click="ignore",
            key=f"file-{mark}",
            help=words("history.file"),
        )


def _content(reader: Access, submission: int, name: str) -> bytes:
    """Asked for outside of any run, so it has to be told who reads."""
    return reader.renewed().file(submission, name) or b""


def _undo(row: Row, words: Words) -> None:
    st.button(
        words("history.undo"),
        icon=":material/undo:",
        key=f"undo-{row['id']}",
        on_click=_take_back,
        args=(int(row["id"]), words),
    )


def _take_back(submission: int, words: Words) -> None:
    try:
        number = access.current().undo(submission, drafts.person())
        st.session_state["undone"] = {"submission": submission, "number": number}
    except DanvanError as error:
        st.toast(markup.plain(error.text(words.language)), icon=":material/error:")


def _show_more() -> None:
    st.session_state["shown"] += PAGE
