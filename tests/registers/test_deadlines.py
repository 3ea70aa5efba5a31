"""Deadlines: the day a text names, and what is overdue on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.registers import Deadline, deadline, with_standing

DAYS = {
    "27/12/2022": date(2022, 12, 27),
    "27-12-2022": date(2022, 12, 27),
    "27.12.2022": date(2022, 12, 27),
    "2022-12-27": date(2022, 12, 27),
    "ngày 27 tháng 12 năm 2022": date(2022, 12, 27),
    "Ngày 05 tháng 6": date(2022, 6, 5),
    "Trước 30/11": date(2022, 11, 30),
    "Trước ngày 30/11/2022": date(2022, 11, 30),
    "30/11/2023": date(2023, 11, 30),
    "từ 01/03 đến 30/11/2022": date(2022, 11, 30),
    "01/3/2022 - 15/4/2022": date(2022, 4, 15),
    "15/9 hằng năm": date(2022, 9, 15),
    "Quý IV/2022": date(2022, 12, 31),
    "Quý IV": date(2022, 12, 31),
    "quý 2": date(2022, 6, 30),
    "Q.I/2023": date(2023, 3, 31),
    "tháng 9": date(2022, 9, 30),
    "Tháng 02/2024": date(2024, 2, 29),
    "9/2022": date(2022, 9, 30),
    "6 tháng đầu năm": date(2022, 6, 30),
    "9 tháng": date(2022, 9, 30),
    "Trong năm": date(2022, 12, 31),
    "Cuối năm 2022": date(2022, 12, 31),
    "Hết năm 2023": date(2023, 12, 31),
}
REGULAR = [
    "thường xuyên",
    "Thường xuyên",
    "hàng tháng",
    "Hằng quý",
    "định kỳ",
    "trước ngày 25 hàng tháng",
]
NOTHING = ["", "sớm", "31/02/2022", "Quý I, Quý III", "theo kế hoạch", "45/13/2022"]


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_deadline_is_the_last_day_that_is_named(text: str, day: date) -> None:
    assert deadline(text, 2022) == Deadline(day)


@pytest.mark.parametrize("text", REGULAR)
def test_work_that_goes_on_has_no_last_day(text: str) -> None:
    assert deadline(text, 2022) == Deadline(regular=True)


@pytest.mark.parametrize("text", NOTHING)
def test_what_names_no_day_is_not_guessed(text: str) -> None:
    assert deadline(text, 2022) == Deadline()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(2000, 2099))
def test_a_whole_date_is_that_day_in_whichever_register(day: date, year: int) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat()):
        assert deadline(f"trước {text}", year).day == day


@given(st.text(max_size=40), st.integers(2000, 2099))
def test_any_text_has_a_day_or_none(text: str, year: int) -> None:
    found = deadline(text, year)
    assert not (found.day and found.regular)


def _tasks(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["deadline", "state"], dtype="str")
    return frame.assign(year=2022)


def test_what_is_not_done_by_its_last_day_is_overdue_the_day_after() -> None:
    tasks = _tasks(("30/11/2022", "doing"), ("30/11/2022", "done"), ("thường xuyên", ""),
                   ("sớm", "doing"), ("Quý IV", "overdue"), ("", ""))  # fmt: skip
    on_the_day = with_standing(tasks, date(2022, 11, 30))
    after = with_standing(tasks, date(2022, 12, 1))
    assert list(on_the_day["standing"]) == ["doing", "done", "regular", "doing", "overdue", ""]
    assert list(after["standing"]) == ["overdue", "done", "regular", "doing", "overdue", ""]
    assert list(on_the_day["days"].fillna(999)) == [0, 999, 999, 999, 31, 999]
    assert after["days"].iloc[0] == -1


def test_a_register_without_tasks_has_no_standing() -> None:
    assert with_standing(_tasks(), date(2022, 1, 1)).empty


@given(st.dates(date(2022, 1, 1), date(2022, 12, 31)), st.integers(0, 400))
def test_once_overdue_it_stays_so_until_it_is_done(last: date, later: int) -> None:
    tasks = _tasks((f"{last:%d/%m/%Y}", "waiting"))
    on = last + timedelta(days=later)
    assert with_standing(tasks, on)["standing"].iloc[0] == ("overdue" if later else "waiting")
