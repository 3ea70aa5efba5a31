"""Key tasks: what a year is to bring that no number says, as rows of the register of tasks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from danvan.model import Register
from danvan.registers import with_keys
from danvan.registers.entering import Written
from danvan.rows import rows_of
from danvan.store import Store

KEY = "key"
CARRIED = ("name", "area", "owner", "co_owners", "product")
"""What a task takes along to the next year; its old deadline would be over already."""


def key_tasks(store: Store, year: int, on: date) -> pd.DataFrame:
    """The key tasks of a year with their keys (registers.with_keys), the overdue ones first, and
    `documents`: how many prove each.
    """
    rows = with_keys(store.entries(Register.TASK, year), Register.TASK, on)
    mine = rows[rows["kind"] == KEY]
    documents = store.evidence(year)
    of_tasks = documents[documents["register"] == Register.TASK]["entry"].tolist()
    counts = [of_tasks.count(entry) for entry in mine["entry"]]
    return mine.assign(documents=pd.Series(counts, mine.index, dtype="int64"))


def unfinished(store: Store, year: int, on: date) -> pd.DataFrame:
    """The key tasks of the year before that are not done and not in this year's register yet."""
    before = key_tasks(store, year - 1, on)
    now = store.entries(Register.TASK, year)
    there = set(zip(now["unit"], now["name"], strict=True))
    open_ones = [
        standing != "done" and (unit, name) not in there
        for standing, unit, name in zip(
            before["of_standing"], before["unit"], before["name"], strict=True
        )
    ]
    return before[open_ones]


def carried(tasks: pd.DataFrame, chosen: Collection[int], units: Collection[str]) -> list[Written]:
    """The chosen tasks as new rows of the next year, for units that are still there."""
    return [
        Written(
            {"unit": row["unit"], "kind": KEY, "state": "waiting"}
            | {name: str(row[name]) for name in CARRIED}
        )
        for row in rows_of(tasks)
        if row["entry"] in chosen and row["unit"] in units
    ]
