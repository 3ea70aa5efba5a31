"""Start the server: every reason it cannot start is one sentence."""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import uvicorn

from danvan.accounts.limits import longest_session
from danvan.accounts.signing_in import set_up_token
from danvan.errors import DanvanError
from danvan.installation import open_installed
from danvan.wording import Language, Words
from server import openid
from server.listening import listen
from server.options import ANYWHERE, HOST

if TYPE_CHECKING:
    from danvan.store import Store

LONGEST_MESSAGE = 50 * 2**20  # bytes of one websocket message: the largest upload, with room


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="danvan serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    asked = parser.parse_args()
    try:
        store = open_installed()
        longest_session()
        openid.provider()
        listener = listen(asked.host, asked.port)
    except DanvanError as error:
        print(error.text(), file=sys.stderr)
        sys.exit(1)
    os.environ[HOST] = asked.host
    from server.app import app  # noqa: PLC0415 - slow to import; a refusal should be quick

    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # costs a quarter more time and saves little on a local line
        server_header=False,
        access_log=False,
        log_level="warning",
        proxy_headers=False,  # the app has its own list of whom to believe
    )
    _greet(f"http://{_name(asked.host)}:{asked.port}", store)
    try:
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    except KeyboardInterrupt:
        sys.exit(0)


def _greet(url: str, store: Store) -> None:
    """Say where the dashboard is and, until there is an account, how to make the first."""
    words = Words(Language.VI)
    print(words("cli.serving", url=url), flush=True)
    if not store.people.exists():
        token = set_up_token(store.people, datetime.now(UTC))
        print(words("cli.set_up", url=f"{url}/set-up?token={token}"), flush=True)


def _name(host: str) -> str:
    """The name in the address that a person opens."""
    if host in ANYWHERE:
        return socket.gethostname()
    if host == "127.0.0.1":
        return "localhost"
    return f"[{host}]" if ":" in host else host


main()
