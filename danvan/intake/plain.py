"""The plain layout: one figure a line, codes instead of names.

Columns: indicator, and any of year, unit, period, target, result, numerator, denominator,
lower, upper, baseline, ratio (the completion in per cent that the office computed), note. A line with no number says that the figure is expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from danvan.errors import Problem, Severity
from danvan.intake.book import Sheet, Value, cell_name
from danvan.intake.numerals import plain_number
from danvan.model import (
    Catalogue,
    Expectation,
    Fact,
    File,
    Indicator,
    Kind,
    Origin,
    Period,
    Result,
    Target,
)
from danvan.percentages import agrees, completion
from danvan.wording import number as shown

TEXTS = ("year", "unit", "indicator", "period", "note")
TARGETS = ("target", "lower", "upper", "baseline")
RESULTS = ("result", "numerator", "denominator")
HUNDRED = 100
RATIO = "ratio"
COLUMNS = (*TEXTS, *TARGETS, *RESULTS, RATIO)
Row = Mapping[str, str]


def is_plain(sheet: Sheet) -> bool:
    """Whether the sheet begins with the heading of the plain layout."""
    return "indicator" in _heading(sheet)[1]


def read_plain(
    file: File, sheet: Sheet, catalogue: Catalogue, year: int, unit: str | None = None
) -> tuple[list[Fact], list[Problem], int]:
    """Facts, problems and the number of refused lines. Every problem is found at once."""
    at, header = _heading(sheet)
    problems = _check_header(file, sheet.name, at, header)
    if problems:
        return [], problems, 0
    allowed = set(catalogue.subtree(unit)) if unit else None
    reader = _PlainReader(file, sheet.name, header, catalogue, year, unit or "", allowed)
    for number, cells in enumerate(sheet.rows[at:], at + 1):
        texts = [_text(value) for value in cells]
        if any(texts):
            reader.read(number, texts)
    return reader.facts, reader.problems, reader.refused


def _heading(sheet: Sheet) -> tuple[int, list[str]]:
    """The number of the first row that is not blank, and its cells as names of columns."""
    for number, cells in enumerate(sheet.rows, 1):
        names = [str(value or "").strip().lower() for value in cells]
        while names and not names[-1]:
            names.pop()
        if names:
            return number, names
    return 0, []


def _text(value: Value) -> str:
    """A cell as it would stand in a CSV file."""
    if isinstance(value, float) and not isinstance(value, bool):
        exact = Decimal(repr(value)).normalize()
        text = f"{exact:f}"
        # three decimals of a number are no doubt where the spreadsheet itself knows the number
        return f"{text}0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) else text
    return "" if value is None else str(value).strip()


def _check_header(file: File, sheet: str, row: int, header: list[str]) -> list[Problem]:
    problems = []
    for index, name in enumerate(header):
        code = "unknown_column" if name not in COLUMNS else ""
        code = "column_twice" if name in header[:index] else code
        if code:
            cell = cell_name(row - 1, index)
            problems.append(Problem(Severity.ERROR, code, file.name, sheet, cell, found=name))
    return problems


@dataclass
class _PlainReader:
    """Reads the lines of one file one after the other."""

    file: File
    sheet: str
    header: list[str]
    catalogue: Catalogue
    year: int
    unit: str
    allowed: set[str] | None
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    seen: dict[tuple[object, ...], int] = field(default_factory=dict)

    def read(self, number: int, cells: list[str]) -> None:
        """Read one line; any problem refuses the whole line."""
        before = len(self.problems)
        beyond = [cell for cell in cells[len(self.header) :] if cell]
        if beyond:
            self._fault("beyond_heading", number, "", beyond[0])
        row = {name: cell.strip() for name, cell in zip(self.header, cells, strict=False)}
        self._check_place(number, row)
        numbers = {name: self._number(number, row, name) for name in (*TARGETS, *RESULTS, RATIO)}
        if len(self.problems) == before:
            self._check_numbers(number, row, numbers)
        if len(self.problems) == before:
            self.facts += self._facts(number, row, numbers)
            self._check_ratio(number, row, numbers)
        else:
            self.refused += 1

    def _check_place(self, number: int, row: Row) -> None:
        """Year, unit, indicator and period must be known, and stated once."""
        if row.get("year", str(self.year)) != str(self.year):
            self._fault("other_year", number, "year", row["year"], year=self.year)
        unit = self._unit(row)
        known = self.catalogue.unit.get(unit)
        if known is None or not known.valid_in(self.year):
            self._fault("unknown_unit", number, "unit", unit, year=self.year)
        elif self.allowed is not None and unit not in self.allowed:
            self._fault("other_unit", number, "unit", unit, unit=self.unit)
        indicator = self.catalogue.indicator.get(row.get("indicator", ""))
        if indicator is None or not indicator.valid_in(self.year):
            found = row.get("indicator", "")
            self._fault("unknown_indicator", number, "indicator", found, year=self.year)
        if _period(row) not in set(Period):
            self._fault("unknown_period", number, "period", row["period"])
        key = (unit, row.get("indicator"), _period(row))
        if key in self.seen:
            self._fault("stated_twice", number, "indicator", str(key[1]), line=self.seen[key])
        self.seen[key] = number

    def _number(self, number: int, row: Row, name: str) -> Decimal | None:
        text = row.get(name, "")
        if not text:
            return None
        value = plain_number(text)
        if isinstance(value, str):
            self._fault(value, number, name, text)
            return None
        return value

    def _check_numbers(self, number: int, row: Row, numbers: Mapping[str, Decimal | None]) -> None:
        """What no figure of the indicator can be."""
        indicator = self.catalogue.indicator[row["indicator"]]
        share = indicator.kind is Kind.PERCENT
        for name in ("target", *RESULTS):
            value = numbers[name]
            if value is None:
                continue
            whole = not share and indicator.decimals == 0
            if value < 0:
                self._fault("negative", number, name, row[name])
            elif share and name in ("target", "result") and value > HUNDRED:
                self._fault("percent_outside", number, name, row[name])
            elif whole and value != value.to_integral_value():
                self._fault("fraction_of_count", number, name, row[name])
        part, of_all = numbers["numerator"], numbers["denominator"]
        if share and part is not None and of_all is not None and part > of_all:
            self._fault("parts_impossible", number, "numerator", row["numerator"])

    def _check_ratio(self, number: int, row: Row, numbers: Mapping[str, Decimal | None]) -> None:
        """Say where the office's own percentage is not that of its numbers; it is kept all the same."""
        ratio, result, target = (numbers[name] for name in (RATIO, "result", "target"))
        if ratio is None or result is None or not target:
            return
        if not agrees(ratio, result, target, self.catalogue.indicator[row["indicator"]].kind):
            computed = shown(completion(result, target), 1)
            self._fault(
                "ratio_contradicts", number, RATIO, row[RATIO], Severity.WARNING, computed=computed
            )

    def _facts(self, number: int, row: Row, numbers: Mapping[str, Decimal | None]) -> list[Fact]:
        key: dict[str, Any] = {
            "year": self.year,
            "unit": self._unit(row),
            "indicator": row["indicator"],
            "period": Period(_period(row)),
            "note": row.get("note", ""),
        }
        facts: list[Fact] = []
        if any(numbers[name] is not None for name in TARGETS):
            aims: dict[str, Any] = {name: numbers[name] for name in ("lower", "upper", "baseline")}
            origin = self._origin(number, row, TARGETS)
            facts.append(Target(**key, origin=origin, value=numbers["target"], **aims))
        if any(numbers[name] is not None for name in RESULTS):
            value = _percentage(self.catalogue.indicator[row["indicator"]], numbers)
            parts: dict[str, Any] = {name: numbers[name] for name in ("numerator", "denominator")}
            origin = self._origin(number, row, RESULTS)
            stated = numbers[RATIO] if value is not None else None
            facts.append(Result(**key, origin=origin, value=value, stated=stated, **parts))
        return facts or [Expectation(**key, origin=self._origin(number, row, ("indicator",)))]

    def _origin(self, number: int, row: Row, names: tuple[str, ...]) -> Origin:
        """The first cell that says something; what stood there is kept as it was."""
        name = next(name for name in names if row.get(name))
        return Origin(self.file, self.sheet, self._cell(number, name), row[name])

    def _unit(self, row: Row) -> str:
        return row.get("unit") or self.unit

    def _cell(self, number: int, name: str) -> str:
        return (
            cell_name(number - 1, self.header.index(name)) if name in self.header else str(number)
        )

    def _fault(
        self,
        code: str,
        number: int,
        name: str,
        found: str,
        kind: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        cell = self._cell(number, name)
        self.problems.append(
            Problem(kind, code, self.file.name, self.sheet, cell, name, found, values)
        )


def _period(row: Row) -> str:
    return row.get("period") or Period.YEAR


def _percentage(indicator: Indicator, numbers: Mapping[str, Decimal | None]) -> Decimal | None:
    """The stated result, or what its parts make; 0 of 0 has none."""
    part, whole = numbers["numerator"], numbers["denominator"]
    if numbers["result"] is not None or part is None or not whole:
        return numbers["result"]
    return round(100 * part / whole, 4) if indicator.kind == "percent" else part
