"""Opening: a round is opened, stated anew or called off. Every way is one submission of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from danvan.access import Access
from danvan.accounts import Act
from danvan.errors import RefusedError
from danvan.model import Catalogue, Channel, Period, Round, Stage, Submission, YearRule
from danvan.rounds.asking import can_be_asked, reporting
from danvan.rounds.owing import round_of
from danvan.wording import Words, day, period_name

USUAL = timedelta(days=10)  # after the period: reports are written when it is over
LATEST = timedelta(days=185)  # half a year after the period nobody waits for its report any more
LONGEST_NOTE = 500  # characters


def usual_due(rule: YearRule, period: Period) -> date:
    """The due day that is offered: of the year the day it is judged from, else ten days after."""
    if period is Period.YEAR:
        return rule.judged_from
    return period.last_day(rule.year) + USUAL


def due_days(year: int, period: Period) -> tuple[date, date]:
    """The first and the last day that a report of the period can be due on.

    Offices ask for estimates before a period is over, never before it begins.
    """
    return date(year, period.months[0], 1), period.last_day(year) + LATEST


def is_early(one: Round) -> bool:
    """Whether reports are due before the period is over, so that they can only be estimates."""
    return one.due < one.period.last_day(one.year)


def open_round(store: Access, one: Round, words: Words) -> int:
    """Open the round, or state the one of its period anew; return the number of the submission.

    Raises RefusedError for a due day that cannot be, a year that is not there or closed, and
    for units or indicators that cannot be asked for in it.
    """
    store.need(Act.PLAN)
    rules, catalogue = store.years(), store.catalogue()
    rule = rules.get(one.year)
    if rule is None or rule.stage is Stage.CLOSED:
        raise RefusedError("closed_year" if rule else "unknown_year", year=one.year)
    _check_due(one)
    _check_asked(one, catalogue)
    return _submit(store, replace(one, note=one.note.strip()[:LONGEST_NOTE]), rule, words)


def call_off(store: Access, year: int, period: Period, words: Words) -> int:
    """Call off the round of a period; what was handed in for it stays."""
    store.need(Act.PLAN)
    rules = store.years()
    return _submit(store, replace(round_of(rules, year, period), removed=True), rules[year], words)


def _submit(store: Access, one: Round, rule: YearRule, words: Words) -> int:
    """The submission says in words what it changes, for the history."""
    before = rule.round.get(one.period)
    told: dict[str, Any] = {"time": period_name(one.year, one.period, words), "day": day(one.due)}
    if one.removed:
        note = words("rounds.called_off", **told)
    elif before and before.due != one.due:
        note = words("rounds.moved", before=day(before.due), **told)
    else:
        note = words("rounds.opened", **told)
    person = store.account.name
    # a round is stated anew or called off, not undone: nobody of one unit may take it back
    act = Submission(person=person, channel=Channel.YEAR, rounds=(one,), note=note)
    return store.submit([act])[0]


def _check_due(one: Round) -> None:
    first, last = due_days(one.year, one.period)
    if not first <= one.due <= last:
        raise RefusedError("due_day", due=day(one.due), first=day(first), last=day(last))


def _check_asked(one: Round, catalogue: Catalogue) -> None:
    units = set(reporting(catalogue, one.year))
    for unit in one.units:
        if unit not in units:
            raise RefusedError("round_unit", unit=unit, year=one.year)
    known = set(can_be_asked(catalogue, one.year, one.period))
    for code in one.indicators:
        if code not in known:
            raise RefusedError("round_indicator", indicator=code, year=one.year)
