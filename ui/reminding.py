"""Reminding on a page: the letters to those that owe, copied by hand or sent by e-mail."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st

from danvan.errors import DanvanError
from danvan.installation import is_loopback
from danvan.model import Catalogue, Round
from danvan.post import PostError, post
from danvan.rounds.letters import Letter, letters, reminded
from danvan.rounds.owing import Owed
from danvan.rounds.sending import addressed, keep, send_reminders
from danvan.rounds.standing import by_attention
from danvan.wording import Words
from ui import access, cached, filters, markup
from ui.contacts import contact
from ui.round import DONE, do

UNIT_PAGE = "unit"
LINES = 18  # of a text on the page, before it scrolls in itself
HIGHEST = 380  # pixels of it then


def texts(
    one: Round, told: Sequence[Owed], catalogue: Catalogue, words: Words
) -> tuple[Letter, ...]:
    """A reminder for each unit that has something to hand in, those first that need it most."""
    before = {
        unit: len(rows)
        for unit, rows in reminded(access.current().reminders(one.year), one).items()
    }
    base = _base()
    where = {
        what.unit: f"{base}/{UNIT_PAGE}?{urlencode({'year': one.year, 'unit': what.unit})}"
        for what in (told if base else ())
    }
    return letters(one, by_attention(told), catalogue, words, cached.day(None), before, where)


def _base() -> str:
    """Where others reach this server; "" where it is known on this machine only."""
    parts = urlsplit(st.context.url or "")
    reached = parts.hostname and not is_loopback(parts.hostname)
    return f"{parts.scheme}://{parts.netloc}" if reached else ""


def choose(found: Sequence[Letter], catalogue: Catalogue, words: Words) -> list[Letter]:
    """Those that are to be reminded: all that owe something, unless some are taken out."""
    st.subheader(words("round.remind"), anchor=False)
    if not found:
        st.markdown(words("rounds.nobody_owes"))
        return []
    if filters.theme().dark:
        st.html(filters.READABLE)
    known = {one.unit: one for one in found}
    mark = hashlib.sha256(" ".join(known).encode()).hexdigest()[:8]  # others owe: chosen anew
    units = st.multiselect(
        words("round.who"),
        list(known),
        list(known),
        format_func=lambda code: words.name(catalogue.unit[code]),
        placeholder=words("filter.choose"),
        key=f"remind-{mark}",
    )
    return [known[unit] for unit in units]


def show(found: Sequence[Letter], catalogue: Catalogue, words: Words) -> None:
    """The texts, each to be copied; the first of them unfolded where it is short."""
    for at, one in enumerate(found):
        label = words("round.letter", unit=words.name(catalogue.unit[one.unit]), n=one.count)
        text = f"{one.subject}\n\n{one.body}"
        unfolded = at == 0 and text.count("\n") <= LINES
        kept = st.expander(
            markup.plain(label), expanded=unfolded, key=f"letter-{one.unit}", on_change="rerun"
        )
        if kept.open:
            with kept:
                st.code(text, language=None, wrap_lines=True)


def copied(one: Round, found: Sequence[Letter], words: Words) -> None:
    """Texts that went another way: told here, so that the next one is the second."""
    if not found:
        return
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{words('round.by_hand')}**")
        st.caption(words("round.by_hand_how"))
        st.button(
            words("round.by_hand_done", n=len(found)),
            icon=":material/check:",
            on_click=_copied,
            args=(one, tuple(letter.unit for letter in found), words),
        )


def _copied(one: Round, units: Sequence[str], words: Words) -> None:
    def step() -> str:
        keep(access.current(), one, dict.fromkeys(units, ""))
        return words("round.kept", n=len(units))

    do(step, words)


def by_mail(one: Round, found: Sequence[Letter], catalogue: Catalogue, words: Words) -> None:
    """To send them: the addresses, a word that they were looked at, and only then the button."""
    if not found:
        return
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{words('round.by_mail')}**")
        try:
            way = post()
        except PostError as error:
            st.error(markup.plain(error.text(words.language)))
            return
        if way is None:
            st.caption(words("round.no_server"))
            return
        going = addressed(found, access.current().contacts())
        names = {x: markup.plain(words.name(catalogue.unit[x.unit])) for x in going}
        lines = [f"- {names[x]}: {markup.plain(contact(to))}" for x, to in going.items() if to]
        st.markdown("\n".join(lines))
        without = [names[x] for x, to in going.items() if not to]
        if without:
            st.caption(words("round.no_address", n=len(without), names=", ".join(without)))
        addresses = tuple(to.email for to in going.values() if to)
        if addresses:
            _confirmed(one, found, addresses, words)


def _confirmed(
    one: Round, found: Sequence[Letter], addresses: tuple[str, ...], words: Words
) -> None:
    """Another list of addresses has to be confirmed anew."""
    mark = hashlib.sha256(" ".join(addresses).encode()).hexdigest()[:8]
    seen = st.checkbox(words("round.seen", n=len(addresses)), key=f"seen-{mark}")
    st.button(
        words("round.send", n=len(addresses)),
        type=filters.emphasis(),
        icon=":material/send:",
        disabled=not seen,
        on_click=_send,
        args=(one, tuple(found), addresses, words),
    )


def _send(one: Round, found: Sequence[Letter], addresses: Sequence[str], words: Words) -> None:
    try:
        done = send_reminders(access.current(), one, found, addresses)
    except DanvanError as error:
        st.session_state[DONE] = [("error", error.text(words.language))]
        return
    sent = [outcome for outcome in done if outcome.delivery.sent]
    said = [("success", words("round.sent", n=len(sent)))] if sent else []
    said += [
        (
            "error",
            words("rounds.refused_by", address=o.delivery.mail.address, reason=o.delivery.reason),
        )
        for o in done
        if not o.delivery.sent
    ]
    st.session_state[DONE] = said
