"""Planting: which figures of a year contradict another one on purpose, so that there is something to find.

What a report or a list says is still written where the others are; here it is only chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from danvan.demo.chance import chance
from danvan.demo.city import City, Place
from danvan.demo.deadlines import RETURNED, never_comes, sent_back
from danvan.demo.outcomes import never_said, outcome
from danvan.demo.plan import ALL_FILES, LATE_FILES, goal
from danvan.percentages import completion, rounds_to

COUNTS = ("MTTQ.04", "TDDT.01", "MTTQ.03", "HGCS.02", "QCX.04")
"""Figures large enough for slips of the hand."""
REGISTER_GAPS = 6
CITY_GAPS, CITY_CODES = 4, (*COUNTS, "LD.01", "MTTQ.05", "GSCD.05")
SHARES, SHARE_CODES = 2, ("MTTQ.06", "CCHC.06", "TDDT.06", "HDND.03", "GSCD.03")
SHARE_OF = RETURNED  # the quarter in which percentages are misread
MISREAD = tuple(
    map(Decimal, ("0.37", "0.41", "0.33"))
)  # of a point; a file that is so far off is taken
COMPLETIONS, COMPLETION_CODES = 2, ("QCC.01", "QCC.03", "TQ.01", "TQ.02")
HALVES, HALF_CODES = 3, ("LD.02", "HDND.02", "MTTQ.02", "GSCD.02", "TDDT.05")
HALF = 2  # the quarter whose report speaks of both
MORE_FILES = 2
Figure = tuple[str, str]  # codes of the unit and the indicator


@lru_cache(maxsize=100)
def differences(city: City, year: int) -> Mapping[str, tuple[Decimal, int]]:
    """The city's figures that do not agree with its units: what those add up to, and how much more."""
    complete = [
        code for code in CITY_CODES if not any(never_said(p, code, year) for p in city.places(year))
    ]
    draw = chance("difference", year)
    found = {}
    for code in draw.sample(complete, CITY_GAPS):
        said = [outcome(city, place, code, year) for place in city.places(year)]
        total = sum((one.result for one in said if one), Decimal(0))
        found[code] = (total, draw.choice((-4, -2, 3, 6, 11)))
    return found


@lru_cache(maxsize=100)
def wrong_shares(city: City, year: int) -> frozenset[Figure]:
    """Percentages that are misread in the report of nine months."""
    places = [
        p
        for p in city.places(year)
        if not never_comes(p, year, SHARE_OF) and p != sent_back(city, year)
    ]
    return frozenset(_drawn("shares", city, year, places, SHARE_CODES, SHARES))


def misread(share: Decimal, numerator: Decimal | None, denominator: Decimal | None) -> Decimal:
    """A percentage that is a little off what it is made of, and no rounding of it."""
    exact = completion(numerator or Decimal(0), denominator or Decimal(1))
    sign = -1 if share > 99 else 1
    readings = [share + sign * by for by in MISREAD]
    return next(one for one in readings if not rounds_to(one, exact, 2))


@lru_cache(maxsize=100)
def wrong_completions(city: City, year: int) -> Mapping[Figure, Decimal]:
    """The completions in per cent that reports of the year get wrong."""
    draw = chance("completions", year)
    found = {}
    places = city.places(year)
    for unit, code in _drawn("completions of", city, year, places, COMPLETION_CODES, COMPLETIONS):
        place = next(p for p in places if p.code == unit)
        reached = outcome(city, place, code, year)
        target = goal(city, place, city.frame.indicator[code], year).target
        exact = completion(reached.result, target) if reached and target else Decimal(0)
        found[unit, code] = Decimal(round(exact)) + draw.choice((3, 5, 8))
    return found


@lru_cache(maxsize=100)
def wrong_halves(city: City, year: int) -> Mapping[Figure, int]:
    """By how much reports of six months say more of both quarters than of each."""
    draw = chance("halves", year)
    places = [p for p in city.places(year) if not never_comes(p, year, HALF)]
    chosen = _drawn("halves of", city, year, places, HALF_CODES, HALVES)
    return {about: draw.choice((1, 2)) for about in chosen}


@lru_cache(maxsize=100)
def one_case_more(city: City, year: int) -> Place:
    """The unit whose share of mediated cases is out of one case more than it received."""
    return _one_of("case", city, year, "HGCS.02", "HGCS.03")


@lru_cache(maxsize=100)
def more_files(city: City, year: int) -> Place:
    """The unit that has more late files than its settled ones leave room for."""
    return _one_of("files", city, year, ALL_FILES, LATE_FILES)


@lru_cache(maxsize=100)
def one_task_more(city: City, year: int) -> Place:
    """The unit with one task in its list more than its plan has."""
    return chance("task more", year).choice(city.places(year))


def _one_of(what: str, city: City, year: int, *codes: str) -> Place:
    """A unit that has something to say of all these figures."""
    known = [
        place
        for place in city.places(year)
        if all(outcome(city, place, code, year) for code in codes)
    ]
    return chance(what, year).choice(known)


def _drawn(
    what: str,
    city: City,
    year: int,
    places: list[Place] | tuple[Place, ...],
    codes: tuple[str, ...],
    count: int,
) -> list[Figure]:
    """So many figures that are reported, each of another unit."""
    draw = chance(what, year)
    found: list[Figure] = []
    for place in draw.sample(list(places), len(places)):
        said = [code for code in codes if outcome(city, place, code, year)]
        if said and len(found) < count:
            found.append((place.code, draw.choice(said)))
    return found
