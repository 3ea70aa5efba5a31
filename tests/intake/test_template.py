"""The template: what is written in it comes back exactly, whatever was done to its labels."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan import intake
from danvan.catalogue import read_catalogue
from danvan.intake.template import template
from danvan.model import Duty, Expectation, File, Kind, Result, Target
from danvan.wording import Words
from tests.making import figures

CATALOGUE = read_catalogue(Path(__file__).parent.parent.parent / "data")
NONE = figures().head(0)
WORDS = Words("vi")


def _book(unit: str, *rows: dict[str, Any], last: Any = NONE) -> Any:
    content = template(CATALOGUE, 2022, unit, figures(*rows) if rows else NONE, last, WORDS)
    return openpyxl.load_workbook(io.BytesIO(content))


def _read(book: Any, unit: str | None = None) -> intake.Reading:
    target = io.BytesIO()
    book.save(target)
    return intake.read(File("biểu.xlsx", target.getvalue()), CATALOGUE, 2022, unit)


def _row(sheet: Any, code: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == code)


def test_an_empty_template_states_nothing() -> None:
    reading = _read(_book("TPCL.P1"))
    assert (reading.facts, reading.problems) == ((), ())


def test_what_stands_is_in_it_and_comes_back() -> None:
    book = _book(
        "TPCL.P1",
        {"unit": "TPCL.P1", "indicator": "DVK.01", "target": 3.0, "result": 2.0},
        {
            "unit": "TPCL.P1",
            "indicator": "HGCS.03",
            "result": 87.5,
            "numerator": 7.0,
            "denominator": 8.0,
        },
        {"unit": "TPCL.P1", "indicator": "NTM.01", "exempt": True, "reason": "là phường"},
        last=figures({"year": 2021, "unit": "TPCL.P1", "indicator": "DVK.01", "result": 1.0}),
    )
    sheet = book["Số liệu"]
    assert sheet.cell(_row(sheet, "DVK.01"), 5).value == 1
    facts = _read(book).facts
    assert [(type(f), f.indicator) for f in facts] == [
        (Result, "HGCS.03"),
        (Target, "DVK.01"),
        (Result, "DVK.01"),
        (Expectation, "NTM.01"),
    ]
    assert isinstance(facts[0], Result)
    assert (facts[0].value, facts[0].numerator, facts[0].denominator) == (Decimal("87.5"), 7, 8)
    assert isinstance(facts[3], Expectation)
    assert (facts[3].duty, facts[3].note) == (Duty.EXEMPT, "là phường")


def test_labels_order_and_sheets_names_do_not_matter() -> None:
    book = _book("TPCL.P1")
    sheet = book["Số liệu"]
    sheet.cell(_row(sheet, "DVK.01"), 7).value = 5
    sheet.cell(_row(sheet, "DVK.01"), 3).value = "tên khác"
    sheet.title = "Trang 1"
    sheet.insert_cols(4)
    sheet.delete_rows(_row(sheet, "LD.01"))
    (fact,) = _read(book).facts
    assert isinstance(fact, Result)
    assert (fact.unit, fact.indicator, fact.value) == ("TPCL.P1", "DVK.01", 5)
    assert fact.origin.cell == f"H{_row(sheet, 'DVK.01')}"


def test_words_may_stand_where_numbers_are_missing() -> None:
    book = _book("TPCL.P1")
    sheet = book["Số liệu"]
    sheet.cell(_row(sheet, "DVK.01"), 7).value = "đang cập nhật"
    sheet.cell(_row(sheet, "HGCS.01"), 10).value = "đang cập nhật"
    assert {(type(f), f.indicator) for f in _read(book).facts} == {
        (Expectation, "DVK.01"),
        (Expectation, "HGCS.01"),
    }


def test_only_what_is_to_be_filled_in_is_unlocked() -> None:
    sheet = _book("TPCL.P1")["Số liệu"]
    assert sheet.protection.sheet
    row, share = _row(sheet, "DVK.01"), _row(sheet, "HGCS.03")
    assert [c for c in range(1, 12) if not sheet.cell(row, c).protection.locked] == [6, 7, 10, 11]
    assert [c for c in range(1, 12) if not sheet.cell(share, c).protection.locked] == [
        6,
        7,
        8,
        9,
        10,
        11,
    ]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "E8"
    kinds = {check.type for check in sheet.data_validations.dataValidation}
    assert kinds == {"decimal", "list"}


def test_the_city_gets_a_matrix_of_its_units() -> None:
    book = _book("TPCL")
    sheet = book["Dân vận khéo"]
    ids = {cell.value: cell.column for cell in sheet[6]}
    row = next(cell.row for cell in sheet["A"] if cell.value == "TPCL.HA")
    sheet.cell(row, ids["DVK.01:result"]).value = 4
    council = book["Hội đồng nhân dân"]
    own = {cell.value: cell.column for cell in council[6]}["HDND.01:result"]
    council.cell(9, own).value = 31
    facts = _read(book).facts
    assert {(f.unit, f.indicator) for f in facts} == {("TPCL.HA", "DVK.01"), ("TPCL", "HDND.01")}


def test_a_template_of_another_year_is_refused() -> None:
    book = _book("TPCL.P1")
    book["_danvan"]["B2"] = 2021
    assert [p.code for p in _read(book).problems] == ["template_of_other_year"]


def test_a_template_of_another_unit_is_refused() -> None:
    book = _book("TPCL.P1")
    sheet = book["Số liệu"]
    sheet.cell(_row(sheet, "DVK.01"), 7).value = 5
    assert [p.code for p in _read(book, "TPCL.P2").problems] == ["other_unit"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@a", "\tb", "bình\x07thường"])
def test_notes_never_become_formulas(text: str) -> None:
    book = _book(
        "TPCL.P1", {"unit": "TPCL.P1", "indicator": "DVK.01", "result": 1.0, "result_note": text}
    )
    sheet = book["Số liệu"]
    cell = sheet.cell(_row(sheet, "DVK.01"), 11)
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x07", "□")


COUNTED = [
    i.code
    for i in CATALOGUE.indicators
    if i.kind is Kind.COUNT and not i.decimals and i.over_units != "own"
]


@settings(max_examples=15)
@given(
    st.dictionaries(
        st.sampled_from(COUNTED),
        st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
        max_size=12,
    )
)
def test_any_numbers_come_back_exactly(numbers: dict[str, tuple[int, int]]) -> None:
    book = _book("TPCL.TT")
    sheet = book["Số liệu"]
    for code, (target, result) in numbers.items():
        sheet.cell(_row(sheet, code), 6).value = target
        sheet.cell(_row(sheet, code), 7).value = result
    read = {(f.indicator, type(f)): f.value for f in _read(book).facts}  # type: ignore[attr-defined]
    assert read == {
        (code, kind): value
        for code, pair in numbers.items()
        for kind, value in zip((Target, Result), pair, strict=True)
    }
