"""Unit: a ward's or commune's profile: what it owes, where it stands, its last year beside."""

import streamlit as st

from ui import explaining, figures, filters, markup, owing, view
from ui.profile import profile

words = filters.words()
asked = view.asked(words)
view.head(asked, markup.plain(words.name(asked.unit)), markup.plain(view.about(asked)))
filters.choose_unit(view.names(asked), asked.unit.code, words)
shown = profile(asked)

st.header(markup.phrases(shown.sentence), anchor=False)
if shown.report:
    st.markdown(shown.report)
owing.section(asked)
explaining.told(asked)
if shown.counts:
    figures.draw(*shown.strip)
    st.markdown(" ".join(markup.badge(state, words, n) for state, n in shown.counts.items()))
else:
    st.info(words("profile.empty", time=view.time(asked)))

left, right = st.columns([3, 2], gap="medium")
with left:
    if shown.counts:
        with st.container(border=True):
            st.subheader(words("profile.owes"), anchor=False)
            nothing = words("overview.nothing_missing")
            figures.listed_first(shown.missing, nothing, "missing", words)
    for column, register in zip(st.columns(3), shown.registers, strict=False):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            st.subheader(register.title, anchor=False)
            if register.states:
                st.caption(register.states)
            for name in register.names:
                st.markdown(name)
with right:
    if shown.rank:
        figures.show(shown.rank, words)
    for sentence in shown.standing[1:]:
        st.caption(markup.plain(sentence))
if shown.listed.rows:
    with st.container(border=True):
        st.subheader(words("profile.table"), anchor=False)
        st.html(shown.listed.html(filters.theme()))
        figures.download("profile", shown.listed, words)
