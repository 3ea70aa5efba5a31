"""Forms: a round's template asks for what is owed, and what is filled in comes back and nothing else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from danvan import intake
from danvan.model import Fact, File, Period, Result, Target
from danvan.rounds.forms import every_form, form
from tests.making import CATALOGUE, YEAR, submission
from tests.rounds.house import WORDS, House

ON = date(YEAR, 4, 5)
DOTTED = replace(
    CATALOGUE,
    indicators=tuple(replace(one, code=f"A.{one.code}") for one in CATALOGUE.indicators),
)
"""Codes as they are in life: a row of a template is told by the dot in its code."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "rounds.db", DOTTED, ("A.SUM", "A.LATEST"))


def _form(house: House, unit: str | None, period: Period = Period.Q1) -> Any:
    content = form(house.office, YEAR, period, unit, WORDS, ON)
    return openpyxl.load_workbook(io.BytesIO(content))


def _codes(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet["A"] if cell.value in DOTTED.indicator]


def _row(sheet: Any, code: str) -> int:
    return next(int(cell.row) for cell in sheet["A"] if cell.value == code)


def _facts(house: House, book: Any, unit: str | None = None) -> tuple[Fact, ...]:
    target = io.BytesIO()
    book.save(target)
    file = File("biểu.xlsx", target.getvalue())
    reading = intake.read(file, house.store.catalogue(), YEAR, unit)
    assert (reading.problems, reading.refused, reading.waiting) == ((), 0, 0)
    return reading.facts


def test_it_asks_for_what_is_owed_and_shows_the_target_of_the_year(house: House) -> None:
    house.open()
    house.report("W1", ["A.SUM"])
    sheet = _form(house, "W1")["Số liệu"]
    assert _codes(sheet) == ["A.LATEST"]
    row = _row(sheet, "A.LATEST")
    assert (sheet.cell(row, 6).value, sheet.cell(row, 7).value) == (12, None)
    open_cells = [c for c in range(1, 12) if not sheet.cell(row, c).protection.locked]
    assert open_cells == [7, 10, 11]
    assert sheet.cell(7, 6).value == "Kế hoạch năm 2022"
    assert sheet.cell(7, 7).value == "Kết quả quý I năm 2022 (01/01–31/03/2022)"
    assert sheet.cell(2, 2).value.startswith("BÁO CÁO QUÝ I NĂM 2022")


@pytest.mark.parametrize("period", [Period.Q1, Period.H1, Period.M9, Period.YEAR])
def test_what_is_filled_in_comes_back_as_results_of_the_period_and_nothing_else(
    house: House, period: Period
) -> None:
    house.open(period, period.last_day(YEAR))
    book = _form(house, "W1", period)
    sheet = book["Số liệu"]
    for number, code in enumerate(("A.SUM", "A.LATEST"), 1):
        sheet.cell(_row(sheet, code), 7).value = number
    facts = _facts(house, book, "W1")
    assert {type(fact) for fact in facts} == {Result}
    assert [(f.unit, f.indicator, f.period, f.value) for f in facts if isinstance(f, Result)] == [
        ("W1", "A.SUM", period, Decimal(1)),
        ("W1", "A.LATEST", period, Decimal(2)),
    ]


def test_an_empty_one_states_nothing(house: House) -> None:
    house.open()
    assert _facts(house, _form(house, "W1"), "W1") == ()


def test_a_percentage_asks_for_what_it_is_made_of(house: House) -> None:
    share = Target(year=YEAR, unit="W1", indicator="A.SHARE", value=Decimal(90))
    house.store.submit([submission(share)])
    house.open(indicators=("A.SHARE",))
    book = _form(house, "W1")
    sheet = book["Số liệu"]
    row = _row(sheet, "A.SHARE")
    sheet.cell(row, 8).value, sheet.cell(row, 9).value = 7, 8
    (fact,) = _facts(house, book, "W1")
    assert isinstance(fact, Result)
    assert (fact.value, fact.numerator, fact.denominator) == (Decimal("87.5"), 7, 8)


def test_the_city_gets_a_matrix_of_what_its_units_owe(house: House) -> None:
    house.open(indicators=("A.SUM",), units=("W1", "W2"))
    house.report("W2", ["A.SUM"])
    book = _form(house, None)
    sheet = book["Lĩnh vực A"]
    ids = {cell.value: cell.column for cell in sheet[6]}
    assert set(ids) - {None} == {"unit", "A.SUM:result"}
    column = ids["A.SUM:result"]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    unlocked = [u for u, r in rows.items() if not sheet.cell(r, column).protection.locked]
    assert unlocked == ["W1"]
    sheet.cell(rows["W1"], column).value = 4
    (fact,) = _facts(house, book)
    assert (fact.unit, fact.period) == ("W1", Period.Q1)


def test_without_a_round_or_anything_owed_it_has_all_that_can_be_told(house: House) -> None:
    assert "A.TRACK" in _codes(_form(house, "W1")["Số liệu"])
    house.open()
    house.report("W1", ["A.SUM", "A.LATEST"])
    sheet = _form(house, "W1")["Số liệu"]
    assert sheet.cell(_row(sheet, "A.SUM"), 7).value == 3


def test_of_a_part_of_the_year_nothing_yearly_is_asked(house: House) -> None:
    assert "A.OWN" not in _codes(_form(house, "CITY")["Lĩnh vực A"])


def test_every_unit_that_owes_has_its_form_in_the_archive_and_no_other(house: House) -> None:
    house.open()
    house.report("W2", ["A.SUM", "A.LATEST"])
    house.report("W1", ["A.SUM"])
    content = every_form(house.office, YEAR, Period.Q1, WORDS, ON)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist() == ["bieu-mau-W1-Q1-2022.xlsx", "bieu-mau-W3-Q1-2022.xlsx"]
    (first, _) = (openpyxl.load_workbook(archive.open(name)) for name in archive.namelist())
    assert _codes(first["Số liệu"]) == ["A.LATEST"]
    alone = _form(house, "W1")["Số liệu"]
    assert [[c.value for c in row] for row in first["Số liệu"]] == [
        [c.value for c in row] for row in alone
    ]
