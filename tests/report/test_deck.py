"""The file of a presentation: whole in itself, and nothing that people wrote does anything in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from danvan import meeting
from danvan.access import Access, operator
from danvan.charts.theme import LIGHT
from danvan.report import deck
from danvan.report.slide import Bar, Deck, Line, Point, Slide
from danvan.states import LOOKS, State
from danvan.wording import Language, Words
from tests.hostile import TEXTS, YEAR, city

LOADING = {"src", "href", "action", "poster", "data", "srcset", "formaction", "background", "ping"}
OURS = {
    "html", "head", "meta", "title", "style", "body", "main", "section", "div", "p", "h1", "h2",
    "ul", "li", "span", "i", "b", "code", "blockquote", "footer", "nav", "button", "output", "svg",
    "path", "circle", "polyline", "text", "script",
}  # fmt: skip


class Read(HTMLParser):
    """What a browser makes of a file: its elements, their attributes and its texts."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(file)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All of it, with single spaces."""
        return " ".join(" ".join(self.texts).split())


def _file(*slides: Slide, figures: str = "[]\n") -> str:
    made = Deck("Hội nghị", "chân trang", Language.VI, slides, figures, "ab12")
    return deck.html(made)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    store = city(tmp_path_factory.mktemp("hostile") / "danvan.db")
    access = Access(store, operator("lan"))
    return deck.html(meeting.deck(access, YEAR, words=Words("vi")))


def test_all_that_a_slide_has_is_in_the_file() -> None:
    slide = Slide(
        "one", "Tựa đề", above="phía trên", figure="3/5 mô hình", state=State.MISSED,
        beside=("60 %",), gap="còn thiếu 2", bar=Bar(3, 5), strip={State.MET: 7},
        years=(Point(2021, 2, "2"), Point(2022, None, "–"), Point(2023, 3, "3")),
        said=("một câu",), quote="vì mưa", lines=(Line("Phường 1", "1/2", State.NEAR, "vì bão"),),
        code="danvan show", note="ghi chú",
    )  # fmt: skip
    text = Read(_file(Slide("first", "Mở đầu", first=True), slide)).text
    for said in ("Tựa đề", "phía trên", "3/5 mô hình", "▼ chưa đạt", "60 %", "còn thiếu 2",
                 "7 đạt", "một câu", "vì mưa", "Phường 1", "1/2 gần đạt", "vì bão",
                 "danvan show", "ghi chú", "2021", "2023"):  # fmt: skip
        assert said in text, said
    assert "width: 60.00%" in _file(slide)


def test_a_year_without_a_figure_is_a_gap_in_the_line() -> None:
    points = tuple(Point(2020 + n, v, str(v)) for n, v in enumerate((1.0, 2.0, None, 4.0, 5.0)))
    assert _file(Slide("one", "x", years=points)).count("<polyline") == 2


def test_nothing_is_asked_of_any_network(hostile: str) -> None:
    read = Read(hostile)
    assert not {name for name, _ in read.attributes} & LOADING
    assert all(found.startswith("data:") for found in re.findall(r"url\(([^)]*)\)", deck.style()))
    assert "@import" not in deck.style()
    assert "://" not in deck.script() + deck.style()
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import)\b", deck.script())


def test_the_policy_of_the_file_allows_its_script_and_nothing_else(hostile: str) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", hostile, re.DOTALL)
    assert scripts == [deck.script()]
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    (policy,) = [value for _, value in Read(hostile).attributes if "default-src" in value]
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; font-src data:;")


def test_what_people_wrote_is_text(hostile: str) -> None:
    read = Read(hostile)
    assert set(read.elements) <= OURS
    assert read.elements.count("script") == 2
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    for name in ("script", "image", "link", "entity", "template", "formula"):
        assert TEXTS[name] in "".join(read.texts), name
    assert "\u202e" not in hostile.partition('id="figures"')[0]


def test_the_figures_are_in_the_file_as_they_are(hostile: str) -> None:
    found = re.findall(
        r'<script type="application/json" id="figures">(.*?)</script>', hostile, re.DOTALL
    )
    assert TEXTS["script"] in {row["name"] for row in json.loads(found[0])}
    with pytest.raises(ValueError, match="<"):
        _file(figures='["</script>"]')


def test_the_colours_are_those_of_the_screens() -> None:
    style = deck.style()
    assert f"--ink:{LIGHT.ink}" in style
    for state, look in LOOKS.items():
        assert f".s-{state}{{--fill:{look.light};" in style
        assert f'[data-theme="dark"] .s-{state}{{--fill:{look.dark};' in style


def test_the_package_takes_everything_along(hostile: str) -> None:
    assert "font/woff2;base64," in hostile
    for name in ("deck.html", "deck.css", "deck.js"):
        assert (Path(deck.__file__).parent / name).exists()
