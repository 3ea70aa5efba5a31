"""Statements: every cell of a sheet that speaks of a figure, and what about the sheet must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from danvan.errors import Problem, Severity
from danvan.intake.answers import Answers
from danvan.intake.book import Sheet, Value, cell_name
from danvan.intake.headings import Axis, named_period, said
from danvan.intake.layout import Column, Label, Labels, Table
from danvan.intake.names import Names
from danvan.intake.registers import Listing, RegisterReader, listing
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field, Stated
from danvan.model import Entry, File, Period

DATED = re.compile(
    r"ngày\s*[\d.…]*\s*(?:tháng\s*[\d.…]*\s*năm|/|-)\s*[\d./-]*|\d{1,2}[/-]\d{1,2}[/-]\d{4}|số\s*[:.]?\s*[\d…]*\s*[/-]\S+",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"giao chỉ tiêu|phân bổ|giao kế hoạch|chỉ tiêu giao|bảng chỉ tiêu|đăng ký chỉ tiêu|kế hoạch",
    re.I,
)
DONE = re.compile(r"kết quả|thực hiện|báo cáo|tình hình|tổng hợp số liệu|thống kê", re.I)
TOTALLED = {Field.TARGET, Field.RESULT, Field.NUMERATOR, Field.DENOMINATOR}
CITYWIDE = re.compile(r"toàn (?:thành phố|tp|tỉnh)|các (?:xã|phường|đơn vị)", re.I)


@dataclass(frozen=True)
class Total:
    """A total as the sheet states it, and the cells it is the total of."""

    stated: Stated
    parts: tuple[Stated, ...]


@dataclass
class Statements:
    """What a sheet states; `waiting` counts the cells that wait for an answer."""

    stated: list[Stated] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    waiting: int = 0


@dataclass(frozen=True)
class Around:
    """What is known of a sheet before its tables are read."""

    file: File
    names: Names
    answers: Answers
    year: int
    unit: str | None = None  # said by the person who hands in


@dataclass(frozen=True)
class Part:
    """What one column adds to the figure of a row; `unknown` is the heading nobody understood."""

    column: int
    field: Field | None
    unit: str | None = None
    indicator: str | None = None
    sure: bool = True
    area: str | None = None
    period: Period | None = None
    total: bool = False
    unknown: Label | None = None
    heading: str = ""


def statements(sheet: Sheet, around: Around) -> Statements:
    """Everything the sheet states about figures of the year."""
    return _SheetReader(sheet, around).read()


class _SheetReader:
    """Reads the tables of one sheet, one after the other."""

    def __init__(self, sheet: Sheet, around: Around) -> None:
        self.sheet, self.around, self.names = sheet, around, around.names
        self.labels = Labels(sheet, around.names)
        self.found = Statements()
        self.asked: set[str] = set()

    def read(self) -> Statements:
        tables = self.labels.tables()
        titles: list[str] = []
        for number, table in enumerate(tables):
            titles += table.titles if not number else ()
            shown = (*titles, *(table.titles if number else ()))
            reader = _TableReader(self, table, number, shown)
            found = listing(table)
            if found:
                self._register(table, found, reader.title_unit or self.around.unit)
            else:
                reader.read()
        if not tables and sum(_is_figure(v) for row in self.sheet.rows for v in row) > 1:
            first = next(
                (r, c)
                for r, row in enumerate(self.sheet.rows)
                for c, v in enumerate(row)
                if _is_figure(v)
            )
            if not self.around.answers.skips("", f"sheet:{self.sheet.name}"):
                self.ask(
                    "sheet_not_understood", first, self.sheet.name, f"sheet:{self.sheet.name}", ""
                )
        self._parents_are_totals()
        return self.found

    def _register(self, table: Table, found: Listing, unit: str | None) -> None:
        """A list of models, tasks or awards."""
        file = self.around.file
        reader = RegisterReader(self.labels, table, found, file, self.around.year, unit)
        self.found.entries += reader.read()
        for kind, code, place, text in reader.doubts:
            self.found.waiting += 1
            if kind is Severity.QUESTION:
                asked = f"file-unit:{self.sheet.name}"
                self.ask(code, place, text, asked, "", name="unit")
            else:
                self.found.problems.append(self.problem(kind, code, place, text))

    def ask(
        self,
        code: str,
        place: tuple[int, int],
        found: str,
        asked: str,
        shape: str,
        choices: Iterable[str] = (),
        name: str = "",
    ) -> None:
        """Ask once about one thing, at the first place where it stands."""
        if f"{shape}|{asked}" not in self.asked:
            self.asked.add(f"{shape}|{asked}")
            likely = "; ".join(self._named(code) for code in choices) or "…"
            values = {"asked": asked, "shape": shape, "choices": tuple(choices), "likely": likely}
            self.found.problems.append(
                self.problem(Severity.QUESTION, code, place, found, name, values)
            )

    def _named(self, code: str) -> str:
        catalogue = self.names.catalogue
        known = catalogue.unit.get(code) or catalogue.indicator.get(code)
        return known.name if known else code

    def problem(
        self,
        kind: Severity,
        code: str,
        place: tuple[int, int],
        found: str,
        name: str = "",
        values: dict[str, object] | None = None,
    ) -> Problem:
        return Problem(
            kind,
            code,
            self.around.file.name,
            self.sheet.name,
            cell_name(*place),
            name,
            found,
            values or {},
        )

    def _parents_are_totals(self) -> None:
        """A unit above others of the same sheet states their total, not a figure of its own."""
        catalogue = self.names.catalogue
        below: dict[tuple[object, ...], list[Stated]] = {}
        for one in self.found.stated:
            parent = catalogue.unit[one.unit].parent if one.unit in catalogue.unit else ""
            below.setdefault((parent, one.indicator, one.field, one.period), []).append(one)
        kept = []
        for one in self.found.stated:
            parts = below.get((one.unit, one.indicator, one.field, one.period))
            if parts and not self.around.answers.keeps_total(one.sheet):
                self.found.totals.append(Total(one, tuple(parts)))
            else:
                kept.append(one)
        self.found.stated = kept


class _TableReader:
    """Reads one table: first what its columns mean, then its rows."""

    def __init__(
        self, reader: _SheetReader, table: Table, number: int, titles: tuple[str, ...]
    ) -> None:
        self.reader, self.table, self.number, self.titles = reader, table, number, titles
        self.labels, self.names, self.around = reader.labels, reader.names, reader.around
        self.answers = reader.around.answers
        self.rows = list(self.labels.body(table))
        self.title_unit = self._title_unit()
        self.title_period = next(
            (p for t in reversed(titles) if (p := named_period(DATED.sub(" ", t)))), None
        )
        self.title_indicator = self._title_indicator()
        self.title_measure = self._title_measure()
        self.measure = table.column_of(Field.MEASURE)
        self.status = table.column_of(Field.STATUS)
        self.note = table.column_of(Field.NOTE)
        self.period = next((c.index for c in table.columns.values() if Axis.PERIOD in c.axes), None)
        self.mixed = table.units is not None and table.units == table.indicators
        self.units_carry = self._units_carry()
        self.last_unit: Label | None = None
        self.skipped = False  # a person said that this row or column is not to be read
        self.made: list[Stated] = []
        self.totals: list[Stated] = []

    def _units_carry(self) -> bool:
        """In a column of both, whether the rows of units have the numbers and indicators head them."""
        units = indicators = 0
        for row in self.rows if self.mixed else ():
            label = self.labels.at(row, self.table.units or 0)
            if label and any(
                _is_figure(v) for v in self.labels.rows[row][(self.table.units or 0) + 1 :]
            ):
                units += bool(label.unit)
                indicators += bool(label.indicator)
        return units > indicators

    def read(self) -> None:
        if not self._right_year() or not self.rows:
            return
        parts = self._parts()
        unit: str | Label | None = None
        indicator: Label | None = None
        area: str | None = None
        for row in self.rows:
            labels = self._row_labels(row)
            if any(label.total for label in labels):
                self._total_row(row, parts, indicator)
                continue
            if not self._has_values(row, parts):
                group = next(iter(labels), None)
                if group is not None and self._is_group(group, row):
                    unit, indicator, area = self._grouped(group, unit, indicator, area)
                    continue
            self._figures(row, labels, parts, unit, indicator, area)
        self._add_totals()

    # what stands around the table

    def _title_unit(self) -> str | None:
        by_name = self.names.unit(self.reader.sheet.name)
        if by_name:
            return by_name
        catalogue = self.names.catalogue
        mentioned = {code for title in self.titles for code in self.names.mentioned_units(title)}
        above = {catalogue.unit[code].parent for code in mentioned}
        leaves = mentioned - above
        return leaves.pop() if len(leaves) == 1 else None

    def _title_indicator(self) -> Label | None:
        texts = [*reversed(self.titles), self.reader.sheet.name]
        for text in texts:
            found = self.names.indicator(text) or self.names.mentioned_indicator(text)
            if found:
                return Label(text, said(""), indicator=found)
        return None

    def _title_measure(self) -> str:
        for title in reversed(self.titles):
            found = re.search(r"(?:đvt|đơn vị tính|đv tính|đơn vị)\s*:\s*([^;)]+)", title, re.I)
            if found and self.names.is_measure(found[1].strip(" ).")):
                return found[1].strip(" ).")
        return ""

    def _right_year(self) -> bool:
        """Whether the titles speak of the year handed in for; another year refuses the table."""
        texts = [DATED.sub(" ", title) for title in self.titles]
        years = {year for text in texts for year in said_years(text)}
        if not years or self.around.year in years:
            return True
        for row in range(self.table.head.start):
            for column in range(len(self.labels.rows[row])):
                text = self.labels.text(row, column)
                if said_years(DATED.sub(" ", text)):
                    values: dict[str, object] = {"year": self.around.year}
                    found = ", ".join(str(year) for year in sorted(years))
                    problem = self.reader.problem(
                        Severity.ERROR, "title_of_other_year", (row, column), found, "year", values
                    )
                    self.reader.found.problems.append(problem)
                    return False
        return True

    # columns

    def _parts(self) -> list[Part]:
        known = {
            self.table.units,
            self.table.indicators,
            self.measure,
            self.status,
            self.note,
            self.period,
        }
        columns = [
            c for c in self.table.columns.values() if c.index not in known and not self._is_list(c)
        ]
        columns = [c for c in columns if self._is_data(c)]
        parts = [self._part(column, columns) for column in columns]
        return self._with_fields([part for part in parts if part is not None])

    def _is_list(self, column: Column) -> bool:
        """Numbers of the list, remarks, and other columns that say nothing about figures."""
        if column.axes & {Axis.ITEM, Axis.OTHER} and not column.fields:
            return True
        return bool(column.fields) and column.fields <= {Field.NOTE, Field.STATUS, Field.MEASURE}

    def _is_data(self, column: Column) -> bool:
        """Whether the column has headings or numbers; an empty one between others has neither."""
        if column.labels:
            return True
        left = [c for c in (self.table.units, self.table.indicators) if c is not None]
        values = [self.labels.value(row, column.index) for row in self.rows]
        before_names = not left or column.index < min(left)
        return any(_is_figure(value) for value in values) and not before_names

    def _part(self, column: Column, columns: list[Column]) -> Part | None:
        """What the headings of a column say; None for a column that need not be read."""
        texts = column.text
        answer = self.answers.column(self.table.shape, spelled(texts))
        if answer == "skip":
            return None
        years = column.years
        if years and self.around.year not in years:
            self._other_year(column)
            return None
        unit = next((l.unit for l in reversed(column.labels) if l.unit), None)
        named = next((l for l in reversed(column.labels) if l.indicator), None)
        unknown = [l for l in column.labels if not l.known and not self._is_title(l, columns)]
        fields = column.fields - {Field.NOTE, Field.STATUS, Field.MEASURE}
        stated = Field(answer) if answer in set(Field) else self._one(fields, column)
        if unknown and (answer or not self._numbers(column)):
            unknown = []
            if stated is None and not answer and named is None and unit is None:
                return None
        if not column.labels:
            unknown = [self.labels.label(" ")]
        return Part(
            column.index,
            stated,
            unit,
            named.indicator.code if named and named.indicator else None,
            bool(named and named.indicator and named.indicator.plain),
            next((l.area for l in column.labels if l.area and not l.indicator), None),
            self._column_period(column),
            any(l.total for l in column.labels),
            unknown[-1] if unknown else None,
            texts,
        )

    def _is_title(self, label: Label, columns: list[Column]) -> bool:
        """A heading over every column of numbers, where the rows list the indicators."""
        everywhere = all(any(l.text == label.text for l in c.labels) for c in columns)
        return everywhere and len(columns) > 1 and self.table.indicators is not None

    def _numbers(self, column: Column) -> int:
        return sum(_is_figure(self.labels.value(row, column.index)) for row in self.rows)

    def _one(self, fields: frozenset[Field], column: Column) -> Field | None:
        """The field; "Đạt" is a rate where its cells are percentages, else a result."""
        if len(fields) > 1:
            cells = [(row, column.index) for row in self.rows]
            shares = any(
                (self.reader.sheet.percents or frozenset()) & {cell}
                or "%" in self.labels.text(*cell)
                for cell in cells
            )
            others = [c for c in self.table.columns.values() if c.fields == {Field.RESULT}]
            return Field.RATIO if shares or others else Field.RESULT
        return next(iter(fields), None)

    def _column_period(self, column: Column) -> Period | None:
        period = next((l.said.period for l in reversed(column.labels) if l.said.period), None)
        yearly = Field.TARGET in column.fields and re.search(r"\bnăm\b", column.text.lower())
        return period or (Period.YEAR if yearly else None)

    def _other_year(self, column: Column) -> None:
        if self._numbers(column):
            problem = self.reader.problem(
                Severity.WARNING,
                "column_of_other_year",
                column.head,
                column.text,
                "",
                {"year": self.around.year},
            )
            self.reader.found.problems.append(problem)

    def _with_fields(self, parts: list[Part]) -> list[Part]:
        """Columns without a field state results, unless the sheet is a plan."""
        silent = not any(part.field for part in parts)
        titles = " ".join(self.titles)
        planned = silent and PLANNED.search(titles) and not DONE.search(titles)
        chosen = []
        results = any(part.field in (Field.RESULT, Field.PAIR) for part in parts)
        targets = any(part.field is Field.TARGET for part in parts)
        for part in parts:
            if part.field is None:
                chosen.append(replace(part, field=Field.TARGET if planned else Field.RESULT))
            elif part.field is Field.RATIO and not results and not targets:
                chosen.append(replace(part, field=Field.RESULT))
            else:
                chosen.append(part)
        return chosen

    # rows

    def _row_labels(self, row: int) -> list[Label]:
        """The labels of a row: those in the columns that list things, else its first text."""
        columns = [c for c in (self.table.units, self.table.indicators) if c is not None]
        found = [label for c in dict.fromkeys(columns) if (label := self.labels.at(row, c))]
        if found:
            return found
        first = min(columns, default=1)
        before = [self.labels.at(row, c) for c in range(first)]
        texts = [
            label for label in before if label is not None and (label.known or len(label.text) > 4)
        ]
        return texts[:1]

    def _has_values(self, row: int, parts: list[Part]) -> bool:
        return any(self.labels.value(row, part.column) is not None for part in parts)

    def _is_group(self, label: Label, row: int) -> bool:
        """Whether a row without values heads the rows below it, rather than being one of them."""
        if self.status is not None and self.labels.text(row, self.status):
            return False
        if self.measure is not None and self.labels.text(row, self.measure):
            return False
        if label.unit:
            return self.table.units is None or (self.mixed and not self.units_carry)
        if label.indicator:
            return self.table.indicators is None or (self.mixed and self.units_carry)
        return True

    def _grouped(
        self, label: Label, unit: str | Label | None, indicator: Label | None, area: str | None
    ) -> tuple[str | Label | None, Label | None, str | None]:
        """What a group row changes for the rows below it; an unknown one makes the rest unknown."""
        if label.unit:
            return label.unit, indicator, None
        if label.indicator:
            return unit, label, None
        if label.area or label.said.known:
            return unit, None, label.area
        if unit is not None and self.table.units is None:
            unit = label
        return unit, label if indicator is not None else None, None

    def _figures(
        self,
        row: int,
        labels: list[Label],
        parts: list[Part],
        group_unit: str | Label | None,
        group_indicator: Label | None,
        area: str | None,
    ) -> None:
        first = len(self.made)
        unit_label = self._listed(row, self.table.units, labels)
        indicator_label = self._listed(row, self.table.indicators, labels)
        for part in parts:
            if part.field is None:
                continue
            value = self.labels.value(row, part.column)
            place, self.skipped = (row, part.column), False
            if place in self.labels.inner:
                value = None
            unit = part.unit or (
                None if part.total else self._unit(row, unit_label, group_unit, value)
            )
            indicator, sure = self._indicator(
                row, part, indicator_label, group_indicator, area, value
            )
            if part.unknown and value is not None:
                self._ask_column(part)
                unit = None
            if part.total:
                if indicator:
                    self.totals.append(self._stated(row, part, "", indicator, value, sure))
            elif unit and indicator:
                self.made.append(self._stated(row, part, unit, indicator, value, sure))
            elif _is_figure(value) and not self.skipped:
                self.reader.found.waiting += 1
        self._remarks(row, self.made[first:])

    def _listed(self, row: int, column: int | None, labels: list[Label]) -> Label | None:
        """The label of the row in a column that lists; a blank cell goes on with the one above."""
        if column is None:
            return None
        label = self.labels.at(row, column)
        if column == self.table.units and self.table.indicators not in (None, column):
            self.last_unit = label = label or self.last_unit
        return label

    def _unit(
        self, row: int, label: Label | None, group: str | Label | None, value: Value
    ) -> str | None:
        if label is not None and label.unit:
            return label.unit
        if label is not None and (self.table.units != self.table.indicators or not label.indicator):
            if value is not None:
                self._ask_name(row, self.table.units or 0, label, units=True)
            return None
        if isinstance(group, Label):
            if value is not None:
                self._ask_name(row, self._first(), group, units=True)
            return None
        if group:
            return group
        if self.table.units is not None and self.table.units != self.table.indicators:
            return None
        return self._sheet_unit(row, value)

    def _first(self) -> int:
        return next((c for c in (self.table.units, self.table.indicators) if c is not None), 0)

    def _sheet_unit(self, row: int, value: Value) -> str | None:
        """The unit the whole sheet is about: named by it, or by the person who hands it in."""
        given = self.around.unit or self.answers.file_unit(self.reader.sheet.name)
        titled = self.title_unit
        if titled and given and titled not in self.names.catalogue.subtree(given):
            parents = [u for u in (self.names.catalogue.unit[given].parent,) if u]
            if titled not in parents:
                values: dict[str, object] = {"unit": given}
                place = (self.table.head.start, 0)
                if "title_of_other_unit" not in self.reader.asked:
                    self.reader.asked.add("title_of_other_unit")
                    self.reader.found.problems.append(
                        self.reader.problem(
                            Severity.ERROR, "title_of_other_unit", place, titled, "unit", values
                        )
                    )
                return None
            titled = given
        unit = titled or given
        if unit is None and value is not None:
            asked = f"file-unit:{self.reader.sheet.name}"
            self.reader.ask(
                "unit_not_named",
                (row, self._first()),
                self.reader.sheet.name,
                asked,
                "",
                name="unit",
            )
        return unit

    def _indicator(
        self,
        row: int,
        part: Part,
        label: Label | None,
        group: Label | None,
        area: str | None,
        value: Value,
    ) -> tuple[str | None, bool]:
        if part.indicator:
            area = part.area or area
            match_code, sure = part.indicator, part.sure
            where = (self.table.columns[part.column].head, part.heading)
        elif label is not None and (label.indicator or self.table.units != self.table.indicators):
            if label.indicator is None:
                if value is not None:
                    self._ask_name(row, self.table.indicators or 0, label, units=False)
                return None, False
            match_code, sure = label.indicator.code, label.indicator.plain
            where = ((row, self.table.indicators or 0), label.text)
        elif part.unknown is not None:
            return None, False
        elif group is not None:
            if group.indicator is None:
                if value is not None:
                    self._ask_name(row, self._first(), group, units=False)
                return None, False
            match_code, sure, where = (
                group.indicator.code,
                group.indicator.plain,
                ((row, self._first()), group.text),
            )
        elif self.title_indicator is not None and self.title_indicator.indicator:
            return self.title_indicator.indicator.code, True
        elif answer := self.answers.table_indicator(self.table.shape, self.number):
            self.skipped = answer == "skip"
            return (None if self.skipped else answer), True
        else:
            if _is_figure(value):
                column = self.table.columns[part.column]
                self.reader.ask(
                    "indicator_not_named",
                    column.head,
                    column.text or self.reader.sheet.name,
                    f"table-indicator:{self.number}",
                    self.table.shape,
                    name="indicator",
                )
            return None, False
        if (
            area
            and not sure
            and self.names.catalogue.indicator[match_code].area != area
            and not self.answers.agreed(f"area:{spelled(where[1])}")
        ):
            self.skipped = self.answers.skips("", f"area:{spelled(where[1])}")
            asked = f"area:{spelled(where[1])}"
            if value is not None and not self.skipped:
                self.reader.ask(
                    "indicator_of_other_area",
                    where[0],
                    where[1],
                    asked,
                    "",
                    (match_code,),
                    "indicator",
                )
            return None, False
        return match_code, sure

    def _ask_name(self, row: int, column: int, label: Label, units: bool) -> None:
        """Ask what a name means; a unit of another year is no question but a fault."""
        code = "unknown_unit_name" if units else "unknown_indicator_name"
        asked = f"{'unit' if units else 'indicator'}:{spelled(label.text)}"
        if self.answers.skips(self.table.shape, asked):
            self.skipped = True
            return
        former = self.names.former_unit(label.text) if units else None
        if former:
            key = f"former:{label.text}"
            if key not in self.reader.asked:
                self.reader.asked.add(key)
                unit = self.names.catalogue.unit[former]
                values: dict[str, object] = {"year": self.around.year, "name": unit.name}
                self.reader.found.problems.append(
                    self.reader.problem(
                        Severity.ERROR,
                        "unit_of_other_year",
                        (row, column),
                        label.text,
                        "unit",
                        values,
                    )
                )
            return
        choices = self.names.candidates(label.text, units)
        self.reader.ask(
            code,
            (row, column),
            label.text,
            asked,
            self.table.shape,
            choices,
            "unit" if units else "indicator",
        )

    def _ask_column(self, part: Part) -> None:
        label = part.unknown
        assert label is not None
        column = self.table.columns[part.column]
        asked = f"column:{spelled(column.text)}"
        rows_are_indicators = self.table.indicators is not None
        rows_are_units = self.table.units is not None
        if rows_are_units and not rows_are_indicators and label.text.strip():
            name = f"indicator:{spelled(label.text)}"
            self.skipped = self.answers.skips(self.table.shape, name)
            if not self.skipped:
                choices = self.names.candidates(label.text)
                self.reader.ask(
                    "unknown_indicator_name",
                    column.head,
                    label.text,
                    name,
                    self.table.shape,
                    choices,
                    "indicator",
                )
        elif rows_are_indicators and not rows_are_units and self.names.looks_like_unit(label.text):
            self._ask_name(*column.head, label, units=True)
        else:
            self.reader.ask("unknown_heading", column.head, column.text, asked, self.table.shape)

    def _stated(
        self, row: int, part: Part, unit: str, indicator: str, value: Value, sure: bool
    ) -> Stated:
        measure = self.labels.text(row, self.measure) if self.measure is not None else ""
        heading = part.heading
        label = (
            self.labels.text(row, self.table.indicators)
            if self.table.indicators is not None
            else ""
        )
        name = f"{heading} {label}" if label else heading
        measure = measure or _bracketed(name, self.names) or self.title_measure
        title = (
            self.title_indicator.text
            if self.title_indicator and not part.indicator and not label
            else ""
        )
        own_period = part.period or self._row_period(row)
        period = own_period or self.title_period or Period.YEAR
        if part.field is Field.TARGET and own_period is None and period is not Period.YEAR:
            period = self.answers.target_period(self.table.shape) or period
            if not self.answers.target_period(self.table.shape) and value is not None:
                self.reader.ask(
                    "period_of_target",
                    self.table.columns[part.column].head,
                    part.heading,
                    "target-period",
                    self.table.shape,
                    ("year", str(period)),
                    "target",
                )
                value = None
        percents = self.reader.sheet.percents
        return Stated(
            sheet=self.reader.sheet.name,
            row=row,
            column=part.column,
            value=value,
            unit=unit,
            indicator=indicator,
            field=part.field or Field.RESULT,
            period=period,
            percent=None if percents is None else (row, part.column) in percents,
            measure=measure,
            share=_speaks_of_share(f"{name} {title}") or measure.strip() == "%",
            heading=f"{self.number}:{part.heading}",
            table=self.number,
        )

    def _row_period(self, row: int) -> Period | None:
        return named_period(self.labels.text(row, self.period)) if self.period is not None else None

    def _remarks(self, row: int, same: list[Stated]) -> None:
        """Notes and states that stand in their own columns belong to the figures of the row."""
        for column, what in ((self.note, Field.NOTE), (self.status, Field.STATUS)):
            if column is not None and same and self.labels.text(row, column):
                if (row, column) in self.labels.inner:
                    continue
                value = self.labels.text(row, column)
                keys = dict.fromkeys((one.unit, one.indicator, one.period) for one in same)
                for code, of, period in keys:
                    self.made.append(
                        replace(
                            same[0],
                            column=column,
                            value=value,
                            field=what,
                            unit=code,
                            indicator=of,
                            period=period,
                        )
                    )

    # totals

    def _total_row(self, row: int, parts: list[Part], indicator: Label | None) -> None:
        for part in parts:
            value = self.labels.value(row, part.column)
            code = part.indicator or (
                indicator.indicator.code if indicator and indicator.indicator else None
            )
            code = code or (
                self.title_indicator.indicator.code
                if self.title_indicator and self.title_indicator.indicator
                else None
            )
            if (
                code
                and part.field in TOTALLED
                and _is_figure(value)
                and not part.unknown
                and self.table.indicators is None
            ):
                self.totals.append(self._stated(row, part, "", code, value, True))

    def _add_totals(self) -> None:
        found = self.reader.found
        for total in self.totals:
            parts = tuple(
                one
                for one in self.made
                if (one.indicator, one.field, one.period)
                == (total.indicator, total.field, total.period)
            )
            if total.value is not None and total.field in TOTALLED:
                found.totals.append(Total(total, parts))
        found.stated += self.made


def said_years(text: str) -> set[int]:
    """The years a title speaks of."""
    return {int(found) for found in re.findall(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d])", text)}


@lru_cache(maxsize=20_000)
def _bracketed(text: str, names: Names) -> str:
    """The unit of measure in brackets behind a name."""
    return next((m for m in re.findall(r"\(([^()]*)\)", text) if names.is_measure(m)), "")


@lru_cache(maxsize=20_000)
def _speaks_of_share(text: str) -> bool:
    words = f" {spelled(text)} "
    return "%" in text or any(
        f" {spelled(word)} " in words for word in ("tỷ lệ", "mức độ", "phần trăm", "chỉ số")
    )


def _is_figure(value: Value) -> bool:
    """A number, or a text with a digit in it: something that somebody counted."""
    if isinstance(value, str):
        return any(c.isdigit() for c in value)
    return value is not None and not isinstance(value, bool)
