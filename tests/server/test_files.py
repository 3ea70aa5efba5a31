"""Files that were handed in, and figures as JSON, over real HTTP: for whom, and for whom not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from danvan.access import PUBLIC_VIEW, Access
from danvan.model import Channel, File, Result, Submission
from danvan.store import Store
from server.files import attachment
from tests.server.asking import Visitor
from tests.server.house import person, signed_in
from tests.server.running import environment, serving

ODD = "báo cáo “P.1” ..;\u202excod.xlsx"
BYTES = b"PK\x03\x04 not really a workbook \xff\x00"
FIGURES = "/api/figures?year=2022"


@pytest.fixture(scope="module")
def submission(store: Store) -> int:
    """One of Phường 1 that waits, with a file of an odd name."""
    stated = Result(year=2022, unit="TPCL.P1", indicator="HGCS.01", value=None)
    files = (File(ODD, BYTES), File("b/c.csv", b"x"))
    one = Submission(person="minh", channel=Channel.UPLOAD, files=files, facts=(stated,))
    return Access(store, person(store, "minh")).submit([one])[0]


@pytest.fixture(scope="module")
def address(database: Path, submission: int) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    with serving(database) as address:
        yield address


def _path(submission: int, name: str = ODD) -> str:
    return f"/files/{submission}/{quote(name, safe='')}"


@pytest.mark.parametrize("name", ["minh", "hoa", "lan", "xem"])
def test_a_file_comes_back_to_those_who_see_its_units(
    address: str, submission: int, store: Store, name: str
) -> None:
    answer = signed_in(address, name).fetch(_path(submission))
    assert answer.status == 200
    assert answer.text == BYTES.decode("utf-8", "replace")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    row = store.people.audit(1).iloc[0]
    assert (row["act"], row["person"], row["subject"]) == ("export", name, ODD)
    assert row["address"] == "127.0.0.1"
    assert json.loads(row["detail"]) == {"submission": submission}


def test_a_file_whose_name_has_a_slash_comes_as_well(address: str, submission: int) -> None:
    answer = signed_in(address, "minh").fetch(_path(submission, "b/c.csv"))
    assert (answer.status, answer.text) == (200, "x")
    assert 'filename="b_c.csv"' in answer.headers["content-disposition"]


def test_files_of_others_are_refused_in_a_sentence(address: str, store: Store) -> None:
    shipped = int(store.submissions().query("channel == 'shipped'")["id"].iloc[0])
    (name,) = store.files(shipped)
    answer = signed_in(address, "minh").fetch(_path(shipped, name))
    assert (answer.status, answer.text) == (
        403,
        "Tệp này có số liệu của đơn vị khác nên không tải được.",
    )
    assert signed_in(address, "hoa").fetch(_path(shipped, name)).status == 200


@pytest.mark.parametrize("number", ["1", "999", str(10**30)])
def test_a_file_that_is_not_there_is_a_sentence(address: str, number: str) -> None:
    answer = signed_in(address, "hoa").fetch(f"/files/{number}/a.xlsx")
    assert (answer.status, answer.text) == (404, f"Lần nộp số {number} không có tệp này.")
    english = signed_in(address, "hoa").fetch(f"/files/{number}/a.xlsx?lang=en")
    assert "no such file" in english.text


def test_without_a_session_there_is_nothing(address: str, submission: int, store: Store) -> None:
    nobody = Visitor(address)
    for path in (_path(submission), FIGURES):
        assert nobody.fetch(path).status == 401
        assert nobody.get(path).to.startswith("/sign-in")
        assert Visitor(address, cookie="forged").fetch(path).status == 401
    store.people.set_switch(PUBLIC_VIEW, "on", "os:test")
    try:
        for path in (_path(submission), FIGURES):
            answer = Visitor(address, headers={"x-forwarded-for": "10.0.0.9"}).fetch(path)
            assert answer.status == 401
            assert BYTES.decode("utf-8", "replace") not in answer.text
    finally:
        store.people.set_switch(PUBLIC_VIEW, "", "os:test")


def test_the_api_gives_the_rows_of_the_command(address: str, database: Path, store: Store) -> None:
    for asked in ({}, {"unit": "TPCL.P1"}, {"period": "H1"}, {"as-of": "2030-01-01"}):
        options = [part for name, value in asked.items() for part in (f"--{name}", value)]
        command = [sys.executable, "-m", "danvan", "show", "--year", "2022", *options, "--json"]
        shown = subprocess.run(command, env=environment(database), capture_output=True, check=True)
        query = "".join(f"&{name.replace('-', '_')}={value}" for name, value in asked.items())
        answer = signed_in(address, "lan").fetch(FIGURES + query)
        assert answer.headers["cache-control"] == "private, no-store"
        assert json.loads(answer.text) == json.loads(shown.stdout)
    assert json.loads(store.people.audit(1).iloc[0]["detail"]) == {
        "as_of": "2030-01-01",
        "year": "2022",
    }


def test_the_api_stays_in_the_scope_of_the_person(address: str) -> None:
    rows = json.loads(signed_in(address, "minh").fetch(FIGURES).text)
    assert {row["unit"] for row in rows} <= {"TPCL.P1"}
    answer = signed_in(address, "minh").fetch(f"{FIGURES}&unit=TPCL.P2")
    assert answer.status == 403
    assert json.loads(answer.text) == {
        "error": "Số liệu của đơn vị ngoài phạm vi của tài khoản này."
    }


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "không phải là năm"),
        ("?year=hai", "“hai” không phải là năm"),
        ("?year=²⁰²²", "không phải là năm"),
        ("?year=1999", "Năm 1999 chưa được mở"),
        ("?year=2022&period=Q9", "Không có kỳ “Q9”. Hãy dùng: year, H1"),
        ("?year=2022&unit=NOWHERE", "Không có đơn vị “NOWHERE”"),
        ("?year=2022&as_of=hôm%20qua", "“hôm qua” không phải là thời điểm"),
        ("?year=2022&as_of=9999-12-31T23:59:59.5", "không phải là thời điểm"),
        ("?year=2022&as_of=0001-01-01", "không phải là thời điểm"),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence(address: str, query: str, said: str) -> None:
    answer = signed_in(address, "hoa").fetch("/api/figures" + quote(query, safe="?=&%"))
    assert answer.status == 400
    assert said in json.loads(answer.text)["error"]


@pytest.mark.parametrize(
    ("name", "bare", "full"),
    [
        ("a.xlsx", "a.xlsx", "a.xlsx"),
        ("Báo cáo quý I.xlsx", "Bao cao quy I.xlsx", "B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20I.xlsx"),
        ('a"\r\nset-cookie: x=1.csv', "a_set-cookie_ x=1.csv", "a_set-cookie_%20x%3D1.csv"),
        ("../../etc/passwd", "_.._etc_passwd", "_.._etc_passwd"),
        ("a\u202excod.exe", "axcod.exe", "axcod.exe"),
        ("100%41.csv", "100_41.csv", "100%2541.csv"),
        ("数据.csv", ".csv", "%E6%95%B0%E6%8D%AE.csv"),
        ("\x00..", "file", "file"),
    ],
)
def test_a_name_is_made_safe(name: str, bare: str, full: str) -> None:
    assert attachment(name) == f"attachment; filename=\"{bare}\"; filename*=UTF-8''{full}"


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    long = attachment("số " * 4000 + ".xlsx")
    assert long.endswith(".xlsx")
    assert len(long) < 2000
