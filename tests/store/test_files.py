"""The database file itself: many writers, killed writers, and files that cannot be used."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from danvan.errors import StoreError
from danvan.store import Store, open_store
from tests.making import YEAR, founded, result, submission

PROCESSES, EACH = 8, 25
ROOT = Path(__file__).parent.parent.parent


WRITER = """
import sys
from danvan.store import open_store
from tests.making import result, submission

store, writer, each = open_store(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for n in range(each):
    store.submit([submission(result(n, unit="W1"), person=f"người {writer}")])
"""
FILLER = """
import sys
from danvan import shipped
from danvan.store import open_store

shipped.fill(open_store(sys.argv[1]))
"""


def _at_once(program: str, path: Path, count: int, *more: str) -> None:
    """Run the program in so many processes at once; none may fail."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(number), *more],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    said = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0] * count, said


def test_eight_processes_writing_at_once_lose_nothing(store: Store, tmp_path: Path) -> None:
    before = store.revision()
    _at_once(WRITER, tmp_path / "small.db", PROCESSES, str(EACH))
    told = store.submissions()
    counts = told["person"].value_counts()
    assert [counts[f"người {n}"] for n in range(PROCESSES)] == [EACH] * PROCESSES
    assert store.revision() == before + PROCESSES * EACH
    assert len(store.history(YEAR, "W1", "SUM")) == PROCESSES * EACH
    assert told["at"].is_monotonic_increasing
    assert store.faults() == []


def test_processes_that_start_together_lay_down_one_database(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    _at_once(FILLER, path, 4)
    assert len(open_store(str(path)).submissions()) == 3


def test_threads_can_share_one_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: store.submit([submission(result(n))])[0], range(40)))
    assert len(set(numbers)) == 40


KILLED = """
import os, signal, sys
from danvan.store import open_store, writing
from tests.making import result, submission

def struck(connection):
    os.kill(os.getpid(), signal.SIGKILL)

writing.raise_revision = struck
open_store(sys.argv[1]).submit([submission(*[result(n) for n in range(500)])])
"""


def test_a_writer_killed_in_the_middle_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "small.db")]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert store.figures(YEAR).empty
    assert store.faults() == []
    store.submit([submission(result(1))])


def _refusal(path: Path) -> StoreError:
    with pytest.raises(StoreError) as refused:
        founded(open_store(str(path)))
    assert str(path) in refused.value.text()
    assert "Traceback" not in refused.value.text()
    return refused.value


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Kính gửi" * 300, encoding="utf-8")
    before = path.read_bytes()
    assert _refusal(path).key == "database_corrupt"
    assert path.read_bytes() == before


def test_a_broken_database_says_so(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    store.submit([submission(result(n)) for n in range(20)])
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    assert _refusal(path).key == "database_corrupt"


def test_a_read_only_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "put-away.db"
    founded(open_store(str(path)))
    path.chmod(0o444)
    assert _refusal(path).key == "database_read_only"


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "nowhere" / "a.db").key == "database_folder"


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert _refusal(tmp_path).key == "database_cannot_open"


def test_another_engine_is_refused_by_name() -> None:
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://localhost/danvan")
    assert refused.value.key == "no_postgresql"


def test_faults_name_what_is_broken(store: Store, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "small.db")
    connection.execute(
        "insert into fact (submission, year, period, unit, indicator, aspect, value)"
        " values (999, 2022, 'year', 'CITY', 'SUM', 'result', 1)"
    )
    connection.commit()
    connection.close()
    assert [fault for fault in store.faults() if "submission" in fault]
