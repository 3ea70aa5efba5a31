"""The plan of a year: targets as a matrix, shared out, drafted from before, and the key tasks."""

import streamlit as st

from danvan import planning
from danvan.model import Channel
from ui import (
    access,
    cached,
    filters,
    plan,
    plan_allocation,
    plan_draft,
    plan_grid,
    plan_tasks,
    years,
)

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.plan"), words("plan.subject"))
plan.outcome(words)
years.closed(words)
tab = plan.tab(words)
with st.container(horizontal=True, vertical_alignment="bottom"):
    year = plan.year(words)
    top = plan.top(catalogue, year, words)
    plan.ways(year, top, words)
if not plan.begun(year, words):
    st.stop()
if tab == plan.TASKS:
    plan_tasks.show(year, catalogue, words)
    st.stop()
sheet = plan.opened(year, top)
stands = planning.matrix(sheet.figures, catalogue, year, top)
if tab == plan.DRAFT:
    plan_draft.show(sheet, stands, catalogue, words)
    st.stop()
if tab == plan.ALLOCATION:
    channel, texts = Channel.ALLOCATION, plan_allocation.asked(sheet, stands, catalogue, words)
    checked = planning.written(access.current(), sheet, texts)
else:
    shown = plan_grid.shown(sheet, stands, words)
    channel, texts = Channel.FORM, plan_grid.typed(sheet, shown)
    checked = planning.written(access.current(), sheet, texts)
    plan_grid.show(shown, stands, checked, words)
    plan.law(planning.with_changes(stands, checked), sheet, catalogue, words)
plan.told(checked, stands, catalogue, words)
plan.store(checked, stands, channel, words)
if tab == plan.MATRIX:
    plan.revisions(stands, catalogue, words)
