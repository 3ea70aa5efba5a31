"""The presentation over real HTTP: who may see it, who may keep it, and what it may do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from danvan.access import PUBLIC_VIEW
from danvan.report import deck
from danvan.store import Store
from server.visits import FRESH
from tests.server.asking import Answer, Visitor
from tests.server.house import signed_in
from tests.server.running import serving

FILE = "/meeting-file?year=2022"


@pytest.fixture(scope="module")
def address(database: Path, store: Store) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    with serving(database) as address:
        yield address


@pytest.fixture(scope="module")
def xem(address: str) -> Visitor:
    return signed_in(address, "xem")


def _is_shown(answer: Answer) -> bool:
    assert answer.headers["cache-control"] == "private, no-store"
    return answer.status == 200 and "23/23" in answer.text


def test_it_is_shown_and_may_do_nothing_but_show_itself(xem: Visitor) -> None:
    answer = xem.get(FILE)
    assert _is_shown(answer)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-disposition" not in answer.headers
    own, ours = answer.policies
    assert own.startswith("default-src 'none'; ")
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "sandbox allow-scripts"):
        assert part in own
    assert "allow-same-origin" not in own
    assert all(f"'sha256-{deck.script_hash()}'" in policy for policy in (own, ours))
    assert "'unsafe-inline'" not in own.partition("script-src")[2]


def test_it_is_kept_under_a_name_that_says_what_it_is(xem: Visitor, store: Store) -> None:
    answer = xem.get(f"{FILE}&save=1")
    assert _is_shown(answer)
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="Trinh chieu Thanh pho Cao Lanh Nam 2022 - ')
    assert name.endswith(".html")
    row = store.people.audit(1).iloc[0]
    assert (row["act"], row["person"], row["subject"]) == ("export", "xem", "presentation")
    kept = json.loads(row["detail"])
    assert kept["year"] == "2022"
    assert kept["sha256"] in answer.text


def test_a_reporter_gets_the_own_unit_and_no_other(address: str) -> None:
    minh = signed_in(address, "minh")
    answer = minh.get(FILE)
    assert "<h1>Phường 1</h1>" in answer.text
    assert "23/23" not in answer.text
    refused = minh.get(f"{FILE}&unit=TPCL.P3")
    assert (refused.status, refused.text) == (
        403,
        "Số liệu của đơn vị ngoài phạm vi của tài khoản này.",
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "“” không phải là năm"),
        ("?year=1999", "Năm 1999 chưa được mở"),
        ("?year=2022&period=Q9", "Không có kỳ “Q9”"),
        ("?year=2022&unit=NOWHERE", "Không có đơn vị “NOWHERE”"),
        ("?year=2022&as_of=now", "“now” không phải là thời điểm"),
        ("?year=2022&as_of=2001-01-01", "năm 2022 chưa được mở"),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence(xem: Visitor, query: str, said: str) -> None:
    answer = xem.get(f"/meeting-file{query}")
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert said in answer.text


def test_the_public_may_see_it_where_it_may_look_and_keep_nothing(
    address: str, store: Store
) -> None:
    guest = Visitor(address)
    assert guest.get(FILE).to.startswith("/sign-in")
    store.people.set_switch(PUBLIC_VIEW, "on", "os:test")
    try:
        time.sleep(FRESH)
        assert _is_shown(guest.get(FILE))
        refused = guest.get(f"{FILE}&save=1")
        assert refused.status == 401
        assert "23/23" not in refused.text
    finally:
        store.people.set_switch(PUBLIC_VIEW, "", "os:test")
