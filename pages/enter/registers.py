"""Registers entered by hand: models, tasks and awards, in a grid or one row in a form."""

import streamlit as st

from ui import cached, documents, entering, entry_form, filters, grid

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.registers"), words("registers.subject"))
entering.outcome(words)
register = entering.register(words)
with st.container(border=True, horizontal=True):
    year = filters.year_to_enter(cached.open_years(), sorted(cached.years()), words)
    unit = entering.unit(catalogue, year, words)
desk = entering.opened(register, year, unit)
entry = entering.asked(desk, words)
entering.way(desk, entry, words)
entering.waiting(desk, words)
if entry is None:
    written = grid.written(desk, catalogue, words)
else:
    written = entry_form.written(desk, entry, catalogue, words)
sheet = entering.checked(desk, written)
entering.told(desk, sheet, catalogue, words)
if sheet.amendments:
    entering.store(sheet, documents.asked(words), words)
