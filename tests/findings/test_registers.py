"""What the registers say in one sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from danvan import findings
from danvan.model import Register
from danvan.registers import with_keys
from danvan.rows import rows_of
from danvan.wording import Words
from tests.registers.rows import rows

ON = date(2022, 11, 26)


def _keyed(register: Register, *said: dict[str, Any]) -> pd.DataFrame:
    return with_keys(rows(register, *said), register, ON)


def test_models_are_counted_by_how_far_they_came(words: Words) -> None:
    states = ("registered", "recognised", "outstanding", "rewarded", "refused", "")
    found = _keyed(Register.MODEL, *({"state": state, "field": "Kinh tế"} for state in states))
    said = findings.models_sentence(found, words)
    assert said == (
        "6 mô hình đăng ký, 3 được công nhận, 2 tiêu biểu, 1 được khen thưởng, "
        "1 không được công nhận"
    )
    assert findings.fields_title(found, words) == "Nhiều nhất là Kinh tế: 6 mô hình"


def test_models_without_a_field_are_counted_as_such(words: Words) -> None:
    found = _keyed(Register.MODEL, {"field": "Kinh tế", "kind": "tập thể"}, {"field": "khác"})
    assert findings.fields_title(found, words).endswith("; 1 mô hình chưa rõ lĩnh vực")
    assert findings.holders_title(found, words) == "1 mô hình của tập thể"
    assert "chưa ghi" in findings.holders_title(found.iloc[:0], words)


def test_tasks_say_what_is_overdue_and_by_how_much(words: Words) -> None:
    found = _keyed(
        Register.TASK,
        {"name": "Một", "state": "doing", "deadline": "12/10/2022"},
        {"name": "Hai", "state": "overdue"},
        {"name": "Ba", "state": "done", "deadline": "01/03/2022", "finished_on": "2022-03-04"},
        {"name": "Bốn", "state": "doing", "deadline": "01/12/2022"},
        {"name": "Năm", "state": "regular", "deadline": "thường xuyên"},
        {"name": "Sáu", "state": "doing", "deadline": "sớm"},
        {"name": "Bảy", "deadline": "chưa rõ"},
    )
    assert findings.tasks_sentence(found, words) == (
        "2 nhiệm vụ quá hạn, lâu nhất 45 ngày: Một; đã hoàn thành 1/7 nhiệm vụ"
    )
    assert findings.deadlines_title(found, words) == (
        "1 nhiệm vụ đến hạn trong 30 ngày tới; 1 nhiệm vụ xong trễ hạn"
    )
    told = {row["name"]: findings.task_word(row, words) for row in rows_of(found)}
    assert told == {
        "Một": "quá hạn 45 ngày",
        "Hai": "quá hạn, không rõ thời hạn",
        "Ba": "xong trễ 3 ngày",
        "Bốn": "đang thực hiện, còn 5 ngày",
        "Năm": "thường xuyên",
        "Sáu": "đang thực hiện, không rõ thời hạn",
        "Bảy": "không rõ thời hạn",
    }


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (("done", "regular"), "Không có nhiệm vụ nào quá hạn; đã hoàn thành 1/2 nhiệm vụ"),
        (("overdue",), "1 nhiệm vụ quá hạn; đã hoàn thành 0/1 nhiệm vụ"),
        ((), "Chưa có nhiệm vụ nào trong sổ của năm này."),
    ],
)
def test_tasks_of_a_quiet_year(states: tuple[str, ...], said: str, words: Words) -> None:
    found = _keyed(Register.TASK, *({"state": state} for state in states))
    assert findings.tasks_sentence(found, words) == said


def test_awards_say_who_was_awarded_and_what_the_province_gave(words: Words) -> None:
    tỉnh = {"level": "Chủ tịch UBND tỉnh", "form": "Bằng khen", "kind": "individual"}
    city = {"level": "Thành ủy", "form": "Giấy khen", "kind": "collective", "decision": "1/QĐ-TU"}
    found = _keyed(Register.AWARD, tỉnh, tỉnh, city, city | {"kind": ""})
    assert findings.awards_sentence(found, words) == (
        "1 tập thể, 2 cá nhân, 1 chưa ghi tập thể hay cá nhân được khen; 2 bằng khen cấp tỉnh"
    )
    assert findings.decisions_title(found, words) == (
        "1 quyết định khen 2 tập thể, cá nhân; 2 khen thưởng chưa ghi số quyết định"
    )
    mixed = _keyed(Register.AWARD, tỉnh, tỉnh | {"form": "Cờ"})
    assert findings.awards_sentence(mixed, words).endswith("2 khen thưởng cấp tỉnh")


def test_all_of_it_is_said_in_english() -> None:
    english = Words("en")
    for register, said in (
        (Register.MODEL, (findings.models_sentence, findings.fields_title, findings.holders_title)),
        (Register.TASK, (findings.tasks_sentence, findings.deadlines_title,
                         findings.late_areas_title)),
        (Register.AWARD, (findings.awards_sentence, findings.levels_title, findings.forms_title,
                          findings.decisions_title)),
    ):  # fmt: skip
        for finding in said:
            for found in (_keyed(register, {}), _keyed(register, {}).iloc[:0]):
                text = finding(found, english)
                assert text.isascii(), text


def test_a_figure_that_its_register_counts_otherwise_is_marked(words: Words) -> None:
    row = {"counted": 7.0, "counted_apart": 2.0}
    assert findings.register_mark(row, words) == "≠ sổ: 7"
    assert findings.register_mark(row | {"counted_apart": float("nan")}, words) == ""
    assert findings.register_mark({}, words) == ""
