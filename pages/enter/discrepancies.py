"""Discrepancies: every two numbers of a year that contradict each other, and what is to be explained."""

import streamlit as st

from ui import cached, discrepancies, explaining, filters

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.discrepancies"), words("discrepancies.subject"))
years = sorted(cached.years())
if not years:
    st.info(words("view.no_year"))
    st.stop()
parts = {
    "discrepancies": words("discrepancies.tab"),
    "explanations": words("page.explanations"),
}
with st.container(horizontal=True, vertical_alignment="center"):
    year = filters.year(years, words)
    part = filters.tab(parts, words)
    unit = ""
    if part == "explanations":
        unit = filters.narrow("unit", explaining.units(year, catalogue, words), words)
if part == "explanations":
    explaining.outcome(words)
    explaining.listed(year, unit, catalogue, words)
    st.stop()
found = cached.discrepancies(year)
discrepancies.outcome(words)
st.header(discrepancies.sentence(found, year, words), anchor=False)
shown = discrepancies.narrowed(found, catalogue, words)
discrepancies.listed(shown, year, catalogue, words)
