"""Statements: everything a sheet says about figures and registers, and what about it must be asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from danvan.errors import Problem, Severity
from danvan.intake.answers import TOTALS, Answers
from danvan.intake.asking import Asking
from danvan.intake.book import Place, Sheet, Value, cell_name
from danvan.intake.labels import Labels
from danvan.intake.layout import Layout, Table
from danvan.intake.measures import KNOWN
from danvan.intake.names import Names
from danvan.intake.quantities import Quantity, Style, quantity
from danvan.intake.registers import Listing, RegisterReader, listing
from danvan.intake.spelling import spelled
from danvan.intake.stated import Stated
from danvan.intake.tables import TableReader, Total
from danvan.intake.times import time_of_title
from danvan.intake.titles import Titles, titles
from danvan.model import Catalogue, Entry, File

SHOWN = 12  # cells named in one sentence
FIRST_YEAR, LAST_YEAR = 1990, 2100
ITEM = 4  # characters of the longest number of a list: "VIII"


@dataclass
class Statements:
    """What a sheet states; `waiting` counts the cells that wait for an answer."""

    stated: list[Stated] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    waiting: int = 0


def statements(
    sheet: Sheet, file: File, names: Names, answers: Answers, unit: str | None
) -> Statements:
    """Everything the sheet states; `unit` is what the person who hands in says."""
    asking = Asking(file, sheet.name, names, answers)
    found = Statements(problems=asking.problems)
    labels = Labels(sheet, names)
    layout = Layout(labels)
    tables = layout.tables()
    places: set[Place] = set()
    above = tables[0].titles if tables else ()
    for number, table in enumerate(tables):
        about = titles(table.titles, above if number else (), sheet.name, names)
        register = listing(table)
        if not _is_of_year(labels, table, about, asking):
            places |= _places(table)
        elif register:
            places |= _places(table)
            _read_register(found, labels, table, register, about, asking, unit)
        else:
            reader = TableReader(labels, table, about, asking, number, unit)
            found.totals += reader.read()
            found.stated += reader.stated
            found.waiting += reader.waiting
            places |= reader.read_places
    if not tables:
        _ask_sheet(sheet, asking)
    _parents_are_totals(found, asking)
    _sweep(layout, tables, places, asking)
    if answers.keeps_total(sheet.name):
        found.stated += _own_figures(found.totals, names.catalogue)
        found.totals = []
    return found


def _read_register(
    found: Statements,
    labels: Labels,
    table: Table,
    register: Listing,
    about: Titles,
    asking: Asking,
    unit: str | None,
) -> None:
    """A list of models, tasks or awards."""
    given = about.unit or unit or asking.answers.file_unit(asking.sheet)
    year, allowed = asking.names.year, asking.names.catalogue.scope(unit)
    reader = RegisterReader(labels, table, register, asking.file, year, given, allowed)
    found.entries += reader.read()
    found.waiting += len(reader.doubts)
    for kind, code, place, text in reader.doubts:
        if kind is Severity.QUESTION:
            asking.ask(code, place, text, f"file-unit:{asking.sheet}", name="unit")
        else:
            asking.tell(kind, code, place, text)


def _is_of_year(labels: Labels, table: Table, about: Titles, asking: Asking) -> bool:
    """Whether the titles speak of the year handed in for; another year refuses the table."""
    year = asking.names.year
    if not about.years or year in about.years:
        return True
    cells = ((r, c) for r in range(table.head.start) for c in range(len(labels.rows[r])))
    place = next((cell for cell in cells if time_of_title(labels.text(*cell)).years), (0, 0))
    found = ", ".join(map(str, sorted(about.years)))
    values = {"year": year}
    asking.tell(Severity.ERROR, "title_of_other_year", place, found, "year", values, once=found)
    return False


def _places(table: Table) -> set[Place]:
    return {(row, column) for row in table.body for column in table.columns}


def _sweep(layout: Layout, tables: list[Table], places: set[Place], asking: Asking) -> None:
    """Say which numbers stand in no place that was read or left unread on purpose."""
    labels, heads = layout.labels, {row for table in tables for row in table.head}
    left = [
        (r, c)
        for r, row in enumerate(labels.rows)
        if tables and r not in heads
        for c, value in enumerate(row)
        if value is not None and (r, c) not in places and (r, c) not in labels.inner
        if _is_number(value) and not _is_ordinal(layout, r, c)
    ]
    if left:
        cells = ", ".join(cell_name(*place) for place in left[:SHOWN])
        values = {"n": len(left), "cells": cells + (" …" if len(left) > SHOWN else "")}
        found = str(labels.value(*left[0]))
        asking.tell(Severity.WARNING, "numbers_not_read", left[0], found, values=values)


def _is_number(value: Value) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return not FIRST_YEAR <= value <= LAST_YEAR
    if not isinstance(value, str) or not value.lstrip(" (~<>≈")[:1].isdigit():
        return False
    read = quantity(value, Style.COMMA, False)
    return isinstance(read, Quantity) and spelled(read.measure) in {"", *KNOWN}


def _is_ordinal(layout: Layout, row: int, column: int) -> bool:
    """Whether a number only counts the rows of a list: it stands before the first text of its row."""
    cells = layout.labels.rows[row]
    text = next(
        (c for c, v in enumerate(cells) if isinstance(v, str) and len(v.strip()) > ITEM), None
    )
    return (text is not None and column < text) or layout.heads.is_numbering(row)


def _ask_sheet(sheet: Sheet, asking: Asking) -> None:
    """A sheet with numbers and no table."""
    places = [
        (r, c) for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if _is_number(v)
    ]
    asked = f"sheet:{sheet.name}"
    if places and not asking.answers.skips("", asked):
        asking.ask("sheet_not_understood", places[0], sheet.name, asked)


def _parents_are_totals(found: Statements, asking: Asking) -> None:
    """A unit above others of the same sheet states their total, not a figure of its own."""
    catalogue = asking.names.catalogue
    below: defaultdict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for one in found.stated:
        below[_about(one, _parent(catalogue, one.unit))].append(one)
    parents = {key[0] for key in below}
    kept = []
    for one in found.stated:
        parts = below.get(_about(one, one.unit)) if one.unit in parents else None
        if not parts or asking.answers.keeps_total(asking.sheet):
            kept.append(one)
            continue
        found.totals.append(Total(one, tuple(parts)))
        asked = {
            "asked": f"{TOTALS}{asking.sheet}",
            "shape": "",
            "name": catalogue.unit[one.unit].name,
        }
        place = (one.row, one.column)
        told = str(one.value if one.value is not None else "")
        asking.tell(Severity.WARNING, "taken_for_total", place, told, values=asked, once="sheet")
    found.stated = kept


def _own_figures(totals: list[Total], catalogue: Catalogue) -> list[Stated]:
    """Totals as figures of the unit above all that they total, where there is one."""
    above = [(total, {_parent(catalogue, part.unit) for part in total.parts}) for total in totals]
    return [
        replace(total.stated, unit=next(iter(parents)))
        for total, parents in above
        if len(parents) == 1 and parents != {""}
    ]


def _parent(catalogue: Catalogue, unit: str) -> str:
    return catalogue.unit[unit].parent if unit in catalogue.unit else ""


def _about(one: Stated, unit: str) -> tuple[object, ...]:
    return (unit, one.indicator, one.field, one.period)
