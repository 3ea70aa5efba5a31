"""Discrepancies that were planted: each with its numbers, who made it, why, and from when it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from danvan.demo.acts import end_of
from danvan.demo.city import CODE, OFFICE, City, Place
from danvan.demo.deadlines import SO_FAR, approved
from danvan.demo.mishaps import differed
from danvan.demo.outcomes import Outcome, outcome
from danvan.demo.plan import ALL_FILES, goal
from danvan.demo.planting import (
    HALF,
    MORE_FILES,
    SHARE_OF,
    differences,
    more_files,
    one_case_more,
    one_task_more,
    wrong_completions,
    wrong_halves,
    wrong_shares,
)
from danvan.demo.registers import planted
from danvan.demo.statements import half, statements
from danvan.model import Comparison, Period, Settlement
from danvan.percentages import completion
from danvan.wording import PLACES

WHY = {
    Comparison.REGISTER: "Đơn vị báo cáo theo sổ tay của mình, chưa đối chiếu với sổ của thành phố.",
    Comparison.UNITS: "Số của ngành tính cả hoạt động do cấp thành phố tổ chức.",
    Comparison.PERCENT: "Đơn vị tính tỷ lệ bằng tay, làm tròn sai; số gốc vẫn đúng.",
    Comparison.PERIODS: "Báo cáo 6 tháng có bổ sung số của quý I, báo cáo quý không sửa lại.",
    Comparison.PARTS: "Hai bộ phận chốt số liệu vào hai ngày khác nhau.",
}
"""What people say when they are asked."""


@dataclass(frozen=True, slots=True)
class PlantedDiscrepancy:
    """Two numbers that contradict each other on purpose. `person` wrote the stated one; it shows
    from `at` on.
    """

    year: int
    period: Period
    unit: str
    indicator: str
    comparison: Comparison
    subject: str
    stated: Decimal
    computed: Decimal
    person: str
    at: datetime

    @property
    def why(self) -> str:
        """How it came about, as it is said when it is settled."""
        return WHY[self.comparison]

    @property
    def settlement(self) -> Settlement:
        """What settles it."""
        return Settlement(
            year=self.year, unit=self.unit, indicator=self.indicator, period=self.period,
            comparison=self.comparison, subject=self.subject, stated=self.stated,
            computed=self.computed, reason=self.why,
        )  # fmt: skip


@lru_cache(maxsize=100)
def planted_discrepancies(city: City, year: int) -> tuple[PlantedDiscrepancy, ...]:
    """All of a year: six of registers, four of the city and its units, four of percentages, three of
    periods and three of wholes and their parts.
    """
    places = {place.code: place for place in city.places(year)}
    return (
        *_of_registers(city, year, places),
        *_of_the_city(city, year),
        *_of_shares(city, year, places),
        *_of_completions(city, year, places),
        *_of_halves(city, year, places),
        *_of_parts(city, year),
    )


def _of(  # one line for each of the five kinds
    comparison: Comparison, about: tuple[int, str, str], numbers: tuple[Decimal, Decimal],
    person: str, at: datetime, period: Period = Period.YEAR, subject: str = "",
) -> PlantedDiscrepancy:  # fmt: skip
    year, unit, indicator = about
    stated, computed = (round(number, PLACES) for number in numbers)
    return PlantedDiscrepancy(
        year, period, unit, indicator, comparison, subject, stated, computed, person, at
    )


def _of_registers(city: City, year: int, places: dict[str, Place]) -> Iterator[PlantedDiscrepancy]:
    for one in planted(city, year):
        place = places[one.unit]
        about, numbers = (year, one.unit, one.indicator), (one.stated, one.counted)
        yield _of(Comparison.REGISTER, about, numbers, place.person, approved(place, year, 4))


def _of_the_city(city: City, year: int) -> Iterator[PlantedDiscrepancy]:
    """They can only be told when every unit has reported."""
    at = max(differed(year), *(approved(place, year, 4) for place in city.places(year)))
    for code, (total, more) in differences(city, year).items():
        yield _of(Comparison.UNITS, (year, CODE, code), (total + more, total), OFFICE, at)


def _of_shares(city: City, year: int, places: dict[str, Place]) -> Iterator[PlantedDiscrepancy]:
    for unit, code in sorted(wrong_shares(city, year)):
        place = places[unit]
        (line,) = (one for one in statements(city, place, year, SHARE_OF) if one.indicator == code)
        part, whole = line.numerator or Decimal(0), line.denominator or Decimal(1)
        numbers, at = (line.result, completion(part, whole)), approved(place, year, SHARE_OF)
        yield _of(
            Comparison.PERCENT, (year, unit, code), numbers, place.person, at, SO_FAR[SHARE_OF]
        )


def _of_completions(
    city: City, year: int, places: dict[str, Place]
) -> Iterator[PlantedDiscrepancy]:
    for (unit, code), stated in wrong_completions(city, year).items():
        place = places[unit]
        target = goal(city, place, city.frame.indicator[code], year).target or Decimal(1)
        numbers = (stated, completion(_reached(city, place, code, year).result, target))
        about, at = (year, unit, code), approved(place, year, 4)
        yield _of(Comparison.PERCENT, about, numbers, place.person, at, subject="completion")


def _of_halves(city: City, year: int, places: dict[str, Place]) -> Iterator[PlantedDiscrepancy]:
    for (unit, code), more in wrong_halves(city, year).items():
        place, total = places[unit], half(city, places[unit], code, year)
        about, at = (year, unit, code), approved(place, year, HALF)
        yield _of(Comparison.PERIODS, about, (total + more, total), place.person, at, SO_FAR[HALF])


def _of_parts(city: City, year: int) -> Iterator[PlantedDiscrepancy]:
    place = one_case_more(city, year)
    cases = _reached(city, place, "HGCS.02", year).result
    about, at = (year, place.code, "HGCS.02"), approved(place, year, 4)
    numbers = (cases, cases + 1)
    yield _of(Comparison.PARTS, about, numbers, place.person, at, subject="HGCS.02")
    place = more_files(city, year)
    files = _reached(city, place, ALL_FILES, year).denominator or Decimal(0)
    about, at = (year, place.code, ALL_FILES), approved(place, year, 4)
    subject, numbers = f"{ALL_FILES}:denominator", (files, files + MORE_FILES)
    yield _of(Comparison.PARTS, about, numbers, place.person, at, subject=subject)
    place = one_task_more(city, year)
    asked = goal(city, place, city.frame.indicator["CCHC.01"], year).target or Decimal(0)
    about, at = (year, place.code, "CCHC.01"), end_of(date(year, 1, 31))
    numbers = (asked, asked + 1)
    yield _of(Comparison.PARTS, about, numbers, OFFICE, at, subject="CCHC.01:target")


def _reached(city: City, place: Place, code: str, year: int) -> Outcome:
    found = outcome(city, place, code, year)
    if found is None:
        raise LookupError(code)  # it was chosen because there is one
    return found
