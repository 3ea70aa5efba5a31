"""Meeting: whose figures the screens show, of what moment, and that anybody can check them."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from danvan import listing, meeting
from danvan.access import Access, operator
from danvan.accounts import Account, Role
from danvan.cli import main
from danvan.errors import DanvanError
from danvan.installation import open_installed
from danvan.model import Catalogue, Channel, Fact, KeyGroup, Period, YearRule
from danvan.report.deck import html
from danvan.report.slide import Deck, Slide
from danvan.store import Store, open_store
from danvan.wording import Words
from tests.making import CATALOGUE, YEAR, founded, indicator, result, submission, target
from tests.server.running import ROOT, environment

WHY = "Mưa bão kéo dài nên phải dời lịch."
GROUPS = (KeyGroup("KEY", "Nhóm trọng tâm", "Key group", ("SUM", "LESS")),)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three wards of which one reached its target, one explained itself and one was silent."""
    store = founded(open_store(str(tmp_path / "small.db")), replace(CATALOGUE, groups=GROUPS))
    targets = [target(10, unit) for unit in ("W1", "W2", "W3")]
    results = [result(12, "W1"), result(4, "W2", note=WHY)]
    _said(store, *targets, *results, result(3, "CITY", "LESS"), target(2, "CITY", "LESS"))
    return store


def _said(store: Store, *facts: Fact) -> None:
    store.submit([submission(*facts)])


def _deck(store: Store, unit: str | None = None, as_of: datetime | None = None) -> Deck:
    access = Access(store, operator("lan"))
    return meeting.deck(access, YEAR, Period.YEAR, unit, as_of, words=Words("vi"))


def _slide(deck: Deck, key: str) -> Slide:
    (found,) = [slide for slide in deck.slides if slide.key == key]
    return found


def test_a_meeting_goes_from_the_whole_to_what_is_behind_and_how_to_check_it(store: Store) -> None:
    assert [slide.key for slide in _deck(store).slides] == [
        "opening", "year", "group-KEY", "behind-LESS", "behind-SUM", "reports", "units", "frozen",
    ]  # fmt: skip


def test_the_figures_on_the_screens_are_those_of_the_rows(store: Store) -> None:
    rows = listing.listed(Access(store, operator("lan")), YEAR, Period.YEAR)
    told = rows.set_index(["unit", "indicator"])["result"]
    deck = _deck(store)
    assert told["CITY", "SUM"] == 16
    assert _slide(deck, "behind-SUM").figure == "16/30\u00a0mô hình"
    assert _slide(deck, "group-KEY").figure == "16/30\u00a0mô hình"
    assert _slide(deck, "behind-LESS").figure == "3/2\u00a0mô hình"
    assert _slide(deck, "behind-LESS").bar.result == told["CITY", "LESS"]
    lines = {line.name: line.figure for line in _slide(deck, "behind-SUM").lines}
    assert lines == {"Phường 2": "4/10", "Phường 3": "chưa có số liệu"}
    assert [line.figure for line in _slide(deck, "units").lines] == ["0/1", "0/1", "1/1"]


def test_the_years_of_a_key_figure_end_with_the_last_that_is_over(store: Store) -> None:
    years = (YearRule(YEAR - 2), YearRule(YEAR - 1), YearRule(YEAR, judge_from=date(2999, 1, 1)))
    store.submit([submission(channel=Channel.YEAR, years=years)])
    old = result(3, "W1")
    _said(store, replace(old, year=YEAR - 2), replace(old, year=YEAR - 1, value=Decimal(5)))
    slide = _slide(_deck(store), "group-KEY")
    assert [(one.year, one.text) for one in slide.years] == [(YEAR - 2, "3"), (YEAR - 1, "5")]
    assert slide.said == (f"Năm {YEAR - 1}: 5\u00a0mô hình",)


def test_an_explanation_is_shown_and_where_there_is_none_that_is_said(store: Store) -> None:
    lines = {line.name: line for line in _slide(_deck(store), "behind-SUM").lines}
    assert (lines["Phường 2"].said, lines["Phường 2"].quiet) == (WHY, False)
    assert (lines["Phường 3"].said, lines["Phường 3"].quiet) == ("Chưa có giải trình", True)
    assert _slide(_deck(store), "behind-LESS").silent == "Chưa có giải trình"
    assert _slide(_deck(store, "W2"), "behind-SUM").quote == WHY


def test_what_all_units_say_alike_is_said_once(store: Store) -> None:
    _said(store, result(None, "W3", note=WHY))
    slide = _slide(_deck(store), "behind-SUM")
    assert slide.quote == WHY
    assert [line.said for line in slide.lines] == ["", ""]


