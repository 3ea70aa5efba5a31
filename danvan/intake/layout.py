"""Layout: where in a sheet the tables are, and of which figure each of their cells speaks.

One idea reads every arrangement: a cell's figure is what its row, the headings above it and the
sheet around it say together. Rows may list units or indicators, headings the other, or both may
stand in the rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from danvan.intake.book import is_figure
from danvan.intake.headings import LISTING, Axis, said
from danvan.intake.heads import FOOTER, Heads
from danvan.intake.labels import Label, Labels, has_number, is_number
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field
from danvan.intake.times import Time

FIELDS_OF_ROWS = {Field.MEASURE, Field.NOTE, Field.STATUS}
MEASURED = re.compile(r"\(?(?:đvt|đơn vị(?: tính)?)\s*:", re.IGNORECASE)
WARDS = {spelled("phường"), "p"}
ENOUGH = 1000  # rows that show what a column lists
WIDEST_TITLE = 12  # rows above a table that may speak of it


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
    def key(self) -> str:
        """What a question about the column is known by within its table."""
        return f"{self.index}:{spelled(self.text)}"

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
    rows: tuple[int, ...] = ()  # of the body, those that say anything

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


class Layout:
    """Finds the tables of a sheet."""

    def __init__(self, labels: Labels) -> None:
        self.labels, self.heads = labels, Heads(labels)

    def tables(self) -> list[Table]:
        """The tables of the sheet, from top to bottom."""
        heads = self.heads.found()
        found = []
        for at, head in enumerate(heads):
            end = heads[at + 1].start if at + 1 < len(heads) else len(self.labels.rows)
            start = heads[at - 1].stop if at else 0
            titles = self._titles(max(start, head.start - WIDEST_TITLE), head.start, first=not at)
            found += self._tables(head, range(head.stop, end), titles)
        return found

    def _tables(self, head: range, body: range, titles: tuple[str, ...]) -> list[Table]:
        """The table below a head, or several that stand side by side under the same kind of heads."""
        width = max((len(self.labels.rows[row]) for row in (*head, *body)), default=0)
        columns = {c: self._column(head, c) for c in range(width)}
        measures = self._measures(columns, body)
        starts = _blocks({c: column for c, column in columns.items() if c not in measures})
        return [
            self._table(head, body, titles, {c: columns[c] for c in range(start, stop)})
            for start, stop in zip(starts, [*starts[1:], width], strict=True)
        ]

    def _titles(self, start: int, stop: int, first: bool) -> tuple[str, ...]:
        """Texts above a table; below an earlier one only those that stand alone in their row."""
        titles: list[str] = []
        for row in range(start, stop):
            texts = list(
                dict.fromkeys(
                    t for c in range(len(self.labels.rows[row])) if (t := self.labels.text(row, c))
                )
            )
            numbers = any(is_number(value) for value in self.labels.rows[row])
            speaking = [text for text in texts if not MEASURED.match(text)]
            if first or (len(speaking) == 1 and not numbers):
                titles += texts
        return tuple(titles)

    def _table(
        self, head: range, body: range, titles: tuple[str, ...], columns: dict[int, Column]
    ) -> Table:
        body = range(body.start, self._foot(body))
        self._name_wards(columns, body)
        fields = self._fields(columns, body)
        units, indicators = self._axes({c: columns[c] for c in columns if c != fields}, body)
        measures = self._measures(columns, body)
        table = Table(columns, body, titles, units, indicators, head, measures, fields)
        return replace(table, rows=tuple(self._body(table)))

    def _name_wards(self, columns: dict[int, Column], body: range) -> None:
        """Wards written as bare numbers in a column of units get their whole names."""
        for column in columns.values():
            before = (columns[c] for c in columns if c < column.index)
            first = all(Axis.ITEM in other.axes for other in before)
            wards = WARDS & set(spelled(column.text).split())
            if Axis.UNIT not in column.axes or not wards or not first:
                continue
            for row in body:
                value = self.labels.value(row, column.index)
                number = value if isinstance(value, int | float) else None
                if number and self.labels.names.unit(f"Phường {number:g}"):
                    self.labels.rows[row][column.index] = f"Phường {number:g}"

    def _fields(self, columns: dict[int, Column], body: range) -> int | None:
        """The column that says of each row whether it states targets or results."""
        for column in columns:
            texts = {text for row in body[:ENOUGH] if (text := self.labels.text(row, column))}
            fields = [said(text).fields for text in texts]
            kinds = {field for found in fields for field in found}
            if all(len(found) == 1 for found in fields) and {Field.TARGET, Field.RESULT} <= kinds:
                return column
        return None

    def _column(self, head: range, column: int) -> Column:
        """The headings above a column; one that is not merged reaches to the next one."""
        labels: list[Label] = []
        lowest = (head.start, column)
        for row in head:
            if self.heads.is_numbering(row):
                continue
            label = self.labels.at(row, column)
            if label is None and row + 1 < head.stop:
                label = self._reaching(head, row, column)
            elif label is not None:
                lowest = self.labels.inner.get((row, column), (row, column))
            if label is not None and (not labels or labels[-1].text != label.text):
                labels.append(label)
        return Column(column, self._joined(labels), lowest)

    def _joined(self, labels: list[Label]) -> tuple[Label, ...]:
        """Headings that name an indicator only together: "Mô hình Dân vận khéo" over "Đăng ký"."""
        for at, (upper, lower) in enumerate(pairwise(labels)):
            both = self.labels.label(f"{upper.text} {lower.text}")
            if both.indicator and not upper.indicator and not lower.indicator:
                return (*labels[:at], both, *labels[at + 2 :])
        return tuple(labels)

    def _reaching(self, head: range, row: int, column: int) -> Label | None:
        """The heading to the left that stands over this column too, though it is not merged."""
        below = [
            self.labels.at(r, column)
            for r in range(row + 1, head.stop)
            if not self.heads.is_numbering(r)
        ]
        if not any(below) or any(label and label.said.axes & LISTING for label in below):
            return None
        for left in range(column - 1, -1, -1):
            label = self.labels.at(row, left)
            if label:
                alone = label.said.axes & LISTING or label.said.fields & FIELDS_OF_ROWS
                merged = (row, left) in self.labels.inner or any(
                    m[:2] == (row, left) for m in self.labels.sheet.merged
                )
                return None if alone or merged else label
        return None

    def _foot(self, body: range) -> int:
        """The row where the table ends: notes and signatures begin, or nothing follows."""
        for row in body:
            if has_number(self.labels.rows[row]) or not any(self.labels.rows[row]):
                continue
            texts = (
                t for c in range(len(self.labels.rows[row])) if (t := self.labels.text(row, c))
            )
            if FOOTER.match(next(texts, "")) and not self._goes_on(row, body):
                return row
        return body.stop

    def _goes_on(self, row: int, body: range) -> bool:
        """Whether figures of a known name stand in a row like a foot, or right below it."""
        for below in range(row, min(row + 3, body.stop)):
            labels = [self.labels.at(below, c) for c in range(len(self.labels.rows[below]))]
            named = any(label and (label.unit or label.indicator) for label in labels)
            if named and any(is_figure(value) for value in self.labels.rows[below]):
                return True
        return False

    def _axes(self, columns: dict[int, Column], body: range) -> tuple[int | None, int | None]:
        """The columns that list units and indicators, by what is in them and then by heading."""
        units: dict[int, int] = {}
        indicators: dict[int, int] = {}
        texts: dict[int, int] = {}
        for row in body[:ENOUGH]:
            for column in columns:
                label = self.labels.at(row, column)
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
            if any(self.labels.text(row, c) for row in body[:ENOUGH])
            and not any(
                (t := self.labels.text(row, c)) and not self.labels.names.is_measure(t)
                for row in body[:ENOUGH]
            )
        )

    def _body(self, table: Table) -> Iterator[int]:
        """The rows of a table that say anything."""
        for row in table.body:
            cells = self.labels.rows[row]
            if any(value is not None for value in cells) and not self._renumbers(row, table):
                yield row

    def _renumbers(self, row: int, table: Table) -> bool:
        """A line that numbers the columns: marked as such, or again the one below the headings."""
        if not self.heads.is_numbering(row):
            return False
        marked = not all(is_number(value) for value in self.labels.rows[row] if value is not None)
        again = any(self.labels.rows[row] == self.labels.rows[other] for other in table.head)
        return marked or again


def _blocks(columns: dict[int, Column]) -> list[int]:
    """The first columns of tables that stand side by side: each lists units again, after figures."""
    listing = [c for c, column in columns.items() if column.axes == {Axis.UNIT}]
    starts = [0]
    for before, column in pairwise(listing):
        beside = columns.get(column - 1)
        first = column - 1 if beside and Axis.ITEM in beside.axes else column
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
