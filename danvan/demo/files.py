"""Files: what units hand in, as CSV that the intake reads, and the facts with their cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan.demo.plan import Goal
from danvan.demo.statements import Statement
from danvan.intake.book import cell_name
from danvan.model import Expectation, Fact, File, Origin, Period, Result, Target

REPORT = ("unit", "indicator", "period", "result", "numerator", "denominator", "note")
PLAN = ("unit", "indicator", "period", "target")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the plan: without a target the figure is only expected."""

    unit: str
    indicator: str
    target: Decimal | None
    period: Period = Period.YEAR


def report(
    name: str, unit: str, year: int, lines: Sequence[Statement]
) -> tuple[File, tuple[Result, ...]]:
    """The file of a report, and its results with the cells they stand in."""
    rows = [
        (unit, one.indicator, str(one.period), *map(_text, _numbers(one)), one.note)
        for one in lines
    ]
    header: tuple[str, ...] = REPORT
    if any(one.stated is not None for one in lines):  # most reports leave the percentage to us
        header = (*REPORT, "ratio")
        rows = [(*row, _text(one.stated)) for row, one in zip(rows, lines, strict=True)]
    file = _file(name, header, rows)
    facts = tuple(
        Result(
            year=year, unit=unit, indicator=one.indicator, period=one.period, note=one.note,
            value=one.result, numerator=one.numerator, denominator=one.denominator,
            stated=one.stated,
            origin=Origin(file, "", cell_name(row, REPORT.index("result")), _text(one.result)),
        )
        for row, one in enumerate(lines, 1)
    )  # fmt: skip
    return file, facts


def _numbers(one: Statement) -> tuple[Decimal | None, ...]:
    return (one.result, one.numerator, one.denominator)


def plan(name: str, year: int, lines: Sequence[Asked]) -> tuple[File, tuple[Fact, ...]]:
    """The file of a plan, and its targets and expectations with their cells."""
    rows = [(one.unit, one.indicator, str(one.period), _text(one.target)) for one in lines]
    file = _file(name, PLAN, rows)
    return file, tuple(_asked(file, year, row, one) for row, one in enumerate(lines, 1))


def _asked(file: File, year: int, row: int, one: Asked) -> Fact:
    said = "indicator" if one.target is None else "target"
    found = one.indicator if one.target is None else _text(one.target)
    origin = Origin(file, "", cell_name(row, PLAN.index(said)), found)
    key = {"year": year, "unit": one.unit, "indicator": one.indicator}
    if one.target is None:
        return Expectation(**key, period=one.period, origin=origin)  # type: ignore[arg-type]
    return Target(**key, period=one.period, origin=origin, value=one.target)  # type: ignore[arg-type]


def asked(unit: str, indicator: str, goal: Goal) -> Asked | None:
    """The line of the January plan about a unit's figure; None where nothing is asked."""
    if goal.first is None and not goal.expected:
        return None
    return Asked(unit, indicator, goal.first)


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _file(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> File:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return File(name, text.getvalue().encode("utf-8"))
