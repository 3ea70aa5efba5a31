"""Proposals: what a year's targets could be after the years before, each with its reason.

Nothing is decided here: a person takes a proposal over, changes it, or leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from danvan.model import Catalogue, Direction, Indicator, Kind, OverUnits, Unit
from danvan.planning.earlier import Before, Earlier
from danvan.wording import PLACES, Words, number

HUNDRED = Decimal(100)
MEAN_OF = 3  # years; more would speak of units and plans that are no more


class Base(StrEnum):
    """What a proposal begins with."""

    PLAN = "plan"  # the plan of the year before
    RESULT = "result"  # what was reached in it
    MEAN = "mean"  # the mean of the last three years' results
    MINIMUM = "minimum"  # what the law asks at least


@dataclass(frozen=True, slots=True)
class Rule:
    """A base, and by how many per cent more should be done; `raised` lifts what is below the law's
    minimum to it.
    """

    base: Base = Base.PLAN
    change: Decimal = Decimal(0)
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of why a number is proposed: the key of its words, and what fills them in."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, words: Words) -> str:
        """The part in words; numbers as they are written everywhere."""
        shown: dict[str, Any] = {
            name: number(value, PLACES) if isinstance(value, Decimal) else value
            for name, value in self.values.items()
        }
        return words(f"proposal.{self.key}", **shown)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be asked of a unit. `value` is None where there is nothing to begin with.

    `target`, `result` and `mean` are those of the years before, `mean_of` the years it is of,
    `minimum` what the law asks of such a unit.
    """

    unit: str
    indicator: str
    value: Decimal | None
    reasons: tuple[Reason, ...]
    target: Decimal | None = None
    result: Decimal | None = None
    mean: Decimal | None = None
    mean_of: tuple[int, ...] = ()
    minimum: Decimal | None = None

    @property
    def too_low(self) -> bool:
        """Whether it is below what the law asks."""
        return None not in (self.value, self.minimum) and self.value < self.minimum  # type: ignore[operator]

    def reason(self, words: Words) -> str:
        """All of why: "Kết quả năm 2025: 12; tăng 5 %"."""
        return "; ".join(part.said(words) for part in self.reasons)


def minimum(catalogue: Catalogue, unit: Unit, indicator: str, year: int) -> Decimal | None:
    """What the law asks of the unit in that year, where it asks anything."""
    asked = [
        one.value
        for one in catalogue.minimums
        if one.indicator == indicator and one.holds(unit, year)
    ]
    return max(asked, default=None)


def proposed(
    catalogue: Catalogue,
    year: int,
    top: str,
    past: Earlier,
    last: int,
    rules: Mapping[str, Rule],
) -> list[Proposal]:
    """A proposal for each indicator of `rules` and each unit below `top` that can be given a target;
    one for `top` itself besides, where nothing is known of the units and something of it.

    `last` is the year whose plan and results are begun with.
    """
    found = []
    for indicator in catalogue.indicators:
        rule = rules.get(indicator.code)
        if rule is None or not indicator.valid_in(year) or not is_given(indicator):
            continue
        asked = (catalogue, year, past, last)
        given = given_to(catalogue, indicator, year, top)
        made = [_proposal(*asked, unit, indicator, rule) for unit in given]
        if top not in {one.unit for one in made} and all(one.value is None for one in made):
            whole = _proposal(*asked, catalogue.unit[top], indicator, rule)
            made += [whole] if whole.value is not None else []
        found += made
    return found


def is_given(indicator: Indicator) -> bool:
    """Whether a single number can be its target."""
    return indicator.direction in (Direction.MORE, Direction.LESS)


def given_to(catalogue: Catalogue, indicator: Indicator, year: int, top: str) -> list[Unit]:
    """The units that are given targets of it: those directly below `top`, or that one alone."""
    if indicator.over_units is OverUnits.OWN:
        return [catalogue.unit[top]]
    return below(catalogue, year, top) or [catalogue.unit[top]]


def below(catalogue: Catalogue, year: int, top: str) -> list[Unit]:
    """The units of the year directly below a unit."""
    return [unit for unit in catalogue.units if unit.parent == top and unit.valid_in(year)]


def _proposal(
    catalogue: Catalogue,
    year: int,
    past: Earlier,
    last: int,
    unit: Unit,
    indicator: Indicator,
    rule: Rule,
) -> Proposal:
    before = past.of(last, unit.code, indicator.code)
    mean, mean_of = _mean(past, last, unit.code, indicator)
    least = minimum(catalogue, unit, indicator.code, year)
    base, reasons = _base(rule.base, before, last, mean, mean_of, least)
    value = base
    if before.exempt:
        value, reasons = None, [Reason("exempt", {"year": last})]
    elif value is not None:
        if rule.base is not Base.MINIMUM:
            value, more = _changed(value, rule.change, indicator)
            reasons += more
        value = _rounded(value, indicator)
        if rule.raised and least is not None and value < least:
            value = least
            reasons.append(Reason("raised", {"minimum": least}))
    if before.carried and value is not None and rule.base is not Base.MINIMUM:
        names = ", ".join(catalogue.unit[code].name for code in before.carried)
        reasons.append(Reason("carried", {"units": names}))
    return Proposal(
        unit.code, indicator.code, value, tuple(reasons),
        before.target, before.result, mean, mean_of, least,
    )  # fmt: skip


def _base(
    base: Base,
    before: Before,
    last: int,
    mean: Decimal | None,
    mean_of: tuple[int, ...],
    least: Decimal | None,
) -> tuple[Decimal | None, list[Reason]]:
    """The number to begin with, and where it comes from."""
    match base:
        case Base.MEAN:
            years = ", ".join(str(year) for year in mean_of)
            told = Reason("mean", {"years": years, "value": mean})
            return mean, [told if mean is not None else Reason("no_mean", {"year": last})]
        case Base.MINIMUM:
            return least, [Reason("minimum", {"value": least}) if least else Reason("no_minimum")]
        case _:
            value = before.target if base is Base.PLAN else before.result
            if value is None:
                return None, [
                    Reason("no_plan" if base is Base.PLAN else "no_result", {"year": last})
                ]
            return value, [Reason(str(base), {"year": last, "value": value})]


def _mean(
    past: Earlier, last: int, unit: str, indicator: Indicator
) -> tuple[Decimal | None, tuple[int, ...]]:
    """The mean of what is known of three years, and of which of them."""
    years = range(last - MEAN_OF + 1, last + 1)
    known = {y: past.of(y, unit, indicator.code).result for y in years}
    told = {y: value for y, value in known.items() if value is not None}
    if not told:
        return None, ()
    return _rounded(sum(told.values(), Decimal(0)) / len(told), indicator), tuple(told)


def _changed(value: Decimal, change: Decimal, indicator: Indicator) -> tuple[Decimal, list[Reason]]:
    """So many per cent more is to be done: of what should be little, that is so much less."""
    if not change:
        return value, []
    less = indicator.direction is Direction.LESS
    moved = max(value * (1 + (-change if less else change) / HUNDRED), Decimal(0))
    key = ("less_down" if change > 0 else "less_up") if less else ("up" if change > 0 else "down")
    reasons = [Reason(key, {"change": abs(change)})]
    if indicator.kind is Kind.PERCENT and moved > HUNDRED:
        return HUNDRED, [*reasons, Reason("at_most")]
    return moved, reasons


def _rounded(value: Decimal, indicator: Indicator) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)
