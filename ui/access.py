"""Who is looking at this screen; what they may see is asked again where data is read."""

from __future__ import annotations

import streamlit as st

from danvan.accounts import Account
from danvan.gate import is_proof
from danvan.wording import Words
from ui import cached


def gated() -> bool:
    """Whether this page was asked for through the sign-in gate."""
    return is_proof(st.user.get("gate"))


def guard(words: Words) -> None:
    """Stop with how to start, and nothing else, where there is no gate in front of the page."""
    if not gated():
        st.error(words("access.how_to_start"))
        st.code("danvan serve", language=None)
        st.stop()


def person() -> Account | None:
    """The account of this run as it is now; None where nobody has signed in."""
    number = str(st.user.get("account") or "")
    if not gated() or not number.isdigit():
        return None
    account = cached.store().people.account_of(int(number))
    return account if account and account.active else None
