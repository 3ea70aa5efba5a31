"""Repeats: a model that was registered before, this year or in an earlier one."""

from __future__ import annotations

import re

import pandas as pd

from danvan.intake.spelling import meaning, spelled

ALIKE = 0.75  # share of the words that carry the meaning; below it two names only resemble
NUMBER = re.compile(r"\d+")
SAID = frozenset(spelled("mô hình").split())  # what many names begin with and others leave out


def repeated(models: pd.DataFrame, unit: str, name: str, but: int | None = None) -> pd.DataFrame:
    """Rows of the unit's models with the same name or nearly the same, the newest year first.

    `models` are those of all years; `but` is the entry that is being written itself. Adds `same`:
    whether the names differ in spelling alone.
    """
    mine = models[(models["unit"] == unit) & (models["entry"] != (but or 0))]
    text = spelled(name)
    same = pd.Series([spelled(other) == text for other in mine["name"]], mine.index, dtype=bool)
    alike = pd.Series([_alike(name, other) for other in mine["name"]], mine.index, dtype=bool)
    rows = mine.assign(same=same)[same | alike]
    return rows.sort_values(["year", "entry"], ascending=False)


def _alike(name: str, other: str) -> bool:
    """Whether nearly the same words say it, of the same numbers: each hamlet has its own model."""
    if _numbers(name) != _numbers(other):
        return False
    words, others = _words(name), _words(other)
    return bool(words & others) and len(words & others) >= ALIKE * len(words | others)


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in meaning(name) if not word.isdigit()) - SAID


def _numbers(name: str) -> list[int]:
    return sorted(int(found) for found in NUMBER.findall(name))
