"""History: every submission, newest first, with its files and the button that takes it back."""

import streamlit as st

from ui import access, filters, submissions

words = filters.words()
filters.head(words("page.history"), words("history.subject"))
undone = st.session_state.pop("undone", None)
if undone:
    st.success(words("cli.undone", **undone), icon=":material/undo:")
submissions.listed(access.current().submissions(), words)
