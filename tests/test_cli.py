"""The command: what scripts rely on, and one sentence for everything that goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from danvan.accounts import Account, Role
from danvan.cli import danvan, main
from danvan.installation import open_installed

pytestmark = pytest.mark.usefixtures("database")
HEAD = "unit,indicator,target,result\n"
FIELDS = {
    "year", "period", "unit", "indicator", "name", "measure", "direction", "target", "result",
    "approximate", "ratio", "state",
}  # fmt: skip


class Command:
    """Runs the command in this process and reads what it says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> str:
        main([str(argument) for argument in arguments])
        return self.capsys.readouterr().out

    def json(self, *arguments: str | Path) -> Any:
        return json.loads(self(*arguments, "--json"))

    def refused(self, *arguments: str | Path) -> str:
        """The one thing said on stderr by a command that fails."""
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        assert ended.value.code not in (0, None)
        assert "Traceback" not in said.err
        assert said.err.strip()
        return said.err


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(HEAD + "TPCL.P1,DVK.01,3,2\nTPCL.P3,DVK.01,2,\n", encoding="utf-8")
    return path


def test_show_gives_the_figures_of_2022(command: Command) -> None:
    rows = {(r["unit"], r["indicator"]): r for r in command.json("show", "--year", "2022")}
    assert all(set(row) >= FIELDS for row in rows.values())
    tasks = rows["TPCL", "CCHC.01"]
    assert (tasks["target"], tasks["result"], tasks["ratio"], tasks["state"]) == (23, 23, 1, "met")
    recruits = rows["TPCL", "LLVT.01"]
    assert (recruits["target"], recruits["result"], recruits["state"]) == (105, 105, "met")
    counts = {"CCHC.02": 4, "CCHC.03": 1, "HDND.01": 31, "NTM.01": 2, "LLVT.04": 2}
    for code, count in counts.items():
        assert (rows["TPCL", code]["target"], rows["TPCL", code]["result"]) == (None, count)
    for code in ("KT.01", "KT.02"):
        award = rows["TPCL", code]
        assert (award["result"], award["ratio"], award["state"]) == (None, None, "not_reported")


def test_show_keeps_to_a_unit_and_its_subtree(command: Command) -> None:
    units = {row["unit"] for row in command.json("show", "--year", "2022", "--unit", "TPCL.TT")}
    assert units == {"TPCL.TT"}
    assert command.json("show", "--year", "2022", "--unit", "TPCL.P1") == []


def test_show_for_people_is_a_line_a_figure(command: Command) -> None:
    said = command("show", "--year", "2022")
    assert "23/23\u00a0nhiệm vụ · 100\u00a0% · đạt" in said
    assert "Tập thể được khen thưởng: chưa có số liệu · chưa báo cáo" in said
    assert "23/23\u00a0tasks · 100\u00a0% · met" in command(
        "--lang", "en", "show", "--year", "2022"
    )


def test_load_stores_and_says_what_it_stored(command: Command, file: Path) -> None:
    told = command.json("load", file, "--year", "2022")
    assert (told["new"], told["changed"], told["same"], told["refused"]) == (2, 0, 0, 0)
    assert told["problems"] == []
    assert told["facts"][0] == {
        "unit": "TPCL.P1", "indicator": "DVK.01", "period": "year", "target": 3, "result": 2,
        "numerator": None, "denominator": None, "approximate": False, "sheet": "", "cell": "D2",
    }  # fmt: skip
    again = command.json("load", file, "--year", "2022")
    assert (again["new"], again["same"]) == (0, 2)
    assert again["submission"] > told["submission"]


def test_a_dry_run_says_the_same_and_stores_nothing(command: Command, file: Path) -> None:
    told = command.json("load", file, "--year", "2022", "--dry-run")
    assert (told["submission"], told["new"], len(told["facts"])) == (None, 2, 2)
    assert len(command.json("show", "--year", "2022", "--unit", "TPCL.P1")) == 0


def test_loaded_undone_and_asked_for_as_of_the_time_between(command: Command, file: Path) -> None:
    number = command.json("load", file, "--year", "2022")["submission"]
    between = datetime.now(UTC).isoformat()
    assert command.json("undo", str(number))["undoes"] == number

    def shown(*more: str) -> list[Any]:
        rows = command.json("show", "--year", "2022", "--unit", "TPCL.P1", *more)
        return [(row["indicator"], row["target"], row["result"]) for row in rows]

    assert shown() == []
    assert shown("--as-of", between) == [("DVK.01", 3, 2)]
    assert shown("--as-of", "2020-01-01") == []


def test_a_year_that_has_not_come_is_too_early(command: Command, file: Path) -> None:
    year = str(date.today().year + 1)
    file.write_text(HEAD + "DT.CL,DVK.01,3,2\n", encoding="utf-8")
    assert year in command("load", file, "--year", year)
    (row,) = command.json("show", "--year", year, "--unit", "DT.CL")
    assert (row["state"], round(row["ratio"], 4)) == ("too_early", 0.6667)


