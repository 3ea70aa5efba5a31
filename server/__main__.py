"""Start the server: every reason it cannot start is one sentence."""

from __future__ import annotations

import argparse
import asyncio
import errno
import ipaddress
import socket
import sys

import uvicorn

from danvan.errors import DanvanError, ServerError
from danvan.installation import open_installed
from danvan.wording import Language, Words

LONGEST_MESSAGE = 50 * 2**20  # bytes of one websocket message: the largest upload, with room
BACKLOG = 1024


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


def check_host(host: str) -> None:
    """Refuse an address that others can reach: there is nobody to sign in yet."""
    if not is_loopback(host):
        raise ServerError("host_open", host=host)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ServerError when the port is taken or the address unusable."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # without it small answers wait 40 ms for an acknowledgement; accepted sockets inherit it
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        key = "port_busy" if error.errno == errno.EADDRINUSE else "host_unusable"
        raise ServerError(key, host=host, port=port, detail=error.strerror) from error
    return listener


main()
