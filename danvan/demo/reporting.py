"""Reporting: the units' reports of a year, handed in, approved, and sometimes sent back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from danvan.demo import files
from danvan.demo.acts import Act, Decide, Desk, HandIn, office_hour
from danvan.demo.chance import chance
from danvan.demo.city import City, Place
from danvan.demo.deadlines import RETURNED, answered, covered, handed_in, never_comes, sent_back
from danvan.demo.mishaps import COMMENTS, as_written
from danvan.demo.registers import LAST_DAYS, continued, in_state, models, tasks
from danvan.demo.statements import Statement
from danvan.model import Channel, Entry, OverPeriods, Register, Submission

TITLES = {
    1: ("quy-1", "Báo cáo quý I năm {}"),
    2: ("6-thang", "Báo cáo 6 tháng đầu năm {}"),
    3: ("9-thang", "Báo cáo 9 tháng năm {}"),
    4: ("nam", "Báo cáo năm {}"),
}


def reporting(city: City, year: int) -> Iterator[Act]:
    """The acts of all units' reports."""
    for place in city.places(year):
        for quarter in TITLES:
            if not never_comes(place, year, quarter):
                yield from _report(city, place, year, quarter)


def _report(city: City, place: Place, year: int, quarter: int) -> Iterator[Act]:
    key = f"report {year} {place.code} {quarter}"
    at = handed_in(place, year, quarter)
    if quarter == RETURNED and place == sent_back(city, year):
        draw = chance("again", year)
        make = partial(_submission, city, place, year, quarter, slipped=True)
        yield HandIn(at, f"{key} first", make, "submitted")
        back = answered(at, f"{key} first")
        yield Decide(back, f"{key} first", "returned", draw.choice(COMMENTS))
        at = office_hour(back.date() + timedelta(days=draw.randint(1, 3)), draw)
    yield HandIn(at, key, partial(_submission, city, place, year, quarter), "submitted")
    yield Decide(answered(at, year, place.code, quarter), key)


def _submission(
    city: City, place: Place, year: int, quarter: int, desk: Desk, slipped: bool = False
) -> Submission:
    short, title = TITLES[quarter]
    lines = _lines(city, place, year, quarter)
    if slipped:
        lines = [_cumulated(city, one) for one in lines]
    name = f"bao-cao-{short}-{year}-{place.person}.csv"
    file, facts = files.report(name, place.code, year, lines)
    return Submission(
        person=place.person, channel=Channel.GENERATED, note=title.format(year), files=(file,),
        facts=facts, entries=_entries(city, place, year, quarter, desk),
    )  # fmt: skip


def _lines(city: City, place: Place, year: int, quarter: int) -> list[Statement]:
    """The lines of the report; of quarters before it only what adds up."""
    lines = []
    for one in covered(place, year, quarter):
        lines += [
            line
            for line in as_written(city, place, year, one)
            if one == quarter or _adds(city, line)
        ]
    return lines


def _adds(city: City, line: Statement) -> bool:
    return city.frame.indicator[line.indicator].over_periods is OverPeriods.SUM


def _cumulated(city: City, line: Statement) -> Statement:
    """The slip for which reports are sent back: since January instead of the quarter alone."""
    mistaken = line.indicator.startswith("HGCS") and _adds(city, line)
    return replace(line, result=line.result * 3) if mistaken else line


def _entries(city: City, place: Place, year: int, quarter: int, desk: Desk) -> list[Entry]:
    """New models in the first report; in each, the tasks whose state has changed."""
    until = _known_until(year, quarter)
    first = covered(place, year, quarter)[0]
    before = _known_until(year, first - 1) if first > 1 else None
    found = []
    for task in tasks(city, place, year):
        changed = in_state(task, until)
        old = in_state(task, before) if before else {"state": "waiting"}
        if changed != old and task.state != "regular":
            number = desk.entry(Register.TASK, year, task.unit, task.name)
            found.append(task.entry(year, number, **changed))
    if quarter == 1:
        for model in models(city, place, year):
            found.append(
                model.entry(year, None, state="registered", **continued(model, year, desk))
            )
    return found


def _known_until(year: int, quarter: int) -> date:
    return date(year, *LAST_DAYS[quarter - 1])
