"""The rule for one figure. Every state and ratio of the product is what `assess` says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from danvan.model import Direction
from danvan.states import REACHED, State

Number = int | float | str | Decimal

PLACES = Decimal("0.0001")  # figures have at most four decimals
WIDE = Context(prec=60)  # room for any figure: the default 28 digits would refuse large ones


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one figure is worth.

    `ratio` 1.0 is exactly on target, None where no percentage makes sense. `rule` names the row
    of docs/rules.md that decided, and its sentence in the wording (`rule.…`).
    """

    state: State
    ratio: float | None
    rule: str


def assess(
    direction: Direction | str,
    target: Number | None,
    result: Number | None,
    *,
    baseline: Number | None = None,
    lower: Number | None = None,
    upper: Number | None = None,
    applicable: bool = True,
    due: bool = True,
    margin: Number = Decimal("0.1"),
) -> Assessment:
    """State and ratio of one figure.

    Every combination of missing, zero and negative has a state; NaN counts as missing. Figures
    are compared exactly, at four decimals. Raises ValueError for a direction that does not
    exist and for text that is no finite number.
    """
    direction = Direction(direction)
    goal, got, base = exact(target), exact(result), exact(baseline)
    low, high = exact(lower), exact(upper)
    bounds = (low, high) if direction is Direction.BAND else (goal,)
    if not applicable:
        return Assessment(State.NOT_APPLICABLE, None, "not_applicable")
    if direction is Direction.TRACK and got is not None:
        return Assessment(State.TRACKED, None, "track")
    if direction is not Direction.TRACK and all(bound is None for bound in bounds):
        return Assessment(State.NO_TARGET, None, "no_target")
    if got is None:
        return Assessment(State.NOT_REPORTED, None, "not_reported")
    share = Fraction(str(margin))
    if direction is Direction.BAND:
        judged = _within(got, low, high, share)
    else:
        judged = _against(direction, goal or Fraction(0), got, base, share)
    if not due and judged.state not in (*REACHED, State.TRACKED):
        return Assessment(State.TOO_EARLY, judged.ratio, "too_early")
    return judged


def exact(number: Number | None) -> Fraction | None:
    """The figure at four decimals, without binary rounding; None where it is missing."""
    if number is None:
        return None
    try:
        value = Decimal(str(number))
        if value.is_nan():
            return None
        return Fraction(value.quantize(PLACES, ROUND_HALF_EVEN, WIDE))
    except ArithmeticError as error:
        raise ValueError(f"{number!r} is not a figure") from error


def _against(
    direction: Direction, goal: Fraction, got: Fraction, base: Fraction | None, margin: Fraction
) -> Assessment:
    """Judge a figure by the way it went: `ahead` of the target, over the way it had to go."""
    better = 1 if direction is Direction.MORE else -1
    ahead = better * (got - goal)
    if base is not None:
        way, rule = better * (goal - base), "baseline"
        if way == 0:
            return _held(ahead >= 0, "keep")
        if way < 0:
            return _compared(ahead, "baseline_passed")
    elif goal > 0:
        way, rule = goal, str(direction)
    elif goal == 0 and direction is Direction.MORE:
        return Assessment(State.TRACKED, None, "more_zero")
    elif goal == 0:
        return _held(ahead >= 0, "less_zero")
    else:
        return _compared(ahead, "below_zero")
    ratio = 1 + ahead / way
    return Assessment(_state(ahead, near=ratio >= 1 - margin), float(ratio), rule)


def _within(
    got: Fraction, low: Fraction | None, high: Fraction | None, margin: Fraction
) -> Assessment:
    """Judge a figure by two bounds, either of which may be open."""
    if low is not None and got < low:
        near = low - got <= margin * abs(low)
    elif high is not None and got > high:
        near = got - high <= margin * abs(high)
    else:
        return Assessment(State.MET, None, "band")
    return Assessment(State.NEAR if near else State.MISSED, None, "band")


def _held(holds: bool, rule: str) -> Assessment:
    return Assessment(State.MET if holds else State.MISSED, None, rule)


def _compared(ahead: Fraction, rule: str) -> Assessment:
    return Assessment(_state(ahead, near=False), None, rule)


def _state(ahead: Fraction, *, near: bool) -> State:
    if ahead > 0:
        return State.EXCEEDED
    if ahead == 0:
        return State.MET
    return State.NEAR if near else State.MISSED
