"""The walk a person takes, in a real browser: what only a browser shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from danvan import intake, shipped
from danvan.model import Channel, Draft, File
from danvan.store import Store, open_store
from tests.browser.looking import drawn, faults
from tests.browser.screens import Screen, Screens
from tests.browser.signing import session, sign_in
from tests.making import csv_file
from tests.server.house import settled
from tests.server.running import serving
from tests.workbooks.cases import CASES

PAGES = {
    "overview": "/?year=2022",
    "mixed": "/?year=2021",
    "card": "/indicator?indicator=CCHC.01&unit=TPCL&year=2022",
    "joined": "/indicator?indicator=NTM.01&unit=TPCL&year=2022",
    "missing": "/indicator?indicator=KT.01&unit=TPCL&year=2022",
}
ENTERING = {
    "upload": "/upload?year=2022",
    "draft": "/upload?draft=shown",
    "figure": "/figure?year=2022&unit=TPCL.P1&indicator=HGCS.03",
    "history": "/history",
    "catalogue": "/catalogue",
}
LOOKS = {"light": ["phone", "projector"], "dark": ["phone", "desktop"]}
DRAFTED = ("list-of-a-ward", "near-misses", "impossible", "awards")
LISTED = {case.name: case for case in CASES}
MIXED = (
    "unit,indicator,target,result\nTPCL,CCHC.01,20,15\nTPCL,LLVT.01,100,95\nTPCL,TDDT.02,0,2\n"
    "TPCL.P1,DVK.01,10,4\nTPCL.P3,DVK.01,5,\nTPCL.P4,DVK.01,3,70\n"
)
"""A year with every state that 2022 does not have."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("browser") / "danvan.db"
    store = open_store(str(path))
    shipped.fill(store)
    checked = intake.check(store, [csv_file(MIXED, "số liệu 2021.csv")], 2021)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)
    with serving(path) as address:
        yield address


@pytest.fixture(scope="module")
def staff(store: Store) -> str:
    """The session of one of the staff who has an upload between two steps."""
    files = tuple(File(LISTED[n].file, LISTED[n].content) for n in DRAFTED)
    store.keep_draft(Draft("shown", "lan", 2022, "", files, datetime.now(UTC)))
    return session(store, "lan")


@pytest.fixture(scope="module")
def staffed(database: Path, store: Store) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    """A server whose staff sign in."""
    with serving(database) as address:
        yield address


def _open(page: Page, url: str) -> None:
    """Go there and wait until everything stands still."""
    page.goto(url)
    drawn(page)


def _card(page: Page) -> None:
    page.get_by_text("Vì sao có số này", exact=True).wait_for()


def test_a_first_visit(page: Page, address: str) -> None:
    """What is missing, why a number is what it is, back again: with nothing to learn first."""
    _open(page, address)
    expect(page.locator("h1")).to_have_text("Thành phố Cao Lãnh")
    expect(page.locator("h2").first).to_contain_text("2/2 chỉ tiêu được giao đã đạt")
    page.get_by_role("link", name="Nhiệm vụ cải cách hành chính hoàn thành").first.click()
    _card(page)
    expect(page.locator("h1")).to_have_text("Nhiệm vụ cải cách hành chính hoàn thành")
    expect(page.get_by_text("figures-2022.csv · E3")).to_be_visible()
    page.go_back()
    page.get_by_text("Còn thiếu gì").wait_for()
    page.get_by_role("link", name="Tập thể được khen thưởng").first.click()
    _card(page)
    expect(page.locator("h1")).to_have_text("Tập thể được khen thưởng")
    page.get_by_test_id("stTopNavLink").get_by_text("Tổng quan").click()
    page.get_by_text("Còn thiếu gì").wait_for()
    page.get_by_text("Bảng số liệu và nguồn của từng số").click()
    expect(page.get_by_role("cell", name="figures-2022.csv · E6")).to_be_visible()


def test_year_and_language_are_in_the_address_and_the_back_button_works(
    page: Page, address: str
) -> None:
    _open(page, address)
    page.get_by_role("radio", name="2021").click()
    expect(page.locator("h2").first).to_contain_text("Năm 2021")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("h1")).to_have_text("Cao Lãnh City")
    assert "year=2021" in page.url
    assert "lang=en" in page.url
    page.go_back()
    expect(page.locator("h1")).to_have_text("Thành phố Cao Lãnh")
    _open(page, f"{address}/?year=2021&lang=en")
    expect(page.locator("h2").first).to_contain_text("In 2021")


