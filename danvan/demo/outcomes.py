"""Outcomes: what a unit reached in a year, before anybody writes it down wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from random import Random

from danvan.demo.chance import chance
from danvan.demo.city import WEAK, City, Place
from danvan.demo.plan import ALL_FILES, LATE_FILES, Goal, goal
from danvan.demo.reasons import reason
from danvan.demo.scales import SCALES, volume
from danvan.model import Direction, Indicator, Kind

BAD_YEARS = {4: "QCD", 7: "TDDT"}
"""In which year, counted from the first, which area went badly everywhere."""
OUT_OF = {"HGCS.03": "HGCS.02", "QCC.02": "QCC.01"}
"""Percentages of what another indicator counts."""
FUNNEL = {"DVK.02": "DVK.01", "DVK.03": "DVK.02"}
"""Of what was registered some is recognised, and of that some is outstanding."""


class Fate(StrEnum):
    """How a unit fares with one indicator."""

    MISSED = "missed"
    NEAR = "near"
    MET = "met"
    EXCEEDED = "exceeded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was reached in the whole year. `note` is what the unit says about it."""

    result: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


@lru_cache(maxsize=40_000)  # the figures of a city; registers and reports ask for the same ones
def outcome(city: City, place: Place, code: str, year: int) -> Outcome | None:
    """What the unit reached; None where it has nothing to say, or never says it."""
    indicator = city.frame.indicator[code]
    asked = goal(city, place, indicator, year)
    silent = asked.target is None and not asked.expected
    if asked.exempt or (silent and not _says_it_anyway(place, indicator, year)):
        return None
    if not indicator.counted_from and never_said(place, indicator.code, year):
        return None
    draw = chance("outcome", year, place.code, indicator.code)
    fate = _fate(draw, city, place, indicator, year)
    if indicator.kind is Kind.PERCENT:
        found = _percentage(draw, fate, city, place, indicator, year)
    else:
        found = Outcome(_count(draw, fate, asked, city, place, indicator, year))
    short = fate is Fate.MISSED and asked.target is not None
    said = reason(indicator.area, year, place.code, indicator.code) if short else ""
    return Outcome(found.result, found.numerator, found.denominator, said)


def _says_it_anyway(place: Place, indicator: Indicator, year: int) -> bool:
    """Without a target or a duty a few units report all the same."""
    return chance("anyway", year, place.code, indicator.code).random() < 0.15


def never_said(place: Place, code: str, year: int) -> bool:
    """A few indicators are hard each year, and some units never report them."""
    if chance("hard", year, code).random() > 0.1:
        return False
    return chance("silent", year, place.code, code).random() < 0.15


def _fate(draw: Random, city: City, place: Place, indicator: Indicator, year: int) -> Fate:
    age = year - city.years[0]
    missed, near, exceeded = 0.07 - 0.004 * age, 0.14, 0.34 + 0.01 * age
    if place.code in WEAK:
        missed, near = missed + 0.13, 0.2
    if BAD_YEARS.get(age) == indicator.area:
        missed, near = missed + 0.3, 0.25
    if indicator.code in uphill(city, year):
        missed, near = missed + 0.5, 0.25
    at = draw.random()
    for fate, width in ((Fate.MISSED, missed), (Fate.NEAR, near), (Fate.EXCEEDED, exceeded)):
        if at < width:
            return fate
        at -= width
    return Fate.MET


@lru_cache(maxsize=100)
def uphill(city: City, year: int) -> frozenset[str]:
    """The three indicators that went badly in most units that year."""
    judged = [i.code for i in city.frame.indicators if i.direction is Direction.MORE]
    large = [code for code in judged if SCALES[code].each * 10 + SCALES[code].fixed >= 6]
    return frozenset(chance("uphill", year).sample(large, 3))


def _count(
    draw: Random, fate: Fate, asked: Goal, city: City, place: Place, indicator: Indicator, year: int
) -> Decimal:
    target = asked.target
    if target is None:
        usual = volume(city, place, indicator.code, year) * draw.uniform(0.85, 1.15)
        return Decimal(round(usual))
    files = outcome(city, place, ALL_FILES, year) if indicator.code == LATE_FILES else None
    if files and files.denominator and files.numerator is not None:
        return files.denominator - files.numerator
    if indicator.direction is Direction.LESS:
        return _below(draw, fate, target)
    value: Decimal = _above(draw, fate, target, indicator.decimals)
    if indicator.code == "CCHC.01" and fate is Fate.NEAR:
        value = target - 1  # one task is left over
    if indicator.code in ("QCX.01", "QCX.03", "QCX.06", "QCX.07", "CCHC.01", "NTM.01", "LLVT.04"):
        value = min(value, target)  # there are no more of them
    if indicator.code in FUNNEL:
        above = outcome(city, place, FUNNEL[indicator.code], year)
        value = min(value, above.result if above else value)
    return value


