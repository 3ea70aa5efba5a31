"""Rows as a person types them: what they change, what is wrong with them, and storing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.errors import NotAllowedError, OvertakenError, RefusedError, Severity
from danvan.model import Entry, File, Register, Stage
from danvan.registers import day_of
from danvan.registers.entering import (
    ASKED,
    Act,
    Sheet,
    Written,
    entered,
    hand_in,
    overtaking,
)
from danvan.rows import Row, rows_of
from danvan.store import Store
from danvan.wording import Language
from tests.making import RULE, YEAR, only, submission
from tests.papers import PDF

TODAY = date(YEAR, 12, 20)
MODEL, TASK, AWARD = Register.MODEL, Register.TASK, Register.AWARD


def _entry(register: Register, year: int = YEAR, unit: str = "W1", **values: str) -> Entry:
    name = values.pop("name", "Đường hoa")
    return Entry(register=register, year=year, unit=unit, name=name, values=tuple(values.items()))


def _stored(store: Store, entry: Entry) -> Row:
    if entry.year not in store.years():
        store.submit([submission(years=(replace(RULE, year=entry.year),))])
    store.submit([submission(entries=(entry,))])
    return rows_of(store.entries(entry.register, entry.year))[-1]


def _of(row: Row, **texts: str) -> Written:
    return Written(texts, row["entry"], row["submission"])


def _new(**texts: str) -> Written:
    return Written({"unit": "W1", "name": "Đường hoa"} | texts)


def _sheet(store: Store, register: Register, *written: Written) -> Sheet:
    return entered(store, register, YEAR, written, TODAY)


def _said(sheet: Sheet) -> dict[str, Severity]:
    for problem in sheet.problems:  # both sentences are there in both languages
        assert all(problem.sentence(language) for language in Language)
    return {problem.code: problem.kind for problem in sheet.problems}


def test_a_new_row_is_stored_with_its_documents(store: Store) -> None:
    written = Written({"unit": "W1", "name": " Đường hoa ", "state": "registered"},
                      documents=(File("a.pdf", PDF),))  # fmt: skip
    sheet = _sheet(store, MODEL, written)
    assert (sheet.sound, sheet.count(Act.NEW), _said(sheet)) == (True, 1, {})
    hand_in(store, sheet, "hoa")
    row = only(store.entries(MODEL, YEAR), name="Đường hoa")
    assert only(store.evidence(YEAR), entry=row["entry"])["name"] == "a.pdf"


def test_what_was_not_touched_stays_and_a_row_left_as_it_is_is_no_version(store: Store) -> None:
    row = _stored(store, _entry(MODEL, decided_on="2022-06-05", decision="ngày nào đó", note="x"))
    same = _of(row, decided_on="05/06/2022", decision="ngày nào đó", note="x", state="")
    assert _sheet(store, MODEL, same).amendments == ()
    sheet = _sheet(store, MODEL, _of(row, state="recognised"))
    (one,) = sheet.amendments
    assert (one.act, one.before, one.after) == (Act.CHANGED, {}, {"state": "recognised"})
    hand_in(store, sheet, "hoa")
    now = only(store.entries(MODEL, YEAR), entry=row["entry"])
    assert (now["state"], now["decision"], now["note"]) == ("recognised", "ngày nào đó", "x")
    assert len(store.life(MODEL, row["entry"])) == 2


def test_a_blank_new_row_says_nothing(store: Store) -> None:
    blank = Written({"unit": "W1", "state": "registered", "name": " "})
    assert _sheet(store, MODEL, blank) == Sheet(MODEL, YEAR)


def test_taking_a_row_out_is_a_version(store: Store) -> None:
    row = _stored(store, _entry(TASK, state="doing"))
    sheet = _sheet(store, TASK, replace(_of(row), removed=True))
    assert sheet.count(Act.REMOVED) == 1
    assert sheet.amendments[0].before["state"] == "doing"
    number = hand_in(store, sheet, "hoa")
    assert store.entries(TASK, YEAR).empty
    assert len(store.life(TASK, row["entry"])) == 2
    store.undo(number, "hoa")
    assert only(store.entries(TASK, YEAR), entry=row["entry"])["state"] == "doing"


STOPPED: dict[str, tuple[Register, dict[str, str], str]] = {
    "no name": (MODEL, {"name": "", "note": "x"}, "entry_unnamed"),
    "no unit": (MODEL, {"unit": ""}, "entry_without_unit"),
    "no such unit": (MODEL, {"unit": "OLD"}, "entry_without_unit"),
    "no such state": (MODEL, {"state": "done"}, "entry_choice"),
    "no such field": (MODEL, {"field": "Khác"}, "entry_choice"),
    "no such kind": (AWARD, {"kind": "tập thể"}, "entry_choice"),
    "no such area": (TASK, {"area": "Lĩnh vực Z"}, "entry_choice"),
    "a day that is none": (MODEL, {"decided_on": "31/02/2022"}, "entry_day"),
    "no day": (TASK, {"finished_on": "hôm qua"}, "entry_day"),
}


@pytest.mark.parametrize("what", STOPPED)
def test_what_cannot_be_kept_stops_everything(store: Store, what: str) -> None:
    register, texts, code = STOPPED[what]
    sheet = _sheet(store, register, _new(name="Khác"), _new(**texts))
    assert _said(sheet)[code] is Severity.ERROR
    with pytest.raises(RefusedError):
        hand_in(store, sheet, "hoa")
    assert store.entries(register, YEAR).empty


ODD: dict[str, tuple[Register, dict[str, str], str]] = {
    "done without a day": (TASK, {"state": "done"}, "entry_unfinished"),
    "a day without being done": (TASK, {"state": "doing", "finished_on": "01/02/2022"}, "entry_finished"),
    "finished in the future": (TASK, {"state": "done", "finished_on": "31/12/2022"}, "entry_future"),
    "decided years away": (MODEL, {"decision": "1/QĐ-UBND", "decided_on": "01/02/2012"}, "entry_other_year"),
    "a decision without a day": (AWARD, {"decision": "1/QĐ-UBND"}, "entry_undated"),
    "a number that cannot be read": (AWARD, {"decision": "đang trình"}, "entry_decision"),
    "a deadline that cannot be read": (TASK, {"deadline": "sớm"}, "entry_deadline"),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_is_said_and_can_be_stored(store: Store, what: str) -> None:
    register, texts, code = ODD[what]
    sheet = _sheet(store, register, _new(**texts))
    assert _said(sheet)[code] is Severity.WARNING
    hand_in(store, sheet, "hoa")
    assert len(store.entries(register, YEAR)) == 1


FINE: list[tuple[Register, dict[str, str]]] = [
    (TASK, {"deadline": "Quý IV", "state": "doing"}),
    (TASK, {"deadline": "thường xuyên", "area": "Lĩnh vực A"}),
    (TASK, {"state": "done", "finished_on": "ngày 1 tháng 2 năm 2022"}),
    (AWARD, {"form": "Cờ thi đua", "level": "Chủ tịch UBND thành phố", "kind": "individual"}),
    (MODEL, {"decision": "36-QĐ/TU", "decided_on": "1-2-2022", "field": "Kinh tế"}),
]


@pytest.mark.parametrize(("register", "texts"), FINE)
def test_what_is_usual_is_not_talked_about(
    store: Store, register: Register, texts: dict[str, str]
) -> None:
    assert _said(_sheet(store, register, _new(**texts))) == {}


BACK = [("recognised", "registered"), ("rewarded", "outstanding"), ("recognised", "refused")]


@pytest.mark.parametrize(("former", "state"), BACK)
def test_a_state_that_goes_back_is_said(store: Store, former: str, state: str) -> None:
    row = _stored(store, _entry(MODEL, state=former))
    assert "entry_backwards" in _said(_sheet(store, MODEL, _of(row, state=state)))
    assert _said(_sheet(store, MODEL, _of(row, state="rewarded"))) == {}


def test_what_stood_in_a_list_already_is_no_mistake(store: Store) -> None:
    row = _stored(store, _entry(MODEL, field="Văn hoá xã hội"))
    other = _new(name="Khác", field="Văn hoá xã hội")
    assert _said(_sheet(store, MODEL, _of(row, note="x"), other)) == {}


# the same model again


def test_a_model_of_an_earlier_year_is_asked_about_and_goes_on_with_it(store: Store) -> None:
    former = _stored(store, _entry(MODEL, YEAR - 1, state="recognised"))
    asked = _sheet(store, MODEL, _new(state="registered"))
    assert _said(asked) == {"model_again": Severity.QUESTION}
    assert "năm 2021 (được công nhận)" in asked.problems[0].problem()
    assert asked.again[0]["entry"] == former["entry"]
    assert not asked.sound
    for renewal, continues in (("duy trì", str(former["entry"])), ("mới", "")):
        sheet = _sheet(store, MODEL, replace(_new(), renewal=renewal))
        assert sheet.sound
        assert sheet.again  # the question stays to be answered otherwise
        values = dict(sheet.amendments[0].entry.values)
        assert (values["renewal"], values.get("continues", "")) == (renewal, continues)


def test_a_row_that_says_that_it_goes_on_is_not_asked(store: Store) -> None:
    former = _stored(store, _entry(MODEL, YEAR - 1))
    sheet = _sheet(store, MODEL, _new(renewal="nhân rộng"))
    assert _said(sheet) == {}
    assert dict(sheet.amendments[0].entry.values)["continues"] == str(former["entry"])


def test_that_a_model_is_new_is_not_believed_without_asking(store: Store) -> None:
    _stored(store, _entry(MODEL, YEAR - 1))
    assert "model_again" in _said(_sheet(store, MODEL, _new(renewal="mới")))


def test_a_model_of_the_same_year_may_be_the_very_same_row(store: Store) -> None:
    twin = _stored(store, _entry(MODEL))
    sheet = _sheet(store, MODEL, _new(name="đường hoa."))
    assert _said(sheet) == {"model_twice": Severity.WARNING}
    assert sheet.twins[0]["entry"] == twin["entry"]


def test_models_of_other_units_are_no_repeats(store: Store) -> None:
    _stored(store, _entry(MODEL, YEAR - 1, unit="W2"))
    assert _said(_sheet(store, MODEL, _new())) == {}


def test_two_new_rows_of_one_name_are_said(store: Store) -> None:
    assert "entry_twice" in _said(_sheet(store, TASK, _new(), _new()))


# somebody else meanwhile


def test_nothing_is_stored_over_what_somebody_changed_meanwhile(store: Store) -> None:
    row = _stored(store, _entry(MODEL, state="registered"))
    mine = _of(row, note="x")
    early = _sheet(store, MODEL, mine, _new(name="Khác"))
    hand_in(store, _sheet(store, MODEL, _of(row, state="recognised")), "lan")
    with pytest.raises(OvertakenError, match="1 dòng"):
        hand_in(store, early, "hoa")
    late = _sheet(store, MODEL, mine)
    assert (late.sound, late.overtaken) == (False, ((row["entry"], row["submission"]),))
    assert list(store.entries(MODEL, YEAR)["note"]) == [""]
    told = overtaking(store, MODEL, row["entry"], row["submission"])
    assert told is not None
    assert (told.person, told.before, told.after) == ("lan", {"state": "registered"}, {"state": "recognised"})  # fmt: skip


def test_a_row_that_was_taken_out_meanwhile_is_not_brought_back(store: Store) -> None:
    row = _stored(store, _entry(MODEL))
    early = _sheet(store, MODEL, _of(row, note="x"))
    hand_in(store, _sheet(store, MODEL, replace(_of(row), removed=True)), "lan")
    with pytest.raises(OvertakenError):
        hand_in(store, early, "hoa")
    told = overtaking(store, MODEL, row["entry"], row["submission"])
    assert told
    assert told.removed


# for whom


def _as(store: Store, unit: str, role: Role = Role.REPORTER) -> Access:
    return Access(store, Account(1, "minh", "Minh", role, unit))


def test_a_reporters_row_waits_and_an_editors_counts(store: Store) -> None:
    for role, count in ((Role.REPORTER, 0), (Role.EDITOR, 1)):
        mine = _as(store, "W1", role)
        hand_in(mine, _sheet(mine, MODEL, _new()), "minh")
        assert len(store.entries(MODEL, YEAR)) == count
    assert len(store.waiting_entries()) == 1


def test_another_units_rows_are_neither_seen_nor_written(store: Store) -> None:
    theirs = _stored(store, _entry(MODEL, unit="W2"))
    mine, revision = _as(store, "W1"), store.revision()
    with pytest.raises(NotAllowedError):
        hand_in(mine, _sheet(mine, MODEL, _new(unit="W2")), "minh")
    sheet = _sheet(mine, MODEL, _of(theirs, note="x", unit="W1"))
    assert sheet.overtaken  # for them there is no such row
    with pytest.raises(RefusedError):
        hand_in(mine, replace(sheet, overtaken=()), "minh")
    assert store.revision() == revision


def test_a_closed_year_is_refused_with_its_sentence(store: Store) -> None:
    early = _sheet(store, MODEL, _new())
    store.submit([submission(years=(replace(RULE, stage=Stage.CLOSED),))])
    for act in (lambda: _sheet(store, MODEL, _new()), lambda: hand_in(store, early, "hoa")):
        with pytest.raises(RefusedError, match="khóa sổ"):
            act()


# any text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27/12/2022", date(2022, 12, 27)), ("7-2-2022", date(2022, 2, 7)), ("ngày 7.2.2022", date(2022, 2, 7)),
        ("Ngày 7 tháng 2 năm 2022", date(2022, 2, 7)), ("2022-02-07", date(2022, 2, 7)),
        ("29/02/2024", date(2024, 2, 29)), ("31/02/2022", None), ("7/2", None), ("7/2/22", None),
        ("00/01/2022", None), ("", None), ("hôm qua", None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written_or_not_at_all(text: str, day: date | None) -> None:
    assert day_of(text) == day


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert day_of(f"{day:%d/%m/%Y}") == day


def test_any_texts_are_stored_as_they_are_or_stopped(store: Store) -> None:
    strange = "=1+1 <b>&amp;</b> '\"; drop table model;-- 𝒳 \u202e"
    for register in Register:
        texts: dict[str, Any] = dict.fromkeys(ASKED[register], strange)
        known = ("state", "kind", "field", "renewal", "area", "decided_on", "finished_on")
        sheet = _sheet(store, register, _new(**texts | {n: "" for n in known if n in texts}))
        hand_in(store, sheet, "hoa")
        row = rows_of(store.entries(register, YEAR))[-1]
        assert row["note"] == strange
