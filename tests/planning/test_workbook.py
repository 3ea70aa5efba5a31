"""The plan as a workbook: what is typed into it comes back exactly, without a question."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan import intake
from danvan.catalogue import read_catalogue
from danvan.intake.template import FIRST, template
from danvan.model import Direction, File, Kind, OverUnits, Target
from danvan.wording import Words
from tests.making import CATALOGUE as SMALL
from tests.making import YEAR, figures

CATALOGUE = read_catalogue(Path(__file__).parent.parent.parent / "data")
NONE = figures().head(0)
GIVEN = [i for i in CATALOGUE.indicators if i.direction is not Direction.TRACK]
UNITS = [
    "TPCL",
    *(unit.code for unit in CATALOGUE.units if unit.parent == "TPCL" and unit.valid_in(2022)),
]


def _book(*rows: dict[str, Any], unit: str = "TPCL") -> Any:
    stands = figures(*rows) if rows else NONE
    content = template(CATALOGUE, 2022, unit, stands, NONE, Words("vi"), plan=True)
    return openpyxl.load_workbook(io.BytesIO(content))


def _read(book: Any) -> intake.Reading:
    target = io.BytesIO()
    book.save(target)
    return intake.read(File("ke-hoach.xlsx", target.getvalue()), CATALOGUE, 2022)


def _cell(book: Any, unit: str, code: str) -> Any:
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for cell in sheet[FIRST]}
        if f"{code}:target" in heads:
            row = next(cell.row for cell in sheet["A"] if cell.value == unit)
            return sheet.cell(row, heads[f"{code}:target"])
    raise KeyError(code)


def _targets(reading: intake.Reading) -> dict[tuple[str, str], Decimal | None]:
    assert all(isinstance(fact, Target) for fact in reading.facts)
    return {(f.unit, f.indicator): f.value for f in reading.facts if isinstance(f, Target)}


VALUES = {
    True: st.integers(0, 10**9).map(Decimal),
    False: st.decimals(0, 10**6, places=2),
}
SHARES = st.decimals(0, 100, places=2)


@st.composite
def _plans(draw: Any) -> dict[tuple[str, str], Decimal]:
    """Targets for some places, each as its indicator can have them."""
    places = st.tuples(st.sampled_from(UNITS), st.sampled_from(GIVEN))
    plan = {}
    for unit, one in draw(st.lists(places, min_size=1, max_size=12)):
        if one.over_units is not OverUnits.OWN or unit == "TPCL":
            values = SHARES if one.kind is Kind.PERCENT else VALUES[one.decimals == 0]
            plan[unit, one.code] = draw(values)
    return plan


@given(_plans())
@settings(max_examples=6)
def test_what_stands_comes_back_exactly_and_asks_nothing(
    plan: dict[tuple[str, str], Decimal],
) -> None:
    rows = [{"unit": u, "indicator": code, "target": float(v)} for (u, code), v in plan.items()]
    reading = _read(_book(*rows))
    assert reading.problems == ()
    assert _targets(reading) == plan


def test_what_is_typed_comes_back_and_blank_cells_say_nothing() -> None:
    book = _book()
    typed = {("TPCL", "DVK.01"): 45, ("TPCL.P1", "DVK.01"): 3, ("TPCL.HA", "CCHC.04"): 98.5}
    for (unit, code), value in typed.items():
        cell = _cell(book, unit, code)
        assert not cell.protection.locked
        cell.value = value
    reading = _read(book)
    assert reading.problems == ()
    assert _targets(reading) == {place: Decimal(str(value)) for place, value in typed.items()}


def test_trackers_have_no_column_and_results_neither() -> None:
    book = _book()
    heads = {cell.value for sheet in book.worksheets for cell in sheet[FIRST]}
    assert "HDND.01:target" not in heads
    assert "DVK.01:result" not in heads
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def test_a_band_has_two_columns() -> None:
    content = template(SMALL, YEAR, "CITY", NONE, NONE, Words("vi"), plan=True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    heads = [cell.value for cell in book.worksheets[0][FIRST]]
    assert {"BAND:lower", "BAND:upper", "SUM:target"} <= set(heads)


def test_a_unit_with_nobody_below_it_has_a_plan_of_its_own() -> None:
    book = _book(unit="TPCL.P1")
    _cell(book, "TPCL.P1", "DVK.01").value = 4
    assert _targets(_read(book)) == {("TPCL.P1", "DVK.01"): Decimal(4)}
