"""Columns: what the headings above a column add to the figure of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from danvan.errors import Severity
from danvan.intake.answers import SKIP
from danvan.intake.asking import Asking
from danvan.intake.book import is_figure
from danvan.intake.headings import Axis
from danvan.intake.labels import Label, Labels
from danvan.intake.layout import Column, Table
from danvan.intake.stated import Field
from danvan.intake.times import SILENT, Time, to_date
from danvan.intake.titles import Titles
from danvan.model import Period

OF_ROWS = frozenset({Field.NOTE, Field.STATUS, Field.MEASURE})
COUNTED = frozenset({Field.TARGET, Field.RESULT})
YEARLY = re.compile(r"\bnăm\b")


@dataclass(frozen=True)
class Part:
    """What one column says of the figures in it; `unknown` is the heading nobody understood."""

    column: int
    field: Field | None
    unit: str | None = None
    named: Label | None = None  # the heading that names an indicator
    area: str | None = None
    time: Time = SILENT
    total: bool = False
    unknown: Label | None = None
    heading: str = ""

    @property
    def code(self) -> str:
        """The indicator the heading names."""
        return self.named.indicator.code if self.named and self.named.indicator else ""


class Columns:
    """Reads the headings of one table."""

    def __init__(self, labels: Labels, table: Table, titles: Titles, asking: Asking) -> None:
        self.labels, self.table, self.titles, self.asking = labels, table, titles, asking
        self.rows = table.rows
        self.measure = table.column_of(Field.MEASURE)
        self.status = table.column_of(Field.STATUS)
        self.note = table.column_of(Field.NOTE)
        self.silent: set[int | None] = set()  # columns that are left unread on purpose
        self.period = self._listing(Axis.PERIOD)
        self.year = self._listing(Axis.YEAR)

    def _listing(self, axis: Axis) -> int | None:
        """The column whose heading says that it lists these."""
        columns = self.table.columns.values()
        return next((c.index for c in columns if axis in c.axes), None)

    def parts(self) -> list[Part]:
        """The columns that hold figures, each with its field."""
        known = {self.table.units, self.table.indicators, self.measure, self.status, self.note,
                 self.period, self.year, self.table.fields}  # fmt: skip
        columns = [c for c in self.table.columns.values() if c.index not in known]
        self.silent = known | {c.index for c in columns if self._is_remark(c)}
        columns = [c for c in columns if not self._is_remark(c) and self._is_data(c)]
        parts = [self._part(column, columns) for column in columns]
        return self._with_fields([part for part in parts if part is not None])

    def _is_remark(self, column: Column) -> bool:
        """Numbers of the list, notes, and other columns that say nothing about figures."""
        if column.axes & {Axis.ITEM, Axis.OTHER} and not column.fields:
            return True
        return bool(column.fields) and column.fields <= OF_ROWS

    def _is_data(self, column: Column) -> bool:
        """Whether the column has headings or numbers; an empty one between others has neither."""
        if column.labels:
            return True
        left = [c for c in (self.table.units, self.table.indicators) if c is not None]
        before_names = not left or column.index < min(left)
        return not before_names and self._figures(column) > 0

    def _figures(self, column: Column) -> int:
        return sum(is_figure(self.labels.value(row, column.index)) for row in self.rows)

    def _part(self, column: Column, columns: Sequence[Column]) -> Part | None:
        """What the headings of a column say; None for a column that need not be read."""
        answer = self.asking.answers.column(self.table.shape, column.key)
        if answer == SKIP or self._is_of_other_year(column):
            self.silent.add(column.index)
            return None
        part = Part(
            column.index,
            Field(answer) if answer in set(Field) else self._field(column),
            next((label.unit for label in reversed(column.labels) if label.unit), None),
            next((label for label in reversed(column.labels) if label.indicator), None),
            next((l.area for l in column.labels if l.area and not l.indicator), None),
            self._time(column),
            self._is_total(column),
            self._unknown(column, columns, answer),
            column.text,
        )
        says = part.field or part.named or part.unit or part.unknown or answer or part.total
        return part if says or self._figures(column) else None

    def _is_total(self, column: Column) -> bool:
        """A total over units; beside listed units "Tổng số" below an indicator is the unit's own."""
        total = any(label.total for label in column.labels)
        named = any(label.indicator for label in column.labels)
        others = (c for c in self.table.columns.values() if c is not column)
        across = any(label.unit for other in others for label in other.labels)
        return total and (across or (self.table.units is not None and not named))

    def _unknown(self, column: Column, columns: Sequence[Column], answer: str) -> Label | None:
        """The lowest heading that nobody understands, where there are figures below it."""
        if answer or not self._figures(column):
            return None
        if not column.labels:
            return self.labels.label(" ")
        unknown = [
            label
            for label in column.labels
            if not label.known
            and not self._is_title(label, columns)
            and not self.asking.names.is_measure(label.text.strip("() "))
        ]
        return unknown[-1] if unknown else None

    def _is_title(self, label: Label, columns: Sequence[Column]) -> bool:
        """A heading over every column of figures, where the rows list the indicators."""
        everywhere = all(any(l.text == label.text for l in c.labels) for c in columns)
        return everywhere and len(columns) > 1 and self.table.indicators is not None

    def _is_of_other_year(self, column: Column) -> bool:
        year = self.asking.names.year
        years = {found for time in column.times for found in time.years}
        former = any(time.former for time in column.times) and year not in years
        other = former or (bool(years) and year not in years)
        if other and self._figures(column):
            code, values = "column_of_other_year", {"year": year}
            self.asking.tell(Severity.WARNING, code, column.head, column.text, values=values)
        return other

    def _field(self, column: Column) -> Field | None:
        """The field; "Đạt" is a rate where its cells are percentages or results stand elsewhere."""
        fields = column.fields - OF_ROWS
        if len(fields) < 2:
            return next(iter(fields), None)
        percents = self.labels.sheet.percents or frozenset()
        cells = [(row, column.index) for row in self.rows]
        shares = any(cell in percents or "%" in self.labels.text(*cell) for cell in cells)
        results = any(c.fields == {Field.RESULT} for c in self.table.columns.values())
        return Field.RATIO if shares or results else Field.RESULT

    def _time(self, column: Column) -> Time:
        """The time its headings name; a yearly plan in a report of a part of the year is the year's."""
        times = column.times
        others = (c for c in self.table.columns.values() if c is not column)
        if any(label.total for label in column.labels) and any(
            time.says for other in others for time in other.times
        ):
            return Time(unclear=column.text)
        cumulative = any(time.cumulative for time in times)
        named = next((time for time in times if time.says), SILENT)
        if cumulative and named.period and not named.cumulative:
            period = to_date(named.period)
            return replace(named, period=period, unclear="" if period else column.text)
        yearly = Field.TARGET in column.fields and YEARLY.search(column.text.lower())
        if yearly and not named.says:
            return Time(Period.YEAR)
        return replace(named, cumulative=cumulative)

    def _with_fields(self, parts: list[Part]) -> list[Part]:
        """Columns without a field state results, unless the sheet is a plan."""
        silent = not any(part.field for part in parts)
        usual = Field.TARGET if silent and self.titles.planned else Field.RESULT
        judged = any(p.field in (Field.RESULT, Field.PAIR, Field.TARGET) for p in parts)
        found = []
        for part in parts:
            # a rate with neither target nor result beside it is the figure itself
            lone = part.field is Field.RATIO and not judged
            chosen = Field.RESULT if lone else part.field or usual
            found.append(replace(part, field=chosen))
        return self._without_doubles(found)

    def _without_doubles(self, parts: list[Part]) -> list[Part]:
        """Two columns that say the same of every row: which is which, a person has to say."""
        about = [
            None
            if p.unknown or p.field not in COUNTED
            else (p.field, p.unit, p.code, p.time, p.total)
            for p in parts
        ]
        return [
            replace(part, unknown=self.labels.label(part.heading))
            if said and about.count(said) > 1 and not self._told(part)
            else part
            for part, said in zip(parts, about, strict=True)
        ]

    def _told(self, part: Part) -> bool:
        """Whether a person has said what the column is."""
        return bool(
            self.asking.answers.column(self.table.shape, self.table.columns[part.column].key)
        )
