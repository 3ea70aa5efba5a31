"""Runs by itself, in a process of its own with little memory: a workbook's bytes in, plain rows out.

Whatever a hostile file does happens here and ends here. It imports nothing of the product, so
that it starts in a fraction of a second. Nothing is executed: formulas are their stored values.
"""

from __future__ import annotations

import io
import math
import pickle
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

import python_calamine as calamine

MEMORY = 400 * 2**20  # bytes of address space, the interpreter's own included
SECONDS = 20  # of processor time; 100,000 rows take one
MOST_PARTS = 2_000
MOST_PART = 64 * 2**20  # bytes unpacked; 100,000 rows of seven columns are 35 MiB
MOST_UNPACKED = 96 * 2**20
MOST_SHEETS = 100
PIECE = 2**20
XML = (".xml", ".rels")
MOST_MERGES = 20_000  # a large office form has a few thousand
MOST_ROWS = 200_000
MOST_CELLS = 1_500_000
XLS_CELLS = 65_536 * 24

PERCENTS = {9, 10}  # number formats every workbook has
ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
LITERAL = re.compile(rb'&quot;.*?&quot;|"[^"]*"|\\.')  # in a number format: shown, and nothing more
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
FORMULA = re.compile(
    rb"\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula that was never calculated: a program wrote it, or the reader forgot its value."""
NO_VALUE = "#?"
WIDE = re.compile(rb"\br\s*=\s*[\"'](?:[A-Za-z]{3,}|[A-Za-z]+\d{7,})")

Grid = list[list[Any]]
Opened = tuple[str, bool, Grid, list[tuple[int, int, int, int]], set[tuple[int, int]] | None]


class RefusedFile(Exception):  # noqa: N818 - a refusal is what it is
    """The file is not read; the text is the code of the problem."""


def main() -> None:
    """Read standard input as the format named by the argument; write one pickle."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    answer: list[Opened] | str
    try:
        answer = READERS[sys.argv[1]](content)
    except RefusedFile as error:
        answer = str(error)
    except MemoryError:
        answer = "too_many_cells"
    except calamine.PasswordError:
        answer = "encrypted"
    except Exception:  # noqa: BLE001 - any other failure of a reader is a file it cannot read
        answer = "broken_workbook"
    pickle.dump(answer, sys.stdout.buffer, protocol=5)


def _xlsx(content: bytes) -> list[Opened]:
    with _archive(content) as archive:
        percents = _percent_styles(_part(archive, "xl/styles.xml"))
        places = _sheet_parts(archive)
        marks = {name: _marks(_part(archive, part), percents) for name, part in places.items()}
    opened: list[Opened] = []
    for sheet in _sheets(content):
        name, hidden, rows, merged, _ = sheet
        shares, errors = marks.get(name, (set(), {}))
        for (row, column), text in errors.items():
            _put(rows, row, column, text)
        opened.append((name, hidden, rows, merged, shares))
    return opened


def _xlsb(content: bytes) -> list[Opened]:
    _archive(content).close()
    return list(_sheets(content))


def _ods(content: bytes) -> list[Opened]:
    with _archive(content) as archive:
        if b"manifest:encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise RefusedFile("encrypted")
        shapes = Shapes(_part(archive, "content.xml")).found
    return [
        (name, hidden, rows, *shapes.get(name, ([], set())))
        for name, hidden, rows, _, _ in _sheets(content)
    ]


def _xls(content: bytes) -> list[Opened]:
    import xlrd  # noqa: PLC0415 - only the oldest format needs it

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        encrypted = "encrypt" in str(error).lower()
        raise RefusedFile("encrypted" if encrypted else "broken_workbook") from error
    if book.nsheets > MOST_SHEETS:
        raise RefusedFile("too_many_sheets")
    formats = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    shares = {i for i, text in enumerate(formats) if b"%" in LITERAL.sub(b"", text.encode())}
    opened: list[Opened] = []
    for sheet in book.sheets():
        if sheet.nrows * sheet.ncols > XLS_CELLS:
            raise RefusedFile("too_many_cells")
        rows = [
            [_xls_value(cell, book.datemode) for cell in sheet.row(r)] for r in range(sheet.nrows)
        ]
        merged = [(r, c, below - 1, right - 1) for r, below, c, right in sheet.merged_cells]
        percents = {
            (r, c)
            for r in range(sheet.nrows)
            for c, cell in enumerate(sheet.row(r))
            if cell.ctype == xlrd.XL_CELL_NUMBER and cell.xf_index in shares
        }
        opened.append((sheet.name, bool(sheet.visibility), rows, merged, percents))
    return opened


def _xls_value(cell: Any, datemode: int) -> Any:
    import xlrd  # noqa: PLC0415

    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return None
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return ERRORS.get(cell.value, "#N/A")
        case _:
            return cell.value if cell.value != "" else None


def _sheets(content: bytes) -> Iterator[Opened]:
    """Every sheet of cells as calamine reads it, at its own place."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    metadata = [m for m in book.sheets_metadata if m.typ is calamine.SheetTypeEnum.WorkSheet]
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise RefusedFile("too_many_sheets")
    total = 0
    for one in metadata:
        sheet = book.get_sheet_by_name(one.name)
        total += sheet.total_height * sheet.total_width
        if sheet.total_height > MOST_ROWS or total > MOST_CELLS:
            raise RefusedFile("too_many_cells")
        rows: Grid = [
            [None if value == "" else _finite(value) for value in row]
            for row in sheet.to_python(skip_empty_area=False)
        ]
        ranges = sheet.merged_cell_ranges or []
        merged = [(*start, *end) for start, end in dict.fromkeys(ranges)]
        height, width = len(rows), max(map(len, rows), default=0)
        covered = sum(
            max(0, min(b, height) - t + 1) * max(0, min(r, width) - l + 1) for t, l, b, r in merged
        )
        if covered > MOST_CELLS:
            raise RefusedFile("too_many_cells")
        yield one.name, one.visible is not calamine.SheetVisibleEnum.Visible, rows, merged, None


def _finite(value: Any) -> Any:
    """A number no spreadsheet can hold is an error of the file, not a figure."""
    return "#NUM!" if isinstance(value, float) and not math.isfinite(value) else value


def _archive(content: bytes) -> zipfile.ZipFile:
    """The zip, looked through before anything is made of it: size, names, and no DOCTYPE."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise RefusedFile("zip_bomb")
        for part in parts:
            _check_part(archive, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise RefusedFile("broken_workbook") from error
    return archive


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise RefusedFile("encrypted")
    if part.file_size > MOST_PART:
        raise RefusedFile("zip_bomb")
    if ".." in part.filename.split("/") or part.filename.startswith(("/", "\\")):
        raise RefusedFile("unsafe_workbook")
    # a part that unpacks to more than it says fails its checksum at the size it says; read
    # piece by piece, so that it never lies in memory as a whole
    cells, merges, tail = 0, 0, b""
    with archive.open(part) as source:
        while piece := source.read(PIECE):
            if part.filename.endswith(XML) and b"<!DOCTYPE" in tail + piece:
                raise RefusedFile("unsafe_workbook")
            cells += piece.count(b"<c ")
            merges += piece.count(b"<mergeCell ")
            if cells > MOST_CELLS or merges > MOST_MERGES:
                raise RefusedFile("too_many_cells")
            tail = piece[-len(b"<!DOCTYPE") :]


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        return b""


def _percent_styles(styles: bytes) -> set[bytes]:
    """Numbers of the cell styles whose number format is a percentage."""
    custom = {
        attributes[b"numFmtId"]
        for tag in re.findall(rb"<(?:\w+:)?numFmt\s([^>]*)>", styles)
        if b"%"
        in LITERAL.sub(b"", (attributes := dict(ATTRIBUTE.findall(tag))).get(b"formatCode", b""))
        and b"numFmtId" in attributes
    }
    known = custom | {str(number).encode() for number in PERCENTS}
    formats = re.search(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    tags = re.findall(rb"<(?:\w+:)?xf\s([^>]*)>", formats[0] if formats else b"")
    return {
        str(index).encode()
        for index, tag in enumerate(tags)
        if dict(ATTRIBUTE.findall(tag)).get(b"numFmtId") in known
    }


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by its name."""
    targets = {}
    for tag in re.findall(
        rb"<(?:\w+:)?Relationship\s([^>]*)>", _part(archive, "xl/_rels/workbook.xml.rels")
    ):
        attributes = dict(ATTRIBUTE.findall(tag))
        target = attributes.get(b"Target", b"").decode()
        targets[attributes.get(b"Id")] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    parts: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            number = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            parts[attributes.get("name", "")] = targets.get(number.encode(), "")

    parser = expat.ParserCreate()
    parser.StartElementHandler = sheet
    parser.Parse(_part(archive, "xl/workbook.xml"), True)
    return parts


def _marks(
    sheet: bytes, percents: set[bytes]
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], str]]:
    """Cells shown as percentages, and cells that hold an error, which calamine reads as blank."""
    if WIDE.search(sheet):
        raise RefusedFile("too_many_cells")
    shares: set[tuple[int, int]] = set()
    errors: dict[tuple[int, int], str] = {}
    wanted = [rb"<f", rb't="e"', rb"t='e'", *(rb's="%s"' % style for style in percents)]
    if not any(mark in sheet for mark in wanted):
        return shares, errors
    for cell in CELL.finditer(sheet):
        attributes = dict(ATTRIBUTE.findall(cell[1]))
        if b"r" not in attributes:
            continue
        if attributes.get(b"s") in percents and not cell[2]:
            shares.add(_place(attributes[b"r"]))
        if attributes.get(b"t") == b"e":
            found = VALUE.search(sheet, cell.end(), cell.end() + 4096)
            errors[_place(attributes[b"r"])] = found[1].decode() if found else "#N/A"
        elif not cell[2] and FORMULA.match(sheet, cell.end()):
            errors[_place(attributes[b"r"])] = NO_VALUE
    return shares, errors


