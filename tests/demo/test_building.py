"""Building the generated city: whole or not at all, and the same whenever it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

import danvan.demo.building
import danvan.demo.city
from danvan import demo
from danvan.cli import main
from danvan.demo.acts import Clock
from danvan.demo.city import City
from danvan.errors import RefusedError, StoreError
from danvan.installation import open_installed
from danvan.store import Store, open_store

ROOT = Path(__file__).parent.parent.parent
BUILD = """
import sys
from datetime import date
import danvan.demo.city
danvan.demo.city.YEARS = 2
danvan.demo.build(sys.argv[1], date.fromisoformat(sys.argv[2]))
"""


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city of one year, for tests that only want to know whether it is there."""
    monkeypatch.setattr(danvan.demo.city, "YEARS", 1)


def building(path: Path, today: str, hashes: str = "0") -> subprocess.Popen[bytes]:
    """Another process that builds a city of two years."""
    command = [sys.executable, "-c", BUILD, str(path), today]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": hashes})


def test_the_past_is_the_same_whatever_the_day_and_the_process(tmp_path: Path) -> None:
    paths = [tmp_path / "one.db", tmp_path / "other.db"]
    both = [building(paths[0], "2025-12-20", "1"), building(paths[1], "2025-05-06", "2")]
    assert [one.wait() for one in both] == [0, 0]
    one, other = (open_store(str(path)) for path in paths)
    assert one.figures(2024).equals(other.figures(2024))
    assert one.entries("model", 2024).equals(other.entries("model", 2024))  # type: ignore[arg-type]
    assert len(one.figures(2025)) > len(other.figures(2025)) > 100
    shared = one.submissions().head(60)
    assert shared.equals(other.submissions().head(60))


@pytest.mark.usefixtures("short")
def test_early_in_the_year_there_is_a_plan_and_nothing_reported(tmp_path: Path) -> None:
    demo.build(str(tmp_path / "early.db"), date(2025, 1, 13))
    store = open_store(str(tmp_path / "early.db"))
    figures = store.figures(2025)
    assert figures["target"].notna().sum() > 500
    assert figures["result"].isna().all()
    assert not store.faults()


@pytest.mark.usefixtures("short")
def test_the_command_says_what_was_made_and_how_to_see_it(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo"])
    said = capsys.readouterr().out
    assert "số liệu mẫu" in said
    assert f'DANVAN_DATABASE="{database}" danvan serve' in said
    store = open_installed()
    assert store.generated()
    assert not store.faults()
    assert [path.name for path in database.parent.iterdir() if path.name.startswith(".")] == []


def test_a_database_with_anything_in_it_is_refused_at_once_and_left_as_it_is(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(danvan.demo.building, "fill", None)  # it does not come to that
    open_installed()
    before = database.read_bytes()
    with pytest.raises(SystemExit) as ended:
        main(["demo"])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "DANVAN_DATABASE" in said
    assert len(said.splitlines()) == 1
    assert database.read_bytes() == before


@pytest.mark.usefixtures("short")
def test_an_empty_database_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    open_store(str(path))
    demo.build(str(path), date(2025, 2, 1))
    assert open_store(str(path)).generated()


def test_a_database_that_came_to_be_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "city.db"

    def slow(store: Store, clock: Clock, today: date) -> City:
        clock.now = clock.now.replace(year=today.year)
        path.write_bytes(Path(store._engine.path).read_bytes())
        open_store(str(path)).people.set_switch("public_view", "on", "lan")
        return demo.city_of(today)

    monkeypatch.setattr(danvan.demo.building, "fill", slow)
    with pytest.raises(RefusedError):
        demo.build(str(path), date(2025, 2, 1))
    assert open_store(str(path)).people.switch("public_view") == "on"


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> City:
        raise ZeroDivisionError

    monkeypatch.setattr(danvan.demo.building, "fill", broken)
    with pytest.raises(ZeroDivisionError):
        demo.build(str(tmp_path / "city.db"), date(2025, 2, 1))
    assert list(tmp_path.iterdir()) == []


def test_what_is_killed_leaves_no_database(tmp_path: Path) -> None:
    path = tmp_path / "city.db"
    process = building(path, "2025-12-20")
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".danvan-demo-*/demo.db")) and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert list(tmp_path.glob(".danvan-demo-*/demo.db"))
    assert not path.exists()


@pytest.mark.parametrize("place", ["postgresql://host/db", "/no/such/folder/city.db"])
def test_a_place_that_cannot_be_is_refused_with_a_sentence(place: str) -> None:
    with pytest.raises(StoreError):
        demo.build(place, date(2025, 2, 1))
