"""The `danvan round` and `danvan remind` commands: what units have to report, and telling them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from danvan.access import Access
from danvan.accounts import Act
from danvan.cli_options import JSON, UNIT, YEAR, opened, print_json
from danvan.errors import RefusedError
from danvan.model import Period, Round
from danvan.post import PostError
from danvan.rounds.letters import Letter, letters, reminded
from danvan.rounds.opening import call_off, open_round
from danvan.rounds.owing import Owed, owed_now, round_of
from danvan.rounds.sending import Outcome, addressed, send_reminders
from danvan.wording import Words, day, first_upper, period_name

PERIOD = click.option(
    "--period", type=click.Choice([str(p) for p in Period]), required=True, help="Its period."
)


@click.group(name="round")
def round_() -> None:
    """Open, list and call off reporting rounds."""


@round_.command("list")
@YEAR
@JSON
@click.pass_obj
def list_rounds(words: Words, year: int, as_json: bool) -> None:
    """List the rounds of a year with what their units owe."""
    store = opened()
    store.need(Act.PLAN)
    rule = store.years().get(year)
    if rule is None:
        raise RefusedError("unknown_year", year=year)
    today = date.today()
    told = [(one, owed_now(store, year, one.period, today)) for one in rule.rounds]
    if as_json:
        print_json([_round(one) | {"units": [_owed(o) for o in units]} for one, units in told])
        return
    for one, units in told:
        click.echo(_heading(one, words))
        for what in units:
            click.echo(f"  {_standing(store, what, words)}")


@round_.command("open")
@YEAR
@PERIOD
@click.option("--due", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), required=True, help="Day.")
@click.option("--unit", "units", multiple=True, help="Only this unit; can be said again.")
@click.option("--indicator", "indicators", multiple=True, help="Only this indicator; the same.")
@click.option("--note", default="", help="What the units should know.")
@click.pass_obj
def begin(
    words: Words,
    year: int,
    period: str,
    due: datetime,
    units: tuple[str, ...],
    indicators: tuple[str, ...],
    note: str,
) -> None:
    """Open a round, or state the one of that period anew."""
    one = Round(year, Period(period), due.date(), units, indicators, note)
    open_round(opened(), one, words)
    click.echo(_heading(one, words))


@round_.command("close")
@YEAR
@PERIOD
@click.pass_obj
def close(words: Words, year: int, period: str) -> None:
    """Call off a round; what was reported for it stays."""
    store = opened()
    store.need(Act.PLAN)
    one = round_of(store.years(), year, Period(period))
    call_off(store, year, one.period, words)
    click.echo(
        words("rounds.called_off", time=period_name(year, one.period, words), day=day(one.due))
    )


@click.command()
@YEAR
@PERIOD
@UNIT
@click.option("--send", is_flag=True, help="Send them by e-mail to the addresses that are kept.")
@JSON
@click.pass_obj
def remind(
    words: Words, year: int, period: str, unit: str | None, send: bool, as_json: bool
) -> None:
    """Print a reminder for each unit that owes something in a round; with --send, send them."""
    store = opened()
    store.need(Act.PLAN)
    one = round_of(store.years(), year, Period(period))
    texts = _letters(store, one, unit, words)
    outcomes = _sent(store, one, texts) if send else []
    if as_json:
        print_json([_letter(store, text, outcomes) for text in texts])
    else:
        _print(texts, outcomes, words)
    refused = [o for o in outcomes if not o.delivery.sent]
    if refused:
        raise PostError("letters_refused", n=len(refused))


def _letters(store: Access, one: Round, unit: str | None, words: Words) -> tuple[Letter, ...]:
    catalogue, today = store.seen_catalogue(), date.today()
    if unit is not None and unit not in catalogue.unit:
        raise RefusedError("unknown_unit", unit=unit, year=one.year)
    told = owed_now(store, one.year, one.period, today)
    below = set(catalogue.subtree(unit)) if unit else set(catalogue.unit)
    before = {u: len(rows) for u, rows in reminded(store.reminders(one.year), one).items()}
    mine = [what for what in told if what.unit in below]
    return letters(one, mine, catalogue, words, today, before, {})


def _sent(store: Access, one: Round, texts: tuple[Letter, ...]) -> list[Outcome]:
    """Whoever adds --send has confirmed the addresses that are kept."""
    going = addressed(texts, store.contacts()).values()
    return send_reminders(store, one, texts, [to.email for to in going if to])


def _print(texts: tuple[Letter, ...], outcomes: list[Outcome], words: Words) -> None:
    if not texts:
        click.echo(words("rounds.nobody_owes"))
    for text in texts:
        click.echo(f"{text.subject}\n\n{text.body}")
    for outcome in outcomes:
        to = outcome.delivery.mail.address
        key = "rounds.sent_to" if outcome.delivery.sent else "rounds.refused_by"
        click.echo(words(key, address=to, reason=outcome.delivery.reason))
    going = {outcome.unit for outcome in outcomes}
    for text in texts if outcomes else ():
        if text.unit not in going:
            click.echo(words("rounds.without_address", unit=text.unit))


def _letter(store: Access, text: Letter, outcomes: list[Outcome]) -> dict[str, Any]:
    to = {contact.unit: contact.email for contact in store.contacts()}
    done = next((o.delivery for o in outcomes if o.unit == text.unit), None)
    return {
        "unit": text.unit,
        "address": to.get(text.unit) or None,
        "subject": text.subject,
        "body": text.body,
        "count": text.count,
        "sent": bool(done and done.sent),
        "reason": done.reason if done and not done.sent else None,
    }


def _heading(one: Round, words: Words) -> str:
    time = first_upper(period_name(one.year, one.period, words))
    return words("rounds.heading", time=time, day=day(one.due))


def _standing(store: Access, what: Owed, words: Words) -> str:
    unit = store.catalogue().unit[what.unit]
    told = f"{what.reported}/{what.expected}"
    return f"{what.unit}  {words.name(unit)}: {words(f'standing.{what.standing}')} · {told}"


def _round(one: Round) -> dict[str, Any]:
    return {
        "year": one.year,
        "period": str(one.period),
        "due": one.due.isoformat(),
        "only_units": list(one.units),
        "only_indicators": list(one.indicators),
        "note": one.note,
    }


def _owed(what: Owed) -> dict[str, Any]:
    return {
        "unit": what.unit,
        "standing": str(what.standing),
        "expected": what.expected,
        "reported": what.reported,
        "arrived": what.arrived.isoformat() if what.arrived else None,
        "days_late": what.days_late,
        "missing": list(what.missing),
        "waiting": list(what.waiting),
        "returned": [one.indicator for one in what.returned],
    }
