"""As of: a screen of the past is the screen of a database in which nothing came after."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from danvan.cli import danvan
from danvan.installation import open_installed
from danvan.store import open_store
from danvan.store.live import stamp
from tests.pages.printed import same, shown, table
from tests.pages.screen import at, opened, text

AFTERWARDS = 50  # submissions that came after the moment
PAGES = (
    "overview", "indicator", "unit", "compare", "models", "tasks", "awards", "map", "meeting",
)  # fmt: skip


@dataclass(frozen=True)
class Then:
    """A moment of the generated city, and a database in which all that came later is missing."""

    moment: datetime
    year: int
    whole: Path
    cut: Path

    @property
    def asked(self) -> dict[str, str]:
        """What the address of a page says."""
        return {"year": str(self.year), "as_of": self.moment.isoformat()}


@pytest.fixture(scope="module")
def then(recent: Path, tmp_path_factory: pytest.TempPathFactory) -> Then:
    folder = tmp_path_factory.mktemp("then")
    whole, cut = folder / "whole.db", folder / "cut.db"
    shutil.copy(recent, whole)
    submissions = open_store(str(whole)).submissions()
    moment = submissions["at"].iloc[-AFTERWARDS - 1].to_pydatetime()
    shutil.copy(whole, cut)
    _forget_what_came_after(cut, stamp(moment))
    left = open_store(str(cut)).submissions()
    assert len(left) == len(submissions) - AFTERWARDS
    return Then(moment, moment.year, whole, cut)


def _forget_what_came_after(path: Path, moment: str) -> None:
    """Replay by leaving out: only what was stated and decided by then is in the file."""
    with closing(sqlite3.connect(path)) as database, database:
        named = database.execute("select name from sqlite_master where type = 'trigger'")
        for (trigger,) in named.fetchall():
            database.execute(f"drop trigger {trigger}")
        later = "(select id from submission where at > :moment)"
        tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (name,) in tables:
            columns = {row[1] for row in database.execute(f"pragma table_info({name})")}
            if "submission" in columns:
                database.execute(f"delete from {name} where submission in {later}", [moment])
        database.execute("delete from decision where at > ?", [moment])
        database.execute("delete from returned where decision not in (select id from decision)")
        database.execute("delete from submission where at > ?", [moment])


def test_the_command_gives_what_stood_then(then: Then, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for path in (then.whole, then.cut):
        monkeypatch.setenv("DANVAN_DATABASE", str(path))
        years = open_installed().years(then.moment)
        found.append([shown(year, "--as-of", then.moment.isoformat()) for year in years])
    assert found[0] == found[1]
    assert sum(map(len, found[0])) > 1000
    monkeypatch.setenv("DANVAN_DATABASE", str(then.whole))
    assert found[0][-1] != shown(then.year)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_stood_then(
    page: str, then: Then, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for path in (then.whole, then.cut):
        monkeypatch.setenv("DANVAN_DATABASE", str(path))
        screen = at(page, **then.asked)
        assert not screen.exception
        said.append(text(screen))
    assert said[0] == said[1]
    monkeypatch.setenv("DANVAN_DATABASE", str(then.whole))
    assert said[0] != text(at(page, year=str(then.year)))


def test_the_overview_then_prints_what_the_command_gives(
    then: Then, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(then.whole))
    rows = shown(then.year, "--as-of", then.moment.isoformat())
    city = open_installed().catalogue().roots(then.year)[0].code
    mine = {row["name"]: row for (unit, _), row in rows.items() if unit == city}
    same(table(opened(at("overview", **then.asked), "table")), mine)


def test_the_file_for_the_hall_is_the_same_byte_for_byte(
    then: Then, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = []
    for path in (then.whole, then.cut):
        monkeypatch.setenv("DANVAN_DATABASE", str(path))
        file = tmp_path / f"{path.stem}.html"
        asked = ["--year", str(then.year), "--as-of", then.moment.isoformat()]
        said = CliRunner().invoke(danvan, ["report", *asked, "--format", "html", "-o", str(file)])
        assert said.exit_code == 0, said.output
        files.append(file.read_text(encoding="utf-8"))
    assert files[0] == files[1]
    printed = CliRunner().invoke(danvan, ["show", *asked, "--period", "year", "--json"]).stdout
    assert sha256(printed.encode()).hexdigest() in files[0]


def test_a_day_is_chosen_in_the_head(then: Then, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(then.whole))
    screen = opened(at("overview", year=str(then.year)), "moment")
    (day,) = (field for field in screen.date_input if field.key == "as_of")
    day.set_value(then.moment.date()).run()
    assert screen.query_params["as_of"] == then.moment.date().isoformat()
    assert "không phải hiện nay" in text(screen)
    (now,) = (button for button in screen.button if button.label == "Xem hiện nay")
    now.click().run()
    assert "as_of" not in screen.query_params
