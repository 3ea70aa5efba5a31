"""Meeting: what a presentation of the year shows, screen by screen, and the ways to show and keep it."""

import streamlit as st

from ui import filters, markup, meeting, view

words = filters.words()
asked = view.asked(words)
view.head(asked, words("page.meeting"), words("meeting.subject"))
filters.choose_unit(view.names(asked), asked.unit.code, words)

shown = meeting.screens(asked)
st.header(markup.plain(shown[1].title), anchor=False)
meeting.buttons(asked)
with st.container(border=True):
    st.subheader(words("meeting.contents", n=len(shown)), anchor=False)
    st.markdown(meeting.listed(asked, shown))
