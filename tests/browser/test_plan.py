"""The plan in a real browser: typed into the grid and stored, shared out, and revised by a decision."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from danvan.model import Channel
from danvan.store import Store
from tests.browser.looking import IDLE, WAIT, drawn, faults
from tests.browser.signing import enter, session
from tests.making import only

SIZES = ["phone", "projector"]
NAME, LEFT, ROW = 240, 92 * 4 + 44, 35  # pixels: the name, the columns before the units, a row
CODE, UNIT = "DVK.01", "TPCL.P1"


@pytest.fixture
def page(browser: Browser, address: str, store: Store) -> Iterator[Page]:
    """A page for an editor of the house."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 390, "height": 844})
    enter(context, address, session(store, "hoa"))
    page = context.new_page()
    page.set_default_timeout(WAIT)
    yield page
    context.close()


def _type(page: Page, text: str) -> None:
    """Type into the first unit's cell of the first row of the grid."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + NAME + LEFT + 40, box["y"] + 1.5 * ROW)
    page.locator("textarea.gdg-input").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 chỉ tiêu sẽ thay đổi, chưa lưu").first).to_be_visible(timeout=WAIT)


def _store(page: Page, label: str, said: str) -> None:
    expect(page.locator(IDLE)).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name=label).click()
    expect(page.get_by_text(said).first).to_be_visible(timeout=WAIT)


def test_a_target_is_typed_shared_out_and_revised(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}/plan?year=2022&q=Dân vận khéo đăng ký")
    drawn(page)
    assert faults(page, SIZES) == []
    _type(page, "3")
    _store(page, "Lưu 1 chỉ tiêu", "Đã lưu")
    assert only(store.figures(2022), unit=UNIT, indicator=CODE).target == 3

    page.goto(f"{address}/plan?year=2022&tab=allocation&indicator=DVK.02")
    drawn(page)
    page.get_by_label("Chỉ tiêu cần phân bổ").fill("50")
    page.get_by_label("Chỉ tiêu cần phân bổ").press("Enter")
    expect(page.get_by_text("thấp hơn chỉ tiêu 50 là 5 mô hình")).to_be_visible(timeout=WAIT)
    assert faults(page, SIZES) == []
    _store(page, "Lưu 16 chỉ tiêu", "Đã lưu")
    assert set(store.submissions()["channel"].tail(1)) == {Channel.ALLOCATION}

    page.goto(f"{address}/plan?year=2022&q=Dân vận khéo đăng ký")
    drawn(page)
    _type(page, "5")
    page.get_by_label("Số quyết định").fill("45/QĐ-UBND")
    page.get_by_label("Lý do điều chỉnh").fill("Bổ sung sau sơ kết")
    day = page.get_by_test_id("stDateInput").first
    for part, digits in (("day", "05"), ("month", "07"), ("year", "2022")):
        day.locator(f"[data-type={part}]").or_(
            day.get_by_role("spinbutton", name=part)
        ).first.click()
        page.keyboard.type(digits)
    page.keyboard.press("Enter")
    _store(page, "Lưu 1 chỉ tiêu", "1 chỉ tiêu đã điều chỉnh trong năm")
    row = only(store.figures(2022), unit=UNIT, indicator=CODE)
    assert (row.target, row.first_target) == (5, 3)
