"""This installation: where its data is, and opening it."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

from danvan import shipped
from danvan.store import Store, open_store

ROOT = Path(__file__).parent.parent
DATABASE = "DANVAN_DATABASE"


def address() -> str:
    """The path or address of the data: DANVAN_DATABASE, or data/danvan.db of the project."""
    return os.environ.get(DATABASE) or str(ROOT / "data" / "danvan.db")


def open_installed() -> Store:
    """The installation's store, with what is shipped in it if it was empty.

    Raises StoreError or CatalogueError with a sentence for the user.
    """
    store = open_store(address())
    shipped.fill(store)
    return store


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address: the one question of who is served."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
