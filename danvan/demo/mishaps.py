"""Mishaps: a wrong figure, a report sent back, an entry taken back, a sum that does not agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial

from danvan.demo import files
from danvan.demo.acts import Act, Decide, Desk, HandIn, Undo, office_hour
from danvan.demo.chance import chance
from danvan.demo.city import CODE, OFFICE, City, Place
from danvan.demo.deadlines import QUARTERS, answered, due, handed_in, never_comes
from danvan.demo.outcomes import outcome
from danvan.demo.planting import COUNTS, differences
from danvan.demo.statements import Statement, quarters, statements
from danvan.model import Channel, Fact, Period, Result, Submission

ESTIMATED = "QCX.05"
WRONG = 2  # the quarter whose report has a wrong figure
COMMENTS = (
    "Số liệu hòa giải chưa khớp với sổ theo dõi, đề nghị kiểm tra lại.",
    "Thiếu giải trình số tăng đột biến so với 6 tháng, đề nghị bổ sung.",
    "Nhầm số lũy kế với số trong quý, đề nghị đơn vị tính lại.",
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that a unit wrote down wrong in one of its reports."""

    place: Place
    indicator: str
    right: Decimal
    wrong: Decimal


@lru_cache(maxsize=100)
def slip(city: City, year: int) -> Slip:
    """The wrong figure of the year: one digit too many, or two in each other's place."""
    draw = chance("slip", year)
    place = draw.choice([p for p in city.places(year) if not never_comes(p, year, WRONG)])
    said = {one.indicator: one for one in statements(city, place, year, WRONG)}
    code = draw.choice([code for code in COUNTS if code in said])
    right = said[code].result
    digits = str(right)
    wrong = Decimal(digits[::-1]) if year % 2 and len(digits) > 1 else right
    return Slip(place, code, right, wrong if wrong > right else right * 10)


@lru_cache(maxsize=100)
def estimated(city: City, year: int) -> tuple[Place, Place]:
    """The units whose contributions of the last quarter are only estimated, by the office."""
    known = [p for p in city.places(year) if outcome(city, p, ESTIMATED, year)]
    first, second = chance("estimated", year).sample(known, 2)
    return first, second


def as_written(city: City, place: Place, year: int, quarter: int) -> list[Statement]:
    """The lines of a report as the unit writes them the first time, slips included."""
    lines = statements(city, place, year, quarter)
    if quarter == 4 and place in estimated(city, year):
        lines = [one for one in lines if one.indicator != ESTIMATED]
    made = slip(city, year)
    if quarter == WRONG and place == made.place:
        lines = [
            replace(one, result=made.wrong) if one.indicator == made.indicator else one
            for one in lines
        ]
    return lines


def mishaps(city: City, year: int) -> Iterator[Act]:
    """Acts by which things go wrong and are put right."""
    yield from _correction(city, year)
    yield from _estimates(city, year)
    draw = chance("settle", year)
    yield HandIn(office_hour(date(year, 12, 5), draw), f"own {year}", partial(_own, city, year))
    yield HandIn(differed(year), f"difference {year}", partial(_difference, city, year))


def _correction(city: City, year: int) -> Iterator[Act]:
    made, draw = slip(city, year), chance("correction", year)
    came = answered(handed_in(made.place, year, WRONG), year, made.place.code, WRONG)
    at = office_hour(came.date() + timedelta(days=draw.randint(2, 8)), draw)
    key = f"correction {year}"
    yield HandIn(at, key, partial(_corrected, made, year), "submitted")
    yield Decide(answered(at, key), key)


def _corrected(made: Slip, year: int, desk: Desk) -> Submission:  # noqa: ARG001 - as every act
    note = f"Đính chính: báo cáo trước ghi nhầm {made.wrong} thay vì {made.right}."
    line = Statement(made.indicator, QUARTERS[WRONG - 1], made.right, note=note)
    name = f"dinh-chinh-{year}-{made.place.person}.csv"
    file, facts = files.report(name, made.place.code, year, [line])
    return Submission(
        person=made.place.person, channel=Channel.GENERATED, note=note, files=(file,), facts=facts
    )


