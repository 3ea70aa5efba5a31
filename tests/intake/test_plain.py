"""The plain CSV layout: what is understood, and every fault with its place and remedy."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan import intake
from danvan.errors import Severity
from danvan.intake.numerals import plain_number
from danvan.model import Expectation, Period, Result, Target
from danvan.wording import Language
from tests.making import CATALOGUE, YEAR, csv_file

HEAD = "unit,indicator,target,result\n"


def _read(text: str, unit: str | None = None) -> intake.Reading:
    return intake.read(csv_file(text), CATALOGUE, YEAR, unit)


def test_a_line_states_a_target_and_a_result_each_from_its_own_cell() -> None:
    reading = _read(HEAD + "CITY,SUM,23,22\n")
    target, result = reading.facts
    assert isinstance(target, Target)
    assert isinstance(result, Result)
    assert (target.value, target.origin.cell, target.origin.found) == (23, "C2", "23")
    assert (result.value, result.origin.cell, result.origin.found) == (22, "D2", "22")
    assert reading.problems == ()


def test_a_line_without_numbers_says_that_the_figure_is_expected() -> None:
    (fact,) = _read(HEAD + "CITY,SUM,,\n").facts
    assert isinstance(fact, Expectation)
    assert fact.origin.cell == "B2"


def test_blank_is_missing_and_0_is_0() -> None:
    (fact,) = _read(HEAD + "CITY,SUM,,0\n").facts
    assert isinstance(fact, Result)
    assert fact.value == 0


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_heading_says_which_separator_it_is(separator: str) -> None:
    text = (HEAD + "CITY,SUM,1,2\n").replace(",", separator)
    assert [fact.indicator for fact in _read(text).facts] == ["SUM", "SUM"]


def test_a_byte_order_mark_and_windows_lines_are_read() -> None:
    content = "\ufeff" + (HEAD + "CITY,SUM,1,2\n\n").replace("\n", "\r\n")
    assert len(_read(content).facts) == 2


def test_a_line_break_inside_quotes_keeps_the_line_numbers_right() -> None:
    text = 'unit,indicator,result,note\nCITY,SUM,1,"hai\ndòng"\nCITY,LESS,x,\n'
    (problem,) = _read(text).problems
    assert problem.cell == "C3"  # the row a spreadsheet shows


def test_bounds_baseline_and_parts_are_read() -> None:
    text = (
        "unit,indicator,period,lower,upper,baseline,numerator,denominator\n"
        'CITY,BAND,Q1,"2,85",3.15,,,\nCITY,SHARE,,,,,9,10\n'
    )
    band, share = _read(text).facts
    assert isinstance(band, Target)
    assert (band.lower, band.upper, band.period) == (Decimal("2.85"), Decimal("3.15"), Period.Q1)
    assert isinstance(share, Result)
    assert (share.value, share.numerator, share.denominator) == (90, 9, 10)


FAULTS = {
    "unknown_indicator": ("CITY,XX.01,1,2", "B2", "XX.01"),
    "unknown_unit": ("NOWHERE,SUM,1,2", "A2", "NOWHERE"),
    "not_a_number": ("CITY,SUM,1,hai mươi", "D2", "hai mươi"),
    "number_two_ways": ("CITY,SUM,1,1.234", "D2", "1.234"),
    "number_too_large": ("CITY,SUM,1,1000000000000", "D2", "1000000000000"),
    "too_many_decimals": ("CITY,SUM,1,0.12345", "D2", "0.12345"),
    "beyond_heading": ("CITY,SUM,1,2,3", "2", "3"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_names_file_cell_and_what_was_found_and_what_to_do(code: str) -> None:
    line, cell, found = FAULTS[code]
    reading = _read(HEAD + line + "\nCITY,LESS,1,1\n")
    (problem,) = reading.problems
    assert (problem.kind, problem.code) == (Severity.ERROR, code)
    assert (problem.file, problem.cell, problem.found) == ("figures.csv", cell, found)
    assert reading.refused == 1
    assert {fact.indicator for fact in reading.facts} == {"LESS"}
    for language in Language:
        sentence = problem.sentence(language)
        assert sentence.startswith(f"figures.csv, {cell}: ")
        assert found in sentence
        assert problem.remedy(language)


def test_every_fault_of_a_file_is_found_at_once() -> None:
    reading = _read(HEAD + "NOWHERE,XX,a,b\nCITY,SUM,1,c\n")
    assert [problem.cell for problem in reading.problems] == ["A2", "B2", "C2", "D2", "D3"]
    assert reading.refused == 2


def test_another_year_and_another_period_are_faults() -> None:
    text = "year,unit,indicator,period,result\n2021,CITY,SUM,,1\n2022,CITY,SUM,Q5,1\n"
    assert [p.code for p in _read(text).problems] == ["other_year", "unknown_period"]


def test_the_same_figure_twice_in_one_file_is_a_fault() -> None:
    (problem,) = _read(HEAD + "CITY,SUM,1,2\nCITY,SUM,1,3\n").problems
    assert (problem.code, problem.cell, problem.values["line"]) == ("stated_twice", "B3", 2)


def test_a_unit_may_only_state_its_own_subtree() -> None:
    reading = _read(HEAD + "W2,SUM,1,2\n", unit="W1")
    assert [problem.code for problem in reading.problems] == ["other_unit"]
    (fact,) = _read("indicator,result\nSUM,2\n", unit="W1").facts
    assert fact.unit == "W1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unit,indicator,kết quả\nCITY,SUM,1\n", "unknown_column"),
        ("unit,indicator,unit\nCITY,SUM,1\n", "column_twice"),
    ],
)
def test_a_heading_that_is_not_understood_is_a_fault(text: str, code: str) -> None:
    reading = _read(text)
    assert [problem.code for problem in reading.problems] == [code]
    assert reading.facts == ()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"unit,indicator\n\x00\x01", "not_text"),
        ("a.csv", b'unit,indicator\n"CITY', "broken_csv"),
        ("a.csv", b"x" * (10 * 2**20 + 1), "large_file"),
        ("a.exe", b"MZ", "unknown_format"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(name: str, content: bytes, code: str) -> None:
    reading = intake.read(intake.reading.File(name, content), CATALOGUE, YEAR)
    (problem,) = reading.problems
    assert problem.code == code
    assert name in problem.sentence()


@given(st.text(max_size=200))
def test_any_text_is_facts_or_problems_and_never_an_exception(text: str) -> None:
    for problem in _read(HEAD + text).problems:
        assert problem.sentence()


@given(st.integers(-9 * 10**15, 9 * 10**15).map(lambda n: Decimal(n) / 10**4))
def test_a_written_number_is_read_as_itself_or_asked_about(value: Decimal) -> None:
    for text in (f"{value:f}", f"{value:f}".replace(".", ",")):
        assert plain_number(text) in (value, "number_two_ways")


@pytest.mark.parametrize("text", ["1 234", "1.234,5", "12 mô hình", "98,5%", "=1+1", "1e3", "٣ ٤"])
def test_no_character_is_dropped_to_get_a_number(text: str) -> None:
    assert plain_number(text) == "not_a_number"