def test_somebody_of_a_ward_is_shown_that_ward_alone(store: Store) -> None:
    account = Account(5, "minh", "Trần Văn Minh", Role.REPORTER, "W1")
    deck = meeting.deck(Access(store, account), YEAR, words=Words("vi"))
    assert deck.slides[0].title == "Phường 1"
    assert {row["unit"] for row in json.loads(deck.figures)} == {"W1"}
    assert not re.search("Phường [23]|Thành phố|Mưa bão", html(deck))
    assert "--unit W1" in deck.slides[-1].code
    with pytest.raises(DanvanError, match="ngoài phạm vi"):
        meeting.deck(Access(store, account), YEAR, unit="W2", words=Words("vi"))


def test_it_can_be_shown_as_of_a_moment(store: Store) -> None:
    before = datetime.now(UTC)
    _said(store, result(9, "W3"))
    assert _slide(_deck(store), "behind-SUM").figure.startswith("25/30")
    then = _deck(store, as_of=before)
    assert _slide(then, "behind-SUM").figure.startswith("16/30")
    assert before.astimezone().isoformat(timespec="microseconds") in then.slides[-1].code


def test_a_moment_that_has_not_come_is_now(store: Store) -> None:
    then = meeting.gather(
        Access(store, operator("lan")), YEAR, Period.YEAR, None, datetime(2999, 1, 1, tzinfo=UTC),
        Words("vi"),
    )  # fmt: skip
    assert then.at <= datetime.now(UTC)


def test_what_was_not_there_yet_is_a_sentence(store: Store) -> None:
    with pytest.raises(DanvanError, match="chưa được mở"):
        _deck(store, as_of=datetime(2001, 1, 1, tzinfo=UTC))
    with pytest.raises(DanvanError, match="NOWHERE"):
        _deck(store, "NOWHERE")


def test_none_of_many_findings_is_left_out(store: Store) -> None:
    codes = [f"I{number:02}" for number in range(20)]
    added = (*CATALOGUE.indicators, *(indicator(code) for code in codes))
    act = submission(channel=Channel.CATALOGUE, catalogue=Catalogue(indicators=added))
    store.submit([act])
    _said(store, *(target(10, "CITY", code) for code in codes))
    slides = _deck(store).slides
    screens = [slide for slide in slides if slide.key.startswith("behind-I")]
    rest = [line for slide in slides if slide.key.startswith("behind-rest") for line in slide.lines]
    names = {slide.title for slide in screens} | {line.name for line in rest}
    assert (len(screens), len(rest)) == (11, 10)  # the worst of all is another
    assert names == {f"Chỉ tiêu {code}" for code in (*codes, "SUM")}


def test_a_long_list_goes_on_on_another_screen_with_every_word(store: Store) -> None:
    long = " ".join(f"chữ{number}" for number in range(120))
    for unit in ("W2", "W3"):
        _said(store, result(4, unit, note=f"{unit} {long}"))
    parts = [s for s in _deck(store).slides if s.key.startswith("behind-SUM")]
    assert len(parts) > 1
    assert parts[1].above == f"Việc cần bàn 2/2 · phần 2/{len(parts)}"
    said = [word for slide in parts for line in slide.lines for word in line.said.split()]
    assert said == f"W2 {long} W3 {long}".split()


def test_the_command_on_the_last_screen_prints_what_the_file_holds(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte for byte, whatever people wrote: that is what the checksum is of."""
    store = open_installed()
    name = "</script><b>&amp;đạt — 100 %</b>\u2028"
    known = store.catalogue().indicator["CCHC.01"]
    indicators = Catalogue(indicators=(replace(known, name=name),))
    store.submit([submission(channel=Channel.CATALOGUE, catalogue=indicators)])
    path = tmp_path / "meeting.html"
    main(["report", "--year", "2022", "--format", "html", "-o", str(path)])
    assert str(path) in capsys.readouterr().out
    file = path.read_bytes().decode()
    command = re.sub("<[^>]*>", "", re.findall(r"<code>(.*?)</code>", file)[0])
    show, _, tool = command.partition(" | ")
    assert tool.strip() == "sha256sum"
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(show)],
        cwd=ROOT,
        env=environment(database),
        capture_output=True,
        check=True,
    )
    held = re.findall(
        r'<script type="application/json" id="figures">(.*?)</script>', file, re.DOTALL
    )
    assert held[0].encode() == done.stdout
    assert name in {row["name"] for row in json.loads(done.stdout)}
    sums = re.findall(r"SHA-256 của số liệu: (\w+)", file)
    assert sums == [hashlib.sha256(done.stdout).hexdigest()] * 2
    row = open_installed().people.audit(1).iloc[0]
    assert (row["act"], row["subject"]) == ("export", "report html")


def test_the_command_speaks_the_language_it_is_asked_for(database: Path, tmp_path: Path) -> None:  # noqa: ARG001
    path = tmp_path / "meeting.html"
    main(["report", "--year", "2022", "--lang", "en", "--format", "html", "-o", str(path)])
    assert "Cao Lãnh City" in path.read_text("utf-8")
