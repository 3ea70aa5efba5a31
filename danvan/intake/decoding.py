"""Decoded: the bytes of a CSV file as text, and the text as rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from itertools import islice, pairwise

from danvan.intake.fonts import WORD, is_syllable, unicode_text

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
SEPARATORS = ",;\t|"
SAMPLE = 50  # lines that show the separator
SAID = re.compile(r"^\ufeff?sep=(.)\r?$", re.IGNORECASE)
DIGITS = re.compile(r"\s*\d+\s*%?")
HALF = 0.3  # share of zero bytes at one parity that only UTF-16 has


def decoded(content: bytes) -> str | None:
    """The text of the bytes, or None where they are no text."""
    text = _decoded(content)
    return None if text is None or CONTROL.search(text) else text


def _decoded(content: bytes) -> str | None:
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _try(content, encoding)
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = content[first:4096:2]
        if half.count(0) > HALF * max(1, len(half)):
            return _try(content, encoding)
    text = _try(content, "utf-8")
    return text if text is not None else _windows(content)


def _windows(content: bytes) -> str:
    """Windows-1258, or Latin letters that old fonts show as Vietnamese, whichever makes sense."""
    modern = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    table = {
        code: bytes([code]).decode("cp1252", errors="ignore") or chr(code)
        for code in range(128, 160)
    }
    old = content.decode("latin-1").translate(table)
    return old if _sense(old) > _sense(modern) else modern


def _sense(text: str) -> float:
    """The share of words beyond ASCII that are Vietnamese, in Unicode or in an old font."""
    words = [word for word in WORD.findall(text[:20_000]) if not word.isascii()]
    fine = sum(is_syllable(word) or unicode_text(word) is not None for word in words)
    return fine / max(1, len(words))


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def csv_rows(text: str) -> list[list[str]]:
    """The records of a CSV text, blank ones too; raises csv.Error for broken quotes."""
    head, _, rest = text.partition("\n")
    if SAID.match(head):
        return [[], *_records(rest, separator_of(text))]
    return _records(text.removeprefix("\ufeff"), separator_of(text))


def separator_of(text: str) -> str:
    """The sign between columns: the one a first line "sep=;" names, or the one that divides most evenly."""
    said = SAID.match(text.partition("\n")[0])
    plain = text.removeprefix("\ufeff")
    return said[1] if said else max(SEPARATORS, key=lambda one: _evenness(plain, one))


def _records(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """How many of the first lines have the same number of columns, and how many columns."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        widths = Counter(len(row) for row in islice((row for row in reader if row), SAMPLE))
    except csv.Error:
        return (-1.0, 0)
    width, lines = max(
        ((w, n) for w, n in widths.items() if w > 1), key=lambda x: (x[1], x[0]), default=(1, 0)
    )
    return (lines / max(1, widths.total()), width)


def broken_line(rows: list[list[str]]) -> int | None:
    """The line that shows that commas stand inside its numbers too: wider than others, digits beside digits.

    None where nothing speaks for that. Lines are counted from 1.
    """
    widths = {len(row) for row in rows if len(row) > 1}
    if len(widths) < 2:
        return None
    for number, row in enumerate(rows, 1):
        if len(row) == max(widths) and any(
            DIGITS.fullmatch(one) and DIGITS.fullmatch(two) for one, two in pairwise(row)
        ):
            return number
    return None
