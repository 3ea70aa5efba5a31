"""Numbers of decisions, as State and Party offices write them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.registers import Decision, decision

STATE, PARTY = Decision("123", "QĐ", "UBND"), Decision("36", "QĐ", "TU")
STYLES = {
    "123/QĐ-UBND": STATE,
    "Số: 123/QĐ-UBND": STATE,
    "số 123/QĐ-UBND": STATE,
    "Số:123/QĐ-UBND": STATE,
    "QĐ số 123/QĐ-UBND": STATE,
    "QĐ 123/QĐ-UBND": STATE,
    "Quyết định số 123/QĐ-UBND": STATE,
    "Quyết định số: 123/QĐ-UBND ngày 05/7/2022": STATE,
    "Quyết định 123/QĐ-UBND ngày 05 tháng 7 năm 2022 của Chủ tịch UBND thành phố": STATE,
    "Theo Quyết định số 123/QĐ-UBND của UBND Thành phố": STATE,
    "123/QĐ-UBND (27/12/2022)": STATE,
    "123/QĐ-UBND, 27/12/2022": STATE,
    "0123/QĐ-UBND": STATE,
    "123 / QĐ - UBND": STATE,
    "123/QĐ–UBND": STATE,
    "123/QÐ-UBND": STATE,
    "123/QD-UBND": STATE,
    "123/qđ-ubnd": STATE,
    "123/QĐ-UBND.": STATE,
    "123/QĐ-UBND-HC": Decision("123", "QĐ", "UBND-HC"),
    "123/QĐ-UBND.HC": Decision("123", "QĐ", "UBND-HC"),
    "123/QĐ-UBND-TL": Decision("123", "QĐ", "UBND-TL"),
    "12a/QĐ-UBND": Decision("12A", "QĐ", "UBND"),
    "12/2022/NQ-HĐND": Decision("12", "NQ", "HĐND", "2022"),
    "Nghị quyết số 12/NQ-HĐND": Decision("12", "NQ", "HĐND"),
    "30/2020/NĐ-CP": Decision("30", "NĐ", "CP", "2020"),
    "Thông tư 07/2021/TT-BNV": Decision("7", "TT", "BNV", "2021"),
    "636/QĐ-UBND": Decision("636", "QĐ", "UBND"),
    "36-QĐ/TU": PARTY,
    "Số 36-QĐ/TU": PARTY,
    "số 36 - QĐ/TU": PARTY,
    "36–QĐ/TU": PARTY,
    "36 QĐ/TU": PARTY,
    "36-QĐ/TU ký ngày 01/6/2022": PARTY,
    "23-QĐ/TW": Decision("23", "QĐ", "TW"),
    "Số 36-HD/VPTW": Decision("36", "HD", "VPTW"),
    "15-KH/BDV": Decision("15", "KH", "BDV"),
    "06-KH/BCĐ": Decision("6", "KH", "BCĐ"),
    "18-KH/BDVTU": Decision("18", "KH", "BDVTU"),
    "07-QĐ/ĐU": Decision("7", "QĐ", "ĐU"),
    "45/QĐ": Decision("45", "QĐ"),
    "102/QĐ-LĐLĐ": Decision("102", "QĐ", "LĐLĐ"),
    "89/QĐ-MTTQ-BTT": Decision("89", "QĐ", "MTTQ-BTT"),
}
UNREADABLE = [
    "",
    "không số",
    "27/12/2022",
    "12 tháng",
    "123",
    "QĐ-UBND",
    "Đang trình",
    "12 mô hình",
]


@pytest.mark.parametrize(("text", "parts"), STYLES.items())
def test_a_number_is_read_as_offices_write_it(text: str, parts: Decision) -> None:
    assert decision(text) == parts


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_number_of_a_decision_is_none(text: str) -> None:
    assert decision(text) is None


numbers = st.integers(1, 99_999)
kinds = st.sampled_from(["QĐ", "NQ", "KH", "HD", "BC", "TB"])
issuers = st.sampled_from(["UBND", "TU", "HĐND", "BDVTU", "UBND-HC", "ĐU", "BCĐ"])
spaces = st.sampled_from(["", " "])


@given(numbers, kinds, issuers, st.booleans(), st.data())
def test_two_writings_of_one_decision_are_the_same(
    number: int, kind: str, issuer: str, party: bool, data: st.DataObject
) -> None:
    first, second = ("-", "/") if party else ("/", "-")

    def written() -> str:
        digits = str(number).zfill(data.draw(st.integers(1, 5)))
        gap, before = data.draw(spaces), data.draw(st.sampled_from(["", "Số: ", "số ", "QĐ số "]))
        behind = data.draw(st.sampled_from(["", " ngày 27/12/2022", ", 05/7/2022", "."]))
        dash = data.draw(st.sampled_from("-–"))
        text = f"{digits}{gap}{first}{gap}{kind}{second}{issuer}".replace("-", dash)
        form = data.draw(st.sampled_from(["NFC", "NFD"]))
        return unicodedata.normalize(form, f"{before}{text}{behind}")

    assert decision(written()) == decision(written()) == Decision(str(number), kind, issuer)


@given(st.text(max_size=60))
def test_any_text_is_a_decision_or_none(text: str) -> None:
    found = decision(text)
    assert found is None or (found.number and found.kind)
