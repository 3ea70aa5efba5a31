"""The schema, one step at a time, oldest first. Steps are never edited after release, only added.

What was stated is append-only (triggers refuse updates and deletes); only the revision counts up,
and accounts, sessions and drafts are what they are now. Text is compared and sorted as bytes; moments are UTC with microseconds, so that text order is
time order.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database, Migrations

from danvan.store.chain import seal

migrations = Migrations("danvan")

NOW = "danvan_now"
"""The SQL function by which a step asks for the moment; the engine has the clock."""

FIRST_COLUMNS: dict[str, tuple[str, ...]] = {
    "model": (
        "field", "holder", "address", "approach", "effect", "state", "renewal",
        "decision", "decided_on", "note",
    ),
    "task": (
        "area", "owner", "co_owners", "deadline", "product", "state", "finished_on",
        "evidence", "note",
    ),
    "award": (
        "recipient", "kind", "form", "level", "decision", "decided_on", "signatory",
        "reason", "note",
    ),
}  # fmt: skip
ENTRY_COLUMNS = FIRST_COLUMNS | {
    "model": (*FIRST_COLUMNS["model"], "kind", "continues"),
    "task": (*FIRST_COLUMNS["task"], "kind"),
}
"""What each register keeps of its rows, beside year, unit and name.

A model's `continues` is the number of the entry of an earlier year that it goes on with; a task
of the kind "key" is one of the year's key tasks.
"""

SUBMISSIONS = """
    create table revision (
        id integer primary key check (id = 1),
        number integer not null
    ) strict;
    insert into revision (id, number) values (1, 0);

    create table file (
        sha256 text primary key,
        size integer not null,
        content blob not null
    ) strict;

    create table submission (
        id integer primary key,
        at text not null,
        person text not null,
        channel text not null,
        document text not null default '',
        document_number text not null default '',
        document_date text,
        issuer text not null default '',
        note text not null default '',
        undoes integer references submission (id)
    ) strict;

    create table source (
        id integer primary key,
        submission integer not null references submission (id),
        sha256 text not null references file (sha256),
        name text not null
    ) strict;
    create index source_submission on source (submission);

    create table decision (
        id integer primary key,
        submission integer not null references submission (id),
        at text not null,
        person text not null,
        outcome text not null
            check (outcome in ('draft', 'submitted', 'approved', 'returned', 'withdrawn')),
        comment text not null default '',
        by integer references submission (id)
    ) strict;
    create index decision_submission on decision (submission, id);
"""

CATALOGUE = """
    create table area (code text primary key) strict;
    create table indicator (code text primary key) strict;
    create table unit (code text primary key) strict;

    create table area_version (
        id integer primary key,
        submission integer not null references submission (id),
        code text not null references area (code),
        position integer not null,
        name text not null,
        name_en text not null
    ) strict;

    create table indicator_version (
        id integer primary key,
        submission integer not null references submission (id),
        code text not null references indicator (code),
        position integer not null,
        area text not null references area (code),
        name text not null,
        name_en text not null,
        measure text not null,
        measure_en text not null,
        kind text not null check (kind in ('count', 'percent')),
        direction text not null check (direction in ('more', 'less', 'band', 'track')),
        over_units text not null check (over_units in ('sum', 'ratio', 'own')),
        over_periods text not null check (over_periods in ('sum', 'latest', 'own')),
        decimals integer not null check (decimals between 0 and 4),
        weight real not null check (weight >= 0),
        counted_from text not null,
        basis text not null,
        first_year integer,
        last_year integer
    ) strict;

    create table unit_version (
        id integer primary key,
        submission integer not null references submission (id),
        code text not null references unit (code),
        position integer not null,
        name text not null,
        name_en text not null,
        kind text not null,
        parent text references unit (code),
        first_day text,
        last_day text,
        population integer,
        note text not null
    ) strict;

    create table unit_change (
        id integer primary key,
        submission integer not null references submission (id),
        day text not null,
        old text not null references unit (code),
        new text not null references unit (code),
        basis text not null
    ) strict;

    create table year_rule (
        id integer primary key,
        submission integer not null references submission (id),
        year integer not null,
        stage text not null check (stage in ('planning', 'open', 'closed')),
        margin real not null check (margin between 0 and 1),
        judge_from text,
        reason text not null
    ) strict;
