"""Joining over units, against the rule written out slowly, and case by case."""

from __future__ import annotations

from decimal import Decimal
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.completion import measured
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures, only


def _city(*rows: dict[str, Any], code: str = "SUM") -> Any:
    return only(measured(figures(*rows), CATALOGUE, RULE, AFTER), unit="CITY", indicator=code)


def test_a_city_is_the_sum_of_its_units() -> None:
    row = _city(
        {"unit": "W1", "target": 10, "result": 4},
        {"unit": "W2", "target": 5, "result": 6},
    )
    assert (row.target, row.result, row.joined) == (15, 10, True)
    assert (row.units_reported, row.units_expected) == (2, 2)
    assert (row.state, round(row.ratio, 4)) == ("missed", 0.6667)


def test_a_sum_with_units_missing_says_so_and_waits() -> None:
    row = _city({"unit": "W1", "target": 10, "result": 9}, {"unit": "W2", "target": 5})
    assert (row.result, row.units_reported, row.units_expected) == (9, 1, 2)
    assert row.state == "not_reported"
    assert row.ratio == 0.6


def test_what_the_missing_cannot_overturn_is_judged() -> None:
    reached = _city({"unit": "W1", "target": 2, "result": 9}, {"unit": "W2", "target": 5})
    assert reached.state == "exceeded"
    broken = _city(
        {"unit": "W1", "target": 1, "result": 9, "indicator": "LESS"},
        {"unit": "W2", "target": 0, "indicator": "LESS"},
        code="LESS",
    )
    assert broken.state == "missed"


def test_few_of_what_must_stay_low_are_no_success_while_units_are_missing() -> None:
    row = _city(
        {"unit": "W1", "target": 5, "result": 0, "indicator": "LESS"},
        {"unit": "W2", "target": 5, "indicator": "LESS"},
        code="LESS",
    )
    assert row.state == "not_reported"


def test_the_missing_are_never_counted_as_0() -> None:
    row = _city({"unit": "W1", "expected": True}, {"unit": "W2", "expected": True})
    assert isnan(row.result)
    assert (row.units_reported, row.units_expected, row.state) == (0, 2, "no_target")


def test_an_exempt_unit_is_not_missing() -> None:
    row = _city(
        {"unit": "W1", "target": 3, "result": 3},
        {"unit": "W2", "target": 5, "exempt": True},
    )
    assert (row.target, row.units_expected, row.state) == (3, 1, "met")


def test_a_city_with_its_own_figure_shows_the_difference_and_keeps_it() -> None:
    row = _city(
        {"unit": "CITY", "target": 20, "result": 20},
        {"unit": "W1", "result": 4},
        {"unit": "W2", "result": 6},
    )
    assert (row.target, row.result, row.difference, row.joined) == (20, 20, 10, False)


def test_no_difference_is_claimed_while_units_are_missing() -> None:
    row = _city(
        {"unit": "CITY", "result": 20}, {"unit": "W1", "result": 4}, {"unit": "W2", "target": 6}
    )
    assert isnan(row.difference)


def test_percentages_are_joined_from_their_parts_and_never_averaged() -> None:
    share = {"indicator": "SHARE", "target": 80}
    row = _city(
        share | {"unit": "W1", "result": 90, "numerator": 9, "denominator": 10},
        share | {"unit": "W2", "result": 50, "numerator": 45, "denominator": 90},
        code="SHARE",
    )
    assert (row.result, row.target) == (54, 80)
    assert (row.state, round(row.ratio, 4)) == ("missed", 0.675)


def test_a_percentage_without_its_parts_cannot_be_joined() -> None:
    share = {"indicator": "SHARE", "target": 80}
    row = _city(
        share | {"unit": "W1", "result": 90, "numerator": 9, "denominator": 10},
        share | {"unit": "W2", "result": 50},
        code="SHARE",
    )
    assert (row.result, row.units_reported, row.units_expected) == (90, 1, 2)
    assert row.state == "not_reported"


def test_unequal_percentages_make_no_target_of_the_city() -> None:
    whole = {"indicator": "SHARE", "result": 90, "numerator": 9, "denominator": 10}
    row = _city(
        whole | {"unit": "W1", "target": 80}, whole | {"unit": "W2", "target": 85}, code="SHARE"
    )
    assert (row.state, row.result) == ("no_target", 90)


def test_nothing_of_nothing_is_no_state() -> None:
    none = {"indicator": "SHARE", "target": 80, "numerator": 0, "denominator": 0}
    row = _city(none | {"unit": "W1"}, none | {"unit": "W2"}, code="SHARE")
    assert (row.state, row.units_reported) == ("", 2)
    assert isnan(row.result)


def test_an_own_figure_is_not_joined() -> None:
    frame = measured(
        figures({"unit": "W1", "indicator": "OWN", "result": 3}), CATALOGUE, RULE, AFTER
    )
    assert list(frame["unit"]) == ["W1"]


def test_a_unit_nobody_asked_is_not_missing() -> None:
    frame = measured(figures({"unit": "W1", "target": 3, "result": 3}), CATALOGUE, RULE, AFTER)
    assert set(frame["unit"]) == {"CITY", "W1"}


TENTHS = st.integers(0, 10**7).map(lambda n: Decimal(n) / 10)
STATED = st.fixed_dictionaries(
    {"target": st.none() | TENTHS, "result": st.none() | TENTHS, "exempt": st.booleans()}
)


@given(st.dictionaries(st.sampled_from(WARDS), STATED, min_size=1))
def test_a_sum_is_what_adding_up_by_hand_gives(stated: dict[str, dict[str, Any]]) -> None:
    rows = [{"unit": unit, "expected": True, **row} for unit, row in stated.items()]
    frame = measured(figures(*rows), CATALOGUE, RULE, AFTER)
    counted = [row for row in stated.values() if not row["exempt"]]
    if not counted:
        assert "CITY" not in set(frame["unit"])
        return
    row = only(frame, unit="CITY")
    for name in ("target", "result"):
        known = [row[name] for row in counted if row[name] is not None]
        assert row[name] == pytest.approx(float(sum(known))) if known else isnan(row[name])
    assert row.units_reported == sum(row["result"] is not None for row in counted)
    assert row.units_expected == len(counted)
