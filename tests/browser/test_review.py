"""Approval in a real browser: a comment is typed, some figures go back, and the file comes down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from danvan import intake
from danvan.access import Access, access
from danvan.model import Channel
from danvan.store import Store
from tests.browser.signing import sign_in
from tests.making import csv_file
from tests.server.house import settled
from tests.server.running import serving

WAIT = 30_000  # milliseconds; a busy machine needs a few seconds
ROWS = "unit,indicator,target,result\nTPCL.P1,HGCS.01,10,7\nTPCL.P1,DVK.01,5,3\n"
NAME = "Báo cáo của Phường 1.csv"
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
LOOKS = [(w, h, theme) for w, h in [(1366, 768), (390, 844)] for theme in ["light", "dark"]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("house") / "danvan.db"


@pytest.fixture(scope="module")
def store(database: Path) -> Store:
    return settled(database)


@pytest.fixture(scope="module")
def address(database: Path, store: Store) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    with serving(database) as address:
        yield address


def _person(store: Store, name: str) -> Access:
    return access(store, store.people.account(name))


def _send(store: Store) -> int:
    minh = _person(store, "minh")
    checked = intake.check(minh, [csv_file(ROWS, NAME)], 2022, "TPCL.P1")
    return intake.hand_in(minh, checked, "minh", Channel.UPLOAD)


def _opened(browser: Browser, address: str, **looks: Any) -> Page:
    page = browser.new_context(locale="vi-VN", **looks).new_page()
    page.set_default_timeout(WAIT)
    page.goto(address)
    sign_in(page, "hoa")
    page.locator("h1").first.wait_for()
    return page


@pytest.mark.parametrize(("width", "height", "theme"), LOOKS)
def test_the_review_fits_and_can_be_read(
    browser: Browser, address: str, store: Store, width: int, height: int, theme: Any
) -> None:
    number = _send(store)
    page = _opened(
        browser, address, viewport={"width": width, "height": height}, color_scheme=theme
    )
    page.goto(f"{address}/review?submission={number}")
    page.get_by_role("button", name="Trả lại tất cả").wait_for()
    page.locator(IDLE).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    broken = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    ours = [v for v in broken if v["id"] in ("color-contrast", "label", "button-name", "link-name")]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in ours] == []
    page.context.close()
    _person(store, "hoa").decide(number, "returned", comment="Thử")


def test_a_figure_is_sent_back_with_a_comment_in_one_go(
    browser: Browser, address: str, store: Store
) -> None:
    number = _send(store)
    page = _opened(browser, address)
    page.goto(f"{address}/review?submission={number}")
    expect(page.get_by_role("link", name="Duyệt số liệu (1)")).to_be_visible()
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="Tổ hòa giải").click()
    page.keyboard.press("Escape")
    page.get_by_label("Ý kiến gửi người nộp").fill("Xem lại số tổ")
    page.get_by_role("button", name="Duyệt 1, trả lại 1").click()
    expect(page.get_by_text("trừ 1 số liệu trả lại")).to_be_visible(timeout=WAIT)
    figures = store.figures(2022)
    assert set(figures[figures["unit"] == "TPCL.P1"]["indicator"]) == {"DVK.01"}
    page.context.close()


def test_the_file_comes_down_under_its_name(browser: Browser, address: str, store: Store) -> None:
    number = _send(store)
    page = _opened(browser, address)
    page.goto(f"{address}/review?submission={number}")
    link = page.get_by_role("link", name=NAME)
    assert link.get_attribute("href") == f"/files/{number}/B%C3%A1o%20c%C3%A1o%20c%E1%BB%A7a%20Ph%C6%B0%E1%BB%9Dng%201.csv"  # fmt: skip
    link.evaluate("link => { link.target = '_self' }")  # no page of its own, to see what comes
    with page.expect_download() as coming:
        link.click()
    download = coming.value
    assert download.suggested_filename == NAME
    assert Path(download.path()).read_bytes() == ROWS.encode()
    page.context.close()
