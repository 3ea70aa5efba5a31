"""The pages Reconciliation and Explanations, run from dashboard.py; and the figures they are about."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from danvan.access import Access, access
from danvan.explanations import explain
from danvan.installation import address
from danvan.model import Channel, Result, Submission, Target
from danvan.reconciliation import discrepancies
from danvan.store import Store
from tests.pages.screen import at, opened, text
from tests.server.house import settled

pytestmark = pytest.mark.usefixtures("database")
YEAR = 2022
SUM = ("year", "TPCL.P1", "HDND.02")


def _as(name: str) -> Access:
    store = settled(Path(address()))
    return access(store, store.people.account(name))


def _filled() -> Store:
    """A ward that missed a target, whose file stated the completion wrong."""
    hoa = _as("hoa")
    about = {"year": YEAR, "unit": "TPCL.P1", "indicator": "HDND.02"}
    facts = (
        Target(**about, value=Decimal(4)),  # type: ignore[arg-type]
        Result(**about, value=Decimal(1), stated=Decimal(40)),  # type: ignore[arg-type]
    )
    hoa.submit([Submission(person="hoa", channel=Channel.FORM, facts=facts)])
    return hoa


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [b for b in screen.button if b.label.startswith(label)]
    return button.click().run()


def test_what_differs_is_told_settled_with_a_reason_and_opened_again() -> None:
    _filled()
    screen = at("discrepancies", year="2022")
    shown = text(screen)
    assert not screen.exception
    assert "Năm 2022: 1 chỗ chênh lệch, 0 đã giải quyết" in shown
    assert "mức hoàn thành ghi trong tệp: 40 % · tính từ kết quả và kế hoạch: 25 %" in shown
    (one,) = discrepancies(_as("hoa"), YEAR)
    key = "-".join(part for part in (*one.key, str(one.stated), str(one.computed)) if part)
    screen = opened(screen, f"settle-{key}")
    screen = _press(screen, "Giải quyết")
    assert "Chưa ghi lý do" in text(screen)
    screen = opened(screen, f"settle-{key}")
    screen.text_area[0].set_value("<b>tính theo</b> *quý*").run()
    screen = _press(screen, "Giải quyết")
    shown = text(screen)
    assert "Năm 2022: 1 chỗ chênh lệch, 1 đã giải quyết" in shown
    assert "Đã giải quyết: <b>tính theo</b> *quý* (Lê Thị Hòa," in shown
    assert not discrepancies(_as("hoa"), YEAR)[0].open
    assert "0 đã giải quyết" in text(_press(screen, "Mở lại"))


def test_filters_and_the_year_before_any_difference_say_so() -> None:
    _filled()
    shown = text(at("discrepancies", year="2022", state="settled"))
    assert "Không có chỗ chênh lệch nào như đang tìm." in shown


def test_a_clerk_explains_from_the_list_and_the_office_sees_it_in_the_review() -> None:
    _filled()
    unit = at("unit", who="minh", year="2022", unit="TPCL.P1")
    assert "1 chỗ cần giải trình" in text(unit)
    screen = at("explanations", who="minh", year="2022")
    assert not screen.exception
    assert "Năm 2022: 1 chỗ cần giải trình, 0 đã giải trình, 0 chờ duyệt" in text(screen)
    screen.text_area[0].set_value("Lịch tiếp xúc bị dời")
    screen = _press(screen, "Gửi giải trình")
    assert "1 chờ duyệt" in text(screen)
    review = at("review")
    assert not review.exception
    assert "1 giải trình" in text(review)
    assert "Lịch tiếp xúc bị dời" in text(review)
    _press(review, "Duyệt tất cả (1)")
    card = text(at("indicator", who="xem", year="2022", unit="TPCL.P1", indicator="HDND.02"))
    assert "Lịch tiếp xúc bị dời" in card
    assert "Giải trình ngày" in card
    assert "Trần Văn Minh" in card


def test_an_explanation_is_beside_its_figure_in_every_view() -> None:
    explain(_filled_access(), YEAR, {SUM: "Mưa *bão* <b>"})
    for page, asked in (
        ("overview", {}),
        ("unit", {"unit": "TPCL.P1"}),
        ("indicator", {"unit": "TPCL.P1", "indicator": "HDND.02"}),
        ("indicator", {"unit": "TPCL", "indicator": "HDND.02"}),
        ("map", {"indicator": "HDND.02"}),
    ):
        screen = at(page, year="2022", who="xem", **asked)
        assert not screen.exception
        assert "Mưa *bão* <b>" in text(screen) or "Mưa *bão* <b>" in _raw(screen), page


def _filled_access() -> Access:
    _filled()
    return _as("hoa")


def _raw(screen: AppTest) -> str:
    """What stands in attributes of the page's own HTML: words of tiles and cells."""
    return unescape(" ".join(page.proto.body for page in screen.get("html")))


def test_the_form_of_a_figure_asks_for_its_explanation() -> None:
    _filled()
    screen = at("figure", year="2022", unit="TPCL.P1", indicator="HDND.02", period="year")
    assert not screen.exception
    assert "Chỉ tiêu này chưa đạt" in text(screen)
    screen.text_area[0].set_value("Lịch bị dời")
    screen = _press(screen, "Gửi giải trình")
    assert "Chỉ tiêu này chưa đạt" not in text(screen)
    assert list(_as("hoa").explanations(YEAR)["text"]) == ["Lịch bị dời"]


def test_the_check_list_before_closing_names_what_is_not_explained() -> None:
    _filled()
    shown = text(at("years", year="2022"))
    assert "Chỉ tiêu chưa đạt chưa có giải trình: 1" in shown
    assert "Chỗ chênh lệch chưa giải quyết: 1" in shown
    assert "Năm chưa đóng được" in shown
