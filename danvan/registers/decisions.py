"""Decisions: their numbers in every way offices write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PAPER = (
    "quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|hướng dẫn|công văn|thông báo|"
    "báo cáo|tờ trình|quy định|qđ|qd|nq|nđ|tt|ct|kh|hd|cv|tb|bc|ttr"
)
NUMBER = re.compile(
    rf"^(?:theo\s+)?(?:(?:{PAPER})\b\s*)?(?:số\b\s*[:.]?\s*|[:.]\s*)?"
    r"(?P<number>\d{1,5}(?:[a-zđ](?=\s*[/-]))?)\s*"
    r"(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?"
    r"(?P<stroke>[/-]?)\s*(?P<kind>[a-zđ]{1,4})\s*"
    r"(?:[/-]\s*(?P<issuer>[a-zđ][\w&.\s]*(?:[-/][\w&.\s]+)*))?$"
)
"""123/QĐ-UBND (State), 36-QĐ/TU (Party), 12/2022/NQ-HĐND, Số: 45/QĐ-UBND-HC."""
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
BEHIND = re.compile(
    r"[\s,;(]*\b(?:ngày|ký|của|về việc|v/v)\b.*$|[\s,;(]+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$"
)
"""The day, the issuer's name and the subject, which many offices write behind the number."""
UNMARKED = {"QD": "QĐ", "ND": "NĐ", "HDND": "HĐND", "BCD": "BCĐ", "DU": "ĐU"}
"""What is written without its stroke, where it can be nothing else."""
KNOWN = {"QĐ", "NQ", "NĐ", "TT", "CT", "KH", "HD", "CV", "TB", "BC", "TTR", "CTR"}
"""Kinds that are one without a stroke before them as well: "36 QĐ/TU"."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The parts of a number, in capitals: two writings of one decision have the same parts."""

    number: str
    kind: str
    issuer: str = ""
    year: str = ""


def decision(text: str) -> Decision | None:
    """The parts of a decision's number; None where it is written in no known way."""
    plain = unicodedata.normalize("NFC", text).lower().replace("ð", "đ").translate(DASHES)
    found = NUMBER.match(BEHIND.sub("", " ".join(plain.split())).rstrip(" .,;:)"))
    if not found:
        return None
    kind = _marked(found["kind"])
    if not found["stroke"] and kind not in KNOWN:
        return None
    digits = found["number"].lstrip("0") or "0"
    # "UBND-HC", "UBND.HC" and "UBND HC" are one office
    parts = [_marked(part) for part in re.split(r"[\s./-]+", found["issuer"] or "") if part]
    return Decision(digits.upper(), kind, "-".join(parts), found["year"] or "")


def _marked(text: str) -> str:
    return UNMARKED.get(text.upper(), text.upper())
