"""What the tests of rounds start from."""

from pathlib import Path

import pytest

from tests.rounds.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A city with a plan and without rounds."""
    return House(tmp_path / "rounds.db")
