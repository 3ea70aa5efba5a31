"""Allocation: a whole shared out to units by their weights, with nothing forced and nothing hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from danvan.errors import RefusedError


class Rounding(StrEnum):
    """How shares become parts."""

    EACH = "each"  # each by itself: units of one weight get the same, and a gap may remain
    SPREAD = "spread"  # the rest goes to the largest remainders, a step each, until nothing is left


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit gets: its weight, its exact share of the whole, and the share as rounded."""

    weight: Decimal
    share: Fraction
    value: Decimal

    @property
    def changed(self) -> Fraction:
        """What rounding added, below 0 what it took."""
        return Fraction(self.value) - self.share


@dataclass(frozen=True, slots=True)
class Allocation:
    """A whole in parts by unit. `unweighed` are the units of which no weight is known: they get
    no part, which is not a part of 0. Without any weight above 0 there are no parts at all.
    """

    total: Decimal
    parts: Mapping[str, Part]
    unweighed: tuple[str, ...] = ()

    @property
    def sum(self) -> Decimal:
        """What the parts make."""
        return sum((part.value for part in self.parts.values()), Decimal(0))

    @property
    def gap(self) -> Decimal:
        """The whole less the sum of its parts, exactly; below 0 where they are more."""
        return self.total - self.sum


def allocate(
    total: Decimal,
    weights: Mapping[str, Decimal | None],
    decimals: int = 0,
    rounding: Rounding = Rounding.EACH,
) -> Allocation:
    """Share `total` out in the proportion of the weights, None being one that nobody knows.

    Parts have at most `decimals` places and are never below 0. Units of equal weight get equal
    parts; with Rounding.SPREAD they differ by one step at most. Raises RefusedError for a total
    or a weight below 0.
    """
    known = {unit: weight for unit, weight in weights.items() if weight is not None}
    if total < 0 or any(weight < 0 for weight in known.values()):
        raise RefusedError("allocation_negative")
    unweighed = tuple(unit for unit, weight in weights.items() if weight is None)
    whole = sum((Fraction(weight) for weight in known.values()), Fraction(0))
    if not whole:
        return Allocation(total, {}, unweighed)
    shares = {unit: Fraction(total) * Fraction(weight) / whole for unit, weight in known.items()}
    steps = _steps(Fraction(total), shares, decimals, rounding)
    step = Decimal(1).scaleb(-decimals)
    parts = {unit: Part(known[unit], shares[unit], steps[unit] * step) for unit in known}
    return Allocation(total, parts, unweighed)


def _steps(
    total: Fraction, shares: Mapping[str, Fraction], decimals: int, rounding: Rounding
) -> dict[str, int]:
    """How many of the smallest steps each unit gets."""
    fine = {unit: share * 10**decimals for unit, share in shares.items()}
    if rounding is Rounding.EACH:
        return {unit: _nearest(share) for unit, share in fine.items()}
    steps = {unit: floor(share) for unit, share in fine.items()}
    left = floor(total * 10**decimals) - sum(steps.values())
    by_remainder = sorted(fine, key=lambda unit: steps[unit] - fine[unit])
    return {unit: n + (unit in by_remainder[:left]) for unit, n in steps.items()}


def _nearest(share: Fraction) -> int:
    """The nearest whole number, a half upwards."""
    return floor(share + Fraction(1, 2))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """A fraction as a number with so many places, a half upwards."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
