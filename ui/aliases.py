"""Other names of units and indicators on a page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from danvan.intake.spelling import spelled
from danvan.model import Alias, Catalogue, Channel, Submission
from danvan.wording import Words
from ui import cached, drafts, markup

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


def _remove(alias: Alias) -> None:
    catalogue = Catalogue(aliases=(replace(alias, removed=True),))
    act = Submission(person=drafts.person(), channel=Channel.CATALOGUE, catalogue=catalogue)
    cached.store().submit([act])
