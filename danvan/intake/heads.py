"""Heads: which rows of a sheet are the headings of tables."""

from __future__ import annotations

import re

from danvan.intake.headings import LISTING, Axis, said
from danvan.intake.labels import Labels, has_number, is_number

FOOTER = re.compile(
    r"^(?:ghi chú|nơi nhận|người lập|người tổng hợp|người báo cáo|thủ trưởng|tm\b|t/m|kt\b|k/t|"
    r"chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng ban|xác nhận|lập biểu|ký tên|\(ký|"
    r".{0,40}ngày\s*[\d.… ]*\s*tháng\s*[\d.… ]*\s*năm)",
    re.IGNORECASE,
)
"""How the lines below a table begin: notes, dates, signatures."""
ORDINAL = re.compile(r"\(?\[?\s*(?:\d{1,2}|[A-Za-z]|[IVX]+)\s*\]?\)?(?:\s*=.*)?|\(?\d+\s*[=:+/].*")
MARKED = re.compile(r"\(\d|\d\s*=|^[AB]$|^\[?\d+\]?$")
LONG = 14  # characters; the line that numbers the columns has none so long
FEWEST_NUMBERED = 3  # columns that a line must number
MOST_LINES = 5  # of headings, the line of numbers among them
NEAR = 12  # rows below a line of numbers that show whether it numbers columns


class Heads:
    """Finds the headings among the rows."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def found(self) -> list[range]:
        """The rows of each head, from top to bottom."""
        heads: list[range] = []
        row = 0
        while row < len(self.labels.rows):
            if self._is_head(row):
                stop = self._head_stop(row)
                heads.append(range(row, stop))
                row = stop
            else:
                row += 1
        return heads

    def _is_head(self, row: int) -> bool:
        """Whether a row of headings begins a table here."""
        cells = self.labels.rows[row]
        if has_number(cells) or not any(cells):
            return False
        labels = [label for column in range(len(cells)) if (label := self.labels.at(row, column))]
        if len({label.text for label in labels}) < 2:
            return False
        headings = {l.text for l in labels if l.said.fields or l.said.axes or l.said.time.says}
        axes = any(l.said.axes & LISTING for l in labels)
        units = len({l.unit for l in labels if l.unit})
        indicators = len({l.indicator.code for l in labels if l.indicator})
        across = max(units, indicators)
        if units and indicators and not axes:
            return False
        first = next((label for label in labels if label.known), None)
        if first is not None and (first.unit or first.indicator):
            return not axes and across >= 2 and 2 * across >= len({label.text for label in labels})
        texts = len({label.text for label in labels})
        if axes:
            return len(headings) >= 2 or across > 0 or texts >= 3
        return (len(headings) >= 2 or across >= 2) and 2 * (len(headings) + across) >= texts

    def _head_stop(self, start: int) -> int:
        """The first row below the headings that is none: two more at most, and the line of numbers."""
        row = start + 1
        axis = [c for c in range(len(self.labels.rows[start])) if self._is_axis(start, c)]
        while row < len(self.labels.rows) and row < start + MOST_LINES:
            if not self.is_numbering(row) and not self._continues(start, row, axis):
                break
            row += 1
        while row > start + 1 and not any(v is not None for v in self.labels.rows[row - 1]):
            row -= 1
        return row

    def _is_axis(self, row: int, column: int) -> bool:
        label = self.labels.at(row, column)
        return bool(label and label.said.axes & LISTING)

    def _continues(self, start: int, row: int, axis: list[int]) -> bool:
        """Whether the row is a lower line of the headings: nothing is listed in it yet."""
        cells = self.labels.rows[row]
        if any(is_number(value) for value in cells):
            return False
        texts = {c: t for c in range(len(cells)) if (t := self.labels.text(row, c))}
        if not texts:
            return False
        for column in axis:
            text = texts.get(column)
            if text and text != self.labels.text(start, column) and not said(text).axes:
                return False
        new = {c: t for c, t in texts.items() if t != self.labels.text(row - 1, c)}
        if not new or FOOTER.match(next(iter(new.values()))):
            return False
        if not axis and min(new) <= min(
            (c for c in range(len(self.labels.rows[start])) if self.labels.text(start, c)),
            default=0,
        ):
            return False
        known = sum(self.labels.label(text).known for text in new.values())
        return known > 0 or len(new) > 1

    def is_numbering(self, row: int) -> bool:
        """A line that numbers the columns: (1) (2) (3), A B 1 2 3=2/1."""
        if any(isinstance(value, str) and len(value) > LONG for value in self.labels.rows[row]):
            return False
        cells = [
            v
            for c, v in enumerate(self.labels.rows[row])
            if v is not None and (row, c) not in self.labels.inner
        ]
        if len(cells) < FEWEST_NUMBERED:
            return False
        if all(is_number(value) for value in cells):
            counting = [str(value).removesuffix(".0") for value in cells] in _countings(len(cells))
            return counting and self._heads_numbers(row)
        texts = [str(value).strip().removesuffix(".0") for value in cells]
        marked = any(MARKED.search(text) for text in texts)
        return marked and all(ORDINAL.fullmatch(text) for text in texts) and _counts_up(texts)

    def _heads_numbers(self, row: int) -> bool:
        """Whether a row of 1 2 3 numbers the columns: rows of figures follow that do not count on."""
        below = [cells for cells in self.labels.rows[row + 1 : row + 1 + NEAR] if has_number(cells)]
        first = next(c for c, value in enumerate(self.labels.rows[row]) if value is not None)
        if not below or (
            is_number(self.labels.value(row + 1, first)) and not self._lists(row, first)
        ):
            return False
        return any(isinstance(value, str) for cells in below for value in cells[first : first + 2])

    def _lists(self, row: int, column: int) -> bool:
        """Whether a heading right above says that the column numbers a list."""
        labels = (self.labels.at(above, column) for above in range(max(0, row - 3), row))
        return any(label and Axis.ITEM in label.said.axes for label in labels)


def _countings(width: int) -> list[list[str]]:
    """1 2 3 … and 0 1 2 …, as a line of numbers begins."""
    return [[str(first + at) for at in range(width)] for first in (0, 1)]


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return len(numbers) > 1 and numbers == sorted(set(numbers)) and numbers[0] <= 2
