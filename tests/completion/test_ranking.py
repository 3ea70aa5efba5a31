"""Ranking: the order follows the shares, and nothing is ranked finer than one figure."""

from __future__ import annotations

from fractions import Fraction
from math import nan
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from danvan.completion import ranked
from danvan.states import ASKED, REACHED, State

UNITS = tuple("ABCDEF")


def _ranked(states: dict[str, list[State]], units: tuple[str, ...] = UNITS) -> dict[str, Any]:
    rows = [(unit, str(state), 1.0, nan, nan) for unit, told in states.items() for state in told]
    frame = pd.DataFrame(rows, columns=["unit", "state", "target", "lower", "upper"])
    return {row["unit"]: row for row in ranked(frame, units).to_dict("records")}


def _told(reached: int, asked: int) -> list[State]:
    return [State.MET] * reached + [State.MISSED] * (asked - reached)


COUNTS = st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CITIES = st.dictionaries(st.sampled_from(UNITS), COUNTS, min_size=1)


def _ahead(other: tuple[int, int], mine: tuple[int, int]) -> bool:
    """Whether one more figure would still not take `mine` past the other."""
    return Fraction(mine[0] + 1, mine[1]) <= Fraction(*other)


@given(CITIES)
def test_ranks_follow_shares_and_who_shares_one_differs_by_less_than_a_figure(
    city: dict[str, tuple[int, int]],
) -> None:
    found = _ranked({unit: _told(*counts) for unit, counts in city.items()})
    assert set(found) == set(city)
    ranks = [row["rank"] for row in found.values()]
    assert ranks == sorted(ranks)
    assert ranks[0] == 1
    for unit, row in found.items():
        assert (row["reached"], row["asked"]) == city[unit]
        assert row["ties"] == ranks.count(row["rank"]) - 1
        leads = next(iter(u for u, other in found.items() if other["rank"] == row["rank"]))
        assert not _ahead(city[leads], city[unit])
        assert row["rank"] == 1 + sum(other["rank"] < row["rank"] for other in found.values())
        for other, counts in city.items():
            if _ahead(counts, city[unit]):
                assert found[other]["rank"] < row["rank"]
            if Fraction(*counts) >= Fraction(*city[unit]):
                assert found[other]["rank"] <= row["rank"]


@given(CITIES.flatmap(lambda city: st.tuples(st.just(city), st.permutations(list(city)))))
def test_the_order_of_the_rows_and_of_the_units_changes_no_rank(
    drawn: tuple[dict[str, tuple[int, int]], list[str]],
) -> None:
    city, order = drawn
    one = _ranked({unit: _told(*counts) for unit, counts in city.items()})
    other = _ranked({unit: _told(*city[unit])[::-1] for unit in order}, tuple(order))
    assert {unit: row["rank"] for unit, row in one.items()} == {
        unit: row["rank"] for unit, row in other.items()
    }


def test_with_as_many_figures_each_figure_is_a_rank() -> None:
    found = _ranked({"A": _told(3, 5), "B": _told(5, 5), "C": _told(3, 5), "D": _told(2, 5)})
    assert {unit: row["rank"] for unit, row in found.items()} == {"B": 1, "A": 2, "C": 2, "D": 4}
    assert found["A"]["ties"] == found["C"]["ties"] == 1


def test_few_figures_put_nobody_before_a_larger_share() -> None:
    found = _ranked({"A": _told(13, 20), "B": _told(11, 20), "C": _told(0, 1)})
    assert {unit: row["rank"] for unit, row in found.items()} == {"A": 1, "B": 2, "C": 2}


def test_every_state_that_was_asked_counts_and_no_other() -> None:
    (row,) = _ranked({"A": list(State), "B": [State.TRACKED, State.NO_TARGET]}).values()
    assert (row["unit"], row["asked"], row["reached"]) == ("A", len(ASKED), len(REACHED))


def test_what_was_asked_without_a_target_is_not_ranked() -> None:
    rows = [("A", "not_reported", nan, nan, nan), ("A", "met", nan, 1.0, 2.0)]
    frame = pd.DataFrame(rows, columns=["unit", "state", "target", "lower", "upper"])
    assert list(ranked(frame, UNITS)["asked"]) == [1]


def test_of_nothing_there_are_no_ranks() -> None:
    columns = dict.fromkeys(("unit", "state"), "str")
    columns |= dict.fromkeys(("target", "lower", "upper"), "float")
    empty = ranked(pd.DataFrame({name: [] for name in columns}).astype(columns), UNITS)
    assert list(empty.columns) == ["unit", "asked", "reached", "share", "rank", "ties"]
    assert empty.empty
