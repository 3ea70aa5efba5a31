"""Forks: servers that begin as copies of a process in which everything is imported already.

A start takes a fraction of what it takes from nothing; what depends on the environment or on the
database is done by each copy for itself. Run as a script it makes a copy for each line it is sent.
"""

from __future__ import annotations

import json
import os
import random
import runpy
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
IMPORTED = (
    "plotly.graph_objects",
    "streamlit.web.cli",
    "streamlit.starlette",
    "uvicorn.main",
    "danvan.cli",
    "ui.view",
    "server.gate",
    "server.signing",
    "server.api",
    "server.files",
    "server.static",
)
"""All that is slow to import and reads no settings while it is; not server.app, which does."""


class Fork:
    """One copy, with as much of subprocess.Popen as a test of a server needs."""

    def __init__(self, number: int) -> None:
        self._handle = os.pidfd_open(number)

    def poll(self) -> int | None:
        """Whether it has ended: then something else than None."""
        return 0 if select.select([self._handle], [], [], 0)[0] else None

    def terminate(self) -> None:
        """Ask it to end."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGTERM)

    def wait(self, timeout: float) -> None:
        """Wait for its end."""
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("server", timeout)
        os.close(self._handle)


def forked(arguments: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> Fork:
    """A server with these arguments that writes what it says into the log."""
    process = _forks()
    assert process.stdin
    assert process.stdout
    order = {"arguments": arguments, "folder": str(folder), "environment": dict(environment)}
    process.stdin.write(json.dumps(order | {"log": str(log)}) + "\n")
    process.stdin.flush()
    return Fork(int(process.stdout.readline()))


@cache
def _forks() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.server.forks"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def main() -> None:
    """Make copies until nobody asks any more; then end those that are left."""
    for name in IMPORTED:
        import_module(name)
    import_module("server.static")._compress_linked()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    made = []
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            _become(json.loads(line))
        made.append(number)
        print(number, flush=True)
    for number in made:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)


def _become(order: dict[str, object]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number, to in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
        os.dup2(number, to)
    os.chdir(str(order["folder"]))
    os.environ.clear()
    os.environ.update(order["environment"])  # type: ignore[arg-type]
    sys.argv = ["server", *order["arguments"]]  # type: ignore[misc]
    random.seed()
    code = 0
    try:
        runpy.run_module("server", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - it has nobody else to tell
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
