"""A template that came back: its hidden cells say what each cell is about, whatever the labels say."""

from __future__ import annotations

from dataclasses import dataclass

from danvan.intake.book import Book, Sheet, Value
from danvan.intake.stated import Field, Stated
from danvan.intake.template import IDENTITY
from danvan.model import Period

WRITTEN = {Field.TARGET, Field.RESULT, Field.NUMERATOR, Field.DENOMINATOR, Field.STATUS, Field.NOTE}
FARTHEST = 60  # rows in which the hidden ids are looked for


@dataclass(frozen=True)
class Identity:
    """What a template was made for."""

    year: int
    unit: str
    period: Period


def identity(book: Book) -> Identity | None:
    """What the workbook says it is; None for one that is no template of ours."""
    for sheet in book.sheets:
        if sheet.name == IDENTITY:
            pairs = {str(row[0]): row[1] for row in sheet.rows if len(row) > 1}
            year, period = pairs.get("year"), str(pairs.get("period"))
            if isinstance(year, int | float) and period in set(Period):
                return Identity(int(year), str(pairs.get("unit") or ""), Period(period))
    return None


def stated(book: Book, known: Identity) -> list[Stated]:
    """Every cell that may be filled in and says something."""
    found: list[Stated] = []
    for sheet in book.sheets:
        if sheet.name != IDENTITY:
            found += _sheet(sheet, known)
    return found


def is_row(cells: list[Value]) -> bool:
    """Whether a row carries the hidden id of an indicator or a unit."""
    return any(isinstance(value, str) and "." in value and " " not in value for value in cells[:2])


def _sheet(sheet: Sheet, known: Identity) -> list[Stated]:
    for row, cells in enumerate(sheet.rows[:FARTHEST]):
        ids = {column: value for column, value in enumerate(cells) if isinstance(value, str)}
        for column, value in ids.items():
            if value == "indicator" and "result" in ids.values():
                return _form(sheet, row, column, ids, known)
            if value == "unit" and any(_is_id(text) for text in ids.values()):
                return _matrix(sheet, row, column, ids, known)
    return []


def _is_id(text: str) -> bool:
    code, _, field = text.partition(":")
    return bool(code) and field in set(Field)


def _form(sheet: Sheet, head: int, key: int, ids: dict[int, str], known: Identity) -> list[Stated]:
    fields = {column: Field(text) for column, text in ids.items() if text in WRITTEN}
    found = []
    for row in range(head + 1, len(sheet.rows)):
        code = _cell(sheet, row, key)
        if isinstance(code, str) and "." in code:
            for column, field in fields.items():
                if _cell(sheet, row, column) is not None:
                    found.append(_stated(sheet, row, column, known.unit, code, field, known))
    return found


def _matrix(
    sheet: Sheet, head: int, key: int, ids: dict[int, str], known: Identity
) -> list[Stated]:
    found = []
    for row in range(head + 1, len(sheet.rows)):
        unit = _cell(sheet, row, key)
        for column, text in ids.items() if isinstance(unit, str) else ():
            code, _, field = text.partition(":")
            if _is_id(text) and _cell(sheet, row, column) is not None:
                found.append(_stated(sheet, row, column, str(unit), code, Field(field), known))
    return found


def _cell(sheet: Sheet, row: int, column: int) -> Value:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None


def _stated(
    sheet: Sheet, row: int, column: int, unit: str, indicator: str, field: Field, known: Identity
) -> Stated:
    percents = sheet.percents or frozenset()
    return Stated(
        sheet.name, row, column, sheet.rows[row][column], unit, indicator, field, known.period,
        percent=(row, column) in percents, share=True, heading=f"{indicator}:{field}",
        known=True,
    )  # fmt: skip
