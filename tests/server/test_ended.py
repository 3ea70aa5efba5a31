"""A session that ends while a file is on its way: nothing is stored, and nothing kept is lost."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.exceptions import ConnectionClosed

from danvan.accounts.signing_in import begin, hash_of
from tests.server.asking import SECONDS, Visitor, messages, run
from tests.server.everybody import NAME, House, house
from tests.server.running import serving

A_SECOND = 1.2  # seconds: longer than the gate believes what it has seen
BODY = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\nunit,indicator,result\nTPCL.P1,DVK.01,3\n\r\n--x--\r\n"
)


@pytest.fixture
def known(tmp_path: Path) -> House:
    return house(tmp_path / "a.db")


@pytest.fixture
def address(tmp_path: Path, known: House) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    with serving(tmp_path / "a.db") as address:
        yield address


def _member(address: str, known: House) -> Visitor:
    minh = known.store.people.account("minh")
    assert minh
    return Visitor(address, begin(known.store.people, minh, "", "", datetime.now(UTC)))


@contextmanager
def _on_its_way(visitor: Visitor, page: str) -> Iterator[http.client.HTTPConnection]:
    """A file whose first half was sent."""
    connection = http.client.HTTPConnection(urlsplit(visitor.address).netloc, timeout=SECONDS)
    token = generate_xsrf_token_string()
    connection.putrequest("PUT", f"/_stcore/upload_file/{page}/file-1")
    for name, value in {
        "cookie": f"danvan={visitor.cookie}; _streamlit_xsrf={token}",
        "x-xsrftoken": token,
        "content-type": "multipart/form-data; boundary=x",
        "content-length": str(len(BODY)),
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(BODY[:80])
    yield connection
    connection.close()


def test_a_file_comes_while_the_session_lives(address: str, known: House) -> None:
    visitor = _member(address, known)
    with visitor.stream() as stream:
        page = messages(stream, "upload")[0].new_session.initialize.session_id
        with _on_its_way(visitor, page) as coming:
            coming.send(BODY[80:])
            assert coming.getresponse().status == 204


def test_a_session_ended_in_the_middle_of_an_upload(address: str, known: House) -> None:
    visitor, before = _member(address, known), len(known.store.submissions())
    with visitor.stream() as stream:
        page = messages(stream, "upload")[0].new_session.initialize.session_id
        with _on_its_way(visitor, page) as coming:
            known.store.people.end_session(hash_of(visitor.cookie), "lan")
            time.sleep(A_SECOND)
            coming.send(BODY[80:])
            assert coming.getresponse().status == 401
        with pytest.raises(ConnectionClosed):
            run(stream, "upload")
    with _on_its_way(visitor, page) as again:
        assert again.getresponse().status == 401
    assert len(known.store.submissions()) == before


def test_the_preview_is_there_after_signing_in_again(address: str, known: House) -> None:
    visitor = _member(address, known)
    with visitor.stream() as stream:
        assert NAME in run(stream, "upload", f"draft={known.draft}")
        known.store.people.end_session(hash_of(visitor.cookie), "lan")
        time.sleep(A_SECOND)
        with pytest.raises(ConnectionClosed):
            run(stream, "upload", f"draft={known.draft}")
    with _member(address, known).stream() as stream:
        assert NAME in run(stream, "upload", f"draft={known.draft}")
