"""A server of its own for a test: started as a person would, on a port that is free."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.server.forks import Fork, forked

ROOT = Path(__file__).parent.parent.parent
SECONDS = 60  # to start; a busy machine needs a few, a broken server never answers
PAUSE = 0.05
_LEFT: list[int] = []
"""Ports of servers that have ended: what a browser has kept of one, it has for the next as well."""
SERVE = (sys.executable, "-m", "danvan", "serve", "--port", "{port}")
"""As a person starts it: reads the command, and becomes SERVER."""
SERVER = (sys.executable, "-m", "server", "--port", "{port}")


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database: Path) -> dict[str, str]:
    """This environment with the data in another place."""
    return os.environ | {"DANVAN_DATABASE": str(database)}


def _port() -> int:
    """The port that was left last, where nobody else has taken it meanwhile."""
    while _LEFT:
        port = _LEFT.pop()
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    return free_port()


@contextmanager
def serving(database: Path, *command: str, folder: Path = ROOT, **settings: str) -> Iterator[str]:
    """The address of a server that answers; it is stopped in the end.

    It is what `danvan serve` becomes, or the command, with {port} filled in, started in `folder`.
    What it says goes to a file beside the database: said().
    """
    port = _port()
    process = _begun(command, port, folder, environment(database) | settings, _log(database))
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process, database)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)
        _LEFT.append(port)


def _begun(
    command: Sequence[str], port: int, folder: Path, settings: Mapping[str, str], log: Path
) -> subprocess.Popen[bytes] | Fork:
    """A copy of a process that is ready, where it is this program and nothing is said about how to
    start; else the command.
    """
    if not command and folder == ROOT:
        return forked(["--port", str(port)], folder, settings, log)
    command = [part.replace("{port}", str(port)) for part in command or SERVER]
    with log.open("w", encoding="utf-8") as file:
        return subprocess.Popen(
            command, cwd=folder, env=settings, stdout=file, stderr=subprocess.STDOUT
        )


def said(database: Path) -> str:
    """What the server of that database has printed and logged."""
    return _log(database).read_text(encoding="utf-8")


def _log(database: Path) -> Path:
    return database.with_suffix(".log")


def _await(address: str, process: subprocess.Popen[bytes] | Fork, database: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(said(database))
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:  # it answers, if not with what was asked
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(PAUSE)
    raise AssertionError("the server does not answer")
