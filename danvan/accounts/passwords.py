"""Passwords: hashed, verified, judged, made up. Plain ones are never kept or logged."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from danvan.errors import DanvanError
from danvan.wording import Language, Words

SHORTEST = 10
LONGEST = 200  # characters; a longer one is a mistake or an attack
LEFT = 6  # letters and digits beside the person's own name, which everybody knows
DIFFERENT = 4  # "1111111111" and "abababab12" are on every list of guesses
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # no 0 and o, 1 and l: it is read out and typed
GROUPS, GROUP = 4, 4  # 80 bits
COMMON = frozenset(
    """0123456789 1234567890 12345678910 123456789a 123456789abc 1234567891 0987654321 9876543210
    1122334455 1212121212 1020304050 1357924680 1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5 qwertyuiop
    qwertyuiop123 qwerty12345 qwerty123456 asdfghjkl123 zxcvbnm123 abcd123456 abc123456789
    abcdefghij abcdef123456 a123456789 aa123456789 password12 password123 password1234
    password12345 passw0rd123 mypassword iloveyou123 administrator admin12345 admin123456
    adminadmin welcome123 welcome1234 changeme123 letmein123 matkhau123 matkhau1234 matkhau12345
    matkhaumoi matkhau2022 matkhau2025 matkhau2026 anhyeuem123 anhyeuem520 emyeuanh123 vietnam123
    vietnam2022 vietnam2025 vietnam2026 caolanh123 caolanh2025 caolanh2026 dongthap123
    dongthap66 dongthap2025 dongthap2026 danvan1234 danvan2022 danvan2025 danvan2026 dangcongsan
    hochiminh1 hochiminh1890 1234567890a 123123123123 123456123456""".split()
)
"""Of those that everybody tries first, the ones long enough to be chosen here."""


class WeakPasswordError(DanvanError):
    """A password that is too easy to guess; `codes` says why, each a sentence "weakness.…"."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__("weak_password")
        self.codes = codes

    def text(self, language: Language = Language.VI) -> str:
        """Every reason, one sentence after the other."""
        words = Words(language)
        return " ".join(
            words(f"weakness.{code}", least=SHORTEST, most=LONGEST) for code in self.codes
        )


def hashed(password: str) -> str:
    """The argon2id hash, with its salt and costs in it."""
    return _hasher().hash(_plain(password))


def verified(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one; without a hash the answer is no, after the same work."""
    try:
        return _hasher().verify(password_hash or _nobody(), _plain(password)) and bool(
            password_hash
        )
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Whether it was made with other costs than are usual now."""
    return _hasher().check_needs_rehash(password_hash)


def weaknesses(password: str, name: str, full_name: str) -> list[str]:
    """Why the password is easy to guess: short, long, own_name, common; empty where it is not."""
    bare = _bare(password)
    found = {
        "short": len(_plain(password)) < SHORTEST,
        "long": len(password) > LONGEST,
        "own_name": len(_without(bare, name, full_name)) < min(LEFT, len(bare)),
        "common": bare in COMMON or len(set(bare)) < DIFFERENT,
    }
    return [code for code, holds in found.items() if holds]


def refuse_weak(password: str, name: str, full_name: str) -> None:
    """Raise WeakPasswordError where there is a weakness."""
    found = weaknesses(password, name, full_name)
    if found:
        raise WeakPasswordError(found)


def first_password() -> str:
    """A random one that can be read out on the telephone: abcd-efgh-jkmn-2345."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # argon2-cffi keeps its costs at RFC 9106's recommendation


@cache
def _nobody() -> str:
    """What a password is compared with where there is no account."""
    return _hasher().hash(secrets.token_hex(16))


def _plain(password: str) -> str:
    """One spelling for what looks the same: keyboards write ệ in different ways."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _bare(text: str) -> str:
    """Small letters and digits only, without marks: Mật khẩu-123 is matkhau123."""
    letters = unicodedata.normalize("NFKD", text).lower().replace("đ", "d")
    return "".join(letter for letter in letters if letter.isalnum())


def _without(bare: str, name: str, full_name: str) -> str:
    """What is left of it without the person's names, the longest taken out first."""
    words = re.split(r"[\s.@_-]+", f"{name} {full_name}")
    known = {_bare(part) for part in (name, full_name, *words)}
    for part in sorted(known, key=len, reverse=True):
        bare = bare.replace(part, "") if len(part) > 1 else bare
    return bare