@pytest.mark.parametrize("theme", ["light"])
@pytest.mark.parametrize("name", ["mixed", "joined", "missing"])
def test_every_page_fits_and_can_be_read(
    screens: Screens, address: str, name: str, theme: str
) -> None:
    _looks_well(screens.open(address, PAGES[name], theme), theme)


@pytest.mark.parametrize("theme", LOOKS)
@pytest.mark.parametrize("name", ENTERING)
def test_every_page_of_staff_fits_and_can_be_read(
    screens: Screens, staffed: str, staff: str, name: str, theme: str
) -> None:
    _looks_well(screens.open(staffed, ENTERING[name], theme, token=staff), theme)


def _looks_well(screen: Screen, theme: str) -> None:
    """Nothing is wrong at any size, and nothing comes from elsewhere."""
    assert faults(screen.page, LOOKS[theme], by_keyboard=theme == "light") == []
    assert screen.outside == []


def test_everything_can_be_reached_by_keyboard(page: Page, address: str) -> None:
    _open(page, address)
    reached: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.innerText || ''").strip())
    assert "Tiếng Việt" in reached
    assert reached & {"2021", "2022"}  # one stop for the group, the arrows choose within it
    for wanted in ("Tập thể được khen thưởng", "Bảng số liệu và nguồn của từng số"):
        assert any(wanted in text for text in reached), wanted
    page.get_by_role("link", name="Tập thể được khen thưởng").first.focus()
    page.keyboard.press("Enter")
    _card(page)


def test_a_deep_link_is_the_first_thing_a_cold_server_is_asked(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path / "cold.db") as address:
        _open(page, address + PAGES["card"])
        _card(page)
        assert not page.locator("[role=dialog]").count()
        assert page.title() == "Chỉ tiêu"


def test_the_page_names_itself(page: Page, address: str) -> None:
    _open(page, address)
    assert page.title() == "Tổng quan"


def test_a_file_is_handed_in_by_somebody_who_has_never_seen_the_page(
    page: Page, tmp_path: Path
) -> None:
    """Choose, preview, answer, refresh, store, find it, take it back, get the workbook marked."""
    files = []
    for name in ("matrix-flat", "no-unit"):
        path = tmp_path / LISTED[name].file
        path.write_bytes(LISTED[name].content)
        files.append(path)
    settled(tmp_path / "walk.db")
    with serving(tmp_path / "walk.db") as address:
        page.goto(address)
        sign_in(page)
        drawn(page)
        page.get_by_role("button", name="Nhập số liệu").click()
        page.get_by_test_id("stTopNavDropdownLink").get_by_text("Nộp tệp số liệu").click()
        page.locator("input[type=file]").set_input_files(files)
        page.get_by_role("button", name="Xem trước 2 tệp").click()
        page.get_by_text("1 câu cần trả lời").wait_for()
        page.get_by_role("combobox").first.fill("Phường 3")
        page.get_by_role("option", name="Phường 3").click()
        page.get_by_role("button", name="Dùng các câu trả lời").click()
        page.get_by_role("button", name="Lưu 7 số liệu").wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="Tải kq.xlsx đã đánh dấu").click()
        assert download.value.suggested_filename == "kq - cần sửa.xlsx"
        page.reload()
        page.get_by_role("button", name="Lưu 7 số liệu").click()
        page.get_by_text("Đã lưu, lần nộp số").wait_for()
        page.get_by_test_id("stMain").get_by_role("link", name="Lịch sử").click()
        page.get_by_role("button", name="Hoàn tác").first.click()
        page.get_by_text("Đã hoàn tác lần nộp số").wait_for()
        with page.expect_download() as original:
            page.get_by_role("button", name="kq.xlsx").first.click()
        assert Path(original.value.path()).read_bytes() == LISTED["matrix-flat"].content


def test_a_template_is_filled_in_and_comes_back(page: Page, tmp_path: Path) -> None:
    settled(tmp_path / "walk.db")
    with serving(tmp_path / "walk.db") as address:
        page.goto(f"{address}/upload?year=2022&unit=TPCL.P1")
        sign_in(page, "minh")
        with page.expect_download() as download:
            page.get_by_role("button", name="Tải biểu mẫu").click()
        path = tmp_path / "bieu.xlsx"
        download.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book["Số liệu"]
        row = next(cell.row for cell in sheet["A"] if cell.value == "TQ.01")
        sheet.cell(row, 7).value = 44
        book.save(path)
        page.locator("input[type=file]").set_input_files(path)
        page.get_by_role("button", name="Xem trước 1 tệp").click()
        expect(page.get_by_role("cell", name="kết quả 44")).to_be_visible()
