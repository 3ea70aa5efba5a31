"""Spreadsheets: rows of plain values as a workbook or a CSV file. Text is never a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_000  # characters of a cell; Excel's own limit is 32,767
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n")  # with these a spreadsheet begins to calculate
LONGEST_TITLE = 31  # characters of a sheet's name in Excel
UNTITLED = re.compile(r"[\\/*?:\[\]\x00-\x1f]")  # what no sheet's name may hold
WRAPPED = 60  # characters from which a text takes several lines; styling each cell takes long
WRAP = Alignment(vertical="top", wrap_text=True)
INK = "0B4F8A"
MOMENTS = "dd/mm/yyyy hh:mm:ss"
Value = str | int | float | datetime | None


@dataclass(frozen=True)
class Table:
    """A table with its title; `widths` of the columns are in characters."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]


def workbook(*tables: Table) -> bytes:
    """The tables as .xlsx, a sheet each: numbers and moments stay what they are."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(_sheet_name(table.title)), table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _sheet_name(title: str) -> str:
    """The title as Excel takes it: an indicator's name may well have a stroke or a colon in it."""
    return UNTITLED.sub(" ", title)[:LONGEST_TITLE].strip(" '")


def csv_text(table: Table) -> bytes:
    """The table as CSV in UTF-8, marked so that Excel reads its letters."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig", "replace")


def _fill(sheet: Worksheet, table: Table) -> None:
    for row, values in enumerate((table.columns, *table.rows), 1):
        for column, value in enumerate(values, 1):
            _put(sheet.cell(row, column), value)
    for column, width in enumerate(table.widths, 1):
        head = sheet.cell(1, column)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", INK)
        sheet.column_dimensions[head.column_letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("□", value)[:LONGEST]
        cell.data_type = "s"  # whatever it begins with
        if value.startswith(STARTERS):
            cell.quotePrefix = True
        if len(value) > WRAPPED:
            cell.alignment = WRAP
    elif isinstance(value, datetime):
        cell.value = value.astimezone().replace(tzinfo=None)  # Excel knows no zones
        cell.number_format = MOMENTS
    else:
        cell.value = value


def _plain(value: Value) -> Any:
    """A CSV file cannot say that something is text: an apostrophe keeps it from calculating."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(STARTERS) else value
    return f"{value.astimezone():%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value
