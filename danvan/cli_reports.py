"""The `danvan report` command: what a meeting is shown, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from danvan import meeting
from danvan.cli_options import AS_OF, OUTPUT, PERIOD, UNIT, YEAR, opened, write
from danvan.model import Period
from danvan.moments import end_of
from danvan.report.deck import html
from danvan.wording import Language, Words

FORMATS = ("html",)


@click.command()
@YEAR
@PERIOD
@UNIT
@AS_OF
@click.option("--lang", type=click.Choice([str(x) for x in Language]), help="Words of the file.")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), required=True, help="html: a presentation."
)
@OUTPUT
@click.pass_obj
def report(
    words: Words,
    year: int,
    period: str | None,
    unit: str | None,
    as_of: str | None,
    lang: str | None,
    kind: str,
    output: Path,
) -> None:
    """Write a report of a year; html is a presentation that needs no network, in one file."""
    store = opened()
    moment = end_of(as_of) if as_of else None
    spoken = Words(lang) if lang else words
    deck = meeting.deck(store, year, Period(period or "year"), unit, moment, words=spoken)
    write(output, html(deck).encode())
    store.exported(f"report {kind}", year=year, unit=unit or "", sha256=deck.sha256)
    click.echo(words("cli.written", path=output))
