"""Awards: collectives and individuals, by level, form and decision; each of them with its life."""

import streamlit as st

from danvan.model import Register
from ui import entry, figures, filters, markup, register, roll, view
from ui.awards import awards

words = filters.words()
asked = view.asked(words)
listed = register.asked(asked, Register.AWARD)
if entry.asked():
    entry.show(listed, words)
    st.stop()
about = f"{words.name(asked.unit)} · {words('filter.of_year', year=asked.year)}"
view.head(asked, words("page.awards"), markup.plain(about), periods=False)
filters.choose_unit(view.names(asked), asked.unit.code, words)
shown = awards(asked)

st.header(markup.plain(shown.sentence), anchor=False)
st.markdown(shown.kinds)
if listed.counted:
    roll.show(listed, words)
left, right = st.columns(2, gap="medium")
with left:
    for drawn in (shown.levels, shown.forms):
        if drawn:
            figures.show(drawn, words)
with right:
    if shown.decisions:
        figures.show(shown.decisions, words)
if not listed.counted:
    roll.show(listed, words)
