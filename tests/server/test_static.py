"""Streamlit's scripts and styles: compressed for who takes it, the same bytes, behind the gate."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.index import STATIC, linked
from server.static import FILES
from tests.server.asking import PAGE, Answer, Visitor
from tests.server.house import PASSWORD, settled
from tests.server.running import serving

BIG = next(path for path in FILES if "/PlotlyChart." in path)
STYLE = next(path for path in FILES if path.endswith(".css"))
FONT = next((STATIC / "static" / "media").glob("*.woff2"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("static") / "danvan.db"
    settled(path)
    with serving(path) as address:
        yield address


@pytest.fixture(scope="module")
def lan(address: str) -> Visitor:
    visitor = Visitor(address)
    visitor.sign_in("lan", PASSWORD)
    return visitor


def _zipped(visitor: Visitor, path: str, accepted: str = "gzip, deflate, br") -> Answer:
    return visitor.fetch(path, accept_encoding=accepted)


@pytest.mark.parametrize("path", [BIG, STYLE])
def test_what_is_compressed_is_the_file(lan: Visitor, path: str) -> None:
    answer = _zipped(lan, path)
    file = FILES[path].read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(answer.content) < len(file) / 2
    assert gzip.decompress(answer.content) == file


@pytest.mark.parametrize(("path", "kind"), [(BIG, "javascript"), (STYLE, "text/css")])
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_the_headers_are_those_of_a_file_that_never_changes(
    lan: Visitor, path: str, kind: str, accepted: str
) -> None:
    headers = _zipped(lan, path, accepted).headers
    assert kind in headers["content-type"]
    assert headers["cache-control"] == "public, immutable, max-age=31536000"
    assert headers["vary"].lower() == "accept-encoding"
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in headers


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "x-gzip-not"])
def test_who_does_not_take_gzip_gets_the_file_as_it_is(lan: Visitor, accepted: str) -> None:
    answer = _zipped(lan, BIG, accepted)
    assert "content-encoding" not in answer.headers
    assert answer.content == FILES[BIG].read_bytes()


@pytest.mark.parametrize("accepted", ["gzip;q=0.5", "br, GZIP", "deflate,gzip;q=1.0"])
def test_gzip_is_taken_however_it_is_written(lan: Visitor, accepted: str) -> None:
    assert _zipped(lan, STYLE, accepted).headers["content-encoding"] == "gzip"


def test_a_part_of_a_file_is_of_the_file_as_it_is(lan: Visitor) -> None:
    answer = lan.fetch(STYLE, accept_encoding="gzip", range="bytes=0-9")
    assert (answer.status, answer.content) == (206, FILES[STYLE].read_bytes()[:10])


def test_only_the_headers_can_be_asked_for(lan: Visitor) -> None:
    answer = lan.ask("HEAD", BIG, None, {"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(_zipped(lan, BIG).content))
    assert answer.content == b""


def test_fonts_are_compressed_already(lan: Visitor) -> None:
    answer = _zipped(lan, f"/static/media/{FONT.name}")
    assert answer.content == FONT.read_bytes()
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../index.html",
        "/static/js/../../../../__init__.py",
        "/static/js/%2e%2e/%2e%2e/%2e%2e/__init__.py",
        "/static/js/..%2f..%2f..%2f__init__.py",
        "/static//etc/passwd",
        "/static/js/",
        "/static/js/nothing.js",
        "/static/js\\index.js",
        "//static/js/index.js",
    ],
)
def test_nothing_else_is_read(lan: Visitor, path: str) -> None:
    answer = _zipped(lan, path)
    assert answer.status in (301, 400, 404) or "<title>" in answer.text
    assert not re.search(r"import streamlit|root:", answer.text)


def test_writing_is_refused(lan: Visitor) -> None:
    headers = {"accept-encoding": "gzip", "origin": lan.address}
    answer = lan.ask("POST", BIG, b"", headers)
    assert answer.status == 405


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_the_gate_stands_in_front(address: str, accepted: str) -> None:
    stranger = Visitor(address)
    assert _zipped(stranger, BIG, accepted).status == 401
    assert stranger.get(BIG, accept_encoding=accepted).to.startswith("/sign-in")
    assert stranger.fetch(BIG, accept_encoding=accepted, host="evil.example").status == 400


def test_the_page_asks_for_what_draws_charts_at_once(lan: Visitor) -> None:
    page = lan.ask("GET", "/", None, PAGE).text
    assert f'<link rel="modulepreload" crossorigin href=".{BIG}">' in page
    assert BIG in linked()
    assert all(Path(STATIC, path[1:]).is_file() for path in linked())
