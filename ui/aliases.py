"""Other names of units and indicators on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from danvan.intake.spelling import spelled
from danvan.model import Alias, Answer, Catalogue, Channel, Submission
from danvan.wording import Words
from ui import access, drafts, markup

MOST = 60  # shown at once; searching finds the others


def listed(catalogue: Catalogue, words: Words) -> None:
    """Every other name with what it stands for, the newest first, and a button to take it out."""
    sought = spelled(st.text_input(words("catalogue.search"), key="search"))
    things = catalogue.unit | catalogue.indicator
    named = [
        (alias, words.name(things[alias.code]))
        for alias in reversed(catalogue.aliases)
        if alias.code in things
    ]
    found = [(a, n) for a, n in named if sought in spelled(a.name) or sought in spelled(n)]
    st.caption(words("catalogue.found", n=len(found)))
    for alias, name in found[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            text = f"“{markup.plain(alias.name)}” → **{markup.plain(name)}** :gray[{markup.plain(alias.code)}]"
            st.markdown(text, width="stretch")
            st.button(
                words("catalogue.remove"),
                key=f"remove-{alias.name}",
                on_click=_remove,
                args=(alias,),
            )


def answered(answers: Sequence[Answer], words: Words) -> None:
    """What people said about headings and names that are not to be read, and taking it back."""
    standing = {(a.shape, a.asked): a for a in answers if a.name}
    given = [answer for answer in reversed(standing.values()) if answer.meaning]
    if not given:
        return
    st.subheader(words("catalogue.answers"), anchor=False)
    for answer in given[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            said = _meaning(answer, words)
            st.markdown(
                f"“{markup.plain(answer.name)}” → **{markup.plain(said)}**", width="stretch"
            )
            st.button(
                words("catalogue.remove"),
                key=f"forget-{answer.shape}-{answer.asked}",
                on_click=_forget,
                args=(answer,),
            )


def _meaning(answer: Answer, words: Words) -> str:
    known = {"skip": "answer.skip"} | {
        f: f"field.{f}" for f in ("target", "result", "ratio", "note")
    }
    key = known.get(answer.meaning)
    return words(key) if key else answer.meaning


def _forget(answer: Answer) -> None:
    act = Submission(
        person=drafts.person(), channel=Channel.CATALOGUE, answers=(replace(answer, meaning=""),)
    )
    access.current().submit([act])


def _remove(alias: Alias) -> None:
    catalogue = Catalogue(aliases=(replace(alias, removed=True),))
    act = Submission(person=drafts.person(), channel=Channel.CATALOGUE, catalogue=catalogue)
    access.current().submit([act])