def _place(name: bytes) -> tuple[int, int]:
    letters = name.rstrip(b"0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return int(name[len(letters) :]) - 1, column - 1


def _put(rows: Grid, row: int, column: int, text: str) -> None:
    if row >= MOST_ROWS:
        raise RefusedFile("too_many_cells")
    while len(rows) <= row:
        rows.append([])
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = text


class Shapes:
    """Merged ranges and percentage cells of an OpenDocument, which calamine does not tell."""

    def __init__(self, content: bytes) -> None:
        self.found: dict[str, tuple[list[Any], set[tuple[int, int]]]] = {}
        self.table, self.row, self.column, self.repeated = "", 0, 0, 1
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.table, self.row = attributes.get("table:name", ""), 0
            self.found.setdefault(self.table, ([], set()))
        elif name == "table:table-row":
            self.column = 0
            self.repeated = int(attributes.get("table:number-rows-repeated", "1"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell(attributes)

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.repeated

    def cell(self, attributes: dict[str, str]) -> None:
        width = int(attributes.get("table:number-columns-repeated", "1"))
        down = int(attributes.get("table:number-rows-spanned", "1"))
        right = int(attributes.get("table:number-columns-spanned", "1"))
        merged, percents = self.found[self.table]
        same = width * self.repeated + len(percents)
        if "office:value-type" in attributes and same > MOST_ROWS:
            raise RefusedFile("too_many_cells")
        if down > 1 or right > 1:
            merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
        if attributes.get("office:value-type") == "percentage":
            rows, columns = range(self.repeated), range(width)
            percents |= {(self.row + r, self.column + c) for r in rows for c in columns}
        self.column += width


READERS = {"xlsx": _xlsx, "xlsb": _xlsb, "ods": _ods, "xls": _xls}

if __name__ == "__main__":
    main()
