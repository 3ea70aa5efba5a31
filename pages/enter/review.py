"""Review: what reporters handed in, oldest first, beside what stands; approved or sent back."""

import streamlit as st

from danvan import approval
from danvan.errors import Severity
from ui import access, cached, filters, preview, review

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.review"), words("review.subject"))
review.outcome(words)
queue = access.current().queue()
if queue.empty:
    st.info(words("review.empty"), icon=":material/check_circle:")
    st.stop()
left, right = st.columns([2, 5], gap="medium")
with left:
    row = review.chosen(queue, catalogue, words)
waiting = approval.waiting(access.current(), row["id"])
with right:
    review.head(row, catalogue, words)
    preview.problems(waiting.problems, Severity.WARNING, words)
    preview.changes(waiting.changes, catalogue, words, f"filter-{waiting.number}", brief=True)
    review.entries(waiting, catalogue, words)
    review.explanations(waiting, catalogue, words)
    review.documents(waiting, words)
    review.decision(waiting, catalogue, words)
