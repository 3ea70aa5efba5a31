"""Streamlit's own scripts and styles, compressed: it sends them as they are, nine megabytes of them.

Each is compressed when it is first asked for and kept in memory. What every visitor needs is
made ready when the server starts, in a thread beside it.
"""

from __future__ import annotations

import asyncio
import gzip
from functools import cache
from pathlib import Path
from threading import Thread

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import index

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FILES = {
    f"/{path.relative_to(index.STATIC).as_posix()}": path
    for path in (index.STATIC / "static").rglob("*")
    if path.suffix in TYPES
}
"""By address. Nothing else is read, whatever a path looks like."""
LEVEL = 6  # of nine: the last percent would take three times as long
FOREVER = "public, immutable, max-age=31536000"  # as Streamlit says it: the names are hashes


class Static:
    """Middleware inside the gate: it answers from memory what Streamlit would read from disk."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in FILES:
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if scope["method"] in ("GET", "HEAD") and "range" not in asked and _takes_gzip(asked):
            await (await _answer(scope["path"]))(scope, receive, send)
            return

        async def plain(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            await send(message)

        await self.app(scope, receive, plain)


def make_ready() -> None:
    """Begin to compress what the first page asks for, the largest first; returns at once."""
    Thread(target=_compress_linked, name="static", daemon=True).start()


def _compress_linked() -> None:
    named = [FILES[path] for path in index.linked() if path in FILES]
    for path in sorted(named, key=lambda path: -path.stat().st_size):
        _compressed(path)


async def _answer(address: str) -> Response:
    path = FILES[address]
    content = await asyncio.to_thread(_compressed, path)
    headers = {"content-encoding": "gzip", "vary": "Accept-Encoding", "cache-control": FOREVER}
    return Response(content, headers=headers, media_type=TYPES[path.suffix])


@cache
def _compressed(path: Path) -> bytes:
    """The file, compressed; zlib lets other threads run meanwhile."""
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


def _takes_gzip(asked: Headers) -> bool:
    """Whether the browser says so, and does not say that it would rather not."""
    for part in asked.get("accept-encoding", "").split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name.lower() == "gzip":
            return not weight or weight.strip("0.") != ""
    return False
