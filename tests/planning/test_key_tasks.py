"""Key tasks: the real list of 2023 as rows of the register, and what goes on in the next year."""

from __future__ import annotations

from datetime import date

import pytest

from danvan import planning
from danvan.access import Access, operator
from danvan.intake import check
from danvan.model import Channel, Entry, File, Register, Submission, YearRule
from danvan.registers import entering, with_keys
from danvan.registers.entering import Written
from danvan.rows import rows_of
from danvan.store import Store
from tests.making import WARDS, YEAR, submission

NEXT, TODAY = YEAR + 1, date(YEAR + 1, 6, 1)
INSPECTION = "Củng cố, kiện toàn Ban Thanh tra nhân dân"
TET = "Tổ chức Tết Quân - Dân 2024"


@pytest.fixture
def lan(store: Store) -> Access:
    """An admin in front of last year's tasks: one key task is open, one is done, one is no key task."""
    admin = Access(store, operator("lan"))
    rows = (
        _task(INSPECTION, kind="key", owner="Ủy ban Mặt trận", deadline=f"30/11/{YEAR}"),
        _task(TET, kind="key", state="done"),
        _task("Việc khác", deadline=f"30/11/{YEAR}"),
    )
    acts = [submission(channel=Channel.YEAR, person="os:lan", years=(YearRule(NEXT),))]
    admin.submit([*acts, submission(person="os:lan", entries=rows)])
    return admin


def _task(name: str, **values: str) -> Entry:
    said = tuple(values.items())
    return Entry(register=Register.TASK, year=YEAR, unit="CITY", name=name, values=said)


def test_key_tasks_are_told_apart_and_the_overdue_ones_come_first(lan: Access) -> None:
    found = planning.key_tasks(lan, YEAR, TODAY)
    told = found[["name", "of_standing", "documents"]].to_numpy().tolist()
    assert told == [[INSPECTION, "overdue", 0], [TET, "done", 0]]
    keyed = with_keys(lan.entries(Register.TASK, YEAR), Register.TASK, TODAY)
    assert sorted(keyed["of_key"]) == ["key", "key", "none"]


def test_what_was_not_done_goes_on_where_a_person_says_so(lan: Access) -> None:
    left = planning.unfinished(lan, NEXT, TODAY)
    assert list(left["name"]) == [INSPECTION]
    rows = planning.carried(left, list(left["entry"]), ["CITY", *WARDS])
    sheet = entering.entered(lan, Register.TASK, NEXT, rows, TODAY)
    assert sheet.sound
    entering.hand_in(lan, sheet, "os:lan")
    (row,) = rows_of(lan.entries(Register.TASK, NEXT))
    assert (row["kind"], row["owner"], row["deadline"]) == ("key", "Ủy ban Mặt trận", "")
    assert planning.unfinished(lan, NEXT, TODAY).empty
    assert planning.carried(left, [], ["CITY"]) == []
    assert planning.carried(left, list(left["entry"]), WARDS) == []


def test_a_row_that_only_says_that_it_is_a_key_task_is_none_yet(lan: Access) -> None:
    blank = Written({"unit": "CITY", "kind": "key", "state": "waiting"})
    sheet = entering.entered(lan, Register.TASK, NEXT, [blank], TODAY)
    assert (sheet.amendments, sheet.problems) == ((), ())


def test_a_list_says_which_tasks_are_key_ones(lan: Access) -> None:
    text = (
        f"STT,Nhiệm vụ,Cơ quan chủ trì,Thời hạn,Trọng tâm\n1,{TET},Hội,30/12,x\n2,Việc,Hội,30/12,\n"
    )
    checked = check(lan, [File("nhiem-vu.csv", text.encode())], NEXT, "CITY")
    assert [dict(entry.values).get("kind") for entry, _ in checked.entries] == ["key", None]
    lan.submit(
        [Submission(person="os:lan", channel=Channel.LOAD, entries=[e for e, _ in checked.entries])]
    )
    assert len(planning.key_tasks(lan, NEXT, TODAY)) == 1
