"""The server over HTTP: what it answers, and one sentence when it cannot start."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.listening import listen
from tests.server.running import ROOT, SERVE, environment, free_port, said, serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server") / "danvan.db", *SERVE) as address:
        yield address


def _get(url: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def test_it_is_healthy_and_says_its_revision(address: str) -> None:
    status, body, _ = _get(f"{address}/healthz")
    assert (status, json.loads(body)) == (200, {"ok": True, "revision": 3})


@pytest.mark.parametrize("path", ["/", "/indicator", "/indicator?indicator=CCHC.01"])
def test_every_page_has_an_address(address: str, path: str) -> None:
    status, body, headers = _get(address + path)
    assert status == 200
    assert "<title>" in body
    assert "server" not in {name.lower() for name in headers}


def test_sources_and_data_are_not_served(address: str) -> None:
    for path in ("/dashboard.py", "/data/danvan.db", "/pages/view/overview.py", "/../danvan.db"):
        assert "SQLite" not in _get(address + path)[1]
        assert "import streamlit" not in _get(address + path)[1]


def _refused(database: Path, *arguments: str, **settings: str) -> str:
    command = [sys.executable, "-m", "danvan", "serve", *arguments]
    done = subprocess.run(
        command,
        env=environment(database) | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    return done.stderr


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in _refused(tmp_path / "a.db", "--port", port)


def test_an_address_that_is_not_this_machines_is_one_sentence(tmp_path: Path) -> None:
    assert "203.0.113.1" in _refused(tmp_path / "a.db", "--host", "203.0.113.1")


def test_a_corrupt_database_is_one_sentence(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(b"not a database" * 400)
    assert str(database) in _refused(database, "--port", str(free_port()))


def test_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    database, file = tmp_path / "a.db", tmp_path / "f.csv"
    file.write_text("unit,indicator,result\nTPCL,KT.01,7\n", encoding="utf-8")
    with serving(database) as address:
        load = [sys.executable, "-m", "danvan", "load", str(file), "--year", "2022"]
        subprocess.run(load, env=environment(database), check=True, capture_output=True)
        assert json.loads(_get(f"{address}/healthz")[1])["revision"] == 4
    with serving(database) as address:
        assert json.loads(_get(f"{address}/healthz")[1])["revision"] == 4
    connection = sqlite3.connect(database)
    assert connection.execute("select count(*) from fact where value = 7").fetchone() == (1,)
    connection.close()


def test_a_database_that_breaks_while_serving_is_not_healthy(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with serving(database) as address:
        for file in tmp_path.glob("a.db*"):
            file.unlink()
        database.write_bytes(b"not a database" * 400)
        status, body, _ = _get(f"{address}/healthz")
        assert (status, json.loads(body)) == (503, {"ok": False})
        assert '"act": "unhealthy"' in said(database)
        status, body, headers = _get(f"{address}/")
    assert status == 500
    mark = re.search(r"Có lỗi, mã ([0-9a-f]{8})", body)
    assert mark
    assert f'"error": "{mark[1]}"' in said(database)
    assert str(tmp_path) not in body
    assert "content-security-policy" in headers


@pytest.mark.parametrize(
    ("setting", "value"),
    [("DANVAN_OIDC_ISSUER", "https://sso.example"), ("DANVAN_SESSION_HOURS", "many")],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, setting: str, value: str) -> None:
    assert setting in _refused(tmp_path / "a.db", "--port", str(free_port()), **{setting: value})


def test_a_port_is_listened_on_without_delay() -> None:
    with listen("127.0.0.1", free_port()) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
