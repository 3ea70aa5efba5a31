"""The `danvan` command. Failure is a sentence on stderr and a non-zero exit."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from danvan import (
    cli_accounts,
    cli_discrepancies,
    cli_reports,
    cli_rounds,
    cli_years,
    intake,
    listing,
)
from danvan.cli_options import (
    AS_OF,
    JSON,
    OUTPUT,
    PERIOD,
    UNIT,
    YEAR,
    file_at,
    opened,
    print_json,
    write,
)
from danvan.demo import build
from danvan.errors import DanvanError, RefusedError, Severity
from danvan.findings import figure, name, ratio
from danvan.installation import DATABASE, ROOT, address
from danvan.intake import Change, Check
from danvan.listing import plain
from danvan.model import Channel, Document, Entry, Fact, Period, Result, Target
from danvan.moments import end_of
from danvan.rounds.forms import form
from danvan.rows import Row, known, rows_of
from danvan.wording import Language, Words, in_one_line


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="danvan")
@click.option(
    "--lang", type=click.Choice([str(x) for x in Language]), default="vi", help="Words to speak."
)
@click.option("--as", "as_name", metavar="NAME", help="Act with the rights of this account only.")
@click.pass_context
def danvan(context: click.Context, lang: str, as_name: str | None) -> None:  # noqa: ARG001 - cli_options
    """Targets and results of mass mobilization work, and how far they are reached."""
    context.obj = Words(lang)


@danvan.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the dashboard in the browser."""
    os.environ[DATABASE] = _absolute(address())  # the server works in the project's folder
    os.chdir(ROOT)
    command = [sys.executable, "-m", "server", "--host", host, "--port", str(port)]
    sys.stdout.flush()
    os.execv(sys.executable, command)


@danvan.command()
@YEAR
@PERIOD
@UNIT
@AS_OF
@JSON
@click.pass_obj
def show(
    words: Words, year: int, period: str | None, unit: str | None, as_of: str | None, as_json: bool
) -> None:
    """Show every stored, expected or joined figure of a year with its completion."""
    moment = end_of(as_of) if as_of else None
    rows = listing.listed(opened(), year, Period(period) if period else None, unit, moment)
    if as_json:
        click.echo(listing.printed(rows), nl=False)
        return
    for row in rows_of(rows):
        click.echo(_line(row, words))


