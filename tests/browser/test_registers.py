"""Registers in a real browser: a model with its document goes from a reporter to an editor and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from danvan.accounts import Account, Role
from danvan.model import Register
from danvan.store import Store
from tests.browser.looking import WAIT, drawn, faults
from tests.browser.screens import Screens
from tests.browser.signing import enter, session
from tests.papers import PDF

NAME, PAPER = "Tuyến đường hoa Hòa Thuận", "QĐ 12.pdf"
SIZES = ["phone", "projector"]
Pages = Callable[[str], Page]


@pytest.fixture
def pages(browser: Browser, address: str, store: Store) -> Iterator[Pages]:
    """A page for somebody of the house who has signed in."""
    contexts = []

    def page(name: str) -> Page:
        contexts.append(browser.new_context(locale="vi-VN"))
        enter(contexts[-1], address, session(store, name))
        one = contexts[-1].new_page()
        one.set_default_timeout(WAIT)
        return one

    yield page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("view", "theme"), [("&entry=new", "dark"), ("", "light")])
def test_the_page_fits_and_can_be_read(
    screens: Screens, address: str, store: Store, view: str, theme: str
) -> None:
    path = f"/registers?year=2022&tab=model{view}"
    screen = screens.open(address, path, theme=theme, token=session(store, "hoa"))
    assert faults(screen.page, SIZES) == []


def test_a_model_with_its_document_is_entered_approved_counted_and_kept_from_others(
    pages: Pages, address: str, store: Store
) -> None:
    store.people.add(Account(0, "tam", "Huỳnh Thị Tám", Role.REPORTER, "TPCL.P3"), "-", "os:test")
    minh = pages("minh")
    minh.goto(f"{address}/registers?year=2022&tab=model&entry=new")
    drawn(minh)
    minh.get_by_label("Tên", exact=True).fill(NAME)
    minh.get_by_label("Tên", exact=True).press("Tab")
    minh.locator("input[type=file]").set_input_files(
        {"name": PAPER, "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(minh.get_by_text(f"minh chứng: {PAPER}")).to_be_visible(timeout=WAIT)
    minh.get_by_role("button", name="Lưu 1 dòng").click()
    expect(minh.get_by_text("1 dòng đang chờ duyệt")).to_be_visible(timeout=WAIT)

    hoa = pages("hoa")
    hoa.goto(f"{address}/review")
    expect(hoa.get_by_role("link", name=PAPER)).to_be_visible(timeout=WAIT)
    hoa.get_by_role("button", name="Duyệt").click()
    expect(hoa.get_by_text("Không có lần nộp nào chờ duyệt.")).to_be_visible(timeout=WAIT)
    (entry,) = store.entries(Register.MODEL, 2022)["entry"]
    hoa.goto(f"{address}/indicator?year=2022&unit=TPCL.P1&indicator=DVK.01")
    drawn(hoa)
    expect(hoa.get_by_role("heading", name="1 mô hình")).to_be_visible(timeout=WAIT)

    minh.goto(f"{address}/registers?year=2022&tab=model&entry={entry}")
    link = minh.get_by_role("link", name=PAPER)
    href = link.get_attribute("href")
    assert href
    link.evaluate("link => { link.target = '_self' }")  # no page of its own, to see what comes
    with minh.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename == PAPER
    assert Path(coming.value.path()).read_bytes() == PDF
    assert pages("tam").goto(address + href).status == 403  # type: ignore[union-attr]
