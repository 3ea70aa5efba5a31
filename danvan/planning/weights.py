"""Weights: what a target can be shared out by, for each unit; None where nobody knows it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from danvan.model import Direction, Indicator, Kind, OverUnits, Unit
from danvan.planning.earlier import Earlier


class Way(StrEnum):
    """What a target is shared out by."""

    EQUAL = "equal"
    RESULT = "result"  # what each unit reached in the year before
    TARGET = "target"  # what each unit was asked for in the year before
    POPULATION = "population"
    HAND = "hand"  # weights as a person writes them


def weights(
    way: Way, units: Iterable[Unit], indicator: str, past: Earlier, last: int
) -> dict[str, Decimal | None]:
    """The weight of each unit; by hand all are one until a person says otherwise."""
    return {unit.code: _weight(way, unit, indicator, past, last) for unit in units}


def _weight(way: Way, unit: Unit, indicator: str, past: Earlier, last: int) -> Decimal | None:
    match way:
        case Way.POPULATION:
            return None if unit.population is None else Decimal(unit.population)
        case Way.RESULT:
            return past.of(last, unit.code, indicator).result
        case Way.TARGET:
            return past.of(last, unit.code, indicator).target
        case _:
            return Decimal(1)


def is_shared_out(indicator: Indicator) -> bool:
    """Whether a target of it can be shared out: parts of a percentage would not be percentages."""
    return (
        indicator.over_units is OverUnits.SUM
        and indicator.kind is Kind.COUNT
        and indicator.direction in (Direction.MORE, Direction.LESS)
    )


def is_shared_alike(indicator: Indicator) -> bool:
    """Whether every unit is given the same target: a percentage as it is."""
    return indicator.kind is Kind.PERCENT and indicator.over_units is not OverUnits.OWN
