"""Letting people in: by hand, by a workbook of names, and the first passwords, shown once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from danvan.accounts import Account, Role, roster
from danvan.accounts.roster import LONGEST_NAME, Newcomer, Roster
from danvan.errors import DanvanError, Severity
from danvan.model import Catalogue, File
from danvan.wording import Words
from ui import access, filters, markup, preview
from ui.downloads import XLSX

FIRST = "newcomers"  # in the session: whose first passwords are to be handed on
FILE = "names-file"  # in the session: counts the files taken, so that the next one begins anew
EMPTY = Account(0, "", "", Role.REPORTER)
BY_HAND = {name: f"new-{name}" for name in ("account", "full_name", "role", "unit")}


def fields(account: Account, keys: Mapping[str, str], catalogue: Catalogue, words: Words) -> None:
    """What is asked about a person; each field is kept under its key."""
    units = {"": words("account.everything")} | {u.code: words.name(u) for u in catalogue.units}
    codes, roles = list(units), list(Role)
    for name, value in (("full_name", account.full_name), ("account", account.name)):
        if name in keys:
            most = LONGEST_NAME
            st.text_input(words(f"roster.{name}"), value, max_chars=most, key=keys[name])
    st.radio(
        words("roster.role"),
        roles,
        index=roles.index(account.role),
        format_func=lambda role: words(f"role.{role}"),
        captions=[words(f"able.{role}") for role in roles],
        key=keys["role"],
    )
    st.selectbox(
        words("roster.unit"),
        codes,
        index=codes.index(account.unit) if account.id and account.unit in codes else None,
        placeholder=words("people.choose_unit"),
        format_func=lambda code: f"{units[code]} ({code})" if code else units[code],
        key=keys["unit"],
    )
    st.caption(words("people.unit_how"))


def by_hand(catalogue: Catalogue, words: Words) -> None:
    """One person typed in."""
    with st.container(border=True, width=760), st.form("newcomer", border=False):
        fields(EMPTY, BY_HAND, catalogue, words)
        st.form_submit_button(
            words("people.add"),
            type=filters.emphasis(),
            icon=":material/person_add:",
            on_click=_add,
            args=(words,),
        )


def _add(words: Words) -> None:
    typed = {name: st.session_state[key] for name, key in BY_HAND.items()}
    try:
        role, unit = Role(typed["role"]), typed["unit"]
        account = roster.newcomer(typed["account"], typed["full_name"], role, unit)
        _admit([account])
    except DanvanError as error:
        st.toast(error.text(words.language), icon=":material/error:")
    else:
        for name in ("account", "full_name"):
            st.session_state[BY_HAND[name]] = ""


def _admit(accounts: Sequence[Account]) -> None:
    store = access.current()
    keep(roster.admit_all(store.people, accounts, store.account.name, access.where()))


def by_file(accounts: Sequence[Account], catalogue: Catalogue, words: Words) -> None:
    """Many people by a workbook of names: what is wrong or who would be added, then one button."""
    with st.container(border=True):
        st.markdown(words("people.file_how"))
        st.download_button(
            words("people.form"),
            data=partial(roster.form, catalogue, words, date.today()),
            file_name=words("people.form_name"),
            mime=XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
        taken = st.session_state.setdefault(FILE, 0)
        handed_in = st.file_uploader(words("people.file"), key=f"{FILE}-{taken}")
    if handed_in is None:
        return
    file = File(handed_in.name, handed_in.getvalue())
    read = roster.read(file, catalogue, [one.name for one in accounts], date.today())
    if read.problems:
        st.header(words("people.nobody_added", n=len(read.problems)), anchor=False)
        preview.problems(read.problems, Severity.ERROR, words)
    _preview(read, catalogue, words)
    if read.sound:
        st.button(
            words("people.add_all", n=len(read.accounts)),
            type=filters.emphasis(),
            icon=":material/group_add:",
            on_click=_add_all,
            args=(read, words),
        )


def _preview(read: Roster, catalogue: Catalogue, words: Words) -> None:
    rows = [
        {
            words("roster.full_name"): one.full_name,
            words("roster.account"): one.name,
            words("roster.role"): words(f"role.{one.role}"),
            words("roster.unit"): where(one, catalogue, words),
        }
        for one in read.accounts
    ]
    if rows:
        st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")


def _add_all(read: Roster, words: Words) -> None:
    try:
        _admit(read.accounts)
    except DanvanError as error:
        st.toast(error.text(words.language), icon=":material/error:")
    else:
        st.session_state[FILE] += 1


def where(one: Account, catalogue: Catalogue, words: Words) -> str:
    """The unit of somebody in words."""
    unit = catalogue.unit.get(one.unit)
    return words.name(unit) if unit else one.unit or words("account.everything")


def keep(newcomers: Sequence[Newcomer]) -> None:
    """Show these first passwords beside those before, until the person says that they have them."""
    again = {one.account.name for one in newcomers}
    before: list[list[Newcomer]] = st.session_state.get(FIRST, [])
    older = [[one for one in some if one.account.name not in again] for some in before]
    st.session_state[FIRST] = [*(some for some in older if some), list(newcomers)]


def first_passwords(words: Words) -> None:
    """The first passwords just made: read out one by one, or taken away as a workbook. Kept nowhere."""
    batches: list[list[Newcomer]] = st.session_state.get(FIRST, [])
    made = [one for some in batches for one in some]
    if not made:
        return
    with st.container(border=True, key="first-passwords"):
        st.subheader(words("people.first", n=len(made)), anchor=False)
        for some in batches:
            st.markdown(markup.plain(", ".join(one.account.full_name for one in some)))
            if len(some) == 1:
                st.code(some[0].password, language=None)
        st.caption(words("people.first_how"))
        with st.container(horizontal=True):
            st.download_button(
                words("people.first_file"),
                data=partial(roster.first_passwords, made, words),
                file_name=words("people.first_name"),
                mime=XLSX,
                icon=":material/download:",
                on_click="ignore",
            )
            st.button(words("people.first_seen"), icon=":material/close:", on_click=_forget)


def _forget() -> None:
    del st.session_state[FIRST]
