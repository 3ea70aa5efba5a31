"""A cold server: whatever is asked of it first, it shows nothing to who may not see it."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from danvan.accounts import Act
from tests.server.asking import Answer, Visitor, run
from tests.server.everybody import NAME, UNIT, House, house, shows_unit
from tests.server.running import SERVE, serving
from ui.places import PLACES

STREAMLIT = (sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "{port}")
ANYWHERE = "0.0.0.0"
ASKED = f"year=2022&unit={UNIT}&indicator=DVK.01&draft=nhap"
EVERY = pytest.mark.parametrize("path", [place.path for place in PLACES])


@pytest.fixture
def known(tmp_path: Path) -> House:
    return house(tmp_path / "a.db")


def _refused(visitor: Visitor) -> int:
    with pytest.raises(InvalidStatus) as refusal, visitor.stream():
        pass
    return refusal.value.response.status_code


def _says_nothing(answer: Answer) -> bool:
    """Nothing of the house is in it: no figure, no file, no page of the menu."""
    return not shows_unit(answer.content) and NAME not in answer.text


def _sent_to_sign_in(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"/{path}?{ASKED}")
    assert answer.status == 303, path
    assert answer.to.startswith("/sign-in?next="), path
    assert _says_nothing(answer), path
    page = visitor.get(answer.to)
    assert page.status == 200, path
    assert _says_nothing(page), path
    assert _refused(visitor) == 403, path


@EVERY
@pytest.mark.usefixtures("known")
def test_the_first_page_a_stranger_asks_for_is_answered_with_the_sign_in(
    tmp_path: Path, path: str
) -> None:
    with serving(tmp_path / "a.db") as address:
        _sent_to_sign_in(Visitor(address), path)


@pytest.mark.usefixtures("known")
def test_the_websocket_a_stranger_asks_for_first_is_refused(tmp_path: Path) -> None:
    """Which page it is for is said on it once it is open, so one cold server is enough."""
    with serving(tmp_path / "a.db") as address:
        visitor = Visitor(address)
        assert _refused(visitor) == 403
        for place in PLACES:
            _sent_to_sign_in(visitor, place.path)


@pytest.mark.parametrize("path", ["", "compare", "upload", "people"])  # a start takes seconds
@pytest.mark.usefixtures("known")
def test_started_another_way_the_first_thing_said_is_how_to_start(
    tmp_path: Path, path: str
) -> None:
    with serving(tmp_path / "a.db", *STREAMLIT) as address:
        with Visitor(address).stream() as stream:
            said = run(stream, path, ASKED)
        assert "danvan serve" in said
        assert not shows_unit(said)
        assert "Cao Lãnh" not in said
        assert NAME not in said
        # Streamlit repeats what it was asked for, and knows of no other page of staff
        staffs = {place.path for place in PLACES if place.act is not Act.SEE} - {path}
        assert not [name for name in staffs if f'url_pathname: "{name}"' in said]
        answer = Visitor(address).get(f"/{path}?{ASKED}")
        assert _says_nothing(answer)


def _own_address() -> str:
    """The address by which others reach this machine; skips where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("203.0.113.1", 9))  # nothing is sent: it says which address would send
        except OSError:
            pytest.skip("this machine has no address but its own")
        return str(probe.getsockname()[0])


@pytest.mark.parametrize("host", [ANYWHERE, "127.0.0.1"])
def test_before_any_account_others_see_nothing_but_the_set_up(tmp_path: Path, host: str) -> None:
    """By the machine's address; or by its own, with a name that is another's."""
    with serving(tmp_path / "a.db", *SERVE, "--host", host) as address:
        port = address.rpartition(":")[2]
        others = (
            Visitor(f"http://{_own_address()}:{port}") if host == ANYWHERE else Visitor(address)
        )
        others.headers |= {} if host == ANYWHERE else {"x-forwarded-for": "203.0.113.7"}
        assert _refused(others) == 403  # the first thing asked
        for place in PLACES:
            answer = others.get(f"/{place.path}?{ASKED}")
            assert answer.status == 303
            assert answer.to.startswith("/set-up")
            assert "Cao Lãnh" not in answer.text
        page = others.get("/set-up")
        assert page.status == 200
        assert "<form" not in page.text  # without the link from the terminal it only explains
        assert others.ask("PUT", "/_stcore/upload_file/a/b", b"x", {}).status == 401


def test_before_any_account_another_way_of_starting_shows_others_how_to_start(
    tmp_path: Path,
) -> None:
    command = (*STREAMLIT, "--server.address", ANYWHERE)
    with serving(tmp_path / "a.db", *command) as address:
        others = Visitor(f"http://{_own_address()}:{address.rpartition(':')[2]}")
        for place in PLACES:
            with others.stream() as stream:
                said = run(stream, place.path, ASKED)
            assert "danvan serve" in said
            assert "Cao Lãnh" not in said
