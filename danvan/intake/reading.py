"""Read: one file understood as far as it can be, and the rest asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from danvan.errors import Problem, Severity
from danvan.intake import templated
from danvan.intake.answers import Answers
from danvan.intake.book import Book, Sheet, cell_name
from danvan.intake.facts import facts
from danvan.intake.fonts import unicode_text
from danvan.intake.names import Names
from danvan.intake.opening import commas_in_numbers, opened
from danvan.intake.plain import is_plain, read_plain
from danvan.intake.statements import Statements, statements
from danvan.intake.template import IDENTITY
from danvan.intake.templated import Identity
from danvan.model import Catalogue, Entry, Fact, File


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one file; `refused` figures have errors, `waiting` ones questions."""

    file: File
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    waiting: int = 0
    entries: tuple[Entry, ...] = ()


def read(
    file: File,
    catalogue: Catalogue,
    year: int,
    unit: str | None = None,
    answers: Answers | None = None,
) -> Reading:
    """Facts and problems of a file that states figures of `year`.

    With `unit`, figures of other units than it and its subtree are refused. Raises nothing:
    what cannot be read is a problem.
    """
    book = opened(file)
    if isinstance(book, Problem):
        return Reading(file, problems=(book,), refused=0)
    if len(book.sheets) == 1 and is_plain(book.sheets[0]):
        found, problems, refused = read_plain(file, book.sheets[0], catalogue, year, unit)
        return Reading(file, tuple(found), tuple(problems), refused)
    if commas_in_numbers(file):
        return Reading(file, problems=(Problem(Severity.ERROR, "commas_in_numbers", file.name),))
    known = templated.identity(book)
    if known is not None:
        return _filled_in(file, book, known, Names(catalogue, year), unit, answers or Answers())
    return _understood(file, book, Names(catalogue, year), year, unit, answers or Answers())


def _filled_in(
    file: File, book: Book, known: Identity, names: Names, unit: str | None, answers: Answers
) -> Reading:
    """A template of ours that came back."""
    if known.year != names.year:
        values = {"year": names.year}
        problem = Problem(
            Severity.ERROR,
            "template_of_other_year",
            file.name,
            found=str(known.year),
            values=values,
        )
        return Reading(file, problems=(problem,))
    cells = templated.stated(book, known)
    added = _added(book, {(one.sheet, one.row) for one in cells}, file)
    allowed = names.catalogue.scope(unit)
    read = facts(file, cells, (), names, answers, names.year, allowed, unit)
    return Reading(file, tuple(read.facts), (*added, *read.problems), read.refused, read.waiting)


def _added(book: Book, rows: set[tuple[str, int]], file: File) -> list[Problem]:
    """The first number that somebody added to a template outside its rows: it is not read."""
    for sheet in book.sheets:
        for r, row in enumerate(sheet.rows if sheet.name != IDENTITY else ()):
            at = next((c for c, v in enumerate(row) if isinstance(v, int | float) and v), None)
            if at is not None and (sheet.name, r) not in rows and not templated.is_row(row):
                cell, found = cell_name(r, at), str(row[at])
                values = {"n": 1, "cells": cell}
                kind, code = Severity.WARNING, "numbers_not_read"
                return [Problem(kind, code, file.name, sheet.name, cell, "", found, values)]
    return []


def _understood(
    file: File, book: Book, names: Names, year: int, unit: str | None, answers: Answers
) -> Reading:
    """A workbook of people: each sheet on its own, then all that they say together."""
    book, converted = _in_unicode(book)
    found = Statements()
    for sheet in book.sheets:
        if sheet.hidden:
            found.problems += _unread(sheet, file)
        else:
            one = statements(sheet, file, names, answers, unit)
            found.stated += one.stated
            found.totals += one.totals
            found.problems += one.problems
            found.entries += one.entries
            found.waiting += one.waiting
    allowed = names.catalogue.scope(unit)
    read = facts(file, found.stated, found.totals, names, answers, year, allowed, unit)
    problems = [replace(problem, file=file.name) for problem in converted]
    problems += found.problems + read.problems
    return Reading(
        file,
        tuple(read.facts),
        tuple(problems),
        read.refused,
        read.waiting + found.waiting,
        tuple(found.entries),
    )


def _unread(sheet: Sheet, file: File) -> list[Problem]:
    """A hidden sheet is not read; one with numbers is said to be there."""
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                place = cell_name(r, c)
                return [
                    Problem(
                        Severity.WARNING,
                        "hidden_sheet",
                        file.name,
                        sheet.name,
                        place,
                        found=sheet.name,
                    )
                ]
    return []


def _in_unicode(book: Book) -> tuple[Book, list[Problem]]:
    """The book with texts of old fonts converted, and a notice for each sheet that had any."""
    sheets, notices = [], []
    for sheet in book.sheets:
        first: tuple[str, str] | None = None
        rows = []
        for r, row in enumerate(sheet.rows):
            cells = list(row)
            for c, value in enumerate(row):
                text = unicode_text(value) if isinstance(value, str) else None
                if text is not None:
                    cells[c] = text
                    first = first or (cell_name(r, c), str(value))
            rows.append(cells)
        sheets.append(replace(sheet, rows=rows, name=unicode_text(sheet.name) or sheet.name))
        if first:
            place, found = first
            notices.append(
                Problem(Severity.WARNING, "old_font", "", sheet.name, place, found=found)
            )
    return replace(book, sheets=tuple(sheets)), notices
