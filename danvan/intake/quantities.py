"""Quantities: what a cell says as a number, decided from all cells of its column. No character is ever dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from danvan.completion.frame import LARGEST
from danvan.intake.book import Value
from danvan.intake.spelling import spelled
from danvan.wording import PLACES


class Silence(StrEnum):
    """What a cell says without a number."""

    MISSING = "missing"  # not reported
    EXEMPT = "exempt"  # does not apply
    NONE = "none"  # none at all: 0 of a count


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was written: `percent` with a % sign, `scale` for nghìn, triệu, tỷ.

    `whole` is what follows the stroke of "5/7". `aside` is what stood in brackets behind it.
    """

    value: Decimal
    whole: Decimal | None = None
    percent: bool = False
    approximate: bool = False
    scale: Decimal | None = None
    measure: str = ""
    aside: str = ""
    exact: bool = True  # False: a number of the spreadsheet, with its noise


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that is no number, or may be two; `choices` are the texts it could be read as."""

    code: str
    choices: tuple[str, ...] = ()


class Style(StrEnum):
    """Which sign a column uses for decimals."""

    COMMA = ","
    POINT = "."
    UNKNOWN = "?"
    MIXED = "!"


MISSING = {
    spelled(text)
    for text in (
        "đang cập nhật", "chưa có", "chưa có số liệu", "chưa báo cáo", "chưa thống kê", "n/a",
        "chưa cập nhật", "đang thống kê", "chưa tổng hợp", "đang tổng hợp", "đang rà soát", "na",
        "chưa thực hiện báo cáo", "đang thu thập", "không có số liệu", "chưa rõ",
    )
}  # fmt: skip
EXEMPT = {
    spelled(text)
    for text in ("không áp dụng", "không thuộc diện", "không thuộc đối tượng", "kad", "k áp dụng",
                 "không thực hiện chỉ tiêu này", "không có đối tượng", "không giao chỉ tiêu này")
}  # fmt: skip
NONE = {
    spelled(text)
    for text in ("không", "không có", "không phát sinh", "không xảy ra", "chưa phát sinh",
                 "không để xảy ra", "không có phát sinh", "ko", "không có vụ nào")
}  # fmt: skip
BLANKS = re.compile(r"[\s\-–—.…_·*/\\]*")
APPROXIMATE = re.compile(
    r"^(?:trên|hơn|gần|khoảng|ước(?: đạt| khoảng)?|xấp xỉ|chừng|độ|~|≈|>|<)\s*", re.IGNORECASE
)
AIMED = re.compile(
    r"^(?:(?:phấn đấu|đạt|từ|ít nhất|tối thiểu|không dưới|ít nhất là|tối đa|không quá|không vượt quá|"
    r"dưới|trên|giữ vững|duy trì|giảm còn|còn|≥|≤|>=|<=|>|<|là|bằng|đạt tỷ lệ|có)\s*)+",
    re.IGNORECASE,
)
AIMED_TAIL = re.compile(r"\s*(?:trở lên|trở xuống|trở đi|/năm|một năm|năm)\s*$", re.IGNORECASE)
NUMBER = r"[-−–]?\d+(?:[.,\s\u00a0]\d+)*"
WHOLE = re.compile(
    rf"^(?P<number>{NUMBER})\s*(?:/\s*(?P<whole>{NUMBER}))?\s*(?P<percent>%)?\s*"
    r"(?P<tail>[^\d(%/]*?)\s*(?P<aside>\([^()]*\))?\s*$"
)
REACHED = re.compile(
    rf"\s*[,;]\s*(?:đạt|bằng)\s*(?P<share>{NUMBER}\s*%)(?:\s*(?:kế hoạch|kh|chỉ tiêu))?$",
    re.IGNORECASE,
)
SHARE_THEN_PAIR = re.compile(rf"^(?P<share>{NUMBER})\s*%\s*\((?P<pair>{NUMBER}\s*/\s*{NUMBER})\)$")
SCALES: dict[str, Decimal] = {
    spelled(text): Decimal(scale)
    for text, scale in (
        ("đồng", 1), ("đ", 1), ("vnđ", 1), ("vnd", 1),
        ("nghìn", 1000), ("1.000", 1000), ("1000", 1000), ("ngàn", 1000), ("nghìn đồng", 1000), ("ngàn đồng", 1000), ("1000đ", 1000),
        ("1000 đồng", 1000), ("1.000 đồng", 1000), ("1.000đ", 1000), ("1.000 đ", 1000), ("ngàn đ", 1000), ("nghìn đ", 1000), ("ngđ", 1000), ("triệu", 10**6), ("triệu đồng", 10**6), ("trđ", 10**6),
        ("tr đồng", 10**6), ("tr", 10**6), ("tr.đ", 10**6), ("triệu đ", 10**6), ("tr.đồng", 10**6), ("trđồng", 10**6), ("tỷ", 10**9), ("tỷ đồng", 10**9),
    )
}  # fmt: skip
MONEY = {
    text
    for text in SCALES
    if text not in map(spelled, ("nghìn", "ngàn", "triệu", "tỷ", "1.000", "1000"))
}
STRANGE = re.compile(r"[=+:;<>*#@]")
NOISE = Decimal("1e-9")  # what a spreadsheet's arithmetic adds to a number, as a share of it
LINES = re.compile(r"\d[^\S\n\r]*[\n\r]\s*\d")
YEARS, MONTHS = range(1990, 2101), range(1, 13)  # 12/2022 is a month
GROUPED = re.compile(r"\d{1,3}(?:[.,\s\u00a0]\d{3})+")


def style_of(texts: Iterable[str]) -> Style:
    """The decimal sign that the unmistakable numbers of a column show."""
    signs = {
        sign for text in texts for number in re.findall(NUMBER, text) if (sign := _sign(number))
    }
    if len(signs) > 1:
        return Style.MIXED
    return Style(signs.pop()) if signs else Style.UNKNOWN


def _sign(number: str) -> str:
    """The decimal sign of one number, empty where it could be either."""
    marks = [c for c in number if c in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1 and GROUPED.fullmatch(number.lstrip("-−–")):
        return "," if marks[0] == "." else "."
    before, _, after = number.lstrip("-−–").partition(marks[0])
    if len(marks) == 1 and (len(after) != 3 or before.startswith("0") or len(before) > 3):
        return marks[0]
    return ""


@lru_cache(maxsize=20_000, typed=True)  # True is no 1
def quantity(
    value: Value, style: Style, whole_only: bool, aim: bool = False
) -> Quantity | Silence | Doubt:
    """What a cell says. `whole_only`: a count, which has no decimals; `aim`: it states a target."""
    match value:
        case None:
            return Silence.MISSING
        case bool():
            return Doubt("not_a_number")
        case int() | float():
            return _cell_number(value, whole_only)
        case datetime() | date():
            return Doubt(
                "date_for_number", (f"{value.day}/{value.month}", f"{value.month}/{value.day}")
            )
        case time() | timedelta():
            return Doubt("not_a_number")
    return _text(value, style, whole_only, aim)


def _cell_number(value: float, whole_only: bool) -> Quantity | Doubt:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return Doubt("not_a_number")
    if abs(exact) > LARGEST:
        return Doubt("number_too_large")
    rounded = round(exact, PLACES)
    if abs(exact - rounded) > NOISE * abs(exact):
        if whole_only:
            return Doubt("fraction_of_count")
        return Quantity(exact, exact=False)
    if whole_only and rounded != rounded.to_integral_value():
        thousands = rounded * 1000
        likely = thousands == thousands.to_integral_value() and abs(rounded) < 1000
        return Doubt("fraction_of_count", (f"{thousands:f}".split(".")[0],) if likely else ())
    return Quantity(rounded)


def _text(value: str, style: Style, whole_only: bool, aim: bool) -> Quantity | Silence | Doubt:
    text = " ".join(value.replace("\u00a0", " ").split())
    key = spelled(text)
    if not text or (not key and BLANKS.fullmatch(text)) or key in MISSING:
        return Silence.MISSING
    if any(key == one or key.startswith(f"{one} ") for one in EXEMPT):
        return Silence.EXEMPT
    if key in NONE:
        return Silence.NONE
    if text.startswith("#") or LINES.search(value):
        return Doubt("error_in_cell" if text.startswith("#") else "two_numbers")
    return _number(text, style, whole_only, aim)


def _number(text: str, style: Style, whole_only: bool, aim: bool) -> Quantity | Doubt:
    rest, approximate = text, False
    if aim:
        rest = AIMED_TAIL.sub("", AIMED.sub("", rest))
    else:
        rest = re.sub(
            r"^(?:đạt|đã đạt|được)\s+(?=[\d~≈]|trên|hơn|gần|khoảng)", "", rest, flags=re.IGNORECASE
        )
        shorter = APPROXIMATE.sub("", rest)
        approximate, rest = shorter != rest, shorter
    stated = REACHED.search(rest)
    rest = f"{rest[: stated.start()]} ({stated['share']})" if stated else rest
    both = SHARE_THEN_PAIR.match(rest)
    found = WHOLE.match(both["pair"] if both else rest)
    if not found:
        return Doubt("not_a_number")
    tail = spelled(found["tail"])
    scale, measure = _scale(found["tail"])
    if found["tail"] not in ("", ".") and (not tail or STRANGE.search(found["tail"])):
        return Doubt("not_a_number")
    number = _decimal(found["number"], style, whole_only and scale is None and not found["percent"])
    whole = _decimal(found["whole"], style, True) if found["whole"] else None
    for part in (number, whole):
        if isinstance(part, Doubt):
            return part
    assert isinstance(number, Decimal)
    if isinstance(whole, Decimal) and whole in YEARS and number in MONTHS:
        return Doubt("date_for_number", (found["number"],))
    counted = whole_only and scale is None and not found["percent"]
    if counted and number != number.to_integral_value():
        return Doubt("fraction_of_count")
    return Quantity(
        number,
        whole if isinstance(whole, Decimal) else None,
        bool(found["percent"]),
        approximate,
        scale,
        measure,
        (found["aside"] or "").strip("() ") or (f"{both['share']}%" if both else ""),
    )


def scale_of(measure: str) -> Decimal:
    """What a stated measure multiplies by: 1000 for "nghìn lượt", 1 for "lượt"."""
    return _scale(measure)[0] or Decimal(1)


def _scale(tail: str) -> tuple[Decimal | None, str]:
    """What "triệu đồng" or "nghìn lượt" behind a number multiplies it by, and what it measures."""
    key = spelled(tail)
    if key in SCALES:
        return SCALES[key], tail if key in MONEY else ""
    first, _, rest = tail.partition(" ")
    if rest and spelled(first) in SCALES and spelled(first) not in MONEY:
        return SCALES[spelled(first)], rest
    return None, tail


def _decimal(text: str, style: Style, whole_only: bool) -> Decimal | Doubt:
    """The number behind the digits and their separators."""
    plain = text.replace("−", "-").replace("–", "-").replace("\u00a0", " ")
    digits = plain.lstrip("-")
    marks = {c for c in digits if c in ".,"}
    if " " in digits and not re.fullmatch(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?", digits):
        return Doubt("not_a_number")
    if not marks:
        return _bounded(plain.replace(" ", ""))
    sign = _sign(digits.replace(" ", ""))
    if not sign and GROUPED.fullmatch(digits):  # 1.234: a thousand or a fraction
        if style is Style.UNKNOWN and whole_only:
            style = Style.COMMA if "." in marks else Style.POINT
        if style in (Style.UNKNOWN, Style.MIXED):
            mark = marks.pop()
            return Doubt(
                "number_two_ways", (digits.replace(mark, ""), digits.replace(mark, ",") + "0")
            )
        sign = style.value
    point = sign or style.value
    other = "," if point == "." else "."
    if digits.count(point) > 1 or not re.fullmatch(
        rf"\d+|\d{{1,3}}(?:[{other} ]\d{{3}})+", digits.partition(point)[0]
    ):
        return Doubt("not_a_number")
    return _bounded(plain.replace(" ", "").replace(other, "").replace(point, "."))


def _bounded(text: str) -> Decimal | Doubt:
    value = Decimal(text)
    if abs(value) > LARGEST:
        return Doubt("number_too_large")
    return value if value == round(value, PLACES) else Doubt("too_many_decimals")
