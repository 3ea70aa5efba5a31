"""Round: who has to report what for a period until when, who still owes it, and reminding them."""

import streamlit as st

from danvan.accounts import Act
from ui import access, cached, contacts, filters, reminding, round, standing, years

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
letters = reminding.texts(one, told, catalogue, words)
st.header(standing.headline(one, told, words), anchor=False)
st.caption(standing.about(one, words))
standing.strip(one, told, words)
standing.table(one, told, catalogue, words)
round.change(rule, one, catalogue, words)
contacts.fields(catalogue, rule.year, words)
chosen = reminding.choose(letters, catalogue, words)
reminding.show(chosen, catalogue, words)
left, right = st.columns(2, gap="medium")
with left:
    reminding.copied(one, chosen, words)
with right:
    reminding.by_mail(one, chosen, catalogue, words)
