"""Said: what was said beside the figures of a year, and to whom: explanations, settlements, what was
sent back, reminders.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from danvan.model import (
    Contact,
)
from danvan.store.engine import Connection
from danvan.store.live import framed, live_in, newest, stamp

EXPLANATION_TYPES = {
    "year": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "text": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
}

SETTLEMENT_TYPES = {
    "year": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "comparison": "str",
    "subject": "str",
    "stated": "float64",
    "computed": "float64",
    "reason": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
}

SENT_BACK = """
    with last as (
        select submission, outcome, at, person, comment, row_number() over (
            partition by submission order by id desc
        ) as place
        from decision where submission in (select submission from fact where year = :year)
    ), stated as (
        select fact.*, outcome, last.at as decided_at, last.person as decided_by, comment,
            row_number() over (
                partition by period, unit, indicator, aspect order by fact.id desc
            ) as place
        from fact join last on last.submission = fact.submission and last.place = 1
        where year = :year and outcome <> 'withdrawn'
    )
    select year, period, unit, indicator, aspect, submission, comment, decided_by,
        decided_at as at
    from stated where place = 1 and (
        outcome = 'returned' or outcome = 'approved' and id in (select fact from returned)
    )
    order by id
"""
"""What was said last of a figure and then sent back."""

SENT_BACK_TYPES = {
    "year": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "aspect": "str",
    "submission": "int64",
    "comment": "str",
    "decided_by": "str",
    "at": "datetime64[us, UTC]",
}

REMINDER_TYPES = {
    "year": "int64",
    "period": "str",
    "unit": "str",
    "address": "str",
    "at": "datetime64[us, UTC]",
    "person": "str",
}


def sent_back(connection: Connection, year: int) -> pd.DataFrame:
    """Figures of the year that were sent back and not handed in again since (SENT_BACK_TYPES)."""
    return framed(connection, SENT_BACK, SENT_BACK_TYPES, {"year": year})


def explanations(connection: Connection, year: int, as_of: datetime | None) -> pd.DataFrame:
    """Why figures of the year fell short, where somebody said so (EXPLANATION_TYPES)."""
    found = _said(connection, "explanation", EXPLANATION_TYPES, year, as_of)
    return found[found["text"] != ""].reset_index(drop=True)


def waiting_explanations(connection: Connection) -> pd.DataFrame:
    """Every explanation that waits, those that take one back too, oldest first."""
    sql = """select explanation.*, submission.at, submission.person from explanation
        join submission on submission.id = explanation.submission
        where 'submitted' = (
            select outcome from decision
            where submission = explanation.submission order by id desc limit 1
        )
        order by explanation.id"""
    return framed(connection, sql, EXPLANATION_TYPES, {})


def settlements(connection: Connection, year: int, as_of: datetime | None) -> pd.DataFrame:
    """Why numbers that differ may stand, those that were opened again left out (SETTLEMENT_TYPES)."""
    types = SETTLEMENT_TYPES | {"removed": "bool"}
    found = _said(connection, "settlement", types, year, as_of, "comparison", "subject")
    return found[~found["removed"]].drop(columns="removed").reset_index(drop=True)


def _said(
    connection: Connection,
    table: str,
    types: dict[str, str],
    year: int,
    as_of: datetime | None,
    *keys: str,
) -> pd.DataFrame:
    """What was said last about each figure of a year, in the order it was said."""
    key = ", ".join(("period", "unit", "indicator", *keys))
    sql = f"""
        with {live_in(table)}, said as (
            select {table}.*, row_number() over (
                partition by {key} order by live.rank desc, {table}.id desc
            ) as place
            from {table} join live on live.submission = {table}.submission
            where year = :year
        )
        select said.*, act.at, act.person
        from said join submission as act on act.id = said.submission
        where place = 1 order by said.id
    """
    return framed(connection, sql, types, {"year": year, "as_of": stamp(as_of)})


def contacts(connection: Connection) -> tuple[Contact, ...]:
    """Whom to write to, for units that have somebody."""
    found = (
        Contact(row["unit"], row["name"], row["email"])
        for row in newest(connection, "contact", "unit", None, order="id")
    )
    return tuple(contact for contact in found if contact.name or contact.email)


def reminders(connection: Connection, year: int) -> pd.DataFrame:
    """Who was reminded of the year's reports, oldest first (REMINDER_TYPES)."""
    sql = "select * from reminder where year = :year order by id"
    return framed(connection, sql, REMINDER_TYPES, {"year": year})
