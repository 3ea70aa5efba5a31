"""The titles above the charts: they claim what the figures show, and no more."""

from __future__ import annotations

from math import nan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan import charts, findings
from danvan.completion import Report, measured, ranked
from danvan.findings.stages import STAGES
from danvan.wording import Language, Words
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures

NBSP = "\u00a0"


def _parts(*rows: dict[str, Any], **more: Any) -> pd.DataFrame:
    stated = ({"unit": unit} | more | row for unit, row in zip(WARDS, rows, strict=False))
    frame = measured(figures(*stated), CATALOGUE, RULE, AFTER)
    return frame[frame["unit"].isin(WARDS)]


def _said(parts: pd.DataFrame, language: str = "vi") -> str:
    return findings.parts_title(parts, CATALOGUE, Words(language))


def test_the_parts_name_who_lacks_most() -> None:
    parts = _parts({"target": 9, "result": 8}, {"target": 9, "result": 2}, {"target": 9})
    assert _said(parts) == (
        "2 đơn vị chưa tới kế hoạch; thiếu nhiều nhất là Phường 2; 1 đơn vị chưa báo cáo"
    )
    assert _said(parts[parts["unit"] == "W1"], "en") == "1 unit is short of its target: Ward 1"


def test_above_a_ceiling_nothing_is_lacking() -> None:
    over = _parts({"target": 1, "result": 2}, {"target": 1, "result": 7}, indicator="LESS")
    assert _said(over) == "2 đơn vị vượt mức cho phép; vượt nhiều nhất là Phường 2"
    assert _said(over, "en") == "2 units are above their limits, Ward 2 the most"


def test_outside_its_bounds_no_unit_is_the_worst() -> None:
    band = _parts({"lower": 4, "upper": 6, "result": 9}, indicator="BAND")
    assert _said(band) == "1 đơn vị nằm ngoài khoảng đã giao, trong đó có Phường 1"


def test_who_is_silent_says_nothing_about_the_others() -> None:
    assert _said(_parts({"target": 5}, {"target": 5})) == "2 đơn vị chưa báo cáo"
    others = _parts({"target": 5}, {"target": 5, "result": 5})
    assert _said(others) == "1 đơn vị chưa báo cáo, các đơn vị khác đều đạt"
    early = others.assign(state=["not_reported", "too_early"])
    assert _said(early) == "1 đơn vị chưa báo cáo"


def test_who_is_not_due_yet_has_not_reached_it() -> None:
    parts = _parts({"target": 5, "result": 5}, {"target": 5, "result": 5})
    assert _said(parts) == "Cả 2 đơn vị được giao đều đạt kế hoạch"
    early = _said(parts.assign(state=["met", "too_early"]))
    assert early == "1 đơn vị chưa đến kỳ đánh giá; 1 đơn vị đã đạt kế hoạch"
    assert _said(_parts({"result": 5})) == "1 đơn vị có số liệu, không giao chỉ tiêu"


def _years(*values: float | None, code: str = "SUM") -> pd.DataFrame:
    rows = [
        measured(
            figures({"year": year, "indicator": code, "result": value, "target": 3}),
            CATALOGUE, RULE, AFTER,
        )
        for year, value in enumerate(values, 2020)
    ]  # fmt: skip
    return pd.concat(rows, ignore_index=True).assign(restated=False)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "Chưa năm nào có số liệu"),
        ((None, None), "Chưa năm nào có số liệu"),
        ((None, 5), "Mới có số liệu năm 2021: 5 mô hình"),
        ((4, 5), "Năm 2021: 5 mô hình, tăng 1 mô hình (+25 %) so với năm 2020"),
        ((8, 6), "Năm 2021: 6 mô hình, giảm 2 mô hình (−25 %) so với năm 2020"),
        ((5, 5), "Năm 2021: 5 mô hình, bằng năm 2020"),
        ((0, 5), "Năm 2021: 5 mô hình, tăng 5 mô hình so với năm 2020"),
        ((-2, 5), "Năm 2021: 5 mô hình, tăng 7 mô hình so với năm 2020"),
        ((4, None, 5), "Năm 2022: 5 mô hình, tăng 1 mô hình (+25 %) so với năm 2020"),
    ],
)
def test_a_trend_compares_the_last_two_years_that_are_known(
    words: Words, values: tuple[float | None, ...], said: str
) -> None:
    years = _years(*values) if values else _years(1)[:0]
    assert findings.trend_title(years, words).replace(NBSP, " ") == said


