"""The `danvan discrepancies` command: every two numbers of a year that contradict each other."""

from __future__ import annotations

from typing import Any

import click

from danvan.cli_options import AS_OF, JSON, YEAR, opened, print_json
from danvan.listing import plain
from danvan.model import Catalogue
from danvan.moments import end_of
from danvan.reconciliation import Discrepancy, discrepancies, telling
from danvan.wording import Words, day, in_one_line


@click.command("discrepancies")
@YEAR
@AS_OF
@JSON
@click.pass_obj
def list_discrepancies(words: Words, year: int, as_of: str | None, as_json: bool) -> None:
    """List the numbers of a year that contradict each other, and what settles them."""
    store = opened()
    moment = end_of(as_of) if as_of else None
    found = discrepancies(store, year, moment)
    catalogue = store.seen_catalogue(moment)
    if as_json:
        print_json([_document(one, catalogue) for one in found])
        return
    settled = sum(not one.open for one in found)
    click.echo(words("discrepancies.sentence", n=len(found), year=year, settled=settled))
    for one in found:
        click.echo(in_one_line(_line(one, catalogue, words)))


def _document(one: Discrepancy, catalogue: Catalogue) -> dict[str, Any]:
    said = one.settled
    return {
        "year": one.year,
        "period": one.period,
        "unit": one.unit,
        "indicator": one.indicator,
        "name": catalogue.indicator[one.indicator].name,
        "comparison": one.comparison,
        "subject": one.subject,
        "stated": plain(one.stated),
        "computed": plain(one.computed),
        "difference": plain(one.difference),
        "made_of": list(one.made_of),
        "state": "open" if said is None else "settled",
        "reason": said.reason if said else None,
        "person": said.person if said else None,
        "at": said.at.isoformat() if said else None,
    }


def _line(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    unit, indicator = catalogue.unit[one.unit], catalogue.indicator[one.indicator]
    told = telling.sentence(one, catalogue, words)
    line = f"{words.name(unit)} · {words.name(indicator)}: {told}"
    said = one.settled
    if said is None:
        return line
    at = day(said.at.astimezone().date())
    settled = words("discrepancies.settled", person=said.person, at=at, reason=said.reason)
    return f"{line} · {settled}"
