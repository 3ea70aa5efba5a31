"""What a round asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from danvan.completion import due_day, measured
from danvan.model import Period, Round
from danvan.rounds import with_rounds
from tests.making import CATALOGUE, RULE, YEAR, figures

Q1 = Round(YEAR, Period.Q1, date(YEAR, 4, 10))
PLAN = (
    {"unit": "W1", "target": 4},
    {"unit": "W2", "target": 4, "exempt": True},
    {"unit": "W1", "indicator": "TRACK", "expected": True},
    {"unit": "W3", "indicator": "LATEST"},  # nothing was planned
    {"unit": "CITY", "target": 8},
    {"unit": "W1", "indicator": "OWN", "target": 1},
)


def asked(one: Round, *rows: dict[str, object]) -> set[tuple[str, str]]:
    """The figures of the round's period that are expected, by unit and indicator."""
    rule = replace(RULE, rounds=(one,))
    frame = with_rounds(figures(*(rows or PLAN)), CATALOGUE, rule)
    mine = frame[frame["expected"] & (frame["period"] == one.period)]
    return set(zip(mine["unit"], mine["indicator"], strict=True))


def test_a_round_asks_for_what_the_plan_holds_each_unit_to() -> None:
    assert asked(Q1) == {("W1", "SUM"), ("W1", "TRACK")}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (replace(Q1, units=("W2", "W3")), set()),
        (replace(Q1, indicators=("SUM",)), {("W1", "SUM")}),  # as the plan has it
        (replace(Q1, indicators=("LESS",)), {("W1", "LESS"), ("W2", "LESS"), ("W3", "LESS")}),
        (replace(Q1, indicators=("LESS", "OWN"), units=("W3",)), {("W3", "LESS")}),
    ],
)
def test_a_round_may_name_units_and_indicators(one: Round, expected: set[object]) -> None:
    assert asked(one) == expected


def test_a_figure_of_the_period_that_is_there_already_is_only_marked() -> None:
    told = {"unit": "W1", "period": "Q1", "result": 2}
    frame = with_rounds(figures(*PLAN, told), CATALOGUE, replace(RULE, rounds=(Q1,)))
    first = frame[(frame["period"] == "Q1") & (frame["indicator"] == "SUM")]
    assert first[["unit", "result", "expected"]].to_numpy().tolist() == [["W1", 2, True]]


def test_without_a_round_of_a_part_of_the_year_nothing_changes() -> None:
    stated = figures(*PLAN)
    rule = replace(RULE, rounds=(replace(Q1, period=Period.YEAR),))
    pd.testing.assert_frame_equal(with_rounds(stated, CATALOGUE, rule), stated)


def test_columns_and_types_stay_those_of_the_store() -> None:
    stated = figures(*PLAN)
    frame = with_rounds(stated, CATALOGUE, replace(RULE, rounds=(Q1,)))
    assert frame.dtypes.to_dict() == stated.dtypes.to_dict()


def test_the_due_day_is_the_rounds_and_nothing_is_red_before() -> None:
    rule = replace(RULE, rounds=(Q1,))
    assert due_day(rule, Period.Q1) == Q1.due
    assert due_day(rule, Period.Q2) == date(YEAR, 6, 30)
    rows = figures({"unit": "W1", "period": "Q1", "target": 4, "result": 2})
    for day, state in ((10, "too_early"), (11, "missed")):
        found = measured(rows, CATALOGUE, rule, date(YEAR, 4, day), [Period.Q1])
        assert set(found["state"]) == {state}
