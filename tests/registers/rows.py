"""Rows of registers as the store returns them, and what a plain reading of the database says of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from danvan.model import Register
from danvan.registers import COLUMNS

PLACE = ("submission", "file", "sheet", "cell")


def rows(register: Register, *said: dict[str, Any]) -> pd.DataFrame:
    """A frame of Store.entries; each row says only what it is about."""
    known: dict[str, Any] = {"year": 2022, "unit": "W1", "name": "Tên", "submission": 1}
    names = ["entry", "year", "unit", "name", *COLUMNS[register], *PLACE]
    blank = dict.fromkeys(names, "")
    filled = [blank | known | {"entry": at} | row for at, row in enumerate(said, 1)]
    frame = pd.DataFrame(filled, columns=names)
    numbers = ("entry", "year", "submission")
    return frame.astype({n: "int64" if n in numbers else "str" for n in names})


def standing(path: Path, register: Register, year: int, at: str = "9999") -> list[dict[str, Any]]:
    """What stands in a year at a moment, worked out row by row from the tables themselves."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        decided = connection.execute("select * from decision where at <= ? order by id", (at,))
        last: dict[int, str] = {}
        rank: dict[int, int] = {}
        for one in decided:
            last[one["submission"]] = one["outcome"]
            if one["outcome"] == "approved":
                rank.setdefault(one["submission"], one["id"])
        found: dict[int, tuple[int, int, sqlite3.Row]] = {}
        for row in connection.execute(f"select * from {register}"):
            if last.get(row["submission"]) == "approved":
                mine = (rank[row["submission"]], row["id"], row)
                if row["entry"] not in found or mine[:2] > found[row["entry"]][:2]:
                    found[row["entry"]] = mine
    kept = [dict(row) for *_, row in found.values()]
    return [row for row in kept if not row["removed"] and row["year"] == year]
