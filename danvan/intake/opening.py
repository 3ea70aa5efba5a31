"""Opened: the bytes of a file become a book of plain cells, or the reason why not."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from csv import Error as CsvError
from pathlib import Path, PurePath

from danvan.errors import Problem, Severity
from danvan.intake.book import Book, Sheet, Value
from danvan.intake.decoding import broken_line, csv_rows, decoded, separator_of
from danvan.intake.unpacking import MOST_CELLS, MOST_ROWS
from danvan.model import File

LIMIT = "DANVAN_UPLOAD_MIB"
USUAL_LIMIT = 10  # MiB; a year of a city is a few hundred kilobytes
SECONDS = 30  # a reader that has not ended by then is killed
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIXES = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".xlsb": "xlsb",
    ".ods": "ods",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
}
READER = Path(__file__).with_name("unpacking.py")


def largest_file() -> int:
    """Bytes a file may have: DANVAN_UPLOAD_MIB, or ten MiB."""
    text = os.environ.get(LIMIT, "")
    return (int(text) if text.isdigit() and int(text) else USUAL_LIMIT) * 2**20


def opened(file: File) -> Book | Problem:
    """The sheets of a file. Raises nothing: a file that cannot be read is a problem."""
    code = _refusal(file)
    if code:
        most = largest_file() // 2**20
        return Problem(Severity.ERROR, code, file.name, values={"most": most} if most else {})
    kind = SUFFIXES[PurePath(file.name).suffix.lower()]
    answer = _text(file) if kind == "csv" else _unpacked(file, kind)
    if isinstance(answer, str):
        return Problem(Severity.ERROR, answer, file.name)
    return Book(tuple(answer))


def commas_in_numbers(file: File) -> bool:
    """Whether the commas of a CSV file stand inside its numbers as well as between its columns."""
    text = decoded(file.content) if SUFFIXES[PurePath(file.name).suffix.lower()] == "csv" else None
    if not text or separator_of(text) != ",":
        return False
    return broken_line(csv_rows(text)) is not None


def _refusal(file: File) -> str:
    """The code of what speaks against opening the file at all."""
    kind = SUFFIXES.get(PurePath(file.name).suffix.lower())
    if not file.content:
        return "empty_file"
    if len(file.content) > largest_file():
        return "large_file"
    if kind is None:
        return "unknown_format"
    if kind != _sort(file.content):
        # Excel keeps a workbook with a password in the container of the old format
        locked = _sort(file.content) == "xls" and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P" in file.content
        return "encrypted" if locked else "wrong_suffix"
    return ""


def _sort(content: bytes) -> str:
    """The kind of file the first bytes are of."""
    if content.startswith(OLE):
        return "xls"
    if not content.startswith(ZIP):
        return "csv"
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        return "ods"
    if b"xl/workbook.bin" in content:
        return "xlsb"
    return "ods" if b"content.xml" in content and b"xl/" not in content else "xlsx"


def _text(file: File) -> list[Sheet] | str:
    text = decoded(file.content)
    if text is None:
        return "not_text"
    try:
        rows = csv_rows(text)
    except CsvError:
        return "broken_csv"
    if sum(map(any, rows)) > MOST_ROWS or sum(map(len, rows)) > MOST_CELLS:
        return "too_many_cells"
    cells: list[list[Value]] = [[cell if cell.strip() else None for cell in row] for row in rows]
    return [Sheet("", cells, percents=frozenset())]


def _unpacked(file: File, kind: str) -> list[Sheet] | str:
    """What the reader in its own process says; its death is an answer too."""
    command = [sys.executable, "-I", str(READER), kind]
    try:
        done = subprocess.run(
            command, input=file.content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "too_many_cells"
    if done.returncode:
        return "too_many_cells"
    answer = pickle.loads(done.stdout)  # written by our own process
    if isinstance(answer, str):
        return answer
    return [
        Sheet(name, rows, tuple(merged), None if percents is None else frozenset(percents), hidden)
        for name, hidden, rows, merged, percents in answer
    ]
