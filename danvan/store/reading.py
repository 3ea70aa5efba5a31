"""Read: frames and values out of the store, as they stand or as they stood.

Each query takes the moment to read as of. A submission counts while the last decision about it
is an approval; among the statements about one figure the last approved one stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from danvan.model import (
    Alias,
    Answer,
    Area,
    Boundary,
    Catalogue,
    Channel,
    Contact,
    Direction,
    Draft,
    Evidence,
    File,
    Indicator,
    KeyGroup,
    Kind,
    Minimum,
    OverPeriods,
    OverUnits,
    Period,
    Point,
    Register,
    Round,
    Stage,
    Unit,
    UnitChange,
    Whole,
    YearRule,
)
from danvan.store.engine import Connection
from danvan.store.schema import ENTRY_COLUMNS

ALWAYS = "9999"  # later than any moment, as text
STATING = ("fact", *ENTRY_COLUMNS)
"""The tables in which figures and rows of registers are stated."""
ABOUT = (*STATING, "evidence", "explanation", "settlement")
"""The tables whose rows are about a unit in a year."""

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


def _live_in(table: str) -> str:
    """Those of them that state anything in the table: few, where it is one of the catalogue's."""
    where = "where at <= :as_of\n"
    return LIVE.replace(
        where, f"where at <= :as_of and submission in (select submission from {table})\n"
    )


FIGURES = f"""
    with {LIVE}, opened as (
        select coalesce(min(live.rank), {2**62}) as rank
        from year_rule join live on live.submission = year_rule.submission
        where year = :year and stage = 'open'
    ), told as (
        select fact.*, live.rank, live.rank < opened.rank as drafted,
            iif(live.rank < opened.rank and 1 < row_number() over (
                partition by period, unit, indicator, aspect, live.rank < opened.rank
                order by live.rank desc, fact.id desc
            ), null, coalesce(value, lower)) as aim
        from fact join live on live.submission = fact.submission, opened
        where fact.year = :year and fact.id not in (select fact from returned)
    ), stated as (
        select told.*,
            row_number() over (newest) as place,
            first_value(aim) over (
                partition by period, unit, indicator, aspect
                order by aim is null, drafted desc, rank, id
            ) as first
        from told
        window newest as (
            partition by period, unit, indicator, aspect order by rank desc, id desc
        )
    )
    select year, period, unit, indicator,
        max(case when aspect = 'target' then value end) as target,
        max(case when aspect = 'target' then first end) as first_target,
        max(lower) as lower,
        max(upper) as upper,
        max(baseline) as baseline,
        max(case when aspect = 'result' then value end) as result,
        max(numerator) as numerator,
        max(denominator) as denominator,
        max(approximate) as approximate,
        max(case when duty = 'expected' then 1 else 0 end) as expected,
        max(case when duty = 'exempt' then 1 else 0 end) as exempt,
        max(case when duty = 'exempt' then note else '' end) as reason,
        max(case when aspect = 'target' then note else '' end) as target_note,
        max(case when aspect = 'result' then note else '' end) as result_note,
        max(case when aspect = 'target' then id end) as target_fact,
        max(case when aspect = 'result' then id end) as result_fact,
        max(stated) as stated
    from stated where place = 1
    group by year, period, unit, indicator
"""
"""The first target is the one that stood when the year was opened, else the first one since: what
is written down while a year is planned is a draft.
"""

FIGURE_TYPES = {
    "year": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "target": "float64",
    "first_target": "float64",
    "lower": "float64",
    "upper": "float64",
    "baseline": "float64",
    "result": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "approximate": "bool",
    "expected": "bool",
    "exempt": "bool",
    "reason": "str",
    "target_note": "str",
    "result_note": "str",
    "target_fact": "Int64",
    "result_fact": "Int64",
    "stated": "float64",
}
"""Named once, so that an empty frame has the same columns and types as a full one."""

FRAME = ("area_version", "indicator_version", "unit_version", "unit_change", "year_rule")
"""The tables that say by what a figure is judged and joined."""

