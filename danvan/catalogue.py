"""The catalogue files: areas, indicators, their legal minimums, units and their changes, read and checked.

A file that cannot be used raises CatalogueError naming file, line and column: half a catalogue
would be worse than none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from danvan.errors import CatalogueError
from danvan.model import (
    Alias,
    Area,
    Catalogue,
    Direction,
    Indicator,
    KeyGroup,
    Kind,
    Minimum,
    OverPeriods,
    OverUnits,
    Unit,
    UnitChange,
    Whole,
)

CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
MOST_DECIMALS = 4

AREA = ("code", "name", "name_en")
GROUP = ("code", "name", "name_en", "indicators")
INDICATOR = (
    "code", "area", "name", "name_en", "measure", "kind", "direction", "over_units",
    "over_periods", "decimals", "counted_from", "basis",
)  # fmt: skip
UNIT = ("code", "name", "name_en", "kind", "parent", "from", "to", "note")
CHANGE = ("date", "old", "new", "basis")
ALIAS = ("name", "code")
MINIMUM = ("indicator", "kinds", "value", "first_year", "last_year", "basis")
WHOLE = ("whole", "parts")
"""The columns each file must have; measure_en, weight, first_year, last_year, population, and the
basis of a whole may be added.
"""

NUMBERS = ("target", "result", "numerator", "denominator")
"""What a term of a whole may ask of an indicator; its result where it asks nothing."""
LISTS = ("models", "tasks", "awards")
"""The registers whose rows a term of a whole may count."""

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue in the folder: areas, key groups, indicators and what the law asks of them, units,
    their changes and aliases.
    """
    areas = [_area(line) for line in read_lines(folder / "areas.csv", AREA)]
    indicators = read_lines(folder / "indicators.csv", INDICATOR)
    groups = read_lines(folder / "key-groups.csv", GROUP)
    units = read_lines(folder / "units.csv", UNIT)
    changes = read_lines(folder / "unit-changes.csv", CHANGE)
    aliases = read_lines(folder / "aliases.csv", ALIAS)
    minimums = read_lines(folder / "minimums.csv", MINIMUM)
    wholes = read_lines(folder / "wholes.csv", WHOLE)
    named = {line.text("code") for line in (*indicators, *units)}
    codes = {line.text("code") for line in units}
    _check_tree(units)
    return Catalogue(
        areas=tuple(areas),
        groups=tuple(_group(line, {i.text("code") for i in indicators}) for line in groups),
        minimums=tuple(_minimum(line, {i.text("code") for i in indicators}) for line in minimums),
        indicators=tuple(_indicator(line, {area.code for area in areas}) for line in indicators),
        units=tuple(_unit(line, codes) for line in units),
        changes=tuple(_change(line, codes) for line in changes),
        aliases=tuple(Alias(line.required("name"), line.known("code", named)) for line in aliases),
        wholes=tuple(_whole(line, {i.text("code") for i in indicators}) for line in wholes),
    )


class Line:
    """One line of a CSV file whose cells are read with a word about what is wrong with them."""

    def __init__(self, path: Path, number: int, cells: dict[str, str | None]) -> None:
        self.path, self.number, self.cells = path, number, cells

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def required(self, column: str) -> str:
        return self.text(column) or self.refuse(column, "catalogue_empty")

    def code(self, column: str) -> str:
        text = self.required(column)
        return text if CODE.fullmatch(text) else self.refuse(column, "catalogue_code")

    def known(self, column: str, known: Collection[str]) -> str:
        text = self.required(column)
        return text if text in known else self.refuse(column, "catalogue_unknown")

    def one_of(self, column: str, kind: type[Choice]) -> Choice:
        text = self.required(column)
        if text not in set(kind):
            self.refuse(column, "catalogue_choice", allowed=", ".join(kind))
        return kind(text)

    def whole(self, column: str, least: int = 0, most: int | None = None) -> int | None:
        value = self._parsed(column, int, "catalogue_number")
        if value is not None and (value < least or (most is not None and value > most)):
            self.refuse(column, "catalogue_number")
        return value

    def day(self, column: str) -> date | None:
        return self._parsed(column, date.fromisoformat, "catalogue_date")

    def weight(self) -> Decimal:
        value = self.amount("weight")
        return Decimal(1) if value is None else value

    def amount(self, column: str) -> Decimal | None:
        value = self._parsed(column, Decimal, "catalogue_number")
        if value is not None and not (value.is_finite() and value >= 0):
            self.refuse(column, "catalogue_number")
        return value

    def refuse(self, column: str, key: str, **values: object) -> NoReturn:
        raise CatalogueError(
            key,
            file=self.path.name,
            line=self.number,
            column=column,
            found=self.text(column),
            **values,
        )

    def _parsed(self, column: str, parse: Callable[[str], Value], key: str) -> Value | None:
        if not self.text(column):
            return None
        try:
            return parse(self.text(column))
        except (ValueError, InvalidOperation):
            self.refuse(column, key)


