"""Copies of databases that are made once: to lay one down and fill it takes ten times as long."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from danvan.store import Store, open_store


def copy_of(fill: Callable[[Store], object], path: Path) -> Store:
    """A store at the path, where nothing is yet, that is as `fill` leaves a new one."""
    path.write_bytes(_made(fill))
    return open_store(str(path))


@cache
def _made(fill: Callable[[Store], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made, whole = Path(folder) / "made.db", Path(folder) / "whole.db"
        fill(open_store(str(made)))
        with closing(sqlite3.connect(made)) as one, closing(sqlite3.connect(whole)) as other:
            one.backup(other)
        return whole.read_bytes()
