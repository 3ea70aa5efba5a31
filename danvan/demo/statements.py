"""Statements: what a unit writes into its reports, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from danvan.demo.chance import chance
from danvan.demo.city import City, Place
from danvan.demo.deadlines import QUARTERS, SO_FAR
from danvan.demo.outcomes import Outcome, outcome, share_of
from danvan.demo.plan import LATE_FILES, by_quarter
from danvan.demo.planting import (
    HALF,
    MORE_FILES,
    SHARE_OF,
    misread,
    more_files,
    one_case_more,
    wrong_completions,
    wrong_halves,
    wrong_shares,
)
from danvan.demo.registers import counted, planted
from danvan.demo.scales import SCALES
from danvan.model import Indicator, Kind, OverPeriods, OverUnits, Period

WEIGHTS = {
    "LLVT.01": (1, 0, 0, 0), "LLVT.02": (1, 0, 0, 0), "LLVT.04": (1, 0, 0, 0),
    "NTM.01": (0, 0, 0, 1), "CCHC.02": (0, 1, 1, 2), "CCHC.03": (0, 1, 1, 2),
    "TDDT.04": (0, 1, 1, 2), "NTM.03": (1, 2, 3, 2), "QCX.05": (2, 3, 3, 4),
}  # fmt: skip
"""When in the year things happen; what is not here happens all the time."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a report."""

    indicator: str
    period: Period
    result: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""
    stated: Decimal | None = None


def statements(city: City, place: Place, year: int, quarter: int) -> list[Statement]:
    """The lines of a unit's report at the end of a quarter: 1 to 4."""
    lines = []
    for indicator in city.frame.indicators:
        if indicator.over_units is not OverUnits.OWN and indicator.valid_in(year):
            reached = outcome(city, place, indicator.code, year)
            line = reached and _line(city, place, indicator, year, quarter, reached)
            if line:
                lines.append(_contradicting(city, place, year, quarter, line))
    return [*lines, *_halves(city, place, year, quarter, lines)]


def _contradicting(city: City, place: Place, year: int, quarter: int, line: Statement) -> Statement:
    """The line with the number in it that contradicts another one, where one is planted."""
    about = (place.code, line.indicator)
    if quarter == SHARE_OF and about in wrong_shares(city, year):
        return replace(line, result=misread(line.result, line.numerator, line.denominator))
    if quarter != 4:
        return line
    if about in wrong_completions(city, year):
        return replace(line, stated=wrong_completions(city, year)[about])
    if about == (one_case_more(city, year).code, "HGCS.03"):
        made = share_of(line.numerator or Decimal(0), (line.denominator or Decimal(0)) + 1, 2)
        return replace(line, result=made.result, denominator=made.denominator)
    if about == (more_files(city, year).code, LATE_FILES):
        return replace(line, result=line.result + MORE_FILES)
    return line


def _halves(
    city: City, place: Place, year: int, quarter: int, lines: list[Statement]
) -> list[Statement]:
    """What the report of six months says of both quarters, where it does not add up."""
    wrong = wrong_halves(city, year)
    if quarter != HALF:
        return []
    return [
        Statement(one.indicator, Period.H1, half(city, place, one.indicator, year) + more)
        for one in lines
        if (more := wrong.get((place.code, one.indicator)))
    ]


def half(city: City, place: Place, code: str, year: int) -> Decimal:
    """What the first two quarters of a figure add up to."""
    reached = outcome(city, place, code, year)
    return sum(quarters(place, code, year, reached)[:HALF], Decimal(0)) if reached else Decimal(0)


def _line(
    city: City, place: Place, indicator: Indicator, year: int, quarter: int, reached: Outcome
) -> Statement | None:
    code = indicator.code
    note = reached.note if quarter == 4 else ""
    latest = indicator.over_periods is OverPeriods.LATEST
    if latest and quarter not in SO_FAR:
        return None
    period = SO_FAR[quarter] if latest else QUARTERS[quarter - 1]
    if indicator.counted_from:
        number = counted(city, place, code, year)[quarter - 1]
        return Statement(
            code, period, number + _planted(city, place, code, year, quarter), note=note
        )
    if not latest:
        return Statement(code, period, quarters(place, code, year, reached)[quarter - 1], note=note)
    found = reached if quarter == 4 else _so_far(place, indicator, year, quarter, reached)
    return Statement(code, period, found.result, found.numerator, found.denominator, note)


def _planted(city: City, place: Place, code: str, year: int, quarter: int) -> Decimal:
    """What the unit counts too much in its last report of the year."""
    return sum(
        (one.stated - one.counted for one in planted(city, year)
         if quarter == 4 and (one.unit, one.indicator) == (place.code, code)),
        Decimal(0),
    )  # fmt: skip


def quarters(place: Place, code: str, year: int, reached: Outcome) -> tuple[Decimal, ...]:
    """The year's result in four parts."""
    draw = chance("quarters", year, place.code, code)
    weights = WEIGHTS.get(code) or tuple(draw.uniform(0.8, 1.2) for _ in range(4))
    return by_quarter(reached.result, tuple(map(float, weights)))


def _so_far(
    place: Place, indicator: Indicator, year: int, quarter: int, reached: Outcome
) -> Outcome:
    """What there was by the end of the quarter of what there is in the end."""
    draw = chance("so far", year, place.code, indicator.code)
    part = draw.uniform(0.45, 0.55) if quarter == 2 else draw.uniform(0.7, 0.8)
    if SCALES[indicator.code].stock:
        part = draw.uniform(0.97, 1)
    if indicator.kind is Kind.COUNT:
        return Outcome(Decimal(round(float(reached.result) * part)))
    whole = float(reached.denominator or 1) * part
    behind = 1.0 if SCALES[indicator.code].stock else draw.uniform(0.94, 1.0)
    of_all = Decimal(max(1, round(whole)))
    done = round(float(reached.numerator or 0) * part * behind)
    return share_of(min(of_all, Decimal(done)), of_all, indicator.decimals)
