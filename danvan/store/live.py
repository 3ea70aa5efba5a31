"""Live: which submissions count at a moment, and how a query about them becomes rows or a frame."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from danvan.store.engine import Connection

ALWAYS = "9999"  # later than any moment, as text

LIVE = """
    live as (
        select submission, min(case when outcome = 'approved' then id end) as rank
        from decision as d
        where at <= :as_of
        group by submission
        having 'approved' = (
            select outcome from decision
            where submission = d.submission and at <= :as_of order by id desc limit 1
        )
    )
"""
"""Submissions that count, and the order in which they first did."""


def live_in(table: str) -> str:
    """Those of them that state anything in the table: few, where it is one of the catalogue's."""
    where = "where at <= :as_of\n"
    return LIVE.replace(
        where, f"where at <= :as_of and submission in (select submission from {table})\n"
    )


def stamp(moment: datetime | None) -> str:
    """The moment as it is stored; None is later than all."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else ALWAYS


def newest(
    connection: Connection,
    table: str,
    key: str,
    as_of: datetime | None,
    order: str = "position, code",
) -> list[dict[str, Any]]:
    """The rows of a table that were stated last for each value of the key."""
    return connection.rows(
        f"""
        with {live_in(table)}, stated as (
            select {table}.*, row_number() over (
                partition by {key} order by live.rank desc, {table}.id desc
            ) as place
            from {table} join live on live.submission = {table}.submission
        )
        select * from stated where place = 1 order by {order}
        """,
        {"as_of": stamp(as_of)},
    )


def framed(
    connection: Connection, sql: str, types: dict[str, str], params: dict[str, object]
) -> pd.DataFrame:
    """The query as a frame with these columns and types; text that is NULL becomes ''."""
    names, rows = connection.table(sql, params)
    frame = pd.DataFrame(rows, columns=names)[list(types)]
    for name, kind in types.items():
        if kind == "str":
            frame[name] = frame[name].fillna("")
        elif kind.startswith("datetime"):
            frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame.astype(types)
