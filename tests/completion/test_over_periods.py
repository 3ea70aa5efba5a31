"""Joining over periods, against every possible choice of periods."""

from __future__ import annotations

from itertools import combinations
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.completion import measured
from danvan.model import Period
from tests.making import AFTER, CATALOGUE, RULE, figures, only

SHORTER = [period for period in Period if period is not Period.YEAR]


def _year(*rows: dict[str, Any], code: str = "SUM") -> Any:
    frame = measured(figures(*({"indicator": code} | r for r in rows)), CATALOGUE, RULE, AFTER)
    return only(frame, period="year", indicator=code, unit="CITY")


def _results(**values: float) -> list[dict[str, Any]]:
    periods = {"M9": "9M"}
    return [{"period": periods.get(p, p), "result": value} for p, value in values.items()]


def test_quarters_add_up_to_the_year() -> None:
    row = _year(*_results(Q1=1, Q2=2, Q3=3, Q4=4), {"target": 10})
    assert (row.result, row.state) == (10, "met")


def test_a_year_with_a_quarter_missing_waits() -> None:
    row = _year(*_results(Q1=1, Q2=2, Q4=4), {"target": 10})
    assert (row.result, row.state) == (7, "not_reported")


def test_what_the_year_itself_states_goes_before_its_parts() -> None:
    assert _year(*_results(Q1=1, Q2=2, Q3=3, Q4=4, year=99)).result == 99


def test_overlapping_reports_are_not_counted_twice() -> None:
    assert _year(*_results(H1=10, Q1=4, Q2=6, Q3=5, Q4=5)).result == 20
    assert _year(*_results(M9=15, Q1=4, Q4=5)).result == 20


def test_the_latest_report_contains_the_earlier_ones() -> None:
    row = _year(*_results(Q1=3, H1=7, M9=8), {"target": 10}, code="LATEST")
    assert (row.result, row.state) == (8, "not_reported")
    row = _year(*_results(Q1=3, M12=11), {"target": 10}, code="LATEST")
    assert (row.result, row.state) == (11, "exceeded")


def test_a_yearly_figure_has_no_parts() -> None:
    assert isnan(_year(*_results(Q1=3), {"target": 10}, code="OWN").result)


def test_targets_of_all_quarters_make_the_target_of_the_year() -> None:
    row = _year(*({"period": f"Q{n}", "target": 5, "result": 5} for n in (1, 2, 3, 4)))
    assert (row.target, row.state) == (20, "met")
    row = _year(*({"period": f"Q{n}", "target": 5, "result": 5} for n in (1, 2, 3)))
    assert isnan(row.target)


def test_a_stored_period_is_judged_for_itself() -> None:
    frame = measured(figures({"period": "Q1", "target": 5, "result": 2}), CATALOGUE, RULE, AFTER)
    assert only(frame, period="Q1").state == "missed"


@given(st.dictionaries(st.sampled_from(SHORTER), st.integers(0, 50), min_size=1, max_size=7))
def test_the_periods_chosen_cover_most_months_without_overlap(values: dict[Period, int]) -> None:
    best = 0
    for count in range(1, len(values) + 1):
        for chosen in combinations(values, count):
            months = [month for period in chosen for month in period.months]
            if len(months) == len(set(months)):
                best = max(best, len(months))
    row = _year(*({"period": str(p), "result": v} for p, v in values.items()))
    sums = {
        sum(values[period] for period in chosen)
        for count in range(1, len(values) + 1)
        for chosen in combinations(values, count)
        if len(months := [m for p in chosen for m in p.months]) == len(set(months)) == best
    }
    assert row.result in sums
    assert row.complete == (best == 12)


@pytest.mark.parametrize("period", Period)
def test_the_last_day_of_a_period_is_in_its_last_month(period: Period) -> None:
    day = period.last_day(2024)
    assert day.month == period.months[-1]
    assert (day.month, day.day) in {
        (1, 31), (2, 29), (3, 31), (4, 30), (5, 31), (6, 30),
        (7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31),
    }  # fmt: skip
