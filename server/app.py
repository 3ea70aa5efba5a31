"""The ASGI app: Streamlit's, with the gate around it and our routes before its own."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit.errors import StreamlitAPIException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from danvan.errors import DanvanError
from danvan.installation import ROOT
from server import (
    api,
    evidence,
    files,
    index,
    log,
    look,
    meeting,
    openid,
    signing,
    single_sign_on,
    static,
    visits,
)
from server.gate import Gate
from server.headers import Headers
from server.options import options


def health(_: Request) -> Response:
    """200 with the revision while figures can be read, 503 when not; the reason is in the log."""
    try:
        return JSONResponse({"ok": True, "revision": visits.store().revision()})
    except DanvanError as error:
        log.say("unhealthy", reason=error.key)
        return JSONResponse({"ok": False}, status_code=503)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the data before the first visitor, and take what was imported out of collections."""
    visits.store()
    openid.provider()  # a wrong setting is said now, not to the first person who signs in
    _declare_pages()
    log.set_up()
    static.make_ready()
    gc.collect()
    gc.freeze()
    yield {}


def _declare_pages() -> None:
    """Have Streamlit leave the folder pages/ to st.navigation from the first visitor on.

    Until the first st.navigation of the process it looks for pages in that folder by itself,
    and answers a deep link with "page not found".
    """
    with suppress(StreamlitAPIException):  # no page is declared yet, which is all it objects to
        st.navigation([])


app = st.App(
    ROOT / "dashboard.py",
    lifespan=lifespan,
    routes=[
        Route("/healthz", health),
        *look.routes,
        *signing.routes,
        *single_sign_on.routes,
        *files.routes,
        *evidence.routes,
        *api.routes,
        *meeting.routes,
        *index.routes,
    ],
    middleware=[
        Middleware(Headers),
        Middleware(ProxyHeadersMiddleware, trusted_hosts=list(options().proxies)),
        Middleware(log.Log),
        Middleware(Gate),
        Middleware(static.Static),
    ],
)
