"""What only a browser shows of people, years and the audit: files that come back, how it looks."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from danvan.accounts.signing_in import session_of, sign_in
from danvan.store import Store
from tests.browser.looking import faults
from tests.browser.screens import Screens
from tests.browser.signing import enter, session
from tests.server.running import ROOT

PAGES = [
    "/people",
    "/people?person=minh",
    "/people?tab=add",
    "/years?year=2022",
    "/history?tab=audit",
    "/catalogue?tab=boundaries",
]
LOOKS = {"light": ["phone", "projector"], "dark": ["phone", "projector"]}
NAMES = "Họ và tên,Tên đăng nhập,Vai trò,Đơn vị\nĐặng Hạnh,hanh,người nhập số liệu,Phường 3\n"


@pytest.fixture
def page(page: Page, address: str, store: Store) -> Page:
    """The browser of an admin who has signed in."""
    enter(page.context, address, session(store, "lan"))
    return page


@pytest.fixture(scope="module")
def lan(store: Store) -> str:
    """A session of the admin for looking around."""
    return session(store, "lan")


def _taken(page: Page, button: Locator) -> bytes:
    with page.expect_download() as coming:
        button.click()
    return Path(coming.value.path()).read_bytes()


def _rows(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)


def test_people_are_added_by_a_file_and_sign_in_with_the_passwords_that_come_back(
    page: Page, address: str, store: Store
) -> None:
    page.goto(f"{address}/people?tab=file")
    file = {"name": "tên.csv", "mimeType": "text/csv", "buffer": NAMES.encode()}
    page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Tạo 1 tài khoản").click()
    shown = page.locator(".st-key-first-passwords")
    shown.wait_for()
    _, row = _rows(_taken(page, shown.get_by_role("button", name="Tải danh sách mật khẩu")))
    now = datetime.now(UTC)
    token = sign_in(store.people, row[1], row[4], "", "", now)
    known = session_of(store.people, token, now)
    assert known is not None
    assert known.account.must_change
    shown.get_by_role("button", name="Đã lưu, đóng lại").click()
    expect(shown).to_have_count(0)


def test_the_file_of_a_submission_comes_back_as_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}/history")
    came = _taken(page, page.get_by_role("button", name="figures-2022.csv"))
    assert came == (ROOT / "data" / "figures-2022.csv").read_bytes()


def test_the_audit_is_taken_away_and_that_is_recorded(
    page: Page, address: str, store: Store
) -> None:
    page.goto(f"{address}/history?tab=audit")
    heads, *rows = _rows(_taken(page, page.get_by_role("button", name=".xlsx")))
    assert heads[0] == "Số"
    assert all(isinstance(row[0], int) for row in rows)
    assert all(isinstance(row[1], datetime) for row in rows)
    assert _taken(page, page.get_by_role("button", name=".csv")).startswith(b"\xef\xbb\xbf")
    exports = store.people.audit()
    exports = exports[exports["act"] == "export"]
    assert list(exports["person"]) == ["lan", "lan"]
    assert exports["subject"].str.startswith("nhat-ky-").all()


def test_a_session_that_is_ended_leaves_the_list_and_an_unpressed_button_does_nothing(
    page: Page, address: str, store: Store
) -> None:
    minh = store.people.account("minh")
    assert minh is not None
    store.people.begin_session("ab" * 32, minh.id, "10.1.2.3", "Firefox", datetime.now(UTC))
    page.goto(f"{address}/people?person=minh")
    page.get_by_role("button", name="Cấp lại mật khẩu").click()
    page.get_by_role("button", name="Cấp mật khẩu tạm mới").wait_for()
    assert len(store.people.sessions(minh.id)) == 1
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Kết thúc", exact=True).click()
    expect(page.get_by_text("10.1.2.3")).to_have_count(0)
    assert not store.people.sessions(minh.id)


@pytest.mark.parametrize(
    ("path", "theme"),
    [*((path, "light") for path in PAGES), (PAGES[0], "dark"), ("/history?tab=audit", "dark")],
)
def test_every_page_fits_and_can_be_read_by_everybody(
    screens: Screens, address: str, lan: str, path: str, theme: str
) -> None:
    screen = screens.open(address, path, theme=theme, token=lan)
    screen.page.locator("[data-testid=stMain] button").first.wait_for()
    assert faults(screen.page, LOOKS[theme], by_keyboard=theme == "light") == []
