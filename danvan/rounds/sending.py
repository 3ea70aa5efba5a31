"""Sending: reminders go out only to the addresses that a person has seen and confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from danvan.access import Access
from danvan.accounts import Act
from danvan.errors import RefusedError
from danvan.model import Contact, Reminder, Round, Stage
from danvan.post import Delivery, Mail, PostError, post, send
from danvan.rounds.letters import Letter


@dataclass(frozen=True, slots=True)
class Outcome:
    """A unit's letter, and what became of it."""

    unit: str
    delivery: Delivery


def addressed(
    letters: Sequence[Letter], contacts: Sequence[Contact]
) -> dict[Letter, Contact | None]:
    """Each letter with whom it would go to; None where nobody's address is kept."""
    known = {one.unit: one for one in contacts if one.email}
    return {one: known.get(one.unit) for one in letters}


def send_reminders(
    store: Access, one: Round, letters: Sequence[Letter], confirmed: Collection[str]
) -> list[Outcome]:
    """Send the letters of those that have an address, and keep who was reminded.

    `confirmed` are the addresses that the person agreed to; where they are not those that the
    letters would go to now, nothing is sent. Raises RefusedError for that and for a closed year, and
    PostError where nothing is configured or nothing could be sent.
    """
    store.need(Act.PLAN)
    rule = store.years().get(one.year)
    if rule is None or rule.stage is Stage.CLOSED:  # said before anything goes out
        raise RefusedError("closed_year" if rule else "unknown_year", year=one.year)
    way = post()
    if way is None:
        raise PostError("smtp_missing")
    going = {x: to for x, to in addressed(letters, store.contacts()).items() if to}
    if not going:
        raise RefusedError("no_addresses")
    if sorted(to.email for to in going.values()) != sorted(confirmed):
        raise RefusedError("not_confirmed")
    mails = [Mail(to.email, to.name, x.subject, x.body) for x, to in going.items()]
    outcomes = [
        Outcome(letter.unit, delivery)
        for letter, delivery in zip(going, send(way, mails), strict=True)
    ]
    keep(store, one, {o.unit: o.delivery.mail.address for o in outcomes if o.delivery.sent})
    return outcomes


def keep(store: Access, one: Round, units: dict[str, str]) -> None:
    """Keep that units were reminded: each with the address it was sent to, "" for a copied text."""
    if units:
        reminders = [Reminder(one.year, one.period, unit, to) for unit, to in units.items()]
        store.remind(reminders)
