"""A workbook as it was opened: sheets of plain values at their own places. Nothing is understood yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

Value = str | int | float | bool | date | datetime | time | timedelta | None
Place = tuple[int, int]  # row and column from 0
Area = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]` is the cell in row r and column c from 0, None where it is blank.

    `percents` are the cells whose number format is a percentage (0.985 shown as 98.5 %), None
    where the format of the file does not tell. `merged` are the ranges of merged cells.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Area, ...] = ()
    percents: frozenset[tuple[int, int]] | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """Every sheet of a file, and what there was to say about opening it."""

    sheets: tuple[Sheet, ...]
    notices: tuple[str, ...] = field(default=())  # codes of warnings


@cache
def column_name(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def cell_name(row: int, column: int) -> str:
    """A cell as people name it: (0, 2) is C1."""
    return f"{column_name(column)}{row + 1}"


def is_figure(value: Value) -> bool:
    """A number, or a text with a digit in it: something that somebody counted."""
    if isinstance(value, str):
        return any(letter.isdigit() for letter in value)
    return value is not None and not isinstance(value, bool)
