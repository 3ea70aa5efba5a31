"""Start the server: every reason it cannot start is one sentence."""

from __future__ import annotations

import argparse
import asyncio
import sys

import uvicorn

from danvan.errors import DanvanError
from danvan.installation import open_installed
from danvan.wording import Language, Words
from server.listening import check_host, listen

LONGEST_MESSAGE = 50 * 2**20  # bytes of one websocket message: the largest upload, with room


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="danvan serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    asked = parser.parse_args()
    try:
        check_host(asked.host)
        open_installed()
        listener = listen(asked.host, asked.port)
    except DanvanError as error:
        print(error.text(), file=sys.stderr)
        sys.exit(1)
    from server.app import app  # noqa: PLC0415 - slow to import; a refusal should be quick

    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # costs a quarter more time and saves little on a local line
        server_header=False,
        access_log=False,
        log_level="warning",
    )
    url = f"http://{'localhost' if asked.host == '127.0.0.1' else asked.host}:{asked.port}"
    print(Words(Language.VI)("cli.serving", url=url), flush=True)
    try:
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    except KeyboardInterrupt:
        sys.exit(0)


main()