"""

FACTS = """
    create table fact (
        id integer primary key,
        submission integer not null references submission (id),
        year integer not null,
        period text not null,
        unit text not null references unit (code),
        indicator text not null references indicator (code),
        aspect text not null check (aspect in ('target', 'result', 'duty')),
        value real,
        lower real,
        upper real,
        baseline real,
        numerator real,
        denominator real,
        approximate integer not null default 0 check (approximate in (0, 1)),
        duty text check (duty in ('expected', 'exempt')),
        note text not null default '',
        decision text not null default '',
        decision_date text,
        source integer references source (id),
        sheet text not null default '',
        cell text not null default '',
        found text not null default '',
        check ((aspect = 'duty') = (duty is not null)),
        check (aspect = 'target' or coalesce(lower, upper, baseline) is null),
        check (aspect = 'result' or coalesce(numerator, denominator) is null)
    ) strict;
    create index fact_key on fact (year, indicator, unit, period, aspect);
    create index fact_submission on fact (submission);
"""


INTAKE = """
    create table alias (
        id integer primary key,
        submission integer not null references submission (id),
        name text not null,
        code text not null,
        removed integer not null default 0 check (removed in (0, 1))
    ) strict;

    create table answer (
        id integer primary key,
        submission integer not null references submission (id),
        shape text not null,
        asked text not null,
        meaning text not null,
        name text not null
    ) strict;

    create table draft (
        key text primary key,
        at text not null,
        person text not null,
        state text not null
    ) strict;

    create table draft_file (
        id integer primary key,
        draft text not null references draft (key) on delete cascade,
        name text not null,
        content blob not null
    ) strict;
    create index draft_file_draft on draft_file (draft)
"""

PEOPLE = """
    create table account (
        id integer primary key,
        name text not null unique,
        full_name text not null,
        role text not null check (role in ('viewer', 'reporter', 'editor', 'admin')),
        unit text references unit (code),
        active integer not null check (active in (0, 1)),
        must_change integer not null check (must_change in (0, 1)),
        password_hash text not null,
        made_at text not null,
        last_seen text
    ) strict;

    create table session (
        key text primary key,
        token_hash text not null unique,
        account integer not null references account (id),
        began text not null,
        seen text not null,
        address text not null,
        agent text not null
    ) strict;
    create index session_account on session (account);

    create table failure (
        id integer primary key,
        at text not null,
        name text not null,
        address text not null
    ) strict;
    create index failure_at on failure (at);

    create table setup (
        token_hash text primary key,
        at text not null
    ) strict;

    create table switch (
        id integer primary key,
        at text not null,
        person text not null,
        name text not null,
        value text not null
    ) strict;
"""

AUDIT = """
    create table audit (
        id integer primary key,
        at text not null,
        person text not null,
        act text not null,
        subject text not null,
        detail text not null,
        address text not null,
        previous text not null unique,
        hash text not null unique
    ) strict;
    create index audit_act on audit (act, person);
"""


RETURNED = """
    create table returned (
        fact integer primary key references fact (id),
        decision integer not null references decision (id)
    ) strict;
    create index returned_decision on returned (decision)
"""


KEY_GROUPS = """
    create table group_version (
        id integer primary key,
        submission integer not null references submission (id),
        code text not null,
        position integer not null,
        name text not null,
        name_en text not null,
        indicators text not null
    ) strict;
    create index group_version_submission on group_version (submission)
