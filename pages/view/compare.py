"""Compare: years beside years or units beside units, for any set of indicators."""

import streamlit as st

from ui import comparison, figures, filters, markup, view

words = filters.words()
asked = view.asked(words)
view.head(asked, words("page.compare"), words("compare.subject"))
parts = {"years": words("compare.years"), "units": words("compare.units")}
names, below = view.names(asked), [unit.code for unit in asked.below()]
with st.container(border=True):
    part = filters.tab(parts, words)
    codes = filters.several(
        "indicator",
        view.indicators(asked),
        comparison.usual(asked),
        comparison.MOST_INDICATORS,
        words,
    )
    usual = [asked.root.code] if part == "years" else below or [asked.root.code]
    most = comparison.MOST_UNITS if part == "years" else len(names)
    units = [asked.units()[code] for code in filters.several("unit", names, usual, most, words)]

indicators = [asked.catalogue.indicator[code] for code in codes]
over = comparison.over_years if part == "years" else comparison.over_units
rows = [(heading, drawn) for heading, drawn in over(asked, indicators, units) if drawn]
for heading, drawn in rows:
    if heading:
        st.header(markup.plain(heading), anchor=False)
    for column, chart in zip(st.columns(max(len(drawn), comparison.BESIDE)), drawn, strict=False):
        with column:
            figures.show(chart, words)
if not rows:
    st.info(words("compare.nothing"))
