"""The template: a workbook that an office sends to a unit, fills in, and reads back exactly.

What a cell is about stands in hidden cells beside it and above it, so that labels, order and
sheets' names may be changed by whoever fills it in.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from danvan.intake.amounts import MUCH_MONEY, shown, three_decimals
from danvan.intake.difference import by_key
from danvan.intake.quantities import MONEY
from danvan.intake.spelling import spelled
from danvan.model import (
    Catalogue,
    Direction,
    Indicator,
    Kind,
    OverPeriods,
    OverUnits,
    Period,
    Unit,
)
from danvan.rows import Row, known
from danvan.wording import Words, day, period_name

IDENTITY = "_danvan"
FORMAT = 1
STATUSES = ("đang cập nhật", "không áp dụng")  # as the reader of every workbook understands them
FONT = "Times New Roman"
INK, PAPER, GROUP, LOCKED, LINE = "0B4F8A", "FFFFFF", "E9EDF2", "F4F6F9", "C3CCD6"
NUMBERS = "#,##0.####"
EDGE = Border(*[Side(style="thin", color=LINE)] * 4)
FORM = (
    "indicator",
    "",
    "",
    "",
    "last",
    "target",
    "result",
    "numerator",
    "denominator",
    "status",
    "note",
)
FORM_WIDTHS = (0, 6, 52, 13, 13, 12, 12, 10, 10, 16, 34)
FORM_HEADS = (
    "",
    "item",
    "indicator",
    "measure",
    "last",
    "target",
    "result",
    "numerator",
    "denominator",
    "status",
    "note",
)
OF_REPORT = {"target": "plan"}
"""A report is asked for results: the year's target is shown beside them, and not read back."""
REPORT_HEADS = {
    "last": "template.report_last",
    "target": "template.report_target",
    "result": "template.report_result",
}
FIRST = 6  # the row under the titles, of hidden ids
Wanted = Collection[tuple[str, str]]
"""Units and indicators that are asked for."""


