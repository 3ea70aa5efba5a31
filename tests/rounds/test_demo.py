"""A round from its start to its end on the generated city, counted by hand at each step."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from danvan import intake, post
from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.demo.acts import ZONE
from danvan.model import Channel, Contact, File, Period, Result, Round
from danvan.rounds.contacts import keep_contacts
from danvan.rounds.forms import form
from danvan.rounds.letters import letters, reminded
from danvan.rounds.opening import open_round
from danvan.rounds.owing import Owed, Standing, owed_now
from danvan.rounds.sending import keep, send_reminders
from danvan.store import Store, filled_store
from danvan.wording import Words
from tests.mailbox import Mailbox, mailbox

YEAR, PERIOD, DUE = 2025, Period.M11, date(2025, 12, 5)
ASKED = ("DVK.01", "HGCS.02", "HGCS.03", "MTTQ.04", "TDDT.01")
WORDS = Words("vi")
IN_TIME = ("SV.P1", "SV.P2", "SV.TAS")
LATE, WRONG, PARTLY = ("SV.SH",), ("SV.P3",), ("SV.LOS", "SV.ANS")
N, C, L, P, R, W = (
    Standing.NONE, Standing.COMPLETE, Standing.LATE, Standing.PARTLY, Standing.RETURNED,
    Standing.WAITING,
)  # fmt: skip


class City:
    """The city's office and its units on the day that `today` says."""

    today = date(2025, 12, 21)  # after all that was generated; the clock never goes back

    def __init__(self, store: Store) -> None:
        self.store = store
        self.office = Access(self.store, Account(1, "hoa", "Lê Thị Hòa", Role.EDITOR))
        self.round = Round(YEAR, PERIOD, DUE, indicators=ASKED)

    def owed(self) -> dict[str, Owed]:
        return {one.unit: one for one in owed_now(self.office, YEAR, PERIOD, self.today)}

    def hand_in(self, unit: str, codes: tuple[str, ...] = ASKED, value: int = 2) -> int:
        """A reporter fills in the template of the round and hands it in; all of it waits."""
        reporter = Access(
            self.store, Account(2, f"nv-{unit.lower()}", "Nhân viên", Role.REPORTER, unit)
        )
        book = openpyxl.load_workbook(
            io.BytesIO(form(reporter, YEAR, PERIOD, unit, WORDS, self.today))
        )
        sheet = book["Số liệu"]
        rows = {cell.value: cell.row for cell in sheet["A"] if cell.value in ASKED}
        for code in set(codes) & set(rows):
            share = code == "HGCS.03"
            for column in (8, 9) if share else (7,):
                sheet.cell(rows[code], column).value = value
        target = io.BytesIO()
        book.save(target)
        checked = intake.check(reporter, [File("báo cáo.xlsx", target.getvalue())], YEAR, unit)
        assert checked.sound, checked.problems
        assert {(type(f), f.unit, f.period) for f in checked.facts} == {(Result, unit, PERIOD)}
        name = reporter.account.name
        return intake.hand_in(reporter, checked, name, Channel.UPLOAD)

    def approve(self, number: int) -> None:
        self.office.decide(number, "approved")


