"""Allocation: parts of a whole, exactly as many as they are, beside an oracle in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.errors import RefusedError
from danvan.planning import Rounding, allocate, rounded

PLACES = st.integers(0, 4)
TOTALS = st.decimals(0, 10**7, places=4)
WEIGHTS = st.lists(st.none() | st.decimals(0, 10**6, places=2), min_size=1, max_size=20)


def _named(weights: list[Decimal | None]) -> dict[str, Decimal | None]:
    return {f"W{place}": weight for place, weight in enumerate(weights)}


def _oracle(
    total: Decimal, weights: dict[str, Decimal | None], decimals: int, spread: bool
) -> dict[str, Fraction]:
    """The same, step by step in fractions: what is left goes out one by one."""
    known = {unit: Fraction(weight) for unit, weight in weights.items() if weight is not None}
    whole = sum(known.values())
    if not whole:
        return {}
    step = Fraction(1, 10**decimals)
    exact = {unit: Fraction(total) * weight / whole for unit, weight in known.items()}
    if not spread:
        return {
            unit: (share / step + Fraction(1, 2)).__floor__() * step
            for unit, share in exact.items()
        }
    parts = {unit: (share / step).__floor__() * step for unit, share in exact.items()}
    for unit in sorted(exact, key=lambda u: parts[u] - exact[u]):
        if sum(parts.values()) + step <= Fraction(total):
            parts[unit] += step
    return parts


@given(TOTALS, WEIGHTS, PLACES, st.sampled_from(Rounding))
def test_parts_are_those_of_the_oracle_and_the_gap_is_exact(
    total: Decimal, weights: list[Decimal | None], decimals: int, rounding: Rounding
) -> None:
    named = _named(weights)
    found = allocate(total, named, decimals, rounding)
    parts = {unit: Fraction(part.value) for unit, part in found.parts.items()}
    assert parts == _oracle(total, named, decimals, rounding is Rounding.SPREAD)
    assert found.sum + found.gap == total
    assert Fraction(found.gap) == Fraction(total) - sum(parts.values())


@given(TOTALS, WEIGHTS, PLACES, st.sampled_from(Rounding))
def test_parts_are_whole_steps_never_below_0_and_say_what_rounding_did(
    total: Decimal, weights: list[Decimal | None], decimals: int, rounding: Rounding
) -> None:
    for part in allocate(total, _named(weights), decimals, rounding).parts.values():
        assert part.value >= 0
        assert part.value == round(part.value, decimals)
        assert part.share + part.changed == Fraction(part.value)
        assert abs(part.changed) <= Fraction(1, 10**decimals)


@given(TOTALS, WEIGHTS, PLACES, st.sampled_from(Rounding))
def test_units_of_one_weight_get_the_same_up_to_a_step(
    total: Decimal, weights: list[Decimal | None], decimals: int, rounding: Rounding
) -> None:
    found = allocate(total, _named([*weights, Decimal(3), Decimal(3)]), decimals, rounding).parts
    same = [part.value for part in found.values() if part.weight == 3]
    apart = max(same) - min(same)
    assert apart <= (0 if rounding is Rounding.EACH else Decimal(1).scaleb(-decimals))


@given(st.integers(0, 10**6), st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_with_the_rest_shared_out_whole_parts_make_the_whole(
    total: int, weights: list[int]
) -> None:
    named = _named([Decimal(weight) for weight in weights])
    assert allocate(Decimal(total), named, 0, Rounding.SPREAD).gap == 0


def test_equal_weights_leave_a_gap_that_is_shown_and_not_forced_away() -> None:
    found = allocate(Decimal(100), dict.fromkeys("ABCDEF", Decimal(1)))
    assert {part.value for part in found.parts.values()} == {17}
    assert (found.sum, found.gap) == (102, -2)


def test_a_unit_of_unknown_weight_gets_no_part_and_is_named() -> None:
    found = allocate(Decimal(10), {"A": Decimal(1), "B": None, "C": Decimal(0)})
    assert (found.unweighed, "B" in found.parts) == (("B",), False)
    assert (found.parts["A"].value, found.parts["C"].value) == (10, 0)


def test_without_any_weight_there_are_no_parts() -> None:
    assert allocate(Decimal(10), {"A": Decimal(0), "B": None}).parts == {}


@pytest.mark.parametrize(("total", "weight"), [(-1, 1), (1, -1)])
def test_nothing_below_0_is_shared_out(total: int, weight: int) -> None:
    with pytest.raises(RefusedError):
        allocate(Decimal(total), {"A": Decimal(weight)})


def test_a_half_is_rounded_upwards() -> None:
    assert rounded(Fraction(5, 2), 0) == 3
    assert rounded(Fraction(1, 3), 2) == Decimal("0.33")
