"""The page of all tests that need no browser of their own: one, gone to anew each time.

It has what the browser keeps (files, compiled scripts), so the next look is quick; of those who
were there before it knows nothing.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.browser import looking
from tests.browser.signing import enter

LEAVE = "location.replace('about:blank')"
"""By the page itself: the browser would begin a process that has compiled nothing yet."""


class Screen:
    """A page, and what it asked for from anywhere but its server."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.outside: list[str] = []

    def asked(self, url: str) -> None:
        """Note it, where it is not the server's."""
        if not url.startswith((self.address, "data:", "blob:")):
            self.outside.append(url)


class Screens:
    """The page that is kept."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(locale="vi-VN")
        self._screen = Screen(self._new(), "")

    def page(self) -> Page:
        """The page before it went anywhere: nobody's, with nothing remembered, light, for a hall."""
        page = self._forgotten()
        if page.url != "about:blank":
            page.evaluate(LEAVE)
            page.wait_for_url("about:blank")
        session = self._context.new_cdp_session(page)
        session.send("Page.resetNavigationHistory")
        session.detach()
        return page

    def _forgotten(self) -> Page:
        """The page where it is, alone, and as it began but for its address."""
        if self._screen.page.is_closed() or not _emptied(self._screen.page):
            self._screen.page = self._new()
        page = self._screen.page
        for other in self._context.pages:
            if other is not page:
                other.close()
        self._context.clear_cookies()
        _look(page, "light", "projector")
        return page

    def open(
        self,
        address: str,
        path: str,
        theme: Any = "light",
        size: str = "projector",
        token: str = "",
    ) -> Screen:
        """The page at that path, drawn; `token` is of somebody's session (signing.session)."""
        page, screen = self._forgotten(), self._screen
        screen.address, screen.outside = address, []
        if token:
            enter(self._context, address, token)
        _look(page, theme, size)
        page.goto(address + path)
        looking.drawn(page)
        return screen

    def _new(self) -> Page:
        page = self._context.new_page()
        page.set_default_timeout(looking.WAIT)
        page.on("request", lambda request: self._screen.asked(request.url))
        return page

    def close(self) -> None:
        """Let go of it."""
        self._context.close()


def _emptied(page: Page) -> bool:
    """Whether what the page remembers is forgotten; a file that is shown lets nobody do that."""
    if not page.url.startswith("http"):
        return True
    try:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    except Error:
        return False
    return True


def _look(page: Page, theme: Any, size: str) -> None:
    page.emulate_media(color_scheme=theme)
    width, height = looking.SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
