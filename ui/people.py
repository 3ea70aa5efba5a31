"""People on a page: the list of accounts, one account with all that can be done to it, the switch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from danvan.access import ON, PUBLIC_VIEW
from danvan.accounts import Account, Role, Session, roster
from danvan.errors import DanvanError
from danvan.intake.spelling import spelled
from danvan.model import Catalogue
from danvan.store import People
from danvan.wording import Language, Words, moment
from ui import access, filters, markup, newcomers

PAGE = 25  # people shown at once
THIS = "pages/manage/people.py"


def listed(accounts: Sequence[Account], catalogue: Catalogue, words: Words) -> None:
    """Every account that is sought, those who can sign in first; each leads to its own view."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = spelled(st.text_input(words("people.search"), key="search-people"))
        role = st.selectbox(
            words("roster.role"), ["", *Role], format_func=lambda r: _any_role(r, words), key="role"
        )
    found = [
        one
        for one in sorted(accounts, key=lambda one: not one.active)
        if (not role or one.role == role) and sought in spelled(_texts(one, catalogue, words))
    ]
    st.caption(words("people.found", n=len(found)))
    most = st.session_state.setdefault("people-shown", PAGE)
    for one in found[:most]:
        _line(one, catalogue, words)
    if len(found) > most:
        st.button(words("people.more", n=len(found) - most), on_click=_show_more)


def _any_role(role: str, words: Words) -> str:
    return words(f"role.{role}") if role else words("people.any_role")


def _texts(one: Account, catalogue: Catalogue, words: Words) -> str:
    return f"{one.name} {one.full_name} {newcomers.where(one, catalogue, words)}"


def _line(one: Account, catalogue: Catalogue, words: Words) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        unit = markup.plain(newcomers.where(one, catalogue, words))
        text = f"**{markup.plain(one.full_name)}** {_badges(one, words)}  \n"
        text += f":gray[{markup.plain(one.name)} · {unit} · {_last_seen(one, words)}]"
        st.markdown(text, width="stretch")
        st.page_link(
            THIS,
            label=words("people.open"),
            icon=":material/chevron_right:",
            icon_position="right",
            query_params=_address(one, words),
        )


def _address(one: Account, words: Words) -> dict[str, str]:
    spoken = {} if words.language is Language.VI else {"lang": str(words.language)}
    return {"person": one.name, **spoken}


def _badges(one: Account, words: Words) -> str:
    badges = [("blue" if one.role is Role.ADMIN else "gray", words(f"role.{one.role}"))]
    if one.must_change:
        badges.append(("orange", words("people.must_change")))
    if not one.active:
        badges.append(("red", words("account.inactive")))
    return " ".join(f":{tone}-badge[{markup.plain(text)}]" for tone, text in badges)


def _last_seen(one: Account, words: Words) -> str:
    if one.last_seen is None:
        return words("people.never_seen")
    return words("people.last_seen", at=moment(one.last_seen))


def _show_more() -> None:
    st.session_state["people-shown"] += PAGE


def back(words: Words) -> None:
    """The way from one account to all of them."""
    spoken = {} if words.language is Language.VI else {"lang": str(words.language)}
    icon = ":material/arrow_back:"
    st.page_link(THIS, label=words("people.back"), icon=icon, query_params=spoken)


def one(account: Account, live: Sequence[Session], catalogue: Catalogue, words: Words) -> None:
    """One account: what it may do, its password, and where its person is signed in."""
    st.header(markup.plain(account.full_name), anchor=False)
    made = words("people.made", at=moment(account.made_at) if account.made_at else "–")
    about = f"{markup.plain(account.name)} · {made}"
    st.markdown(f"{_badges(account, words)} :gray[{about} · {_last_seen(account, words)}]")
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        _rights(account, catalogue, words)
    with right, st.container(border=True):
        _password(account, words)
    with right, st.container(border=True):
        _sessions(account, live, words)


def _rights(account: Account, catalogue: Catalogue, words: Words) -> None:
    """Name, role and unit, changed together; kept for each account apart from the others."""
    st.subheader(words("people.rights"), anchor=False)
    keys = {name: f"{name}-{account.id}" for name in ("full_name", "role", "unit")}
    with st.form(f"rights-{account.id}", border=False):
        newcomers.fields(account, keys, catalogue, words)
        st.form_submit_button(
            words("people.save"),
            type=filters.emphasis(),
            icon=":material/save:",
            on_click=_save,
            args=(account, keys, words),
        )


