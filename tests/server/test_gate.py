"""The gate: nothing gets past it that should not, by any way in."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from danvan.accounts import signing_in
from danvan.gate import proof
from danvan.store import Store, open_store
from server import uploads, visits
from server.gate import MOST_SOCKETS, Gate
from tests.server.asking import Visitor, run
from tests.server.house import PASSWORD, settled
from tests.server.running import said, serving

A_SECOND = 1.2  # seconds: longer than the gate believes what it has seen
FIGURES = "Thành phố Cao Lãnh"
PAGES = [
    "/",
    "/indicator?indicator=CCHC.01",
    "/upload",
    "/history",
    "/catalogue",
    "/years",
    "/people",
    "/nowhere",
    "//",
]
STREAMLIT = [
    "/_stcore/health",
    "/_stcore/host-config",
    "/media/0123456789abcdef.png",
    "/static/js/index.js",
    "/favicon.png",
    "/manifest.json",
    "/session",
    "/component/x/index.html",
]
SHUT = [
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/script-health-check",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
]


@pytest.fixture(scope="module")
def address(database: Path, store: Store) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    with serving(database, DANVAN_HOSTS="danvan.example") as address:
        yield address


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on this machine alone, before there is any account."""
    with serving(tmp_path_factory.mktemp("empty") / "danvan.db") as address:
        yield address


def member(address: str, name: str = "lan") -> Visitor:
    visitor = Visitor(address)
    assert visitor.sign_in(name, PASSWORD).status == 303
    return visitor


def _refused(visitor: Visitor, **headers: str) -> int:
    with pytest.raises(InvalidStatus) as refusal, visitor.stream(**headers):
        pass
    return refusal.value.response.status_code


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_the_sign_in_page(address: str, path: str) -> None:
    answer = Visitor(address).get(path)
    assert answer.status == 303
    assert answer.to.startswith("/sign-in")


@pytest.mark.parametrize("path", [*STREAMLIT, "/", "/upload"])
def test_a_strangers_script_gets_nothing(address: str, path: str) -> None:
    answer = Visitor(address).fetch(path)
    assert (answer.status, answer.text) == (401, "sign in")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_a_stranger_can_do_nothing_by_another_method(address: str, method: str) -> None:
    for path in ("/", "/upload", "/_stcore/upload_file/a/b", "/password", "/sign-out"):
        assert Visitor(address).ask(method, path, b"", {}).status == 401


def test_a_stranger_gets_no_websocket(address: str) -> None:
    assert _refused(Visitor(address)) == 403


def test_a_made_up_cookie_is_a_stranger(address: str) -> None:
    visitor = Visitor(address, cookie="A" * 43)
    assert visitor.get("/").status == 303
    assert _refused(visitor) == 403


def test_what_a_browser_says_of_itself_is_not_believed(address: str, store: Store) -> None:
    lan = store.people.account("lan")
    assert lan
    forged = {"x-danvan-account": str(lan.id), "x-danvan-session": "0" * 16, "x-danvan-gate": "x"}
    assert Visitor(address, headers=forged).get("/").status == 303
    assert _refused(Visitor(address, headers=forged)) == 403


@pytest.mark.parametrize("path", SHUT)
def test_streamlits_other_doors_are_shut_for_everybody(address: str, path: str) -> None:
    for visitor in (Visitor(address), member(address)):
        assert visitor.get(path).status == 404


def test_a_member_sees_the_figures(address: str) -> None:
    visitor = member(address)
    page = visitor.get("/")
    assert page.status == 200
    assert '<html lang="vi">' in page.text
    assert "/look/session.js" in page.text
    assert "service-desc" not in page.text
    with visitor.stream() as stream:
        assert FIGURES in run(stream)


def test_a_deep_link_survives_the_sign_in(address: str) -> None:
    visitor = Visitor(address)
    asked = "/indicator?indicator=CCHC.01&lang=en"
    sent = visitor.get(asked).to
    page = visitor.get(sent)
    assert '<html lang="en">' in page.text
    answer = visitor.post(sent, {"name": "lan", "password": PASSWORD})
    assert answer.to == asked


