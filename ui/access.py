"""Who may see what on this screen; the same question is asked again where data is read."""

from __future__ import annotations

import streamlit as st

from danvan.installation import is_loopback
from danvan.wording import Words


def guard(words: Words) -> None:
    """Stop the page when others than this machine could reach it: nobody can sign in yet."""
    if not is_loopback(st.get_option("server.address") or ""):
        st.error(words("access.only_this_machine"))
        st.stop()
