"""Repeats: a model that was registered before, this year or in an earlier one."""

from __future__ import annotations

import pandas as pd

from danvan.intake.spelling import meaning, spelled

ALIKE = 0.75  # share of the words that carry the meaning; below it two names only resemble


def repeated(models: pd.DataFrame, unit: str, name: str, but: int | None = None) -> pd.DataFrame:
    """Rows of the unit's models with the same name or nearly the same, the newest year first.

    `models` are those of all years; `but` is the entry that is being written itself. Adds `same`:
    whether the names differ in spelling alone.
    """
    mine = models[(models["unit"] == unit) & (models["entry"] != (but or 0))]
    words, text = meaning(name), spelled(name)
    same = [spelled(other) == text for other in mine["name"]]
    alike = [
        one or _share(words, meaning(other)) >= ALIKE
        for one, other in zip(same, mine["name"], strict=True)
    ]
    mine = mine.assign(same=pd.Series(same, mine.index, dtype="bool"))
    mine = mine[pd.Series(alike, mine.index, dtype="bool")]  # a bare list of none chooses columns
    return mine.sort_values(["year", "entry"], ascending=False)


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    both = words | others
    return len(words & others) / len(both) if both else 0.0
