"""What an account is, and what its role may do. Pure; to which units, is asked elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NAME = re.compile(r"[a-z0-9._@-]{2,64}")
KEY_LENGTH = 16  # hexadecimal digits: enough never to meet twice, too few to find the token


class Role(StrEnum):
    """What a person is here; each may do what the one before may."""

    VIEWER = "viewer"
    REPORTER = "reporter"
    EDITOR = "editor"
    ADMIN = "admin"


class Act(StrEnum):
    """What a role allows or does not."""

    SEE = "see"  # figures, registers and files of one's scope
    ENTER = "enter"  # hand in figures for one's scope, take back one's own
    DECIDE = "decide"  # approve, return, undo anybody's in scope; one's own count at once
    PLAN = "plan"  # reporting rounds and reminders, what differs and may stand
    NAME = "name"  # say what the names and questions in files mean
    CATALOGUE = "catalogue"  # areas, indicators, units
    PEOPLE = "people"
    YEARS = "years"
    AUDIT = "audit"
    SWITCHES = "switches"
    BACKUP = "backup"


FIRST_ROLE = {
    Act.SEE: Role.VIEWER,
    Act.ENTER: Role.REPORTER,
    Act.DECIDE: Role.EDITOR,
    Act.PLAN: Role.EDITOR,
    Act.NAME: Role.EDITOR,
}
"""The first role that may; everything else is for admins."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in. `unit` is the top of their subtree; "" is everything.

    `id` is 0 until the account is stored. `name` is what is typed to sign in and never changes:
    the audit and the submissions know the person by it.
    """

    id: int
    name: str
    full_name: str
    role: Role
    unit: str = ""
    active: bool = True
    must_change: bool = False  # the password was given by somebody else
    made_at: datetime | None = None
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one person. `key` may be shown and logged; the token it belongs to may not."""

    key: str
    account: Account
    began: datetime
    seen: datetime
    address: str
    agent: str


def may(account: Account | None, act: Act) -> bool:
    """Whether the role allows the act; nobody, and an account that was deactivated, may nothing."""
    if account is None or not account.active:
        return False
    roles = list(Role)
    return roles.index(account.role) >= roles.index(FIRST_ROLE.get(act, Role.ADMIN))


def plain_name(text: str) -> str:
    """The sign-in name as it is kept, whatever spaces and capitals were typed."""
    return text.strip().lower()


def is_name(text: str) -> bool:
    """Whether the text can be a sign-in name: 2 to 64 of a-z, 0-9, dot, dash, _ and @."""
    return NAME.fullmatch(text) is not None
