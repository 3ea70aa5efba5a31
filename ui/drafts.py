"""Drafts: an upload between two steps, kept on the server so that a refresh loses nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from danvan import intake
from danvan.intake import Check
from danvan.model import Answer, Draft, File
from danvan.wording import Words
from ui import access, markup

ASKED = "draft"  # in the address
CHECKED = "checked"  # in the session: the last check and what it was made of


def person() -> str:
    """The sign-in name under which whoever looks hands in."""
    return access.current().account.name


def current(words: Words) -> Draft | None:
    """The draft in the address; where it cannot be gone on with, a sentence says why."""
    key = st.query_params.get(ASKED, "")
    if not key:
        return None
    reader = access.current()
    draft = reader.draft(key)
    if draft is None:
        st.info(words("upload.draft_gone"))
    elif draft.unit and not reader.sees({draft.unit}):
        st.warning(words("upload.draft_elsewhere"))
        return None
    return draft


def begin(year: int, unit: str, files: Sequence[File]) -> None:
    """Keep the files as a new draft, and put it into the address."""
    draft = Draft(secrets.token_urlsafe(12), person(), year, unit, tuple(files), datetime.now(UTC))
    access.current().keep_draft(draft)
    st.query_params[ASKED] = draft.key


def answer(draft: Draft, answers: Sequence[Answer]) -> None:
    """Keep answers with the draft; the later one to a question holds."""
    asked = {(a.shape, a.asked): a for a in (*draft.answers, *answers)}
    access.current().keep_draft(replace(draft, answers=tuple(asked.values())))


def look_again(draft: Draft) -> None:
    """What stands now has been seen: it is no conflict any more."""
    access.current().keep_draft(replace(draft, seen=datetime.now(UTC)))


def drop(draft: Draft) -> None:
    """Forget the draft and begin anew."""
    access.current().drop_draft(draft.key)
    st.query_params.pop(ASKED, None)
    st.session_state.pop(CHECKED, None)


def checked(draft: Draft, words: Words) -> Check:
    """The check of the draft as everything stands now; made once for each state of both."""
    store = access.current()
    made_of = (draft, store.revision())
    kept = st.session_state.get(CHECKED)
    if kept is None or kept[0] != made_of:
        bar = st.progress(0.0)

        def told(done: int, name: str) -> None:
            bar.progress(done / len(draft.files), markup.plain(words("upload.reading", name=name)))

        unit = draft.unit or store.unit or None
        found = intake.check(store, draft.files, draft.year, unit, draft.answers, draft.seen, told)
        bar.empty()
        kept = st.session_state[CHECKED] = (made_of, found)
    result: Check = kept[1]
    return result
