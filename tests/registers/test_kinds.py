"""Fields of models, levels of awards, searching and repeats: words as offices write them."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.registers import bare, field_of, level_of, matching, repeated, searchable

FIELDS = {
    "Kinh tế": "economy", "kinh tế": "economy", "Phát triển kinh tế": "economy",
    "Văn hóa - xã hội": "culture", "Văn hoá – Xã hội": "culture", "VHXH": "",
    "Quốc phòng - an ninh": "defence", "An ninh trật tự": "defence",
    "Xây dựng hệ thống chính trị": "system", "Xây dựng Đảng, chính quyền": "system", "": "",
}  # fmt: skip
LEVELS = {
    "Chủ tịch UBND tỉnh": "province", "Tỉnh ủy": "province", "UBND thành phố": "city",
    "Thành ủy": "city", "Ban Thường vụ Thành ủy": "city", "Chủ tịch UBND phường 1": "commune",
    "Đảng ủy xã Tân Thuận Tây": "commune", "Thủ tướng Chính phủ": "central", "huyện": "city",
    "Trung ương Hội Nông dân": "central", "Sở Lao động - Thương binh và Xã hội": "",
    "Sở Lao động - Thương binh và Xã hội tỉnh": "province", "": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "key"), FIELDS.items())
def test_the_field_of_a_model_is_told_from_its_words(text: str, key: str) -> None:
    assert field_of(text) == key


@pytest.mark.parametrize(("text", "key"), LEVELS.items())
def test_the_level_of_an_award_is_told_from_its_words(text: str, key: str) -> None:
    assert level_of(text) == key


ROWS = pd.DataFrame(
    [
        {"entry": 1, "unit": "W1", "year": 2021, "name": "Tuyến đường hoa Hòa Thuận", "holder": "Hội Phụ nữ"},
        {"entry": 2, "unit": "W1", "year": 2022, "name": "Camera an ninh khóm 1", "holder": "Công an"},
        {"entry": 3, "unit": "W2", "year": 2022, "name": "Tuyến đường hoa", "holder": "Ðoàn Thanh niên"},
    ]
)  # fmt: skip
UNITS = {"W1": "Phường 1", "W2": "Phường Mỹ Phú"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [1, 2, 3]), ("tuyen duong", [1, 3]), ("Tuyến Đường HOA", [1, 3]), ("hoà thuận", [1]),
        ("hoa thuan", [1]), ("doan thanh nien", [3]), ("my phu", [3]), ("hoa công an", []),
        ("khóm 1", [2]), ("!!!", [1, 2, 3]), ("không có", []),
    ],
)  # fmt: skip
def test_a_search_needs_no_accents_and_finds_rows_with_every_word(
    asked: str, found: list[int]
) -> None:
    rows = ROWS[matching(searchable(ROWS, UNITS), asked)]
    assert list(rows["entry"]) == found


def test_a_search_in_an_empty_register_finds_nothing() -> None:
    none = ROWS.head(0)
    assert none[matching(searchable(none, UNITS), "hoa")].empty


@given(st.text(alphabet="hoàáạảãđĐÐ ưỡợâấ tuyến-/12", max_size=30))
def test_a_text_is_found_however_its_letters_are_put_together(text: str) -> None:
    assert bare(unicodedata.normalize("NFD", text)) == bare(unicodedata.normalize("NFC", text))
    assert bare(bare(text)) == bare(text)


def _again(unit: str, name: str, but: int | None = None) -> list[tuple[int, bool]]:
    found = repeated(ROWS, unit, name, but)
    return list(zip(found["entry"], found["same"], strict=True))


def test_a_model_is_known_again_by_its_name_however_it_is_spelled() -> None:
    assert _again("W1", "tuyến đường hoa hoà thuận") == [(1, True)]
    assert _again("W1", "Mô hình Tuyến đường hoa Hòa Thuận") == [(1, False)]
    assert _again("W2", "Tuyến đường hoa.") == [(3, True)]


def test_other_units_other_hamlets_and_the_row_itself_are_no_repeats() -> None:
    assert _again("W2", "Camera an ninh khóm 1") == []
    assert _again("W1", "Camera an ninh khóm 2") == []
    assert _again("W1", "Camera an ninh khóm 01") == [(2, False)]
    assert _again("W1", "Tuyến đường hoa Hòa Thuận", but=1) == []
    assert _again("W3", "Tuyến đường hoa") == []


def test_the_newest_year_comes_first() -> None:
    older = ROWS.assign(year=[2021, 2022, 2022], unit="W1", name="Bếp ăn tình thương")
    assert list(repeated(older, "W1", "Bếp ăn tình thương")["entry"]) == [3, 2, 1]


def test_nothing_repeats_in_an_empty_register() -> None:
    assert repeated(ROWS.head(0), "W1", "Tuyến đường hoa").empty
