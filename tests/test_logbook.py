"""Logbook: what the audit says in words, finding rows, and the table to take away."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

from danvan import closing, logbook
from danvan.access import Access, operator
from danvan.accounts import Account, Role
from danvan.logbook import Sought
from danvan.rows import rows_of
from danvan.spreadsheet import csv_text
from danvan.store import Store
from danvan.wording import Language, Words
from tests.making import YEAR, result, submission

DANVAN = Path(logbook.__file__).parent


@pytest.fixture
def told(store: Store) -> Store:
    """A store in which something of everything has happened."""
    people = store.people
    minh = people.add(
        Account(0, "minh", "Trần Văn Minh", Role.REPORTER, "W1"), "x", "lan", "10.0.0.1"
    )
    people.add(Account(0, "lan", "=Lan", Role.ADMIN), "x", "os:test")
    people.change(minh.id, "lan", role=Role.VIEWER, unit="W2")
    people.change(minh.id, "lan", active=False, password_hash="y")
    people.set_switch("public_view", "on", "lan")
    number = store.submit([submission(result(1, "W1"), person="minh")], outcome="submitted")[0]
    store.decide(number, "returned", "lan", "sai")
    admin = Access(store, operator("lan"))
    closing.close(admin, closing.checklist(admin, YEAR, date(YEAR, 6, 1)), "đã tổng kết")
    people.record("export", "lan", "báo-cáo.xlsx", {"rows": 3})
    people.record("sign_in_failed", "", "", {}, "10.0.0.9")
    return store


def _said(store: Store, language: Language = Language.VI) -> list[str]:
    words = Words(language)
    return [
        f"{logbook.act(row, words)} {logbook.about(row, words)}: {logbook.detail(row, words)}"
        for row in rows_of(store.people.audit())
    ]


def _acts(store: Store, **sought: object) -> list[str]:
    asked = Sought(**sought)  # type: ignore[arg-type]
    found = logbook.chosen(logbook.read(store.people, asked), asked, Words("vi"))
    return list(found["act"])


def test_every_act_that_is_recorded_has_a_word() -> None:
    recorded = set()
    for path in DANVAN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                recorded |= {a.value for a in node.args[:2] if isinstance(a, ast.Constant)}
    assert {"switch", "export", "sign_in"} <= recorded
    assert recorded - {""} <= set(logbook.ACTS)


def test_the_rows_read_as_sentences(told: Store) -> None:
    said = _said(told)
    assert "Sửa tài khoản minh: vai trò: người nhập số liệu → người xem; đơn vị: W1 → W2" in said
    assert "Bật tắt chế độ public_view: trạng thái: bật" in said
    assert "Tải dữ liệu báo-cáo.xlsx: số dòng: 3" in said
    assert any("kết quả: trả lại" in text for text in said)
    assert any(f"năm {YEAR}: đã đóng (đã tổng kết)" in text for text in said)


@pytest.mark.parametrize("language", Language)
def test_no_digest_and_no_session_is_told(told: Store, language: Language) -> None:
    assert not any("digest" in text or "session:" in text for text in _said(told, language))


def test_rows_are_found_by_person_act_text_and_day(told: Store) -> None:
    today = told.people.audit()["at"].iloc[0].to_pydatetime().astimezone().date()
    assert _acts(told, act="switch") == ["switch"]
    assert set(_acts(told, person="minh")) >= {"submission", "account_added", "account_changed"}
    assert _acts(told, text="ĐÃ TỔNG KẾT") == ["year"]
    assert _acts(told, text="tải dữ liệu") == ["export"]
    assert _acts(told, text="10.0.0.9") == ["sign_in_failed"]
    assert _acts(told, first=today, last=today) == list(told.people.audit()["act"])
    assert _acts(told, first=today + timedelta(days=1)) == []
    assert _acts(told, last=today - timedelta(days=1)) == []
    assert _acts(told, person="minh", act="export") == []


def test_the_table_to_take_away_keeps_numbers_and_moments(told: Store) -> None:
    table = logbook.table(told.people.audit(), Words("vi"))
    number, at, *_ = table.rows[0]
    assert isinstance(number, int)
    assert at == told.people.audit()["at"].iloc[0]
    assert "Trần Văn Minh" in csv_text(table).decode("utf-8-sig")


@pytest.mark.parametrize(
    "detail", ["", "null", "[1]", "{", '"x"', '{"role": {"a": 1}, "new": null}']
)
def test_a_row_of_another_version_or_altered_breaks_nothing(detail: str) -> None:
    row = {"act": "unheard_of", "person": "x", "subject": "7", "detail": detail, "address": ""}
    words = Words("vi")
    assert logbook.act(row, words) == "unheard_of"
    assert logbook.about(row, words) == "7"
    assert isinstance(logbook.detail(row, words), str)
