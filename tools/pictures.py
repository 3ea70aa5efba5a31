"""Take the pictures of the docs from servers of their own: python -m tools.pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from danvan import demo
from danvan.accounts import passwords
from danvan.store import open_store
from tests.browser.signing import sign_in
from tests.chromium import launch
from tests.server.house import PASSWORD, PEOPLE, settled
from tests.server.running import serving

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
READER = "xem"  # an official: sees all units, enters nothing
GENERATED_ON = date(2025, 12, 20)  # its last year is due by then, so pictures stay as they are
WAIT = 60_000  # milliseconds; the first picture waits until the city is measured
DESKTOP, PHONE = (1366, 1100), (390, 844)
MATRIX = "[data-testid=stVerticalBlock]:has(> * > .st-key-matrix)"
STANDS = """() => {
    const app = document.querySelector("[data-testid=stApp]")
    const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")]
    return app?.dataset.testScriptState === "notRunning"
        && document.querySelector("h1, h2")
        && !document.querySelector("[data-testid=stSkeleton]")
        && document.fonts.status === "loaded"
        && charts.every(chart => {
            const drawn = chart.querySelector(".main-svg")
            return drawn && Math.abs(drawn.clientWidth - chart.clientWidth) < 2
        })
}"""
"""Whether the page has run and every chart is drawn as wide as its place."""


@dataclass(frozen=True)
class Picture:
    """A view to take: all of the window, or the part a selector names."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    part: str = ""


OF_2022 = (Picture("overview-2022", "/?year=2022"),)
OF_THE_DEMO = (
    Picture("overview", "/?year=2025"),
    Picture("overview-phone", "/?year=2025", PHONE, dark=True),
    Picture("indicator", "/indicator?year=2025&unit=SV&indicator=LLVT.01"),
    Picture("unit", "/unit?year=2025&unit=SV.PRS"),
    Picture("compare", "/compare?year=2025"),
    Picture("models", "/models?year=2025"),
    Picture("tasks", "/tasks?year=2025&as_of=2025-09-15"),
    Picture("matrix", "/?year=2025", part=MATRIX),
)


def main() -> None:
    """Write docs/pictures."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        shipped, generated = Path(folder) / "shipped.db", Path(folder) / "generated.db"
        settled(shipped)
        demo.build(str(generated), today=GENERATED_ON)
        open_store(str(generated)).people.add(PEOPLE[READER], passwords.hashed(PASSWORD), "os:docs")
        browser = launch(playwright)
        for database, pictures in ((shipped, OF_2022), (generated, OF_THE_DEMO)):
            with serving(database) as address:
                take(browser, address, pictures)
        browser.close()


def take(browser: Browser, address: str, pictures: Sequence[Picture]) -> None:
    """Take the pictures as an official sees the pages."""
    signed_in = _signed_in(browser, address)
    for picture in pictures:
        width, height = picture.size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if picture.dark else "light",
            locale="vi-VN",
            storage_state=signed_in,
        )
        page = context.new_page()
        page.goto(f"{address}{picture.address}")
        _stands(page)
        path = PICTURES / f"{picture.name}.png"
        (page.locator(picture.part) if picture.part else page).screenshot(path=path)
        context.close()


def _signed_in(browser: Browser, address: str) -> StorageState:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(address)
    sign_in(page, READER)
    _stands(page)
    state = context.storage_state()
    context.close()
    return state


def _stands(page: Page) -> None:
    page.wait_for_function(STANDS, timeout=WAIT)


if __name__ == "__main__":
    main()