def _estimates(city: City, year: int) -> Iterator[Act]:
    """The office enters an estimate for the wrong unit, takes it back, and enters it again."""
    draw = chance("estimates", year)
    first, second = estimated(city, year)
    other = draw.choice([p for p in city.places(year) if p not in (first, second)])
    at = office_hour(date(year, 12, 3), draw)
    taken = office_hour(date(year, 12, 4), draw)
    wrong = partial(_estimate, city, year, ((first, other),))
    yield HandIn(at, f"estimate {year}", wrong)
    yield Undo(taken, f"estimate {year}", f"Nhập nhầm số của {first.name} vào {other.name}.")
    right = partial(_estimate, city, year, ((first, first), (second, second)))
    yield HandIn(taken + timedelta(minutes=9), f"estimate again {year}", right)


def _estimate(
    city: City, year: int, whose: tuple[tuple[Place, Place], ...], desk: Desk  # noqa: ARG001
) -> Submission:  # fmt: skip
    facts: list[Fact] = []
    for place, written in whose:
        reached = outcome(city, place, ESTIMATED, year)
        parts = quarters(place, ESTIMATED, year, reached) if reached else (None,) * 4
        facts.append(
            Result(
                year=year, unit=written.code, indicator=ESTIMATED, period=Period.Q4,
                value=parts[3], approximate=True, note="Ước thực hiện đến ngày 31 tháng 12.",
            )
        )  # fmt: skip
    note = "Số ước theo điện thoại của đơn vị"
    return Submission(person=OFFICE, channel=Channel.GENERATED, facts=facts, note=note)


def _own(city: City, year: int, desk: Desk) -> Submission:  # noqa: ARG001
    value = Decimal(chance("resolutions", year).randint(22, 38))
    fact = Result(year=year, unit=CODE, indicator="HDND.01", value=value)
    note = "Số liệu của Văn phòng HĐND và UBND thành phố"
    return Submission(person=OFFICE, channel=Channel.GENERATED, facts=(fact,), note=note)


def differed(year: int) -> datetime:
    """The moment at which the office enters figures that do not agree with those of the units."""
    return office_hour(date(year, 12, 8), chance("differed", year))


def _difference(city: City, year: int, desk: Desk) -> Submission:  # noqa: ARG001
    note = "Theo báo cáo của ngành; chưa khớp với tổng của các xã, phường."
    facts = tuple(
        Result(year=year, unit=CODE, indicator=code, value=total + more, note=note)
        for code, (total, more) in differences(city, year).items()
    )
    return Submission(person=OFFICE, channel=Channel.GENERATED, facts=facts, note=note)


def supplements(city: City, today: date) -> Iterator[Act]:
    """What units handed in during the last three days, so that nobody has looked at it yet."""
    year, places = today.year, city.places(today.year)
    draw = chance("supplements", year)
    over = [q for q in (1, 2, 3, 4) if due(year, q) + timedelta(days=16) < today]
    for back, place in enumerate(draw.sample(places, 3)):
        day = today - timedelta(days=back)
        if day < date(year, 1, 14):
            continue
        quarter = over[-1] if over else 1
        lines = statements(city, place, year, quarter)
        known = [one for one in lines if one.indicator in COUNTS] if over else [
            one for one in lines if one.indicator == "LLVT.01"
        ]  # fmt: skip
        more = [replace(one, result=one.result + draw.randint(1, 4), note="") for one in known[:2]]
        at: datetime = office_hour(day, draw)
        make = partial(_supplement, place, year, more)
        yield HandIn(at, f"supplement {year} {place.code}", make, "submitted")


def _supplement(place: Place, year: int, lines: list[Statement], desk: Desk) -> Submission:  # noqa: ARG001
    file, facts = files.report(f"bo-sung-{year}-{place.person}.csv", place.code, year, lines)
    return Submission(
        person=place.person, channel=Channel.GENERATED, note="Báo cáo bổ sung",
        files=(file,), facts=facts,
    )  # fmt: skip