def _above(draw: Random, fate: Fate, target: Decimal, decimals: int) -> Decimal:
    """A result whose target is to be reached."""
    match fate:
        case Fate.MET:
            value = float(target)
        case Fate.EXCEEDED:
            value = float(target) + max(1.0, float(target) * draw.uniform(0.02, 0.22))
        case Fate.NEAR if target >= 12:
            value = float(target) * draw.uniform(0.905, 0.985)
        case Fate.NEAR:  # of a few there is no nearly
            value = float(target)
        case Fate.MISSED:
            value = float(target) * draw.uniform(0.55, 0.87)
    return _at(value, decimals, up=fate is Fate.NEAR)


def _at(value: float, decimals: int, up: bool = False) -> Decimal:
    scaled = value * 10**decimals
    return Decimal(math.ceil(scaled) if up else math.floor(scaled)).scaleb(-decimals)


def _below(draw: Random, fate: Fate, ceiling: Decimal) -> Decimal:
    """A result that should be at most the ceiling."""
    if not ceiling:
        return Decimal(int(fate is Fate.MISSED and draw.random() < 0.5))
    match fate:
        case Fate.MET:
            return ceiling
        case Fate.EXCEEDED:
            return Decimal(math.floor(float(ceiling) * draw.uniform(0.5, 0.96)))
        case Fate.NEAR:
            return Decimal(math.floor(float(ceiling) * draw.uniform(1.01, 1.09)))
        case Fate.MISSED:
            return Decimal(math.ceil(float(ceiling) * draw.uniform(1.12, 1.4)))


def _percentage(
    draw: Random, fate: Fate, city: City, place: Place, indicator: Indicator, year: int
) -> Outcome:
    whole = _whole(city, place, indicator.code, year)
    asked = float(goal(city, place, indicator, year).target or 0)
    if indicator.direction is Direction.LESS:
        part = _ceiling_part(draw, fate, indicator.code, whole, asked)
    else:
        part = _goal_part(draw, fate, whole, asked)
    return share_of(Decimal(part), Decimal(whole), indicator.decimals)


def _whole(city: City, place: Place, code: str, year: int) -> int:
    """What the percentage is out of: what another figure counts, or what is usual."""
    if code == "LLVT.03":  # the law measures it against what was asked for
        asked = goal(city, place, city.frame.indicator["LLVT.01"], year).target
        return int(asked or 1)
    counted = outcome(city, place, OUT_OF[code], year) if code in OUT_OF else None
    return max(1, int(counted.result) if counted else round(volume(city, place, code, year)))


def _goal_part(draw: Random, fate: Fate, whole: int, asked: float) -> int:
    match fate:
        case Fate.MET | Fate.EXCEEDED:
            span = (100 - asked) * (0.35 if fate is Fate.MET else 0.8)
            return min(whole, math.ceil(whole * (asked + draw.uniform(0, span)) / 100))
        case Fate.NEAR:
            return min(whole, math.ceil(whole * asked * draw.uniform(0.91, 0.99) / 100))
        case Fate.MISSED:
            return math.floor(whole * asked * draw.uniform(0.72, 0.88) / 100)


def _ceiling_part(draw: Random, fate: Fate, code: str, whole: int, asked: float) -> int:
    if code == "LLVT.03":  # of so few one order is more than the law allows
        return int(fate is Fate.MISSED)
    factors = {
        Fate.MET: (0.9, 1.0), Fate.EXCEEDED: (0.6, 0.9), Fate.NEAR: (1.02, 1.08),
        Fate.MISSED: (1.13, 1.4),
    }  # fmt: skip
    return math.floor(whole * asked * draw.uniform(*factors[fate]) / 100)


def share_of(part: Decimal, whole: Decimal, decimals: int) -> Outcome:
    """A percentage with what it is made of."""
    return Outcome(round(100 * part / whole, decimals), part, whole)