def template(
    catalogue: Catalogue,
    year: int,
    unit: str,
    figures: pd.DataFrame,
    last: pd.DataFrame,
    words: Words,
    period: Period = Period.YEAR,
    wanted: Wanted | None = None,
    *,
    plan: bool = False,
) -> bytes:
    """The workbook for a unit, year and period, with what stands in it already; for the year's
    targets alone where it is a `plan`.

    `figures` and `last` are the figures of the year and of the year before, as the store gives
    them. A unit with others below it gets a matrix of them, a sheet for each area. For a part of
    the year only results are asked for, beside the year's targets; so with `wanted`, of which only
    those are.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    writer = _Writer(book, catalogue, year, catalogue.unit[unit], words, period, wanted, plan)
    writer.stands, writer.last = _of_period(figures, period), _of_period(last, period)
    writer.planned = _of_period(figures, Period.YEAR)
    below = [u for u in catalogue.units if u.parent == unit and u.valid_in(year)]
    if below or plan:
        for area in catalogue.areas:
            writer.matrix(area.code, words.name(area), below)
    else:
        writer.form()
    writer.identity()
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class _Writer:
    """Writes the sheets of one template."""

    stands: dict[tuple[str, str], Row]
    last: dict[tuple[str, str], Row]
    planned: dict[tuple[str, str], Row]

    def __init__(
        self,
        book: Any,
        catalogue: Catalogue,
        year: int,
        unit: Unit,
        words: Words,
        period: Period = Period.YEAR,
        wanted: Wanted | None = None,
        plan: bool = False,
    ) -> None:
        self.book, self.catalogue, self.year, self.unit, self.words = (
            book,
            catalogue,
            year,
            unit,
            words,
        )
        self.period, self.wanted = period, None if wanted is None else set(wanted)
        self.is_report = period is not Period.YEAR or wanted is not None
        self.indicators = [i for i in catalogue.indicators if i.valid_in(year)]
        if period is not Period.YEAR:
            told = [i for i in self.indicators if i.over_periods is not OverPeriods.OWN]
            self.indicators = [i for i in told if i.over_units is not OverUnits.OWN]
        self.is_plan = plan
        if plan:
            self.indicators = [i for i in self.indicators if i.direction is not Direction.TRACK]

    def _is_wanted(self, unit: str, indicator: Indicator) -> bool:
        return self.wanted is None or (unit, indicator.code) in self.wanted

    def identity(self) -> None:
        """What the workbook is, for the reader alone."""
        sheet = self.book.create_sheet(IDENTITY)
        pairs = {
            "format": FORMAT,
            "year": self.year,
            "unit": self.unit.code,
            "period": str(self.period),
        }
        for row, (name, value) in enumerate(pairs.items(), 1):
            sheet.cell(row, 1, name)
            sheet.cell(row, 2, value)
        sheet.sheet_state = "veryHidden"

    # a unit with nothing below it: one figure a row

    def form(self) -> None:
        ids = [OF_REPORT.get(name, name) if self.is_report else name for name in FORM]
        sheet = self._sheet(self.words("template.sheet"), FORM_WIDTHS, ids)
        heads = [self._head(name) if name else "" for name in FORM_HEADS]
        self._heads(sheet, FIRST + 1, heads)
        row = FIRST + 2
        for area in self.catalogue.areas:
            mine = [i for i in self.indicators if i.area == area.code and not self._is_citys(i)]
            mine = [i for i in mine if self._is_wanted(self.unit.code, i)]
            if mine:
                self._group(sheet, row, self.words.name(area), len(FORM))
                row += 1
            for number, indicator in enumerate(mine, 1):
                self._form_row(sheet, row, number, indicator)
                row += 1
        numbers = "GHI" if self.is_report else "FGHI"
        self._checks(sheet, FIRST + 2, max(row - 1, FIRST + 2), numbers, "J")
        self._finish(sheet, f"E{FIRST + 2}", FIRST + 1, "K", row - 1)

    def _head(self, name: str) -> str:
        """The heading of a column, which says in a report what it is of."""
        if self.is_report and name in REPORT_HEADS:
            time = period_name(self.year - (name == "last"), self.period, self.words)
            told: dict[str, Any] = {"of": self.year, "time": time, "months": self._months()}
            return self.words(REPORT_HEADS[name], **told)
        return self.words(f"template.{name}", year=self.year - 1)

    def _months(self) -> str:
        """From which day to which: 01/01–30/06/2026."""
        first, last = f"01/{self.period.months[0]:02}", day(self.period.last_day(self.year))
        return f"{first}–{last}"

    def _is_citys(self, indicator: Indicator) -> bool:
        return indicator.over_units is OverUnits.OWN and bool(self.unit.parent)

    def _form_row(self, sheet: Worksheet, row: int, number: int, indicator: Indicator) -> None:
        stands = self.stands.get((self.unit.code, indicator.code))
        last = self.last.get((self.unit.code, indicator.code))
        share = indicator.kind is Kind.PERCENT
        texts = (indicator.code, number, self.words.name(indicator), indicator.measure)
        for column, value in enumerate(texts, 1):
            self._put(sheet, row, column, value, wrap=column == 3)
        self._put(sheet, row, 5, _number(last, "result"))
        for column, name in enumerate(("target", "result", "numerator", "denominator"), 6):
            mine = column < 8 or share
            plan = self.is_report and name == "target"
            source = self.planned.get((self.unit.code, indicator.code)) if plan else stands
            self._put(
                sheet, row, column, _number(source, name) if mine else None, mine and not plan
            )
        exempt = stands is not None and bool(stands["exempt"])
        self._put(sheet, row, 10, STATUSES[1] if exempt else None, True)
        self._put(sheet, row, 11, _note(stands), True, wrap=True)

    # a unit with others below it: units down, indicators across

    def matrix(self, area: str, name: str, below: Sequence[Unit]) -> None:
        own = [self.unit, *below]
        indicators = [
            i
            for i in self.indicators
            if i.area == area and any(self._is_wanted(unit.code, i) for unit in own)
        ]
        columns = [(i, field) for i in indicators for field in self._fields(i)]
        if not columns:
            return
        ids = ("unit", "", *(f"{i.code}:{field}" for i, field in columns))
        widths = (0, 30, *([11] * len(columns)))
        sheet = self._sheet(_sheet_name(name) or area, widths, ids)
        self._heads(sheet, FIRST + 1, ["", self.words("template.unit"), *[""] * len(columns)])
        self._heads(
            sheet, FIRST + 2, ["", "", *(self.words(f"template.{field}") for _, field in columns)]
        )
        at = 3
        for indicator in indicators:
            wide = len(self._fields(indicator))
            head = sheet.cell(FIRST + 1, at)
            _text(head, f"{self.words.name(indicator)} ({indicator.measure})")
            sheet.merge_cells(
                start_row=FIRST + 1, end_row=FIRST + 1, start_column=at, end_column=at + wide - 1
            )
            at += wide
        sheet.row_dimensions[FIRST + 1].height = 80
        for row, unit in enumerate((self.unit, *below), FIRST + 3):
            self._matrix_row(sheet, row, unit, columns)
        end = FIRST + 3 + len(below)
        letters = [get_column_letter(c) for c in range(3, 3 + len(columns))]
        self._checks(sheet, FIRST + 3, end, letters, "")
        self._finish(sheet, f"C{FIRST + 3}", FIRST + 2, get_column_letter(2 + len(columns)), end)

    def _fields(self, indicator: Indicator) -> tuple[str, ...]:
        if self.is_plan:
            band = indicator.direction is Direction.BAND
            return ("lower", "upper") if band else ("target",)
        parts = ("numerator", "denominator") if indicator.kind is Kind.PERCENT else ()
        return ("result", *parts) if self.is_report else ("target", "result", *parts)

    def _matrix_row(
        self, sheet: Worksheet, row: int, unit: Unit, columns: Sequence[tuple[Indicator, str]]
    ) -> None:
        own = unit.code == self.unit.code
        self._put(sheet, row, 1, unit.code)
        self._put(sheet, row, 2, self.words.name(unit), bold=own)
        for column, (indicator, field) in enumerate(columns, 3):
            citys = indicator.over_units is OverUnits.OWN
            mine = (own or not citys) if self.is_plan else citys == own
            mine = mine and self._is_wanted(unit.code, indicator)
            stands = self.stands.get((unit.code, indicator.code))
            shown = mine or self.wanted is None  # what is not asked for is not said again
            value: object = _number(stands, field) if shown else None
            if self.is_plan and isinstance(value, int | float):
                value = _certain(value, indicator)
            self._put(sheet, row, column, value, mine or value is not None)

    # the look

    def _sheet(self, name: str, widths: Sequence[int], ids: Sequence[str]) -> Worksheet:
        sheet = self.book.create_sheet(name)
        keys = (
            ("plan_title", "how", "plan_silence") if self.is_plan else ("title", "how", "silence")
        )
        title, *rest = (self.words(f"template.{key}", year=self.year) for key in keys)
        if self.is_report:
            time = period_name(self.year, self.period, self.words)
            title = self.words("template.report_title", time=time)
        titles = (self.words.name(self.unit).upper(), title.upper(), *rest)
        for row, text in enumerate(titles, 1):
            cell = sheet.cell(row, 2)
            _text(cell, text)
            cell.font = Font(
                name=FONT,
                size=14 if row == 2 else 11,
                bold=row < 3,
                italic=row > 2,
                color=INK if row < 3 else "526070",
            )
        for column, (width, known_as) in enumerate(zip(widths, ids, strict=True), 1):
            sheet.column_dimensions[get_column_letter(column)].width = width or 2
            if known_as:
                sheet.cell(FIRST, column, known_as)
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[FIRST].hidden = True
        return sheet

    def _heads(self, sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            _text(cell, text)
            cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", INK)
            cell.alignment = Alignment("center", "center", wrap_text=True)
            cell.border = EDGE

    def _group(self, sheet: Worksheet, row: int, text: str, width: int) -> None:
        for column in range(1, width + 1):
            cell = sheet.cell(row, column)
            cell.fill, cell.border = PatternFill("solid", GROUP), EDGE
        _text(sheet.cell(row, 2), text)
        sheet.cell(row, 2).font = Font(name=FONT, size=12, bold=True)

    def _put(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: object,
        mine: bool = False,
        wrap: bool = False,
        bold: bool = False,
    ) -> None:
        """A cell of the table; only what is to be filled in is unlocked."""
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            _text(cell, value)
        elif value is not None:
            cell.value = value
            cell.number_format = NUMBERS
        cell.font = Font(name=FONT, size=12, bold=bold)
        cell.border = EDGE
        cell.fill = PatternFill("solid", PAPER if mine else LOCKED)
        cell.protection = Protection(locked=not mine)
        cell.alignment = Alignment(vertical="center", wrap_text=wrap)

    def _checks(
        self, sheet: Worksheet, first: int, last: int, numbers: Sequence[str], status: str
    ) -> None:
        """A word to whoever types something odd; "đang cập nhật" must stay possible."""
        check = DataValidation(
            "decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
            showErrorMessage=True,
        )
        check.errorStyle = "warning"
        check.errorTitle, check.error = self.words("template.check"), self.words("template.number")
        for letter in numbers:
            check.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(check)
        if status:
            listed = DataValidation(
                "list",
                formula1='"{}"'.format(",".join(STATUSES)),
                allow_blank=True,
                showErrorMessage=True,
            )
            listed.add(f"{status}{first}:{status}{last}")
            sheet.add_data_validation(listed)

    def _finish(self, sheet: Worksheet, frozen: str, heads: int, right: str, bottom: int) -> None:
        sheet.freeze_panes = frozen
        sheet.sheet_view.showGridLines = False
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.print_title_rows = f"{FIRST + 1}:{heads}"
        sheet.print_area = f"B1:{right}{bottom}"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "&P/&N"


def _sheet_name(name: str) -> str:
    """What Excel takes for the name of a sheet; "" where nothing is left of it."""
    shown = ILLEGAL_CHARACTERS_RE.sub("□", " ".join(name.split()))
    return re.sub(r"[\[\]:*?/\\]", " ", shown)[:31].strip(" '")


def _text(cell: Cell, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("□", text)
    cell.data_type = "s"
    if text[:1] in tuple("=+-@\t\r"):
        cell.style = "Normal"
        cell.quotePrefix = True


def _of_period(figures: pd.DataFrame, period: Period) -> dict[tuple[str, str], Row]:
    return {
        (unit, code): row
        for (_, part, unit, code), row in by_key(figures).items()
        if part == period
    }


def _number(row: Row | None, name: str) -> float | int | None:
    if row is None or not known(row[name]):
        return None
    value = float(row[name])
    return int(value) if value.is_integer() else value


def _certain(value: float, indicator: Indicator) -> float | str:
    """The number, or the text of one that could be taken for another: 0.8 of a percentage, money in
    another measure, a thousand with a point.
    """
    exact = Decimal(str(value))
    if indicator.kind is Kind.PERCENT:
        return f"{shown(exact)} %" if value <= 1 else value
    if spelled(indicator.measure) in MONEY and value >= MUCH_MONEY:
        return f"{shown(exact)} {indicator.measure}"
    return f"{shown(exact)}0" if three_decimals(exact) else value


def _note(row: Row | None) -> str | None:
    notes: Iterator[str] = (
        (row[name] for name in ("reason", "result_note", "target_note")) if row else iter(())
    )
    return next((note for note in notes if note), None)
