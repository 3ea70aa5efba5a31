"""Overview: the year's finding first, then what is missing, then everything behind it."""

import streamlit as st

from danvan import charts, findings
from danvan.completion import state_counts
from danvan.states import ASKED
from ui import cached, figures, filters, markup

words, theme = filters.words(), filters.theme()
catalogue, years = cached.catalogue(), sorted(cached.years())
top = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
with top:
    heading = st.container(width=640)
    with st.container(horizontal=True, width="content", vertical_alignment="center"):
        year = filters.year(years, words)
        filters.language()
root = catalogue.roots(year)[0]
measured = cached.measured(year)
shown = measured[(measured["period"] == "year") & (measured["unit"] == root.code)]
heading.title(markup.plain(words.name(root)), anchor=False)
heading.caption(words("overview.subject"))

st.header(markup.phrases(findings.year_sentence(shown, year, words)), anchor=False)
counts = state_counts(shown)
if not counts:
    st.info(words("overview.empty", year=year))
    st.stop()
figures.draw(charts.state_strip(counts, words, theme), charts.state_strip_words(counts, words))
st.markdown(" ".join(markup.badge(state, words, count) for state, count in counts.items()))

left, right = st.columns(2, gap="medium")
with left, st.container(border=True):
    st.subheader(words("overview.missing"), anchor=False)
    figures.missing(findings.missing(measured, root.code, catalogue, words), year, words)
with left, st.container(border=True):
    st.subheader(markup.plain(findings.areas_title(shown, catalogue, words)), anchor=False)
    figures.draw(
        charts.area_blocks(shown, catalogue, words, theme),
        charts.area_blocks_words(shown, catalogue, words),
    )
with right, st.container(border=True):
    st.subheader(markup.plain(findings.judged_title(shown, words)), anchor=False)
    figures.draw(
        charts.completion_bullets(shown, words, theme, figures.address(year)),
        charts.completion_bullets_words(shown, words),
    )
    st.caption(words("overview.bullets_note"))
with right, st.container(border=True):
    st.subheader(words("overview.without_target"), anchor=False)
    figures.listed(shown[~shown["state"].isin(ASKED) & shown["result"].notna()], year, words)

with st.expander(words("overview.table"), icon=":material/table:"):
    figures.table(shown, year, words)
figures.documents(year, words)
