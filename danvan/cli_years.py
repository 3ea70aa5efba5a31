"""The `danvan year` commands: planning, opening, closing and reopening years, without a browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from danvan import closing
from danvan.cli_options import JSON, opened, print_json
from danvan.closing import Checklist, named
from danvan.model import Catalogue, YearRule
from danvan.reconciliation import Discrepancy, telling
from danvan.rows import rows_of
from danvan.wording import Words, in_one_line

YEARS = click.argument("number", metavar="YEAR", type=int)


@click.group()
def year() -> None:
    """Plan, open, close and reopen years; a closed one refuses every figure."""


@year.command("list")
@JSON
@click.pass_obj
def list_years(words: Words, as_json: bool) -> None:
    """List every year with its stage."""
    rules = opened().years()
    if as_json:
        print_json([_row(rule) for rule in rules.values()])
        return
    for rule in rules.values():
        click.echo(_line(rule, words))


@year.command()
@YEARS
@JSON
@click.pass_obj
def plan(words: Words, number: int, as_json: bool) -> None:
    """Begin to plan a year."""
    _tell(closing.plan(opened(), number), words, as_json)


@year.command("open")
@YEARS
@JSON
@click.pass_obj
def begin(words: Words, number: int, as_json: bool) -> None:
    """Open a year that is planned or new."""
    _tell(closing.begin(opened(), number), words, as_json)


@year.command()
@YEARS
@click.option("--reason", default="", help="Why it is closed though something is open.")
@JSON
@click.pass_obj
def close(words: Words, number: int, reason: str, as_json: bool) -> None:
    """Close a year: nothing may be missing, wait or differ, unless there is a reason.

    What is missed and not explained keeps it open whatever the reason.
    """
    store = opened()
    checked = closing.checklist(store, number, date.today())
    if len(checked.unexplained) or (checked.open_points and not reason.strip()):
        for line in _open_points(checked, store.catalogue(), words):
            click.echo(in_one_line(line), err=True)
    _tell(closing.close(store, checked, reason), words, as_json)


@year.command()
@YEARS
@click.option("--reason", required=True, help="Why it is opened again.")
@JSON
@click.pass_obj
def reopen(words: Words, number: int, reason: str, as_json: bool) -> None:
    """Open a closed year again."""
    _tell(closing.reopen(opened(), number, reason), words, as_json)


def _open_points(checked: Checklist, catalogue: Catalogue, words: Words) -> list[str]:
    """One line for each point that is open."""
    lines = [
        f"{words(f'closing.{kind}')}: {words.name(catalogue.unit[row['unit']])} · {named(row, words)}"
        for kind, rows in (("missing", checked.missing), ("unexplained", checked.unexplained))
        for row in rows_of(rows)
    ]
    lines += [_apart(one, catalogue, words) for one in checked.discrepancies]
    waiting = words("closing.waiting")
    lines += [f"{waiting}: {row['id']}" for row in rows_of(checked.waiting)]
    tasks = words("closing.unfinished")
    return [*lines, *(f"{tasks}: {row['name']}" for row in rows_of(checked.unfinished))]


def _apart(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    unit, indicator = catalogue.unit[one.unit], catalogue.indicator[one.indicator]
    said = telling.sentence(one, catalogue, words)
    about = f"{words.name(unit)} · {words.name(indicator)}"
    return f"{words('closing.discrepancies')}: {about}: {said}"


def _tell(rule: YearRule, words: Words, as_json: bool) -> None:
    if as_json:
        print_json(_row(rule))
    else:
        click.echo(_line(rule, words))


def _line(rule: YearRule, words: Words) -> str:
    parts = [str(rule.year), words(f"stage.{rule.stage}")]
    return " · ".join([*parts, rule.reason] if rule.reason else parts)


def _row(rule: YearRule) -> dict[str, Any]:
    return {
        "year": rule.year,
        "stage": rule.stage,
        "margin": float(rule.margin),
        "judge_from": rule.judged_from.isoformat(),
        "reason": rule.reason,
    }
