"""Which reader understands a file, and what every reader returns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from danvan.errors import Problem, Severity
from danvan.intake.plain import read_plain
from danvan.model import Catalogue, Fact, File

LARGEST_FILE = 10 * 2**20  # bytes; a year of a city is a few hundred kilobytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one file; `refused` counts its rows that were not."""

    file: File
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: int = 0


def read(file: File, catalogue: Catalogue, year: int, unit: str | None = None) -> Reading:
    """Facts and problems of a file that states figures of `year`.

    With `unit`, figures of other units than it and its subtree are refused. Raises nothing:
    what cannot be read is a problem.
    """
    if not file.content:
        return _refused(file, "empty_file")
    if len(file.content) > LARGEST_FILE:
        return _refused(file, "large_file", most=LARGEST_FILE // 2**20)
    if PurePath(file.name).suffix.lower() != ".csv":
        return _refused(file, "unknown_format")
    facts, problems, refused = read_plain(file, catalogue, year, unit)
    return Reading(file, tuple(facts), tuple(problems), refused)


def _refused(file: File, code: str, **values: object) -> Reading:
    return Reading(file, problems=(Problem(Severity.ERROR, code, file.name, values=values),))
