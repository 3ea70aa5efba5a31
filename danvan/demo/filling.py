"""Filling: every act of ten years, done in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from danvan import shipped
from danvan.catalogue import read_catalogue
from danvan.demo.acts import Act, Clock, Desk, end_of, office_opens
from danvan.demo.city import City
from danvan.demo.explaining import explaining
from danvan.demo.mishaps import mishaps, supplements
from danvan.demo.planning import planning
from danvan.demo.recognition import recognition
from danvan.demo.reporting import reporting
from danvan.store import Store


def city_of(today: date) -> City:
    """The city whose last year is that of the day, with the indicators that are shipped."""
    return City(today.year, read_catalogue(shipped.FOLDER))


def clock_before(today: date) -> Clock:
    """A clock that stands before the first act of the city of that day."""
    return Clock(office_opens(date(city_of(today).years[0] - 1, 12, 1)))


def fill(store: Store, clock: Clock, today: date) -> City:
    """Put the city into an empty store that takes its moments from the clock.

    What would have happened after `today` is left out.
    """
    city = city_of(today)
    Desk(store, clock).do(_acts(city, today), end_of(today))
    return city


def _acts(city: City, today: date) -> Iterator[Act]:
    for year in city.years:
        yield from planning(city, year)
        yield from reporting(city, year)
        yield from recognition(city, year)
        yield from mishaps(city, year)
        yield from explaining(city, year)
    yield from supplements(city, today)