def test_an_ended_session_closes_its_open_page(address: str, store: Store) -> None:
    visitor = member(address)
    with visitor.stream() as stream:
        run(stream)
        lan = store.people.account("lan")
        assert lan
        store.people.end_sessions(lan.id, "os:test")
        time.sleep(A_SECOND)
        with pytest.raises(ConnectionClosed) as closed:
            run(stream)
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 1008
    assert _refused(visitor) == 403
    assert visitor.fetch("/session").status == 401


def test_a_deactivated_person_is_out_at_once(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    store = settled(database)
    with serving(database) as address:
        visitor = member(address, "minh")
        minh = store.people.account("minh")
        assert minh
        store.people.change(minh.id, "os:test", active=False)
        time.sleep(A_SECOND)
        assert visitor.get("/").status == 303
        assert Visitor(address).sign_in("minh", PASSWORD).status == 401


def test_nobody_takes_over_the_page_of_another(address: str) -> None:
    with member(address, "lan").stream() as stream:
        session = _session_of(run(stream))
    assert session
    xem = member(address, "xem")
    with xem.stream(sec_websocket_protocol=f"streamlit, x, {session}") as stream:
        assert _session_of(run(stream)) != session


def _session_of(shown: str) -> str:
    return shown.partition('session_id: "')[2].partition('"')[0]


def _frames() -> dict[str, BackMsg]:
    cleared, installed, git = BackMsg(), BackMsg(), BackMsg()
    cleared.clear_cache = True
    git.load_git_info = True
    installed.backend_operation_request.install_skills.SetInParent()
    return {"clear_cache": cleared, "load_git_info": git, "install_skills": installed}


@pytest.mark.parametrize("kind", _frames())
def test_frames_that_reach_beyond_the_page_are_dropped(
    address: str, database: Path, kind: str
) -> None:
    with member(address, "xem").stream() as stream:
        run(stream)
        stream.send(_frames()[kind].SerializeToString())
        assert FIGURES in run(stream)  # the page lives on
    assert f'"act": "frame_dropped", "kind": "{kind}"' in said(database)


def test_a_frame_is_what_streamlit_takes_it_for(address: str, database: Path) -> None:
    """Of two kinds in one frame the last counts, so the first must not hide it."""
    before = said(database).count('"kind": "clear_cache"')
    rerun = BackMsg()
    rerun.rerun_script.query_string = ""
    with member(address, "xem").stream() as stream:
        run(stream)
        stream.send(rerun.SerializeToString() + _frames()["clear_cache"].SerializeToString())
        run(stream)
    assert said(database).count('"kind": "clear_cache"') == before + 1


def test_text_frames_do_not_break_the_page(address: str) -> None:
    with member(address, "xem").stream() as stream:
        stream.send("hello")
        stream.send(b"\xff\xff\xff")
        assert FIGURES in run(stream)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:1"])
def test_the_page_of_another_site_is_refused(address: str, origin: str) -> None:
    visitor = member(address)
    assert _refused(visitor, origin=origin) == 403
    assert visitor.post("/sign-out", origin=origin).status == 403
    assert visitor.fetch("/session").status == 204


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a@localhost", "["])
def test_a_name_that_is_not_ours_is_refused(address: str, host: str) -> None:
    visitor = member(address)
    assert visitor.get("/", host=host).status == 400
    assert visitor.get("/sign-in", host=host).status == 400


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8501", "danvan.example"])
def test_a_name_that_is_ours_is_answered(address: str, host: str) -> None:
    assert Visitor(address).get("/sign-in", host=host).status == 200


def test_a_foreign_host_gets_no_websocket(address: str) -> None:
    assert _refused(member(address), host="evil.example", origin="http://evil.example") == 403


def test_a_file_needs_a_session_and_a_role_that_hands_in(address: str) -> None:
    path = "/_stcore/upload_file/a/b"
    assert Visitor(address).ask("PUT", path, b"x", {}).status == 401
    assert member(address, "xem").ask("PUT", path, b"x", {}).text == "not allowed"
    # Streamlit itself answers the reporter: it wants its own token as well
    assert "XSRF" in member(address, "minh").ask("PUT", path, b"x", {}).text


def test_files_are_limited_by_what_lies_in_memory(address: str) -> None:
    visitor = member(address, "minh")
    size = {"content-length": str(uploads.MOST_BYTES + 1)}
    assert visitor.ask("PUT", "/_stcore/upload_file/a/b", None, size).status == 413
    assert visitor.ask("PUT", "/_stcore/upload_file/a/b", None, {"content-length": "x"}).status in (
        400,
        411,
    )


def test_media_are_kept_by_nobody(address: str) -> None:
    answer = member(address).get("/media/unknown.png")
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_newcomer_can_only_choose_a_password(address: str) -> None:
    visitor = member(address, "moi")
    assert visitor.get("/").to == "/password"
    assert visitor.get("/indicator").to == "/password?next=/indicator"
    assert visitor.get("/password").status == 200
    assert visitor.fetch("/_stcore/host-config").status == 401
    assert _refused(visitor) == 403


def test_the_health_says_nothing_about_anybody(address: str) -> None:
    answer = Visitor(address).fetch("/healthz")
    assert set(json.loads(answer.text)) == {"ok", "revision"}
    assert Visitor(address).get("/healthz/x").status == 303


@pytest.mark.parametrize("path", ["/healthz", "/sign-in", "/", "/nowhere", "/_stcore/metrics"])
def test_every_answer_has_the_headers(address: str, path: str) -> None:
    headers = Visitor(address).get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy


def test_the_public_may_look_only_where_an_admin_said_so(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    store = settled(database)
    with serving(database) as address:
        guest = Visitor(address)
        assert guest.get("/").status == 303
        store.people.set_switch("public_view", "on", "lan")
        time.sleep(A_SECOND)
        assert guest.get("/").status == 200
        assert guest.fetch("/session").status == 204
        assert guest.get("/sign-in").status == 200
        assert guest.get("/password").to.startswith("/sign-in")
        assert guest.ask("PUT", "/_stcore/upload_file/a/b", b"x", {}).text == "not allowed"
        with guest.stream() as stream:
            assert FIGURES in run(stream)
            store.people.set_switch("public_view", "", "lan")
            time.sleep(A_SECOND)
            with pytest.raises(ConnectionClosed):
                run(stream)


def test_before_any_account_this_machine_sees_the_figures(empty: str) -> None:
    visitor = Visitor(empty)
    assert visitor.get("/").status == 200
    with visitor.stream() as stream:
        assert FIGURES in run(stream)


def test_before_any_account_nothing_is_handed_in(empty: str) -> None:
    answer = Visitor(empty).ask("PUT", "/_stcore/upload_file/a/b", b"x", {})
    assert (answer.status, answer.text) == (403, "not allowed")


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_before_any_account_somebody_behind_a_proxy_can_only_set_up(
    empty: str, header: str
) -> None:
    visitor = Visitor(empty, headers={header: "203.0.113.7"})
    assert visitor.get("/").to == "/set-up"
    assert visitor.fetch("/_stcore/host-config").status == 401
    assert _refused(visitor) == 403


def test_before_any_account_others_can_only_set_up(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "danvan", "serve", "--host", "0.0.0.0", "--port", "{port}")
    with serving(tmp_path / "a.db", *command) as address:
        visitor = Visitor(address)
        for path in (*PAGES, "/sign-in", "/password"):
            assert visitor.get(path).to.startswith("/set-up"), path
        for path in STREAMLIT:
            assert visitor.fetch(path).status == 401
        assert visitor.get("/set-up").status == 200
        assert _refused(visitor) == 403


def test_the_first_account_closes_the_pages_that_were_open(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with serving(database) as address, Visitor(address).stream() as stream:
        run(stream)
        settled(database)
        time.sleep(A_SECOND)
        with pytest.raises(ConnectionClosed):
            run(stream)
        assert Visitor(address).get("/").to == "/sign-in"


def test_a_proxy_is_believed_only_where_it_is_known(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    settled(database)
    forwarded = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}
    typed = {"name": "lan", "password": PASSWORD}
    with serving(database) as address:
        answer = Visitor(address, headers=forwarded).post("/sign-in", typed)
        assert "Secure" not in answer.headers["set-cookie"]
        assert "strict-transport-security" not in answer.headers
    with serving(database, DANVAN_PROXY="127.0.0.1") as address:
        origin = address.replace("http", "https")
        visitor = Visitor(address, headers=forwarded)
        assert visitor.post("/sign-in", typed).status == 403  # https answers no page of http
        answer = visitor.post("/sign-in", typed, origin=origin)
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
        health = visitor.fetch("/_stcore/health")
        assert health.headers["set-cookie"].startswith("_streamlit_xsrf")
        assert health.headers["set-cookie"].endswith("; Secure")
        with visitor.stream(origin=origin) as stream:
            assert FIGURES in run(stream)
    sessions = open_store(str(database)).people.sessions()
    assert {session.address for session in sessions} == {"127.0.0.1", "203.0.113.7"}


def test_started_another_way_it_shows_nothing_but_how_to_start(tmp_path: Path) -> None:
    """Deep links on a cold server, whatever headers come along."""
    database = tmp_path / "a.db"
    settled(database)
    command = (sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", "{port}")
    forged = {"x-danvan-account": "1", "x-danvan-session": "0" * 16, "x-danvan-gate": "guess"}
    with serving(database, *command) as address:
        for page in ("upload", "catalogue", "indicator", ""):
            for headers in ({}, forged):
                with Visitor(address, headers=headers).stream() as stream:
                    said = run(stream, page, "indicator=CCHC.01")
                assert "danvan serve" in said
                assert FIGURES not in said
                assert "file_uploader" not in said
                assert "position: TOP" not in said  # the menu of pages


def test_the_log_is_json_without_secrets(address: str, database: Path) -> None:
    visitor = member(address)
    visitor.get("/indicator?indicator=SECRET")
    visitor.sign_in("lan", "một mật khẩu sai")
    greeting, *lines = said(database).splitlines()
    assert address.rpartition(":")[2] in greeting
    assert all({"level", "at", "act"} <= json.loads(line).keys() for line in lines)
    asked = [json.loads(line) for line in lines]
    assert any(line.get("path") == "/indicator" and line.get("session") for line in asked)
    for secret in (visitor.cookie, "SECRET", PASSWORD, "một mật khẩu sai"):
        assert secret not in said(database)


def test_the_app_is_told_who_asks_by_the_gate_alone(
    database: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the browser says of itself is taken away, also from somebody who has signed in."""
    monkeypatch.setenv("DANVAN_DATABASE", str(database))
    visits.store.cache_clear()
    now = datetime.now(UTC)
    token = signing_in.sign_in(store.people, "xem", PASSWORD, "", "", now)
    forged = {"x-danvan-account": "1", "x-danvan-gate": "x", "x-danvan-role": "admin"}
    sent = {"host": "localhost", "cookie": f"danvan={token}"} | forged
    told: list[tuple[bytes, bytes]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        told.extend(scope["headers"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }
    asyncio.run(Gate(app)(scope, _nothing, _nothing))
    visits.store.cache_clear()
    xem = store.people.account("xem")
    assert xem
    ours = {name.decode(): value.decode() for name, value in told if b"danvan-" in name}
    assert ours == {
        "x-danvan-gate": proof(),
        "x-danvan-session": signing_in.hash_of(token)[:16],
        "x-danvan-account": str(xem.id),
    }
    assert len([name for name, _ in told if b"danvan-" in name]) == 3


def test_one_person_can_open_only_so_many_pages(
    database: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(database))
    visits.store.cache_clear()
    token = signing_in.sign_in(store.people, "xem", PASSWORD, "", "", datetime.now(UTC))
    xem = store.people.account("xem")
    assert xem
    headers = [(b"host", b"localhost"), (b"cookie", f"danvan={token}".encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b""}
    scope |= {"headers": headers, "scheme": "ws"}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        sent.append("opened")

    async def connecting() -> Any:
        return {"type": "websocket.connect"}

    gate = Gate(app)
    gate.sockets[str(xem.id)] = MOST_SOCKETS - 1
    asyncio.run(gate(dict(scope), connecting, send))
    gate.sockets[str(xem.id)] = MOST_SOCKETS
    asyncio.run(gate(dict(scope), connecting, send))
    visits.store.cache_clear()
    assert sent == ["opened", {"type": "websocket.close", "code": 1008}]


async def _nothing(*_: Any) -> Any:
    raise AssertionError("nothing is read or sent")
