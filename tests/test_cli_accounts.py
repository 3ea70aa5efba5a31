"""The commands for accounts: what scripts rely on, and one sentence for what goes wrong."""

from __future__ import annotations

import getpass
import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from danvan.accounts.signing_in import SignInRefusedError, session_of, sign_in
from danvan.cli import main
from danvan.cli_accounts import account
from danvan.installation import open_installed
from danvan.store import People

pytestmark = pytest.mark.usefixtures("database")
PASSWORD, OTHER = "sông Tiền mùa nước nổi", "bông sen hồng Tháp Mười"


class Command:
    """Runs `danvan account` in this process, with a line on standard input."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys = capsys
        self.monkeypatch = monkeypatch

    def __call__(self, *arguments: str, typed: str = "", lang: str = "vi") -> str:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n" if typed else ""))
        main(["--lang", lang, "account", *arguments])
        return self.capsys.readouterr().out

    def json(self, *arguments: str, typed: str = "") -> Any:
        return json.loads(self(*arguments, "--json", typed=typed))

    def refused(self, *arguments: str, typed: str = "") -> str:
        with pytest.raises(SystemExit) as ended:
            self(*arguments, typed=typed)
        said = self.capsys.readouterr()
        assert ended.value.code not in (0, None)
        assert len(said.err.strip().splitlines()) == 1
        return said.err


@pytest.fixture
def command(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    assert not database.exists()
    return Command(capsys, monkeypatch)


@pytest.fixture
def lan(command: Command) -> str:
    """A commune's reporter, beside an admin."""
    command("add", "admin", "--role", "admin", "--generate")
    command(
        "add", "lan", "--role", "reporter", "--unit", "TPCL.P1", "--full-name", "Nguyễn Thị Lan",
        typed=PASSWORD,
    )  # fmt: skip
    return "lan"


def _people() -> People:
    return open_installed().people


def _sign_in(name: str, password: str) -> str:
    return sign_in(_people(), name, password, "10.0.0.1", "Firefox", datetime.now(UTC))


def test_an_account_is_added_with_the_password_that_was_typed(lan: str) -> None:
    added = _people().account(lan)
    assert added
    assert (added.full_name, added.role, added.unit) == ("Nguyễn Thị Lan", "reporter", "TPCL.P1")
    assert not added.must_change
    assert _sign_in(lan, PASSWORD)


def test_a_generated_password_is_said_once_and_must_be_changed(command: Command) -> None:
    told = command.json("add", "Minh", "--role", "viewer", "--generate")
    assert (told["name"], told["must_change"]) == ("minh", True)
    assert _sign_in("minh", told["password"])
    assert told["password"] not in json.dumps(command.json("list"))


def test_people_read_who_was_added_in_their_language(command: Command) -> None:
    said = command("add", "minh", "--role", "editor", typed=PASSWORD)
    assert "minh · minh · chuyên viên tổng hợp · tất cả đơn vị" in said
    assert "Added: an · an · editor · all units" in command(
        "add", "an", "--role", "editor", "--generate", lang="en"
    )


def test_a_password_is_never_on_the_screen_unless_it_was_made_up(command: Command) -> None:
    assert PASSWORD not in command("add", "minh", "--role", "editor", typed=PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["add", "lan", "--role", "viewer"], PASSWORD, "lan"),
        (["add", "Lê Lan", "--role", "viewer"], PASSWORD, "lê lan"),
        (["add", "an", "--role", "king"], PASSWORD, "king"),
        (["add", "an", "--role", "viewer", "--unit", "NOWHERE"], PASSWORD, "NOWHERE"),
        (["add", "an", "--role", "viewer"], "", "--generate"),
        (["add", "an", "--role", "viewer"], "ngắn", "10 ký tự"),
        (["add", "an", "--role", "viewer"], "matkhau123", "phổ biến"),
        (["add", "an"], PASSWORD, "--role"),
        (["reset", "an"], PASSWORD, "an"),
        (["reset", "lan"], "1234567890", "phổ biến"),
        (["deactivate", "an"], "", "an"),
        (["deactivate", "admin"], "", "cuối cùng"),
        (["role", "admin", "viewer"], "", "cuối cùng"),
        (["role", "lan", "king"], "", "king"),
        (["move", "lan", "--unit", "NOWHERE"], "", "NOWHERE"),
        (["sessions", "an"], "", "an"),
        (["dance"], "", "dance"),
    ],
)
@pytest.mark.usefixtures("lan")
def test_a_mistake_is_one_sentence_and_changes_nothing(
    command: Command, arguments: list[str], typed: str, said: str
) -> None:
    before = command.json("list")
    assert said in command.refused(*arguments, typed=typed)
    assert command.json("list") == before


def test_the_list_has_everybody(command: Command, lan: str) -> None:
    command("deactivate", lan)
    rows = command.json("list")
    assert [(row["name"], row["active"]) for row in rows] == [("admin", True), ("lan", False)]
    assert set(rows[1]) == {
        "name", "full_name", "role", "unit", "active", "must_change", "made_at", "last_seen",
    }  # fmt: skip
    assert "lan · Nguyễn Thị Lan · người nhập số liệu · TPCL.P1 · đã ngừng" in command("list")


def test_an_empty_list_says_so(command: Command) -> None:
    assert "Chưa có tài khoản" in command("list")
    assert command.json("list") == []


