"""Take the pictures of the docs from a server of their own: python -m tools.pictures."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.chromium import launch
from tests.server.running import serving

DOCS = Path(__file__).parent.parent / "docs"
SIZE = {"width": 1366, "height": 1180}
SETTLED = 1500  # milliseconds for fonts and charts to stand still


def main() -> None:
    """Write docs/overview.png."""
    with (
        TemporaryDirectory() as folder,
        serving(Path(folder) / "danvan.db") as address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        page = browser.new_page(viewport=SIZE, locale="vi-VN")
        page.goto(f"{address}/?year=2022")
        page.locator(".js-plotly-plot .main-svg").last.wait_for()
        page.wait_for_timeout(SETTLED)
        page.screenshot(path=DOCS / "overview.png")
        browser.close()


if __name__ == "__main__":
    main()
