"""The visitor: who is signed in, and the ways to sign in and out."""

from __future__ import annotations

from html import escape

import streamlit as st

from danvan.accounts import Account
from danvan.wording import Words
from ui import access, cached, markup


def banner(words: Words) -> None:
    """Before the first account: what can be done, and where to begin."""
    if access.is_new():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(words("visitor.new"), width="stretch")
            _links((("/set-up", words("visitor.set_up")),))


def label(words: Words) -> None:
    """On every screen: that the figures were made up, where they were."""
    if access.looks() and cached.generated():
        st.warning(words("visitor.generated"), icon=":material/science:")


def menu(words: Words) -> None:
    """Who looks, with the way out; or the way in."""
    account = access.person()
    if account is None:
        _links((("/sign-in", words("visitor.sign_in")),))
        return
    with st.popover(markup.plain(account.full_name), icon=":material/account_circle:"):
        st.caption(f"{words(f'role.{account.role}')} · {_where(account, words)}")
        _links(
            (
                ("/password", words("visitor.password")),
                ("/sign-out", words("visitor.sign_out")),
            )
        )


def _where(account: Account, words: Words) -> str:
    unit = cached.catalogue().unit.get(account.unit)
    return markup.plain(words.name(unit)) if unit else words("visitor.everywhere")


def _links(links: tuple[tuple[str, str], ...]) -> None:
    """Links of the server's own pages, in this tab."""
    anchors = (
        f'<a href="{path}" target="_self" style="color: inherit">{escape(text)}</a>'
        for path, text in links
    )
    st.html("<br>".join(anchors))
