"""What the figures say: the sentence, what is missing, and the titles that state the finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from danvan import findings
from danvan.completion import measured
from danvan.rows import rows_of
from danvan.states import State
from danvan.store import Store
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, YEAR, figures


def _measured(*rows: dict[str, Any]) -> pd.DataFrame:
    return measured(figures(*rows), CATALOGUE, RULE, AFTER)


def _city(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["unit"] == "CITY"]


def _sentence(*rows: dict[str, Any], language: str = "vi") -> str:
    told = findings.year_sentence(_city(_measured(*rows)), YEAR, Words(language))
    return findings.sentence(told)


def test_the_sentence_of_2022(cao_lanh: Store, words: Words) -> None:
    frame = measured(cao_lanh.figures(2022), cao_lanh.catalogue(), RULE, AFTER)
    told = findings.year_sentence(frame[frame["unit"] == "TPCL"], 2022, words)
    assert findings.sentence(told) == (
        "Năm 2022: 2/2 chỉ tiêu được giao đã đạt; 2 chỉ tiêu chưa báo cáo."
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"target": 1, "result": 2}], "Năm 2022: 1/1 chỉ tiêu được giao vượt kế hoạch."),
        (
            [{"target": 1, "result": 2}, {"target": 1, "result": 1, "indicator": "OWN"}],
            "Năm 2022: 2/2 chỉ tiêu được giao đạt và vượt.",
        ),
        (
            [{"target": 10, "result": 9}, {"target": 10, "result": 1, "indicator": "OWN"}],
            "Năm 2022: 0/2 chỉ tiêu được giao đã đạt, 1 gần đạt, 1 chưa đạt.",
        ),
    ],
)
def test_the_sentence_counts_states(rows: list[dict[str, Any]], told: str) -> None:
    assert _sentence(*rows) == told


def test_the_sentence_of_a_year_without_targets_or_figures() -> None:
    assert "2022" in _sentence({"result": 3})
    assert "2022" in _sentence()


def test_the_sentence_in_english() -> None:
    assert _sentence({"target": 1, "result": 1}, language="en") == "In 2022: 1 of 1 target met."


def test_what_is_missing_says_where_who_and_how_much(words: Words) -> None:
    frame = _measured(
        {"unit": "W1", "target": 5, "result": 2},
        {"unit": "W2", "target": 5, "result": 5},
        {"unit": "W3", "target": 5, "result": 5},
        {"unit": "W1", "indicator": "LATEST", "expected": True, "target": 2},
    )
    missed, silent = findings.missing(frame, "CITY", CATALOGUE, words)
    assert missed.how_much == "còn thiếu 3\u00a0mô hình; 1 đơn vị chưa tới kế hoạch"
    assert missed.places == (findings.Place("W1", "Phường 1 (3)", State.MISSED),)
    assert silent.how_much == "chưa có số liệu"
    assert silent.places == (findings.Place("W1", "Phường 1", State.NOT_REPORTED),)


def test_units_with_a_gap_and_units_without_a_report_are_counted_apart(words: Words) -> None:
    frame = _measured(
        {"target": 15, "result": 12},
        {"unit": "W1", "target": 5, "result": 4},
        {"unit": "W2", "target": 5, "result": 3},
        {"unit": "W3", "target": 5},
    )
    (line,) = findings.missing(frame, "CITY", CATALOGUE, words)
    assert line.how_much == (
        "còn thiếu 3\u00a0mô hình; 2 đơn vị chưa tới kế hoạch; 1 đơn vị chưa báo cáo"
    )
    assert [place.text for place in line.places] == ["Phường 2 (2)", "Phường 1 (1)", "Phường 3"]


def test_what_must_stay_low_is_over_and_not_short(words: Words) -> None:
    frame = _measured({"indicator": "LESS", "target": 1, "result": 4})
    (line,) = findings.missing(frame, "CITY", CATALOGUE, words)
    assert line.how_much == "vượt mức cho phép 3\u00a0mô hình"


def test_the_worst_comes_first(words: Words) -> None:
    frame = _measured(
        {"target": 5, "expected": True},
        {"target": 10, "result": 9, "indicator": "LATEST"},
        {"target": 10, "result": 1, "indicator": "OWN"},
    )
    told = findings.missing(frame, "CITY", CATALOGUE, words)
    assert [line.state for line in told] == ["missed", "near", "not_reported"]


def _figure(words: Words, **row: Any) -> str:
    frame = _measured(row)
    return findings.figure(_city(frame).iloc[0].to_dict(), words)


def test_figures_as_they_are_shown_everywhere(words: Words) -> None:
    assert _figure(words, target=23, result=22) == "22/23\u00a0mô hình"
    assert _figure(words, result=1234) == "1.234\u00a0mô hình"
    assert _figure(words, target=3) == "chưa có số liệu"
    assert "3.000" in _figure(words, result=3000, approximate=True)
    english = Words("en")
    assert _figure(english, result=1) == "1\u00a0model"
    assert _figure(english, result=2) == "2\u00a0models"


def test_a_sum_with_units_missing_says_so(words: Words) -> None:
    frame = _measured({"unit": "W1", "result": 98}, {"unit": "W2", "expected": True})
    told = findings.figure(_city(frame).iloc[0].to_dict(), words)
    assert told == "98\u00a0mô hình (1/2 đơn vị báo cáo)"


def test_titles_state_the_finding(words: Words) -> None:
    behind = _city(_measured({"target": 10, "result": 7.5}))
    title = findings.judged_title(behind, words)
    assert "Chỉ tiêu SUM" in title
    assert "75\u00a0%" in title
    assert "1" in findings.judged_title(_city(_measured({"target": 1, "result": 1})), words)
    assert findings.judged_title(_city(_measured({"result": 1})), words)
    broken = _city(_measured({"indicator": "LESS", "target": 0, "result": 2}))
    assert "Chỉ tiêu LESS" in findings.judged_title(broken, words)
    assert "Lĩnh vực A" in findings.areas_title(behind, CATALOGUE, words)


@pytest.mark.parametrize(
    ("result", "margin", "shown"),
    [
        ("87.97", "0.12", "87,9\u00a0%"),
        ("88", "0.12", "88\u00a0%"),
        ("89.97", "0.1", "89,9\u00a0%"),
    ],
)
def test_a_percentage_never_contradicts_the_state_by_its_years_margin(
    result: str, margin: str, shown: str
) -> None:
    rule = replace(RULE, margin=Decimal(margin))
    frame = measured(figures({"target": 100, "result": float(result)}), CATALOGUE, rule, AFTER)
    assert findings.ratio(rows_of(frame)[0]) == shown
