"""Round: who has to report what for a period until when, who still owes it, and reminding them."""

import streamlit as st

from danvan.accounts import Act
from ui import access, cached, filters, round, years

words = filters.words()
store, catalogue = access.current(), cached.catalogue()
store.need(Act.PLAN)
filters.head(words("page.round"), words("round.subject"))
years.closed(words)
rules = round.open_years()
if not rules:
    st.info(words("round.no_year"))
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom"):
    filters.year(sorted(rules), words)
    rule = rules[filters.asked_year(sorted(rules))]
    one = round.chosen(rule, words)
round.outcome(words)
round.new(rule, catalogue, words, first=one is None)
if one is None:
    st.info(words("round.none", year=rule.year), icon=":material/event_available:")
    st.stop()
told = cached.owed(rule.year, one.period)
letters = round.texts(one, told, catalogue, words)
st.header(round.headline(one, told, words), anchor=False)
st.caption(round.about(one, words))
round.strip(one, told, words)
round.table(one, told, catalogue, words)
round.change(rule, one, catalogue, words)
round.contacts(catalogue, rule.year, words)
chosen = round.choose(letters, catalogue, words)
round.show(chosen, catalogue, words)
left, right = st.columns(2, gap="medium")
with left:
    round.copied(one, chosen, words)
with right:
    round.by_mail(one, chosen, catalogue, words)
