"""The people page: letting in, changing, signing out, and the switch; for admins alone."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from danvan.access import ON, PUBLIC_VIEW
from danvan.accounts import Role
from danvan.accounts.signing_in import sign_in
from danvan.installation import open_installed
from danvan.store import People
from tests.pages.screen import OF_ADMINS, at, text
from tests.server.house import PASSWORD, PEOPLE

pytestmark = pytest.mark.usefixtures("database")
OTHERS = ["xem", "minh", "hoa", "cu"]
HEADS = "Họ và tên,Tên đăng nhập,Vai trò,Đơn vị\n"


def _people() -> People:
    return open_installed().people


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [button for button in screen.button if button.label == label]
    return button.click().run()


def _account(name: str) -> object:
    account = _people().account(name)
    assert account is not None
    return account


@pytest.mark.parametrize("page", sorted(OF_ADMINS))
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_an_admin_opens_it(page: str, who: str) -> None:
    screen = at(page, who)
    (refused,) = screen.info
    assert refused.value.startswith(("Chỉ quản trị viên", "Cần đăng nhập"))
    assert not [*screen.text_input, *screen.button, *screen.table, *screen.markdown]


def test_everybody_is_listed_with_role_unit_and_state() -> None:
    said = text(at("people"))
    for account in PEOPLE.values():
        assert account.full_name in said
    assert "minh · Phường 1 · chưa đăng nhập lần nào" in said
    assert "đã ngừng" in said
    assert "chưa đổi mật khẩu tạm" in said


def test_the_list_is_searched_without_marks_of_capitals() -> None:
    screen = at("people")
    screen.text_input(key="search-people").input("phường 1").run()
    assert "Trần Văn Minh" in text(screen)
    assert "Lê Thị Hòa" not in text(screen)


def test_one_person_is_let_in_and_the_first_password_shown_until_it_is_closed() -> None:
    screen = at("people", tab="add")
    screen.text_input(key="new-full_name").input("Đặng Thị Hạnh")
    screen.text_input(key="new-account").input("P3.Hanh")
    screen.radio(key="new-role").set_value(Role.REPORTER)
    screen.selectbox(key="new-unit").set_value("TPCL.P3")
    _press(screen, "Tạo tài khoản")
    (shown,) = [code.value for code in screen.code]
    assert sign_in(_people(), "p3.hanh", shown, "", "", datetime.now(UTC))
    assert screen.text_input(key="new-account").value == ""
    _press(screen, "Đã lưu, đóng lại")
    assert not screen.code


def test_the_passwords_of_people_let_in_one_after_another_stay_until_they_are_closed() -> None:
    screen = at("people", tab="add")
    for name in ("hanh", "phuc"):
        screen.text_input(key="new-full_name").input(name.title())
        screen.text_input(key="new-account").input(name)
        screen.radio(key="new-role").set_value(Role.REPORTER)
        screen.selectbox(key="new-unit").set_value("TPCL.P3")
        _press(screen, "Tạo tài khoản")
    now = datetime.now(UTC)
    for name, code in zip(("hanh", "phuc"), screen.code, strict=True):
        assert sign_in(_people(), name, code.value, "", "", now)


def test_a_unit_that_was_not_chosen_lets_nobody_in() -> None:
    screen = at("people", tab="add")
    screen.text_input(key="new-full_name").input("Đặng Thị Hạnh")
    screen.text_input(key="new-account").input("hanh")
    _press(screen, "Tạo tài khoản")
    assert "Hãy chọn đơn vị" in screen.toast[0].value
    assert screen.text_input(key="new-account").value == "hanh"
    assert _people().account("hanh") is None


def test_role_unit_and_name_are_changed_together() -> None:
    screen = at("people", person="minh")
    number = _account("minh").id  # type: ignore[attr-defined]
    screen.text_input(key=f"full_name-{number}").input("Trần Minh")
    screen.radio(key=f"role-{number}").set_value(Role.VIEWER)
    screen.selectbox(key=f"unit-{number}").set_value("TPCL.P3")
    _press(screen, "Lưu thay đổi")
    account = _people().account("minh")
    assert account is not None
    assert (account.full_name, account.role, account.unit) == ("Trần Minh", "viewer", "TPCL.P3")


def test_a_new_password_ends_the_sessions_and_is_shown_once() -> None:
    screen = at("people", person="minh")
    sign_in(_people(), "minh", PASSWORD, "10.0.0.1", "Firefox", datetime.now(UTC))
    _press(screen, "Cấp mật khẩu tạm mới")
    (shown,) = [code.value for code in screen.code]
    assert not _people().sessions(_account("minh").id)  # type: ignore[attr-defined]
    assert sign_in(_people(), "minh", shown, "", "", datetime.now(UTC))
    assert shown not in _people().audit().to_csv()


def test_a_person_is_deactivated_and_let_in_again() -> None:
    screen = _press(at("people", person="minh"), "Ngừng tài khoản này")
    assert not _account("minh").active  # type: ignore[attr-defined]
    _press(screen, "Cho tài khoản này hoạt động lại")
    assert _account("minh").active  # type: ignore[attr-defined]


def test_the_last_admin_cannot_lock_everybody_out() -> None:
    screen = _press(at("people", person="lan"), "Ngừng tài khoản này")
    assert "quản trị viên cuối cùng" in screen.toast[0].value
    assert _account("lan").active  # type: ignore[attr-defined]


def test_one_session_or_all_of_a_person_are_ended() -> None:
    at("people")
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        sign_in(_people(), "minh", PASSWORD, address, "Firefox", datetime.now(UTC))
    number = _account("minh").id  # type: ignore[attr-defined]
    screen = at("people", person="minh")
    assert "3 phiên đăng nhập đang mở" in text(screen)
    key = _people().sessions(number)[0].key
    screen.button(key=f"end-{key}").click().run()
    assert key not in {session.key for session in _people().sessions(number)}
    assert len(_people().sessions(number)) == 2
    _press(screen, "Kết thúc tất cả")
    assert not _people().sessions(number)


def test_a_file_with_faults_adds_nobody_and_shows_the_cells() -> None:
    screen = at("people", tab="file")
    rows = HEADS + "Hạnh,hanh,vua,Phường 3\nSơn,son,người nhập số liệu,Phường 99\n"
    screen.file_uploader[0].upload(
        "tên.csv", io.BytesIO(rows.encode()).getvalue(), "text/csv"
    ).run()
    said = text(screen)
    assert "còn 2 lỗi" in said
    assert "tên.csv · C2" in said
    assert "tên.csv · D3" in said
    assert not [button for button in screen.button if button.label.startswith("Tạo")]


def test_a_file_without_faults_is_shown_first_and_then_added_whole() -> None:
    screen = at("people", tab="file")
    rows = HEADS + "Hạnh,hanh,người nhập số liệu,Phường 3\nSơn,son,người xem,tất cả\n"
    screen.file_uploader[0].upload("tên.csv", rows.encode(), "text/csv").run()
    assert "Hạnh hanh người nhập số liệu Phường 3" in text(screen)
    assert _people().account("hanh") is None
    _press(screen, "Tạo 2 tài khoản")
    assert "Mật khẩu tạm của 2 người" in text(screen)
    assert not screen.code
    assert _account("hanh").must_change  # type: ignore[attr-defined]
    assert _account("son").role is Role.VIEWER  # type: ignore[attr-defined]


def test_public_viewing_is_off_and_says_what_it_would_show() -> None:
    screen = at("people", tab="public")
    assert "đang tắt" in text(screen)
    assert "bất kỳ ai mở được địa chỉ này" in text(screen)
    _press(screen, "Bật xem công khai")
    assert _people().switch(PUBLIC_VIEW) == ON
    assert "23/23" in text(at("overview"))
    _press(screen, "Tắt xem công khai")
    assert _people().switch(PUBLIC_VIEW) == ""


def test_an_unknown_person_in_the_address_is_the_list() -> None:
    assert "6 tài khoản" in text(at("people", person="nobody", tab="nowhere"))
