"""The audit: who did what, each row sealed to the one before, and finding out what was altered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from danvan.store.chain import digest, seal
from danvan.store.engine import Connection
from danvan.store.live import stamp
from danvan.store.schema import ENTRY_COLUMNS

STATED = (
    "source", "area_version", "indicator_version", "unit_version", "unit_change", "year_rule",
    "fact", *ENTRY_COLUMNS, "alias", "answer",
)  # fmt: skip
"""The tables in which a submission states something, each row naming it."""
LATER = (
    "group_version", "evidence", "boundary", "minimum_version", "whole_version", "round",
    "explanation", "settlement", "contact",
)  # fmt: skip
"""Tables added since: only what they hold is in a digest, so that older ones stay what they are."""

ACTS_OF_SUBMISSIONS = ("submission", "undo", "year")
AUDIT_TYPES = {
    "id": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "act": "str",
    "subject": "str",
    "detail": "str",
    "address": "str",
}


def record(
    connection: Connection,
    act: str,
    person: str,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    address: str = "",
) -> None:
    """Add a row in the transaction of what it records. `detail` holds nothing secret."""
    last = connection.rows("select at, hash from audit order by id desc limit 1")[0]
    row = {
        "at": max(stamp(connection.now()), last["at"]),
        "person": person,
        "act": act,
        "subject": subject,
        "detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        "address": address,
    }
    sealed = {"previous": last["hash"], "hash": seal(last["hash"], row)}
    connection.insert("audit", row | sealed)


def record_submission(
    connection: Connection, act: str, person: str, number: int, detail: Mapping[str, Any]
) -> None:
    """Record a submission with the digest of everything it stated."""
    stated = {"digest": submission_digest(connection, number)}
    record(connection, act, person, str(number), {**detail, **stated})


def record_decision(connection: Connection, person: str, decision: int, address: str = "") -> None:
    """Record a decision that is no submission's own, such as an approval by somebody else."""
    (row,) = _decision(connection, decision)
    stated = {"submission": row["submission"], "outcome": row["outcome"]}
    stated["digest"] = _digest_of(connection, row)
    record(connection, "decision", person, str(decision), stated, address)


def submission_digest(connection: Connection, number: int) -> str:
    """The digest of a submission as it is stored: its own row, all it states, what it decides."""
    asked = {"number": number}
    return digest(
        {
            "submission": connection.rows("select * from submission where id = :number", asked),
            "decision": connection.rows(
                """select * from decision where by = :number or id =
                (select min(id) from decision where submission = :number) order by id""",
                asked,
            ),
        }
        | {table: _stated(connection, table, number) for table in STATED}
        | {table: stated for table in LATER if (stated := _stated(connection, table, number))}
    )


def _stated(connection: Connection, table: str, number: int) -> list[dict[str, Any]]:
    return connection.rows(
        f"select * from {table} where submission = :number order by id", {"number": number}
    )


def rows(
    connection: Connection, limit: int | None, since: datetime | None, until: datetime | None
) -> pd.DataFrame:
    """The newest rows (AUDIT_TYPES) from `since` to before `until`, newest first."""
    names = ", ".join(AUDIT_TYPES)
    sql = f"""select {names} from audit where at >= :since and at < :until
        order by id desc limit :limit"""
    asked = {"since": stamp(since) if since else "", "until": stamp(until)}
    found = connection.table(sql, asked | {"limit": -1 if limit is None else limit})[1]
    frame = pd.DataFrame(found, columns=list(AUDIT_TYPES))
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame.astype(AUDIT_TYPES)


def faults(connection: Connection) -> list[str]:
    """What does not agree with the audit: rows of its own, submissions, decisions, files.

    In signs that need no language: ≠ sha256 was altered, ∉ audit was put in past the program.
    """
    known = connection.rows("select * from audit order by id")
    return [
        *_broken_seals(known),
        *_altered_submissions(connection, known),
        *_altered_decisions(connection, known),
        *_altered_files(connection),
    ]


def _broken_seals(rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        yield "audit ∅"
    previous = ""
    for row in rows:
        if row["previous"] != previous or row["hash"] != seal(previous, row):
            yield f"audit {row['id']} ≠ sha256"
        previous = row["hash"]


def _altered_submissions(connection: Connection, rows: list[dict[str, Any]]) -> Iterator[str]:
    recorded = _recorded(rows, *ACTS_OF_SUBMISSIONS)
    for number, stated in recorded.items():
        if stated != submission_digest(connection, number):
            yield f"submission {number} ≠ sha256"
    after = {"last": _before(rows, "submissions")}
    for row in connection.rows("select id from submission where id > :last order by id", after):
        if row["id"] not in recorded:
            yield f"submission {row['id']} ∉ audit"


def _altered_decisions(connection: Connection, rows: list[dict[str, Any]]) -> Iterator[str]:
    recorded = _recorded(rows, "decision")
    for number, stated in recorded.items():
        if [stated] != [_digest_of(connection, row) for row in _decision(connection, number)]:
            yield f"decision {number} ≠ sha256"
    unaccounted = connection.rows(
        """select id from decision as d where id > :last and by is null and id >
        (select min(id) from decision where submission = d.submission) order by id""",
        {"last": _before(rows, "decisions")},
    )
    for row in unaccounted:
        if row["id"] not in recorded:
            yield f"decision {row['id']} ∉ audit"


def _altered_files(connection: Connection) -> Iterator[str]:
    for row in connection.rows("select sha256 from file"):  # one at a time: they can be large
        (kept,) = connection.rows("select content from file where sha256 = :sha256", row)
        if hashlib.sha256(kept["content"]).hexdigest() != row["sha256"]:
            yield f"file {row['sha256'][:12]} ≠ sha256"


def _recorded(rows: list[dict[str, Any]], *acts: str) -> dict[int, str]:
    """The digest of each submission or decision that the audit has."""
    return {
        int(row["subject"]): str(_detail(row).get("digest"))
        for row in rows
        if row["act"] in acts and row["subject"].isdecimal()
    }


def _before(rows: list[dict[str, Any]], what: str) -> int:
    """The number of the last submission or decision from before there was an audit."""
    last = _detail(rows[0]).get(what) if rows else 0
    return last if isinstance(last, int) else 0


def _detail(row: dict[str, Any]) -> dict[str, Any]:
    """What a row tells; nothing where it was altered so that it tells nothing, as its seal shows."""
    try:
        told = json.loads(row["detail"])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _decision(connection: Connection, number: int) -> list[dict[str, Any]]:
    return connection.rows("select * from decision where id = :number", {"number": number})


def _digest_of(connection: Connection, decision: dict[str, Any]) -> str:
    asked = {"id": decision["id"]}
    returned = connection.rows(
        "select fact from returned where decision = :id order by fact", asked
    )
    return digest({"decision": [decision], "returned": returned})
