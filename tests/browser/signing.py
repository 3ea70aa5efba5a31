"""Signing in: as a person does it in a browser, or without the form where that is not the point."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page

from danvan.accounts import signing_in
from danvan.store import Store
from tests.server.house import PASSWORD


def sign_in(page: Page, name: str = "lan") -> None:
    """Fill in the page that asks who it is."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def session(store: Store, name: str = "lan") -> str:
    """The token of a new session of somebody of the house."""
    account = store.people.account(name)
    assert account
    return signing_in.begin(store.people, account, "", "", datetime.now(UTC))


def enter(context: BrowserContext, address: str, token: str) -> None:
    """Put the cookie of a session into the browser, as signing in does."""
    context.add_cookies([{"name": "danvan", "value": token, "url": address, "httpOnly": True}])
