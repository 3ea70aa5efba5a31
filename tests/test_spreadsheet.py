"""Spreadsheets: text stays text, numbers and moments stay what they are."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest

from danvan.spreadsheet import Table, Value, csv_text, workbook

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
HOSTILE = ['=HYPERLINK("x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def _table(*values: Value) -> Table:
    return Table("Bảng", [f"c{n}" for n in range(len(values))], [values], [10] * len(values))


def _cells(table: Table) -> list[openpyxl.cell.cell.Cell]:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(table)))["Bảng"]
    return list(sheet[2])


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_workbook_is_never_a_formula(text: str) -> None:
    (cell,) = _cells(_table(text))
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_csv_file_is_never_a_formula(text: str) -> None:
    lines = list(csv.reader(io.StringIO(csv_text(_table(text)).decode("utf-8-sig"), newline="")))
    assert lines[1] == [f"'{text}"]


def test_numbers_stay_numbers_and_moments_moments() -> None:
    number, share, at, nothing = _cells(_table(7, 98.5, AT, None))
    assert (number.value, share.value, nothing.value) == (7, 98.5, None)
    assert at.is_date
    assert at.value == AT.astimezone().replace(tzinfo=None)


def test_what_a_cell_cannot_hold_is_shown_and_nothing_breaks() -> None:
    control, long = _cells(_table("a\x00b", "x" * 40_000))
    assert control.value == "a□b"
    assert len(long.value) <= 32_767


def test_vietnamese_letters_survive_in_a_csv_file_for_excel() -> None:
    content = csv_text(_table("Phường Hòa Thuận"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Phường Hòa Thuận" in content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "title", ["Hộ nghèo/cận nghèo", "a: [b]?*", "\\", "'x'", "a\x00b", "", "d" * 99]
)
def test_any_title_names_a_sheet(title: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Table(title, ["c"], [["x"]], [10]))))
    assert book.active["A2"].value == "x"
