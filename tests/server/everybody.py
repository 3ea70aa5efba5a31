"""Everybody who may come to the door of one house, and a unit whose figures not all may see."""

from __future__ import annotations

import io
import re
import secrets
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from danvan import intake
from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.accounts.limits import longest_session
from danvan.accounts.signing_in import begin, hash_of
from danvan.model import (
    Channel,
    Draft,
    Entry,
    Evidence,
    File,
    Period,
    Register,
    Round,
    Stage,
    Submission,
    YearRule,
)
from danvan.store import Store
from tests.papers import PDF
from tests.server.house import person, settled

UNIT = "TPCL.P1"
OTHER_UNIT = "TPCL.P3"
FIGURE = 47114711  # stands nowhere else, by accident either
NAME = f"thuc-hien-{FIGURE}.csv"
HEAD = "unit,indicator,target,result\n"
SEEN = re.compile(r"47[\\.,]*114[\\.,]*711")
NAMES = {
    "viewer": "xem",
    "other reporter": "tam",
    "reporter": "minh",
    "editor": "hoa",
    "admin": "lan",
    "deactivated": "cu",
}
"""Who of the house is meant by a column of the table."""


@dataclass(frozen=True)
class House:
    """The store, and what stands in it about the unit."""

    store: Store
    submission: int
    draft: str
    document: int


def house(path: Path) -> House:
    """A settled house with a figure of the unit that counts, a row of each register that is named
    after it, documents, a round in which it owes something, and a draft of its reporter.
    """
    store = settled(path)
    tam = Account(0, "tam", "Huỳnh Thị Tám", Role.REPORTER, OTHER_UNIT)
    store.people.add(tam, "no password", "os:test")
    file = File(NAME, f"{HEAD}{UNIT},DVK.01,{FIGURE},{FIGURE}\n".encode())
    checked = intake.check(store, [file], 2022)
    number = intake.hand_in(store, checked, "hoa", Channel.LOAD)
    entries = [
        Entry(register=register, year=2022, unit=UNIT, name=f"Số {FIGURE}") for register in Register
    ]
    store.submit([Submission(person="hoa", channel=Channel.FORM, entries=entries)])
    years = (YearRule(2020, Stage.CLOSED),)
    store.submit([Submission(person="lan", channel=Channel.YEAR, years=years)])
    rounds = (Round(2022, Period.Q1, date(2022, 4, 10)),)
    store.submit([Submission(person="hoa", channel=Channel.YEAR, rounds=rounds)])
    wrong = File(NAME, f"{HEAD}{UNIT},DVK.02,,{FIGURE}\n{UNIT},DVK.01,x,1\n".encode())
    minh = store.people.account("minh")
    assert minh
    draft = Draft("nhap", "minh", 2022, UNIT, (wrong,), datetime.now(UTC))
    Access(store, minh).keep_draft(draft)
    return House(store, number, draft.key, _document(store))


def _document(store: Store) -> int:
    """A model of the unit with a document, and one that proves a figure of it."""
    paper = File(f"QĐ {FIGURE}.pdf", PDF + str(FIGURE).encode())
    model = Entry(
        register=Register.MODEL, year=2022, unit=UNIT, name=f"Mô hình {FIGURE}", evidence=(paper,)
    )
    proof = Evidence(file=paper, year=2022, unit=UNIT, indicator="DVK.01")
    act = Submission(person="hoa", channel=Channel.FORM, entries=(model,), evidence=(proof,))
    store.submit([act])
    return int(store.evidence(2022)["id"].max())


def cookies(store: Store) -> dict[str, str]:
    """A cookie for every kind of visitor, made for this one question."""
    now = datetime.now(UTC)
    found = {"nobody": "", "forged": secrets.token_urlsafe(32)}
    for column, name in NAMES.items():
        found[column] = _session(store, name, now)
    found["revoked"] = begin(store.people, person(store, "lan"), "", "", now)
    store.people.end_session(hash_of(found["revoked"]), "os:test")
    found["expired"] = _session(store, "lan", now - longest_session())
    return found


def _session(store: Store, name: str, at: datetime) -> str:
    """A session as the store keeps it, whether or not the person could sign in."""
    token = secrets.token_urlsafe(32)
    store.people.begin_session(hash_of(token), person(store, name).id, "", "", at)
    return token


def shows_unit(content: bytes | str) -> bool:
    """Whether the figure of the unit is in it; workbooks are looked into."""
    if isinstance(content, bytes) and content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    return SEEN.search(text) is not None
