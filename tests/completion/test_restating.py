"""Restating: the past of a unit is that of all it took in, added up by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.completion import measured, members, restated
from danvan.model import Catalogue, Period, Unit, UnitChange, YearRule
from tests.making import CATALOGUE, WARDS, figures, only

YEARS = (2020, 2021, 2022)
RULES = {year: YearRule(year) for year in YEARS}
WHOLE = st.integers(0, 50)


def _changed(*changes: tuple[str, str, date]) -> Catalogue:
    """Three wards of one city; each change ends its old unit the day before."""
    gone = {old: day for old, _, day in changes}
    units = [
        replace(unit, last_day=date.fromordinal(gone[unit.code].toordinal() - 1))
        if unit.code in gone
        else unit
        for unit in CATALOGUE.units
    ]
    made = tuple(UnitChange(day, old, new, "") for old, new, day in changes)
    return replace(CATALOGUE, units=tuple(units), changes=made)


def _restated(
    catalogue: Catalogue,
    unit: str,
    *rows: dict[str, Any],
    rules: dict[int, YearRule] | None = None,
) -> pd.DataFrame:
    rules = rules or RULES
    return restated(_years(catalogue, rules, *rows), catalogue, rules, unit)


def _years(
    catalogue: Catalogue, rules: dict[int, YearRule], *rows: dict[str, Any]
) -> dict[int, pd.DataFrame]:
    return {
        year: measured(
            figures(*(row for row in rows if row["year"] == year)),
            catalogue,
            rules[year],
            date(2023, 1, 15),
        )
        for year in rules
    }


MERGED = _changed(("W2", "W1", date(2022, 1, 1)), ("W3", "W2", date(2021, 7, 1)))


def test_a_unit_is_what_it_took_in_and_what_that_had_taken_in() -> None:
    assert [members(MERGED, "W1", year) for year in YEARS] == [
        ("W1", "W2", "W3"), ("W1", "W2"), ("W1",),
    ]  # fmt: skip
    assert members(MERGED, "W2", 2021) == ("W2",)  # in the year of a change each has its own
    assert members(MERGED, "W2", 2022) == ()


def test_units_that_took_in_each_other_do_not_go_round_for_ever() -> None:
    catalogue = replace(
        CATALOGUE,
        changes=(
            UnitChange(date(2021, 1, 1), "W2", "W1", ""),
            UnitChange(date(2022, 1, 1), "W1", "W2", ""),
        ),
    )
    assert members(catalogue, "W1", 2020) == ("W1", "W2")


def test_who_does_not_see_all_of_a_shared_past_sees_none_of_it() -> None:
    assert members(MERGED.within("W1"), "W1", 2020) == ()


@st.composite
def _histories(draw: st.DrawFn) -> tuple[Catalogue, dict[str, dict[int, int]]]:
    """Units that were merged one into another over the years, and what each had."""
    codes = [f"U{n}" for n in range(draw(st.integers(1, 6)))]
    changes, last = [], {}
    for place, old in enumerate(codes[1:], 1):
        if draw(st.booleans()):
            day = date(draw(st.integers(2020, 2023)), draw(st.integers(1, 12)), 1)
            changes.append(UnitChange(day, old, codes[draw(st.integers(0, place - 1))], ""))
            last[old] = date.fromordinal(day.toordinal() - 1)
    units = tuple(
        Unit(code, code, code, "phường", "CITY", last_day=last.get(code)) for code in codes
    )
    city = replace(CATALOGUE, units=(CATALOGUE.units[0], *units), changes=tuple(changes))
    values = st.dictionaries(st.sampled_from(YEARS), WHOLE)
    return city, {
        code: {y: v for y, v in draw(values).items() if city.unit[code].valid_in(y)}
        for code in codes
    }


def _belongs(catalogue: Catalogue, code: str, unit: str, year: int) -> bool:
    """Whether one comes from the code to the unit by changes after the year."""
    if code == unit:
        return True
    return any(
        change.old == code
        and change.day.year > year
        and _belongs(catalogue, change.new, unit, year)
        for change in catalogue.changes
    )


@settings(max_examples=20)
@given(_histories())
def test_a_restated_sum_is_the_sum_over_all_that_became_the_unit(
    history: tuple[Catalogue, dict[str, dict[int, int]]],
) -> None:
    catalogue, told = history
    rows = [
        {"unit": code, "year": year, "target": 10, "result": value}
        for code, values in told.items()
        for year, value in values.items()
    ]
    years = _years(catalogue, RULES, *rows)
    for unit in told:
        series = restated(years, catalogue, RULES, unit)
        for year in YEARS:
            parts = [
                values[year]
                for code, values in told.items()
                if year in values and _belongs(catalogue, code, unit, year)
            ]
            found = series[series["year"] == year]
            assert list(found["result"]) == ([sum(parts)] if parts else [])
            assert list(found["target"]) == ([10 * len(parts)] if parts else [])


@settings(max_examples=20)
@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=3, max_size=3))
def test_percentages_are_restated_from_their_parts(shares: list[tuple[int, int]]) -> None:
    rows = [
        {
            "unit": unit, "year": 2020, "indicator": "SHARE", "numerator": top,
            "denominator": base, "result": 100 * top / base if base else None,
        }
        for unit, (top, base) in zip(WARDS, shares, strict=True)
    ]  # fmt: skip
    row = only(_restated(MERGED, "W1", *rows), indicator="SHARE")
    top, base = (sum(share[place] for share in shares) for place in (0, 1))
    if base:
        assert row.result == pytest.approx(100 * top / base, abs=1e-4)
    else:
        assert isnan(row.result)
        assert row.state == ""


def test_what_only_a_unit_itself_has_is_not_carried_to_another() -> None:
    own = {"indicator": "OWN", "result": 5}
    series = _restated(MERGED, "W1", own | {"unit": "W2", "year": 2020},
                       own | {"unit": "W1", "year": 2022})  # fmt: skip
    assert list(series["year"]) == [2022]


def test_a_unit_without_changes_is_as_it_was_measured() -> None:
    rows = [{"unit": "W1", "year": year, "target": 10, "result": year - 2015} for year in YEARS]
    series = _restated(CATALOGUE, "W1", *rows)
    assert not series["restated"].any()
    for year in YEARS:
        frame = measured(figures(rows[year - 2020]), CATALOGUE, RULES[year], date(2023, 1, 15))
        whole = frame[frame["unit"] == "W1"].reset_index(drop=True)
        mine = series[series["year"] == year].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine.drop(columns="restated"), whole)


def test_the_past_is_judged_by_the_rule_of_its_own_year() -> None:
    rules = RULES | {2020: YearRule(2020, margin=Decimal("0.5"))}
    rows = [
        {"unit": unit, "year": year, "target": 10, "result": 6}
        for year in (2020, 2021)
        for unit in ("W1", "W2")
    ]
    series = _restated(MERGED, "W1", *rows, rules=rules)
    assert list(series["state"]) == ["near", "missed"]
    assert series["restated"].all()


def test_a_past_that_is_not_wholly_reported_waits() -> None:
    rows = [
        {"unit": "W1", "year": 2020, "target": 10, "result": 9},
        {"unit": "W2", "year": 2020, "target": 10},
        {"unit": "W3", "year": 2020, "target": 10, "result": 10, "exempt": True},
    ]
    row = only(_restated(MERGED, "W1", *rows), year=2020)
    assert (row.result, row.target, row.state) == (9, 20, "not_reported")
    assert (row.units_reported, row.units_expected, row.complete) == (1, 2, False)


def test_a_past_told_for_part_of_the_year_waits() -> None:
    rows = [
        {"unit": "W1", "year": 2020, "target": 10, "result": 5},
        {"unit": "W2", "year": 2020, "target": 10},
        {"unit": "W2", "year": 2020, "period": "Q1", "result": 6},
    ]
    row = only(_restated(MERGED, "W1", *rows), year=2020, period=str(Period.YEAR))
    assert (row.result, row.state, row.complete) == (11, "not_reported", False)


def test_of_units_that_had_nothing_nothing_is_carried() -> None:
    series = _restated(MERGED, "W1", {"unit": "W1", "year": 2022, "result": 1})
    assert list(series["year"]) == [2022]
