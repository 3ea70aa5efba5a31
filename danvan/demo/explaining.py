"""Explaining: what units say of figures that they missed, and why numbers that differ were left to stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from danvan.access import Access, operator
from danvan.demo.acts import Act, Desk, HandIn, office_hour, workday
from danvan.demo.chance import chance
from danvan.demo.city import CODE, OFFICE, City
from danvan.demo.discrepancies import planted_discrepancies
from danvan.demo.reasons import sentence
from danvan.explanations import unexplained, wanted
from danvan.listing import judged
from danvan.model import Channel, Explanation, Period, Submission
from danvan.rows import Row, rows_of

ASKED = (12, 15)
"""The day in the running year on which the first units explain what they missed."""
WAITS = 2  # of their submissions nobody has looked at yet


@dataclass(frozen=True)
class Explain:
    """Units explain what they missed, one submission each; the office approves them and explains
    the city's own figures. `whole` is whether all of them do, and nothing is left open.
    """

    at: datetime
    city: City
    year: int
    whole: bool

    def do(self, desk: Desk) -> None:
        """Do it."""
        people = {place.code: place.person for place in self.city.places(self.year)}
        if self.whole:
            people[CODE] = OFFICE
        else:
            people = dict(list(people.items())[::2])
        asked = self._asked(desk)
        numbers: list[int] = []
        for unit, person in people.items():
            mine = [row for row in asked if row["unit"] == unit]
            if mine:
                made = self._submission(person, mine)
                numbers += desk.store.submit([made], outcome="submitted")
        desk.clock.now += timedelta(minutes=45)
        for number in numbers if self.whole else numbers[:-WAITS]:
            desk.store.decide(number, "approved", OFFICE)

    def _asked(self, desk: Desk) -> Sequence[Row]:
        store = Access(desk.store, operator(OFFICE))
        rule, catalogue = store.years()[self.year], store.catalogue()
        on = date(self.year + 1, 1, 1) if self.whole else self.at.date()
        rows = judged(store, catalogue, rule, on, periods=[Period.YEAR])
        return rows_of(unexplained(wanted(store, rule, rows)))

    def _submission(self, person: str, rows: Sequence[Row]) -> Submission:
        explanations = tuple(
            Explanation(
                year=self.year, unit=row["unit"], indicator=row["indicator"],
                text=self._text(row["unit"], row["indicator"]),
            )
            for row in rows
        )  # fmt: skip
        return Submission(
            person=person, channel=Channel.GENERATED, explanations=explanations,
            note=f"Giải trình chỉ tiêu chưa đạt năm {self.year}",
        )  # fmt: skip

    def _text(self, unit: str, indicator: str) -> str:
        area = self.city.frame.indicator[indicator].area
        return sentence(area, "explained", self.year, unit, indicator)


def explaining(city: City, year: int) -> Iterator[Act]:
    """What is explained before a year is closed; of the running one only part of it."""
    draw = chance("explaining", year)
    whole = year < city.last
    day = date(year + 1, 1, 9) if whole else date(year, *ASKED)
    yield Explain(office_hour(workday(day), draw), city, year, whole)
    if whole:
        at = office_hour(workday(date(year + 1, 1, 13)), draw)
        yield HandIn(at, f"settled {year}", partial(_settled, city, year))


def _settled(city: City, year: int, desk: Desk) -> Submission:  # noqa: ARG001 - as every act
    return Submission(
        person=OFFICE, channel=Channel.GENERATED, note=f"Đối chiếu số liệu năm {year}",
        settlements=tuple(one.settlement for one in planted_discrepancies(city, year)),
    )  # fmt: skip
