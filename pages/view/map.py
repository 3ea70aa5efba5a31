"""Map: the units beside each other at a glance, in one indicator or in all of them."""

import streamlit as st

from ui import approvals, filters, map, markup, view

words = filters.words()
asked = view.asked(words)
about = f"{words.name(asked.unit)} · {view.time(asked)}"
view.head(asked, words("page.map"), markup.plain(about))
indicator = map.choose(asked)
shown = map.city_map(asked, indicator)

st.header(markup.phrases(shown.sentence), anchor=False)
approvals.told(asked)
map.show(shown, words)
