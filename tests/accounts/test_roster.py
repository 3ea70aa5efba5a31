"""The roster: a workbook of names, every fault with its cell, first passwords given once."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from danvan.accounts import Account, Role, roster
from danvan.accounts.roster import Roster
from danvan.accounts.signing_in import session_of, sign_in
from danvan.errors import RefusedError
from danvan.model import File
from danvan.store import Store
from danvan.wording import Words
from tests.making import csv_file

TODAY = date(2022, 6, 1)
HEADS = "STT,Họ và tên,Tên đăng nhập,Vai trò,Đơn vị\n"
GOOD = f"""{HEADS}1,Trần Văn Minh,Minh.P1,người nhập số liệu,Phường 1
2,Lê Thị Hòa,hoa,Chuyên viên tổng hợp,
3,Nguyễn Lãnh Đạo,lanhdao,Người xem,Tất cả đơn vị
"""


@pytest.fixture
def house(cao_lanh: Store) -> Store:
    """What is shipped, and an admin."""
    roster.admit_all(cao_lanh.people, [roster.newcomer("lan", "Lan", Role.ADMIN, "")], "os:test")
    return cao_lanh


def _read(house: Store, text: str) -> Roster:
    taken = [account.name for account in house.people.accounts()]
    return roster.read(csv_file(text, "tên.csv"), house.catalogue(), taken, TODAY)


def _codes(read: Roster) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in read.problems]


def test_a_list_of_names_becomes_accounts_with_role_and_unit(house: Store) -> None:
    read = _read(house, GOOD)
    assert read.sound
    assert [(a.name, a.role, a.unit, a.must_change) for a in read.accounts] == [
        ("minh.p1", Role.REPORTER, "TPCL.P1", True),
        ("hoa", Role.EDITOR, "", True),
        ("lanhdao", Role.VIEWER, "", True),
    ]


def test_a_title_above_the_headings_and_empty_rows_do_not_matter(house: Store) -> None:
    text = "Danh sách người dùng,,,,\n,,,,\n" + GOOD + ",,,,\n"
    assert _read(house, text).accounts == _read(house, GOOD).accounts


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("1,,minh,admin,", "roster_full_name", "B2"),
        ("1,Minh,tên có dấu,admin,", "roster_account", "C2"),
        ("1,Minh,,admin,", "roster_account", "C2"),
        ("1,Minh,LAN,admin,", "roster_taken", "C2"),
        ("1,Minh,minh,vua,", "roster_role", "D2"),
        ("1,Minh,minh,admin,Phường 99", "roster_unit", "E2"),
        ("1,Minh,minh,người nhập số liệu,", "roster_no_unit", "E2"),
        ("1,Minh,minh,người xem,", "roster_no_unit", "E2"),
    ],
)
def test_every_fault_names_its_cell(house: Store, row: str, code: str, cell: str) -> None:
    read = _read(house, HEADS + row + "\n")
    assert _codes(read) == [(code, cell)]
    assert not read.accounts
    for language in ("vi", "en"):
        assert read.problems[0].sentence(Words(language).language)


def test_all_faults_of_all_rows_are_found_at_once(house: Store) -> None:
    read = _read(house, HEADS + "1,,x,vua,?\n2,Hoa,hoa,admin,\n3,Hoa Hai,hoa,admin,\n")
    assert [code for code, _ in _codes(read)] == [
        "roster_full_name", "roster_account", "roster_role", "roster_unit", "roster_twice",
    ]  # fmt: skip
    assert read.problems[-1].values["other"] == "C3"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "roster_headings"),
        (HEADS, "roster_empty"),
        ("Họ và tên,Tên đăng nhập,Đơn vị\nMinh,minh,P1\n", "roster_column"),
    ],
)
def test_a_file_that_is_no_list_says_what_is_missing(house: Store, text: str, code: str) -> None:
    assert [found for found, _ in _codes(_read(house, text))] == [code]


def test_a_list_that_is_too_long_is_refused(house: Store) -> None:
    rows = "".join(f"1,Người {n},n{n},admin,\n" for n in range(roster.MOST + 1))
    assert "roster_long" in dict(_codes(_read(house, HEADS + rows)))


def test_a_file_that_cannot_be_opened_is_a_problem(house: Store) -> None:
    read = roster.read(File("tên.xlsx", b"nothing"), house.catalogue(), [], TODAY)
    assert [problem.code for problem in read.problems] == ["wrong_suffix"]


def test_a_unit_that_was_merged_away_can_still_have_a_reporter(house: Store) -> None:
    text = HEADS + "1,Minh,minh,người nhập số liệu,Phường 11\n"
    read = roster.read(csv_file(text), house.catalogue(), [], date(2026, 1, 1))
    assert [account.unit for account in read.accounts] == ["TPCL.P11"]


def test_the_form_is_read_back_with_what_was_written_into_it(house: Store, words: Words) -> None:
    book = openpyxl.load_workbook(io.BytesIO(roster.form(house.catalogue(), words, TODAY)))
    book[words("roster.sheet")].append(["Trần Minh", "minh", "quản trị viên", "Phường 3"])
    target = io.BytesIO()
    book.save(target)
    read = roster.read(File("mẫu.xlsx", target.getvalue()), house.catalogue(), [], TODAY)
    assert [(a.name, a.role, a.unit) for a in read.accounts] == [("minh", Role.ADMIN, "TPCL.P3")]


def test_everybody_signs_in_with_the_first_password_and_must_change_it(house: Store) -> None:
    made = roster.admit_all(house.people, _read(house, GOOD).accounts, "lan")
    assert len({one.password for one in made}) == 3
    for one in made:
        now = datetime.now(UTC)
        token = sign_in(house.people, one.account.name, one.password, "10.0.0.1", "", now)
        session = session_of(house.people, token, now)
        assert session is not None
        assert session.account.must_change


def test_one_name_that_is_taken_in_the_meantime_stops_all(house: Store) -> None:
    accounts = _read(house, GOOD).accounts
    roster.admit_all(house.people, accounts[1:2], "lan")
    before = len(house.people.accounts())
    with pytest.raises(RefusedError):
        roster.admit_all(house.people, accounts, "lan")
    hashed = [(account, "x") for account in accounts]
    with pytest.raises(RefusedError):
        house.people.add_all(hashed, "lan")  # also where it was checked just before
    assert len(house.people.accounts()) == before


def test_a_new_first_password_ends_the_sessions_and_the_old_password(house: Store) -> None:
    (minh,) = roster.admit_all(house.people, [roster.newcomer("minh", "Minh", Role.VIEWER, "")], "")
    now = datetime.now(UTC)
    token = sign_in(house.people, "minh", minh.password, "", "", now)
    again = roster.reset(house.people, minh.account.id, "lan")
    assert session_of(house.people, token, now) is None
    assert again.password != minh.password
    assert sign_in(house.people, "minh", again.password, "", "", now)


def test_a_first_password_is_nowhere_but_in_the_hand_of_who_made_it(house: Store) -> None:
    (one,) = roster.admit_all(house.people, [roster.newcomer("minh", "Minh", Role.VIEWER, "")], "")
    again = roster.reset(house.people, one.account.id, "lan")
    audit = house.people.audit().to_csv()
    assert one.password not in repr(one)
    assert not any(password in audit for password in (one.password, again.password))
    kept = house.people.password_hash(one.account.id)
    assert kept is not None
    assert kept.startswith("$argon2id$")


def test_the_list_to_hand_on_holds_text_that_is_no_formula(words: Words) -> None:
    account = Account(1, "minh", '=HYPERLINK("x")', Role.VIEWER)
    content = roster.first_passwords([roster.Newcomer(account, "abcd-efgh")], words)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[2]] == [
        '=HYPERLINK("x")', "minh", "người xem", "tất cả đơn vị", "abcd-efgh",
    ]  # fmt: skip
    assert {cell.data_type for cell in sheet[2]} == {"s"}


@pytest.mark.parametrize(
    ("full_name", "unit"), [("", ""), ("  ", ""), ("x" * 121, ""), ("M", None)]
)
def test_an_account_needs_a_full_name_and_a_unit(full_name: str, unit: str | None) -> None:
    with pytest.raises(RefusedError):
        roster.newcomer("minh", full_name, Role.VIEWER, unit)
