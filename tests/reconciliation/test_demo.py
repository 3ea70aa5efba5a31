"""The generated city: every planted contradiction is found in every year, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from danvan import demo
from danvan.access import Access, operator
from danvan.demo.acts import end_of
from danvan.model import Comparison
from danvan.reconciliation import discrepancies
from danvan.store import open_store

TODAY = date(2025, 12, 20)
CITY = demo.city_of(TODAY)


@pytest.mark.parametrize("year", CITY.years)
def test_all_that_was_planted_is_found_and_nothing_else(generated: Path, year: int) -> None:
    store = Access(open_store(str(generated)), operator("lan"))
    found = discrepancies(store, year)
    planted = demo.planted_discrepancies(CITY, year)
    assert {(*one.key, *one.numbers) for one in found} == {
        (str(p.period), p.unit, p.indicator, str(p.comparison), p.subject, p.stated, p.computed)
        for p in planted
        if p.at <= end_of(TODAY)
    }
    assert len(found) == len(planted) == 20
    assert set(Counter(one.comparison for one in found)) == set(Comparison)
    assert all(one.open == (year == CITY.last) for one in found)
    if year < CITY.last:
        assert {one.settled.reason for one in found if one.settled} == {p.why for p in planted}
