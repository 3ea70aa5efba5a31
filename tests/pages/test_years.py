"""The page of years: stages, the check list, and what closing and reopening take."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from danvan.installation import open_installed
from danvan.model import Stage
from danvan.store import Store
from tests.pages.screen import at, text

pytestmark = pytest.mark.usefixtures("database")


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [button for button in screen.button if button.label == label]
    return button.click().run()


def _store() -> Store:
    return open_installed()


def test_every_year_is_shown_with_its_stage() -> None:
    said = text(at("years"))
    assert "2022 đang mở" in said
    assert "Xét kết quả từ 01/12/2022" in said


def test_a_year_is_planned_and_then_opened() -> None:
    screen = at("years")
    screen.selectbox(key="new-year").set_value(2027).run()
    _press(screen, "Lập kế hoạch")
    assert _store().years()[2027].stage is Stage.PLANNING
    screen.button(key="begin-2027").click().run()
    assert _store().years()[2027].stage is Stage.OPEN


def test_the_check_list_counts_what_is_open_and_says_where() -> None:
    said = text(at("years", year="2022"))
    assert "Số liệu chưa báo cáo: 2" in said
    assert "Lần nộp chờ duyệt: 0" in said
    assert "Chỗ chênh lệch chưa giải quyết: 0" in said
    assert "Thành phố Cao Lãnh: " in said


def test_closing_with_open_points_needs_a_reason() -> None:
    screen = _press(at("years", year="2022"), "Đóng năm 2022 dù còn 2 mục")
    assert "ghi lý do" in screen.toast[0].value
    assert _store().years()[2022].stage is Stage.OPEN
    screen.text_input(key="close-2022").input("đã tổng kết").run()
    _press(screen, "Đóng năm 2022 dù còn 2 mục")
    assert _store().years()[2022].stage is Stage.CLOSED
    assert "Lý do: đã tổng kết" in text(screen)


def test_reopening_needs_a_reason() -> None:
    screen = at("years", year="2022")
    screen.text_input(key="close-2022").input("đã tổng kết").run()
    _press(screen, "Đóng năm 2022 dù còn 2 mục")
    _press(screen, "Mở lại năm 2022")
    assert _store().years()[2022].stage is Stage.CLOSED
    screen.text_input(key="reopen-2022").input("thiếu số").run()
    _press(screen, "Mở lại năm 2022")
    assert _store().years()[2022].stage is Stage.OPEN


def test_a_year_that_nobody_opened_in_the_address_chooses_none() -> None:
    screen = at("years", year="1999")
    assert not screen.exception
    assert "Số liệu chưa báo cáo" not in text(screen)
