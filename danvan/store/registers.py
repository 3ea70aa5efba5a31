"""Registers: rows of models, tasks and awards with every version of them, and what proves them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pandas as pd

from danvan.model import (
    Evidence,
    File,
    Period,
    Register,
)
from danvan.store.engine import Connection
from danvan.store.live import ALWAYS, LIVE, framed, stamp
from danvan.store.schema import ENTRY_COLUMNS

WAITING_ENTRY_TYPES = {
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "register": "str",
    "entry": "int64",
    "year": "int64",
    "unit": "str",
    "name": "str",
    "values": "object",
    "removed": "bool",
    "stands": "bool",
    "file": "str",
    "sheet": "str",
    "cell": "str",
}

EVIDENCE = """
    select evidence.id, evidence.year, evidence.unit, register, entry, indicator, evidence.period,
        evidence.name, evidence.kind, size, evidence.sha256, evidence.submission, submission.at,
        submission.person, evidence.removed
    from evidence
    join submission on submission.id = evidence.submission
    join file on file.sha256 = evidence.sha256
"""

EVIDENCE_TYPES = {
    "id": "int64",
    "year": "int64",
    "unit": "str",
    "register": "str",
    "entry": "Int64",
    "indicator": "str",
    "period": "str",
    "name": "str",
    "kind": "str",
    "size": "int64",
    "sha256": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "removed": "bool",
}

LIFE_TYPES = {
    "id": "int64",
    "removed": "bool",
    "file": "str",
    "sheet": "str",
    "cell": "str",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "channel": "str",
    "document": "str",
    "document_number": "str",
    "document_date": "str",
    "issuer": "str",
    "note_of_submission": "str",
    "outcome": "str",
    "counts": "bool",
    "stands": "bool",
}
"""What a version of a register's row has beside the row itself."""


def waiting_entries(connection: Connection) -> pd.DataFrame:
    """Every row of a register that waits, oldest first (WAITING_ENTRY_TYPES).

    `values` holds what it says by column of the register, blank ones left out; `stands` is
    whether the row it restates stands already.
    """
    rows = [
        row | {"register": register, "values": {name: row[name] for name in names if row[name]}}
        for register, names in ENTRY_COLUMNS.items()
        for row in connection.rows(_waiting_of(register), {"as_of": ALWAYS})
    ]
    rows.sort(key=lambda row: (row["submission"], row["entry"]))
    frame = pd.DataFrame(rows, columns=list(WAITING_ENTRY_TYPES))
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    frame["file"] = frame["file"].fillna("")
    return frame.astype(WAITING_ENTRY_TYPES)


def _waiting_of(register: str) -> str:
    return f"""
        with {LIVE}
        select {register}.*, submission.at, submission.person, source.name as file,
            exists (
                select 1 from {register} as former
                join live on live.submission = former.submission
                where former.entry = {register}.entry
            ) as stands
        from {register}
        join submission on submission.id = {register}.submission
        left join source on source.id = {register}.source
        where 'submitted' = (
            select outcome from decision
            where submission = {register}.submission order by id desc limit 1
        )
    """


def entries(
    connection: Connection, register: Register, year: int | None, as_of: datetime | None
) -> pd.DataFrame:
    """The rows of a register in a year, or in all: entry, year, unit, name, the register's columns,
    and where the row was read: submission, file, sheet, cell.
    """
    names = ["entry", "year", "unit", "name", *ENTRY_COLUMNS[register], "submission"]
    types = dict.fromkeys(names, "str") | dict.fromkeys(("entry", "year", "submission"), "int64")
    types |= dict.fromkeys(("file", "sheet", "cell"), "str")
    # only numbers are sorted: to sort whole rows of a large register takes twice as long
    sql = f"""
        with {LIVE}, stated as (
            select {register}.id, row_number() over (
                partition by entry order by live.rank desc, {register}.id desc
            ) as place
            from {register} join live on live.submission = {register}.submission
        )
        select {", ".join(f"row.{name}" for name in names)}, source.name as file, row.sheet, row.cell
        from stated join {register} as row on row.id = stated.id
        left join source on source.id = row.source
        where place = 1 and removed = 0 and year = coalesce(:year, year) order by entry
    """
    return framed(connection, sql, types, {"year": year, "as_of": stamp(as_of)})


