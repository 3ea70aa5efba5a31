"""What people write is shown as they wrote it, on every page, and never runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Dialog, Page, expect

from danvan.model import Register
from danvan.store import Store, open_store
from danvan.wording import in_one_line
from tests.browser.looking import SIZES, drawn, resize
from tests.browser.screens import Screens
from tests.browser.signing import enter, session
from tests.hostile import CODES, TEXTS, TOGETHER, YEAR
from ui.comparison import MOST_UNITS
from ui.markup import BREAK, JOINER, LONGEST
from ui.places import PLACES, Place

WITHOUT_WIDTH = dict.fromkeys(map(ord, (BREAK, JOINER, "\ufeff")))


def _named(codes: list[str], tab: str) -> list[tuple[str, str]]:
    """Those indicators, of the first of the units or of several."""
    units = codes[:1] if tab == "years" else codes[:MOST_UNITS]
    return [("indicator", f"{code}.01") for code in codes] + [
        ("unit", f"TPCL.{code}") for code in units
    ]


def _row(name: str) -> str:
    """The page of the model that the text is the name of; rows of three registers were stored of each."""
    number = 1 + 3 * list(CODES).index(name)
    return f"models?{urlencode({'entry': number, 'unit': f'TPCL.{CODES[name]}', 'year': YEAR})}"


ABOUT = {
    name: [
        f"indicator?{urlencode({'indicator': f'{code}.01', 'unit': f'TPCL.{code}', 'year': YEAR})}",
    ]
    for name, code in CODES.items()
}
"""The pages about each text; the others show many of them at once."""
ABOUT_MANY = [
    *(_row(name) for name in ("script", "markdown", "long", "right to left")),
    *(f"upload?draft=drafts-{codes[0]}" for codes in TOGETHER),
    *(f"unit?{urlencode({'unit': f'TPCL.{codes[0]}', 'year': YEAR})}" for codes in TOGETHER),
    *(
        f"compare?{urlencode([*_named(codes, tab), ('year', YEAR), ('tab', tab)])}"
        for codes in TOGETHER
        for tab in ("years", "units")
    ),
    f"indicator?{urlencode({'indicator': 'X1.01', 'unit': 'TPCL', 'year': YEAR})}",
    f"figure?{urlencode({'indicator': 'X1.01', 'unit': 'TPCL.X1', 'year': YEAR})}",
]
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
def store(written: Path, database: Path) -> Store:
    """What the people of that city wrote; the server is of it."""
    shutil.copy(written, database)
    return open_store(str(database))


@pytest.fixture(scope="module")
def lan(store: Store) -> str:
    return session(store, "lan")


class Watched:
    """A page that notes whatever a text made happen."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.happened: list[str] = []
        self.page = page
        self._events: dict[Any, Callable[..., None]] = {
            "dialog": self._dialog,
            "pageerror": lambda error: self.happened.append(f"error {error}"),
            "request": lambda request: self._asked(request.url),
        }
        for event, noted in self._events.items():
            page.on(event, noted)

    def leave(self) -> None:
        """Watch no longer."""
        for event, noted in self._events.items():
            self.page.remove_listener(event, noted)

    def _dialog(self, dialog: Dialog) -> None:
        self.happened.append("dialog")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.happened.append(f"asked {url[:100]}")

    def open(self, path: str) -> Page:
        """Go there, open all that is folded, and look at what came of it, on a phone and in a hall."""
        width, height = SIZES["phone"]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(f"{self.address}/{path}")
        drawn(self.page)
        folded = self.page.locator("details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        drawn(self.page)
        self._look(path)
        resize(self.page, "projector")
        self._look(path)
        icons = self.page.locator("[data-testid=stIconMaterial]").all_inner_texts()
        assert "home" not in icons, path
        expect(self.page.locator("body")).not_to_contain_text("Có lỗi của chương trình")
        return self.page

    def _look(self, path: str) -> None:
        assert self.happened == [], path
        assert self.page.evaluate("window.ran") is None, path
        assert self.page.evaluate(CAME_OUT) == [], path
        assert self.page.evaluate(WIDER) == [], path


@pytest.fixture(scope="module")
def watched(screens: Screens, address: str, lan: str) -> Iterator[Watched]:
    """The page of lan, who goes from text to text."""
    page = screens.page()
    enter(page.context, address, lan)
    watched = Watched(page, address)
    yield watched
    watched.leave()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path or "overview")
def test_a_page_shows_hostile_text_as_text(watched: Watched, place: Place) -> None:
    watched.open(f"{place.path}?year={YEAR}")


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_about_a_hostile_text_shows_it_as_text(watched: Watched, name: str) -> None:
    for path in ABOUT[name]:
        page = watched.open(path)
        if path.startswith("indicator"):
            title = page.locator("h1").inner_text().translate(WITHOUT_WIDTH)
            assert title.split() == _readable(TEXTS[name]).split()


@pytest.mark.parametrize("path", ABOUT_MANY, ids=lambda path: path[:24])
def test_a_page_about_many_shows_them_as_text(watched: Watched, path: str) -> None:
    watched.open(path)


@pytest.mark.parametrize("name", ["script", "markdown", "long", "right to left"])
def test_a_row_with_a_hostile_text_is_changed_as_text(
    watched: Watched, store: Store, name: str
) -> None:
    models = store.entries(Register.MODEL, YEAR)
    entry = int(models[models["unit"] == f"TPCL.{CODES[name]}"]["entry"].iloc[0])
    page = watched.open(f"registers?year={YEAR}&tab=model&entry={entry}")
    page.get_by_label("Địa chỉ").fill(TEXTS["link"])
    page.get_by_label("Địa chỉ").press("Tab")
    page.get_by_text("Sẽ lưu").wait_for()
    drawn(page)
    assert watched.happened == []
    assert page.evaluate(CAME_OUT) == []
    assert page.evaluate(WIDER) == []


def _readable(text: str) -> str:
    """The text with a box for what has no shape, and an end."""
    seen = in_one_line(text).translate(WITHOUT_WIDTH)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"
