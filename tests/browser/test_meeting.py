"""The presentation as a hall sees it: taken from the page, opened from disk without any network."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from danvan import listing
from danvan.access import Access, operator
from danvan.model import Period
from danvan.moments import end_of
from danvan.store import Store, open_store
from tests.browser.looking import CUT, SIZES, faults, violations
from tests.browser.screens import Screens
from tests.server.running import serving

OUTSIDE = """() => [...document.querySelectorAll('main > section')].flatMap(slide => {
    const room = slide.getBoundingClientRect()
    const inside = [...slide.querySelectorAll('*:not(.unseen)')].map(e => e.getBoundingClientRect())
    const out = inside.some(e => e.left < room.left - 1 || e.right > room.right + 1
        || e.top < room.top - 1 || e.bottom > room.bottom + 1)
    return out || slide.scrollHeight > slide.clientHeight + 1 ? [slide.dataset.key] : []
})"""
"""Screens of which anything lies outside, or that would have to be scrolled."""
FITTED = (
    "size => document.documentElement.dataset.fitted === size && document.fonts.status === 'loaded'"
)
NOW = "main > section.now"
PAGE = "/meeting?year=2025"


@pytest.fixture(scope="module")
def city(recent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "city.db"
    shutil.copy(recent, path)
    return path


@pytest.fixture(scope="module")
def address(city: Path) -> Iterator[str]:
    with serving(city) as address:
        yield address


@pytest.fixture(scope="module")
def file(address: str, screens: Screens, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as somebody takes it along from the page."""
    page = screens.open(address, PAGE).page
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp dùng khi không có mạng").click()
    path = tmp_path_factory.mktemp("stick") / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True, locale="vi-VN")
    page = context.new_page()
    _resize(page, "projector")
    page.goto(file.as_uri())
    yield page
    context.close()


def _resize(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    if page.url.startswith("file:"):
        page.wait_for_function(FITTED, arg=f"{width}x{height}")


def test_it_is_walked_through_by_keyboard_with_the_figures_of_the_command(
    page: Page, city: Path
) -> None:
    """Every screen comes once; every figure is that of the rows; the checksum is theirs."""
    all_of_them = page.locator("main > section").count()
    seen: dict[str, str] = {}
    for number in range(1, all_of_them + 1):
        expect(page.locator("output")).to_have_text(f"{number}/{all_of_them}")
        now = page.locator(NOW)
        seen[now.get_attribute("data-key") or ""] = now.inner_text()
        page.keyboard.press(["ArrowRight", "PageDown", " ", "ArrowDown"][number % 4])
    assert len(seen) == all_of_them
    held = page.locator("#figures").evaluate("e => e.textContent")
    at = re.findall(r"--as-of\s+(\S+)", seen["frozen"])[0]
    store: Store = open_store(str(city))
    rows = listing.listed(Access(store, operator("lan")), 2025, Period.YEAR, None, end_of(at))
    assert held == listing.printed(rows)
    for key in ("opening", "frozen"):
        assert hashlib.sha256(held.encode()).hexdigest() in seen[key]
    own = {row["indicator"]: row for row in json.loads(held) if row["unit"] == "SV"}
    told = [key for key in seen if key.partition("-")[2] in own]
    assert len(told) == 12
    for key in told:
        row = own[key.partition("-")[2]]
        shown = "/".join(_written(row[name]) for name in ("result", "target"))
        assert f"{shown}\u00a0{row['measure']}" in seen[key], key


def _written(value: float) -> str:
    """As Vietnamese write it, with as many decimals as the figures of these indicators have."""
    return f"{round(value, 2):,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def test_keys_buttons_and_the_address_say_where_one_is(page: Page) -> None:
    output = page.locator("output")
    page.keyboard.press("End")
    last = output.inner_text().partition("/")[0]
    page.reload()
    expect(output).to_have_text(f"{last}/{last}")
    expect(page.get_by_role("button", name="Màn hình sau")).to_be_disabled()
    page.get_by_role("button", name="Màn hình trước").click()
    expect(output).to_have_text(f"{int(last) - 1}/{last}")
    page.keyboard.press("Home")
    expect(output).to_have_text(f"1/{last}")
    page.locator(".zone.after").click()
    expect(output).to_have_text(f"2/{last}")
    page.keyboard.press("Escape")
    expect(page.locator("main > section").nth(5)).to_be_attached()
    assert page.evaluate("document.documentElement.scrollHeight > 5 * innerHeight")
    page.keyboard.press("Escape")
    expect(output).to_have_text(f"2/{last}")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")


def test_every_screen_fits_every_size_and_can_be_read_in_both_themes(page: Page) -> None:
    for size in SIZES:
        _resize(page, size)
        assert page.evaluate(OUTSIDE) == [], size
        assert page.evaluate(CUT) == [], size
    for theme in ("light", "dark"):
        page.evaluate("document.body.classList.remove('shown')")  # all screens at once
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        assert violations(page, ("serious", "critical")) == []
        page.keyboard.press("d")


def test_it_runs_under_the_policy_of_the_server_as_well(address: str, screens: Screens) -> None:
    screen = screens.open(address, PAGE)
    assert faults(screen.page, SIZES, judged=["phone"]) == []
    with screen.page.expect_popup() as opened:
        screen.page.get_by_role("link", name="Trình chiếu toàn màn hình").click()
    shown = opened.value
    expect(shown.locator(NOW)).to_contain_text("Số liệu chốt lúc")
    shown.keyboard.press("ArrowRight")
    expect(shown.locator("output")).to_contain_text("2/")
    shown.keyboard.press("f")
    shown.wait_for_function("document.fullscreenElement !== null")
    shown.close()


def test_without_a_script_it_is_a_page_to_scroll(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    last = page.locator("main > section").last
    last.scroll_into_view_if_needed()
    expect(last.get_by_role("heading")).to_be_in_viewport()
    expect(page.locator("nav")).to_be_hidden()
    context.close()
