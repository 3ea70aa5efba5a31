"""A browser without a screen: asks the server over real HTTP and over its websocket."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

SECONDS = 30
PAGE = {"accept": "text/html,application/xhtml+xml"}


@dataclass(frozen=True)
class Answer:
    """What came back; header names are small, `policies` are all content security policies."""

    status: int
    headers: Mapping[str, str]
    text: str
    content: bytes = b""
    policies: tuple[str, ...] = ()

    @property
    def to(self) -> str:
        """Where it sends the browser."""
        return self.headers.get("location", "")


@dataclass
class Visitor:
    """Keeps the cookie of its session, and goes nowhere by itself."""

    address: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page as a browser does."""
        return self.ask("GET", path, None, PAGE | _named(headers))

    def fetch(self, path: str, **headers: str) -> Answer:
        """Ask as a script does."""
        return self.ask("GET", path, None, _named(headers))

    def post(self, path: str, typed: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send a form of our own page."""
        form = {"content-type": "application/x-www-form-urlencoded", "origin": self.address}
        body = urlencode(typed or {}).encode()
        return self.ask("POST", path, body, PAGE | form | _named(headers))

    def sign_in(self, name: str, password: str) -> Answer:
        """Sign in as a person would."""
        return self.post("/sign-in", {"name": name, "password": password})

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """One question and its answer; a cookie that is set is kept."""
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.netloc, timeout=SECONDS)
        sent = {"host": place.netloc} | self._cookies() | self.headers | dict(headers)
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("danvan="):
                self.cookie = value.partition(";")[0].removeprefix("danvan=").strip('"')
        found = {name.lower(): value for name, value in answer.getheaders()}
        policies = answer.headers.get_all("content-security-policy", [])
        connection.close()
        text = content.decode("utf-8", "replace")
        return Answer(answer.status, found, text, content, tuple(policies))

    @contextmanager
    def stream(self, **headers: str) -> Iterator[ClientConnection]:
        """The websocket of a page."""
        extra = self._cookies() | self.headers | _named(headers)
        origin = extra.pop("origin", self.address)
        place = urlsplit(self.address)
        with connect(
            f"ws://{extra.pop('host', place.netloc)}/_stcore/stream",
            sock=socket.create_connection((place.hostname, place.port)),
            origin=Origin(origin),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=extra,
            max_size=None,
            open_timeout=SECONDS,
        ) as connection:
            yield connection

    def _cookies(self) -> dict[str, str]:
        return {"cookie": f"danvan={self.cookie}"} if self.cookie else {}


def run(stream: ClientConnection, page: str = "", query: str = "") -> str:
    """Run a page and return all that it showed, as it came over the wire."""
    return "\n".join(map(str, messages(stream, page, query)))


def messages(stream: ClientConnection, page: str = "", query: str = "") -> list[ForwardMsg]:
    """Run a page and return everything that comes until it is finished."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    stream.send(asked.SerializeToString())
    return _until(stream, "script_finished")


def offered(stream: ClientConnection, session: str, file: str) -> str:
    """The address of a file that is made when it is asked for, by the id its button has."""
    asked = BackMsg()
    asked.backend_operation_request.request_id = file
    asked.backend_operation_request.session_id = session
    asked.backend_operation_request.deferred_file.file_id = file
    stream.send(asked.SerializeToString())
    answer = _until(stream, "backend_operation_response")[-1].backend_operation_response
    assert not answer.error_msg, answer.error_msg
    return answer.deferred_file.url


def _until(stream: ClientConnection, kind: str) -> list[ForwardMsg]:
    found = []
    while not found or found[-1].WhichOneof("type") != kind:
        found.append(ForwardMsg.FromString(stream.recv(timeout=SECONDS, decode=False)))
    return found


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
