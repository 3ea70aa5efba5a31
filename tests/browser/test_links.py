"""Links to pages of the app, wherever they are drawn: followed without loading the app anew."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from danvan import intake, shipped
from danvan.model import Channel
from danvan.store import open_store
from tests.making import csv_file
from tests.server.running import serving

EARLIER = "unit,indicator,target,result\nTPCL,CCHC.01,20,15\nTPCL,LLVT.01,100,95\n"
NAME = "text.annotation-text a"  # the name of a bullet
CARD = "/indicator?year=2021&unit=TPCL&indicator=CCHC.01"
STAYED = "window.stayed === true"
DRAWN = """([attributes, text]) => {
    const link = document.createElement("a")
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
    link.textContent = text
    link.style.cssText = "position: fixed; top: 50%; left: 50%; z-index: 1000000"  // on top of all
    document.querySelector("[data-testid=stMain]").append(link)
}"""
"""A link as st.html or st.markdown draw it."""
TAKEN = """attributes => new Promise(resolve => {
    const link = document.createElement("a")
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value)
    document.body.append(link)
    addEventListener("click", event => { resolve(event.defaultPrevented); event.preventDefault() },
                     { once: true })
    link.click()
})"""
"""Whether a click is taken from the browser, which is kept from following the link itself."""
LEFT = [
    {"href": "/?year=2021#nguồn"},
    {"href": "/indicator", "download": ""},
    {"href": "/indicator", "data-external": ""},
    {},
    *(
        {"href": href}
        for href in """
            https://example.org/indicator //example.org/indicator http://[ javascript:void(0)
            mailto:lan@example.org /sign-in /sign-in/sso /sign-out /set-up?token=x /password
            /session /healthz /files/1/a /api/figures /media/a.png /static/js/a.js
            /_stcore/health /favicon.png
        """.split()
    ),
]
"""Links that are the browser's business."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("links") / "danvan.db"
    store = open_store(str(path))
    shipped.fill(store)
    checked = intake.check(store, [csv_file(EARLIER, "2021.csv")], 2021)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)
    with serving(path) as address:
        yield address


@pytest.fixture
def page(page: Page, address: str) -> Page:
    """The overview of 2021 as it stands, with a mark that does not outlive a load."""
    page.goto(f"{address}/?year=2021")
    page.locator(NAME).first.wait_for()
    _still(page)
    page.evaluate("window.stayed = true")
    return page


def _still(page: Page) -> None:
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()


def _is_card(page: Page) -> None:
    page.get_by_text("Vì sao có số này", exact=True).wait_for()
    expect(page.locator("h1")).to_have_text("Nhiệm vụ cải cách hành chính hoàn thành")
    here = urlsplit(page.url)
    asked = {"year": ["2021"], "unit": ["TPCL"], "indicator": ["CCHC.01"]}
    assert (here.path, parse_qs(here.query)) == ("/indicator", asked)


def _is_overview_of_2021(page: Page) -> None:
    expect(page.locator("h2").first).to_contain_text("Năm 2021")
    assert page.url.endswith("/?year=2021")


def test_a_name_in_a_chart_leads_to_its_card_and_back_without_a_load(page: Page) -> None:
    entries = page.evaluate("history.length")
    page.locator(NAME).first.click()
    _is_card(page)
    _still(page)
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    _is_overview_of_2021(page)
    page.go_forward()
    _is_card(page)
    assert page.evaluate(STAYED)


def test_a_year_chosen_on_the_way_is_there_after_back(page: Page) -> None:
    page.get_by_role("radio", name="2022").click()
    expect(page.locator("h2").first).to_contain_text("Năm 2022")
    _still(page)
    page.locator(NAME).first.click()
    page.get_by_text("Vì sao có số này", exact=True).wait_for()
    _still(page)
    page.go_back()
    expect(page.locator("h2").first).to_contain_text("Năm 2022")
    expect(page.get_by_role("radio", name="2022")).to_be_checked()
    page.go_back()
    _is_overview_of_2021(page)
    assert page.evaluate(STAYED)


def test_enter_follows_a_link_in_a_chart(page: Page) -> None:
    page.locator(NAME).first.focus()
    page.keyboard.press("Enter")
    _is_card(page)
    assert page.evaluate(STAYED)


@pytest.mark.parametrize("target", ["_blank", "_self"])
def test_a_link_in_text_stays_in_the_tab(page: Page, target: str) -> None:
    page.evaluate(DRAWN, [{"href": CARD.removeprefix("/"), "target": target}, "Xem thẻ"])
    page.get_by_role("link", name="Xem thẻ").click()
    _is_card(page)
    assert page.evaluate(STAYED)
    assert len(page.context.pages) == 1


def test_the_new_page_begins_at_its_top_and_is_where_one_reads(page: Page) -> None:
    main = page.locator("[data-testid=stMain]")
    main.evaluate("main => main.scrollTo(0, 200)")
    page.locator(NAME).nth(1).click()
    page.get_by_text("Vì sao có số này", exact=True).wait_for()
    assert main.evaluate("main => main.scrollTop") == 0
    assert main.evaluate("main => main === document.activeElement")


def test_with_a_key_held_the_browser_opens_a_tab(page: Page) -> None:
    page.evaluate(DRAWN, [{"href": CARD}, "Xem thẻ"])
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Xem thẻ").click(modifiers=["ControlOrMeta"])
    _is_card(opened.value)
    _is_overview_of_2021(page)


def test_without_a_connection_the_browser_loads_the_page(page: Page) -> None:
    page.locator("[data-testid=stApp]").evaluate("app => app.dataset.testConnectionState = 'LOST'")
    page.locator(NAME).first.click()
    _is_card(page)
    assert not page.evaluate(STAYED)


def test_only_pages_of_the_app_are_taken_from_the_browser(page: Page) -> None:
    for attributes in LEFT:
        assert not page.evaluate(TAKEN, attributes), attributes
    for href in ("/indicator", "indicator?unit=TPCL", "/?year=2022"):
        assert page.evaluate(TAKEN, {"href": href}), href
