"""Who is looking at this screen, and the store as they may use it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from danvan.access import PUBLIC, Access
from danvan.access import access as access_of
from danvan.accounts import Account, Act
from danvan.errors import NotAllowedError
from danvan.gate import is_proof
from danvan.installation import address, open_installed
from danvan.store import Store
from danvan.wording import Words

MANY = 256  # people of one office at work on one day


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
    member = _member()
    return member.account if member else None


def current() -> Access:
    """The store as whoever looks may use it; NotAllowedError where they may not look."""
    if not gated():
        raise NotAllowedError("sign_in_first")
    return _member() or access_of(_store(address()), None)


def looks() -> bool:
    """Whether whoever asks may look at anything here."""
    try:
        current()
    except NotAllowedError:
        return False
    return True


def may(act: Act) -> bool:
    """Whether whoever looks may do this at all."""
    return act in acts()


def acts() -> frozenset[Act]:
    """All that whoever looks may do; nothing where nobody has signed in."""
    member = _member()
    return frozenset(act for act in Act if member.may(act)) if member else frozenset()


def is_new() -> bool:
    """Whether nobody has an account yet: then this machine alone may look."""
    return not _store(address()).people.exists()


def where() -> str:
    """The address that whoever looks has signed in from, for the audit; "" where it is not known."""
    account, key = person(), st.user.get("session")
    live = _store(address()).people.sessions(account.id) if account else []
    return next((session.address for session in live if session.key == key), "")


def of_scope(unit: str) -> Access:
    """The store as anybody of this scope sees it, for what is made once for all of them."""
    return Access(_store(address()), replace(PUBLIC, unit=unit))


def _member() -> Access | None:
    """The store as the person who has signed in may use it; None where nobody has."""
    number = str(st.user.get("account") or "")
    if not gated() or not number.isdigit():
        return None
    return _access(address(), _store(address()).revision(), int(number))


@lru_cache(maxsize=MANY)
def _access(address: str, revision: int, number: int) -> Access | None:  # noqa: ARG001 - the key
    """Whatever changes about an account or the units raises the revision."""
    account = _store(address).people.account_of(number)
    return Access(_store(address), account) if account and account.active else None


@st.cache_resource(show_spinner=False)
def _store(address: str) -> Store:  # noqa: ARG001 - the address is the key
    return open_installed()