"""


EVIDENCE = """
    create table evidence (
        id integer primary key,
        submission integer not null references submission (id),
        year integer not null,
        unit text not null references unit (code),
        register text not null default '',
        entry integer references entry (id),
        indicator text references indicator (code),
        period text not null default '',
        sha256 text not null references file (sha256),
        name text not null,
        kind text not null,
        removed integer not null default 0 check (removed in (0, 1)),
        check ((entry is null) = (register = '')),
        check ((entry is null) <> (indicator is null))
    ) strict;
    create index evidence_submission on evidence (submission);
    create index evidence_year on evidence (year, unit)
"""


BOUNDARIES = """
    create table boundary (
        id integer primary key,
        submission integer not null references submission (id),
        unit text not null references unit (code),
        rings text not null
    ) strict;
    create index boundary_submission on boundary (submission)
"""


PLANNING = """
    create table minimum_version (
        id integer primary key,
        submission integer not null references submission (id),
        indicator text not null references indicator (code),
        position integer not null,
        kinds text not null,
        value real not null,
        basis text not null,
        first_year integer,
        last_year integer
    ) strict;

    create table whole_version (
        id integer primary key,
        submission integer not null references submission (id),
        whole text not null,
        position integer not null,
        parts text not null
    ) strict;

    create table round (
        id integer primary key,
        submission integer not null references submission (id),
        year integer not null,
        period text not null,
        due text not null,
        units text not null,
        indicators text not null,
        note text not null,
        removed integer not null default 0 check (removed in (0, 1))
    ) strict;

    create table explanation (
        id integer primary key,
        submission integer not null references submission (id),
        year integer not null,
        period text not null,
        unit text not null references unit (code),
        indicator text not null references indicator (code),
        text text not null
    ) strict;

    create table settlement (
        id integer primary key,
        submission integer not null references submission (id),
        year integer not null,
        period text not null,
        unit text not null references unit (code),
        indicator text not null references indicator (code),
        comparison text not null
            check (comparison in ('register', 'units', 'percent', 'periods', 'parts')),
        subject text not null,
        stated real not null,
        computed real not null,
        reason text not null,
        removed integer not null default 0 check (removed in (0, 1))
    ) strict;

    create table contact (
        id integer primary key,
        submission integer not null references submission (id),
        unit text not null references unit (code),
        name text not null,
        email text not null
    ) strict;

    create table reminder (
        id integer primary key,
        at text not null,
        person text not null,
        year integer not null,
        period text not null,
        unit text not null references unit (code),
        address text not null
    ) strict;
    create index reminder_year on reminder (year, period);
    create index explanation_year on explanation (year, unit);
    create index settlement_year on settlement (year, unit)
