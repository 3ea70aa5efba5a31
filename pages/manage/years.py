"""Years: each with its stage, and what speaks against closing the one that was chosen."""

from datetime import date

import streamlit as st

from danvan import closing
from danvan.accounts import Act
from danvan.model import Stage
from ui import access, cached, filters, years

words = filters.words()
store, catalogue = access.current(), cached.catalogue()
store.need(Act.YEARS)
filters.head(words("page.years"), words("years.subject"))
rules = store.years()
years.new(sorted(rules), words)
chosen = filters.chosen_year(rules)
for rule in sorted(rules.values(), key=lambda rule: rule.year, reverse=True):
    with st.container(border=True):
        years.headline(rule, rule.year == chosen, words)
        if rule.year == chosen and rule.stage is Stage.OPEN:
            checked = closing.checklist(store, chosen, date.today())
            years.open_points(checked, catalogue, words)
            years.close(checked, words)