def read_lines(path: Path, columns: Sequence[str]) -> list[Line]:
    """The lines of one file; every column must be there and no code may come twice."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source, restkey="", strict=True)
            lines = [Line(path, reader.line_num, row) for row in reader]
            header = reader.fieldnames or ()
    except FileNotFoundError:
        raise CatalogueError("catalogue_missing", file=path.name, folder=path.parent) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError("catalogue_unreadable", file=path.name, detail=error) from error
    for column in columns:
        if column not in header:
            raise CatalogueError("catalogue_column", file=path.name, column=column)
    seen: set[str] = set()
    for line in lines:
        if "" in line.cells or None in line.cells.values():
            line.refuse(columns[0], "catalogue_cells", expected=len(header))
        if columns[0] == "code" and line.code("code") in seen:
            line.refuse("code", "catalogue_twice")
        seen.add(line.text("code"))
    return lines


def _area(line: Line) -> Area:
    return Area(line.code("code"), line.required("name"), line.required("name_en"))


def _group(line: Line, indicators: Collection[str]) -> KeyGroup:
    codes = tuple(line.required("indicators").split())
    if unknown := [code for code in codes if code not in indicators]:
        line.refuse("indicators", "catalogue_unknown", unknown=unknown[0])
    return KeyGroup(line.code("code"), line.required("name"), line.required("name_en"), codes)


def _minimum(line: Line, indicators: Collection[str]) -> Minimum:
    line.required("value")
    return Minimum(
        indicator=line.known("indicator", indicators),
        kinds=tuple(kind.strip() for kind in line.required("kinds").split(";")),
        value=line.amount("value") or Decimal(0),
        basis=line.required("basis"),
        first_year=line.whole("first_year"),
        last_year=line.whole("last_year"),
    )


def _indicator(line: Line, areas: Collection[str]) -> Indicator:
    kind, over_units = line.one_of("kind", Kind), line.one_of("over_units", OverUnits)
    share, ratio = kind is Kind.PERCENT, over_units is OverUnits.RATIO
    if over_units is not OverUnits.OWN and share != ratio:
        line.refuse("over_units", "catalogue_percent")
    return Indicator(
        code=line.code("code"),
        area=line.known("area", areas),
        name=line.required("name"),
        name_en=line.required("name_en"),
        measure=line.required("measure"),
        measure_en=line.text("measure_en"),
        kind=kind,
        direction=line.one_of("direction", Direction),
        over_units=over_units,
        over_periods=line.one_of("over_periods", OverPeriods),
        decimals=line.whole("decimals", most=MOST_DECIMALS) or 0,
        weight=line.weight(),
        counted_from=line.text("counted_from"),
        basis=line.text("basis"),
        first_year=line.whole("first_year"),
        last_year=line.whole("last_year"),
    )


def _unit(line: Line, codes: Collection[str]) -> Unit:
    first, last = line.day("from"), line.day("to")
    if first and last and last < first:
        line.refuse("to", "catalogue_order")
    return Unit(
        code=line.code("code"),
        name=line.required("name"),
        name_en=line.required("name_en"),
        kind=line.required("kind"),
        parent=line.known("parent", codes) if line.text("parent") else "",
        first_day=first,
        last_day=last,
        population=line.whole("population"),
        note=line.text("note"),
    )


def _change(line: Line, units: Collection[str]) -> UnitChange:
    line.required("date")
    day = line.day("date")
    old, new = line.known("old", units), line.known("new", units)
    if day is None or old == new:
        line.refuse("new", "catalogue_same")
    return UnitChange(day, old, new, line.text("basis"))


def _whole(line: Line, indicators: Collection[str]) -> Whole:
    parts = tuple(line.required("parts").split())
    for column, terms in (("whole", (line.required("whole"),)), ("parts", parts)):
        for term in terms:
            kind, _, asked = term.partition(":")
            known = asked in NUMBERS or not asked if kind in indicators else kind in LISTS
            if not known:
                line.refuse(column, "catalogue_unknown", unknown=term)
    if not any(term.partition(":")[0] in indicators for term in (line.text("whole"), *parts)):
        line.refuse("whole", "catalogue_unknown")
    return Whole(line.text("whole"), parts)


def _check_tree(lines: Sequence[Line]) -> None:
    """No unit may be above itself: the tree would have no top."""
    parents = {line.text("code"): line.text("parent") for line in lines}
    for line in lines:
        seen, at = {line.text("code")}, line.text("parent")
        while at:
            if at in seen:
                line.refuse("parent", "catalogue_circle")
            seen.add(at)
            at = parents.get(at, "")
