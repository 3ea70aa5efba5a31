"""The ASGI app: Streamlit's, with our routes before its own."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit.errors import StreamlitAPIException

from danvan.errors import DanvanError
from danvan.installation import ROOT, open_installed


async def health(_: Request) -> Response:
    """200 with the revision while figures can be read, 503 with the reason when not."""
    try:
        return JSONResponse({"ok": True, "revision": open_installed().revision()})
    except DanvanError as error:
        return JSONResponse({"ok": False, "reason": error.text()}, status_code=503)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the data before the first visitor, and take what was imported out of collections."""
    open_installed()
    _declare_pages()
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


app = st.App(ROOT / "dashboard.py", lifespan=lifespan, routes=[Route("/healthz", health)])
