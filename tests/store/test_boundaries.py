"""Boundaries in the store: the newest of each unit, as of any moment, never altered."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from danvan.errors import RefusedError
from danvan.model import Boundary, Channel, File, Point
from danvan.store import Store
from tests.making import submission

RING: tuple[Point, ...] = ((105.6, 10.4), (105.7, 10.4), (105.7, 10.5), (105.6, 10.4))
OTHER: tuple[Point, ...] = tuple((x + 1, y) for x, y in RING)


def _store(store: Store, *boundaries: Boundary, **more: Any) -> int:
    act = submission(channel=Channel.CATALOGUE, boundaries=boundaries, **more)
    return store.submit([act])[0]


def test_the_newest_of_each_unit_stands_as_of_any_moment(store: Store) -> None:
    _store(store, Boundary("W1", (RING, OTHER)), Boundary("W2", (RING,)))
    then = store.submissions()["at"].max().to_pydatetime()
    before = store.submissions()["at"].iloc[-2].to_pydatetime()
    _store(store, Boundary("W1", (OTHER,)))
    assert store.boundaries() == (Boundary("W2", (RING,)), Boundary("W1", (OTHER,)))
    assert store.boundaries(then) == (Boundary("W1", (RING, OTHER)), Boundary("W2", (RING,)))
    assert store.boundaries(before) == ()


def test_without_rings_a_unit_has_no_boundary_any_more(store: Store) -> None:
    _store(store, Boundary("W1", (RING,)), Boundary("W2", (RING,)))
    _store(store, Boundary("W1"))
    assert store.boundaries() == (Boundary("W2", (RING,)),)


def test_the_file_is_kept_and_the_revision_rises(store: Store) -> None:
    revision = store.revision()
    number = _store(store, Boundary("W1", (RING,)), files=(File("a.geojson", b"{}"),))
    assert store.file(number, "a.geojson") == b"{}"
    assert store.revision() == revision + 1
    assert not store.faults()


def test_an_unknown_unit_stores_nothing(store: Store) -> None:
    count = len(store.submissions())
    with pytest.raises(RefusedError, match="“X”"):
        _store(store, Boundary("W1", (RING,)), Boundary("X", (RING,)))
    assert store.boundaries() == ()
    assert len(store.submissions()) == count


def test_like_the_rest_of_the_catalogue_it_is_replaced_and_not_undone(store: Store) -> None:
    number = _store(store, Boundary("W1", (RING,)))
    with pytest.raises(RefusedError, match="nộp bản mới"):
        store.undo(number, "Lan")
    assert len(store.boundaries()) == 1


def test_what_was_stored_is_never_altered_and_an_alteration_is_found(store: Store) -> None:
    number = _store(store, Boundary("W1", (RING,)))
    with sqlite3.connect(store._engine.path) as connection:
        for sql in ("update boundary set rings = '[]'", "delete from boundary"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(sql)
        connection.execute("drop trigger boundary_no_update")
        connection.execute("update boundary set rings = '[]'")
    connection.close()
    assert store.faults() == [f"submission {number} ≠ sha256"]
