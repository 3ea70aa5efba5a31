"""Deadlines: when a report is due, when it came, and which one never did."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from danvan.demo.acts import office_hour, workday
from danvan.demo.chance import chance
from danvan.demo.city import City, Place
from danvan.model import Catalogue, OverPeriods, OverUnits, Period, Round

QUARTERS = (Period.Q1, Period.Q2, Period.Q3, Period.Q4)
SO_FAR = {2: Period.H1, 3: Period.M9, 4: Period.YEAR}
"""What a report of this quarter says of figures that contain the earlier ones."""
RETURNED = 3  # the quarter whose report is sent back
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


@lru_cache(maxsize=100)
def sent_back(city: City, year: int) -> Place:
    """The unit whose report comes back with a comment."""
    draw = chance("sent back", year)
    return draw.choice([p for p in city.places(year) if not never_comes(p, year, RETURNED)])


def approved(place: Place, year: int, quarter: int) -> datetime:
    """The moment from which the unit's report of the quarter counts, where it was not sent back."""
    return answered(handed_in(place, year, quarter), year, place.code, quarter)


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
