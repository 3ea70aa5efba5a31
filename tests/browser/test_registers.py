"""Registers in a real browser: a model with its document goes from a reporter to an editor and counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from danvan.accounts import Account, Role
from danvan.model import Register
from danvan.store import Store
from tests.browser.looking import WAIT, drawn, faults
from tests.browser.screens import Screens
from tests.browser.signing import enter, session
from tests.papers import PDF

NAME, PAPER = "Tuyến đường hoa Hòa Thuận", "QĐ 12.pdf"
SIZES = ["phone", "projector"]
Opened = Callable[[str, str], Page]


@pytest.fixture
def opened(screens: Screens, address: str, store: Store) -> Opened:
    """The page at a path, for somebody of the house who has signed in."""

    def page(name: str, path: str) -> Page:
        return screens.open(address, path, token=session(store, name)).page

    return page


@pytest.mark.parametrize(("view", "theme"), [("&entry=new", "dark"), ("", "light")])
def test_the_page_fits_and_can_be_read(
    screens: Screens, address: str, store: Store, view: str, theme: str
) -> None:
    path = f"/registers?year=2022&tab=model{view}"
    screen = screens.open(address, path, theme=theme, token=session(store, "hoa"))
    assert faults(screen.page, SIZES) == []


def test_a_model_with_its_document_is_entered_approved_counted_and_kept_from_others(
    opened: Opened, screens: Screens, address: str, store: Store
) -> None:
    store.people.add(Account(0, "tam", "Huỳnh Thị Tám", Role.REPORTER, "TPCL.P3"), "-", "os:test")
    minh = opened("minh", "/registers?year=2022&tab=model&entry=new")
    minh.get_by_label("Tên", exact=True).fill(NAME)
    minh.get_by_label("Tên", exact=True).press("Tab")
    # drawn anew for the name: what is attached before is attached to the form that was
    expect(minh.get_by_role("button", name="Lưu 1 dòng")).to_be_visible(timeout=WAIT)
    drawn(minh)
    minh.locator("input[type=file]").set_input_files(
        {"name": PAPER, "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(minh.get_by_text(f"minh chứng: {PAPER}")).to_be_visible(timeout=WAIT)
    minh.get_by_role("button", name="Lưu 1 dòng").click()
    expect(minh.get_by_text("1 dòng đang chờ duyệt")).to_be_visible(timeout=WAIT)

    hoa = opened("hoa", "/review")
    expect(hoa.get_by_role("link", name=PAPER)).to_be_visible(timeout=WAIT)
    hoa.get_by_role("button", name="Duyệt").click()
    expect(hoa.get_by_text("Không có lần nộp nào chờ duyệt.")).to_be_visible(timeout=WAIT)
    (entry,) = store.entries(Register.MODEL, 2022)["entry"]
    hoa = opened("hoa", "/indicator?year=2022&unit=TPCL.P1&indicator=DVK.01")
    expect(hoa.get_by_role("heading", name="1 mô hình")).to_be_visible(timeout=WAIT)

    minh = opened("minh", f"/registers?year=2022&tab=model&entry={entry}")
    link = minh.get_by_role("link", name=PAPER)
    href = link.get_attribute("href")
    assert href
    link.evaluate("link => { link.target = '_self' }")  # no page of its own, to see what comes
    with minh.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename == PAPER
    assert Path(coming.value.path()).read_bytes() == PDF
    tam = screens.page()
    enter(tam.context, address, session(store, "tam"))
    assert tam.goto(address + href).status == 403  # type: ignore[union-attr]
