"""The connection: a SQLite file through sqlite-utils. A second engine would stand beside this one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlite_utils import Database

from danvan.errors import StoreError
from danvan.store.schema import NOW, migrations

BUSY_SECONDS = 30  # writers wait for their turn; an upload takes a fraction of a second
WRITABLE = 0o222  # a file without any of these bits was put away on purpose, even from root
Params = Mapping[str, object]
Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Connection(Protocol):
    """What the store needs of a database; parameters are named, as in `:year`."""

    def now(self) -> datetime:
        """The moment that what is written now is written at."""

    def rows(self, sql: str, params: Params | None = None) -> list[dict[str, Any]]:
        """Every row of a query, by column."""

    def table(self, sql: str, params: Params | None = None) -> tuple[list[str], list[Any]]:
        """Column names and plain rows of a query: cheaper for large frames."""

    def insert(self, table: str, values: Params) -> int:
        """Insert one row and return its id."""

    def insert_all(self, table: str, rows: Iterable[Params]) -> None:
        """Insert many rows of the same columns."""


class SqliteEngine:
    """One SQLite file, safe to share between threads and processes: a connection for each use."""

    def __init__(self, path: Path, clock: Clock = real_clock) -> None:
        self.path, self._clock = path, clock
        if path.exists() and not path.stat().st_mode & WRITABLE:
            raise StoreError("database_read_only", path=path)
        if not path.parent.is_dir():
            raise StoreError("database_folder", path=path, folder=path.parent)
        with self._open() as connection:
            if connection.database.journal_mode != "wal":  # kept in the file from then on
                connection.database.execute("pragma journal_mode = wal")
        with self.writing() as connection:
            # a step can ask for the moment: it has nothing but the database
            connection.database.register_function(self._moment, name=NOW)
            migrations.apply(connection.database)

    @contextmanager
    def reading(self) -> Generator[SqliteConnection]:
        """A view of one moment: every query in the block sees the same revision."""
        with self._open() as connection:
            connection.database.execute("begin")
            yield connection

    @contextmanager
    def writing(self) -> Generator[SqliteConnection]:
        """One write transaction, kept only if the block ends well.

        Immediate, so that it waits for its turn: a deferred one that reads and then writes
        fails at once when another writer came first, however long the timeout.
        """
        with self._open() as connection:
            connection.database.execute("pragma foreign_keys = on")
            connection.database.execute("pragma synchronous = normal")
            connection.database.execute("begin immediate")
            yield connection
            connection.database.execute("commit")  # not reached on an error; closing rolls back

    @contextmanager
    def held(self) -> Generator[None]:
        """Keep a connection open: without one, closing each other one empties the log into the file."""
        with self._open() as connection:
            connection.rows("select number from revision")  # it takes part only once it has read
            yield

    def faults(self) -> list[str]:
        """What SQLite's own checks find wrong with the file."""
        with self.reading() as connection:
            answers = connection.rows("pragma integrity_check")
            broken = connection.rows("pragma foreign_key_check")
        found = [str(a["integrity_check"]) for a in answers if a["integrity_check"] != "ok"]
        return found + [f"{row['table']} {row['rowid']} → {row['parent']}" for row in broken]

    def _moment(self) -> str:
        return self._clock().astimezone(UTC).isoformat()

    @contextmanager
    def _open(self) -> Generator[SqliteConnection]:
        try:
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            with Database(connection) as database:
                yield SqliteConnection(database, self._clock)
        except sqlite3.Error as error:
            raise _spoken(error, self.path) from error


class SqliteConnection:
    """One open connection."""

    def __init__(self, database: Database, clock: Clock = real_clock) -> None:
        self.database, self._clock = database, clock

    def now(self) -> datetime:
        return self._clock()

    def rows(self, sql: str, params: Params | None = None) -> list[dict[str, Any]]:
        names, rows = self.table(sql, params)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def table(self, sql: str, params: Params | None = None) -> tuple[list[str], list[Any]]:
        cursor = self.database.conn.execute(sql, dict(params or {}))
        return [column[0] for column in cursor.description], cursor.fetchall()

    def insert(self, table: str, values: Params) -> int:
        cursor = self.database.conn.execute(_insertion(table, values), dict(values))
        return int(cursor.lastrowid or 0)

    def insert_all(self, table: str, rows: Iterable[Params]) -> None:
        # executemany by hand: insert_all of sqlite-utils is 2 to 3 times slower on large uploads
        rows = list(rows)
        if rows:
            self.database.conn.executemany(_insertion(table, rows[0]), rows)


def _insertion(table: str, values: Params) -> str:
    names = ", ".join(values)
    return f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in values)})"


def _spoken(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite's error as a sentence that says what to do."""
    code = getattr(error, "sqlite_errorname", "")
    kinds = {
        "SQLITE_READONLY": "database_read_only",
        "SQLITE_CANTOPEN": "database_cannot_open",
        "SQLITE_BUSY": "database_busy",
        "SQLITE_LOCKED": "database_busy",
        "SQLITE_FULL": "database_full",
        "SQLITE_NOTADB": "database_corrupt",
        "SQLITE_CORRUPT": "database_corrupt",
    }
    for name, key in kinds.items():
        if str(code).startswith(name):
            return StoreError(key, path=path, detail=error)
    return StoreError("database_failed", path=path, detail=error)
