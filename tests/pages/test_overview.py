"""The overview as a reader meets it, run from dashboard.py."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from danvan import intake
from danvan.installation import open_installed
from danvan.model import Channel
from tests.making import csv_file
from tests.pages.screen import at, links, opened, text

pytestmark = pytest.mark.usefixtures("database")


def _load(content: str, year: int) -> None:
    store = open_installed()
    intake.hand_in(store, intake.check(store, [csv_file(content)], year), "Lan", Channel.LOAD)


def _titles(screen: AppTest) -> list[str]:
    return [title.value for title in screen.title]


def test_the_first_page_shows_cao_lanh_2022() -> None:
    screen = at("overview")
    shown = text(screen)
    assert not screen.exception
    assert _titles(screen) == ["Thành phố Cao Lãnh"]
    assert "2/2 chỉ tiêu được giao đã đạt" in shown
    for figure in (
        "23/23 nhiệm vụ · 100 %",
        "105/105 thanh niên · 100 %",
        "4 mô hình",
        "1 cách làm",
        "31 nghị quyết",
        "2 xã Xã được công nhận đạt chuẩn nông thôn mới nâng cao",
        "2 xã phường Xã phường tổ chức Tết Quân - Dân",
        "Tập thể được khen thưởng: chưa có số liệu",
        "Cá nhân được khen thưởng: chưa có số liệu",
    ):
        assert figure in shown, figure


def test_every_figure_names_its_cell_and_its_document() -> None:
    screen = opened(at("overview"), "table")
    assert "23 23 100 % ● đạt nhiệm vụ figures-2022.csv · E3" in text(screen)
    assert "Hội nghị tổng kết công tác Dân vận" in text(screen)
    assert "27/12/2022" in text(screen)


def test_what_was_undone_is_no_source() -> None:
    _load("unit,indicator,target,result\nTPCL.P1,DVK.01,3,2\n", 2022)
    store = open_installed()
    assert "figures.csv" in text(at("overview"))
    store.undo(int(store.submissions()["id"].max()), "Lan")
    assert "figures.csv" not in text(at("overview"))


def test_every_figure_leads_to_its_card() -> None:
    found = links(at("overview"))
    for code in ("KT.01", "KT.02", "CCHC.01", "LLVT.01", "HDND.01", "NTM.01"):
        assert f"indicator?year=2022&unit=TPCL&indicator={code}" in found


def _wards() -> None:
    rows = [
        "TPCL.P1,DVK.02,3,1", "TPCL.P3,DVK.02,5,5", "TPCL.P4,DVK.02,2,", "TPCL.P1,DVK.01,4,4",
        "TPCL.P4,DVK.01,2,",
    ]  # fmt: skip
    _load("\n".join(["unit,indicator,target,result", *rows]), 2022)


def test_what_is_missing_says_where_and_leads_there() -> None:
    _wards()
    screen = at("overview")
    shown = text(screen)
    assert "Mô hình Dân vận khéo được công nhận: còn 1 đơn vị chưa báo cáo" in shown
    assert "Phường 1 (2), Phường 4" in shown
    assert "indicator?year=2022&unit=TPCL.P1&indicator=DVK.02" in links(screen)


def test_who_has_reported_and_who_has_not_is_said_with_the_way_there() -> None:
    _wards()
    screen = at("overview")
    assert "2/3 đơn vị đã nộp đủ, trong đó 2 nộp trễ; 1 chưa nộp" in text(screen)
    assert "Chưa nộp (1): Phường 4" in text(screen)
    assert "unit?year=2022&unit=TPCL.P4" in links(screen)


def test_the_matrix_has_a_cell_for_each_unit_that_was_asked() -> None:
    _wards()
    (matrix,) = (
        one.proto.body for one in at("overview").get("html") if 'class="matrix"' in one.proto.body
    )
    assert matrix.count('<td class="s-') == 5
    assert 'aria-label="1/3\u00a0mô hình, chưa đạt"' in matrix
    assert matrix.index("Mô hình Dân vận khéo được công nhận") < matrix.index("khéo đăng ký")


def test_a_card_compares_with_the_year_before() -> None:
    _load("unit,indicator,target,result\nTPCL,CCHC.01,20,18\n", 2021)
    shown = text(at("overview", year="2022"))
    assert "Tăng 5 nhiệm vụ (+27,8 %) so với năm 2021 (18/20 nhiệm vụ)" in shown


def test_a_part_of_the_year_is_shown_when_the_address_says_so() -> None:
    rows = "unit,indicator,period,target,result\nTPCL,DVK.02,Q1,4,3\n"
    _load(rows, 2022)
    screen = at("overview", year="2022", period="Q1")
    assert "Quý I năm 2022: 0/1 chỉ tiêu được giao đã đạt, 1 chưa đạt." in text(screen)
    assert "indicator?year=2022&period=Q1&unit=TPCL&indicator=DVK.02" in links(screen)


def test_the_overview_can_be_seen_as_it_stood() -> None:
    open_installed()
    before = datetime.now(UTC).isoformat()
    _load("unit,indicator,target,result\nTPCL,DVK.02,10,7\n", 2022)
    assert "7/10 mô hình" in text(at("overview"))
    then = at("overview", as_of=before)
    assert "7/10" not in text(then)
    assert "Đang xem số liệu như đã có" in text(then)
    assert all("as_of=" in link for link in links(then) if link.startswith("indicator"))


def test_a_moment_that_cannot_be_read_shows_no_figure() -> None:
    screen = at("overview", as_of="hôm qua")
    assert not screen.exception
    assert "hôm qua" in screen.error[0].value
    assert "23/23" not in text(screen)


def test_every_chart_has_its_sentence() -> None:
    charts = at("overview").get("plotly_chart")
    assert len(charts) == 3
    assert all(chart.proto.alt for chart in charts)


def test_the_whole_page_speaks_english() -> None:
    shown = text(at("overview", lang="en"))
    assert "Cao Lãnh City" in shown
    assert "31 resolutions" in shown
    assert "no figure yet" in shown
    for vietnamese in ("chỉ tiêu", "Còn thiếu", "nghị quyết", "Nguồn"):
        assert vietnamese not in shown


def test_the_year_is_in_the_address() -> None:
    _load("unit,indicator,target,result\nTPCL,CCHC.01,20,15\n", 2021)
    assert "15/20" in text(at("overview", year="2021"))
    newest = at("overview")
    assert "23/23" in text(newest)
    newest.segmented_control(key="year").set_value("2021").run()
    assert "15/20" in text(newest)
    assert newest.query_params["year"] == "2021"


@pytest.mark.parametrize("address", [{"year": "1066"}, {"year": "x"}, {"lang": "fr"}])
def test_an_unknown_address_shows_the_newest_year_in_vietnamese(address: dict[str, str]) -> None:
    screen = at("overview", **address)
    assert not screen.exception
    assert "Năm 2022" in text(screen)


def test_a_new_figure_is_on_the_page_at_once() -> None:
    screen = at("overview")
    _load("unit,indicator,target,result\nTPCL,DVK.02,10,7\n", 2022)
    screen.run()
    assert "7/10 mô hình · 70 %" in text(screen)
    assert "còn thiếu 3 mô hình" in text(screen)


def test_a_year_with_no_figures_says_so() -> None:
    _load("unit,indicator,target,result\nTPCL,CCHC.01,20,15\n", 2021)
    store = open_installed()
    store.undo(int(store.submissions()["id"].max()), "Lan")
    screen = at("overview", year="2021")
    assert not screen.exception
    assert "2021" in screen.info[0].value


def test_what_users_wrote_is_never_markup() -> None:
    document = csv_file("unit,indicator,result\nTPCL,KT.01,7\n", "**đậm** <b>:red[x].csv")
    store = open_installed()
    intake.hand_in(store, intake.check(store, [document], 2022), "Lan", Channel.LOAD)
    source = next(c.value for c in at("overview").caption if "đậm" in c.value)
    assert "\\*\\*đậm\\*\\* \\<b\\>\\:red\\[x\\]" in source


def test_a_database_that_cannot_be_read_is_a_sentence(database: Path) -> None:
    database.write_bytes(b"not a database" * 400)
    st.cache_resource.clear()
    screen = at("overview")
    assert not screen.exception
    assert str(database) in text(screen)
    database.unlink()


def test_a_bug_is_an_id_and_never_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("danvan.findings.year_sentence", broken)
    screen = at("overview")
    assert not screen.exception
    (said,) = screen.error
    assert "RuntimeError" in said.value
    assert "secret" not in said.value
