"""Documents that prove figures and rows: handed in, listed with their links, taken away again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

import pandas as pd
import streamlit as st

from danvan.errors import DanvanError
from danvan.evidence import ACCEPTED, LARGEST, kept_name, kind_of
from danvan.model import Channel, File, Submission
from danvan.rows import Row, rows_of
from danvan.wording import Words, moment, number
from ui import access, approvals, cached, drafts, markup

MIB, KIB = 2**20, 2**10
TURN = "evidence-turn"  # in the session: documents that were handed in are chosen no more
TAKEN = "evidence-taken"  # in the session: what came of taking a document away


def asked(key: str, words: Words) -> tuple[File, ...]:
    """Documents chosen by the person. The page ends where one of them cannot be kept."""
    chosen = st.file_uploader(
        words("evidence.files"),
        type=list(ACCEPTED),
        accept_multiple_files=True,
        max_upload_size=LARGEST // MIB,
        key=f"{key}-{st.session_state.setdefault(TURN, 0)}",
        help=words("evidence.kinds", most=LARGEST // MIB),
    )
    files = tuple(File(file.name, file.getvalue()) for file in chosen or ())
    refused = [error for file in files if (error := _refusal(file))]
    for error in refused:
        st.error(markup.plain(error.text(words.language)))
    if refused:
        st.stop()
    return files


def handed_in() -> None:
    """Choose anew from now on."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _refusal(file: File) -> DanvanError | None:
    try:
        kind_of(file)
    except DanvanError as error:
        return error
    return None


def of_figure(year: int, unit: str, indicator: str, as_of: datetime | None = None) -> pd.DataFrame:
    """The documents that prove a unit's figure, of whichever part of the year."""
    found = cached.evidence(year, as_of)
    return found[(found["unit"] == unit) & (found["indicator"] == indicator)]


def listed(documents: pd.DataFrame, words: Words, *, removable: bool = False) -> None:
    """The documents: a link each, and kind, size, who and when; nothing where there are none."""
    _outcome(words)
    if documents.empty:
        return
    with st.container(border=True, gap="small"):
        st.subheader(words("evidence.title", n=len(documents)), anchor=False)
        for row in rows_of(documents):
            with st.container(gap=None):
                with st.container(horizontal=True, horizontal_alignment="distribute"):
                    link(row)
                    if removable:
                        _removal(row, words)
                st.caption(markup.plain(about(row, words)))


def _removal(row: Row, words: Words) -> None:
    st.button(
        words("evidence.remove"),
        icon=":material/delete:",
        type="tertiary",
        key=f"evidence-{row['id']}",
        on_click=_take_away,
        args=(int(row["id"]),),
    )


def link(row: Row) -> None:
    """The way to a document; the server asks again who may have it."""
    st.link_button(
        markup.plain(row["name"]),
        f"/evidence/{row['id']}/{quote(kept_name(row['name']), safe='')}",
        type="tertiary",
        icon=":material/attach_file:",
    )


def about(row: Row, words: Words) -> str:
    """Its kind, its size, who handed it in and when."""
    person = access.current().full_name(row["person"])
    parts = (words(f"evidence_kind.{row['kind']}"), size(row["size"]), person, moment(row["at"]))
    return " · ".join(part for part in parts if part)


def size(count: int) -> str:
    """Bytes as people read them: 312 KB, 1,4 MB."""
    return f"{number(count / MIB, 1)} MB" if count >= MIB else f"{number(max(1, count / KIB))} KB"


def _take_away(document: int) -> None:
    """One submission that takes the document away; a reporter's waits like any other."""
    reader = access.current()
    try:
        proof = reader.proof(document)
        if proof is not None:
            act = Submission(
                person=drafts.person(),
                channel=Channel.FORM,
                evidence=(replace(proof, removed=True),),
            )
            st.session_state[TAKEN] = reader.submit([act])[0]
    except DanvanError as error:
        st.session_state[TAKEN] = error


def _outcome(words: Words) -> None:
    taken = st.session_state.pop(TAKEN, None)
    if isinstance(taken, DanvanError):
        st.error(markup.plain(taken.text(words.language)))
    elif taken:
        approvals.stored(taken, words)