@pytest.fixture
def city(recent: Path, tmp_path: Path) -> Iterator[City]:
    path = tmp_path / "city.db"
    shutil.copy(recent, path)
    with filled_store(str(path), lambda: datetime.combine(made.today, time(9), ZONE)) as store:
        made = City(store)
        yield made


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as box:
        monkeypatch.setenv(post.SERVER, f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv(post.SENDER, "danvan@senviet.vn")
        yield box


def _standings(city: City, **other: Standing) -> None:
    """Every unit stands where it is counted by hand, and nothing that it owes is forgotten."""
    told = city.owed()
    expected = {unit: other.get(unit.partition(".")[2], N) for unit in told}
    assert {unit: one.standing for unit, one in told.items()} == expected
    for one in told.values():
        parts = len(one.missing) + len(one.waiting) + len(one.returned)
        assert one.reported + parts == one.expected, one


def _named(units: tuple[str, ...], standing: Standing) -> dict[str, Standing]:
    return {unit.partition(".")[2]: standing for unit in units}


def test_a_round_from_its_start_to_its_end(city: City, box: Mailbox) -> None:
    open_round(city.office, city.round, WORDS)
    _standings(city)
    told = city.owed()
    assert len(told) == 15
    assert told["SV.P1"].missing == tuple(sorted(ASKED, key=list(_order(city)).index))

    # reminders: two by e-mail, the others by hand
    keep_contacts(
        city.office,
        [Contact("SV.P1", "Trần Văn Minh", "p1@senviet.vn"), Contact("SV.P2", "", "p2@senviet.vn")],
        WORDS,
    )
    texts = letters(
        city.round, tuple(told.values()), city.store.catalogue(), WORDS, city.today, {}, {}
    )
    assert len(texts) == 15
    send_reminders(city.office, city.round, texts, ["p1@senviet.vn", "p2@senviet.vn"])
    assert [m["To"].addresses[0].addr_spec for m in box.came] == ["p1@senviet.vn", "p2@senviet.vn"]
    assert "đã quá hạn 16 ngày" in box.came[0].get_content()
    others = [text.unit for text in texts if text.unit not in ("SV.P1", "SV.P2")]
    keep(city.office, city.round, dict.fromkeys(others, ""))
    assert {len(rows) for rows in reminded(city.store.reminders(YEAR), city.round).values()} == {1}

    # half of them report by their template, and all of it waits
    numbers = {unit: city.hand_in(unit) for unit in (*IN_TIME, *WRONG)}
    numbers |= {unit: city.hand_in(unit, ASKED[:2]) for unit in PARTLY}
    waits = _named((*IN_TIME, *WRONG), W) | _named(PARTLY, P)
    _standings(city, **waits)
    for unit in (*IN_TIME, *PARTLY):
        city.approve(numbers[unit])
    city.office.decide(numbers["SV.P3"], "returned", comment="Nhầm số lũy kế")
    late = _named(IN_TIME, L)  # the round was opened when its day had passed
    _standings(city, **late, **_named(WRONG, R), **_named(PARTLY, P))
    assert {one.comment for one in city.owed()["SV.P3"].returned} == {"Nhầm số lũy kế"}
    assert city.owed()["SV.P1"].days_late == 16

    # the office moves the day: who has reported was in time then, who reports later is late
    open_round(city.office, Round(YEAR, PERIOD, date(2025, 12, 22), indicators=ASKED), WORDS)
    done = _named(IN_TIME, C)
    _standings(city, **done, **_named(WRONG, R), **_named(PARTLY, P))
    city.today = date(2025, 12, 29)
    for unit in (*LATE, *WRONG):
        city.approve(city.hand_in(unit, value=1))
    city.hand_in("SV.LOS")
    city.today = date(2025, 12, 31)
    _standings(city, **done, **_named((*LATE, *WRONG), L), LOS=W, ANS=P)
    told = city.owed()
    assert (told["SV.P3"].days_late, told["SV.LOS"].days_late, told["SV.ANS"].days_late) == (
        7,
        7,
        9,
    )
    assert told["SV.ANS"].missing == tuple(c for c in _order(city) if c in ASKED[2:])
    again = letters(
        city.round, (told["SV.ANS"],), city.store.catalogue(), WORDS, city.today, {"SV.ANS": 1}, {}
    )
    assert again[0].count == 2


def _order(city: City) -> dict[str, object]:
    return dict(city.store.catalogue().indicator)


def test_the_citys_own_rounds_agree_with_what_its_units_report(city: City) -> None:
    """Most units have reported all of each quarter; none of it can be owed without a reason."""
    for period in (Period.Q1, Period.H1, Period.M9, Period.YEAR):
        told = owed_now(city.office, YEAR, period, city.today)
        whole = [one for one in told if one.standing in (Standing.COMPLETE, Standing.LATE)]
        assert len(whole) >= 8, period
        assert sum(one.standing is Standing.LATE for one in told) <= 5
        figures = city.store.figures(YEAR)
        for one in told:
            mine = figures[(figures["unit"] == one.unit) & figures["result"].notna()]
            stated = set(mine[mine["period"] == period]["indicator"])
            assert not stated & set(one.missing)
