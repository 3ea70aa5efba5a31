"""Overview: the period's finding first, then what is missing, then everything behind it."""

import streamlit as st

from ui import cards, coverage, figures, filters, markup, matrix, owing, pictures, view
from ui.overview import overview

words = filters.words()
asked = view.asked(words)
view.head(asked, markup.plain(words.name(asked.unit)), words("overview.subject"))
if len(tops := view.tops(asked)) > 1:
    filters.choose_unit(tops, asked.unit.code, words)
shown = overview(asked)

st.header(markup.phrases(shown.sentence), anchor=False)
owing.told(asked)
if not shown.counts:
    st.info(words("overview.empty", year=asked.year))
    st.stop()
figures.draw(shown.strip.chart, shown.strip.words)
st.markdown(" ".join(markup.badge(state, words, n) for state, n in shown.counts.items()))

left, right = st.columns([3, 2], gap="medium")
with left, st.container(border=True, height="stretch"):
    st.subheader(words("overview.missing"), anchor=False)
    figures.listed_first(shown.missing, words("overview.nothing_missing"), "missing", words)
with right, st.container(border=True, height="stretch"):
    if shown.coverage:
        coverage.show(shown.coverage, words)
cards.show(shown.cards)

left, right = st.columns([3, 2], gap="medium")
with left:
    figures.show(shown.bullets, words)
    if shown.rest:
        figures.more(shown.rest, words)
    with st.container(border=True):
        st.subheader(words("overview.without_target"), anchor=False)
        figures.listed_first(shown.others, words("overview.none"), "others", words)
with right:
    figures.show(shown.areas, words)

if shown.matrix:
    with st.container(border=True):
        st.subheader(markup.plain(shown.matrix_title), anchor=False)
        matrix.show(shown.matrix, shown.matrix_legend)
        pictures.button(matrix.KEY, shown.matrix_title, figures.source(words), words)
figures.table(shown.listed, words)
figures.sources(shown.documents, words)
