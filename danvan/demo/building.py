"""Building: the generated city as a database file, which is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

from danvan.demo.city import City
from danvan.demo.filling import clock_before, fill
from danvan.errors import RefusedError, StoreError
from danvan.store import filled_store, open_store


def build(address: str, today: date) -> City:
    """Fill the installation at the path with the generated city.

    Raises RefusedError, and leaves everything as it is, where anything is kept there already.
    """
    if "://" in address:
        raise StoreError("no_postgresql")
    target = Path(address)
    if not target.parent.is_dir():
        raise StoreError("database_folder", path=target, folder=target.parent)
    _check_empty(target)
    # beside the target, as only within one file system a file moves in one step
    with _folder_beside(target) as folder:
        built = Path(folder) / "demo.db"
        city = _built(built, today)
        _check_empty(target)  # somebody may have begun to use it meanwhile
        _move(built, target)
    return city


def _folder_beside(target: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix=".danvan-demo-", dir=target.parent)
    except OSError as error:
        raise StoreError("database_cannot_open", path=target, detail=error.strerror) from error


def _built(path: Path, today: date) -> City:
    clock = clock_before(today)
    with filled_store(str(path), clock) as store:
        city = fill(store, clock, today)
    if path.with_name(f"{path.name}-wal").exists():
        raise StoreError("database_busy", path=path)  # part of it would be left behind
    return city


def _check_empty(path: Path) -> None:
    """Refuse a database with anything in it, and one that somebody has open."""
    if not path.exists() or path.stat().st_size == 0:
        return
    store = open_store(str(path))
    if store.revision() > 0 or store.people.exists():
        raise RefusedError("demo_not_empty", path=path)
    if path.with_name(f"{path.name}-wal").exists():
        raise StoreError("database_busy", path=path)


def _move(built: Path, target: Path) -> None:
    """Put the file in its place, over nothing or over an empty database."""
    if not target.exists():
        try:
            os.link(built, target)  # fails where a file came to be there; a rename would not
        except FileExistsError:
            raise RefusedError("demo_not_empty", path=target) from None
        except OSError:  # a file system without links
            built.replace(target)
    else:
        built.replace(target)
