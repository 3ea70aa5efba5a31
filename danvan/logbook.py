"""Logbook: the audit as people read it. What an act means, finding rows, and taking them away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from danvan.rows import Row, rows_of
from danvan.spreadsheet import Table
from danvan.store import People
from danvan.wording import Words

ACTS = (
    "sign_in", "sign_in_failed", "sign_out", "session_ended", "account_added", "account_changed",
    "password_changed", "switch", "export", "submission", "undo", "decision", "year", "began",
    "reminder",
)  # fmt: skip
UNSAID = ("digest", "session")  # of use to `danvan check` and to nobody who reads
WORDED = ("role", "channel", "outcome", "stage", "period")
"""Details told by a code that has a word, in the family of the same name."""
DETAILS = (
    "full_name", "role", "unit", "active", "must_change", "value", "channel", "facts", "undoes",
    "submission", "outcome", "rows", "submissions", "decisions", "period", "mail",
)  # fmt: skip
"""Details that have a name in words; the program may learn to tell others."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which rows are asked for; what is blank asks nothing. Both days belong to what is asked."""

    person: str = ""
    act: str = ""
    text: str = ""
    first: date | None = None
    last: date | None = None


def read(people: People, sought: Sought) -> pd.DataFrame:
    """The rows of the days that are asked for (Store.people.audit), newest first."""
    until = _midnight(sought.last) + timedelta(days=1) if sought.last else None
    return people.audit(since=_midnight(sought.first) if sought.first else None, until=until)


def chosen(audit: pd.DataFrame, sought: Sought, words: Words) -> pd.DataFrame:
    """Those of the rows that are asked for by person, act and text, in their order.

    The text is looked for in what the row says in words too, whatever its capitals.
    """
    rows = audit
    if sought.person:
        rows = rows[(rows["person"] == sought.person) | (rows["subject"] == sought.person)]
    if sought.act:
        rows = rows[rows["act"] == sought.act]
    text = sought.text.strip().casefold()
    if text:
        rows = rows[[text in " ".join(_texts(row, words)).casefold() for row in rows_of(rows)]]
    return rows


def act(row: Row, words: Words) -> str:
    """What was done, in a few words."""
    return words(f"act.{row['act']}") if row["act"] in ACTS else str(row["act"])


def about(row: Row, words: Words) -> str:
    """Whom or what the act was about; nothing where that is the person's own."""
    subject = str(row["subject"])
    if row["act"] in ("submission", "undo", "year") and subject.isdecimal():
        return words("logbook.submission", number=subject)
    own = subject == row["person"] or row["act"] == "decision"  # what it decides is a detail
    return "" if own else subject


def detail(row: Row, words: Words) -> str:
    """What the row tells beside its act, in words: "vai trò: người xem → quản trị viên"."""
    told = _detail(row)
    if row["act"] == told.get("channel"):  # undo and year say it already
        del told["channel"]
    return "; ".join(_told(told, words))


def table(rows: pd.DataFrame, words: Words) -> Table:
    """The rows as a table to take away; numbers are numbers and moments moments."""
    heads = ("number", "at", "person", "act", "subject", "detail", "address")
    listed = [
        [int(row["id"]), row["at"].to_pydatetime(), row["person"], act(row, words),
         _number(row["subject"]), detail(row, words), row["address"]]
        for row in rows_of(rows)
    ]  # fmt: skip
    columns = [words(f"logbook.{name}") for name in heads]
    return Table(words("logbook.title"), columns, listed, (10, 20, 20, 26, 20, 70, 18))


def _texts(row: Row, words: Words) -> list[str]:
    named = [str(row[name]) for name in ("person", "subject", "address")]
    return [*named, act(row, words), detail(row, words)]


def _detail(row: Row) -> dict[str, Any]:
    """What a row tells; the text itself where it was altered so that it is no longer JSON."""
    try:
        told = json.loads(row["detail"])
    except ValueError:
        return {"": row["detail"]}
    return told if isinstance(told, dict) else {"": told}


def _told(detail: dict[str, Any], words: Words) -> Iterator[str]:
    for name, value in detail.items():
        if name == "years" and isinstance(value, dict):
            yield from (_year(year, rule, words) for year, rule in value.items())
        elif name == "facts" and not value:
            continue
        elif name not in UNSAID:
            yield _pair(name, value, words)


def _year(year: str, rule: Any, words: Words) -> str:
    stage, reason = rule if isinstance(rule, list) and len(rule) == 2 else (rule, "")
    said = f"{words('logbook.year')} {year}: {_value('stage', stage, words)}"
    return f"{said} ({reason})" if reason else said


def _pair(name: str, value: Any, words: Words) -> str:
    """One detail with its name; a pair is what it was and what it is."""
    if isinstance(value, list) and len(value) == 2:
        shown = " → ".join(_value(name, one, words) or "–" for one in value)
    else:
        shown = _value(name, value, words)
    named = words(f"detail.{name}") if name in DETAILS else name
    return f"{named}: {shown}" if named else shown


def _value(name: str, value: Any, words: Words) -> str:
    if isinstance(value, bool):
        return words("logbook.yes" if value else "logbook.no")
    if name == "value":
        return words("logbook.on" if value else "logbook.off")
    if name == "unit" and not value:
        return words("account.everything")
    if name in WORDED:
        return _worded(name, str(value), words)
    return str(value)


def _worded(family: str, code: str, words: Words) -> str:
    """The word of a code; a code of another version stays as it is."""
    try:
        return words(f"{family}.{code}")
    except KeyError:
        return code


def _number(subject: str) -> str | int:
    return int(subject) if subject.isdecimal() and len(subject) < 16 else subject


def _midnight(day: date) -> datetime:
    """The first moment of a day by the office's own clock."""
    return datetime(day.year, day.month, day.day).astimezone(UTC)
