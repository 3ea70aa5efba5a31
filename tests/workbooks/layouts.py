"""The same figures written in every layout and number style that offices use."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd

from danvan.intake.template import template
from danvan.model import Catalogue, File, Kind
from danvan.store.reading import FIGURE_TYPES
from danvan.wording import Words
from tests.workbooks import building as build

Pair = tuple[Decimal | None, Decimal | None]
City = Mapping[tuple[str, str], Pair]
"""Target and result by unit and indicator."""
Style = Callable[[Decimal], Any]
Layout = Callable[[City, Catalogue, Style], File]
HEADS = ("Kế hoạch", "Thực hiện")


def _digits(value: Decimal, thousands: str, point: str) -> str:
    text = f"{value:,f}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands)


STYLES: dict[str, Style] = {
    "number": lambda value: int(value) if value == value.to_integral_value() else float(value),
    "vietnamese": lambda value: _digits(value, ".", ","),
    "english": lambda value: _digits(value, ",", "."),
    "spaced": lambda value: _digits(value, " ", ","),
    "padded": lambda value: _digits(value, "", ",").rjust(2, "0"),
}


def units(city: City) -> list[str]:
    return list(dict.fromkeys(unit for unit, _ in city))


def indicators(city: City) -> list[str]:
    return list(dict.fromkeys(indicator for _, indicator in city))


def _cells(city: City, unit: str, indicator: str, style: Style) -> list[Any]:
    pair = city.get((unit, indicator), (None, None))
    return [None if value is None else style(value) for value in pair]


def units_down(city: City, catalogue: Catalogue, style: Style) -> File:
    """A row a unit; indicators over merged pairs of columns."""
    codes = indicators(city)
    names = [catalogue.indicator[code].name for code in codes]
    rows: list[Sequence[Any]] = [
        ["BÁO CÁO KẾT QUẢ NĂM 2022"],
        ["STT", "Đơn vị", *(cell for name in names for cell in (name, None))],
        [None, None, *HEADS * len(codes)],
    ]
    for number, unit in enumerate(units(city), 1):
        cells = [cell for code in codes for cell in _cells(city, unit, code, style)]
        rows.append([number, catalogue.unit[unit].name, *cells])
    column = openpyxl.utils.get_column_letter
    merged = [f"{column(3 + 2 * at)}2:{column(4 + 2 * at)}2" for at in range(len(codes))]
    merged += ["A2:A3", "B2:B3"]
    return File("ma trận.xlsx", build.xlsx(("Tổng hợp", rows), merged=merged))


def units_across(city: City, catalogue: Catalogue, style: Style) -> File:
    """A row an indicator; units over pairs of columns, in the old format."""
    heads = [cell for unit in units(city) for cell in (catalogue.unit[unit].name, None)]
    rows: list[Sequence[Any]] = [
        ["TT", "Chỉ tiêu", "ĐVT", *heads],
        [None, None, None, *HEADS * len(units(city))],
    ]
    for number, code in enumerate(indicators(city), 1):
        known = catalogue.indicator[code]
        cells = [cell for unit in units(city) for cell in _cells(city, unit, code, style)]
        rows.append([number, known.name, known.measure, *cells])
    return File("ngang.xls", build.xls(("Năm 2022", rows)))


def _list_rows(city: City, catalogue: Catalogue, style: Style, unit: str) -> list[Sequence[Any]]:
    return [
        [number, catalogue.indicator[code].name, catalogue.indicator[code].measure,
         *_cells(city, unit, code, style)]
        for number, code in enumerate((i for u, i in city if u == unit), 1)
    ]  # fmt: skip


def long_list(city: City, catalogue: Catalogue, style: Style) -> File:
    """Every unit a group row with its indicators below it, as an OpenDocument."""
    rows: list[Sequence[Any]] = [["STT", "Nội dung", "Đơn vị tính", *HEADS, "Ghi chú"]]
    for unit in units(city):
        rows.append([None, catalogue.unit[unit].name])
        rows += _list_rows(city, catalogue, style, unit)
    return File("danh sách.ods", build.ods(("Biểu 1", rows)))


def sheet_a_unit(city: City, catalogue: Catalogue, style: Style) -> File:
    """One sheet a unit, named after it."""
    head = ["STT", "Chỉ tiêu", "Đơn vị tính", *HEADS]
    sheets = [
        (catalogue.unit[unit].name, [head, *_list_rows(city, catalogue, style, unit)])
        for unit in units(city)
    ]
    return File("từng đơn vị.xlsx", build.xlsx(*sheets))


def named_csv(city: City, catalogue: Catalogue, style: Style) -> File:
    """Names instead of codes, separated by semicolons."""
    rows: list[Sequence[Any]] = [["Đơn vị", "Chỉ tiêu", "ĐVT", *HEADS]]
    for unit, code in city:
        known = catalogue.indicator[code]
        name = catalogue.unit[unit].name
        rows.append([name, known.name, known.measure, *_cells(city, unit, code, style)])
    return File("tên.csv", build.csv_text(rows, ";").encode("utf-8-sig"))


def plain_csv(city: City, catalogue: Catalogue, style: Style) -> File:  # noqa: ARG001 - one face
    """The plain layout: codes, and numbers without separators."""
    rows: list[Sequence[Any]] = [["unit", "indicator", "target", "result"]]
    for (unit, code), pair in city.items():
        texts = ["" if value is None else f"{value.normalize():f}" for value in pair]
        # three decimals would read as thousands; a fourth one does not
        texts = [f"{t}0" if t[-4:-3] == "." else t for t in texts]
        rows.append([unit, code, *texts])
    return File("mã.csv", build.csv_text(rows).encode())


def matrix_template(city: City, catalogue: Catalogue, style: Style) -> File:
    """The city's template, filled in."""
    nothing = pd.DataFrame(columns=list(FIGURE_TYPES)).astype(FIGURE_TYPES)
    top = catalogue.roots(2022)[0].code
    content = template(catalogue, 2022, top, nothing, nothing, Words("vi"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[:-1]:
        ids = {cell.value: cell.column for cell in sheet[6] if cell.value}
        for row in range(9, sheet.max_row + 1):
            unit = sheet.cell(row, 1).value
            for name, column in ids.items():
                code, _, field = str(name).partition(":")
                pair = city.get((unit, code), (None, None))
                value = dict(zip(("target", "result"), pair, strict=True)).get(field)
                if value is not None:
                    sheet.cell(row, column).value = style(value)
    target = io.BytesIO()
    book.save(target)
    return File("biểu mẫu.xlsx", target.getvalue())


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        units_down, units_across, long_list, sheet_a_unit, named_csv, plain_csv, matrix_template,
    )
}  # fmt: skip


def is_share(catalogue: Catalogue, code: str) -> bool:
    return catalogue.indicator[code].kind is Kind.PERCENT
