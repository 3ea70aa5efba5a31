"""The commands for years: what scripts rely on, and one sentence for what goes wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from danvan.cli import main

pytestmark = pytest.mark.usefixtures("database")


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["year", *arguments])
    return capsys.readouterr().out


def _row(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(_said(capsys, *arguments, "--json"))


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    assert ended.value.code not in (0, None)
    said = capsys.readouterr()
    assert not said.out
    return said.err


def test_a_year_goes_through_its_stages(capsys: pytest.CaptureFixture[str]) -> None:
    assert _row(capsys, "plan", "2030")["stage"] == "planning"
    assert _row(capsys, "open", "2030")["stage"] == "open"
    assert _row(capsys, "close", "2030")["stage"] == "closed"
    assert _row(capsys, "reopen", "2030", "--reason", "thiếu số") == {
        "year": 2030, "stage": "open", "margin": 0.1, "judge_from": "2030-12-01",
        "reason": "thiếu số",
    }  # fmt: skip
    assert [(row["year"], row["stage"]) for row in _row(capsys, "list")] == [
        (2022, "open"),
        (2030, "open"),
    ]


def test_closing_lists_what_is_open_and_wants_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    said = _refused(capsys, "year", "close", "2022").strip().splitlines()
    assert "Số liệu chưa báo cáo: Thành phố Cao Lãnh" in said[0]
    assert "Năm 2022 còn" in said[-1]
    assert "đã đóng" in _said(capsys, "close", "2022", "--reason", "đã tổng kết")


@pytest.mark.parametrize(
    "arguments",
    [("open", "2022"), ("plan", "2022"), ("reopen", "2022", "--reason", "x"), ("close", "1990"),
     ("reopen", "2022"), ("plan", "22")],
)  # fmt: skip
def test_a_step_that_cannot_be_taken_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert len(_refused(capsys, "year", *arguments).strip().splitlines()) == 1


def test_the_command_has_the_rights_of_the_account_it_acts_as(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, role in (("lan", "admin"), ("hoa", "editor")):
        main(["account", "add", name, "--role", role, "--generate"])
    capsys.readouterr()
    assert "quản trị viên" in _refused(capsys, "--as", "hoa", "year", "open", "2030")
    main(["--as", "lan", "year", "plan", "2030"])
    assert "2030" in capsys.readouterr().out
