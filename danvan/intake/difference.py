"""What a submission would change: every figure it states beside what stands."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import pandas as pd

from danvan.model import Expectation, Fact, Result, Target
from danvan.rows import known, rows_of

Key = tuple[int, str, str, str]


class Change(StrEnum):
    """What a figure in a submission is to what stands."""

    NEW = "new"  # nothing of it stands yet
    CHANGED = "changed"
    SAME = "same"


def compared(facts: Iterable[Fact], standing: pd.DataFrame) -> dict[Key, Change]:
    """The change of each figure the facts state; `standing` is the year's figures in the store."""
    stands = {
        (row["year"], row["period"], row["unit"], row["indicator"]): row
        for row in rows_of(standing)
    }
    changes: dict[Key, Change] = {}
    for fact in facts:
        row = stands.get(fact.key)
        if row is None:
            changes[fact.key] = Change.NEW
        elif not all(_equal(row[name], value) for name, value in _stated(fact).items()):
            changes[fact.key] = Change.CHANGED
        else:
            changes.setdefault(fact.key, Change.SAME)
    return changes


def _stated(fact: Fact) -> dict[str, object]:
    match fact:
        case Target():
            aims = {name: getattr(fact, name) for name in ("lower", "upper", "baseline")}
            return {"target": fact.value} | aims
        case Result():
            parts = {name: getattr(fact, name) for name in ("numerator", "denominator")}
            return {"result": fact.value, "approximate": fact.approximate} | parts
        case Expectation():
            return {str(fact.duty): True}
        case _:
            return {}


def _equal(standing: object, stated: object) -> bool:
    if stated is None or not known(standing):
        return stated is None and not known(standing)
    if isinstance(stated, bool):
        return bool(standing) == stated
    return float(str(standing)) == float(str(stated))
