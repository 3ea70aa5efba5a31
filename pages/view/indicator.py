"""Indicator: one figure and why it is what it is, down to the cell it was read from."""

import streamlit as st

from ui import approvals, cached, card, filters, markup

words = filters.words()
catalogue, rules = cached.catalogue(), cached.years()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    back = st.container(width="content")
    with st.container(horizontal=True, width="content"):
        year = filters.year(sorted(rules), words)
        filters.language()
back.page_link(
    "pages/view/overview.py",
    label=words("indicator.back"),
    icon=":material/arrow_back:",
    query_params=filters.query(year, words),
)
measured = cached.measured(year)
yearly = measured[measured["period"] == "year"]
found = filters.figure(yearly, catalogue.roots(year)[0].code)
if found is None:
    st.info(words("indicator.unknown", year=year))
    approvals.values(year, *filters.asked_figure(), catalogue, words)
    st.stop()
unit, indicator = catalogue.unit[found["unit"]], catalogue.indicator[found["indicator"]]

area = catalogue.area[indicator.area]
st.caption(markup.plain(f"{words.name(area)} · {words.name(unit)} · {year}"))
st.title(markup.plain(words.name(indicator)), anchor=False)
st.header(card.headline(found, words), anchor=False)

approvals.values(year, unit.code, indicator.code, catalogue, words)
with st.container(border=True):
    st.subheader(words("card.why"), anchor=False)
    card.reasons(found, rules[year], words)
if found["joined"]:
    with st.container(border=True):
        st.subheader(words("card.parts"), anchor=False)
        card.parts(yearly, found, catalogue, words)
with st.container(border=True):
    st.subheader(words("card.history"), anchor=False)
    card.history(cached.history(year, unit.code, indicator.code), found, words)
