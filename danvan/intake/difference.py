"""What a submission would change: every figure it states beside what stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from danvan.model import Expectation, Fact, Origin, Result, Target
from danvan.rows import Row, known, rows_of

Key = tuple[int, str, str, str]  # year, period, unit, indicator
EXACT = 10_000  # figures have four decimals: compared as whole numbers of ten-thousandths


UNJUDGED = frozenset({"stated"})
"""What is told of a figure and makes no other one of it: the percentage that a file gave beside it."""


class Change(StrEnum):
    """What a figure in a submission is to what stands."""

    NEW = "new"  # nothing of it stands yet
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Difference:
    """One figure: what the submission states of it and what stands, by column of the frame."""

    key: Key
    change: Change
    stated: dict[str, object] = field(default_factory=dict)
    stands: dict[str, object] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    note: str = ""


def differences(facts: Iterable[Fact], standing: pd.DataFrame) -> dict[Key, Difference]:
    """What each figure the facts state changes; `standing` is the year's figures in the store."""
    stands = by_key(standing)
    stated: dict[Key, dict[str, object]] = {}
    firsts: dict[Key, Fact] = {}
    for fact in facts:
        stated.setdefault(fact.key, {}).update(_stated(fact))
        firsts.setdefault(fact.key, fact)
    return {
        key: Difference(
            key,
            _change(values, stands.get(key)),
            values,
            {name: stands[key][name] for name in values} if key in stands else {},
            firsts[key].origin,
            firsts[key].note,
        )
        for key, values in stated.items()
    }


def by_key(figures: pd.DataFrame) -> dict[Key, Row]:
    """The rows of a year's figures by what they are about."""
    return {(r["year"], r["period"], r["unit"], r["indicator"]): r for r in rows_of(figures)}


def _change(told: dict[str, object], row: Row | None) -> Change:
    stated = {name: value for name, value in told.items() if name not in UNJUDGED}
    if row is None or all(_absent(row[name]) for name in stated):
        empty = row is not None and all(_absent(value) for value in stated.values())
        return Change.SAME if empty else Change.NEW
    same = all(_equal(row[name], value) for name, value in stated.items())
    return Change.SAME if same else Change.CHANGED


def _absent(value: object) -> bool:
    return value is False or not known(value)


def _stated(fact: Fact) -> dict[str, object]:
    match fact:
        case Target():
            aims = {name: getattr(fact, name) for name in ("lower", "upper", "baseline")}
            return {"target": fact.value} | aims
        case Result():
            parts = {name: getattr(fact, name) for name in ("numerator", "denominator")}
            told = {"stated": fact.stated} if fact.stated is not None else {}
            return {"result": fact.value, "approximate": fact.approximate} | parts | told
        case Expectation():
            return {str(fact.duty): True}
        case _:
            return {}


def _equal(standing: object, stated: object) -> bool:
    if stated is None or not known(standing):
        return stated is None and not known(standing)
    if isinstance(stated, bool):
        return bool(standing) == stated
    return round(float(str(standing)) * EXACT) == round(float(str(stated)) * EXACT)
