"""Signing in as a person does it in a browser."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.server.house import PASSWORD


def sign_in(page: Page, name: str = "lan") -> None:
    """Fill in the page that asks who it is."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