def test_a_reset_ends_sessions_and_the_old_password(command: Command, lan: str) -> None:
    token = _sign_in(lan, PASSWORD)
    command("reset", lan, typed=OTHER)
    assert session_of(_people(), token, datetime.now(UTC)) is None
    with pytest.raises(SignInRefusedError):
        _sign_in(lan, PASSWORD)
    assert _sign_in(lan, OTHER)


def test_a_generated_reset_must_be_changed(command: Command, lan: str) -> None:
    told = command.json("reset", lan, "--generate")
    assert told["must_change"]
    assert _sign_in(lan, told["password"])


def test_a_deactivated_person_can_be_let_in_again(command: Command, lan: str) -> None:
    command("deactivate", lan)
    with pytest.raises(SignInRefusedError):
        _sign_in(lan, PASSWORD)
    command("activate", lan)
    assert _sign_in(lan, PASSWORD)


def test_a_person_is_moved_and_given_another_role(command: Command, lan: str) -> None:
    assert command.json("move", lan, "--unit", "TPCL.P2")["unit"] == "TPCL.P2"
    assert command.json("role", lan, "editor")["role"] == "editor"
    assert command.json("move", lan, "--unit", "")["unit"] == ""


def test_sessions_are_listed_and_ended(command: Command, lan: str) -> None:
    assert "không có phiên" in command("sessions", lan)
    token = _sign_in(lan, PASSWORD)
    (session,) = command.json("sessions", lan)
    assert (session["address"], session["agent"]) == ("10.0.0.1", "Firefox")
    assert token not in json.dumps(session)
    assert "tại 10.0.0.1: Firefox" in command("sessions", lan)
    assert "1 phiên" in command("sessions", lan, "--end")
    assert session_of(_people(), token, datetime.now(UTC)) is None
    assert command.json("sessions", lan) == []


def test_the_audit_names_who_has_the_machine(command: Command, lan: str) -> None:
    command("role", lan, "editor")
    newest = _people().audit(1).iloc[0]
    assert (newest["act"], newest["person"]) == ("account_changed", f"os:{getpass.getuser()}")


def test_every_account_command_explains_itself() -> None:
    for name, known in account.commands.items():
        assert known.help, name
        for option in known.params:
            if option.param_type_name == "option":
                assert getattr(option, "help", ""), (name, option.name)


def _at_a_terminal(*lines: str) -> tuple[int, str]:
    """Run `account add` at a terminal of its own, typing the lines when asked."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "danvan", "account", "add", "an", "--role", "viewer"]
    running = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    shown = ""
    for line in lines:
        while ":" not in shown.rpartition("\n")[2]:
            shown += os.read(ours, 1024).decode()
        os.write(ours, f"{line}\n".encode())
        shown += "\n"
    while chunk := _read(ours):
        shown += chunk
    os.close(ours)
    return running.wait(), shown


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 1024).decode()
    except OSError:  # nobody writes to it any more
        return ""


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(database: Path) -> None:
    code, shown = _at_a_terminal("bong sen hong", "bong sen hong")
    assert code == 0, shown
    assert "bong sen" not in shown
    assert _sign_in("an", "bong sen hong")
    assert database.exists()


def test_two_different_passwords_at_a_terminal_store_nothing() -> None:
    code, shown = _at_a_terminal("bong sen hong", "bong sen xanh")
    assert code == 1
    assert "không giống nhau" in shown
    assert not _people().exists()


ROSTER = "Họ và tên,Tên đăng nhập,Vai trò,Đơn vị\n"


def _names(folder: Path, rows: str) -> str:
    path = folder / "tên.csv"
    path.write_text(ROSTER + rows, encoding="utf-8")
    return str(path)


def test_a_list_of_names_is_added_whole_with_first_passwords(
    command: Command, tmp_path: Path
) -> None:
    names = _names(tmp_path, "Trần Minh,minh,người nhập số liệu,Phường 1\nLê Hòa,hoa,editor,\n")
    dry = command.json("load", names, "--dry-run")
    assert (len(dry["accounts"]), dry["stored"]) == (2, False)
    assert not any("password" in row for row in dry["accounts"])
    assert command.json("list") == []
    told = command.json("load", names)
    assert told["stored"]
    assert [(row["name"], row["role"], row["unit"]) for row in told["accounts"]] == [
        ("minh", "reporter", "TPCL.P1"),
        ("hoa", "editor", ""),
    ]
    people = open_installed().people
    for row in told["accounts"]:
        assert sign_in(people, row["name"], row["password"], "", "", datetime.now(UTC))


def test_a_list_with_a_fault_adds_nobody_and_names_the_cell(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = _names(tmp_path, "Trần Minh,minh,vua,Phường 1\nLê Hòa,hoa,editor,\n")
    with pytest.raises(SystemExit):
        command("load", names, "--json")
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert [(p["cell"], p["found"]) for p in told["problems"]] == [("C2", "vua")]
    assert "C2" in said.err
    assert command.json("list") == []


def test_a_list_that_is_not_there_is_one_sentence(command: Command, tmp_path: Path) -> None:
    assert "không đọc được" in command.refused("load", str(tmp_path / "nothing.xlsx")).lower()


def test_a_list_that_is_added_prints_each_password_once(command: Command, tmp_path: Path) -> None:
    names = _names(tmp_path, "Lê Hòa,hoa,editor,\n")
    assert "Sẽ tạo 1 tài khoản" in command("load", names, "--dry-run")
    assert command("load", names).count("Mật khẩu tạm") == 1