"""


@migrations()
def m001_submissions(db: Database) -> None:
    """Who handed in what, when, and what was decided about it."""
    _run(db, SUBMISSIONS)
    _append_only(db, "file", "submission", "source", "decision")


@migrations()
def m002_catalogue(db: Database) -> None:
    """Areas, indicators and units with their versions, and the rules of each year."""
    _run(db, CATALOGUE)
    versions = ("area_version", "indicator_version", "unit_version", "unit_change", "year_rule")
    _append_only(db, "area", "indicator", "unit", *versions)


@migrations()
def m003_facts(db: Database) -> None:
    """Targets, results and duties."""
    _run(db, FACTS)
    _append_only(db, "fact")


@migrations()
def m004_registers(db: Database) -> None:
    """Models, tasks and awards: a row is an entry, and each statement about it a version."""
    _run(db, "create table entry (id integer primary key, register text not null) strict;")
    for register, columns in FIRST_COLUMNS.items():
        own = "".join(f"{column} text not null default '', " for column in columns)
        _run(
            db,
            f"""
            create table {register} (
                id integer primary key,
                submission integer not null references submission (id),
                entry integer not null references entry (id),
                year integer not null,
                unit text not null references unit (code),
                name text not null,
                {own}
                removed integer not null default 0 check (removed in (0, 1)),
                source integer references source (id),
                sheet text not null default '',
                cell text not null default ''
            ) strict;
            create index {register}_entry on {register} (entry);
            """,
        )
    _append_only(db, "entry", *FIRST_COLUMNS)


@migrations()
def m005_intake(db: Database) -> None:
    """What files call things, what people answered about them, and drafts of uploads."""
    _run(db, INTAKE)
    _append_only(db, "alias", "answer")


@migrations()
def m006_people(db: Database) -> None:
    """Accounts, their sessions, failures to sign in, the set-up link, switches."""
    _run(db, PEOPLE)
    _append_only(db, "switch")
    _refuse(db, "account", "delete", "accounts are deactivated")


@migrations()
def m007_audit(db: Database) -> None:
    """Who did what. The first row says what there was before; each later one is sealed to it."""
    _run(db, AUDIT)
    _append_only(db, "audit")
    for table in ("source", "area_version", "indicator_version", "unit_version", "unit_change"):
        _index_submission(db, table)
    for table in ("year_rule", *FIRST_COLUMNS, "alias", "answer"):
        _index_submission(db, table)
    before = {
        f"{table}s": db.execute(f"select coalesce(max(id), 0) from {table}").fetchone()[0]
        for table in ("submission", "decision")
    }
    now = datetime.fromisoformat(db.execute(f"select {NOW}()").fetchone()[0])
    row = {"at": f"{now:%Y-%m-%dT%H:%M:%S.%fZ}", "person": "danvan", "act": "began"}
    row |= {"subject": "", "detail": json.dumps(before, sort_keys=True), "address": ""}
    names = ", ".join(f":{name}" for name in row)
    db.execute(
        f"insert into audit ({', '.join(row)}, previous, hash) values ({names}, '', :hash)",
        row | {"hash": seal("", row)},
    )


@migrations()
def m008_approval(db: Database) -> None:
    """Facts of an approved submission that were returned: they never count."""
    _run(db, RETURNED)
    _append_only(db, "returned")


@migrations()
def m009_key_groups(db: Database) -> None:
    """Indicators that the office puts first, under names of its own."""
    _run(db, KEY_GROUPS)
    _append_only(db, "group_version")


@migrations()
def m010_evidence(db: Database) -> None:
    """Documents that prove a figure or a row of a register; models of an office or of one person."""
    for column in ("kind", "continues"):
        db.execute(f"alter table model add column {column} text not null default ''")
    _run(db, EVIDENCE)
    _append_only(db, "evidence")


@migrations()
def m011_boundaries(db: Database) -> None:
    """Where units lie, for the map: rings of longitude and latitude as JSON, none to take it back."""
    _run(db, BOUNDARIES)
    _append_only(db, "boundary")


@migrations()
def m012_planning(db: Database) -> None:
    """Rounds, reminders, explanations and settlements; legal minimums; key tasks; percentages as
    files stated them.
    """
    _run(db, PLANNING)
    db.execute("alter table fact add column stated real")
    db.execute("alter table task add column kind text not null default ''")
    stated = ("minimum_version", "whole_version", "round", "explanation", "settlement", "contact")
    for table in stated:
        _index_submission(db, table)
    _append_only(db, *stated, "reminder")


def _index_submission(db: Database, table: str) -> None:
    db.execute(f"create index if not exists {table}_submission on {table} (submission)")


def _run(db: Database, script: str) -> None:
    # one by one: executescript would commit the transaction that all steps share
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)


def _append_only(db: Database, *tables: str) -> None:
    for table in tables:
        for act in ("update", "delete"):
            _refuse(db, table, act, f"{table} is append-only")


def _refuse(db: Database, table: str, act: str, reason: str) -> None:
    db.execute(
        f"create trigger {table}_no_{act} before {act} on {table} "
        f"begin select raise(abort, '{reason}'); end"
    )
