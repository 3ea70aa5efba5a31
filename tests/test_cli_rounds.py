"""The commands of rounds: opened, listed, called off, and reminders printed or sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from danvan import intake, post
from danvan.access import Access, operator
from danvan.cli import main
from danvan.installation import address, open_installed
from danvan.model import Channel, Contact, File
from danvan.rounds.contacts import keep_contacts
from danvan.wording import Words
from tests.mailbox import mailbox
from tests.making import csv_file
from tests.server.house import settled

PLAN = "unit,indicator,target\nTPCL.P1,DVK.01,5\nTPCL.P2,DVK.01,4\n"
ASKED = ("--year", "2022", "--period", "Q1")


@pytest.fixture(autouse=True)
def _planned(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it has to be set
    monkeypatch.delenv(post.SERVER, raising=False)
    store = Access(settled(Path(address())), operator("test"))
    checked = intake.check(store, [csv_file(PLAN)], 2022)
    intake.hand_in(store, checked, store.account.name, Channel.LOAD)
    main(["round", "open", *ASKED, "--due", "10/04/2022"])


def _fails(*arguments: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 1


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


def test_a_round_is_opened_listed_and_called_off(capsys: pytest.CaptureFixture[str]) -> None:
    main(["round", "list", "--year", "2022"])
    assert "Quý I năm 2022 – hạn nộp 10/04/2022" in capsys.readouterr().out
    (one,) = _json(capsys, "round", "list", "--year", "2022")
    assert (one["period"], one["due"]) == ("Q1", "2022-04-10")
    told = {unit["unit"]: unit for unit in one["units"]}
    assert told["TPCL.P1"]["missing"] == ["DVK.01"]
    assert told["TPCL.P3"]["standing"] == "not_asked"
    main(["round", "close", *ASKED])
    _fails("remind", *ASKED)
    assert "Chưa mở đợt báo cáo Q1/2022" in capsys.readouterr().err


def test_reminders_are_printed_and_nothing_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, "remind", *ASKED, "--unit", "TPCL.P1")
    assert [(one["unit"], one["address"], one["sent"]) for one in told] == [
        ("TPCL.P1", None, False)
    ]
    assert told[0]["body"].startswith("Kính gửi: UBND Phường 1\n")
    main(["remind", *ASKED])
    assert "Nhắc báo cáo quý I năm 2022 – UBND Phường 2" in capsys.readouterr().out
    assert open_installed().reminders(2022).empty


def test_without_a_server_nothing_is_sent_and_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    _fails("remind", *ASKED, "--send")
    assert "Chưa cấu hình máy chủ thư" in capsys.readouterr().err


def test_with_a_server_they_go_to_the_addresses_that_are_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Access(open_installed(), operator("test"))
    told = [Contact("TPCL.P1", "", "p1@x.vn"), Contact("TPCL.P2", "", "p2@x.vn")]
    keep_contacts(store, told, Words("vi"))
    with mailbox("p2@x.vn") as box:
        monkeypatch.setenv(post.SERVER, f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv(post.SENDER, "ban@x.vn")
        _fails("remind", *ASKED, "--send")
    said = capsys.readouterr()
    assert "Đã gửi tới p1@x.vn." in said.out
    assert "Không gửi được tới p2@x.vn: 550" in said.out
    assert "Không gửi được 1 thư" in said.err
    assert open_installed().reminders(2022)["address"].tolist() == ["p1@x.vn"]


def test_what_cannot_be_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    _fails("round", "open", *ASKED, "--due", "2062-04-10")
    assert "từ 01/01/2022 đến 02/10/2022" in capsys.readouterr().err
    _fails("remind", *ASKED, "--unit", "NOPE")
    _fails("round", "list", "--year", "1999")


def test_the_template_of_a_round_is_written(tmp_path: Path) -> None:
    output = tmp_path / "biểu.xlsx"
    main(["template", *ASKED, "--unit", "TPCL.P1", "-o", str(output)])
    file = File(output.name, output.read_bytes())
    reading = intake.read(file, open_installed().catalogue(), 2022)
    assert (reading.facts, reading.problems) == ((), ())
