"""Indicator: one figure, over the years and over the units, and why it is what it is."""

import streamlit as st

from ui import (
    approvals,
    cached,
    card,
    evidence,
    explaining,
    figures,
    filters,
    indicator,
    markup,
    view,
)

words = filters.words()
asked = view.asked(words)
chosen = view.indicator(asked)
area = asked.catalogue.area[chosen.area]
about = f"{words.name(area)} · {words.name(asked.unit)} · {view.time(asked)}"
view.head(asked, markup.plain(words.name(chosen)), markup.plain(about))
with st.container(horizontal=True):
    filters.choose_indicator(view.indicators(asked), chosen.code, words)
    filters.choose_unit(view.names(asked), asked.unit.code, words)

shown = indicator.shown(asked, chosen)
if shown is None:
    st.info(words("indicator.unknown", year=asked.year))
    approvals.values(asked.year, asked.unit.code, chosen.code, asked.catalogue, words)
    st.stop()
st.header(card.headline(shown.row, words), anchor=False)
if shown.to_date:
    st.caption(shown.to_date)
if shown.counted:
    st.markdown(shown.counted)
approvals.values(asked.year, asked.unit.code, chosen.code, asked.catalogue, words)

left, right = st.columns([3, 2], gap="medium")
with left:
    for drawn in (shown.trend, shown.parts):
        if drawn:
            figures.show(drawn, words)
with right:
    if shown.funnel:
        figures.show(shown.funnel, words)
    with st.container(border=True):
        st.subheader(words("card.why"), anchor=False)
        card.reasons(shown.row, asked.rule, chosen, words)
    explaining.of_figure(asked, chosen, shown.row)
    evidence.listed(
        evidence.of_figure(asked.year, asked.unit.code, chosen.code, asked.as_of), words
    )
    with st.container(border=True):
        st.subheader(words("card.history"), anchor=False)
        told = cached.history(asked.year, asked.unit.code, chosen.code, asked.as_of)
        card.history(told, shown.row, words)
