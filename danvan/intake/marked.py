"""Marked: the workbook goes back to its office with every problem in its own cell, and a list of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from danvan.errors import Problem, Severity
from danvan.model import File
from danvan.wording import Words

LARGEST = 2 * 2**20  # bytes; larger ones take openpyxl too long and too much memory
MOST_UNPACKED = 24 * 2**20
LONGEST = 32_000  # characters of a cell; Excel's own limit is 32,767
AUTHOR = "danvan"
LOST = ("xl/drawings/drawing", "xl/charts/", "xl/media/", "xl/externalLinks/", "xl/pivot", "xl/vbaProject",
        "xl/ctrlProps/", "xl/slicers/", "xl/embeddings/", "xl/activeX/", "xl/diagrams/", "xl/threadedComments")  # fmt: skip
"""Parts that openpyxl would drop or spoil."""
TONES = {
    Severity.ERROR: ("FBE3E1", "B3261E"),
    Severity.QUESTION: ("FBEFCF", "E0A100"),
    Severity.WARNING: ("E4ECF3", "5F7890"),
}
WIDTHS = (12, 26, 18, 10, 26, 60, 60)


@dataclass(frozen=True)
class Marked:
    """A workbook to give back; not `whole` where only the list could be made."""

    name: str
    content: bytes
    whole: bool


def marked(file: File, problems: Sequence[Problem], words: Words) -> Marked:
    """The file with its problem cells coloured and commented and a sheet that lists them.

    Everything else stays as it was. Where that cannot be promised (another format, a large file,
    charts or pictures) the list alone comes back.
    """
    name = words("marked.name", stem=PurePath(file.name).stem)
    if _keeps_everything(file):
        try:
            book = openpyxl.load_workbook(io.BytesIO(file.content))
        except Exception:  # noqa: BLE001 - whatever openpyxl cannot open goes back as a list
            return Marked(name, listed(problems, words), False)
        for problem in problems:
            if problem.cell and problem.sheet in book.sheetnames:
                _mark(book[problem.sheet], problem, words)
        _list(
            book.create_sheet(_free(book, words("marked.sheet"))), problems, words, book.sheetnames
        )
        return Marked(name, _bytes(book), True)
    return Marked(name, listed(problems, words), False)


def listed(problems: Sequence[Problem], words: Words) -> bytes:
    """A workbook with the list of problems alone."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = words("marked.sheet")
    _list(sheet, problems, words, ())
    return _bytes(book)


def _keeps_everything(file: File) -> bool:
    if PurePath(file.name).suffix.lower() != ".xlsx" or len(file.content) > LARGEST:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            parts = archive.infolist()
            fits = sum(part.file_size for part in parts) <= MOST_UNPACKED
            return fits and not any(part.filename.startswith(LOST) for part in parts)
    except zipfile.BadZipFile:
        return False


def _mark(sheet: Worksheet, problem: Problem, words: Words) -> None:
    """Colour the cell and say in a comment what is wrong and what to do."""
    cell = sheet[problem.cell]
    for area in sheet.merged_cells.ranges:
        if problem.cell in area:
            cell = sheet.cell(area.min_row, area.min_col)
    fill, edge = TONES[problem.kind]
    cell.fill = PatternFill("solid", fill)
    border = copy(cell.border)
    side = Side(style="medium", color=edge)
    cell.border = Border(left=side, right=side, top=side, bottom=side, diagonal=border.diagonal)
    said = f"{problem.problem(words.language)} {problem.remedy(words.language)}"
    before = f"\n\n{cell.comment.text}" if cell.comment else ""
    comment = Comment(_safe(said + before), AUTHOR)
    comment.width, comment.height = 320, 120
    cell.comment = comment


def _list(
    sheet: Worksheet, problems: Sequence[Problem], words: Words, sheets: Sequence[str]
) -> None:
    """One problem a row, with the way to its cell."""
    columns = ("kind", "file", "sheet_of", "cell", "found", "problem", "remedy")
    for column, (name, width) in enumerate(zip(columns, WIDTHS, strict=True), 1):
        head = sheet.cell(1, column)
        _text(head, words(f"marked.{name}"))
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", "0B4F8A")
        sheet.column_dimensions[head.column_letter].width = width
    for row, problem in enumerate(problems, 2):
        texts = (words(f"severity.{problem.kind}"), problem.file, problem.sheet, problem.cell, problem.found,
                 problem.problem(words.language), problem.remedy(words.language))  # fmt: skip
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            _text(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.cell(row, 1).fill = PatternFill("solid", TONES[problem.kind][0])
        if problem.cell and problem.sheet in sheets:
            quoted = problem.sheet.replace("'", "''")
            at = f"D{row}"
            sheet[at].hyperlink = Hyperlink(ref=at, location=f"'{quoted}'!{problem.cell}")
            sheet.cell(row, 4).font = Font(color="0B4F8A", underline="single")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{len(problems) + 1}"


def _text(cell: Cell, text: str) -> None:
    """Text that stays text: never a formula, whatever it begins with."""
    cell.value = _safe(text)
    cell.data_type = "s"
    if text[:1] in tuple("=+-@\t\r"):
        cell.quotePrefix = True


def _safe(text: str) -> str:
    clean = ILLEGAL_CHARACTERS_RE.sub("□", text)
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"


def _free(book: Any, name: str) -> str:
    """The name, or the first free one like it."""
    taken = {title.lower() for title in book.sheetnames}
    names = [name, *(f"{name} ({n})" for n in range(2, len(taken) + 3))]
    return next(one for one in names if one.lower() not in taken)


def _bytes(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
