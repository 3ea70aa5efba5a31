"""The gate: in front of everything, it says who may pass and who is asking.

It is a middleware around the whole of Streamlit, so that pages, files, uploads and the websocket
are refused alike. What a role may do to which unit is asked where figures are read and written.
"""

from __future__ import annotations

import logging
from collections import Counter
from urllib.parse import quote

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from danvan.accounts import Act, may
from danvan.gate import proof
from server import addresses, frames, look, uploads, visits
from server.log import say
from server.visits import Standing, Visit

OPEN = ("/healthz", *look.PATHS)  # for everybody: says nothing about anybody
CLOSED = (
    "/_stcore/agent",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/auth/",
    "/oauth2callback",
)
"""Streamlit's doors that nobody needs."""
DOORS: dict[Standing, tuple[str, ...]] = {
    Standing.FOUNDER: ("/set-up",),
    Standing.STRANGER: ("/sign-in", "/sign-in/sso", "/sign-in/sso/callback", "/set-up"),
    Standing.NEWCOMER: ("/password", "/sign-out"),
}
"""All that is open to some; the first is where they are sent. Everybody else may pass."""
STREAM = "/_stcore/stream"
POLL = "/session"
SAFE = ("GET", "HEAD", "OPTIONS")
OURS = b"x-danvan-"
MOST_SOCKETS = 100  # open pages of one account, or of one address that has not signed in
POLICY_VIOLATION = 1008


class Gate:
    """Middleware around Streamlit and our own routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.uploads = uploads.Uploads()
        self.sockets: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        answer = _misplaced(connection)
        if answer is None and scope["path"] not in OPEN:
            visit = await visits.visit(connection, noted=scope["path"] != POLL)
            scope["visit"] = visit
            answer = _turned_away(connection, visit)
            if answer is None and scope["path"].startswith(uploads.PATH):
                await self._upload(connection, visit, receive, send)
                return
        await (answer or self.app)(_inside(scope), receive, send)

    async def _upload(
        self, connection: HTTPConnection, visit: Visit, receive: Receive, send: Send
    ) -> None:
        account, scope = visit.account, _inside(dict(connection.scope))
        if not visit.session or not may(visit.session.account, Act.ENTER):
            await PlainTextResponse("not allowed", 403)(scope, receive, send)
            return
        if scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        refusal = self.uploads.refusal(account, connection)
        if refusal:
            await refusal(scope, receive, send)
            return

        async def coming() -> Message:
            """The next part of the file, as long as its person is still welcome."""
            message = await receive()
            return message if await _stays(connection, visit) else {"type": "http.disconnect"}

        self.uploads.begin(account, connection)
        try:
            await self.app(scope, coming, send)
        except ClientDisconnect:
            if await _stays(connection, visit):
                raise
            await PlainTextResponse("sign in", 401)(scope, receive, send)
        finally:
            self.uploads.end(account, connection)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        visit = await self._welcome(connection)
        if visit is None:
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})  # before it is open
            return
        scope["visit"] = visit
        page = Page(connection, visit, receive, send)
        whose = visit.account or addresses.client(connection)
        self.sockets[whose] += 1
        try:
            await self.app(_inside(scope), page.receive, page.send)
        finally:
            self.sockets[whose] -= 1
            if not self.sockets[whose]:
                del self.sockets[whose]

    async def _welcome(self, connection: HTTPConnection) -> Visit | None:
        """The visit of somebody who may open a page; None where they may not."""
        if _misplaced(connection) or connection.scope["path"] != STREAM:
            return None
        visit = await visits.visit(connection)
        whose = visit.account or addresses.client(connection)
        if visit.standing in DOORS or self.sockets[whose] >= MOST_SOCKETS:
            return None
        return visit


class Page:
    """A page that is open: with each of its frames it is asked anew whether it may stay so."""

    def __init__(
        self, connection: HTTPConnection, visit: Visit, receive: Receive, send: Send
    ) -> None:
        self._connection = connection
        self._visit = visit
        self._receive = receive
        self._send = send
        self._closed = False

    async def receive(self) -> Message:
        """The next frame that a page of ours may send; others are dropped."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            if not await _stays(self._connection, self._visit):
                return await self._close()
            kind = frames.kind(message.get("bytes") or b"")
            if frames.is_allowed(kind):
                return message
            say("frame_dropped", logging.WARNING, kind=kind, session=self._visit.key)

    async def send(self, message: Message) -> None:
        """Send on, unless the page was closed by us."""
        if not self._closed:
            await self._send(message)

    async def _close(self) -> Message:
        self._closed = True
        await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}


async def _stays(connection: HTTPConnection, then: Visit) -> bool:
    """Whether who asked is still who they were."""
    now = await visits.visit(connection)
    return (now.standing, now.key, now.account) == (then.standing, then.key, then.account)


def _misplaced(connection: HTTPConnection) -> Response | None:
    """The answer to what nobody may ask, whoever they are."""
    method = connection.scope.get("method", "")  # a websocket has none and is never safe
    if not addresses.is_ours(connection):
        return PlainTextResponse("unknown host", 400)
    if method not in SAFE and addresses.is_foreign(connection):
        return PlainTextResponse("another site asked", 403)
    if connection.scope["path"].startswith(CLOSED):
        return PlainTextResponse("not found", 404)
    return None


def _turned_away(connection: HTTPConnection, visit: Visit) -> Response | None:
    """Where somebody who may not see this is sent; None where they may."""
    doors = DOORS.get(visit.standing)
    if doors is None or connection.scope["path"] in doors:
        return None
    is_page = "text/html" in connection.headers.get("accept", "")
    if connection.scope["method"] not in ("GET", "HEAD") or not is_page:
        return PlainTextResponse("sign in", 401)
    return RedirectResponse(doors[0] + _asked(connection), 303)


def _asked(connection: HTTPConnection) -> str:
    """What was asked for, to go there afterwards, in the same language."""
    url = connection.url
    here = url.path + (f"?{url.query}" if url.query else "")
    said = {"next": here if here != "/" else "", "lang": connection.query_params.get("lang", "")}
    query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in said.items() if value)
    return f"?{query}" if query else ""


def _inside(scope: Scope) -> Scope:
    """The request as the app sees it: who asks is said by us and by nobody else."""
    visit = scope.get("visit")
    said = {"gate": proof()} if visit else {}
    if visit:
        said |= {"session": visit.key, "account": visit.account}
    headers = [(name, value) for name, value in scope["headers"] if not name.startswith(OURS)]
    headers += [(OURS + name.encode(), value.encode()) for name, value in said.items()]
    return dict(scope, headers=headers)
