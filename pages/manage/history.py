"""History: every submission with what was decided about it; for admins also who did what."""

import streamlit as st

from danvan.accounts import Act
from ui import access, audit, filters, submissions

words = filters.words()
filters.head(words("page.history"), words("history.subject"))
undone = st.session_state.pop("undone", None)
if undone:
    st.success(words("cli.undone", **undone), icon=":material/undo:")
store, shown = access.current(), "submissions"
if store.may(Act.AUDIT) and not store.unit:
    parts = {
        "submissions": words("history.tab_submissions"),
        "audit": words("history.tab_audit"),
    }
    shown = filters.tab(parts, words)
if shown == "audit":
    audit.listed(store.people, words)
else:
    submissions.listed(store.submissions(), words)
