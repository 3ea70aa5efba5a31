"""Letters: what a unit is told, before its day and after it, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from danvan.model import Reminder
from danvan.rounds.letters import Letter, letter, letters, reminded
from danvan.rounds.owing import round_of
from danvan.wording import Words
from tests.making import YEAR
from tests.rounds.house import DUE, WORDS, House

BEFORE, AFTER = date(YEAR, 4, 7), date(YEAR, 4, 20)


def _letter(
    house: House, on: date, unit: str = "W1", words: Words = WORDS, before: int = 0
) -> Letter:
    one = round_of(house.store.years(), YEAR, house.store.years()[YEAR].rounds[0].period)
    return letter(one, house.owed(on)[unit], house.store.catalogue(), words, on, before)


def test_before_the_day_it_says_how_long_and_what_is_missing(house: House) -> None:
    house.open()
    house.report("W1", ["SUM"])
    told = _letter(house, BEFORE)
    assert told.subject == "Nhắc báo cáo quý I năm 2022 – UBND Phường 1"
    lines = told.body.splitlines()
    assert lines[0] == "Kính gửi: UBND Phường 1"
    assert lines[2].startswith("Báo cáo quý I năm 2022 ")
    assert lines[2].endswith("đến hạn ngày 10/04/2022 (còn 3 ngày).")
    assert lines[4:6] == ["Đơn vị còn thiếu 1/2 chỉ tiêu:", "1. Chỉ tiêu LATEST (mô hình)"]
    assert lines[-2:] == ["Trân trọng.", "Thành phố"]


@pytest.mark.parametrize(
    ("on", "said"), [(DUE, "đến hạn hôm nay, ngày 10/04/2022"), (AFTER, "đã quá hạn 10 ngày")]
)
def test_the_words_fit_the_day(house: House, on: date, said: str) -> None:
    house.open()
    assert said in _letter(house, on).body


def test_what_was_sent_back_comes_with_its_comment_and_what_waits_is_not_asked_again(
    house: House,
) -> None:
    house.open()
    number = house.report("W1", ["SUM"], outcome="submitted")
    house.store.decide(number, "returned", "hoa", "Xem lại\nsố này")
    house.report("W1", ["LATEST"], outcome="submitted")
    body = _letter(house, AFTER).body
    assert "- Chỉ tiêu SUM (mô hình): “Xem lại số này”" in body
    assert "1 chỉ tiêu đã nộp đang chờ duyệt, không cần nộp lại." in body
    assert "còn thiếu" not in body


def test_a_later_reminder_says_which_one_it_is(house: House) -> None:
    house.open()
    told = _letter(house, AFTER, before=1)
    assert told.count == 2
    assert "lần 2" in told.subject
    assert "Đây là lần nhắc thứ 2." in told.body


def test_it_is_complete_in_english_too(house: House) -> None:
    house.open()
    told = _letter(house, BEFORE, words=Words("en"))
    assert told.subject == "Reminder: report for quarter 1 of 2022 – People's Committee of Ward 1"
    assert "is due on 10/04/2022 (3 days left)" in told.body
    assert "1. Indicator SUM (models)" in told.body
    assert "chỉ tiêu" not in told.body.lower()


def test_only_those_that_have_to_hand_something_in_are_written_to(house: House) -> None:
    house.open()
    house.report("W1")
    house.report("W2", outcome="submitted")
    one = house.store.years()[YEAR].rounds[0]
    told = tuple(house.owed(AFTER).values())
    found = letters(one, told, house.store.catalogue(), WORDS, AFTER, {}, {"W3": "https://x.vn"})
    assert [one.unit for one in found] == ["W3"]
    assert "Trang của đơn vị: https://x.vn" in found[0].body


def test_reminders_are_those_of_the_round(house: House) -> None:
    one = house.open()
    house.office.remind(
        [Reminder(YEAR, one.period, "W1", "a@x.vn"), Reminder(YEAR, one.period, "W1")]
    )
    found = reminded(house.store.reminders(YEAR), one)
    assert [row["address"] for row in found["W1"]] == ["a@x.vn", ""]