def test_percentages_differ_in_points() -> None:
    years = _years(80, 81.25, code="SHARE")
    assert findings.trend_title(years, Words("vi")).replace(NBSP, " ") == (
        "Năm 2021: 81,25 %, tăng 1,25 điểm % so với năm 2020"
    )
    english = Words("en")
    assert "up 1 percentage point on" in findings.trend_title(_years(80, 81, code="SHARE"), english)
    assert "down 2 percentage points on" in findings.trend_title(
        _years(83, 81, code="SHARE"), english
    )


def _cells(*told: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(told, columns=["unit", "state"])
    return frame.assign(target=1.0, lower=nan, upper=nan)


def test_the_matrix_names_who_has_missed_most(words: Words) -> None:
    cells = _cells(("W1", "missed"), ("W2", "missed"), ("W2", "missed"), ("W3", "met"))
    title = findings.matrix_title(cells, CATALOGUE, words)
    assert title == "2/3 đơn vị còn chỉ tiêu chưa đạt; nhiều nhất là Phường 2 (2)"
    fine = findings.matrix_title(_cells(("W1", "met"), ("W2", "tracked")), CATALOGUE, words)
    assert fine == "Không đơn vị nào còn chỉ tiêu chưa đạt (1 đơn vị được giao)"


def test_coverage_counts_who_was_asked(words: Words) -> None:
    states = pd.DataFrame({"state": ["complete", "late", "none", "partly", "not_asked"]})
    assert findings.coverage_sentence(states, words) == (
        "2/4 đơn vị đã nộp đủ, trong đó 1 nộp trễ; 1 chưa nộp; 1 nộp chưa đủ"
    )
    assert findings.coverage_sentence(states[-1:], words) == (
        "Chưa giao chỉ tiêu hay yêu cầu báo cáo cho đơn vị nào."
    )


@pytest.mark.parametrize(
    ("state", "days", "arrived", "said"),
    [
        (Report.LATE, 5, "2022-12-06", "đã nộp đủ ngày 06/12/2022, trễ 5 ngày"),
        (Report.COMPLETE, 0, "2022-11-30", "đã nộp đủ ngày 30/11/2022"),
        (Report.COMPLETE, 0, None, "đã nộp đủ ngày –"),
        (Report.PARTLY, 3, "2022-11-30", "mới nộp 2/4 số liệu, quá hạn 3 ngày"),
        (Report.NONE, 0, None, "chưa nộp"),
        (Report.NOT_ASKED, 0, None, "không được giao và không phải báo cáo"),
    ],
)
def test_a_unit_s_report_in_words(
    words: Words, state: Report, days: int, arrived: str | None, said: str
) -> None:
    row = {"state": str(state), "days_late": days, "arrived": pd.Timestamp(arrived)
           if arrived else pd.NaT, "reported": 2, "expected": 4}  # fmt: skip
    assert findings.report_word(row, words) == said


def _rank(unit: str, *told: tuple[str, str]) -> list[str]:
    return findings.rank_sentences(ranked(_cells(*told), WARDS), unit, CATALOGUE, Words("vi"))


def test_a_rank_says_whom_it_is_shared_with_and_why() -> None:
    one, tied = _rank("W1", ("W1", "met"), ("W2", "met"), ("W3", "missed"))
    assert one == "Hạng 1 trong 3 phường: đạt và vượt 1/1 chỉ tiêu."
    assert tied == "Cùng hạng với Phường 2: tỷ lệ bằng nhau."
    close = _rank(
        "W2", ("W1", "met"), ("W1", "met"), ("W1", "missed"), ("W2", "met"), ("W2", "missed")
    )
    assert close[1].startswith("Cùng hạng với Phường 1: hơn kém nhau chưa tới một chỉ tiêu")
    assert len(_rank("W2", ("W1", "met"), ("W2", "missed"))) == 1
    assert _rank("W3", ("W1", "met")) == ["Chưa xếp được hạng: đơn vị chưa được giao chỉ tiêu nào."]


def test_stages_are_counted_with_those_who_went_further() -> None:
    told = ["registered", "recognised", "recognised", "rewarded", "refused"]
    counts = findings.stage_counts(pd.DataFrame({"state": told}))
    assert counts == {"registered": 5, "recognised": 3, "outstanding": 1, "rewarded": 1}
    words = Words("vi")
    assert findings.funnel_title(counts, words) == (
        "5 đăng ký → 3 được công nhận → 1 tiêu biểu → 1 được khen thưởng"
    )
    nothing = findings.stage_counts(pd.DataFrame({"state": []}, dtype="str"))
    assert set(nothing.values()) == {0}
    assert findings.funnel_title(nothing, words) == "Chưa có mô hình nào trong sổ"


@given(st.lists(st.sampled_from(["", "refused", *STAGES])))
def test_no_stage_has_more_than_the_one_before(told: list[str]) -> None:
    counts = findings.stage_counts(pd.DataFrame({"state": told}, dtype="str"))
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert counts["registered"] == len(told)
    assert ("appraised" in counts) == ("appraised" in told)


def test_a_city_that_waits_for_a_part_of_the_year_waits_for_no_unit(words: Words) -> None:
    part = {"unit": "W1", "target": 2, "period": "year"}
    frame = measured(
        figures({"target": 100}, part, {"unit": "W1", "period": "Q1", "result": 7}),
        CATALOGUE, RULE, AFTER, [],
    )  # fmt: skip
    (line,) = findings.missing(frame, "CITY", CATALOGUE, words)
    assert line.how_much == "mới báo cáo một phần kỳ"


def test_what_must_stay_low_or_within_bounds_is_said_in_their_words(words: Words) -> None:
    over = [{"unit": unit, "indicator": "LESS", "target": 1, "result": 3} for unit in WARDS]
    band = [{"unit": "W1", "indicator": "BAND", "lower": 4, "upper": 5, "result": 9}]
    frame = measured(figures(*over, *band), CATALOGUE, RULE, AFTER)
    told = {line.indicator: line for line in findings.missing(frame, "CITY", CATALOGUE, words)}
    assert told["LESS"].how_much == f"vượt mức cho phép 6{NBSP}mô hình; 3 đơn vị vượt mức cho phép"
    assert told["BAND"].how_much == ("nằm ngoài khoảng đã giao; 1 đơn vị nằm ngoài khoảng đã giao")
    assert [place.text for place in told["BAND"].places] == ["Phường 1"]


NUMBER = st.none() | st.sampled_from([-3, 0, 0.5, 1, 7, 1200])
ANY = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["CITY", *WARDS]),
        "indicator": st.sampled_from([one.code for one in CATALOGUE.indicators]),
        "period": st.sampled_from(["year", "Q1"]),
        **dict.fromkeys(("target", "first_target", "result", "lower", "upper", "baseline"), NUMBER),
        **dict.fromkeys(("numerator", "denominator"), NUMBER),
        **dict.fromkeys(("expected", "exempt", "approximate"), st.booleans()),
    }
)


