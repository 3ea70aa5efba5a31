"""The overview as a reader meets it, run from dashboard.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from danvan import intake
from danvan.installation import open_installed
from danvan.model import Channel
from tests.making import csv_file
from tests.pages.screen import at, text

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
    screen = at("overview")
    (table,) = screen.table
    sources = table.value.set_index(table.value.columns[0]).iloc[:, -1]
    assert "figures\\-2022\\.csv · E3" in set(sources)
    assert "Hội nghị tổng kết công tác Dân vận" in text(screen)
    assert "27/12/2022" in text(screen)


def test_what_was_undone_is_no_source() -> None:
    _load("unit,indicator,target,result\nTPCL.P1,DVK.01,3,2\n", 2022)
    store = open_installed()
    assert len(at("overview").caption) == 4
    store.undo(int(store.submissions()["id"].max()), "Lan")
    assert "figures.csv" not in text(at("overview"))


def test_every_line_leads_to_its_card() -> None:
    screen = at("overview")
    links = [link.proto for link in screen.get("page_link")]
    assert len(links) == 7
    assert all(link.page == "indicator" for link in links)


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
