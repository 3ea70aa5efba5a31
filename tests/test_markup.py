"""Text from users is never markup."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from danvan.findings import Phrase
from danvan.states import State
from danvan.wording import Words
from ui.markup import BREAK, JOINER, badge, phrases, plain


@pytest.mark.parametrize(
    "text",
    [
        "www.evil.example",
        "a@evil.example",
        "https://evil.example",
        ":streamlit:",
        "*sao*",
        "[a](http://x)",
        ":red[đỏ]",
        "`mã`",
        "<b>",
        "$x$",
        "# tựa",
        "1. mục",
        "~~gạch~~",
    ],
)
def test_special_characters_are_escaped(text: str) -> None:
    escaped = plain(text)
    assert "](" not in escaped
    assert escaped.replace("\\", "").replace(JOINER, "") == text
    assert escaped != text


def test_a_text_stays_in_one_line() -> None:
    assert plain("một\nhai") == "một hai"
    assert plain("98,5\u00a0%") == "98,5\u00a0%"


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x1b[31mb", "a\u202eb", "a\u200fb", "a\u2067b", "a\x85b"]
)
def test_controls_and_turns_of_direction_are_seen_and_do_nothing(text: str) -> None:
    assert plain(text).startswith("a□")


def test_a_long_word_may_break_and_an_endless_text_ends() -> None:
    assert BREAK in plain("x" * 60)
    assert BREAK not in plain("Thành phố Cao Lãnh, tỉnh Đồng Tháp " * 9)
    assert plain("x y " * 9000).endswith("…")
    assert len(plain("x y " * 9000)) < 1100


@pytest.mark.parametrize("text", [":material/home:", "a -> b", "1--2", "a <= b"])
def test_what_streamlit_replaces_is_parted(text: str) -> None:
    assert JOINER in plain(text)


def test_a_phrase_has_the_tone_of_its_state() -> None:
    assert phrases([Phrase("Năm"), Phrase("2 đạt", State.MET)]) == "Năm:green[2 đạt]"


def test_a_badge_has_sign_count_and_word(words: Words) -> None:
    assert badge(State.MISSED, words, 3) == ":red-badge[▼ 3 chưa đạt]"


def test_streamlit_shows_the_text_as_it_is() -> None:
    def page() -> None:
        import streamlit as st  # noqa: PLC0415 - AppTest runs the function alone

        from ui.markup import plain  # noqa: PLC0415

        st.markdown(plain("**đậm** :red[x]"))

    shown = AppTest.from_function(page).run()
    assert shown.markdown[0].value == "\\*\\*đậm\\*\\* \\:red\\[x\\]"
