"""The browser of all browser tests, and pages in it that are quick to come by."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.screens import Screens
from tests.chromium import launch
from tests.server.house import address, database, store

expect.set_options(timeout=20_000)  # two busy cores may take longer than the usual five seconds
LOOP = pytest.StashKey[asyncio.AbstractEventLoop]()
__all__ = ["address", "browser", "database", "page", "screens", "store"]


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """One browser for every file."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        pytestconfig.stash[LOOP] = asyncio.get_running_loop()
        yield browser
        asyncio._set_running_loop(pytestconfig.stash[LOOP])
        browser.close()
    del pytestconfig.stash[LOOP]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Playwright leaves its event loop marked as running, also between two calls, and needs it so.

    Between two browser tests it is not: others in this process run loops of their own.
    """
    asyncio._set_running_loop(item.config.stash.get(LOOP, None))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    yield
    asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def screens(browser: Browser, pytestconfig: pytest.Config) -> Iterator[Screens]:
    """The page that is kept for all tests; who needs two at once, or a browser told otherwise, opens
    a context of its own.
    """
    screens = Screens(browser)
    yield screens
    asyncio._set_running_loop(pytestconfig.stash[LOOP])  # the last test need not be a browser's
    screens.close()


@pytest.fixture
def page(screens: Screens) -> Page:
    """The page, for somebody who was never there."""
    return screens.page()
