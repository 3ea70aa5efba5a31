"""A round in a real browser: opened by the office, seen and answered by a unit, sent by e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from danvan import intake, post
from danvan.access import access
from danvan.model import Channel, Contact, Period, Round
from danvan.rounds.contacts import keep_contacts
from danvan.rounds.opening import open_round
from danvan.store import Store
from danvan.wording import Words
from tests.browser.looking import WAIT, drawn, faults
from tests.browser.screens import Screens
from tests.browser.signing import enter, session
from tests.mailbox import Mailbox, mailbox
from tests.making import csv_file
from tests.server.house import settled
from tests.server.running import serving

PLAN = "unit,indicator,target\nTPCL.P1,DVK.01,5\nTPCL.P1,HGCS.01,9\nTPCL.P2,DVK.01,4\n"
Q1 = Round(2022, Period.Q1, date(2022, 4, 10), note="Gửi cả bản ký")


@pytest.fixture(scope="module")
def store(database: Path) -> Store:
    """A house with a plan, an open round and two addresses."""
    store = settled(database)
    hoa = access(store, store.people.account("hoa"))
    intake.hand_in(hoa, intake.check(hoa, [csv_file(PLAN)], 2022), "hoa", Channel.LOAD)
    open_round(hoa, Q1, Words("vi"))
    told = [Contact("TPCL.P1", "Trần Văn Minh", "p1@x.vn"), Contact("TPCL.P2", "", "p2@x.vn")]
    keep_contacts(hoa, told, Words("vi"))
    return store


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mailbox("p2@x.vn") as box:
        yield box


@pytest.fixture(scope="module")
def address(database: Path, store: Store, box: Mailbox) -> Iterator[str]:  # noqa: ARG001
    """The house's server, which may send through the mailbox."""
    settings = {post.SERVER: f"smtp://127.0.0.1:{box.port}", post.SENDER: "ban@x.vn"}
    with serving(database, **settings) as address:
        yield address


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_fit_and_can_be_read(
    screens: Screens, address: str, store: Store, theme: str
) -> None:
    token = session(store, "hoa")
    page = screens.open(address, "/round?year=2022&period=Q1", theme=theme, token=token).page
    for part in ("Sửa hoặc hủy đợt này", "Người nhận của các đơn vị"):
        page.get_by_text(part).click()
    page.get_by_label("Phường 1: địa chỉ thư").wait_for()
    drawn(page)
    assert faults(page, ["phone", "projector"], by_keyboard=theme == "light") == []
    path = "/unit?year=2022&unit=TPCL.P1"
    page = screens.open(address, path, theme=theme, token=session(store, "minh")).page
    page.get_by_role("button", name="Tải biểu mẫu của đợt").wait_for()
    assert faults(page, ["phone", "projector"]) == []


def test_the_office_reminds_and_the_unit_answers_with_its_form(
    browser: Browser, address: str, store: Store, box: Mailbox, tmp_path: Path
) -> None:
    contexts = [browser.new_context(locale="vi-VN") for _ in range(2)]
    hoa, minh = [context.new_page() for context in contexts]
    for context, page, name in zip(contexts, (hoa, minh), ("hoa", "minh"), strict=True):
        enter(context, address, session(store, name))
        page.set_default_timeout(WAIT)
    hoa.goto(f"{address}/round?year=2022&period=Q1")
    send = hoa.get_by_role("button", name="Gửi 2 thư")
    expect(send).to_be_disabled(timeout=WAIT)
    hoa.get_by_text("Tôi đã xem địa chỉ trên").click()
    expect(send).to_be_enabled(timeout=WAIT)
    send.click()
    expect(hoa.get_by_text("Đã gửi 1 thư.")).to_be_visible(timeout=WAIT)
    expect(hoa.get_by_text("Không gửi được tới p2")).to_be_visible()
    (came,) = box.came
    assert "Đơn vị còn thiếu 2/2 chỉ tiêu" in came.get_content()

    minh.goto(f"{address}/")
    minh.get_by_role("link", name="Xem và tải biểu mẫu").click()
    with minh.expect_download() as coming:
        minh.get_by_role("button", name="Tải biểu mẫu của đợt").click()
    path = tmp_path / "biểu.xlsx"
    coming.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Số liệu"]
    for row in [cell.row for cell in sheet["A"] if cell.value in ("DVK.01", "HGCS.01")]:
        sheet.cell(row, 7).value = 2
    book.save(path)
    minh.goto(f"{address}/upload?year=2022")
    minh.locator("input[type=file]").first.set_input_files(path)
    minh.get_by_role("button", name="Xem trước").click()
    minh.get_by_role("button", name="Lưu 2").click()
    expect(minh.get_by_text("chờ duyệt").first).to_be_visible(timeout=WAIT)

    hoa.reload()
    drawn(hoa)
    expect(hoa.get_by_role("heading", name="1 chờ duyệt")).to_be_visible(timeout=WAIT)
    for context in contexts:
        context.close()
