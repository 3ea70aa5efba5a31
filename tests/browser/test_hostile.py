"""What people write is shown as they wrote it, on every page, and never runs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from danvan.wording import in_one_line
from tests.browser.signing import sign_in
from tests.hostile import CODES, TEXTS, YEAR, city
from tests.server.running import serving
from ui.markup import BREAK, JOINER, LONGEST
from ui.places import PLACES, Place

WITHOUT_WIDTH = dict.fromkeys(map(ord, (BREAK, JOINER, "\ufeff")))
WAIT = 60_000  # milliseconds; a busy machine needs a few seconds
SIZES = [(390, 844), (1366, 768)]
ABOUT = {
    name: [
        f"indicator?{urlencode({'indicator': f'{code}.01', 'unit': unit, 'year': YEAR})}"
        for unit in (f"TPCL.{code}", "TPCL")
    ]
    + [
        f"figure?{urlencode({'indicator': f'{code}.01', 'unit': f'TPCL.{code}', 'year': YEAR})}",
        f"upload?draft=draft-{code}",
    ]
    for name, code in CODES.items()
}
"""The pages about each text; the others show all of them at once."""
CAME_OUT = """() => [...document.querySelectorAll('*')].filter(e =>
        e.matches('.katex, pre, em, del, hr, iframe, object, embed, form[action], img[src=x]')
        || ['đậm', 'hai', 'đỏ', 'mã', 'bấm', 'xem'].includes(e.textContent)
            && !e.matches('option, svg *') && e.children.length === 0
        || [...e.attributes].some(a => /^on/.test(a.name)
            || /href|src|action/.test(a.name) && /^javascript:|evil/.test(a.value)))
    .map(e => e.outerHTML.slice(0, 200))"""
"""Elements that only a text could have made."""
WIDER = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .filter(e => e && e.scrollWidth > e.clientWidth + 1).map(e => [e.scrollWidth, e.clientWidth])"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "danvan.db"
    city(path)
    with serving(path) as address:
        yield address


@pytest.fixture(scope="module", params=SIZES, ids=["phone", "projector"])
def context(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[BrowserContext]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    sign_in(page)
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.close()
    yield context
    context.close()


class Watched:
    """A page that notes whatever a text made happen."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.happened: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("dialog", lambda dialog: self._dialog(dialog))
        self.page.on("pageerror", lambda error: self.happened.append(f"error {error}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _dialog(self, dialog: object) -> None:
        self.happened.append("dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.happened.append(f"asked {url[:100]}")

    def open(self, path: str) -> Page:
        """Go there, open all that is folded, and look at what came of it."""
        self.page.goto(f"{self.address}/{path}")
        self._still()
        folded = self.page.locator("details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        self._still()
        assert self.happened == [], path
        assert self.page.evaluate("window.ran") is None, path
        assert self.page.evaluate(CAME_OUT) == [], path
        assert self.page.evaluate(WIDER) == [], path
        icons = self.page.locator("[data-testid=stIconMaterial]").all_inner_texts()
        assert "home" not in icons, path
        expect(self.page.locator("body")).not_to_contain_text("Có lỗi ngoài dự kiến")
        return self.page

    def _still(self) -> None:
        idle = "[data-testid=stApp][data-test-script-state=notRunning]"
        expect(self.page.locator("h1").first).to_be_visible(timeout=WAIT)
        expect(self.page.locator(idle)).to_be_visible(timeout=WAIT)
        self.page.wait_for_timeout(100)


@pytest.fixture
def watched(context: BrowserContext, address: str) -> Iterator[Watched]:
    watched = Watched(context, address)
    yield watched
    watched.page.close()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path or "overview")
def test_a_page_shows_hostile_text_as_text(watched: Watched, place: Place) -> None:
    watched.open(f"{place.path}?year={YEAR}")


@pytest.mark.parametrize("context", SIZES[:1], indirect=True, ids=["phone"])
@pytest.mark.parametrize("name", TEXTS)
def test_what_is_about_a_hostile_text_shows_it_as_text(watched: Watched, name: str) -> None:
    for path in ABOUT[name]:
        page = watched.open(path)
        if path.startswith("indicator"):
            title = page.locator("h1").inner_text().translate(WITHOUT_WIDTH)
            assert title.split() == _readable(TEXTS[name]).split()


def _readable(text: str) -> str:
    """The text with a box for what has no shape, and an end."""
    seen = in_one_line(text).translate(WITHOUT_WIDTH)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"
