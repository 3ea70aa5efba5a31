"""Who may see what on this screen; the same question is asked again where data is read."""

from __future__ import annotations

import ipaddress

import streamlit as st

from danvan.wording import Words


def guard(words: Words) -> None:
    """Stop the page when others than this machine could reach it: nobody can sign in yet."""
    address = st.get_option("server.address") or ""
    if address != "localhost" and not _loopback(address):
        st.error(words("access.only_this_machine"))
        st.stop()


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
