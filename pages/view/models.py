"""Models: how far they came, in which fields and whose; each of them with its life."""

import streamlit as st

from danvan.model import Register
from ui import entry, figures, filters, markup, register, roll, view
from ui.models import models

words = filters.words()
asked = view.asked(words)
listed = register.asked(asked, Register.MODEL)
if entry.asked():
    entry.show(listed, words)
    st.stop()
about = f"{words.name(asked.unit)} · {words('filter.of_year', year=asked.year)}"
view.head(asked, words("page.models"), markup.plain(about), periods=False)
filters.choose_unit(view.names(asked), asked.unit.code, words)
shown = models(asked)

st.header(markup.plain(shown.sentence), anchor=False)
st.markdown(shown.states)
if listed.counted:
    roll.show(listed, words)
left, right = st.columns(2, gap="medium")
with left:
    if shown.fields:
        figures.show(shown.fields, words)
with right:
    if shown.holders:
        figures.show(shown.holders, words)
if not listed.counted:
    roll.show(listed, words)
