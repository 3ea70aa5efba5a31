"""Documents over real HTTP: for whom, under which name, and as what a browser gets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from danvan.access import PUBLIC_VIEW, Access
from danvan.model import Channel, Evidence, File, Submission
from danvan.store import Store
from tests.papers import PDF
from tests.server.asking import Visitor
from tests.server.house import person, signed_in
from tests.server.running import serving

CONTENT = PDF + b"<script>alert(1)</script>"
NAME = "QĐ “12” công nhận.pdf"


@pytest.fixture(scope="module")
def document(store: Store) -> int:
    """One of Phường 1 that waits."""
    proof = Evidence(file=File(NAME, CONTENT), year=2022, unit="TPCL.P1", indicator="HGCS.01")
    act = Submission(person="minh", channel=Channel.FORM, evidence=(proof,))
    Access(store, person(store, "minh")).submit([act])
    return int(store.waiting_evidence()["id"].iloc[0])


@pytest.fixture(scope="module")
def address(database: Path, document: int) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    with serving(database) as address:
        yield address


def test_a_document_is_saved_and_never_opened_whatever_the_address_says(
    address: str, document: int, store: Store
) -> None:
    minh = signed_in(address, "minh")
    for name in ("x.html", "QD.pdf", "b/c.svg", "a%22;b"):
        answer = minh.fetch(f"/evidence/{document}/{name}")
        assert answer.status == 200
        assert answer.content == CONTENT
        headers = answer.headers
        assert headers["content-type"] == "application/octet-stream"
        assert headers["content-disposition"].endswith("c%C3%B4ng%20nh%E1%BA%ADn.pdf")
        assert "html" not in headers["content-disposition"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "private, no-store"
        assert "sandbox" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
    assert minh.fetch(f"/evidence/{document}/../../a").status == 400
    row = store.people.audit(1).iloc[0]
    assert (row["act"], row["person"], row["subject"]) == ("export", "minh", NAME)
    assert json.loads(row["detail"]) == {"evidence": document}


def test_a_document_is_not_for_others_or_those_who_have_not_signed_in(
    address: str, document: int, store: Store
) -> None:
    path = f"/evidence/{document}/a.pdf"
    store.people.set_switch(PUBLIC_VIEW, "on", "os:test")
    try:
        answer = Visitor(address, headers={"x-forwarded-for": "10.0.0.9"}).fetch(path)
        assert answer.status == 401
    finally:
        store.people.set_switch(PUBLIC_VIEW, "", "os:test")
    assert Visitor(address).fetch(path).status == 401
    assert Visitor(address, cookie="forged").fetch(path).status == 401


@pytest.mark.parametrize("number", ["999", "9" * 30, "0"])
def test_what_is_not_there_is_a_sentence(address: str, number: str) -> None:
    answer = signed_in(address, "hoa").fetch(f"/evidence/{number}/a.pdf")
    assert answer.status == 404
    assert "Không có tài liệu minh chứng" in answer.text
