"""The corpus: every value of every workbook is read right or asked; none is silently wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from danvan import intake
from danvan.catalogue import read_catalogue
from danvan.errors import Problem, Severity
from danvan.model import Duty, Expectation, Fact, File, Result, Target
from danvan.wording import Language
from tests.workbooks.cases import CASES, Case, Truth

CATALOGUE = read_catalogue(Path(__file__).parent.parent.parent / "data")


def _reading(case: Case) -> intake.Reading:
    return intake.read(File(case.file, case.content), CATALOGUE, case.year, case.unit)


def _figures(facts: Iterable[Fact]) -> dict[tuple[str, str, str], Truth]:
    found: dict[tuple[str, str, str], dict[str, object]] = {}
    for fact in facts:
        said = found.setdefault((fact.unit, fact.indicator, str(fact.period)), {})
        match fact:
            case Target():
                said["target"] = fact.value
            case Result():
                said |= {"result": fact.value, "approximate": fact.approximate}
                said |= {"numerator": fact.numerator, "denominator": fact.denominator}
            case Expectation():
                said["exempt"] = fact.duty is Duty.EXEMPT
    return {key: Truth(*key, **said) for key, said in found.items()}  # type: ignore[arg-type]


def _problems(problems: Iterable[Problem], kind: Severity) -> dict[str, str]:
    return {problem.cell: problem.code for problem in problems if problem.kind is kind}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_value_is_read_right_or_asked(case: Case) -> None:
    reading = _reading(case)
    assert _figures(reading.facts) == {(t.unit, t.indicator, t.period): t for t in case.truth}
    read = tuple((str(e.register), e.unit, e.name) for e in reading.entries)
    assert read == case.entries
    for kind, cells in (
        (Severity.QUESTION, case.asks),
        (Severity.ERROR, case.faults),
        (Severity.WARNING, case.warns),
    ):
        expected = {cell.rpartition("!")[2]: code for cell, code in cells.items()}
        assert _problems(reading.problems, kind) == expected
    for problem in reading.problems:
        for language in Language:
            assert problem.sentence(language).startswith(case.file)


def test_most_is_read_without_a_question() -> None:
    readings = [_reading(case) for case in CASES]
    read = sum(len(_figures(reading.facts)) for reading in readings)
    asked = sum(reading.waiting + reading.refused for reading in readings)
    print(f"{len(CASES)} workbooks, {read} figures read, {asked} asked or refused")
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
    assert read / (read + asked) > 0.85
