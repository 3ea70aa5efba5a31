"""The gate in a real browser: nothing the page needs is forbidden, and a lost session is noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from danvan.store import Store
from tests.browser.looking import ALL, IDLE, WAIT, faults
from tests.browser.signing import enter, session, sign_in
from tests.server.house import PASSWORD
from tests.server.running import said, serving

SIZES = ["phone", "projector"]
THEMES = ["light", "dark"]
SHOWN = {
    "/?year=2022": "[data-testid=stPlotlyChart] .main-svg",
    "/indicator?indicator=CCHC.01&unit=TPCL&year=2022": "h1",
    "/upload?year=2022": "[data-testid=stFileUploader]",
    "/figure?year=2022&unit=TPCL.P1&indicator=HGCS.03": "h1",
    "/review": "h1",
    "/history": "h1",
    "/catalogue": "h1",
    "/years?year=2022": "h1",
    "/people": "h1",
    "/people?person=minh": "h2",
    "/history?tab=audit": "[data-testid=stTable]",
}

ENDED = """async () => {
    for (let tries = 0; tries < 1000; tries++)
        if ((await fetch("/session")).status === 401) return true
    return false
}"""
"""Whether the server knows it in the end: the gate believes for a second what it saw last."""
BROKEN = """document.addEventListener("securitypolicyviolation",
    event => console.log("forbidden", event.violatedDirective, event.blockedURI))"""


@pytest.fixture
def own(browser: Browser) -> Iterator[Page]:
    """A page of a browser that is told what it is to do otherwise."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    yield page
    context.close()


def test_every_page_works_behind_the_gate_and_breaks_no_rule(
    own: Page, address: str, store: Store
) -> None:
    said_there: list[str] = []
    own.on("console", lambda message: said_there.append(message.text))
    own.add_init_script(BROKEN)
    enter(own.context, address, session(store, "lan"))
    for path, shown in SHOWN.items():
        own.goto(address + path)
        own.locator(shown).first.wait_for()
        expect(own.locator(IDLE)).to_be_visible(timeout=WAIT)
    assert [line for line in said_there if "Content Security Policy" in line] == []
    # Streamlit's protobuf tries WebAssembly for whole numbers of 64 bits, and does without
    broken = {line for line in said_there if line.startswith("forbidden")}
    assert broken <= {"forbidden script-src wasm-eval"}


def test_a_deep_link_is_shown_after_signing_in(page: Page, address: str) -> None:
    page.goto(f"{address}/indicator?indicator=CCHC.01&unit=TPCL&year=2022")
    expect(page).to_have_title("Đăng nhập · Dân vận")
    page.get_by_label("Tên đăng nhập").press("Tab")
    assert page.evaluate("document.activeElement.id") == "password"
    sign_in(page)
    page.get_by_text("Vì sao có số này", exact=True).wait_for()
    assert "indicator=CCHC.01" in page.url


def test_a_file_is_taken_from_a_reporter(page: Page, address: str) -> None:
    page.goto(f"{address}/upload?year=2022")
    sign_in(page, "minh")
    file = {
        "name": "a.csv",
        "mimeType": "text/csv",
        "buffer": b"unit,indicator,result\nTPCL.P1,DVK.01,3\n",
    }
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_text("a.csv").first.wait_for()
    expect(page.locator("[data-testid=stFileUploader]")).not_to_contain_text("rror")


def test_an_ended_session_leaves_the_screen(page: Page, address: str, store: Store) -> None:
    """Ended by somebody else: the next click goes nowhere but to the sign-in page."""
    page.goto(f"{address}/?year=2022")
    sign_in(page, "xem")
    page.get_by_text("Còn thiếu gì").wait_for()
    xem = store.people.account("xem")
    assert xem
    store.people.end_sessions(xem.id, "os:test")
    assert page.evaluate(ENDED)
    page.get_by_role("radio", name="English").click()
    expect(page.locator("[role=status]")).to_contain_text(
        "Phiên làm việc đã kết thúc", timeout=WAIT
    )
    sign_in(page, "xem")
    page.get_by_text("Còn thiếu gì").wait_for()


def test_a_page_that_nobody_touches_notices_as_well(own: Page, address: str, store: Store) -> None:
    own.clock.install()
    own.goto(f"{address}/?year=2022")
    sign_in(own, "xem")
    own.get_by_text("Còn thiếu gì").wait_for()
    xem = store.people.account("xem")
    assert xem
    store.people.end_sessions(xem.id, "os:test")
    assert own.evaluate(ENDED)
    own.clock.fast_forward(25_000)
    own.get_by_label("Tên đăng nhập").wait_for()


@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_before_the_dashboard_fit_and_can_be_read(
    browser: Browser, address: str, theme: Any
) -> None:
    page = browser.new_context(color_scheme=theme, locale="vi-VN").new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    page.goto(address)
    _fits(page)
    page.get_by_label("Tên đăng nhập").fill("moi")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _fits(page)
    sign_in(page, "moi")
    expect(page).to_have_title("Chọn mật khẩu của bạn · Dân vận")
    _fits(page)
    assert [url for url in outside if not url.startswith(address)] == []
    page.context.close()


def _fits(page: Page) -> None:
    """Nothing is wrong, and axe finds nothing at all: these pages are wholly our own."""
    assert faults(page, SIZES, by_keyboard=True, impacts=ALL) == []


def test_signing_in_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{address}/sign-in?next=/password")
    sign_in(page)
    expect(page).to_have_title("Đổi mật khẩu · Dân vận")
    context.close()


def test_the_set_up_in_a_browser(page: Page, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with serving(database) as address:
        link = re.search(r"/set-up\?token=\S+", said(database))
        assert link
        page.goto(address + link[0])
        page.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
        page.get_by_label("Tên đăng nhập").fill("lan")
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_label("Gõ lại mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Tạo tài khoản").click()
        page.get_by_text("Còn thiếu gì").wait_for()
