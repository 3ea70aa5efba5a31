"""The completion engine on 100,000 figures, beside the rule for one figure called as often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import TypeVar

import numpy as np
import pandas as pd

from danvan.completion import assess, measured, with_completion
from danvan.model import (
    Area,
    Catalogue,
    Direction,
    Indicator,
    Kind,
    OverPeriods,
    OverUnits,
    Period,
    Unit,
    YearRule,
)
from danvan.store.reading import FIGURE_TYPES

UNITS, INDICATORS, PERIODS = 100, 60, 17
ROWS = 100_000
ONE_BY_ONE = 5_000  # rows judged one by one, and scaled up
REPEATS = 3
T = TypeVar("T")


def report() -> None:
    """Print the time of the engine."""
    figures, catalogue = _city()
    frame = _judgeable(figures)
    joined = _seconds(lambda: measured(figures, catalogue, YearRule(2022), date(2023, 1, 15)))
    judged = _seconds(lambda: with_completion(frame))
    plain = _seconds(lambda: _one_by_one(frame.head(ONE_BY_ONE))) * ROWS / ONE_BY_ONE
    print(f"engine, {ROWS:,} figures of {UNITS} units in {PERIODS} periods")
    print(f"  judged row by row with assess   {plain:8.3f} s   1")
    print(f"  judged as one frame             {judged:8.3f} s   {judged / plain:.3f}")
    print(f"  joined over periods and units   {joined:8.3f} s   {joined / plain:.3f}")


def _seconds(act: Callable[[], T]) -> float:
    def once() -> float:
        begun = perf_counter()
        act()
        return perf_counter() - begun

    return median(once() for _ in range(REPEATS))


def _one_by_one(frame: pd.DataFrame) -> list[str]:
    rows = zip(frame["direction"], frame["target"], frame["result"], strict=True)
    return [assess(*row).state for row in rows]


def _city() -> tuple[pd.DataFrame, Catalogue]:
    """Figures of one large city, and its catalogue; every third result is missing."""
    catalogue = Catalogue(
        areas=(Area("A", "A", "A"),),
        indicators=tuple(_indicator(n) for n in range(INDICATORS)),
        units=(
            Unit("C", "C", "C", "city"),
            *(Unit(f"C.{n}", "U", "U", "ward", "C") for n in range(UNITS)),
        ),
    )
    keys = pd.MultiIndex.from_product(
        [
            [str(p) for p in list(Period)[:PERIODS]],
            [unit.code for unit in catalogue.units[1:]],
            [indicator.code for indicator in catalogue.indicators],
        ],
        names=["period", "unit", "indicator"],
    )
    frame = keys.to_frame(index=False).head(ROWS)
    random = np.random.default_rng(1)
    result = random.integers(0, 50, len(frame)).astype(float)
    result[::3] = np.nan
    empty = {"float64": np.nan, "bool": False, "Int64": pd.NA}
    for name, kind in FIGURE_TYPES.items():
        if name not in frame:
            frame[name] = empty.get(kind, "")
    frame = frame.assign(year=2022, target=random.integers(1, 50, len(frame)), result=result)
    return frame[list(FIGURE_TYPES)].astype(FIGURE_TYPES), catalogue


def _indicator(number: int) -> Indicator:
    return Indicator(
        code=f"I.{number}",
        area="A",
        name="I",
        name_en="I",
        measure="m",
        kind=Kind.COUNT,
        direction=Direction.MORE if number % 3 else Direction.LESS,
        over_units=OverUnits.SUM,
        over_periods=OverPeriods.SUM if number % 2 else OverPeriods.LATEST,
    )


def _judgeable(figures: pd.DataFrame) -> pd.DataFrame:
    more = figures["indicator"].str[2:].astype(int) % 3 != 0
    direction = np.where(more, str(Direction.MORE), str(Direction.LESS))
    return figures.assign(direction=direction, applicable=True, due=True)
