"""Tables: the rows of one table as statements about figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product

from danvan.errors import Severity
from danvan.intake.answers import SKIP
from danvan.intake.asking import Asking
from danvan.intake.book import Place, cell_name, is_figure
from danvan.intake.columns import Columns, Part
from danvan.intake.headings import Axis, said
from danvan.intake.labels import Label, Labels
from danvan.intake.layout import Table
from danvan.intake.names import Names
from danvan.intake.periods import Periods
from danvan.intake.row import Group, Row
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field, Stated, speaks_of_share
from danvan.intake.titles import Titles
from danvan.model import OverUnits, Period

ORGANISATION = re.compile(
    r"(?:[\dIVX]+[.)]\s*)?(?:hội|đoàn|liên đoàn|công đoàn|phòng|trường|công an|phường|xã)\s",
    re.IGNORECASE,
)
"""A group row that begins like this names somebody."""
HAMLET = re.compile(
    "(?:{}) ".format("|".join(map(spelled, ("khóm", "ấp", "thôn", "tổ dân phố", "khu phố"))))
)
MOST_PROBLEMS = 2000  # of one sheet; nobody reads more, and the file is the wrong one
TOTALLED = frozenset({Field.TARGET, Field.RESULT, Field.NUMERATOR, Field.DENOMINATOR})


@dataclass(frozen=True)
class Total:
    """A total as the sheet states it, and the cells it is the total of."""

    stated: Stated
    parts: tuple[Stated, ...]


@dataclass
class TableReader:
    """Reads one table; `unit` is what the person who hands in says."""

    labels: Labels
    table: Table
    titles: Titles
    asking: Asking
    number: int
    unit: str | None
    stated: list[Stated] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    waiting: int = 0

    def __post_init__(self) -> None:
        self.columns = Columns(self.labels, self.table, self.titles, self.asking)
        self.periods = Periods(self.labels, self.table, self.titles, self.asking, self.columns)
        self.answers, self.names = self.asking.answers, self.asking.names
        self.mixed = self.table.units is not None and self.table.units == self.table.indicators
        self.units_carry = self.mixed and self._units_carry()
        self.last_unit: Label | None = None
        self.parts: list[Part] = []
        self.read_places: set[Place] = set()
        self.spread = self._spread()

    def _spread(self) -> dict[Place, Place]:
        """Numbers in merged cells that reach over several rows or columns, by each of their cells."""
        found = {}
        for top, left, bottom, right in self.labels.sheet.merged:
            if top in self.table.body and is_figure(self.labels.value(top, left)):
                for place in product(range(top, bottom + 1), range(left, right + 1)):
                    found[place] = (top, left)
        return found

    def read(self) -> list[Total]:
        """Read every row, and return the totals with what they are the totals of."""
        parts = self.parts = self.columns.parts()
        group = Group()
        for row in self.columns.rows:
            if len(self.asking.problems) > MOST_PROBLEMS:
                place, n = (row, 0), len(self.asking.problems)
                self.asking.tell(Severity.ERROR, "too_many_problems", place, "", values={"n": n})
                break
            self.read_places |= {(row, c) for c in self.columns.silent if c is not None}
            labels = self._labels(row)
            if any(label.total for label in labels):
                self._total_row(row, parts, group)
            elif labels and self.units_carry and labels[0].indicator:
                group = self._grouped(labels[0], group)
                self._total_row(row, parts, group)
            elif labels and self._is_group(row, labels[0], parts):
                group, self.last_unit = self._grouped(labels[0], group), None
            else:
                self._figures(row, parts, group)
        return [self._total(total) for total in self.totals]

    def _units_carry(self) -> bool:
        """In a column of both, whether the rows of units have the numbers and indicators head them."""
        column = self.table.units or 0
        units = indicators = 0
        for row in self.columns.rows:
            label = self.labels.at(row, column)
            if label and any(is_figure(value) for value in self.labels.rows[row][column + 1 :]):
                units += bool(label.unit)
                indicators += bool(label.indicator)
        return units > indicators

    # what a row is

    def _labels(self, row: int) -> list[Label]:
        """The labels of a row: those in the columns that list things, else its first text."""
        columns = [c for c in (self.table.units, self.table.indicators) if c is not None]
        found = [label for c in dict.fromkeys(columns) if (label := self.labels.at(row, c))]
        before = (
            [self.labels.at(row, c) for c in range(min(columns, default=1))] if not found else []
        )
        texts = [l for l in before if l is not None and (l.known or len(l.text) > 4)]
        return found or texts[:1]

    def _is_group(self, row: int, label: Label, parts: list[Part]) -> bool:
        """Whether a row without values heads the rows below it, rather than being one of them."""
        if any(self.labels.value(row, part.column) is not None for part in parts):
            return False
        for column in (self.columns.status, self.columns.measure):
            if column is not None and self.labels.text(row, column):
                return False
        if label.unit:
            listed = self.table.units is not None and self.labels.at(row, self.table.units)
            return not listed or (self.mixed and not self.units_carry)
        if label.indicator:
            return self.table.indicators is None or self.units_carry
        return True

    def _grouped(self, label: Label, group: Group) -> Group:
        """What a group row changes for the rows below it; an unknown one makes the rest unknown."""
        if label.unit:
            return replace(group, unit=label.unit, area=None)
        if label.indicator:
            return replace(group, indicator=label, area=None)
        time = label.said.time
        if time.says or time.years or time.former:
            return replace(group, indicator=None, area=None, time=time)
        if label.area or label.said.known:
            return replace(group, indicator=None, area=label.area)
        office = self.table.units is None and ORGANISATION.match(label.text)
        units = office or (group.unit is not None and self.table.units is None)
        unknown = label if group.indicator is not None else None
        return replace(group, unit=label if units else group.unit, indicator=unknown, area=None)

    # the figures of a row

    def _figures(self, number: int, parts: list[Part], group: Group) -> None:
        if self.periods.is_of_other_year(number, group, self._first()) or self._is_of_hamlet(
            number
        ):
            self.read_places |= {(number, part.column) for part in parts}
            return
        first = len(self.stated)
        unit = self._listed(number, self.table.units)
        row = Row(number, unit, self._listed(number, self.table.indicators), group)
        row.field = self._field_of(number)
        for part in parts:
            self._figure(row, part)
        self._remarks(number, self.stated[first:])

    def _field_of(self, row: int) -> Field | None:
        """What the row itself says its figures are: targets, results."""
        column = self.table.fields
        fields = said(self.labels.text(row, column)).fields if column is not None else frozenset()
        return next(iter(fields), None)

    def _is_of_hamlet(self, row: int) -> bool:
        """Whether the row is of a part of a ward, whose figures nobody keeps."""
        for column in self.table.columns.values():
            text = self.labels.text(row, column.index)
            silent = (self.columns.note, self.columns.status, self.table.indicators)
            if not text or column.index in silent or self.names.is_measure(text):
                continue
            headed = Axis.PART in column.axes
            if headed or (HAMLET.match(spelled(text)) and not self.labels.label(text).known):
                place, code = (row, column.index), "hamlet_rows"
                self.asking.tell(Severity.ERROR, code, place, text, "unit", once=str(self.number))
                self.waiting += any(is_figure(self.labels.value(row, p.column)) for p in self.parts)
                return True
        return False

    def _listed(self, row: int, column: int | None) -> Label | None:
        """The label of the row in a column that lists; a blank unit goes on with the one above."""
        if column is None:
            return None
        label = self.labels.at(row, column)
        goes_on = self.table.indicators not in (None, column) or self.table.fields is not None
        if column == self.table.units and goes_on:
            self.last_unit = label = label or self.last_unit
        return label

    def _figure(self, row: Row, part: Part) -> None:
        """The cell of a row in one column."""
        place = (row.number, part.column)
        self.read_places.add(place)
        row.value = None if place in self.labels.inner else self.labels.value(*place)
        row.skipped = False
        if place in self.spread:
            top, code = self.spread[place], "merged_number"
            found = str(self.labels.value(*top))
            self.asking.tell(Severity.ERROR, code, top, found, once=f"{top}")
            self.waiting += place == top
            return
        unit = part.unit or ("" if part.total else self._unit(row))
        indicator = self._indicator(row, part)
        if part.unknown and row.value is not None:
            self._ask_heading(row, part, part.unknown)
            unit = None
        period = self.periods.of(row, part, self.parts) if unit is not None and indicator else None
        if unit is None or indicator is None or period is None:
            self.waiting += is_figure(row.value) and not row.skipped and not part.total
        elif part.total:
            self.totals.append(self._stated(row, part, "", indicator, period))
        else:
            self.stated.append(self._stated(row, part, unit, indicator, period))

    def _unit(self, row: Row) -> str | None:
        """The unit of a row: its own label's, its group's, or the sheet's."""
        if row.unit is not None and row.unit.unit:
            return row.unit.unit
        if row.unit is not None and not (self.mixed and row.unit.indicator):
            return self._ask_name(row, self.table.units or 0, row.unit, units=True)
        if isinstance(row.group.unit, Label):
            return self._ask_name(row, self._first(), row.group.unit, units=True)
        if row.group.unit or self.table.units is None or self.mixed:
            return row.group.unit or self._sheet_unit(row)
        return self._asked_row(row)

    def _asked_row(self, row: Row) -> str | None:
        """The unit of a row that names none among rows that do."""
        place = (row.number, self.table.units or 0)
        asked = f"row-unit:{self.labels.sheet.name}!{cell_name(*place)}"
        answer = self.answers.given.get(("", asked), "")
        row.skipped = row.skipped or answer == SKIP
        if not answer and is_figure(row.value):
            self.asking.ask("row_without_unit", place, "", asked, name="unit")
        return None if answer in ("", SKIP) else answer

    def _sheet_unit(self, row: Row) -> str | None:
        """The unit the whole sheet is about: named by it, or by the person who hands it in."""
        sheet = self.labels.sheet.name
        given = self.unit or self.answers.file_unit(sheet)
        titled = self.titles.unit
        if self.titles.between and not given:
            place, choices = (row.number, self._first()), self.titles.between
            asked = f"file-unit:{sheet}"
            self.asking.ask("unit_not_named", place, sheet, asked, choices=choices, name="unit")
            return None
        if titled and given and titled not in self.names.catalogue.subtree(given):
            if titled != self.names.catalogue.unit[given].parent:
                place, code = (self.table.head.start, 0), "title_of_other_unit"
                values = {"unit": given}
                self.asking.tell(Severity.ERROR, code, place, titled, "unit", values, once=given)
                return None
            titled = given  # the agency above it signs its report
        unit = titled or given
        if unit is None and row.value is not None:
            place = (row.number, self._first())
            self.asking.ask("unit_not_named", place, sheet, f"file-unit:{sheet}", name="unit")
        return unit

    def _indicator(self, row: Row, part: Part) -> str | None:
        """The indicator of a cell: its column's, its row's, its group's, or the title's."""
        if part.named is not None:
            place = self.table.columns[part.column].head
            return self._sure(row, part.named, place, part.area or row.group.area)
        label, column = row.indicator, self.table.indicators or 0
        if label is None or (self.mixed and not label.indicator):
            if part.unknown is not None:
                return None
            label, column = row.group.indicator, self._first()
        if label is None:
            return self._title_indicator(row, part)
        if label.indicator is None:
            return self._ask_name(row, column, label, units=False)
        return self._sure(row, label, (row.number, column), row.group.area)

    def _title_indicator(self, row: Row, part: Part) -> str | None:
        if self.titles.indicator is not None:
            return self.titles.indicator.code
        answer = self.answers.table_indicator(self.table.shape, self.number)
        row.skipped = answer == "skip"
        if not answer and is_figure(row.value):
            column = self.table.columns[part.column]
            found, asked = column.text or self.labels.sheet.name, f"table-indicator:{self.number}"
            shape, name = self.table.shape, "indicator"
            self.asking.ask("indicator_not_named", column.head, found, asked, shape, name=name)
        return None if row.skipped else answer or None

    def _sure(self, row: Row, label: Label, place: Place, area: str | None) -> str | None:
        """The indicator a label names; a short name under another area's heading is asked about."""
        assert label.indicator is not None
        code, plain = label.indicator.code, label.indicator.plain
        asked = f"area:{spelled(label.text)}"
        if not area or plain or self.names.catalogue.indicator[code].area == area:
            return code
        if self.answers.agreed(asked):
            return code
        row.skipped = self.answers.skips("", asked)
        if row.value is not None and not row.skipped:
            told = "indicator_of_other_area"
            self.asking.ask(told, place, label.text, asked, choices=(code,), name="indicator")
        return None

    def _first(self) -> int:
        return next((c for c in (self.table.units, self.table.indicators) if c is not None), 0)

    def _ask_name(self, row: Row, column: int, label: Label, units: bool) -> str | None:
        """Ask what a label means; there is nothing until it is answered."""
        if row.value is not None:
            place = (row.number, column)
            row.skipped |= not self.asking.name(place, label.text, self.table.shape, units)
        return None

    def _ask_heading(self, row: Row, part: Part, label: Label) -> None:
        """Ask what a heading means: an indicator, a unit, or something else."""
        column, shape = self.table.columns[part.column], self.table.shape
        indicators = self.table.indicators is not None
        units = self.table.units is not None
        if units and not indicators and label.text.strip():
            row.skipped |= not self.asking.name(column.head, label.text, shape, units=False)
        elif indicators and not units and self.names.looks_like_unit(label.text):
            row.skipped |= not self.asking.name(column.head, label.text, shape, units=True)
        else:
            asked = f"column:{column.key}"
            self.asking.ask("unknown_heading", column.head, column.text, asked, shape)

    def _stated(self, row: Row, part: Part, unit: str, indicator: str, period: Period) -> Stated:
        """What the cell states, with everything its labels say of how to read it."""
        place = (row.number, part.column)
        label = row.indicator.text if row.indicator else ""
        name = f"{part.heading} {label}" if label else part.heading
        title = "" if part.named or label else self.titles.text
        measure = self.columns.measure
        stated = self.labels.text(row.number, measure) if measure is not None else ""
        stated = stated or _bracketed(name, self.names) or self.titles.measure
        percents = self.labels.sheet.percents
        return Stated(
            sheet=self.labels.sheet.name,
            row=row.number,
            column=part.column,
            value=row.value,
            unit=unit,
            indicator=indicator,
            field=row.field or part.field or Field.RESULT,
            period=period,
            percent=None if percents is None else place in percents,
            measure=stated,
            share=speaks_of_share(f"{name} {title}") or stated.strip() == "%",
            heading=f"{self.number}:{part.heading}",
        )

    def _remarks(self, row: int, same: list[Stated]) -> None:
        """Notes and states that stand in their own columns belong to the figures of the row."""
        columns = ((self.columns.note, Field.NOTE), (self.columns.status, Field.STATUS))
        for column, what in columns if same else ():
            text = self.labels.text(row, column) if column is not None else ""
            if column is None or not text or (row, column) in self.labels.inner:
                continue
            for key in {(one.unit, one.indicator, one.period): one for one in same}.values():
                self.stated.append(replace(key, column=column, value=text, field=what))

    # totals

    def _total_row(self, number: int, parts: list[Part], group: Group) -> None:
        """A total of units is compared with them; one over different indicators means nothing."""
        row = Row(number, None, None, group)
        row.field = self._field_of(number)
        for part in parts:
            self.read_places.add((number, part.column))
            label = part.named or group.indicator
            found = label.indicator if label else self.titles.indicator
            row.value = self.labels.value(number, part.column)
            counted = part.field in TOTALLED and is_figure(row.value) and not part.unknown
            if found and counted and (self.table.indicators is None or self.units_carry):
                self._total_cell(row, part, found.code)

    def _total_cell(self, row: Row, part: Part, code: str) -> None:
        """A total; of an indicator that only the city has it is the city's own figure."""
        period = self.periods.of(row, part, self.parts)
        if period is None:
            return
        roots = self.names.catalogue.roots(self.names.year)
        own = self.names.catalogue.indicator[code].over_units is OverUnits.OWN
        if own and len(roots) == 1:
            self.stated.append(self._stated(row, part, roots[0].code, code, period))
        else:
            self.totals.append(self._stated(row, part, "", code, period))

    def _total(self, total: Stated) -> Total:
        about = (total.indicator, total.field, total.period)
        same = (one for one in self.stated if (one.indicator, one.field, one.period) == about)
        return Total(total, tuple(same))


@lru_cache(maxsize=20_000)
def _bracketed(text: str, names: Names) -> str:
    """The unit of measure in brackets behind a name."""
    return next((m for m in re.findall(r"\(([^()]*)\)", text) if names.is_measure(m)), "")
