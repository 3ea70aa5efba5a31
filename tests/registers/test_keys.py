"""Keys: what rows are sorted, counted and filtered by."""

from __future__ import annotations

from datetime import date

from danvan.model import Register
from danvan.registers import bare, matching, searchable, with_keys
from tests.registers.rows import rows

ON = date(2022, 11, 26)


def test_what_a_model_does_not_say_is_none_and_never_guessed() -> None:
    said = {"field": "Văn hóa", "kind": "cá nhân", "renewal": "Nhân rộng", "state": "recognised"}
    keyed = with_keys(rows(Register.MODEL, {"submission": 2} | said, {}), Register.MODEL, ON)
    keys = keyed[["of_field", "of_kind", "of_renewal", "of_state"]].to_numpy().tolist()
    assert keys == [["culture", "individual", "replicated", "recognised"], ["none"] * 4]


def test_whose_a_model_is_may_be_its_whole_note_but_no_word_of_it() -> None:
    told = rows(Register.MODEL, {"note": "Tập thể"}, {"note": "Giúp cá nhân khó khăn"})
    keyed = with_keys(told, Register.MODEL, ON).sort_values("entry")
    assert list(keyed["of_kind"]) == ["collective", "none"]


def test_tasks_stand_with_the_most_urgent_first() -> None:
    told = rows(
        Register.TASK,
        {"state": "done", "deadline": "01/03/2022"},
        {"state": "doing", "deadline": "Quý IV/2022"},
        {"state": "doing", "deadline": "27/10/2022"},
        {"state": "regular", "deadline": "thường xuyên"},
        {"state": "doing", "deadline": "sau hội nghị"},
        {"state": "waiting", "deadline": "12/10/2022"},
    )
    keyed = with_keys(told, Register.TASK, ON)
    assert list(keyed["entry"]) == [6, 3, 2, 5, 4, 1]
    assert list(keyed["days"].fillna(0)) == [-45, -30, 35, 0, 0, 0]


def test_a_deadline_that_cannot_be_read_is_said_so_and_regular_work_is_not() -> None:
    told = rows(
        Register.TASK,
        {"state": "doing", "deadline": "sau hội nghị"},
        {"state": "doing"},
        {"deadline": "hằng tháng"},
        {"state": "done", "deadline": "không rõ"},
    )
    keyed = with_keys(told, Register.TASK, ON).sort_values("entry")
    assert list(keyed["unread"]) == [True, True, False, False]


def test_one_decision_written_in_two_ways_is_one() -> None:
    told = rows(
        Register.AWARD,
        {"decision": "Số: 12/QĐ-UBND", "form": "Giấy khen", "level": "Chủ tịch UBND tỉnh"},
        {"decision": "12/QĐ-UBND", "form": "giấy  khen", "kind": "collective"},
    )
    keyed = with_keys(told, Register.AWARD, ON).sort_values("entry")
    assert list(keyed["of_decision"]) == ["Số: 12/QĐ-UBND"] * 2
    assert list(keyed["of_form"]) == ["Giấy khen"] * 2
    assert list(keyed["of_level"]) == ["province", "none"]


def test_a_search_finds_words_without_accents_wherever_the_tone_mark_stands() -> None:
    told = rows(
        Register.MODEL,
        {"name": "Tổ Hoà giải"},
        {"name": "Tổ hòa giải\nsố 2"},
        {"name": "Đường hoa", "unit": "W2", "decision": "12/QĐ-UBND"},
    )
    texts = searchable(told, {"W1": "Phường Một", "W2": "Phường Hai"})
    for asked in ("hoa giai", "Hòa giải", "HOÀ  GIẢI", "hòa giải mot"):
        assert list(matching(texts, asked)) == [True, True, False], asked
    assert list(matching(texts, "duong đường")) == [False, False, True]
    assert list(matching(texts, "12/QĐ")) == [False, False, True]
    assert list(matching(texts, "phuong")) == [True] * 3
    assert all(matching(texts, " - "))


def test_what_is_searched_has_every_word_that_each_row_says() -> None:
    names = ["Nhà_văn.hoá (số 3)", "ĐẶNG Thị ẢNH", "a\tb\nc", "", "“Dân vận khéo” – 2022"]
    told = rows(Register.MODEL, *({"name": name} for name in names))
    for name, text in zip(names, searchable(told, {}), strict=True):
        assert all(word in text for word in bare(name).split())