def _save(account: Account, keys: dict[str, str], words: Words) -> None:
    values = {name: st.session_state[key] for name, key in keys.items()}

    def change(people: People) -> None:
        new = roster.newcomer(
            account.name, values["full_name"], Role(values["role"]), values["unit"]
        )
        person = access.current().account.name
        people.change(
            account.id,
            person,
            full_name=new.full_name,
            role=new.role,
            unit=new.unit,
            address=access.where(),
        )

    _do(change, words("people.saved"), words)


def _password(account: Account, words: Words) -> None:
    st.subheader(words("people.entry"), anchor=False)
    with st.container(horizontal=True):
        with st.popover(words("people.reset"), icon=":material/key:"):
            st.markdown(words("people.reset_how"))
            st.button(words("people.reset_now"), on_click=_reset, args=(account, words))
        if account.active:
            with st.popover(words("people.deactivate"), icon=":material/block:"):
                st.markdown(words("people.deactivate_how"))
                label = words("people.deactivate_now")
                st.button(label, on_click=_activate, args=(account, words))
        else:
            with st.popover(words("people.activate"), icon=":material/check_circle:"):
                st.markdown(words("people.activate_how"))
                label = words("people.activate_now")
                st.button(label, on_click=_activate, args=(account, words))


def _reset(account: Account, words: Words) -> None:
    def change(people: People) -> None:
        person = access.current().account.name
        newcomers.keep([roster.reset(people, account.id, person, access.where())])

    _do(change, words("people.reset_done"), words)


def _activate(account: Account, words: Words) -> None:
    def change(people: People) -> None:
        person = access.current().account.name
        people.change(account.id, person, active=not account.active, address=access.where())

    _do(change, words("people.saved"), words)


def _sessions(account: Account, live: Sequence[Session], words: Words) -> None:
    st.subheader(words("people.sessions", n=len(live)), anchor=False)
    for session in live:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            seen, began = moment(session.seen), moment(session.began)
            place = f"**{markup.plain(session.address or '–')}** {_own(session, words)}"
            told = markup.plain(words("people.session", began=began, seen=seen))
            agent = markup.plain(session.agent)
            st.markdown(f"{place}  \n:gray[{told}]  \n:gray[:small[{agent}]]", width="stretch")
            st.button(
                words("people.end"),
                key=f"end-{session.key}",
                on_click=_end,
                args=(session.key, words),
            )
    if len(live) > 1:
        st.button(words("people.end_all"), on_click=_end_all, args=(account, words))


def _own(session: Session, words: Words) -> str:
    said = markup.plain(words("people.this_session"))
    return f":blue-badge[{said}]" if session.key == st.user.get("session") else ""


def _end(key: str, words: Words) -> None:
    def change(people: People) -> None:
        people.end_session(key, access.current().account.name, access.where())

    _do(change, words("people.ended"), words)


def _end_all(account: Account, words: Words) -> None:
    def change(people: People) -> None:
        people.end_sessions(account.id, access.current().account.name, access.where())

    _do(change, words("people.ended"), words)


def public_view(words: Words) -> None:
    """The switch that lets anybody look, with what becomes visible to whom."""
    on = access.current().people.switch(PUBLIC_VIEW) == ON
    tone = "orange" if on else "gray"
    state = markup.plain(words("people.public_on" if on else "people.public_off"))
    with st.container(border=True, width=760):
        st.subheader(words("people.public"), anchor=False)
        st.markdown(f":{tone}-badge[{state}]")
        st.markdown(words("people.public_shows"))
        st.markdown(words("people.public_hides"))
        label = words("people.turn_off" if on else "people.turn_on")
        st.button(label, on_click=_switch, args=("" if on else ON, words))


def _switch(value: str, words: Words) -> None:
    def change(people: People) -> None:
        person = access.current().account.name
        people.set_switch(PUBLIC_VIEW, value, person, access.where())

    _do(change, words("people.saved"), words)


def _do(change: Callable[[People], None], done: str, words: Words) -> None:
    """Do something to people and say so, or say why not."""
    try:
        change(access.current().people)
    except DanvanError as error:
        st.toast(error.text(words.language), icon=":material/error:")
    else:
        st.toast(done, icon=":material/check_circle:")
