"""Who may see and do what: allowed.csv, compared with what a started server and the command do.

The table is read like this. In a row of kind `page`, `route`, `download` or `command`, the
column of each visitor says what becomes of it: `unit` it is given with what only those may see who
see the unit (Phường 1), `yes` it is given without that, `no` it is refused, `sign in` it asks who
it is, `closed` it is for nobody. To add a line is all it takes for a new one.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
from streamlit.proto.DownloadButton_pb2 import DownloadButton
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.exceptions import InvalidStatus

from danvan.cli import danvan, main
from danvan.store import open_store
from tests.server.asking import Answer, Visitor, messages, offered
from tests.server.everybody import FIGURE, HEAD, NAMES, UNIT, House, cookies, house, shows_unit
from tests.server.running import ROOT, environment, serving
from ui.markup import BREAK, JOINER
from ui.places import PLACES

TABLE = Path(__file__).parent / "allowed.csv"
ROSTER = "Họ và tên;Tên đăng nhập;Vai trò;Đơn vị\nPhan Thị An;an;người xem;Phường 1"
REFUSED = "material/do_not_disturb_on"
WITHOUT_PLACE = "–"  # a command has no session that could have ended
SERVED = """
import json
from server.app import app

for route in app._build_starlette_app().routes:
    methods = getattr(route, "methods", None) or {"WS" if "Socket" in type(route).__name__ else "GET"}
    print(json.dumps([f"{method} {route.path or '/*'}" for method in methods - {"HEAD"}]))
"""
FILLED = {"page": "nowhere", "name": f"thuc-hien-{FIGURE}.csv", "*": "manifest.json"}
"""What stands for a part of an address; any other part is x."""


def _lines(kind: str) -> dict[str, dict[str, str]]:
    """What the table says of one kind: for each thing, a word for each visitor."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row.pop("kind") == kind]
    found = {row.pop("what"): row for row in rows}
    assert len(found) == len(rows), "a line stands twice"
    return found


PAGES, ROUTES = _lines("page"), _lines("route")
DOWNLOADS, COMMANDS = _lines("download"), _lines("command")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("house") / "danvan.db")


@pytest.fixture(scope="module")
def address(known: House) -> Iterator[str]:
    with serving(_path(known)) as address:
        yield address


Opened = dict[str, tuple[str, list[DownloadButton]]]


@pytest.fixture(scope="module")
def opened(address: str, known: House) -> Callable[[str], Opened]:
    """What becomes of a page for every visitor, asked once of the server."""

    @cache
    def opened(what: str) -> Opened:
        return {who: _opened(visitor, what) for who, visitor in _visitors(address, known).items()}

    return opened


def _path(known: House) -> Path:
    return Path(known.store._engine.path)


def _visitors(address: str, known: House) -> dict[str, Visitor]:
    return {who: Visitor(address, cookie) for who, cookie in cookies(known.store).items()}


# pages


def test_every_page_is_in_the_table_and_only_those() -> None:
    assert {urlsplit(what).path.strip("/") for what in PAGES} == {place.path for place in PLACES}


@pytest.mark.parametrize("what", PAGES)
def test_a_page_opens_for_whom_the_table_says(opened: Callable[[str], Opened], what: str) -> None:
    assert {who: word for who, (word, _) in opened(what).items()} == PAGES[what]


def _opened(visitor: Visitor, what: str) -> tuple[str, list[DownloadButton]]:
    """What becomes of a page over its websocket, and the downloads it offers."""
    place = urlsplit(what)
    try:
        with visitor.stream() as stream:
            came = messages(stream, place.path.strip("/"), place.query)
    except InvalidStatus:
        assert visitor.get(what).to.startswith("/sign-in"), what
        return "sign in", []
    if REFUSED in str(came):  # a sentence in place of the page
        return "no", []
    shown = _path_shown(came)
    if shown != place.path.strip("/"):
        assert shown == ""  # Streamlit says that there is no such page, above the first one
        return "no", []
    return "unit" if shows_unit(str(came)) else "yes", list(_buttons(came))


def _path_shown(came: list[ForwardMsg]) -> str:
    """The path of the page that was run."""
    kinds = {message.WhichOneof("type"): message for message in came}
    assert "Có lỗi" not in str(came)
    menu = kinds["navigation"].navigation
    (shown,) = (p for p in menu.app_pages if p.page_script_hash == menu.page_script_hash)
    return "" if shown.is_default else str(shown.url_pathname)


def _buttons(came: list[ForwardMsg]) -> Iterator[DownloadButton]:
    for message in came:
        if message.delta.new_element.HasField("download_button"):
            yield message.delta.new_element.download_button


def _label(button: DownloadButton) -> str:
    """What stands on it, read as a person reads it."""
    return re.sub(r"\\(.)", r"\1", button.label).replace(JOINER, "").replace(BREAK, "")


# downloads: a button of a page, named "/page: label", on whichever of its lines offers it