def life(
    connection: Connection, register: Register, entry: int, as_of: datetime | None
) -> pd.DataFrame:
    """Every version of a register's row, newest first: the row's columns and LIFE_TYPES."""
    names = ["entry", "year", "unit", "name", *ENTRY_COLUMNS[register], "submission"]
    types = dict.fromkeys(names, "str") | dict.fromkeys(("entry", "year", "submission"), "int64")
    sql = f"""
        with {LIVE}
        select {", ".join(f"row.{name}" for name in names)}, row.id, row.removed,
            source.name as file, row.sheet, row.cell, act.at, act.person, act.channel,
            act.document, act.document_number, act.document_date, act.issuer,
            act.note as note_of_submission, live.rank is not null as counts,
            (select outcome from decision
                where submission = row.submission and at <= :as_of order by id desc limit 1
            ) as outcome,
            live.rank is not null and 1 = row_number() over (
                order by live.rank is null, live.rank desc, row.id desc
            ) as stands
        from {register} as row
        join submission as act on act.id = row.submission
        left join source on source.id = row.source
        left join live on live.submission = row.submission
        where row.entry = :entry and act.at <= :as_of order by row.id desc
    """
    asked = {"entry": entry, "as_of": stamp(as_of)}
    return framed(connection, sql, types | LIFE_TYPES, asked)


def units_of_entries(connection: Connection, numbers: Iterable[int]) -> dict[int, frozenset[str]]:
    """Codes of the units that any version of these rows of registers was ever stated for."""
    union = " union ".join(f"select entry, unit from {table}" for table in ENTRY_COLUMNS)
    wanted, found = set(numbers), dict[int, set[str]]()
    for row in connection.rows(union) if wanted else ():
        if row["entry"] in wanted:
            found.setdefault(row["entry"], set()).add(row["unit"])
    return {number: frozenset(units) for number, units in found.items()}


def evidence(connection: Connection, year: int | None, as_of: datetime | None) -> pd.DataFrame:
    """The documents that prove figures and rows of a year, or of all (EVIDENCE_TYPES)."""
    sql = f"""
        with {LIVE}, stated as (
            select evidence.id, evidence.removed, row_number() over (
                partition by evidence.year, evidence.unit, entry, indicator, period, sha256
                order by live.rank desc, evidence.id desc
            ) as place
            from evidence join live on live.submission = evidence.submission
        )
        {EVIDENCE} join stated on stated.id = evidence.id
        where place = 1 and stated.removed = 0 and evidence.year = coalesce(:year, evidence.year)
        order by evidence.id
    """
    return framed(connection, sql, EVIDENCE_TYPES, {"year": year, "as_of": stamp(as_of)})


def waiting_evidence(connection: Connection) -> pd.DataFrame:
    """The documents of submissions that wait, those to be taken away too, oldest first
    (EVIDENCE_TYPES).
    """
    sql = f"""{EVIDENCE}
        where 'submitted' = (
            select outcome from decision
            where submission = evidence.submission order by id desc limit 1
        )
        order by evidence.id
    """
    return framed(connection, sql, EVIDENCE_TYPES, {})


def proof(connection: Connection, number: int) -> Evidence | None:
    """One document with its bytes, by its number in `evidence`."""
    rows = connection.rows(
        """select evidence.*, content from evidence join file on file.sha256 = evidence.sha256
        where evidence.id = :id""",
        {"id": number},
    )
    if not rows:
        return None
    row = rows[0]
    return Evidence(
        file=File(row["name"], bytes(row["content"])),
        year=row["year"],
        unit=row["unit"],
        entry=row["entry"],
        indicator=row["indicator"] or "",
        period=Period(row["period"] or Period.YEAR),
        removed=bool(row["removed"]),
    )
