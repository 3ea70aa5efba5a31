"""Tasks: what is overdue and by how much, the deadlines of the year, and what has none."""

import streamlit as st

from danvan.model import Register
from ui import entry, figures, filters, markup, register, roll, view
from ui.tasks import tasks

words = filters.words()
asked = view.asked(words)
listed = register.asked(asked, Register.TASK)
if entry.asked():
    entry.show(listed, words)
    st.stop()
about = f"{words.name(asked.unit)} · {words('filter.of_year', year=asked.year)}"
view.head(asked, words("page.tasks"), markup.plain(about), periods=False)
filters.choose_unit(view.names(asked), asked.unit.code, words)
shown = tasks(asked)

st.header(markup.plain(shown.sentence), anchor=False)
st.markdown(shown.states)
st.caption(shown.judged)
if listed.counted:
    roll.show(listed, words)
left, right = st.columns([3, 2], gap="medium")
with left:
    if shown.deadlines:
        figures.show(shown.deadlines, words)
    if shown.rest:
        figures.more(shown.rest, words, "tasks.more")
with right:
    if shown.states:
        with st.container(border=True):
            st.subheader(words("tasks.overdue_head"), anchor=False)
            nothing = words("tasks.none_overdue")
            figures.listed_first(shown.overdue, nothing, "overdue", words, "tasks.more")
            for line in shown.undated:
                st.caption(line)
    if shown.areas:
        figures.show(shown.areas, words)
if not listed.counted:
    roll.show(listed, words)
