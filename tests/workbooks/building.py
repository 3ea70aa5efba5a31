"""Rows of cells as the bytes of each kind of file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils import range_boundaries

Rows = Sequence[Sequence[Any]]


def xlsx(
    *sheets: tuple[str, Rows], merged: Sequence[str] = (), formats: Mapping[str, str] | None = None
) -> bytes:
    """Sheets of rows; merges and number formats are of the first one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for at, (name, rows) in enumerate(sheets):
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(r, c, value)
        for area in merged if not at else ():
            sheet.merge_cells(area)
        for cell, shown in (formats or {}).items() if not at else ():
            sheet[cell].number_format = shown
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def raw_xlsx(cells: Mapping[str, str]) -> bytes:
    """A workbook whose sheet is written by hand: cells by name with their inner XML and attributes.

    A value "n:5" is a number, "s:text" a text, "f:FORMULA=5" a formula with its stored value,
    "e:#DIV/0!" a formula that failed.
    """
    rows: dict[int, list[str]] = {}
    for name, said in cells.items():
        _, row, _, _ = range_boundaries(name)
        kind, _, text = said.partition(":")
        body = {
            "n": f'<c r="{name}"><v>{text}</v></c>',
            "s": f'<c r="{name}" t="inlineStr"><is><t>{escape(text)}</t></is></c>',
            "e": f'<c r="{name}" t="e"><f>1/0</f><v>{text}</v></c>',
            "f": '<c r="{}"><f>{}</f><v>{}</v></c>'.format(
                name, *(text.rsplit("=", 1) if "=" in text else ("", ""))
            ),
        }[kind]
        rows.setdefault(row, []).append(body)
    data = "".join(f'<row r="{row}">{"".join(found)}</row>' for row, found in sorted(rows.items()))
    return zipped_sheet(f"<sheetData>{data}</sheetData>")


def zipped_sheet(
    inner: str, sheets: int = 1, extra: Mapping[str, bytes] | None = None, head: str = ""
) -> bytes:
    """A workbook of hand-written sheets, all the same."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = range(1, sheets + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
            for n in numbers
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        + "".join(f'<sheet name="Biểu {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + "</Relationships>",
    }
    for n in numbers:
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet xmlns="{main}">{inner}</worksheet>'
        )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def xls(
    *sheets: tuple[str, Rows], merged: Sequence[str] = (), formats: Mapping[str, str] | None = None
) -> bytes:
    """The format of Excel 97."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for at, (name, rows) in enumerate(sheets):
        sheet = book.add_sheet(name)
        shown = {}
        for cell, text in (formats or {}).items() if not at else ():
            column, row, _, _ = range_boundaries(cell)
            shown[row - 1, column - 1] = xlwt.easyxf(num_format_str=text)
        covered = set()
        for area in merged if not at else ():
            left, top, right, bottom = (n - 1 for n in range_boundaries(area))
            covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            value = rows[top][left] if left < len(rows[top]) else None
            sheet.write_merge(top, bottom, left, right, value)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None and (r, c) not in covered:
                    style = (
                        day
                        if isinstance(value, date)
                        else shown.get((r, c), xlwt.Style.default_style)
                    )
                    sheet.write(r, c, value, style)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(
    *sheets: tuple[str, Rows], merged: Sequence[str] = (), percents: Sequence[str] = ()
) -> bytes:
    """OpenDocument, with equal blanks written once as offices' programs do."""
    tables = "".join(
        _ods_table(name, rows, merged if not at else (), percents if not at else ())
        for at, (name, rows) in enumerate(sheets)
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
    manifest = '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _ods_table(name: str, rows: Rows, merged: Sequence[str], percents: Sequence[str]) -> str:
    spans, covered = {}, set()
    for area in merged:
        left, top, right, bottom = (n - 1 for n in range_boundaries(area))
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {
            (top, left)
        }
    shares = {(row - 1, column - 1) for column, row, _, _ in map(range_boundaries, percents)}
    width = max(map(len, rows), default=0)
    text = []
    for r, row in enumerate(rows):
        cells = []
        for c in range(width):
            value = row[c] if c < len(row) else None
            span = spans.get((r, c))
            attributes = (
                f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
                if span
                else ""
            )
            if (r, c) in covered:
                cells.append("<table:covered-table-cell/>")
            elif value is None:
                cells.append(f"<table:table-cell{attributes}/>")
            elif isinstance(value, int | float):
                kind = "percentage" if (r, c) in shares else "float"
                cells.append(
                    f'<table:table-cell office:value-type="{kind}" office:value="{value}"{attributes}><text:p>{value}</text:p></table:table-cell>'
                )
            else:
                cells.append(
                    f'<table:table-cell office:value-type="string"{attributes}><text:p>{escape(str(value))}</text:p></table:table-cell>'
                )
        text.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{escape(name)}">{"".join(text)}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'


def csv_text(rows: Rows, separator: str = ",") -> str:
    """Rows as the text of a CSV file."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator, lineterminator="\r\n").writerows(
        [["" if value is None else value for value in row] for row in rows]
    )
    return target.getvalue()
