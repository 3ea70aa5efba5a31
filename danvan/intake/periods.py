"""Periods: of which part of the year, and whether of this year at all, the figures of a row are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from danvan.errors import Severity
from danvan.intake.answers import SKIP
from danvan.intake.asking import Asking
from danvan.intake.book import is_figure
from danvan.intake.columns import Columns, Part
from danvan.intake.labels import Labels
from danvan.intake.layout import Table
from danvan.intake.row import Group, Row
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field
from danvan.intake.times import Time, time_of, to_date
from danvan.intake.titles import Titles
from danvan.model import Period


@dataclass
class Periods:
    """Tells the period of each cell of one table."""

    labels: Labels
    table: Table
    titles: Titles
    asking: Asking
    columns: Columns

    def of(self, row: Row, part: Part, parts: Sequence[Part]) -> Period | None:
        """The period of a cell; None while a person has to say it."""
        own = self._own_time(row, part)
        about = self.titles.time
        if not own.says and part.time.cumulative:
            if about.period:
                about = replace(about, period=to_date(about.period))
            elif any(other.time.says for other in parts):
                own = Time(unclear=part.heading)
        time = own if own.says else about
        if time.unclear or (about.says and not about.period and not own.says):
            return self._asked_period(row, part, time.unclear or part.heading)
        period = time.period or Period.YEAR
        if own.says or part.field is not Field.TARGET or period is Period.YEAR:
            return period
        # the target in a report of half a year is mostly, and not always, the year's
        answer = self.asking.answers.target_period(self.table.shape)
        if answer is None and row.value is not None:
            head, choices = self.table.columns[part.column].head, (str(Period.YEAR), str(period))
            asked, shape = "target-period", self.table.shape
            self.asking.ask("period_of_target", head, part.heading, asked, shape, choices, "target")
            return None
        return answer or period

    def _own_time(self, row: Row, part: Part) -> Time:
        """What the column, the row or its group says of the time of a cell."""
        if part.time.says:
            return part.time
        column = self.columns.period
        value = self.labels.value(row.number, column) if column is not None else None
        if column is not None and value is not None:
            text = f"{value:g}" if isinstance(value, int | float) else str(value)
            times = (time_of(text), time_of(f"{self.table.columns[column].text} {text}"))
            return next((time for time in times if time.says), Time(unclear=text))
        labels = (row.unit, row.indicator)
        said_by_row = (label.said.time for label in labels if label and label.said.time.says)
        return next(said_by_row, row.group.time)

    def _asked_period(self, row: Row, part: Part, words: str) -> Period | None:
        """Ask of which period figures are that speak of some other time."""
        answer = self.asking.answers.period(words)
        row.skipped = row.skipped or answer == SKIP
        if not answer and is_figure(row.value):
            column = self.table.columns[part.column]
            asked, choices = f"period:{spelled(words)}", [str(period) for period in Period]
            place = column.head if part.time.unclear else (row.number, part.column)
            self.asking.ask("period_unclear", place, words, asked, choices=choices, name="period")
        return Period(answer) if answer and answer != SKIP else None

    def is_of_other_year(self, row: int, group: Group, first: int) -> bool:
        """Whether the row, or the group it is in, is of another year than the figures."""
        time, place = group.time, (row, first)
        if self.columns.year is not None and self.labels.text(row, self.columns.year):
            time = time_of(self.labels.text(row, self.columns.year))
            place = (row, self.columns.year)
        labels = (
            self.labels.at(row, c)
            for c in (self.table.units, self.table.indicators)
            if c is not None
        )
        times = [time, *(label.said.time for label in labels if label)]
        time = next((t for t in times if t.former or t.years), time)
        other = time.former or (bool(time.years) and self.asking.names.year not in time.years)
        if other:
            found, values = ", ".join(map(str, time.years)), {"year": self.asking.names.year}
            code, once = "row_of_other_year", self.table.shape
            self.asking.tell(Severity.WARNING, code, place, found, values=values, once=once)
        return other
