"""Who is looking: nothing without the gate, and the person as the store knows them now."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from danvan.accounts import Account, Role, passwords
from danvan.gate import is_proof, proof
from danvan.installation import open_installed
from tests.pages.screen import PAGES, ROOT, SECONDS, text

pytestmark = pytest.mark.usefixtures("database")


def _screen(**user: Any) -> AppTest:
    screen = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=SECONDS)
    screen.user = user
    return screen


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "user", [{}, {"gate": ""}, {"gate": "guess", "account": "1"}, {"gate": None}]
)
def test_a_page_without_the_gate_shows_nothing_but_how_to_start(
    page: str, user: dict[str, Any]
) -> None:
    screen = _screen(**user)
    if page != "overview":
        screen.switch_page(PAGES[page])
    screen.run()
    assert [error.value for error in screen.error]
    assert [code.value for code in screen.code] == ["danvan serve"]
    assert not screen.title
    assert not screen.header
    assert "23/23" not in text(screen)


def _who() -> None:
    """A page of one line, run by AppTest from its source."""
    import streamlit as st  # noqa: PLC0415

    from ui import access  # noqa: PLC0415

    person = access.person()
    st.text(f"{person.name}, {person.role}" if person else "nobody")


def _seen(**user: Any) -> str:
    screen = AppTest.from_function(_who, default_timeout=SECONDS)
    screen.user = user
    return str(screen.run().text[0].value)


def test_the_person_is_read_anew_with_every_run() -> None:
    people = open_installed().people
    lan = Account(0, "lan", "Nguyễn Thị Lan", Role.ADMIN)
    minh = Account(0, "minh", "Trần Văn Minh", Role.VIEWER)
    password = passwords.hashed("mùa nước nổi 2025")
    people.add(lan, password, "os:test")
    number = people.add(minh, password, "os:test").id
    user = {"gate": proof(), "account": str(number), "session": "0" * 16}
    assert _seen(**user) == "minh, viewer"
    people.change(number, "lan", role=Role.EDITOR)
    assert _seen(**user) == "minh, editor"
    people.change(number, "lan", active=False)
    assert _seen(**user) == "nobody"


@pytest.mark.parametrize("account", ["", None, "x", "999", "-1", "1 or 1=1"])
def test_nobody_is_nobody(account: str | None) -> None:
    assert _seen(gate=proof(), account=account) == "nobody"


def test_without_the_proof_nobody_is_believed() -> None:
    people = open_installed().people
    lan = Account(0, "lan", "Nguyễn Thị Lan", Role.ADMIN)
    number = people.add(lan, passwords.hashed("mùa nước nổi 2025"), "os:test").id
    assert _seen(gate="guess", account=str(number)) == "nobody"
    assert _seen(account=str(number)) == "nobody"


def test_the_proof_is_the_same_for_the_whole_process() -> None:
    assert is_proof(proof())
    assert not any(map(is_proof, ("", None, proof() + "x", proof().encode(), "ký tự")))