HISTORY = f"""
    with {LIVE}
    select fact.id, fact.aspect, fact.period, value, lower, upper, baseline, numerator,
        denominator, approximate, stated, duty, fact.note, fact.decision, decision_date, sheet, cell, found,
        source.name as file, source.sha256, submission.id as submission, submission.at,
        submission.person, submission.channel, submission.document,
        submission.document_number, submission.document_date, submission.issuer,
        case when live.rank is null or returned.fact then 0 else 1 end as counts,
        case when live.rank is not null and returned.fact then 'returned' else (
            select outcome from decision
            where submission = fact.submission and at <= :as_of order by id desc limit 1
        ) end as outcome,
        case when live.rank is not null and returned.fact is null and 1 = row_number() over (
            partition by fact.period, aspect
            order by live.rank is null or returned.fact, live.rank desc, fact.id desc
        ) then 1 else 0 end as stands
    from fact
    join submission on submission.id = fact.submission
    left join source on source.id = fact.source
    left join live on live.submission = fact.submission
    left join returned on returned.fact = fact.id
    where fact.year = :year and unit = :unit and indicator = :indicator
        and submission.at <= :as_of
    order by fact.id desc
"""

HISTORY_TYPES = {
    "id": "int64",
    "aspect": "str",
    "period": "str",
    "value": "float64",
    "lower": "float64",
    "upper": "float64",
    "baseline": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "approximate": "bool",
    "stated": "float64",
    "duty": "str",
    "note": "str",
    "decision": "str",
    "decision_date": "str",
    "sheet": "str",
    "cell": "str",
    "found": "str",
    "file": "str",
    "sha256": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "channel": "str",
    "document": "str",
    "document_number": "str",
    "document_date": "str",
    "issuer": "str",
    "counts": "bool",
    "outcome": "str",
    "stands": "bool",
}

ORIGINS = f"""
    with {LIVE}
    select fact.id as fact, fact.period, fact.unit, fact.indicator, fact.aspect, sheet, cell, source.name as file,
        submission.id as submission, submission.at, submission.person, submission.channel,
        submission.document, submission.document_number, submission.document_date,
        submission.issuer
    from fact
    join live on live.submission = fact.submission
    join submission on submission.id = fact.submission
    left join source on source.id = fact.source
    where fact.year = :year and fact.id not in (select fact from returned)
"""

ORIGIN_TYPES = {
    "fact": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "aspect": "str",
    "sheet": "str",
    "cell": "str",
    "file": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "channel": "str",
    "document": "str",
    "document_number": "str",
    "document_date": "str",
    "issuer": "str",
}

SUBMISSIONS = """
    select submission.id, submission.at, submission.person, channel, document,
        document_number, document_date, issuer, note, undoes,
        (select outcome from decision
            where submission = submission.id and at <= :as_of order by id desc limit 1) as outcome,
        (select count(*) from fact where fact.submission = submission.id)
            + (select count(*) from model where model.submission = submission.id)
            + (select count(*) from task where task.submission = submission.id)
            + (select count(*) from award where award.submission = submission.id)
            + (select count(*) from explanation where explanation.submission = submission.id)
            + (select count(*) from settlement where settlement.submission = submission.id)
            as facts,
        coalesce((select group_concat(name, ', ') from source
            where source.submission = submission.id), '') as files,
        (select comment from decision
            where submission = submission.id and at <= :as_of order by id desc limit 1) as comment,
        (select person from decision
            where submission = submission.id and at <= :as_of order by id desc limit 1) as decided_by
    from submission where submission.at <= :as_of order by submission.id
"""

SUBMISSION_TYPES = {
    "id": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
    "channel": "str",
    "document": "str",
    "document_number": "str",
    "document_date": "str",
    "issuer": "str",
    "note": "str",
    "undoes": "Int64",
    "outcome": "str",
    "facts": "int64",
    "files": "str",
    "comment": "str",
    "decided_by": "str",
}

WAITING = """
    select fact.id as fact, fact.year, period, unit, indicator, aspect, value, lower, upper, baseline,
        numerator, denominator, approximate, stated, duty, fact.note, decision, decision_date,
        sheet, cell, found, source.name as file, submission.id as submission, submission.at, submission.person
    from fact
    join submission on submission.id = fact.submission
    left join source on source.id = fact.source
    where 'submitted' = (
        select outcome from decision where submission = fact.submission order by id desc limit 1
    )
    order by fact.id
"""

