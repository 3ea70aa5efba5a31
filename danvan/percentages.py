"""Percentages: whether one that somebody stated is what the numbers beside it make, as it was rounded."""

from __future__ import annotations

from decimal import Decimal

from danvan.model import Kind

HUNDRED = Decimal(100)
ALLOWANCE = Decimal("0.051")  # of a percentage stated with one decimal
WHOLE_ALLOWANCE = Decimal("0.51")  # of one stated without
LIKELY_SHARE = Decimal("1.5")  # a column with more than this holds percents, not fractions of 1
LARGEST = Decimal(10**9)  # per cent; a larger one is a slip, and of no use beside the figure


def completion(result: Decimal, target: Decimal) -> Decimal:
    """The completion in per cent as offices compute it: the result over the target."""
    return HUNDRED * result / target


def agrees(
    stated: Decimal, result: Decimal, target: Decimal, kind: Kind, fine: bool | None = None
) -> bool:
    """Whether a stated completion is that of the result against the target (which is not 0).

    `fine` is whether it was written with decimals, where its digits do not tell. A number up to
    LIKELY_SHARE may be a fraction of 1; beside a percentage its own value may be repeated.
    """
    fine = _has_decimals(stated) if fine is None else fine
    allowed = ALLOWANCE if fine else WHOLE_ALLOWANCE
    computed = completion(result, target)
    fits = any(abs(reading - computed) <= allowed for reading in _readings(stated))
    return fits or (kind is Kind.PERCENT and stated == result)


def in_percent(stated: Decimal, result: Decimal, target: Decimal | None) -> Decimal:
    """A stated completion in per cent: where it may be a fraction of 1, the reading that is nearer
    to what the numbers make; as it stands where there is no target to tell by.
    """
    if not target:
        return stated
    computed = completion(result, target)
    return min(_readings(stated), key=lambda reading: abs(reading - computed))


def rounds_to(value: Decimal, exact: Decimal, decimals: int) -> bool:
    """Whether a value is the exact one, rounded to the decimals it shows, at most so many."""
    exponent = value.normalize().as_tuple().exponent
    shown = min(max(-int(exponent), 0), decimals)
    return abs(value - exact) <= Decimal(5).scaleb(-shown - 1) + Decimal("0.0001")


def _has_decimals(value: Decimal) -> bool:
    return value != value.to_integral_value()


def _readings(stated: Decimal) -> list[Decimal]:
    return [stated, stated * HUNDRED] if abs(stated) <= LIKELY_SHARE else [stated]
