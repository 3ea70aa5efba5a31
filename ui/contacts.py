"""Contacts on a page: whom to write to about the reports of each unit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from danvan.model import Catalogue, Contact
from danvan.rounds import reporting
from danvan.rounds.contacts import LONGEST_ADDRESS, LONGEST_NAME, keep_contacts
from danvan.wording import Words
from ui import access
from ui.round import do


def fields(catalogue: Catalogue, year: int, words: Words) -> None:
    """Name and address of whoever reports for each unit, typed below each other."""
    kept = {contact.unit: contact for contact in access.current().contacts()}
    units = reporting(catalogue, year)
    there = sum(1 for unit in units if unit in kept and kept[unit].email)
    place = st.expander(
        words("round.contacts", n=len(units), there=there),
        icon=":material/contact_mail:",
        key="contacts",
        on_change="rerun",
    )
    if not place.open:
        return
    with place, st.form("contacts-form", border=False):
        for unit in units:
            name, said = words.name(catalogue.unit[unit]), kept.get(unit, Contact(unit))
            left, right = st.columns(2, gap="small")
            left.text_input(
                words("round.contact_name", unit=name),
                said.name,
                max_chars=LONGEST_NAME,
                key=f"contact-name-{unit}",
            )
            right.text_input(
                words("round.contact_email", unit=name),
                said.email,
                max_chars=LONGEST_ADDRESS,
                key=f"contact-email-{unit}",
            )
        st.form_submit_button(
            words("round.contacts_save"),
            icon=":material/save:",
            on_click=_keep_contacts,
            args=(units, words),
        )


def _keep_contacts(units: Sequence[str], words: Words) -> None:
    def step() -> str:
        typed = [
            Contact(
                unit,
                st.session_state[f"contact-name-{unit}"],
                st.session_state[f"contact-email-{unit}"],
            )
            for unit in units
        ]
        return words("rounds.contacts_kept", n=keep_contacts(access.current(), typed, words))

    do(step, words)


def contact(one: Contact | None) -> str:
    """Name and address of one, as far as they are known."""
    return " · ".join(part for part in (one.name, one.email) if part) if one else "–"
