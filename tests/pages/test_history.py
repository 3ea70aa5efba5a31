"""The history: what was decided by whom, the buttons that would do something, and the audit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from danvan.access import Access
from danvan.installation import open_installed
from danvan.model import File
from danvan.store import Store
from tests.making import result, submission
from tests.pages.screen import at, text
from tests.server.house import settled

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def house(database: Path) -> Store:
    """A ward's submissions, one that waits and one that was sent back; and one about two wards."""
    store = settled(database)
    minh = _as(store, "minh")
    facts = [result(7, "TPCL.P1", "HGCS.03"), result(8, "TPCL.P1", "HGCS.03")]
    numbers = [minh.submit([submission(fact, person="minh")])[0] for fact in facts]
    hoa = _as(store, "hoa")
    hoa.decide(numbers[1], "returned", comment="**thiếu** tháng 11")
    both = [result(9, code, "HGCS.03") for code in ("TPCL.P1", "TPCL.P3")]
    hoa.submit([submission(*both, person="hoa", files=(File("hai đơn vị.csv", b"x"),))])
    return store


def _as(store: Store, name: str) -> Access:
    account = store.people.account(name)
    assert account is not None
    return Access(store, account)


def _undo_buttons(screen: AppTest) -> list[str]:
    return [button.key for button in screen.button if (button.key or "").startswith("undo-")]


def test_each_submission_says_what_became_of_it_and_who_decided() -> None:
    said = text(at("history", "hoa"))
    assert "chờ duyệt" in said
    assert "hoa trả lại: **thiếu** tháng 11" in said.replace("\\", "")
    assert "có hiệu lực" in said


def test_the_undo_button_is_only_where_it_would_be_allowed(house: Store) -> None:
    first = int(house.submissions()["id"].iloc[3])
    assert _undo_buttons(at("history", "minh")) == [f"undo-{first}"]
    assert _undo_buttons(at("history", "hoa")) == [f"undo-{first + 2}", f"undo-{first}", "undo-3"]


def test_what_was_taken_back_can_be_brought_back() -> None:
    screen = at("history", "minh")
    (key,) = _undo_buttons(screen)
    screen.button(key=key).click().run()
    assert "đã hoàn tác" in text(screen)
    (again,) = _undo_buttons(screen)
    assert again != key
    screen.button(key=again).click().run()
    assert _undo_buttons(screen) == [key]


def test_files_of_others_have_no_button() -> None:
    labels = [button.label.replace("\\", "") for button in at("history", "hoa").download_button]
    assert "hai đơn vị.csv" in labels
    screen = at("history", "minh")
    assert "2 số liệu" in text(screen)
    assert not screen.download_button


@pytest.mark.parametrize("who", ["minh", "hoa"])
def test_the_audit_is_for_admins(who: str) -> None:
    screen = at("history", who, tab="audit")
    assert not screen.error
    assert not [one for one in screen.selectbox if one.key == "audit-act"]
    assert "Bắt đầu nhật ký" not in text(screen)


def test_an_admin_reads_the_audit_in_words_and_filters_it() -> None:
    screen = at("history", "lan", tab="audit")
    assert "Bắt đầu nhật ký" in text(screen)
    screen.selectbox(key="audit-act").set_value("decision").run()
    assert "Dòng 1–1 trong 1" in text(screen)
    assert "Quyết định về lần nộp" in text(screen)
    screen.selectbox(key="audit-act").set_value("").run()
    screen.text_input(key="audit-text").input("TRẦN VĂN MINH").run()
    assert "Tạo tài khoản minh" in text(screen)
    screen.date_input(key="audit-first").set_value(date.today() + timedelta(days=2)).run()
    assert "Dòng 0–0 trong 0" in text(screen)
    assert not screen.table


def test_the_audit_is_read_page_by_page_and_a_question_begins_anew(house: Store) -> None:
    for number in range(60):
        house.people.record("export", "hoa", f"tệp {number}.xlsx")
    screen = at("history", "lan", tab="audit")
    assert "Dòng 1–50 trong" in text(screen)
    (older,) = [button for button in screen.button if button.label == "Cũ hơn"]
    older.click().run()
    assert "Dòng 51–" in text(screen)
    assert "tệp 59.xlsx" not in text(screen)
    screen.selectbox(key="audit-act").set_value("export").run()
    assert "Dòng 1–50 trong 60" in text(screen)


def test_looking_at_the_audit_takes_nothing_away(house: Store) -> None:
    before = len(house.people.audit())
    at("history", "lan", tab="audit")
    assert len(open_installed().people.audit()) == before
