"""Approval in a real browser: a comment is typed, some figures go back, and the file comes down."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from danvan import intake
from danvan.access import Access, access
from danvan.model import Channel
from danvan.store import Store
from tests.browser.looking import WAIT, faults
from tests.browser.screens import Screens
from tests.browser.signing import enter, session
from tests.making import csv_file

ROWS = "unit,indicator,target,result\nTPCL.P1,HGCS.01,10,7\nTPCL.P1,DVK.01,5,3\n"
NAME = "Báo cáo của Phường 1.csv"
SIZES = ["phone", "projector"]


def _person(store: Store, name: str) -> Access:
    return access(store, store.people.account(name))


def _send(store: Store) -> int:
    minh = _person(store, "minh")
    checked = intake.check(minh, [csv_file(ROWS, NAME)], 2022, "TPCL.P1")
    return intake.hand_in(minh, checked, "minh", Channel.UPLOAD)


@pytest.fixture
def page(page: Page, address: str, store: Store) -> Page:
    """The browser of an editor who has signed in."""
    enter(page.context, address, session(store, "hoa"))
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_review_fits_and_can_be_read(
    screens: Screens, address: str, store: Store, theme: str
) -> None:
    number = _send(store)
    path = f"/review?submission={number}"
    screen = screens.open(address, path, theme=theme, token=session(store, "hoa"))
    screen.page.get_by_role("button", name="Trả lại tất cả").wait_for()
    assert faults(screen.page, SIZES, by_keyboard=theme == "light") == []
    _person(store, "hoa").decide(number, "returned", comment="Thử")


def test_a_figure_is_sent_back_with_a_comment_in_one_go(
    page: Page, address: str, store: Store
) -> None:
    number = _send(store)
    page.goto(f"{address}/review?submission={number}")
    expect(page.get_by_role("button", name="Nhập số liệu (1)")).to_be_visible()
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="Tổ hòa giải").click()
    page.keyboard.press("Escape")
    page.get_by_label("Ý kiến gửi người nộp").fill("Xem lại số tổ")
    page.get_by_role("button", name="Duyệt 1, trả lại 1").click()
    expect(page.get_by_text("trừ 1 số liệu trả lại")).to_be_visible(timeout=WAIT)
    figures = store.figures(2022)
    assert set(figures[figures["unit"] == "TPCL.P1"]["indicator"]) == {"DVK.01"}


def test_the_file_comes_down_under_its_name(page: Page, address: str, store: Store) -> None:
    number = _send(store)
    page.goto(f"{address}/review?submission={number}")
    link = page.get_by_role("link", name=NAME)
    assert link.get_attribute("href") == f"/files/{number}/B%C3%A1o%20c%C3%A1o%20c%E1%BB%A7a%20Ph%C6%B0%E1%BB%9Dng%201.csv"  # fmt: skip
    link.evaluate("link => { link.target = '_self' }")  # no page of its own, to see what comes
    with page.expect_download() as coming:
        link.click()
    download = coming.value
    assert download.suggested_filename == NAME
    assert Path(download.path()).read_bytes() == ROWS.encode()