WAITING_TYPES = {
    "fact": "int64",
    "year": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "aspect": "str",
    "value": "float64",
    "lower": "float64",
    "upper": "float64",
    "baseline": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "approximate": "bool",
    "stated": "float64",
    "duty": "str",
    "note": "str",
    "decision": "str",
    "decision_date": "str",
    "sheet": "str",
    "cell": "str",
    "found": "str",
    "file": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "person": "str",
}

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

RETURNED = """
    with last as (
        select submission, outcome, at, person, comment, row_number() over (
            partition by submission order by id desc
        ) as place
        from decision where submission in (select submission from fact where year = :year)
    ), stated as (
        select fact.*, outcome, last.at as decided_at, last.person as decided_by, comment,
            row_number() over (
                partition by period, unit, indicator order by fact.id desc
            ) as place
        from fact join last on last.submission = fact.submission and last.place = 1
        where year = :year and aspect = 'result' and outcome <> 'withdrawn'
    )
    select year, period, unit, indicator, submission, comment, decided_by, decided_at as at
    from stated where place = 1 and (
        outcome = 'returned' or outcome = 'approved' and id in (select fact from returned)
    )
    order by id
"""
"""What was said last of a figure and then sent back."""

RETURNED_TYPES = {
    "year": "int64",
    "period": "str",
    "unit": "str",
    "indicator": "str",
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

OWN = """
    with last as (
        select submission, outcome, at, person, comment, row_number() over (
            partition by submission order by id desc
        ) as place
        from decision
    ), sent_back as (
        select fact.* from fact
        join submission on submission.id = fact.submission
        join last on last.submission = fact.submission and place = 1
        where submission.person = :person and (
            outcome = 'returned'
            or outcome = 'approved' and fact.id in (select fact from returned)
        )
    ), open as (
        select submission, count(distinct year || period || unit || indicator) as figures
        from sent_back
        where not exists (
            select 1 from fact as later
            join submission as act on act.id = later.submission and act.person = :person
            join last on last.submission = act.id and place = 1
            where later.year = sent_back.year and later.indicator = sent_back.indicator
                and later.unit = sent_back.unit and later.period = sent_back.period
                and later.aspect = sent_back.aspect and later.id > sent_back.id
                and outcome in ('submitted', 'approved', 'returned')
        )
        group by submission
    )
    select submission.id, submission.at, channel, outcome, last.at as decided_at,
        last.person as decided_by, comment, coalesce(open.figures, 0) as sent_back,
        (select count(distinct year || period || unit || indicator) from fact
            where fact.submission = submission.id) as figures,
        {entries} as entries
    from submission
    join last on last.submission = submission.id and place = 1
    left join open on open.submission = submission.id
    where submission.person = :person and undoes is null
        and channel not in ('catalogue', 'year')
    order by submission.id
"""

SENT_BACK = """
    with last as materialized (
        select submission, outcome, at, comment from decision
        where id in (select max(id) from decision group by submission)
    ), back as materialized (
        select fact.*, last.at, last.comment
        from last join fact on fact.submission = last.submission
        where outcome = 'returned' and year = :year
        union all
        select fact.*, last.at, last.comment
        from returned join fact on fact.id = returned.fact
        join last on last.submission = fact.submission
        where outcome = 'approved' and year = :year
    )
    select period, unit, indicator, submission, max(at) as at, max(comment) as comment
    from back
    where not exists (
        select 1 from fact as later
        where later.year = back.year and later.unit = back.unit
            and later.indicator = back.indicator and later.period = back.period
            and later.aspect = back.aspect and later.id > back.id
            and later.submission in (
                select submission from last where outcome in ('submitted', 'approved', 'returned')
            )
    )
    group by period, unit, indicator order by max(id)
"""

SENT_BACK_TYPES = {
    "period": "str",
    "unit": "str",
    "indicator": "str",
    "submission": "int64",
    "at": "datetime64[us, UTC]",
    "comment": "str",
}

OWN_TYPES = {
    "id": "int64",
    "at": "datetime64[us, UTC]",
    "channel": "str",
    "outcome": "str",
    "decided_at": "datetime64[us, UTC]",
    "decided_by": "str",
    "comment": "str",
    "figures": "int64",
    "entries": "int64",
    "sent_back": "int64",
}
"""`entries` counts rows of registers, documents and explanations; `sent_back` the figures that were returned and
not handed in again since.
"""


def revision(connection: Connection) -> int:
    """The number every write raises."""
    return int(connection.rows("select number from revision")[0]["number"])


def generated(connection: Connection) -> bool:
    """Whether a generated submission counts."""
    found = connection.rows(
        """select 1 from submission where channel = :channel and 'approved' = (
            select outcome from decision where submission = submission.id order by id desc limit 1
        ) limit 1""",
        {"channel": str(Channel.GENERATED)},
    )
    return bool(found)


def marks(connection: Connection) -> dict[int, int]:
    """For each year a number that grows with whatever changes its figures: the last decision about
    a submission that states any, or a row that some are counted from, or anything of the
    catalogue or of the years' rules.
    """
    frame = "union ".join(f"select submission from {table} " for table in FRAME)
    tables = (*STATING, "explanation", "round")
    stated = " union ".join(f"select year, submission from {table}" for table in tables)
    rows = connection.rows(
        f"""with stated as ({stated})
        select year, max(
            max(decision.id),
            coalesce((select max(id) from decision where submission in ({frame})), 0)
        ) as mark
        from stated join decision on decision.submission = stated.submission group by year"""
    )
    return {row["year"]: row["mark"] for row in rows}


def figures(connection: Connection, year: int, as_of: datetime | None) -> pd.DataFrame:
    """One row for each figure of the year that anything stands for (FIGURE_TYPES)."""
    return _frame(connection, FIGURES, FIGURE_TYPES, {"year": year, "as_of": stamp(as_of)})


def history(
    connection: Connection, year: int, unit: str, indicator: str, as_of: datetime | None
) -> pd.DataFrame:
    """Every statement about a unit's figure in a year, newest first (HISTORY_TYPES)."""
    asked = {"year": year, "unit": unit, "indicator": indicator, "as_of": stamp(as_of)}
    return _frame(connection, HISTORY, HISTORY_TYPES, asked)


def origins(connection: Connection, year: int, as_of: datetime | None) -> pd.DataFrame:
    """Where each fact of the year that counts was read: file, cell, submission, document (ORIGIN_TYPES)."""
    return _frame(connection, ORIGINS, ORIGIN_TYPES, {"year": year, "as_of": stamp(as_of)})


def submissions(connection: Connection, as_of: datetime | None) -> pd.DataFrame:
    """Every submission, oldest first, with the last decision about it (SUBMISSION_TYPES)."""
    return _frame(connection, SUBMISSIONS, SUBMISSION_TYPES, {"as_of": stamp(as_of)})


def waiting(connection: Connection) -> pd.DataFrame:
    """Every fact of a submission that nobody has decided about yet, oldest first (WAITING_TYPES)."""
    return _frame(connection, WAITING, WAITING_TYPES, {})


def returned(connection: Connection, year: int) -> pd.DataFrame:
    """The results of a year that were sent back and not handed in again (RETURNED_TYPES)."""
    return _frame(connection, RETURNED, RETURNED_TYPES, {"year": year})


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


def own(connection: Connection, person: str) -> pd.DataFrame:
    """What a person handed in and what became of it, oldest first (OWN_TYPES)."""
    counts = " + ".join(
        f"(select count(*) from {table} where {table}.submission = submission.id)"
        for table in (*ENTRY_COLUMNS, "evidence", "explanation")
    )
    return _frame(connection, OWN.format(entries=counts), OWN_TYPES, {"person": person})


def sent_back(connection: Connection, year: int) -> pd.DataFrame:
    """Figures of the year that were sent back and not handed in again since (SENT_BACK_TYPES)."""
    return _frame(connection, SENT_BACK, SENT_BACK_TYPES, {"year": year})


def touched(connection: Connection) -> dict[int, frozenset[str]]:
    """Codes of the units that each submission states anything about."""
    union = " union ".join(f"select submission, unit from {table}" for table in ABOUT)
    found: dict[int, set[str]] = {}
    for row in connection.rows(union):
        found.setdefault(row["submission"], set()).add(row["unit"])
    return {number: frozenset(units) for number, units in found.items()}


def stated_years(connection: Connection) -> dict[int, frozenset[int]]:
    """The years that each submission says anything about."""
    union = " union ".join(f"select submission, year from {t}" for t in (*ABOUT, "round"))
    found: dict[int, set[int]] = {}
    for row in connection.rows(union):
        found.setdefault(row["submission"], set()).add(row["year"])
    return {number: frozenset(years) for number, years in found.items()}


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
    return _frame(connection, sql, types, {"year": year, "as_of": stamp(as_of)})


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
    return _frame(connection, sql, types | LIFE_TYPES, asked)


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
    return _frame(connection, sql, EVIDENCE_TYPES, {"year": year, "as_of": stamp(as_of)})


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
    return _frame(connection, sql, EVIDENCE_TYPES, {})


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
    return _frame(connection, sql, EXPLANATION_TYPES, {})


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
        with {_live_in(table)}, said as (
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
    return _frame(connection, sql, types, {"year": year, "as_of": stamp(as_of)})


def contacts(connection: Connection) -> tuple[Contact, ...]:
    """Whom to write to, for units that have somebody."""
    found = (
        Contact(row["unit"], row["name"], row["email"])
        for row in _newest(connection, "contact", "unit", None, order="id")
    )
    return tuple(contact for contact in found if contact.name or contact.email)


def reminders(connection: Connection, year: int) -> pd.DataFrame:
    """Who was reminded of the year's reports, oldest first (REMINDER_TYPES)."""
    sql = "select * from reminder where year = :year order by id"
    return _frame(connection, sql, REMINDER_TYPES, {"year": year})


def years(connection: Connection, as_of: datetime | None) -> dict[int, YearRule]:
    """The rule of every year that has been opened, by year, with its rounds."""
    rounds = _rounds(connection, as_of)
    return {
        row["year"]: YearRule(
            year=row["year"],
            stage=Stage(row["stage"]),
            margin=Decimal(str(row["margin"])),
            judge_from=_day(row["judge_from"]),
            reason=row["reason"],
            rounds=tuple(one for one in rounds if one.year == row["year"]),
        )
        for row in _newest(connection, "year_rule", "year", as_of, order="year")
    }


def _rounds(connection: Connection, as_of: datetime | None) -> list[Round]:
    """The reporting rounds that were not called off, in the order of their periods' ends."""
    found = [
        Round(
            year=row["year"],
            period=Period(row["period"]),
            due=date.fromisoformat(row["due"]),
            units=tuple(row["units"].split()),
            indicators=tuple(row["indicators"].split()),
            note=row["note"],
        )
        for row in _newest(connection, "round", "year, period", as_of, order="year, due, period")
        if not row["removed"]
    ]
    return sorted(found, key=lambda one: (one.year, one.period.months[-1], one.due))


def catalogue(connection: Connection, as_of: datetime | None) -> Catalogue:
    """Areas, indicators, units and unit changes."""
    changes = connection.rows(
        f"""with {_live_in("unit_change")} select day, old, new, basis from unit_change
        join live on live.submission = unit_change.submission order by unit_change.id""",
        {"as_of": stamp(as_of)},
    )
    return Catalogue(
        areas=tuple(
            Area(row["code"], row["name"], row["name_en"])
            for row in _newest(connection, "area_version", "code", as_of)
        ),
        groups=tuple(
            KeyGroup(row["code"], row["name"], row["name_en"], tuple(row["indicators"].split()))
            for row in _newest(connection, "group_version", "code", as_of)
        ),
        indicators=tuple(
            _indicator(row) for row in _newest(connection, "indicator_version", "code", as_of)
        ),
        units=tuple(_unit(row) for row in _newest(connection, "unit_version", "code", as_of)),
        aliases=tuple(
            Alias(row["name"], row["code"])
            for row in _newest(connection, "alias", "name", as_of, order="id")
            if not row["removed"]
        ),
        minimums=tuple(
            _minimum(row)
            for row in _newest(connection, "minimum_version", "indicator", as_of, "position, id")
        ),
        wholes=tuple(
            Whole(row["whole"], tuple(row["parts"].split()))
            for row in _newest(connection, "whole_version", "whole", as_of, "position, id")
        ),
        changes=tuple(
            UnitChange(date.fromisoformat(row["day"]), row["old"], row["new"], row["basis"])
            for row in changes
        ),
    )


def boundaries(connection: Connection, as_of: datetime | None) -> tuple[Boundary, ...]:
    """Where units lie, those that were taken back left out."""
    found = (
        Boundary(row["unit"], _rings(row["rings"]))
        for row in _newest(connection, "boundary", "unit", as_of, order="id")
    )
    return tuple(boundary for boundary in found if boundary.rings)


def _rings(text: str) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple((x, y) for x, y in ring) for ring in json.loads(text))


def handed_in(connection: Connection, sha256: str) -> list[int]:
    """The submissions that count and have a file of these bytes."""
    rows = connection.rows(
        f"""with {LIVE} select distinct source.submission from source
        join live on live.submission = source.submission
        where sha256 = :sha256 order by source.submission""",
        {"sha256": sha256, "as_of": ALWAYS},
    )
    return [row["submission"] for row in rows]


def answers(connection: Connection) -> list[Answer]:
    """The answers that count, oldest first."""
    rows = connection.rows(
        f"""with {LIVE} select shape, asked, meaning, name from answer
        join live on live.submission = answer.submission order by live.rank, answer.id""",
        {"as_of": ALWAYS},
    )
    return [Answer(row["shape"], row["asked"], row["meaning"], row["name"]) for row in rows]


def file(connection: Connection, submission: int, name: str) -> bytes | None:
    """The content of a file of a submission."""
    rows = connection.rows(
        """select content from source join file on file.sha256 = source.sha256
        where submission = :submission and name = :name order by source.id limit 1""",
        {"submission": submission, "name": name},
    )
    return bytes(rows[0]["content"]) if rows else None


def files(connection: Connection, submission: int) -> list[str]:
    """The names of the files of a submission, in the order they came."""
    rows = connection.rows(
        "select name from source where submission = :submission order by id",
        {"submission": submission},
    )
    return list(dict.fromkeys(row["name"] for row in rows))


def draft(connection: Connection, key: str) -> Draft | None:
    """The draft of a key with its files."""
    rows = connection.rows("select person, state from draft where key = :key", {"key": key})
    if not rows:
        return None
    state = json.loads(rows[0]["state"])
    files = connection.rows(
        "select name, content from draft_file where draft = :key order by id", {"key": key}
    )
    return Draft(
        key=key,
        person=rows[0]["person"],
        year=state["year"],
        unit=state["unit"],
        files=tuple(File(row["name"], bytes(row["content"])) for row in files),
        seen=datetime.fromisoformat(state["seen"]),
        answers=tuple(Answer(*answer) for answer in state["answers"]),
    )


def stamp(moment: datetime | None) -> str:
    """The moment as it is stored; None is later than all."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else ALWAYS


def _newest(
    connection: Connection,
    table: str,
    key: str,
    as_of: datetime | None,
    order: str = "position, code",
) -> list[dict[str, Any]]:
    return connection.rows(
        f"""
        with {_live_in(table)}, stated as (
            select {table}.*, row_number() over (
                partition by {key} order by live.rank desc, {table}.id desc
            ) as place
            from {table} join live on live.submission = {table}.submission
        )
        select * from stated where place = 1 order by {order}
        """,
        {"as_of": stamp(as_of)},
    )


def _indicator(row: dict[str, Any]) -> Indicator:
    return Indicator(
        code=row["code"],
        area=row["area"],
        name=row["name"],
        name_en=row["name_en"],
        measure=row["measure"],
        measure_en=row["measure_en"],
        kind=Kind(row["kind"]),
        direction=Direction(row["direction"]),
        over_units=OverUnits(row["over_units"]),
        over_periods=OverPeriods(row["over_periods"]),
        decimals=row["decimals"],
        weight=Decimal(str(row["weight"])),
        counted_from=row["counted_from"],
        basis=row["basis"],
        first_year=row["first_year"],
        last_year=row["last_year"],
    )


def _minimum(row: dict[str, Any]) -> Minimum:
    return Minimum(
        indicator=row["indicator"],
        kinds=tuple(json.loads(row["kinds"])),
        value=Decimal(str(row["value"])),
        basis=row["basis"],
        first_year=row["first_year"],
        last_year=row["last_year"],
    )


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        parent=row["parent"] or "",
        first_day=_day(row["first_day"]),
        last_day=_day(row["last_day"]),
        population=row["population"],
        note=row["note"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _frame(
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
