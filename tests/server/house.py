"""A house with people in it, for the tests of the gate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from danvan import shipped
from danvan.accounts import Account, Role, passwords
from danvan.store import Store, open_store
from tests.copies import copy_of
from tests.server.asking import Visitor
from tests.server.running import serving

PASSWORD = "mùa nước nổi 2025"
PEOPLE = {
    "lan": Account(0, "lan", "Nguyễn Thị Lan", Role.ADMIN),
    "hoa": Account(0, "hoa", "Lê Thị Hòa", Role.EDITOR),
    "minh": Account(0, "minh", "Trần Văn Minh", Role.REPORTER, "TPCL.P1"),
    "xem": Account(0, "xem", "Lê Thị Xem", Role.VIEWER),
    "moi": Account(0, "moi", "Phạm Văn Mới", Role.VIEWER, must_change=True),
    "cu": Account(0, "cu", "Võ Thị Cũ", Role.EDITOR, active=False),
}


def settled(path: Path) -> Store:
    """A store with what is shipped and everybody's account; all have the same password."""
    if not path.exists():
        return copy_of(_settle, path)
    store = open_store(str(path))
    _settle(store)
    return store


def _settle(store: Store) -> None:
    shipped.fill(store)
    for account in () if store.people.exists() else PEOPLE.values():
        store.people.add(account, _hash(), "os:test")


def person(store: Store, name: str) -> Account:
    """Somebody of the house by the name they sign in with."""
    account = store.people.account(name)
    assert account
    return account


def signed_in(address: str, name: str) -> Visitor:
    """Somebody of the house, signed in at that address."""
    visitor = Visitor(address)
    visitor.sign_in(name, PASSWORD)
    assert visitor.cookie
    return visitor


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the house that the tests of one file share."""
    return tmp_path_factory.mktemp("house") / "danvan.db"


@pytest.fixture(scope="module")
def store(database: Path) -> Store:
    """What is kept in that house."""
    return settled(database)


@pytest.fixture(scope="module")
def address(database: Path, store: Store) -> Iterator[str]:  # noqa: ARG001 - it has to be there
    """Its server."""
    with serving(database) as address:
        yield address
