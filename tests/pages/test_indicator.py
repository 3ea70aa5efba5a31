"""The card "why this number", run from dashboard.py."""

from __future__ import annotations

import pytest

from danvan import intake
from danvan.installation import open_installed
from danvan.model import Channel
from tests.making import csv_file
from tests.pages.screen import EDITOR, at, links, opened, text

pytestmark = pytest.mark.usefixtures("database")
TASKS = {"indicator": "CCHC.01", "unit": "TPCL", "year": "2022"}


def test_a_figure_says_its_rule_its_inputs_and_its_cells() -> None:
    screen = at("indicator", **TASKS)
    shown = text(screen)
    assert not screen.exception
    for told in (
        "23/23 nhiệm vụ · 100 %",
        "Kết quả chia cho kế hoạch.",
        "10 %",
        "figures-2022.csv · D3",
        "figures-2022.csv · E3",
        "Hội nghị tổng kết công tác Dân vận",
        "27/12/2022",
    ):
        assert told in shown, told


def test_a_joined_figure_leads_to_the_units_it_is_made_of() -> None:
    screen = at("indicator", **TASKS | {"indicator": "NTM.01"})
    shown = text(screen)
    assert "Cộng từ các đơn vị: 2/2 đơn vị báo cáo." in shown
    assert "Xã Tịnh Thới: 1 · ◇ không giao chỉ tiêu" in shown
    assert "indicator?year=2022&unit=TPCL.TT&indicator=NTM.01" in links(screen)
    assert "figures-2022.csv · E7" in text(opened(screen, "table-parts"))


def test_a_missing_figure_is_not_0() -> None:
    shown = text(at("indicator", **TASKS | {"indicator": "KT.01"}))
    assert "chưa có số liệu" in shown
    assert "Thiếu số liệu không được tính là 0." in shown


def test_a_percentage_that_waits_for_its_parts_does_not_say_that_nobody_reported() -> None:
    rows = "unit,indicator,result\nTPCL.P1,CCHC.06,90\nTPCL.P3,CCHC.06,80\n"
    store = open_installed()
    intake.hand_in(store, intake.check(store, [csv_file(rows)], 2022), "Lan", Channel.LOAD)
    shown = text(at("indicator", **TASKS | {"indicator": "CCHC.06"}))
    assert "0/2 đơn vị đã ghi đủ tử số và mẫu số" in shown
    assert "đơn vị báo cáo" not in shown


def test_a_difference_between_the_city_and_its_units_is_shown() -> None:
    rows = "unit,indicator,result\nTPCL,DVK.01,10\nTPCL.P1,DVK.01,4\nTPCL.P3,DVK.01,3\n"
    store = open_installed()
    intake.hand_in(store, intake.check(store, [csv_file(rows)], 2022), "Lan", Channel.LOAD)
    screen = at("indicator", **TASKS | {"indicator": "DVK.01"})
    assert "+3" in screen.warning[0].value


def test_an_undone_statement_stays_in_the_history() -> None:
    store = open_installed()
    rows = csv_file("unit,indicator,result\nTPCL,CCHC.01,20\n")
    number = intake.hand_in(store, intake.check(store, [rows], 2022), "Lan", Channel.LOAD)
    store.undo(number, "Lan")
    screen = at("indicator", EDITOR, **TASKS)
    told = [
        line.value
        for line in screen.markdown
        if "-badge[" in line.value and "nhiệm vụ" in line.value
    ]
    assert [line.split("**")[1] for line in told] == [
        "Kết quả\\: 20 nhiệm vụ",
        "Kết quả\\: 23 nhiệm vụ",
        "Kế hoạch\\: 23 nhiệm vụ",
    ]
    assert ["không còn dùng" in line for line in told] == [True, False, False]


def test_it_speaks_english() -> None:
    shown = text(at("indicator", **TASKS, lang="en"))
    for told in ("Administrative reform tasks completed", "23/23 tasks", "Why this number"):
        assert told in shown
    assert "Kết quả" not in shown


@pytest.mark.parametrize("change", [{"indicator": "XX"}, {"unit": "XX"}, {"indicator": "DVK.02"}])
def test_an_address_without_a_figure_is_a_sentence(change: dict[str, str]) -> None:
    screen = at("indicator", **TASKS | change)
    assert not screen.exception
    assert "2022" in screen.info[0].value


def _load(rows: str, year: int) -> None:
    store = open_installed()
    checked = intake.check(store, [csv_file(rows)], year)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)


def test_the_years_are_beside_each_other_with_the_difference_in_the_title() -> None:
    _load("unit,indicator,target,result\nTPCL,CCHC.01,20,18\n", 2021)
    screen = at("indicator", **TASKS)
    shown = text(screen)
    assert "Năm 2022: 23 nhiệm vụ, tăng 5 nhiệm vụ (+27,8 %) so với năm 2021" in shown
    assert "2021: 18/20 nhiệm vụ · 90 % · ◐ gần đạt; 2022: 23/23" in shown
    assert "tăng" not in text(at("indicator", **TASKS | {"year": "2021"}))


def test_a_revised_target_is_seen_beside_the_first() -> None:
    _load("unit,indicator,target,result\nTPCL,CCHC.01,20,18\n", 2021)
    _load("unit,indicator,target\nTPCL,CCHC.01,25\n", 2022)
    shown = text(at("indicator", **TASKS))
    assert "Kế hoạch đầu năm là 23, đã điều chỉnh thành 25." in shown
    assert "ban đầu 23" in shown


def test_the_units_of_a_figure_come_with_the_most_missing_first() -> None:
    rows = (
        "unit,indicator,target,result\nTPCL.P1,DVK.02,3,3\nTPCL.P3,DVK.02,5,1\nTPCL.P4,DVK.02,2,\n"
    )
    _load(rows, 2022)
    shown = text(at("indicator", **TASKS | {"indicator": "DVK.02"}))
    assert (
        "1 đơn vị chưa tới kế hoạch; thiếu nhiều nhất là Phường 3; 1 đơn vị chưa báo cáo" in shown
    )
    said = shown[shown.index("Phường 3: 1/5") :]
    assert said.index("Phường 4") < said.index("Phường 1: 3/3")
