"""Read: frames and values out of the store, as they stand or as they stood.

Each query takes the moment to read as of. A submission counts while the last decision about it
is an approval; among the statements about one figure the last approved one stands.
"""

from __future__ import annotations

import json
from datetime import datetime

import pandas as pd

from danvan.model import (
    Answer,
    Channel,
    Draft,
    File,
)
from danvan.store.engine import Connection
from danvan.store.live import ALWAYS, LIVE, framed, stamp
from danvan.store.schema import ENTRY_COLUMNS

STATING = ("fact", *ENTRY_COLUMNS)
"""The tables in which figures and rows of registers are stated."""

ABOUT = (*STATING, "evidence", "explanation", "settlement")
"""The tables whose rows are about a unit in a year."""

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
    return framed(connection, FIGURES, FIGURE_TYPES, {"year": year, "as_of": stamp(as_of)})


def history(
    connection: Connection, year: int, unit: str, indicator: str, as_of: datetime | None
) -> pd.DataFrame:
    """Every statement about a unit's figure in a year, newest first (HISTORY_TYPES)."""
    asked = {"year": year, "unit": unit, "indicator": indicator, "as_of": stamp(as_of)}
    return framed(connection, HISTORY, HISTORY_TYPES, asked)


def origins(connection: Connection, year: int, as_of: datetime | None) -> pd.DataFrame:
    """Where each fact of the year that counts was read: file, cell, submission, document (ORIGIN_TYPES)."""
    return framed(connection, ORIGINS, ORIGIN_TYPES, {"year": year, "as_of": stamp(as_of)})


def submissions(connection: Connection, as_of: datetime | None) -> pd.DataFrame:
    """Every submission, oldest first, with the last decision about it (SUBMISSION_TYPES)."""
    return framed(connection, SUBMISSIONS, SUBMISSION_TYPES, {"as_of": stamp(as_of)})


def waiting(connection: Connection) -> pd.DataFrame:
    """Every fact of a submission that nobody has decided about yet, oldest first (WAITING_TYPES)."""
    return framed(connection, WAITING, WAITING_TYPES, {})


def own(connection: Connection, person: str) -> pd.DataFrame:
    """What a person handed in and what became of it, oldest first (OWN_TYPES)."""
    counts = " + ".join(
        f"(select count(*) from {table} where {table}.submission = submission.id)"
        for table in (*ENTRY_COLUMNS, "evidence", "explanation")
    )
    return framed(connection, OWN.format(entries=counts), OWN_TYPES, {"person": person})


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
