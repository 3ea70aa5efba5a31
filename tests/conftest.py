"""What many tests start from: real stores on real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from danvan import shipped
from danvan.store import Store, open_store
from danvan.wording import Words
from tests.making import founded

# no deadline: the machine of a test may be busy with something else
settings.register_profile("danvan", deadline=None, max_examples=60, print_blob=True)
settings.load_profile("danvan")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database file of this test alone, for everything that opens the installation."""
    path = tmp_path / "danvan.db"
    monkeypatch.setenv("DANVAN_DATABASE", str(path))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a small catalogue and one open year."""
    return founded(open_store(str(tmp_path / "small.db")))


@pytest.fixture
def cao_lanh(tmp_path: Path) -> Store:
    """A store with everything that is shipped."""
    store = open_store(str(tmp_path / "shipped.db"))
    shipped.fill(store)
    return store


@pytest.fixture
def words() -> Words:
    return Words("vi")
