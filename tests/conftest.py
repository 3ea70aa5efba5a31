"""What many tests start from: real stores on real files."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

import danvan.demo.city
from danvan import demo, shipped
from danvan.store import Store
from danvan.wording import Words
from tests import hostile
from tests.copies import copy_of
from tests.making import founded

# no deadline: the machine of a test may be busy with something else
EXAMPLES = int(os.environ.get("DANVAN_EXAMPLES", "20"))  # of each property; more by hand
ROOM = 2 * 1024**3  # bytes
settings.register_profile("danvan", deadline=None, max_examples=EXAMPLES, print_blob=True)
settings.load_profile("danvan")


def pytest_configure() -> None:
    """Files of tests lie in memory where there is room: nobody needs them after a loss of power."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database file of this test alone, for everything that opens the installation."""
    path = tmp_path / "danvan.db"
    monkeypatch.setenv("DANVAN_DATABASE", str(path))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a small catalogue and one open year."""
    return copy_of(founded, tmp_path / "small.db")


@pytest.fixture
def cao_lanh(tmp_path: Path) -> Store:
    """A store with everything that is shipped."""
    return copy_of(shipped.fill, tmp_path / "shipped.db")


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Every run of a page would look through all installed packages for components; there are none."""
    with pytest.MonkeyPatch.context() as patched:
        found = manifest_scanner.scan_component_manifests()
        patched.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


TODAY = date(2025, 12, 20)
RECENT = 4  # years


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of the generated city as of TODAY; tests that write copy it first."""
    return _built(tmp_path_factory, danvan.demo.city.YEARS)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of what people write who mean harm, to look at or to copy."""
    return _once(tmp_path_factory, "written", _write)


@pytest.fixture(scope="session")
def recent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for its last years alone, the last merger among them: quicker to look through."""
    return _built(tmp_path_factory, RECENT)


def _built(folders: pytest.TempPathFactory, years: int) -> Path:
    def build(path: Path) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(danvan.demo.city, "YEARS", years)
            demo.build(str(path), TODAY)

    return _once(folders, f"generated-{years}", build)


def _write(path: Path) -> None:
    made = hostile.city(path.with_name("writing.db"))
    with (
        closing(sqlite3.connect(made._engine.path)) as one,
        closing(sqlite3.connect(path)) as other,
    ):
        one.backup(other)


def _once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    folder = folders.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent  # all workers share it, and only the first of them makes it
    path = folder / f"{name}.db"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(path)
    return path


@pytest.fixture
def words() -> Words:
    return Words("vi")