def test_check_finds_the_database_sound(command: Command) -> None:
    assert command.json("check") == {"sound": True, "revision": 3, "faults": []}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + "TPCL,XX.99,1,2\n", "XX.99"),
        (HEAD + "TPCL.P99,CCHC.01,1,2\n", "TPCL.P99"),
        (HEAD + "TPCL,CCHC.01,hai mươi,2\n", "hai mươi"),
        ("year,unit,indicator,result\n2019,TPCL,CCHC.01,2\n", "2019"),
        ("", "rỗng"),
    ],
)
def test_a_bad_file_is_refused_whole(command: Command, file: Path, content: str, said: str) -> None:
    file.write_text(content and content + "TPCL.P1,DVK.01,3,2\n", encoding="utf-8")
    before = open_installed().revision()
    sentence = command.refused("load", file, "--year", "2022")
    assert "figures.csv" in sentence
    assert said in sentence
    assert open_installed().revision() == before


def test_problems_are_in_the_json_as_well(command: Command, file: Path) -> None:
    file.write_text(HEAD + "TPCL,CCHC.01,x,2\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["load", str(file), "--year", "2022", "--json"])
    told = json.loads(command.capsys.readouterr().out)
    (problem,) = told["problems"]
    assert {"kind", "sheet", "cell", "field", "found", "problem", "remedy"} <= set(problem)
    assert (problem["kind"], problem["cell"], problem["found"]) == ("error", "C2", "x")
    assert (told["submission"], told["facts"], told["refused"]) == (None, [], 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "--year", "1999"], "1999"),
        (["show", "--year", "2022", "--unit", "NOWHERE"], "NOWHERE"),
        (["show", "--year", "2022", "--as-of", "hôm qua"], "hôm qua"),
        (["show", "--year", "2022", "--period", "Q5"], "Q5"),
        (["show"], "--year"),
        (["undo", "999"], "999"),
        (["undo", "1"], "1"),
        (["load", "nowhere.csv", "--year", "2022"], "nowhere.csv"),
        (["dance"], "dance"),
    ],
)
def test_a_mistake_is_one_sentence(command: Command, arguments: list[str], said: str) -> None:
    sentence = command.refused(*arguments)
    assert said in sentence
    assert len(sentence.strip().splitlines()) == 1


def test_an_undo_cannot_be_done_twice(command: Command, file: Path) -> None:
    number = str(command.json("load", file, "--year", "2022")["submission"])
    command("undo", number)
    assert number in command.refused("undo", number)


@pytest.mark.parametrize("arguments", [["show", "--year", "2022"], ["check"], ["undo", "3"]])
def test_a_database_that_cannot_be_used_is_one_sentence(
    command: Command, database: Path, arguments: list[str]
) -> None:
    database.write_bytes(b"not a database at all" * 100)
    assert str(database) in command.refused(*arguments)
    database.unlink()
    open_installed()
    database.chmod(0o444)
    assert str(database) in command.refused(*arguments)


def test_errors_speak_english_when_asked(command: Command) -> None:
    assert "year 1999" in command.refused("--lang", "en", "show", "--year", "1999").lower()


def test_every_command_and_option_explains_itself() -> None:
    for name, known in danvan.commands.items():
        assert known.help, name
        for option in known.params:
            if option.param_type_name == "option" and option.name != "port":
                assert getattr(option, "help", ""), (name, option.name)


def test_the_installed_command_runs_by_itself(database: Path) -> None:
    command = [sys.executable, "-m", "danvan", "show", "--year", "2022", "--json"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    assert len(json.loads(done.stdout)) == 13
    assert database.exists()


def _reporter() -> None:
    people = open_installed().people
    people.add(Account(0, "minh", "Trần Văn Minh", Role.REPORTER, "TPCL.P1"), "x", "os:test")


def test_what_a_reporter_loads_waits_and_is_said_to_wait(command: Command, tmp_path: Path) -> None:
    _reporter()
    path = tmp_path / "p1.csv"
    path.write_text(HEAD + "TPCL.P1,DVK.01,3,2\n", encoding="utf-8")
    before = command.json("show", "--year", "2022")
    said = command("--as", "minh", "load", path, "--year", "2022")
    assert "Đang chờ duyệt, chưa tính vào số liệu chính thức." in said
    told = command.json("--as", "minh", "load", path, "--year", "2022")
    assert told["state"] == "submitted"
    assert command.json("show", "--year", "2022") == before
    assert (
        command.json("--as", "minh", "load", path, "--year", "2022", "--dry-run")["state"] is None
    )


def test_what_the_office_loads_counts_at_once(command: Command, file: Path) -> None:
    assert command.json("load", file, "--year", "2022")["state"] == "approved"


def test_show_refuses_a_unit_out_of_scope(command: Command) -> None:
    _reporter()
    said = command.refused("--as", "minh", "show", "--year", "2022", "--unit", "TPCL.P2")
    assert "ngoài phạm vi" in said


def test_a_reporter_opens_no_year(command: Command, tmp_path: Path) -> None:
    _reporter()
    path = tmp_path / "p1.csv"
    path.write_text(HEAD + "TPCL.P1,DVK.01,3,2\n", encoding="utf-8")
    said = command.refused("--as", "minh", "load", path, "--year", "2024")
    assert "Năm 2024 chưa được mở; hãy hỏi chuyên viên tổng hợp" in said
