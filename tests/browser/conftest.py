"""The browser of all browser tests, and pages in it that are quick to come by."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.screens import Screens
from tests.chromium import launch
from tests.server.house import address, database, store

LOOP = pytest.StashKey[asyncio.AbstractEventLoop]()
__all__ = ["address", "browser", "database", "screens", "store"]


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """One browser for every file; a test that changes anything opens a context of its own."""
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


@pytest.fixture(scope="module")
def screens(browser: Browser) -> Iterator[Screens]:
    """Pages for tests that only look, kept for the file."""
    screens = Screens(browser)
    yield screens
    screens.close()
