"""The document on whose authority figures are stored, asked on a page."""

from __future__ import annotations

from datetime import date

import streamlit as st

from danvan.model import Document
from danvan.wording import Words


def given() -> Document | None:
    """What was said of it in the fields that stand further down on the page."""
    title, number = (st.session_state.get(key) or "" for key in ("document", "document-number"))
    day: date | None = st.session_state.get("document-day")
    return Document(title, number, day) if title.strip() else None


def asked(words: Words) -> Document | None:
    """What a person says of the document; None without a title."""
    with st.expander(words("upload.document"), icon=":material/description:"):
        title = st.text_input(words("upload.document_title"), key="document")
        number = st.text_input(words("upload.document_number"), key="document-number")
        day: date | None = st.date_input(
            words("upload.document_day"), value=None, format="DD/MM/YYYY", key="document-day"
        )
    return Document(title, number, day) if title.strip() else None
