"""Submissions on a page: what was handed in, by whom, from which files, and taking it back."""

from __future__ import annotations

import hashlib
from functools import partial

import pandas as pd
import streamlit as st

from danvan.access import Access
from danvan.errors import DanvanError
from danvan.model import Channel
from danvan.rows import Row, known, rows_of
from danvan.wording import Words, moment
from ui import access, drafts, figures, markup

PAGE = 25  # submissions shown at once
FRAME = (Channel.CATALOGUE, Channel.YEAR)


def listed(submissions: pd.DataFrame, words: Words) -> None:
    """The submissions, newest first."""
    rows = rows_of(submissions.iloc[::-1])
    shown = st.session_state.setdefault("shown", PAGE)
    for row in rows[:shown]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_line(row, words), width="stretch")
            _files(row, words)
            _undo(row, words)
    if len(rows) > shown:
        st.button(words("history.more", n=len(rows) - shown), on_click=_show_more)


def _line(row: Row, words: Words) -> str:
    counted = row["outcome"] == "approved"
    tone, state = ("green", "history.counts") if counted else ("gray", "history.withdrawn")
    what = words(f"channel.{row['channel']}")
    if known(row["undoes"]):
        what = words("history.undoes", number=int(row["undoes"]))
    facts = (moment(row["at"]), row["person"], words("history.facts", n=int(row["facts"])) if row["facts"] else "",
             figures.document(row), row["note"])  # fmt: skip
    told = " · ".join(markup.plain(fact) for fact in facts if fact)
    badge = f":{tone}-badge[{markup.plain(words(state))}]"
    return f"**{row['id']}. {markup.plain(what)}** {badge}  \n:gray[{told}]"


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
    if row["channel"] in FRAME or row["outcome"] != "approved":
        return
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
