"""Plausible: figures that can be stored but deserve a second look, beside what stood before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from danvan.errors import Problem, Severity
from danvan.model import Catalogue, Fact, Kind, OverPeriods, Period, Result, Target
from danvan.rows import Row, known, rows_of
from danvan.wording import PLACES, number

MANY = 10  # times the target, or last year's figure: rather a slip of the keyboard than a success
FEW = 10  # smaller differences than this are no slip, whatever their ratio

Key = tuple[str, str, str]


def doubts(
    facts: Sequence[Fact], standing: pd.DataFrame, last: pd.DataFrame, catalogue: Catalogue
) -> list[Problem]:
    """Warnings about results far above target, far from last year's, or falling within the year."""
    results = {
        _key(fact): fact for fact in facts if isinstance(fact, Result) and fact.value is not None
    }
    targets = {
        _key(f): float(f.value) for f in facts if isinstance(f, Target) and f.value is not None
    }
    stands, before = _by_key(standing), _by_key(last)
    periods: defaultdict[tuple[str, str], set[Period]] = defaultdict(set)
    for period, unit, code in (*results, *stands):
        periods[unit, code].add(Period(period))
    found = []
    for key, fact in results.items():
        indicator = catalogue.indicator[fact.indicator]
        value = float(fact.value or 0)
        target = targets.get(key, _value(stands.get(key), "target"))
        if target and value >= MANY * target and value - target >= FEW:
            found.append(_warning("ten_times", fact, target=number(target, PLACES)))
        former = _value(before.get(key), "result")
        if indicator.kind is Kind.COUNT and former and _far(value, former):
            found.append(
                _warning(
                    "far_from_last_year", fact, former=number(former, PLACES), year=fact.year - 1
                )
            )
        if indicator.over_periods is OverPeriods.LATEST and indicator.kind is Kind.COUNT:
            others = periods[fact.unit, fact.indicator] - {fact.period}
            found += _falls(fact, others, results, stands) if others else ()
    return found


def _falls(
    fact: Result, others: Iterable[Period], results: dict[Key, Result], stands: dict[Key, Row]
) -> Iterable[Problem]:
    """A figure that contains the earlier ones of its year cannot be less than they are."""
    for period in sorted(others, key=list(Period).index):
        if period.months[-1] >= fact.period.months[-1]:
            continue
        key = (str(period), fact.unit, fact.indicator)
        stated = results.get(key)
        earlier = float(stated.value or 0) if stated else _value(stands.get(key), "result")
        if earlier is not None and float(fact.value or 0) < earlier:
            yield _warning("falls", fact, earlier=number(earlier, PLACES), period=str(period))
            return


def _far(value: float, former: float) -> bool:
    low, high = sorted((value, former))
    return high - low >= FEW and high >= MANY * low


def _key(fact: Fact) -> Key:
    return (str(fact.period), fact.unit, fact.indicator)


def _by_key(frame: pd.DataFrame) -> dict[Key, Row]:
    return {(row["period"], row["unit"], row["indicator"]): row for row in rows_of(frame)}


def _value(row: Row | None, name: str) -> float | None:
    return float(row[name]) if row is not None and known(row[name]) else None


def _warning(code: str, fact: Result, **values: object) -> Problem:
    origin = fact.origin
    file = origin.file.name if origin.file else ""
    found = number(fact.value, PLACES)
    return Problem(Severity.WARNING, code, file, origin.sheet, origin.cell, "result", found, values)
