"""Reconciliation in a real browser: a clerk explains, the office approves, settles and sees it stand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from danvan.access import Access, access
from danvan.model import Channel, Result, Submission, Target
from danvan.store import Store
from tests.browser.looking import WAIT, faults
from tests.browser.screens import Screens
from tests.browser.signing import enter, session

SIZES = ["phone", "projector"]


def _person(store: Store, name: str) -> Access:
    return access(store, store.people.account(name))


@pytest.fixture(scope="module")
def missed(store: Store) -> Store:
    """A ward that missed a target, with a completion in its file that is wrong."""
    about = {"year": 2022, "unit": "TPCL.P1", "indicator": "HDND.02"}
    facts = (
        Target(**about, value=Decimal(4)),  # type: ignore[arg-type]
        Result(**about, value=Decimal(1), stated=Decimal(40)),  # type: ignore[arg-type]
    )
    act = Submission(person="hoa", channel=Channel.FORM, facts=facts)
    _person(store, "hoa").submit([act])
    return store


@pytest.fixture
def pages(browser: Browser, address: str, missed: Store) -> Iterator[dict[str, Page]]:
    """The browsers of a clerk and of the office."""
    found, contexts = {}, []
    for name in ("minh", "hoa"):
        context = browser.new_context(locale="vi-VN")
        enter(context, address, session(missed, name))
        contexts.append(context)
        found[name] = context.new_page()
        found[name].set_default_timeout(WAIT)
    yield found
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/discrepancies?year=2022", "/explanations?year=2022"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_lists_fit_and_can_be_read(
    screens: Screens, address: str, missed: Store, theme: str, path: str
) -> None:
    screen = screens.open(address, path, theme=theme, token=session(missed, "hoa"))
    screen.page.get_by_role("heading", name="Năm 2022:").wait_for()
    assert faults(screen.page, SIZES, by_keyboard=theme == "light") == []


def test_a_clerk_explains_and_the_office_settles(
    pages: dict[str, Page], address: str, missed: Store
) -> None:
    clerk, office = pages["minh"], pages["hoa"]
    clerk.goto(f"{address}/unit?year=2022&unit=TPCL.P1")
    clerk.get_by_role("link", name="Viết giải trình").click()
    clerk.get_by_label("Giải trình").first.fill("Lịch tiếp xúc bị dời")
    clerk.get_by_role("button", name="Gửi giải trình").click()
    expect(clerk.get_by_role("heading", name="1 chờ duyệt")).to_be_visible(timeout=WAIT)
    office.goto(f"{address}/review")
    expect(office.get_by_text("Lịch tiếp xúc bị dời")).to_be_visible(timeout=WAIT)
    office.get_by_role("button", name="Duyệt tất cả (1)").click()
    expect(office.get_by_text("Không có lần nộp nào")).to_be_visible(timeout=WAIT)
    office.goto(f"{address}/discrepancies?year=2022")
    office.get_by_role("button", name="Ghi lý do…").click()
    office.get_by_label("Vì sao để cả hai số?").fill("Đơn vị tính theo quý")
    office.get_by_role("button", name="Giải quyết", exact=True).click()
    heading = "Năm 2022: 1 chỗ chênh lệch, 1 đã giải quyết"
    expect(office.get_by_role("heading", name=heading)).to_be_visible(timeout=WAIT)
    assert list(missed.settlements(2022)["reason"]) == ["Đơn vị tính theo quý"]
    assert list(missed.explanations(2022)["text"]) == ["Lịch tiếp xúc bị dời"]
