"""Spelling: the same words, however an office typed them, become the same text.

Unicode forms, Đ and Ð, the place of the tone mark (hoà, hòa), i and y (tỉ, tỷ), case, spaces and
punctuation make no difference. `meaning` also expands the offices' abbreviations and leaves out
the words that carry none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = re.compile(r"[^\W\d_]+", re.UNICODE)
TOKEN = re.compile(r"%|\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)
FINAL_Y = re.compile(r"\b([bcdđghklmnpqrstvx]+u?)y(?=[\u0300\u0301\u0303\u0309\u0323]?\b)")
ITEM = re.compile(
    r"^\s*(?:[-–—+•*.…]+\s*|\(?\d{1,2}(?:\.\d{1,2})*[.)]+\s*|\(?[a-zđA-ZĐ][.)]\s+|[IVXL]+[.)/]\s*|[IVX]+\s*[-–]\s+)+"
)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
MANY = 50_000  # texts whose spelling is kept

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
         "x": 10, "xi": 11, "xii": 12}  # fmt: skip
STROKES = (
    ("ch/tiêu", "chỉ tiêu"),
    ("q/chúng", "quần chúng"),
    ("đ/vị", "đơn vị"),
    ("t/hiện", "thực hiện"),
)
"""Words shortened by a stroke."""
ABBREVIATIONS = {
    "dvk": "dân vận khéo",
    "qcdc": "quy chế dân chủ",
    "qcdccs": "quy chế dân chủ ở cơ sở",
    "dccs": "dân chủ ở cơ sở",
    "cchc": "cải cách hành chính",
    "tthc": "thủ tục hành chính",
    "hg": "hòa giải",
    "hgcs": "hòa giải ở cơ sở",
    "hgv": "hòa giải viên",
    "ttnd": "thanh tra nhân dân",
    "gsđtcđ": "giám sát đầu tư của cộng đồng",
    "gsdtcd": "giám sát đầu tư của cộng đồng",
    "gsđt": "giám sát đầu tư",
    "ndtq": "nhân dân tự quản",
    "mttq": "mặt trận",
    "ubmttq": "mặt trận",
    "mttqvn": "mặt trận",
    "ubmttqvn": "mặt trận",
    "đvhv": "đoàn viên hội viên",
    "đv": "đoàn viên",
    "hv": "hội viên",
    "ntm": "nông thôn mới",
    "nlđ": "người lao động",
    "cbcc": "cán bộ công chức",
    "cbccvc": "cán bộ công chức viên chức",
    "ccvc": "công chức viên chức",
    "nvqs": "nghĩa vụ quân sự",
    "cand": "công an nhân dân",
    "tcand": "tham gia công an nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ubnd": "ủy ban nhân dân",
    "tccd": "tiếp công dân",
    "knqđ": "khiếu nại quyết định",
    "kntc": "khiếu nại tố cáo",
    "kn": "khiếu nại",
    "tc": "tố cáo",
    "đttx": "đối thoại thường xuyên",
    "dn": "doanh nghiệp",
    "cq": "cơ quan",
    "đvị": "đơn vị",
    "hn": "hội nghị",
    "mh": "mô hình",
    "nq": "nghị quyết",
    "tlđtt": "thỏa ước lao động tập thể",
    "tưlđtt": "thỏa ước lao động tập thể",
    "lđtt": "lao động tập thể",
    "hưqư": "hương ước quy ước",
    "pbxh": "phản biện xã hội",
    "txct": "tiếp xúc cử tri",
    "qđ": "quân đội",
    "ctr": "công trình",
    "gs": "giám sát",
    "tq": "tự quản",
}
SHORT = {"hg", "đv", "hv", "kn", "tc", "dn", "cq", "hn", "mh", "nq", "gs", "tq", "qđ"}
"""Read as abbreviations only in capitals."""

PHRASES = (
    ("mặt trận tổ quốc việt nam", "mặt trận"),
    ("ủy ban mặt trận tổ quốc", "mặt trận"),
    ("ủy ban mặt trận", "mặt trận"),
    ("mặt trận tổ quốc", "mặt trận"),
    ("chính trị xã hội", "chính trị-xã hội"),
)
FILLERS = frozenset(
    (
        "số tổng lượng tỷ lệ lượt % các những của và được trong năm đã với về theo trên địa "
        "bàn ở tại do cho để là thì mà có chung toàn việc từ bị"
    ).split()
)


@lru_cache(maxsize=MANY)
def spelled(text: str) -> str:
    """The text in one spelling: lower case, tone marks last in the word, one space between words."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return [_toned_last(token) for token in TOKEN.findall(_plain(text))]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).lower()
    for short, whole in STROKES if "/" in folded else ():
        folded = folded.replace(short, whole)
    return folded.translate(
        {0xF0: "đ", 0x256: "đ", 0xA0: " ", 0xAD: None, 0x200B: None, 0xFEFF: None}
    )


@lru_cache(maxsize=MANY)
def _toned_last(word: str) -> str:
    """hòa and hoà are one word: letters first, the tone after them."""
    if word.isascii() and not word.endswith("y"):
        return word
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(mark for mark in letters if mark in TONES)
    base = "".join(mark for mark in letters if mark not in TONES)
    return FINAL_Y.sub(r"\1i", unicodedata.normalize("NFC", base) + tone)


def without_item(text: str) -> str:
    """The text without the number or dash of a list before it: "1.2. Tổ hòa giải"."""
    return ITEM.sub("", text).strip()


def without_brackets(text: str) -> str:
    """The text without what stands in brackets: "Tổ hòa giải (tổ)"."""
    return BRACKETS.sub(" ", text).strip()


def _spelled_once(texts: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(f" {spelled(old)} ", f" {spelled(new)} ") for old, new in texts]


SPELLED_PHRASES = _spelled_once(PHRASES)
SPELLED_FILLERS = frozenset(spelled(word) for word in FILLERS)
EXPANDED = {spelled(short): spelled(long) for short, long in ABBREVIATIONS.items()}
CAPITALS = frozenset(spelled(short) for short in SHORT)


@lru_cache(maxsize=MANY)
def expanded(text: str) -> str:
    """The spelled text with the offices' abbreviations written out."""
    words = []
    for token in TOKEN.findall(unicodedata.normalize("NFC", text)):
        word = _toned_last(_plain(token))
        shortened = word in EXPANDED and (word not in CAPITALS or token.isupper())
        words.append(EXPANDED[word] if shortened else word)
    whole = f" {' '.join(words)} "
    for old, new in SPELLED_PHRASES:
        whole = whole.replace(old, new)
    return whole.strip()


@lru_cache(maxsize=MANY)
def meaning(text: str) -> frozenset[str]:
    """The words that carry the meaning of a name, in no order."""
    return frozenset(word for word in expanded(text).split() if word not in SPELLED_FILLERS)