@danvan.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@YEAR
@UNIT
@click.option("--document", help="Title of the document that gives the figures their authority.")
@click.option("--document-number", default="", help="Its number, such as 61/NQ-HĐND.")
@click.option("--document-date", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="Its date.")
@click.option("--good-rows", is_flag=True, help="Store what is fine and leave out the rest.")
@click.option("--dry-run", is_flag=True, help="Say what would change; store nothing.")
@JSON
@click.pass_obj
def load(
    words: Words,
    files: Sequence[Path],
    year: int,
    unit: str | None,
    document: str | None,
    document_number: str,
    document_date: datetime | None,
    good_rows: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Load files of figures as one submission: all of it is stored, or nothing."""
    store = opened()
    checked = intake.check(
        store, [file_at(path) for path in files], year, unit or store.unit or None
    )
    day = document_date.date() if document_date else None
    paper = Document(document, document_number, day) if document else None
    checked = checked.under(paper)
    submission = None
    stores = checked.storable if good_rows else checked.sound
    if stores and not dry_run:
        submission = intake.hand_in(
            store, checked, store.account.name, Channel.LOAD, paper, good_rows
        )
    stored = checked.facts if stores or dry_run else ()
    if as_json:
        state = store.first_outcome if submission else None
        print_json(_loaded(checked, stored, submission, words.language) | {"state": state})
    else:
        _tell(checked, submission, dry_run, store.first_outcome, words)
    for problem in checked.problems:
        click.echo(in_one_line(problem.sentence(words.language)), err=True)
    if not stores:
        open_ones = [p for p in checked.problems if p.kind is not Severity.WARNING]
        raise RefusedError("nothing_stored", n=len(open_ones))


@danvan.command()
@YEAR
@click.option(
    "--period", type=click.Choice([str(p) for p in Period]), help="A report of it: results alone."
)
@UNIT
@click.option("--plan", is_flag=True, help="The year's targets alone, of the unit and those below.")
@OUTPUT
@click.pass_obj
def template(
    words: Words, year: int, period: str | None, unit: str | None, plan: bool, output: Path
) -> None:
    """Write the workbook to be filled in by a unit; without a unit, by the city for all."""
    store = opened()
    code = unit or store.unit or None
    if period and plan:
        raise RefusedError("plan_is_yearly")
    if period:
        content = form(store, year, Period(period), code, words, date.today())
    else:
        content = intake.template_for(store, year, code, words, plan=plan)
    write(output, content)
    click.echo(words("cli.written", path=output))


@danvan.command()
@click.argument("submission", type=int)
@click.option("--note", default="", help="Why.")
@JSON
@click.pass_obj
def undo(words: Words, submission: int, note: str, as_json: bool) -> None:
    """Take back a submission, or an undo."""
    number = opened().undo(submission, note=note)
    if as_json:
        print_json({"submission": number, "undoes": submission})
    else:
        click.echo(words("cli.undone", submission=submission, number=number))


@danvan.command()
@JSON
@click.pass_obj
def check(words: Words, as_json: bool) -> None:
    """Check that the database is sound."""
    store = opened()
    faults = store.faults()
    if as_json:
        print_json({"sound": not faults, "revision": store.revision(), "faults": faults})
    if faults:
        raise DanvanError("unsound", n=len(faults), detail="; ".join(faults[:5]))
    if not as_json:
        click.echo(words("cli.sound", revision=store.revision(), address=address()))


@danvan.command()
@click.pass_obj
def demo(words: Words) -> None:
    """Fill an empty database with a generated city of ten years, to try things out."""
    place = _absolute(address())
    city = build(place, date.today())
    years = {"first": city.years[0], "last": city.last}
    click.echo(words("cli.demo", units=len(city.places(city.last)), address=place, **years))


danvan.add_command(cli_accounts.account)
danvan.add_command(cli_discrepancies.list_discrepancies)
danvan.add_command(cli_reports.report)
danvan.add_command(cli_rounds.remind)
danvan.add_command(cli_rounds.round_)
danvan.add_command(cli_years.year)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every failure ends as one sentence, never as a traceback."""
    language = Language.EN if _asks_for_english(arguments or sys.argv[1:]) else Language.VI
    try:
        danvan.main(arguments, prog_name="danvan", standalone_mode=False)
    except click.UsageError as error:
        detail = " ".join(error.format_message().split())  # choices come on lines of their own
        _fail(Words(language)("error.usage", detail=detail), 2)
    except click.Abort:
        sys.exit(130)
    except DanvanError as error:
        _fail(error.text(language), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # a bug: the user gets an id, the details only when asked for
        if os.environ.get("DANVAN_DEBUG"):
            raise
        mark = uuid.uuid4().hex[:8]
        _fail(Words(language)("error.bug", mark=mark, detail=type(error).__name__), 70)


def _asks_for_english(arguments: Sequence[str]) -> bool:
    return "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)


def _fail(sentence: str, code: int) -> None:
    click.echo(in_one_line(sentence), err=True)
    sys.exit(code)


def _absolute(place: str) -> str:
    return place if "://" in place else str(Path(place).absolute())


def _line(row: Row, words: Words) -> str:
    share = f" · {ratio(row)}" if known(row["ratio"]) else ""
    stated = f"{name(row, words)}: {figure(row, words)}{share}"
    state = words(f"state.{row['state'] or 'none'}")
    return in_one_line(f"{row['unit']}  {row['indicator']}  {stated} · {state}")


def _loaded(
    checked: Check, facts: Sequence[Fact], submission: int | None, language: Language
) -> dict[str, Any]:
    return {
        "submission": submission,
        "facts": _rows(facts),
        "entries": [_entry(entry, change) for entry, change in checked.entries],
        "new": checked.count(Change.NEW),
        "changed": checked.count(Change.CHANGED),
        "same": checked.count(Change.SAME),
        "refused": checked.refused,
        "waiting": checked.waiting,
        "problems": [problem.row(language) for problem in checked.problems],
    }


def _rows(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Facts as rows, one for each figure."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for fact in facts:
        empty = dict.fromkeys(("target", "result", "numerator", "denominator"))
        key = {"unit": fact.unit, "indicator": fact.indicator, "period": str(fact.period)}
        row = rows.setdefault(fact.key, {**key, **empty, "approximate": False})
        match fact:
            case Target():
                row["target"] = plain(fact.value)
            case Result():
                row["approximate"] = fact.approximate
                row |= {"result": plain(fact.value), "numerator": plain(fact.numerator)}
                row["denominator"] = plain(fact.denominator)
        row |= {"sheet": fact.origin.sheet, "cell": fact.origin.cell}
    return list(rows.values())


def _entry(entry: Entry, change: Change) -> dict[str, Any]:
    place = {"sheet": entry.origin.sheet, "cell": entry.origin.cell}
    row = {"register": entry.register, "unit": entry.unit, "name": entry.name, "change": change}
    return {**row, **dict(entry.values), **place}


def _tell(
    checked: Check, submission: int | None, dry_run: bool, outcome: str, words: Words
) -> None:
    counts = {
        "new": checked.count(Change.NEW),
        "changed": checked.count(Change.CHANGED),
        "same": checked.count(Change.SAME),
    }
    if dry_run:
        click.echo(words("cli.would_store", **counts))
    elif submission:
        key = "cli.stored" if outcome == "approved" else "cli.submitted"
        click.echo(words(key, submission=submission, **counts))
    if checked.sound and checked.opens_year:
        click.echo(words(f"cli.year_{checked.begins}", year=checked.year))
