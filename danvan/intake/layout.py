"""Layout: where in a sheet the tables are, and of which figure each of their cells speaks.

One idea reads every arrangement: a cell's figure is what its row, the headings above it and the
sheet around it say together. Rows may list units or indicators, headings the other, or both may
stand in the rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeGuard

from danvan.intake.book import Sheet, Value, cell_name, is_figure
from danvan.intake.headings import LISTING, Axis, Said, said
from danvan.intake.names import Match, Names
from danvan.intake.spelling import spelled, without_brackets, without_item
from danvan.intake.stated import Field
from danvan.intake.times import Time

ORDINAL = re.compile(r"\(?\[?\s*(?:\d{1,2}|[A-Za-z]|[IVX]+)\s*\]?\)?(?:\s*=.*)?|\(?\d+\s*[=:+/].*")
FOOTER = re.compile(
    r"^(?:ghi chú|nơi nhận|người lập|người tổng hợp|người báo cáo|thủ trưởng|tm\b|t/m|kt\b|k/t|"
    r"chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng ban|xác nhận|lập biểu|ký tên|\(ký|"
    r".{0,40}ngày\s*[\d.… ]*\s*tháng\s*[\d.… ]*\s*năm)",
    re.IGNORECASE,
)
FIELDS_OF_ROWS = {Field.MEASURE, Field.NOTE, Field.STATUS}
MEASURED = re.compile(r"\(?(?:đvt|đơn vị(?: tính)?)\s*:", re.IGNORECASE)
PERIOD_WORDS = {"tháng": 12, "quý": 4, "quí": 4}
WARDS = {spelled("phường"), "p"}
COMPOUND = re.compile(r"\n|\s[-–—]\s|:\s|\s*[()]\s*")
YEARS = (1990, 2100)
NUMERIC = frozenset({int, float})  # and not bool, which is a kind of int
ENOUGH = 1000  # rows that show what a column lists
LONG = 14  # characters; the line that numbers the columns has none so long
FEWEST_NUMBERED = 3  # columns that a line must number
MARKED = re.compile(r"\(\d|\d\s*=|^[AB]$|^\[?\d+\]?$")
WIDEST_TITLE = 12  # rows above a table that may speak of it


@dataclass(frozen=True)
class Label:
    """What one text may be: a heading, a unit, an indicator, an area."""

    text: str
    said: Said
    unit: str | None = None
    indicator: Match | None = None
    area: str | None = None

    @property
    def known(self) -> bool:
        return bool(self.said.known or self.unit or self.indicator or self.area)

    @property
    def total(self) -> bool:
        return Axis.TOTAL in self.said.axes


@dataclass(frozen=True)
class Column:
    """What the headings above a column say."""

    index: int
    labels: tuple[Label, ...]
    head: tuple[int, int]  # the lowest cell of its headings

    @cached_property
    def axes(self) -> frozenset[Axis]:
        return frozenset(axis for label in self.labels for axis in label.said.axes)

    @cached_property
    def fields(self) -> frozenset[Field]:
        """Fields of the lowest heading that names any."""
        for label in reversed(self.labels):
            if label.said.fields:
                return label.said.fields
        return frozenset()

    @property
    def text(self) -> str:
        return " / ".join(dict.fromkeys(label.text for label in self.labels))

    @property
    def times(self) -> list[Time]:
        """What its headings say of time, the lowest first."""
        return [label.said.time for label in reversed(self.labels)]


@dataclass(frozen=True)
class Table:
    """A block of headings with the rows below it; `titles` are the texts above."""

    columns: dict[int, Column]
    body: range
    titles: tuple[str, ...]
    units: int | None  # the column that lists units
    indicators: int | None  # the column that lists indicators, which may be the same
    head: range = field(default=range(0))
    measures: frozenset[int] = frozenset()
    fields: int | None = None  # the column whose rows say "KH", "TH"

    @cached_property
    def shape(self) -> str:
        """The same for two files whose tables have the same headings."""
        heads = "|".join(f"{c.index}:{spelled(c.text)}" for c in self.columns.values())
        return hashlib.sha256(heads.encode()).hexdigest()[:16]

    def column_of(self, wanted: Field) -> int | None:
        """The column of labels that says this of every row."""
        for column in self.columns.values():
            if wanted is Field.MEASURE and column.index in self.measures:
                return column.index
            if wanted in column.fields and column.index not in (self.units, self.indicators):
                return column.index
        return None


class Labels:
    """The texts of a sheet with what they may be; merged cells say the same everywhere."""

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet, self.names = sheet, names
        self._known: dict[str, Label] = {}
        self._areas = {
            spelled(name): area.code for area in names.catalogue.areas for name in (area.name,)
        }
        self.rows = [list(row) for row in sheet.rows]
        self.inner: dict[tuple[int, int], tuple[int, int]] = {}
        for area in dict.fromkeys(sheet.merged):
            self._spread(*area)
        self._name_periods()

    def _name_periods(self) -> None:
        """Months and quarters that stand as bare numbers below "Tháng", across the columns."""
        for row, below in enumerate(self.rows[1:]):
            texts = [v.strip().lower() if v.__class__ is str else "" for v in self.rows[row]]
            if not PERIOD_WORDS.keys() & texts:
                continue
            for column, text in enumerate(texts[: len(below)]):
                beside = text in (*texts[:column], *texts[column + 1 :])
                value = below[column]
                most = PERIOD_WORDS.get(text, 0)
                if beside and isinstance(value, int | float) and value in range(1, most + 1):
                    below[column] = f"{text} {value:g}"

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        """The text of a merged cell in all its places; a number stays in its own."""
        value = self.value(top, left)
        bottom, right = min(bottom, len(self.rows) - 1), min(right, left + 256)
        if (bottom - top + 1) * (right - left + 1) > 100_000:
            return
        for row in range(top, bottom + 1):
            cells = self.rows[row]
            cells += [None] * (right + 1 - len(cells))
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    self.inner[row, column] = (top, left)
                    if isinstance(value, str):
                        cells[column] = value

    def value(self, row: int, column: int) -> Value:
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The text of a cell; a number that may be a year counts as one."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        if isinstance(value, str):
            return value.strip()
        return str(int(value)) if _may_be_year(value) else ""

    def label(self, text: str) -> Label:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def at(self, row: int, column: int) -> Label | None:
        text = self.text(row, column)
        return self.label(text) if text else None

    def _read(self, text: str) -> Label:
        heading = said(text)
        if heading.known:
            return Label(text, heading, area=self.area(text))
        unit = self.names.unit(text)
        if unit:
            return Label(text, Said(time=heading.time), unit=unit)
        indicator = self.names.indicator(text)
        if indicator:
            return Label(text, Said(), indicator=indicator, area=self.area(text))
        area = self.area(text)
        return Label(text, Said(), area=area) if area else self._compound(text, heading)

    def _compound(self, text: str, heading: Said) -> Label:
        """A heading of two parts: "Mô hình DVK đăng ký (KH)", "Kế hoạch - Phường 1"."""
        parts = [part.strip() for part in COMPOUND.split(text) if part.strip()]
        if len(parts) == 2:
            one, two = (self.label(part) for part in parts)
            if one.said.known and (two.unit or two.indicator):
                one, two = two, one
            if two.said.known and (one.unit or one.indicator):
                return Label(text, two.said, one.unit, one.indicator, one.area)
            if one.said.known and two.said.known:
                return Label(text, _both(one.said, two.said))
        return Label(text, heading)

    def area(self, text: str) -> str | None:
        for form in (text, without_item(text), without_brackets(without_item(text))):
            key = spelled(form)
            for start in ("", "linh vực ", "công tác ", "về "):
                found = self._areas.get(
                    key.removeprefix(spelled(start.strip()) + " ") if start else key
                )
                if found:
                    return found
        return None

    def tables(self) -> list[Table]:
        """The tables of the sheet, from top to bottom."""
        heads = self._heads()
        found = []
        for at, head in enumerate(heads):
            end = heads[at + 1].start if at + 1 < len(heads) else len(self.rows)
            start = heads[at - 1].stop if at else 0
            titles = self._titles(max(start, head.start - WIDEST_TITLE), head.start, first=not at)
            found += self._tables(head, range(head.stop, end), titles)
        return found

    def _heads_numbers(self, row: int) -> bool:
        """Whether a row of 1 2 3 numbers the columns: rows of figures follow that do not count on."""
        below = [
            cells for cells in self.rows[row + 1 : row + 1 + WIDEST_TITLE] if _has_number(cells)
        ]
        first = next(c for c, value in enumerate(self.rows[row]) if value is not None)
        if not below or (_is_number(self.value(row + 1, first)) and not self._lists(row, first)):
            return False
        return any(isinstance(value, str) for cells in below for value in cells[first : first + 2])

    def _lists(self, row: int, column: int) -> bool:
        """Whether a heading right above says that the column numbers a list."""
        labels = (self.at(above, column) for above in range(max(0, row - 3), row))
        return any(label and Axis.ITEM in label.said.axes for label in labels)

    def _tables(self, head: range, body: range, titles: tuple[str, ...]) -> list[Table]:
        """The table below a head, or several that stand side by side under the same kind of heads."""
        width = max((len(self.rows[row]) for row in (*head, *body)), default=0)
        columns = {c: self._column(head, c) for c in range(width)}
        starts = _blocks(columns)
        return [
            self._table(head, body, titles, {c: columns[c] for c in range(start, stop)})
            for start, stop in zip(starts, [*starts[1:], width], strict=True)
        ]

    def _titles(self, start: int, stop: int, first: bool) -> tuple[str, ...]:
        """Texts above a table; below an earlier one only those that stand alone in their row."""
        titles: list[str] = []
        for row in range(start, stop):
            texts = list(
                dict.fromkeys(t for c in range(len(self.rows[row])) if (t := self.text(row, c)))
            )
            numbers = any(_is_number(value) for value in self.rows[row])
            speaking = [text for text in texts if not MEASURED.match(text)]
            if first or (len(speaking) == 1 and not numbers):
                titles += texts
        return tuple(titles)

    def _heads(self) -> list[range]:
        heads: list[range] = []
        row = 0
        while row < len(self.rows):
            if self._is_head(row):
                stop = self._head_stop(row)
                heads.append(range(row, stop))
                row = stop
            else:
                row += 1
        return heads

    def _is_head(self, row: int) -> bool:
        """Whether a row of headings begins a table here."""
        cells = self.rows[row]
        if _has_number(cells) or not any(cells):
            return False
        labels = [label for column in range(len(cells)) if (label := self.at(row, column))]
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
        axis = [c for c in range(len(self.rows[start])) if self._is_axis(start, c)]
        while row < len(self.rows) and row <= start + 4:
            if not self.is_numbering(row) and not self._continues(start, row, axis):
                break
            row += 1
        while row > start + 1 and not any(v is not None for v in self.rows[row - 1]):
            row -= 1
        return row

    def _is_axis(self, row: int, column: int) -> bool:
        label = self.at(row, column)
        return bool(label and label.said.axes & LISTING)

    def _continues(self, start: int, row: int, axis: list[int]) -> bool:
        """Whether the row is a lower line of the headings: nothing is listed in it yet."""
        cells = self.rows[row]
        if any(_is_number(value) for value in cells):
            return False
        texts = {c: t for c in range(len(cells)) if (t := self.text(row, c))}
        if not texts:
            return False
        for column in axis:
            text = texts.get(column)
            if text and text != self.text(start, column) and not said(text).axes:
                return False
        new = {c: t for c, t in texts.items() if t != self.text(row - 1, c)}
        if not new or FOOTER.match(next(iter(new.values()))):
            return False
        if not axis and min(new) <= min(
            (c for c in range(len(self.rows[start])) if self.text(start, c)), default=0
        ):
            return False
        known = sum(self.label(text).known for text in new.values())
        return known > 0 or len(new) > 1

    def is_numbering(self, row: int) -> bool:
        """A line that numbers the columns: (1) (2) (3), A B 1 2 3=2/1."""
        if any(isinstance(value, str) and len(value) > LONG for value in self.rows[row]):
            return False
        cells = [
            v for c, v in enumerate(self.rows[row]) if v is not None and (row, c) not in self.inner
        ]
        if len(cells) < FEWEST_NUMBERED:
            return False
        if all(_is_number(value) for value in cells):
            counting = [str(value).removesuffix(".0") for value in cells] in _countings(len(cells))
            return counting and self._heads_numbers(row)
        texts = [str(value).strip().removesuffix(".0") for value in cells]
        marked = any(MARKED.search(text) for text in texts)
        return marked and all(ORDINAL.fullmatch(text) for text in texts) and _counts_up(texts)

    def _table(
        self, head: range, body: range, titles: tuple[str, ...], columns: dict[int, Column]
    ) -> Table:
        body = range(body.start, self._foot(body))
        self._name_wards(columns, body)
        fields = self._fields(columns, body)
        units, indicators = self._axes({c: columns[c] for c in columns if c != fields}, body)
        measures = self._measures(columns, body)
        return Table(columns, body, titles, units, indicators, head, measures, fields)

    def _name_wards(self, columns: dict[int, Column], body: range) -> None:
        """Wards written as bare numbers in a column of units get their whole names."""
        for column in columns.values():
            if Axis.UNIT not in column.axes or not WARDS & set(spelled(column.text).split()):
                continue
            for row in body:
                value = self.value(row, column.index)
                number = value if isinstance(value, int | float) else None
                if number and self.names.unit(f"Phường {number:g}"):
                    self.rows[row][column.index] = f"Phường {number:g}"

    def _fields(self, columns: dict[int, Column], body: range) -> int | None:
        """The column that says of each row whether it states targets or results."""
        for column in columns:
            texts = {text for row in body[:ENOUGH] if (text := self.text(row, column))}
            fields = [said(text).fields for text in texts]
            if len(texts) > 1 and all(len(found) == 1 for found in fields):
                return column
        return None

    def _column(self, head: range, column: int) -> Column:
        """The headings above a column; one that is not merged reaches to the next one."""
        labels: list[Label] = []
        lowest = (head.start, column)
        for row in head:
            if self.is_numbering(row):
                continue
            label = self.at(row, column)
            if label is None and row + 1 < head.stop:
                label = self._reaching(head, row, column)
            elif label is not None:
                lowest = self.inner.get((row, column), (row, column))
            if label is not None and (not labels or labels[-1].text != label.text):
                labels.append(label)
        return Column(column, tuple(labels), lowest)

    def _reaching(self, head: range, row: int, column: int) -> Label | None:
        """The heading to the left that stands over this column too, though it is not merged."""
        below = [self.at(r, column) for r in range(row + 1, head.stop) if not self.is_numbering(r)]
        if not any(below) or any(label and label.said.axes & LISTING for label in below):
            return None
        for left in range(column - 1, -1, -1):
            label = self.at(row, left)
            if label:
                alone = label.said.axes & LISTING or label.said.fields & FIELDS_OF_ROWS
                merged = (row, left) in self.inner or any(
                    m[:2] == (row, left) for m in self.sheet.merged
                )
                return None if alone or merged else label
        return None

    def _foot(self, body: range) -> int:
        """The row where the table ends: notes and signatures begin, or nothing follows."""
        for row in body:
            if _has_number(self.rows[row]) or not any(self.rows[row]):
                continue
            texts = (t for c in range(len(self.rows[row])) if (t := self.text(row, c)))
            if FOOTER.match(next(texts, "")) and not self._goes_on(row, body):
                return row
        return body.stop

    def _goes_on(self, row: int, body: range) -> bool:
        """Whether figures of a known name stand in a row like a foot, or right below it."""
        for below in range(row, min(row + 3, body.stop)):
            labels = [self.at(below, c) for c in range(len(self.rows[below]))]
            named = any(label and (label.unit or label.indicator) for label in labels)
            if named and any(is_figure(value) for value in self.rows[below]):
                return True
        return False

    def _axes(self, columns: dict[int, Column], body: range) -> tuple[int | None, int | None]:
        """The columns that list units and indicators, by what is in them and then by heading."""
        units: dict[int, int] = {}
        indicators: dict[int, int] = {}
        texts: dict[int, int] = {}
        for row in body[:ENOUGH]:
            for column in columns:
                label = self.at(row, column)
                if label:
                    texts[column] = texts.get(column, 0) + 1
                    units[column] = units.get(column, 0) + bool(label.unit)
                    indicators[column] = indicators.get(column, 0) + bool(label.indicator)
        return (
            _axis(columns, Axis.UNIT, units, texts, self._measures(columns, body)),
            _axis(columns, Axis.INDICATOR, indicators, texts, frozenset()),
        )

    def _measures(self, columns: dict[int, Column], body: range) -> frozenset[int]:
        """Columns headed "Đơn vị" that hold units of measure."""
        headed = [c for c in columns if Axis.UNIT in columns[c].axes]
        return frozenset(
            c
            for c in headed
            if any(self.text(row, c) for row in body[:ENOUGH])
            and not any(
                (t := self.text(row, c)) and not self.names.is_measure(t) for row in body[:ENOUGH]
            )
        )

    def body(self, table: Table) -> Iterator[int]:
        """The rows of a table that say anything."""
        for row in table.body:
            cells = self.rows[row]
            if any(value is not None for value in cells) and not self._renumbers(row, table):
                yield row

    def _renumbers(self, row: int, table: Table) -> bool:
        """A line that numbers the columns: marked as such, or again the one below the headings."""
        if not self.is_numbering(row):
            return False
        marked = not all(_is_number(value) for value in self.rows[row] if value is not None)
        again = any(self.rows[row] == self.rows[other] for other in table.head)
        return marked or again

    def place(self, row: int, column: int) -> str:
        return cell_name(row, column)


def _blocks(columns: dict[int, Column]) -> list[int]:
    """The first columns of tables that stand side by side: each lists units again, after figures."""
    listing = [c for c, column in columns.items() if column.axes == {Axis.UNIT}]
    starts = [0]
    for before, column in pairwise(listing):
        first = column - 1 if Axis.ITEM in columns[column - 1].axes else column
        if first > before + 1:
            starts.append(first)
    return starts


def _axis(
    columns: dict[int, Column],
    axis: Axis,
    matches: dict[int, int],
    texts: dict[int, int],
    others: frozenset[int],
) -> int | None:
    fit = [c for c in columns if matches.get(c) and 2 * matches[c] >= texts[c]]
    named = [c for c in columns if axis in columns[c].axes and texts.get(c) and c not in others]
    if axis is Axis.UNIT:
        named = [c for c in named if not columns[c].fields]
    for column in (*named, *fit):
        if matches.get(column):
            return max(
                (c for c in {*named, *fit} if matches.get(c)),
                key=lambda c: (c in named, matches[c]),
            )
    return named[0] if named else None


def _both(one: Said, two: Said) -> Said:
    fields = two.fields or one.fields
    return Said(fields, one.axes | two.axes, two.time if two.time.says else one.time)


def _is_number(value: Value) -> bool:
    """A number that is no year: years stand in headings."""
    return value.__class__ in NUMERIC and not _may_be_year(value)


def _may_be_year(value: Value) -> TypeGuard[float]:
    # compared with the ends: whether a float is in a range is found out number by number
    return isinstance(value, int | float) and YEARS[0] <= value <= YEARS[1] and value == int(value)


def _countings(width: int) -> list[list[str]]:
    """1 2 3 … and 0 1 2 …, as a line of numbers begins."""
    return [[str(first + at) for at in range(width)] for first in (0, 1)]


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return len(numbers) > 1 and numbers == sorted(set(numbers)) and numbers[0] <= 2


def _has_number(cells: list[Value]) -> bool:
    """Whether a row has any number; asked of every row, and nearly always true at once."""
    return any(_is_number(value) for value in cells)
