"""The page of a unit, run from dashboard.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from danvan import intake
from danvan.access import ON, PUBLIC_VIEW, access
from danvan.installation import open_installed
from danvan.model import Catalogue, Channel, Submission, UnitChange
from tests.making import csv_file
from tests.pages.screen import at, links, text
from ui import figures
from ui.tables import Listed

pytestmark = pytest.mark.usefixtures("database")
WARDS = """unit,indicator,target,result
TPCL.P1,DVK.02,3,1
TPCL.P1,DVK.01,4,4
TPCL.P3,DVK.02,5,5
TPCL.P3,DVK.01,2,3
TPCL.P4,DVK.02,2,
TPCL.P4,DVK.01,2,2
"""


def _load(rows: str, year: int = 2022) -> None:
    store = open_installed()
    checked = intake.check(store, [csv_file(rows)], year)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)


def _at(unit: str, **asked: str) -> str:
    screen = at("unit", unit=unit, **{"year": "2022"} | asked)
    assert not screen.exception
    return text(screen)


def test_a_unit_says_what_it_owes_and_how_its_report_stands() -> None:
    _load(WARDS)
    shown = _at("TPCL.P1")
    assert "Năm 2022: 1/2 chỉ tiêu được giao đã đạt, 1 chưa đạt." in shown
    assert "Mô hình Dân vận khéo được công nhận: còn thiếu 2 mô hình" in shown
    assert "đã nộp đủ ngày" in shown
    assert "mới nộp 1/2 số liệu." in _at("TPCL.P4")


def test_a_unit_is_ranked_among_its_like_and_ties_are_said() -> None:
    _load(WARDS)
    assert "Hạng 1 trong 3 phường: đạt và vượt 2/2 chỉ tiêu." in _at("TPCL.P3")
    shown = _at("TPCL.P1")
    assert "Hạng 2 trong 3 phường: đạt và vượt 1/2 chỉ tiêu." in shown
    assert "Cùng hạng với Phường 4: tỷ lệ bằng nhau." in shown


def test_last_year_stands_beside() -> None:
    _load("unit,indicator,target,result\nTPCL.P1,DVK.02,3,2\n", 2021)
    _load(WARDS)
    assert "3 1 33,3 % ▼ chưa đạt mô hình 2" in _at("TPCL.P1")


def test_figures_of_units_that_merged_are_carried_and_marked() -> None:
    _load("unit,indicator,target,result\nTPCL.P1,DVK.02,3,2\nTPCL.P2,DVK.02,2,2\n", 2024)
    _load("unit,indicator,target,result\nTPCL.P1,DVK.02,5,5\n", 2025)
    assert "5 5 100 % ● đạt mô hình 4*" in _at("TPCL.P1", year="2025")
    became = _at("TPCL.P2", year="2025")
    assert "Năm 2025 không còn Phường 2; đang xem Phường 1." in became


def test_every_figure_of_the_table_leads_to_its_card() -> None:
    _load(WARDS)
    found = links(at("unit", unit="TPCL.P1", year="2022"))
    assert "indicator?year=2022&unit=TPCL.P1&indicator=DVK.01" in found


def test_a_unit_without_anything_says_so() -> None:
    open_installed()
    assert "Năm 2022: đơn vị chưa được giao chỉ tiêu" in _at("TPCL.P6")


def test_a_unit_without_its_like_has_no_rank() -> None:
    open_installed()
    assert "Hạng" not in _at("TPCL")


def test_it_speaks_english() -> None:
    _load(WARDS)
    shown = _at("TPCL.P1", lang="en")
    assert "Rank 2 of 3" in shown
    for vietnamese in ("chỉ tiêu", "Hạng", "Báo cáo"):
        assert vietnamese not in shown


def test_a_unit_that_came_later_is_not_said_to_be_gone() -> None:
    assert "Năm 2022 chưa có Phường Cao Lãnh; đang xem Thành phố Cao Lãnh." in _at("DT.CL")


def test_units_that_became_each_other_lead_nowhere() -> None:
    store = open_installed()
    units = [
        replace(store.catalogue().unit[c], last_day=date(2020, 1, 1)) for c in ("DT.CL", "DT.MN")
    ]
    units = [replace(unit, first_day=None) for unit in units]
    changes = (
        UnitChange(date(2020, 1, 2), "DT.CL", "DT.MN", ""),
        UnitChange(date(2020, 1, 2), "DT.MN", "DT.CL", ""),
    )
    catalogue = Catalogue(units=tuple(units), changes=changes)
    store.submit([Submission(person="Lan", channel=Channel.CATALOGUE, catalogue=catalogue)])
    assert "đang xem Thành phố Cao Lãnh." in _at("DT.CL")


def test_who_sees_one_unit_is_shown_no_figure_as_that_of_all() -> None:
    store = open_installed()
    unit = store.catalogue().unit
    units = tuple(replace(unit[code], population=2000) for code in ("TPCL.P1", "TPCL.P3"))
    act = Submission(person="Lan", channel=Channel.CATALOGUE, catalogue=Catalogue(units=units))
    store.submit([act])
    _load(WARDS)
    assert "Cùng loại, trên 1.000 dân" in _at("TPCL.P1")
    own = text(at("unit", "minh", unit="TPCL.P1", year="2022"))
    assert "Trên 1.000 dân" in own
    assert "cùng loại" not in own


def test_a_table_is_taken_away_by_somebody_who_has_signed_in_and_is_in_the_audit() -> None:
    _load(WARDS)
    screen = at("unit", "xem", unit="TPCL.P1", year="2022")
    (button,) = screen.get("download_button")
    assert button.proto.label == "Tải bảng (.xlsx)"
    store = open_installed()
    figures._taken(access(store, store.people.account("xem")), "profile", Listed("Bảng", [], []))
    audit = store.people.audit()
    assert (audit.iloc[0]["act"], audit.iloc[0]["person"]) == ("export", "xem")


def test_the_public_sees_no_names_and_takes_no_tables_away() -> None:
    _load(WARDS)
    at("unit", "lan")  # so that there are accounts
    open_installed().people.set_switch(PUBLIC_VIEW, ON, "lan")
    asked = {"unit": "TPCL.P1", "year": "2022"}
    screen = at("unit", **asked)
    assert "Mô hình Dân vận khéo được công nhận" in text(screen)
    assert not screen.get("download_button")
    assert "Lan" not in text(at("indicator", indicator="DVK.02", **asked))
    assert "Lan" in text(at("indicator", "xem", indicator="DVK.02", **asked))
