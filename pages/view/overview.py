"""Overview: the year's finding first, then what is missing, then everything behind it."""

import streamlit as st

from ui import approvals, cached, figures, filters
from ui.overview import overview

words = filters.words()
top = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
with top:
    heading = st.container(width=640)
    with st.container(horizontal=True, width="content", vertical_alignment="center"):
        year = filters.year(sorted(cached.years()), words)
        filters.language()
shown = overview(year)
heading.title(shown.name, anchor=False)
heading.caption(words("overview.subject"))

st.header(shown.sentence, anchor=False)
approvals.told(year, words)
if not shown.counts:
    st.info(words("overview.empty", year=year))
    st.stop()
figures.draw(shown.strip.chart, shown.strip.words)
st.markdown(shown.strip.title)

left, right = st.columns(2, gap="medium")
with left, st.container(border=True):
    st.subheader(words("overview.missing"), anchor=False)
    figures.listed(shown.missing, words("overview.nothing_missing"), year, words)
with left, st.container(border=True):
    st.subheader(shown.areas.title, anchor=False)
    figures.draw(shown.areas.chart, shown.areas.words)
with right, st.container(border=True):
    st.subheader(shown.bullets.title, anchor=False)
    figures.draw(shown.bullets.chart, shown.bullets.words)
    st.caption(words("overview.bullets_note"))
with right, st.container(border=True):
    st.subheader(words("overview.without_target"), anchor=False)
    figures.listed(shown.others, words("overview.none"), year, words)

with st.expander(words("overview.table"), icon=":material/table:"):
    st.table(shown.table, hide_index=True, border="horizontal")
for document in shown.documents:
    st.caption(document)
