"""Splits and deadlines: what the charts of registers draw and say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from danvan.charts import (
    DARK,
    LIGHT,
    Split,
    Theme,
    deadline_lines,
    deadline_lines_words,
    split_bars,
    split_bars_words,
)
from danvan.model import Register
from danvan.registers import with_keys
from danvan.states import HOLDER_LOOKS, MODEL_LOOKS, TASK_LOOKS
from danvan.wording import Words
from tests.registers.rows import rows

ON = date(2022, 11, 26)
NAMES = {"collective": "tập thể", "individual": "cá nhân", "none": "chưa ghi"}
SPLITS = (
    Split("Cấp <b>tỉnh", {"collective": 5, "individual": 7}, 212),
    Split("Cấp xã", {"individual": 200}, 212, "awards?level=commune"),
)


def test_parts_follow_each_other_in_the_order_of_their_looks() -> None:
    bar = split_bars(SPLITS, HOLDER_LOOKS, NAMES).data[0]
    assert list(bar.x) == [5, 7, 200]
    assert list(bar.base) == [0, 5, 0]
    assert list(bar.text) == ["", "", "◇ 200"]  # the short ones have no room for it
    assert bar.hovertext[0] == "Cấp &lt;b&gt;tỉnh: 5 tập thể"


def test_the_bars_in_words_have_every_number() -> None:
    said = split_bars_words(SPLITS, HOLDER_LOOKS, NAMES)
    assert said == "Cấp <b>tỉnh: 12 (5 tập thể, 7 cá nhân); Cấp xã: 200 (200 cá nhân)"


def test_no_bars_can_be_drawn() -> None:
    assert split_bars((), HOLDER_LOOKS, NAMES).layout.height
    assert split_bars_words((), HOLDER_LOOKS, NAMES) == ""


@pytest.mark.parametrize("looks", [MODEL_LOOKS, TASK_LOOKS, HOLDER_LOOKS])
def test_every_state_of_a_register_has_its_own_sign(looks: dict[str, Any]) -> None:
    assert len({look.sign for look in looks.values()}) == len(looks)
    assert [key for key, look in looks.items() if look.tone == "red"] in ([], ["overdue"])


def _tasks(*said: dict[str, Any]) -> pd.DataFrame:
    return with_keys(rows(Register.TASK, *said), Register.TASK, ON)


LATE = {"name": "Trễ", "state": "doing", "deadline": "12/10/2022", "owner": "Ủy ban"}
DONE = {"state": "done", "deadline": "01/03/2022", "finished_on": "2022-03-04"}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_late_task_has_a_line_to_the_day_and_a_done_one_to_its_end(
    theme: Theme, words: Words
) -> None:
    chart = deadline_lines(_tasks(DONE, LATE), ON, 2022, words, theme)
    lines = [s for s in chart.layout.shapes if s.type == "line" and s.line.width == 4]
    assert [(s.x0, s.x1) for s in lines] == [
        ("2022-10-12", "2022-11-26"),
        ("2022-03-01", "2022-03-04"),
    ]
    due, done = chart.data
    assert list(due.x) == ["2022-10-12", "2022-03-01"]
    assert set(due.marker.color) == {theme.paper}
    assert list(done.x) == ["2022-03-04"]
    assert list(done.marker.color) == [theme.surface(TASK_LOOKS["done"])]


def test_the_day_it_is_judged_on_is_drawn_where_it_is_within_the_months(words: Words) -> None:
    def dotted(on: date) -> list[str]:
        shapes = deadline_lines(_tasks(LATE), on, 2022, words).layout.shapes
        return [str(s.x0) for s in shapes if s.line.dash == "dot"]

    assert dotted(ON) == ["2022-11-26"]
    assert dotted(date(2024, 1, 1)) == []


def test_a_task_that_is_not_done_has_no_filled_dot(words: Words) -> None:
    chart = deadline_lines(_tasks(LATE, DONE | {"finished_on": "không rõ"}), ON, 2022, words)
    assert [len(one.x) for one in chart.data] == [2, 0]


def test_the_deadlines_in_words_say_who_is_in_charge(words: Words) -> None:
    said = deadline_lines_words(_tasks(LATE), words)
    assert said == "Trễ: ▼ quá hạn 45 ngày · hạn 12/10/2022 · Ủy ban"
