"""The page of tasks, run from dashboard.py."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from danvan import registers
from danvan.installation import open_installed
from danvan.model import Channel, Entry, Register, Submission, YearRule
from danvan.wording import day
from tests.pages.screen import at, links, text
from tests.registers.rows import standing


def _stands(row: dict[str, str], on: date) -> str:
    """Where a task stands, worked out by hand."""
    due = registers.deadline(row["deadline"], 2025).day
    if row["state"] not in ("done", "overdue") and due and due < on:
        return "overdue"
    return row["state"]


def test_tasks_stand_as_the_tables_say(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(generated))
    on = date(2025, 9, 15)
    moment = "2025-09-15T23:59:59.999999Z"
    rows = standing(generated, Register.TASK, 2025, moment)
    stands = Counter(_stands(row, on) for row in rows)
    screen = at("tasks", year="2025", as_of="2025-09-15")
    said = text(screen)
    assert stands["overdue"] > 0
    assert f"{stands['overdue']} nhiệm vụ quá hạn, lâu nhất" in said
    assert f"đã hoàn thành {stands['done']}/{len(rows)} nhiệm vụ" in said
    assert f"▼ {stands['overdue']} quá hạn" in said
    assert f"{stands['regular']} nhiệm vụ thường xuyên: không có ngày cuối" in said
    assert "Tiến độ tính đến ngày 15/09/2025" in said
    narrowed = text(at("tasks", year="2025", as_of="2025-09-15", standing="overdue"))
    assert f"{stands['overdue']} trên {len(rows)} dòng" in narrowed
    own = sum(_stands(row, on) == "overdue" for row in rows if row["unit"] == "SV.P3")
    unit = text(at("unit", year="2025", as_of="2025-09-15", unit="SV.P3"))
    assert (f"{own} quá hạn" in unit) is (own > 0)


@pytest.mark.usefixtures("database")
def test_overdue_comes_first_and_what_cannot_be_read_is_said_so() -> None:
    store, today = open_installed(), date.today()
    year = today.year
    root = store.catalogue().roots(year)[0].code
    late = today - timedelta(days=45)
    said = (
        ("Không rõ", {"state": "doing", "deadline": "sau hội nghị"}),
        ("Thường xuyên", {"state": "regular", "deadline": "thường xuyên"}),
        ("Còn kịp", {"state": "doing", "deadline": day(today + timedelta(days=3))}),
        ("Trễ nhất", {"state": "doing", "deadline": day(late), "owner": "Ban Dân vận"}),
        ("Trễ", {"state": "waiting", "deadline": day(today - timedelta(days=2))}),
        ("Xong", {"state": "done", "deadline": day(late), "finished_on": late.isoformat()}),
    )
    entries = [
        Entry(register=Register.TASK, year=year, unit=root, name=name, values=tuple(values.items()))
        for name, values in said
    ]
    opened = Submission(person="Lan", channel=Channel.YEAR, years=(YearRule(year),))
    store.submit([opened, Submission(person="Lan", channel=Channel.FORM, entries=entries)])
    screen = at("tasks", year=str(year))
    shown = text(screen)
    assert "2 nhiệm vụ quá hạn, lâu nhất 45 ngày: Trễ nhất; đã hoàn thành 1/6 nhiệm vụ" in shown
    assert f"▼ Trễ nhất: quá hạn 45 ngày Ban Dân vận · hạn {day(late)}" in shown
    assert "1 nhiệm vụ không rõ thời hạn: chưa thể nói là đúng hạn" in shown
    (listed,) = (h.proto.body for h in screen.get("html") if "Danh sách nhiệm vụ" in h.proto.body)
    names = re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', listed)
    assert names == ["Trễ nhất", "Trễ", "Còn kịp", "Không rõ", "Thường xuyên", "Xong"]
    assert any("standing=unread" in link for link in links(screen))
    unread = text(at("tasks", year=str(year), standing="unread"))
    assert "1 trên 6 dòng" in unread
    number = re.search(r"entry=(\d+)", next(lk for lk in links(screen) if "entry=" in lk))
    assert number
    detail = text(at("tasks", year=str(year), entry=number[1]))
    assert "▼ quá hạn 45 ngày" in detail


@pytest.mark.usefixtures("database")
def test_a_year_without_tasks_says_so() -> None:
    open_installed()
    assert "Chưa có nhiệm vụ nào trong sổ của năm này." in text(at("tasks", year="2022"))
