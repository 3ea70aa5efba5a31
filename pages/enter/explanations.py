"""Explanations: what a unit has missed or had sent back, with a field for each to say why."""

import streamlit as st

from ui import cached, explaining, filters

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.explanations"), words("explain.subject"))
years = sorted(cached.years())
if not years:
    st.info(words("view.no_year"))
    st.stop()
with st.container(horizontal=True, vertical_alignment="center"):
    year = filters.year(years, words)
    unit = filters.narrow("unit", explaining.units(year, catalogue, words), words)
explaining.outcome(words)
explaining.listed(year, unit, catalogue, words)
