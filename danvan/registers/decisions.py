"""Decisions: their numbers in every way offices write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NUMBER = re.compile(
    r"^(?:(?:quyết\s*định|nghị\s*quyết|qđ|nq)\s*)?(?:số\s*[:.]?\s*)?"
    r"(?P<number>\d{1,5}[a-zđ]?)\s*"
    r"(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?"
    r"[/-]\s*(?P<kind>[a-zđ]{1,4})\s*"
    r"(?:[-–/]\s*(?P<issuer>[a-zđ][\w&.\s-]*(?:[-/][\w]+)*))?$"
)
"""123/QĐ-UBND (State), 36-QĐ/TU (Party), 12/2022/NQ-HĐND, Số: 45/QĐ-UBND-HC."""

DATED = re.compile(r"[\s,;(]*ngày\b.*$")  # many offices write the date behind the number


@dataclass(frozen=True, slots=True)
class Decision:
    """The parts of a number, in capitals: two writings of one decision have the same parts."""

    number: str
    kind: str
    issuer: str = ""
    year: str = ""


def decision(text: str) -> Decision | None:
    """The parts of a decision's number; None where it is written in no known way."""
    plain = " ".join(unicodedata.normalize("NFC", text).lower().replace("ð", "đ").split())
    found = NUMBER.match(DATED.sub("", plain))
    if not found:
        return None
    number = found["number"].lstrip("0") or "0"
    issuer = re.sub(r"[\s.]", "", found["issuer"] or "").upper()
    return Decision(number.upper(), found["kind"].upper(), issuer, found["year"] or "")
