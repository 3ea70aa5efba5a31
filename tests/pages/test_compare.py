"""The page that compares, run from dashboard.py."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from danvan import intake
from danvan.installation import open_installed
from danvan.model import Catalogue, Channel, KeyGroup, Submission
from tests.making import csv_file
from tests.pages.screen import at, text

pytestmark = pytest.mark.usefixtures("database")
HEAD = "unit,indicator,target,result\n"


@pytest.fixture(autouse=True)
def _two_years(database: object) -> None:  # noqa: ARG001 - they are stored there
    for year, rows in (
        (2021, "TPCL.P1,DVK.02,3,2\nTPCL.P3,DVK.02,5,9\nTPCL,CCHC.01,20,18\n"),
        (2022, "TPCL.P1,DVK.02,3,4\nTPCL.P3,DVK.02,5,1\n"),
    ):
        store = open_installed()
        checked = intake.check(store, [csv_file(HEAD + rows)], year)
        intake.hand_in(store, checked, "Lan", Channel.LOAD)


def _compared(**asked: str) -> AppTest:
    screen = at("compare", **{"year": "2022"} | asked)
    assert not screen.exception
    return screen


def test_the_years_of_the_key_groups_come_first() -> None:
    shown = text(_compared())
    assert "Nhiệm vụ cải cách hành chính hoàn thành: Năm 2022: 23 nhiệm vụ, tăng 5" in shown
    assert "Mô hình Dân vận khéo được công nhận: Năm 2022: 5 mô hình, giảm 6" in shown


def test_units_beside_each_other_share_one_scale() -> None:
    screen = at("compare", year="2022", indicator="DVK.02", unit="TPCL.P1")
    screen.query_params["unit"] = ["TPCL.P1", "TPCL.P3"]
    screen.run()
    specs = [json.loads(chart.proto.spec) for chart in screen.get("plotly_chart")]
    assert len(specs) == 2
    assert specs[0]["layout"]["yaxis"]["range"] == specs[1]["layout"]["yaxis"]["range"]
    assert "Phường 3: Năm 2022: 1 mô hình, giảm 8 mô hình (−88,9 %) so với năm 2021" in text(screen)


def test_units_of_one_year_come_with_the_most_missing_first() -> None:
    shown = text(_compared(tab="units", indicator="DVK.02"))
    assert "được công nhận: 1 đơn vị chưa tới kế hoạch; thiếu nhiều nhất là Phường 3" in shown
    assert shown.index("Phường 3: 1/5") < shown.index("Phường 1: 4/3")


def test_what_is_chosen_is_in_the_address() -> None:
    screen = _compared(indicator="DVK.02")
    screen.multiselect(key="indicator").set_value(["DVK.02", "CCHC.01"]).run()
    assert screen.query_params["indicator"] == ["DVK.02", "CCHC.01"]
    assert "tăng 5 nhiệm vụ" in text(screen)


def test_nothing_to_compare_is_a_sentence() -> None:
    assert "Chưa có số liệu để so sánh." in text(_compared(indicator="TQ.02"))


def _catalogue(catalogue: Catalogue) -> None:
    act = Submission(person="Lan", channel=Channel.CATALOGUE, catalogue=catalogue)
    open_installed().submit([act])


def test_more_key_groups_than_can_be_compared_begin_with_the_first() -> None:
    known = open_installed().catalogue().indicators
    groups = tuple(KeyGroup(one.code, one.name, one.name_en, (one.code,)) for one in known[:9])
    _catalogue(Catalogue(groups=groups))
    screen = _compared()
    assert not screen.error
    assert len(screen.multiselect(key="indicator").value) == 6


def test_an_indicator_that_the_year_does_not_follow_is_not_chosen_for_it() -> None:
    known = open_installed().catalogue().indicator["DVK.02"]
    _catalogue(Catalogue(indicators=(replace(known, last_year=2021),)))
    assert "Dân vận khéo được công nhận" not in text(_compared())


def test_units_that_read_alike_can_each_be_chosen() -> None:
    unit = open_installed().catalogue().unit
    _catalogue(Catalogue(units=(replace(unit["TPCL.P3"], name=unit["TPCL.P1"].name),)))
    for code in ("TPCL.P1", "TPCL.P3"):
        screen = at("unit", year="2022")
        (label,) = [o for o in screen.selectbox(key="unit").options if o.endswith(f"({code})")]
        screen.selectbox(key="unit").select(label).run()
        assert screen.query_params["unit"] in (code, [code])