@settings(max_examples=10, deadline=None)
@given(st.lists(ANY, max_size=12, unique_by=lambda row: (row["unit"], row["indicator"], row["period"])),
       st.sampled_from(Language), st.sampled_from([AFTER, AFTER.replace(year=2022)]))  # fmt: skip
def test_anything_can_be_said_and_drawn_in_both_languages(
    rows: list[dict[str, Any]], language: Language, on: Any
) -> None:
    words = Words(language)
    frame = measured(figures(*rows), CATALOGUE, RULE, on)
    frame = frame[frame["period"] == "year"]
    city, parts = (frame[(frame["unit"] == "CITY") == is_city] for is_city in (True, False))
    findings.missing(frame, "CITY", CATALOGUE, words)
    findings.judged_title(city, words)
    findings.areas_title(city, CATALOGUE, words)
    findings.matrix_title(parts, CATALOGUE, words)
    matrix = charts.state_matrix(parts, WARDS, CATALOGUE)
    charts.state_matrix_words(matrix, words)
    for row in matrix.cells.values():
        charts.cell_words(row, words)
    charts.completion_bullets(city, words)
    charts.area_blocks(city, CATALOGUE, words)
    places = ranked(parts, WARDS)
    charts.rank_bars(places, "W1", CATALOGUE, words)
    findings.rank_sentences(places, "W1", CATALOGUE, words)
    for one in CATALOGUE.indicators:
        mine = parts[parts["indicator"] == one.code]
        findings.parts_title(mine, CATALOGUE, words)
        charts.unit_bars(mine, CATALOGUE, words)
        charts.unit_bars_words(mine, CATALOGUE, words)
        years = city[city["indicator"] == one.code].assign(restated=True)
        findings.trend_title(years, words)
        charts.trend_columns(years, words)
        charts.trend_columns_words(years, words)
        charts.sparkline(years)
        charts.sparkline_words(years, words)
