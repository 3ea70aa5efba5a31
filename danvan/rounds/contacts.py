"""Contacts: whom to write to about the reports of a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan.access import Access
from danvan.accounts import Act
from danvan.errors import RefusedError
from danvan.model import Channel, Contact, Submission
from danvan.wording import Words, in_one_line

# what mail servers take everywhere; letters of other alphabets are not among it
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
LONGEST_LOCAL, LONGEST_ADDRESS, LONGEST_NAME = 64, 254, 100  # RFC 5321, and a name on one line


def is_address(text: str) -> bool:
    """Whether the text is one plain address of e-mail, and nothing else."""
    local = text.rpartition("@")[0]
    short = len(text) <= LONGEST_ADDRESS and len(local) <= LONGEST_LOCAL
    return short and ADDRESS.fullmatch(text) is not None


def contact(unit: str, name: str, email: str) -> Contact:
    """Whom to write to, as typed. Raises RefusedError for what is no address, or no name."""
    name, email = " ".join(name.split()), email.strip()
    if email and not is_address(email):
        raise RefusedError("no_address", found=in_one_line(email))
    if len(name) > LONGEST_NAME or in_one_line(name) != name:
        raise RefusedError("no_contact_name", found=in_one_line(name)[:LONGEST_NAME])
    return Contact(unit, name, email)


def keep_contacts(store: Access, contacts: Sequence[Contact], words: Words) -> int:
    """Keep those that differ from what is kept; return how many they are.

    Raises RefusedError for an address that is none.
    """
    store.need(Act.PLAN)
    kept = {one.unit: one for one in store.contacts()}
    checked = [contact(one.unit, one.name, one.email) for one in contacts]
    new = tuple(one for one in checked if one != kept.get(one.unit, Contact(one.unit)))
    if new:
        note = words("rounds.contacts_kept", n=len(new))
        person = store.account.name
        act = Submission(person=person, channel=Channel.YEAR, contacts=new, note=note)
        store.submit([act])
    return len(new)