def test_every_download_is_in_the_table_and_only_those(opened: Callable[[str], Opened]) -> None:
    found = {
        f"{urlsplit(what).path}: {_label(button)}"
        for what in PAGES
        for _, buttons in opened(what).values()
        for button in buttons
    }
    assert found == set(DOWNLOADS)


@pytest.mark.parametrize("what", DOWNLOADS)
def test_a_download_is_given_to_whom_the_table_says(address: str, known: House, what: str) -> None:
    page, _, label = what.partition(": ")
    visitors = _visitors(address, known)
    taken = {who: _taken(visitors[who], page, label) for who in visitors}
    url = next(place for _, place in taken.values() if place)
    found = {}
    for who, (word, _) in taken.items():
        found[who] = word or _word(visitors[who].fetch(url))
    assert found == DOWNLOADS[what]


def _taken(visitor: Visitor, page: str, label: str) -> tuple[str, str]:
    """The word for a download, and its address; no word for who may not open any page."""
    word = ""
    for place in (urlsplit(what) for what in PAGES):
        if place.path == page:
            with suppress(InvalidStatus), visitor.stream() as stream:
                word = "no"
                came = messages(stream, place.path.strip("/"), place.query)
                for button in _buttons(came):
                    if _label(button) == label:
                        session = came[0].new_session.initialize.session_id
                        url = button.url or offered(stream, session, button.deferred_file_id)
                        answer = visitor.fetch(url)  # Streamlit forgets it with the page
                        assert answer.status == 200
                        return _word(answer), url
    return word, ""


# routes


def test_every_route_is_in_the_table_and_only_those(known: House) -> None:
    command = [sys.executable, "-c", SERVED]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(_path(known)), capture_output=True, check=True
    )
    served = {name for line in done.stdout.splitlines() for name in json.loads(line)}
    assert {what.partition("?")[0] for what in ROUTES} == served


@pytest.mark.parametrize("what", ROUTES)
def test_a_route_answers_whom_the_table_says(address: str, known: House, what: str) -> None:
    method, _, path = what.partition(" ")
    filled = re.sub(r"{(\w+)[^}]*}|\*", lambda part: _filled(part[1] or part[0], known), path)
    found = {
        who: _answered(visitor, method, filled)
        for who, visitor in _visitors(address, known).items()
    }
    assert found == ROUTES[what]


def _filled(part: str, known: House) -> str:
    numbers = {"submission": known.submission, "number": known.document}
    return str(numbers[part]) if part in numbers else FILLED.get(part, "x")


def _answered(visitor: Visitor, method: str, path: str) -> str:
    if method == "WS":
        try:
            with visitor.stream():
                return "yes"
        except InvalidStatus:
            return "no"
    token = generate_xsrf_token_string()
    cookie = f"danvan={visitor.cookie}; _streamlit_xsrf={token}"
    headers = {"cookie": cookie, "x-xsrftoken": token, "origin": visitor.address}
    return _word(visitor.ask(method, path, None, headers))


def _word(answer: Answer) -> str:
    if (answer.status, answer.text) == (401, "sign in"):
        return "sign in"
    if (answer.status, answer.text) == (404, "not found"):
        return "closed"
    if answer.status == 403:
        return "no"
    assert answer.status < 500
    return "unit" if shows_unit(answer.content) else "yes"


# commands


def _names(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        whole = f"{before} {name}".strip()
        if isinstance(command, click.Group):
            yield from _names(command, whole)
        else:
            yield whole


def test_every_command_is_in_the_table_and_only_those() -> None:
    names = sorted(_names(danvan), key=len, reverse=True)
    found = {next((n for n in names if f"{what} ".startswith(f"{n} ")), what) for what in COMMANDS}
    assert found == set(names)


@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_does_what_the_table_says(
    known: House,
    what: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "execv", lambda *_: None)  # what would serve until interrupted
    given = tmp_path / "given.csv"
    given.write_text(f"{HEAD}{UNIT},DVK.02,,{FIGURE}\n", encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text(f"{ROSTER}\n", encoding="utf-8")
    kept = tmp_path / "kept.db"
    _copied(_path(known), kept)
    found = dict.fromkeys(COMMANDS[what], WITHOUT_PLACE)
    for who, name in NAMES.items():
        database, output = tmp_path / f"{name}.db", tmp_path / f"{name}.out"
        shutil.copy(kept, database)
        monkeypatch.setenv("DANVAN_DATABASE", str(database))
        values = {"roster": roster, "file": given, "submission": known.submission, "output": output}
        found[who] = _done(["--as", name, *what.format(**values).split()], output, capsys)
        if found[who] == "no":
            assert open_store(str(database)).revision() == known.store.revision()
    assert found == COMMANDS[what]


def _copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _done(arguments: list[str], output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    code: Any = 0
    try:
        main(arguments)
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    written = output.read_bytes() if output.exists() else b""
    if code:
        assert code == 1, said.err
        assert not shows_unit(said.out)
        assert not written
        return "no"
    return "unit" if shows_unit(said.out) or shows_unit(written) else "yes"
