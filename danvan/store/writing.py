"""Write: one submission with everything it states, inside the transaction of the caller."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from danvan.completion.frame import LARGEST
from danvan.errors import NotAllowedError, RefusedError
from danvan.evidence import kept_name, kind_of
from danvan.model import (
    Aspect,
    Catalogue,
    Channel,
    Draft,
    Entry,
    Evidence,
    Expectation,
    Fact,
    File,
    Origin,
    Reminder,
    Result,
    Stage,
    Submission,
    Target,
)
from danvan.store import audit, reading, rules
from danvan.store.engine import Connection
from danvan.store.live import stamp
from danvan.store.schema import ENTRY_COLUMNS
from danvan.wording import PLACES

DRAFTS_KEPT = timedelta(days=30)
ACTS = {Channel.UNDO: "undo", Channel.YEAR: "year"}  # every other is recorded as a submission
TAKEN_BACK = ("approved", "submitted")  # outcomes that an undo withdraws


def submit(connection: Connection, submission: Submission, outcome: str = "approved") -> int:
    """Store the submission and the first decision about it: it counts, or waits ("submitted").

    The caller's transaction keeps all of it or none.
    """
    at = _now(connection)
    number = _insert_submission(connection, submission, at)
    sources = _insert_files(connection, number, submission)
    _insert_catalogue(connection, number, submission.catalogue)
    connection.insert_all(
        "year_rule",
        [
            {
                "submission": number,
                "year": rule.year,
                "stage": rule.stage,
                "margin": float(rule.margin),
                "judge_from": rule.judge_from and rule.judge_from.isoformat(),
                "reason": rule.reason,
            }
            for rule in submission.years
        ],
    )
    _decide(connection, number, outcome, at, submission.person)
    _check_years(connection, submission.years_touched)
    _check_codes(connection, submission)
    connection.insert_all("fact", (_fact(f, number, sources) for f in submission.facts))
    entries = _insert_entries(connection, number, submission, sources)
    _insert_evidence(connection, number, submission, entries)
    answers = [_columns(answer) | {"submission": number} for answer in submission.answers]
    connection.insert_all("answer", answers)
    _insert_boundaries(connection, number, submission)
    _insert_said(connection, number, submission)
    told: dict[str, Any] = {"years": {str(r.year): [r.stage, r.reason] for r in submission.years}}
    told |= {"rounds": [f"{r.year} {r.period} {r.due}" for r in submission.rounds]}
    told = {name: what for name, what in told.items() if what}
    _record(connection, number, submission, {"facts": len(submission.facts), **told})
    raise_revision(connection)
    return number


def decide(
    connection: Connection,
    number: int,
    outcome: str,
    person: str,
    comment: str = "",
    returned: Sequence[int] = (),
) -> int:
    """Approve or return a submission that waits; return the number of the decision.

    `returned` are facts of an approved one that are sent back all the same: they never count.
    """
    last = connection.rows(
        "select outcome from decision where submission = :id order by id desc limit 1",
        {"id": number},
    )
    if not last or last[0]["outcome"] != "submitted":
        raise RefusedError("not_waiting", number=number)
    own = {row["id"] for row in _facts_of(connection, number)}
    if not own.issuperset(returned):
        raise RefusedError("not_its_facts", number=number)
    if (outcome == "returned" or returned) and not comment.strip():
        raise RefusedError("comment_needed")
    if outcome == "approved":
        _check_years(connection, _years_of(connection, number))
    decision = _decide(connection, number, outcome, _now(connection), person, comment=comment)
    connection.insert_all("returned", [{"fact": f, "decision": decision} for f in returned])
    audit.record_decision(connection, person, decision)
    raise_revision(connection)
    return decision


def _facts_of(connection: Connection, number: int) -> list[dict[str, Any]]:
    return connection.rows("select id from fact where submission = :id", {"id": number})


def keep_draft(connection: Connection, draft: Draft) -> None:
    """Keep the draft in place of what was kept under its key; forget those long abandoned."""
    now = connection.now()
    old = {"before": stamp(now - DRAFTS_KEPT)}
    for sql, params in (
        ("delete from draft where at < :before returning key", old),
        ("delete from draft where key = :key returning key", {"key": draft.key}),
    ):
        connection.rows(sql, params)
    answers = [[a.shape, a.asked, a.meaning, a.name] for a in draft.answers]
    state = {"year": draft.year, "unit": draft.unit, "answers": answers}
    row = {"key": draft.key, "at": stamp(now), "person": draft.person}
    kept = json.dumps(state | {"seen": draft.seen.isoformat()}, ensure_ascii=False)
    connection.insert("draft", row | {"state": kept})
    files = [{"draft": draft.key, "name": f.name, "content": f.content} for f in draft.files]
    connection.insert_all("draft_file", files)


def drop_draft(connection: Connection, key: str) -> None:
    """Forget a draft and its files."""
    connection.rows("delete from draft where key = :key returning key", {"key": key})


def undo(
    connection: Connection, number: int, person: str, note: str, only_waiting: bool = False
) -> int:
    """Take back a submission, or take back an undo; return the new submission.

    What the submission stated stops to count, and what stood before stands again. A submission
    that was overtaken by a later one can be undone too: the later one goes on standing. With
    `only_waiting` nothing is taken back but what waits, and nothing stands again but as waiting.
    """
    acts = {row["id"]: row for row in connection.rows("select id, channel, undoes from submission")}
    if number not in acts:
        raise RefusedError("unknown_submission", number=number)
    target = number
    while acts[target]["undoes"]:
        target = acts[target]["undoes"]
    if acts[target]["channel"] in (Channel.CATALOGUE, Channel.YEAR):
        raise RefusedError("undo_frame", number=number)
    last, *before = connection.rows(
        "select outcome, by from decision where submission = :id order by id desc limit 2",
        {"id": target},
    )
    if (last["by"] != number) if target != number else (last["outcome"] not in TAKEN_BACK):
        raise RefusedError("already_undone", number=number)
    # what waited when it was taken back waits again; what counted counts again
    again = before[0]["outcome"] if last["outcome"] == "withdrawn" else "withdrawn"
    if only_waiting and "submitted" not in (last["outcome"], again):
        raise NotAllowedError("not_yours_to_undo")
    _check_years(connection, _years_of(connection, target))
    at = _now(connection)
    act = Submission(person=person, channel=Channel.UNDO, note=note)
    new = _insert_submission(connection, act, at, undoes=number)
    _decide(connection, new, "approved", at, person)
    _decide(connection, target, again, at, person, by=new)
    _record(connection, new, act, {"undoes": number})
    raise_revision(connection)
    return new


def raise_revision(connection: Connection) -> None:
    """Let every cache know that something was written."""
    connection.rows("update revision set number = number + 1 returning number")


def _now(connection: Connection) -> str:
    """This moment, and never before a moment already stored, whatever the clock says."""
    last = connection.rows("select max(at) as at from decision")[0]["at"] or ""
    return max(stamp(connection.now()), last)


def _record(
    connection: Connection, number: int, submission: Submission, detail: dict[str, Any]
) -> None:
    act = ACTS.get(submission.channel, "submission")
    told = {"channel": submission.channel, **detail}
    audit.record_submission(connection, act, submission.person, number, told)


def _insert_submission(
    connection: Connection, submission: Submission, at: str, undoes: int | None = None
) -> int:
    document = submission.document
    return connection.insert(
        "submission",
        {
            "at": at,
            "person": submission.person,
            "channel": submission.channel,
            "document": document.title if document else "",
            "document_number": document.number if document else "",
            "document_date": document.day.isoformat() if document and document.day else None,
            "issuer": document.issuer if document else "",
            "note": submission.note,
            "undoes": undoes,
        },
    )


def _decide(
    connection: Connection,
    submission: int,
    outcome: str,
    at: str,
    person: str,
    by: int | None = None,
    comment: str = "",
) -> int:
    values = {"submission": submission, "at": at, "person": person, "outcome": outcome, "by": by}
    return connection.insert("decision", values | {"comment": comment})


def _insert_files(connection: Connection, number: int, submission: Submission) -> dict[File, int]:
    """Keep the bytes once for each content, and a source for each file of the submission."""
    read = [item.origin.file for item in _items(submission)]
    files = dict.fromkeys([*submission.files, *(file for file in read if file)])
    return {file: _insert_file(connection, number, file) for file in files}


def _items(submission: Submission) -> list[Fact | Entry]:
    return [*submission.facts, *submission.entries]


def _insert_file(connection: Connection, number: int, file: File) -> int:
    digest = _keep(connection, file)
    return connection.insert("source", {"submission": number, "sha256": digest, "name": file.name})


def _keep(connection: Connection, file: File) -> str:
    """Keep the bytes, once for each content; the SHA-256 they are kept under."""
    digest = hashlib.sha256(file.content).hexdigest()
    if not connection.rows("select 1 from file where sha256 = :sha", {"sha": digest}):
        kept = {"sha256": digest, "size": len(file.content), "content": file.content}
        connection.insert("file", kept)
    return digest


def _insert_catalogue(connection: Connection, number: int, catalogue: Catalogue) -> None:
    parts: dict[str, list[dict[str, Any]]] = {
        "area": [_columns(area) for area in catalogue.areas],
        "unit": [_columns(unit) | {"parent": unit.parent or None} for unit in catalogue.units],
        "indicator": [_columns(indicator) for indicator in catalogue.indicators],
    }
    for table, rows in parts.items():
        known = {row["code"] for row in connection.rows(f"select code from {table}")}
        codes = [{"code": row["code"]} for row in rows if row["code"] not in known]
        connection.insert_all(table, codes)
        versions = [
            row | {"submission": number, "position": position} for position, row in enumerate(rows)
        ]
        connection.insert_all(f"{table}_version", versions)
    groups = [
        _columns(group)
        | {"indicators": " ".join(group.indicators), "submission": number, "position": position}
        for position, group in enumerate(catalogue.groups)
    ]
    connection.insert_all("group_version", groups)
    changes = [_columns(change) | {"submission": number} for change in catalogue.changes]
    connection.insert_all("unit_change", changes)
    aliases = [_columns(alias) | {"submission": number} for alias in catalogue.aliases]
    connection.insert_all("alias", aliases)
    minimums = [
        _columns(minimum)
        | {"kinds": json.dumps(minimum.kinds, ensure_ascii=False), "position": position}
        for position, minimum in enumerate(catalogue.minimums)
    ]
    wholes = [
        {"whole": whole.whole, "parts": " ".join(whole.parts), "position": position}
        for position, whole in enumerate(catalogue.wholes)
    ]
    for table, rows in {"minimum_version": minimums, "whole_version": wholes}.items():
        connection.insert_all(table, [row | {"submission": number} for row in rows])


def _insert_boundaries(connection: Connection, number: int, submission: Submission) -> None:
    """Keep where units lie; refused for a unit that no year has."""
    known = {row["code"] for row in connection.rows("select code from unit")}
    for boundary in submission.boundaries:
        if boundary.unit not in known:
            raise RefusedError("unknown_unit_of_any_year", unit=boundary.unit)
        rings = json.dumps(boundary.rings, allow_nan=False)
        row = {"submission": number, "unit": boundary.unit, "rings": rings}
        connection.insert("boundary", row)


def _insert_said(connection: Connection, number: int, submission: Submission) -> None:
    """Keep what was said beside the figures, the rounds, and whom to write to."""
    known = {row["code"] for row in connection.rows("select code from unit")}
    for unit in (unit for one in submission.rounds for unit in one.units):
        if unit not in known:
            raise RefusedError("unknown_unit_of_any_year", unit=unit)
    for contact in submission.contacts:
        if contact.unit not in known:
            raise RefusedError("unknown_unit_of_any_year", unit=contact.unit)
    for one in submission.settlements:
        if not one.reason.strip() and not one.removed:
            raise RefusedError("settlement_reason")
    rounds = [
        _columns(one) | {"units": " ".join(one.units), "indicators": " ".join(one.indicators)}
        for one in submission.rounds
    ]
    said = {
        "round": rounds,
        "explanation": [_columns(one) for one in submission.explanations],
        "settlement": [_columns(one) for one in submission.settlements],
        "contact": [_columns(contact) for contact in submission.contacts],
    }
    for table, rows in said.items():
        connection.insert_all(table, [row | {"submission": number} for row in rows])


def remind(connection: Connection, reminders: Sequence[Reminder], person: str) -> None:
    """Keep that units were reminded, and record it. States nothing and raises no revision."""
    _check_years(connection, frozenset(one.year for one in reminders))
    at = stamp(connection.now())
    rows = [
        {name: str(getattr(one, name)) for name in ("period", "unit", "address")}
        | {"year": one.year, "at": at, "person": person}
        for one in reminders
    ]
    connection.insert_all("reminder", rows)
    for one in reminders:
        told = {"year": one.year, "period": str(one.period), "mail": bool(one.address)}
        audit.record(connection, "reminder", person, one.unit, told)


def _columns(thing: Any) -> dict[str, Any]:
    """A frozen value as a row: dates as text, decimals as numbers."""
    return {name: _stored(getattr(thing, name)) for name in thing.__dataclass_fields__}


def _stored(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _check_years(connection: Connection, years: frozenset[int]) -> None:
    known = rules.years(connection, None)
    for year in sorted(years):
        if year not in known:
            raise RefusedError("unknown_year", year=year)
        if known[year].stage is Stage.CLOSED:
            raise RefusedError("closed_year", year=year)


def _years_of(connection: Connection, submission: int) -> frozenset[int]:
    union = " union ".join(
        f"select year from {table} where submission = :number"
        for table in (*reading.ABOUT, "round")
    )
    return frozenset(row["year"] for row in connection.rows(union, {"number": submission}))


def _check_codes(connection: Connection, submission: Submission) -> None:
    """Refuse units and indicators that the catalogue does not have in that year."""
    known = rules.catalogue(connection, None)
    for item in submission.about:
        unit = known.unit.get(item.unit)
        if unit is None or not unit.valid_in(item.year):
            raise RefusedError("unknown_unit", unit=item.unit, year=item.year)
    rounds = [(code, one.year) for one in submission.rounds for code in one.indicators]
    said = [(one.indicator, one.year) for one in submission.said]
    for code, year in (*rounds, *said):
        indicator = known.indicator.get(code)
        if indicator is None or not indicator.valid_in(year):
            raise RefusedError("unknown_indicator", indicator=code, year=year)


def _fact(fact: Fact, submission: int, sources: dict[File, int]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "submission": submission,
        "year": fact.year,
        "period": str(fact.period),
        "unit": fact.unit,
        "indicator": fact.indicator,
        "note": fact.note,
        "found": fact.origin.found,
        **_place(fact.origin, sources),
        **dict.fromkeys(("value", "lower", "upper", "baseline", "numerator", "denominator")),
        "approximate": 0,
        "stated": None,
        "duty": None,
        "decision": "",
        "decision_date": None,
    }
    match fact:
        case Target():
            if fact.lower is not None and fact.upper is not None and fact.lower > fact.upper:
                raise RefusedError("band_reversed", lower=fact.lower, upper=fact.upper)
            row["aspect"] = Aspect.TARGET
            for name in ("value", "lower", "upper", "baseline"):
                row[name] = _number(getattr(fact, name))
            row["decision"] = fact.decision
            row["decision_date"] = fact.decision_date and fact.decision_date.isoformat()
        case Result():
            row["aspect"] = Aspect.RESULT
            for name in ("value", "numerator", "denominator", "stated"):
                row[name] = _number(getattr(fact, name))
            row["approximate"] = int(fact.approximate)
        case Expectation():
            row |= {"aspect": Aspect.DUTY, "duty": fact.duty}
    return row


def _number(value: Decimal | None) -> float | None:
    """The figure as it is kept; refused rather than rounded where that would change it."""
    if value is None:
        return None
    kept = float(value)
    if abs(value) > LARGEST or value != round(value, PLACES) or Decimal(repr(kept)) != value:
        raise RefusedError("figure_out_of_range", value=value, places=PLACES)
    return kept


def _place(origin: Origin, sources: dict[File, int]) -> dict[str, Any]:
    source = sources[origin.file] if origin.file else None
    return {"source": source, "sheet": origin.sheet, "cell": origin.cell}


def _insert_entries(
    connection: Connection, number: int, submission: Submission, sources: dict[File, int]
) -> list[int]:
    """The numbers of the entries, in the order of the submission's."""
    numbers = []
    for entry in submission.entries:
        row = _entry_row(entry, number)
        row["entry"] = _entry_number(connection, entry)
        connection.insert(entry.register, row | _place(entry.origin, sources))
        numbers.append(row["entry"])
    return numbers


