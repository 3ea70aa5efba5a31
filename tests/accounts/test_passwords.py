"""Passwords: kept as argon2id, judged by what is easily guessed."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher

from danvan.accounts.passwords import (
    LETTERS,
    WeakPasswordError,
    first_password,
    hashed,
    needs_rehash,
    refuse_weak,
    verified,
    weaknesses,
)
from danvan.wording import Language

NAME, FULL_NAME = "lan.nguyen", "Nguyễn Thị Lan"
GOOD = "sông Tiền mùa nước nổi"


def test_a_hash_is_argon2id_and_does_not_hold_the_password() -> None:
    kept = hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept


def test_the_same_password_is_never_hashed_the_same() -> None:
    assert hashed(GOOD) != hashed(GOOD)


def test_only_the_password_itself_is_verified() -> None:
    kept = hashed(GOOD)
    assert verified(kept, GOOD)
    assert not verified(kept, GOOD + " ")


def test_a_password_is_the_same_however_the_keyboard_composes_it() -> None:
    kept = hashed(unicodedata.normalize("NFC", GOOD))
    assert verified(kept, unicodedata.normalize("NFD", GOOD))


def test_what_is_no_text_is_just_a_wrong_password() -> None:
    assert not verified(hashed(GOOD), "\ud800" * 12)


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_without_a_hash_nothing_is_verified(kept: str | None) -> None:
    assert not verified(kept, GOOD)


def test_a_hash_of_lower_costs_is_made_anew() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD))
    assert not needs_rehash(hashed(GOOD))


@pytest.mark.parametrize(
    ("password", "found"),
    [
        (GOOD, []),
        ("khoai lang tím", []),
        ("trời-mưa-to", []),
        ("ngắn quá", ["short"]),
        ("abc đ", ["short"]),
        ("sông " * 50, ["long"]),
        ("lan.nguyen1", ["own_name"]),
        ("Nguyễn Thị Lan 12", ["own_name"]),
        ("nguyenthilan2026", ["own_name"]),
        ("lan trồng sen hồng", []),
        ("matkhau123", ["common"]),
        ("Mật khẩu 123", ["common"]),
        ("PASSWORD-123", ["common"]),
        ("1234567890", ["common"]),
        ("aaaaaaaaaaaa", ["common"]),
        ("ababababab", ["common"]),
        ("", ["short", "common"]),
    ],
)
def test_what_is_easy_to_guess(password: str, found: list[str]) -> None:
    assert weaknesses(password, NAME, FULL_NAME) == found


def test_every_weakness_is_said_in_both_languages() -> None:
    with pytest.raises(WeakPasswordError) as refused:
        refuse_weak("lanlan", "lan", "Lan")
    assert refused.value.codes == ["short", "own_name", "common"]
    assert "10 ký tự" in refused.value.text()
    assert refused.value.text(Language.EN).count(".") == 3


def test_a_first_password_can_be_read_out_and_is_strong() -> None:
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 and password.count("-") == 3 for password in made)
    assert set("".join(made)) <= {*LETTERS, "-"}
    assert not set(LETTERS) & set("0oO1lI")
    assert not any(weaknesses(password, NAME, FULL_NAME) for password in made)
