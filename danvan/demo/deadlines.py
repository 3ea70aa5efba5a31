"""Deadlines: when a report is due, when it came, and which one never did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from danvan.demo.acts import office_hour, workday
from danvan.demo.chance import chance
from danvan.demo.city import Place
from danvan.demo.statements import QUARTERS, SO_FAR
from danvan.model import Catalogue, OverPeriods, OverUnits, Period, Round

LATE = 0.08
NEVER = 0.03
OPENED = timedelta(days=20)  # before its day a report is asked for
REPORTS = {1: Period.Q1} | SO_FAR
"""Of which period the report at the end of each quarter is."""


def due(year: int, quarter: int) -> date:
    """The last day on which a report is in time: for the whole year the day it is judged from."""
    return date(year, 12, 1) if quarter == 4 else QUARTERS[quarter - 1].last_day(year)


def never_comes(place: Place, year: int, quarter: int) -> bool:
    """Whether the unit skips the report; the next one then tells of that quarter too."""
    skips = chance("never", year, place.code, quarter).random() < NEVER
    return skips and quarter in (2, 3)


def covered(place: Place, year: int, quarter: int) -> range:
    """The quarters a report tells of: its own, and those before it whose report never came."""
    first = quarter
    while first > 1 and never_comes(place, year, first - 1):
        first -= 1
    return range(first, quarter + 1)


def handed_in(place: Place, year: int, quarter: int) -> datetime:
    """The moment the report came."""
    draw = chance("handed in", year, place.code, quarter)
    end = due(year, quarter)
    if draw.random() < LATE:
        day = workday(end + timedelta(days=draw.randint(3, 11)))
    else:
        day = workday(end - timedelta(days=draw.randint(0, 6)), forward=False)
    return office_hour(day, draw)


def answered(after: datetime, *about: object) -> datetime:
    """The moment the office decides: one to four days later."""
    draw = chance("answered", *about)
    return office_hour(after.date() + timedelta(days=draw.randint(1, 4)), draw)


def round_of(frame: Catalogue, year: int, quarter: int) -> Round:
    """What the office asks for at the end of a quarter: of the year all of the plan, before it the
    figures it puts first; those that contain the earlier ones not before the half-year.
    """
    leading = dict.fromkeys(code for group in frame.groups for code in group.indicators)
    asked = [
        code
        for code, one in ((code, frame.indicator[code]) for code in leading)
        if one.over_units is not OverUnits.OWN
        and (quarter > 1 or one.over_periods is OverPeriods.SUM)
    ]
    wanted = () if quarter == 4 else tuple(asked)
    return Round(year, REPORTS[quarter], due(year, quarter), indicators=wanted)