def _entry_number(connection: Connection, entry: Entry) -> int:
    """The number of the row: a new one, or that which is restated.

    A row belongs to its year for ever: it could else be taken out of one that is closed.
    """
    if entry.entry is None:
        return connection.insert("entry", {"register": entry.register})
    if _register_of(connection, entry.entry) != entry.register:
        raise RefusedError("unknown_entry", number=entry.entry)
    if entry.year not in _stated_for(connection, entry.register, entry.entry, "year"):
        raise RefusedError("unknown_entry", number=entry.entry)
    return entry.entry


def _stated_for(connection: Connection, register: str, entry: int, what: str) -> set[Any]:
    """The years or units that the versions of a row are of."""
    rows = connection.rows(
        f"select distinct {what} as found from {register} where entry = :entry", {"entry": entry}
    )
    return {row["found"] for row in rows}


def _register_of(connection: Connection, entry: int) -> str | None:
    rows = connection.rows("select register from entry where id = :id", {"id": entry})
    return str(rows[0]["register"]) if rows else None


def _insert_evidence(
    connection: Connection, number: int, submission: Submission, entries: Sequence[int]
) -> None:
    """Keep the documents of the submission, each by what it is and not by what its name says."""
    handed_in = [
        Evidence(file=file, year=entry.year, unit=entry.unit, entry=at)
        for entry, at in zip(submission.entries, entries, strict=True)
        for file in entry.evidence
    ]
    for one in (*handed_in, *submission.evidence):
        row = {
            "submission": number,
            "year": one.year,
            "unit": one.unit,
            "register": _proven(connection, one),
            "entry": one.entry,
            "indicator": one.indicator or None,
            "period": str(one.period) if one.indicator else "",
            "removed": int(one.removed),
        }
        kept = _taken_away(connection, row, one) if one.removed else _handed_in(connection, one)
        connection.insert("evidence", row | kept)


