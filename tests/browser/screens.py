"""Pages for tests that only look: one for each server, theme and person, gone to anew each time.

It has what the browser keeps (files, compiled scripts, the session), so the next look is quick.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import looking
from tests.browser.signing import enter


class Screen:
    """A page, and what it asked for from anywhere but its server."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.outside: list[str] = []
        page.set_default_timeout(looking.WAIT)
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.outside.append(url)


class Screens:
    """The pages of a browser that are kept."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[tuple[str, str, str], Screen] = {}

    def open(
        self,
        address: str,
        path: str,
        theme: Any = "light",
        size: str = "projector",
        token: str = "",
    ) -> Screen:
        """The page at that path, drawn; `token` is of somebody's session (signing.session)."""
        key = (address, theme, token)
        if key not in self._kept:
            self._kept[key] = self._new(address, theme, token)
        screen = self._kept[key]
        screen.outside.clear()
        width, height = looking.SIZES[size]
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.page.goto(address + path)
        looking.drawn(screen.page)
        return screen

    def _new(self, address: str, theme: Any, token: str) -> Screen:
        context = self._browser.new_context(color_scheme=theme, locale="vi-VN")
        if token:
            enter(context, address, token)
        return Screen(context.new_page(), address)

    def close(self) -> None:
        """Let go of all of them."""
        for screen in self._kept.values():
            screen.page.context.close()