def _proven(connection: Connection, one: Evidence) -> str:
    """The register of the row that a document proves, "" for a figure.

    The row has to be of the document's year and unit: by them it is told who may read it.
    """
    if (one.entry is None) == (not one.indicator):
        raise RefusedError("unknown_entry", number=one.entry)
    if one.entry is None:
        known = rules.catalogue(connection, None).indicator.get(one.indicator)
        if known is None or not known.valid_in(one.year):
            raise RefusedError("unknown_indicator", indicator=one.indicator, year=one.year)
        return ""
    register = _register_of(connection, one.entry)
    if (
        register is None
        or one.year not in _stated_for(connection, register, one.entry, "year")
        or one.unit not in _stated_for(connection, register, one.entry, "unit")
    ):
        raise RefusedError("unknown_entry", number=one.entry)
    return register


def _handed_in(connection: Connection, one: Evidence) -> dict[str, Any]:
    kind = kind_of(one.file)
    return {"name": kept_name(one.file.name), "kind": kind, "sha256": _keep(connection, one.file)}


def _taken_away(connection: Connection, row: dict[str, Any], one: Evidence) -> dict[str, Any]:
    """The document as it is kept already: what was never handed in cannot be taken away."""
    found = connection.rows(
        """select name, kind, sha256 from evidence where sha256 = :sha256 and year = :year
        and unit = :unit and entry is :entry and indicator is :indicator and period = :period
        order by id desc limit 1""",
        row | {"sha256": hashlib.sha256(one.file.content).hexdigest()},
    )
    if not found:
        raise RefusedError("unknown_evidence", name=kept_name(one.file.name))
    return dict(found[0])


def _entry_row(entry: Entry, number: int) -> dict[str, Any]:
    unknown = [name for name, _ in entry.values if name not in ENTRY_COLUMNS[entry.register]]
    if unknown:
        raise RefusedError("unknown_column", column=unknown[0], register=entry.register)
    known = {"submission": number, "year": entry.year, "unit": entry.unit, "name": entry.name}
    return known | {"removed": int(entry.removed)} | dict(entry.values)
