"""Times: of which period and which years a text says its figures are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from danvan.intake.spelling import ROMAN
from danvan.model import Period

NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
           "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12}  # fmt: skip
"""Written out; "năm" is left out, because it mostly is the year."""
NUMBER = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|1[0-2]|0?[1-9])"
QUARTER = r"(?:iv|iii|ii|i|một|hai|ba|bốn|tư|0?[1-4])"
AND = r"\s*(?:,|;|và|đến|tới|-|–|\+|&|/)\s*(?:hết\s+)?"
QUARTERS = re.compile(
    rf"\b(?:quý|quí|qúy|quy|q)\s*\.?\s*{QUARTER}\b(?:{AND}(?:quý\s*)?{QUARTER}\b)*"
)
MONTHS = re.compile(
    rf"\b(?:từ\s+)?(?:tháng|thang)\s*{NUMBER}\b(?:{AND}(?:tháng\s*)?{NUMBER}\b(?!\s*%))*"
)
SPAN = re.compile(
    rf"\b({NUMBER})\s*(?:tháng|t(?![^\W\d_]))(?:\s+(đầu|cuối|giữa))?(?:\s+(?:của\s+)?năm\b(?!\s*trước))?"
)
SHORT_MONTH = re.compile(rf"t\.?\s?({NUMBER})")
WHOLE_YEAR = re.compile(r"\b(?:cả|trọn|toàn) năm\b")
AND_YEAR = re.compile(r"\bvà (?:cả )?năm\b")
HALF = re.compile(r"\b(?:nửa|học kỳ|đợt \d+)\b.*")
FORMER = re.compile(r"\b(?:cùng kỳ|năm trước|năm ngoái|năm liền trước|kỳ trước)\b")
CUMULATIVE = re.compile(
    r"\b(?:lũy|luỹ|lũy) kế\b|\bcộng dồn\b|\btừ đầu năm\b|^lk\b|\bđến (?:hết |cuối )?(?:tháng|quý)\b"
)
SPAN_OF_YEARS = r"\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b"
TERM = re.compile(rf"\b(?:nhiệm kỳ|khóa \S+,?)\s*{SPAN_OF_YEARS}")
"""Terms of office: they say who, not when."""
YEARS = re.compile(SPAN_OF_YEARS)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
THE_YEAR = re.compile(rf"\b(?:năm\s*)?{YEAR.pattern}")
DATED = re.compile(
    r"ngày\s*[\d.…_\s]*\s*(?:tháng\s*[\d.…_]*\s*năm(?:\s*[\d.…_]+)?|/|-)\s*[\d./-]*|"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d+/\d{4}/[a-zđ]\S*|"
    r"\b(?:số|nq|qđ|kh|bc|tb|nđ|tt|ct|hd|luật)\s*[:.]?\s*[\d…]+\s*[/-]\s*\S+"
)
"""The dates and numbers of documents: their years are not those of the figures."""
PLACE_AND_TIME = re.compile(r"^[^,;:]{2,40},\s*tháng\s*[\d.…_]*\s*năm\s*[\d.…_]*$")
REPORTS = re.compile(r"báo cáo|kết quả|số liệu|thống kê|chỉ tiêu|kế hoạch|biểu|tổng hợp")
CUT_OFF = re.compile(r"(?:tính )?đến (?:hết )?(?:ngày )?\s*\d{1,2}[/.-](\d{1,2})(?:[/.-]\d{4})?\b")
EARLY = 11  # figures counted up to a month before this one are not the year's
INTENT = re.compile(
    r"(?:[,;–-]|\bvà)?\s*\b(?:phương hướng|nhiệm vụ trọng tâm|nhiệm vụ \d|nhiệm vụ năm|kế hoạch "
    r"(?:công tác )?(?:năm|quý|tháng|\d)|chương trình công tác|dự kiến).*"
)
DONE = re.compile(r"kết quả|báo cáo|tình hình|sơ kết|tổng kết|đánh giá")
CODES = {str(period).lower(): period for period in Period}
TO = re.compile(r"\s+đến(?: hết| cuối)?$")
TO_DATE = {3: Period.Q1, 6: Period.H1, 9: Period.M9, 12: Period.YEAR}
"""The period that holds everything from January to the end of a month."""


@dataclass(frozen=True)
class Time:
    """What one text says; `unclear` are words for a time that is no period, or several.

    `former` means the year before, `cumulative` everything since January; `rest` is the text
    without its times.
    """

    period: Period | None = None
    years: tuple[int, ...] = ()
    unclear: str = ""
    former: bool = False
    cumulative: bool = False
    rest: str = ""

    @property
    def says(self) -> bool:
        """Whether it speaks of a part of the year."""
        return bool(self.period or self.unclear)


SILENT = Time()


def to_date(period: Period) -> Period | None:
    """The period from January to the end of this one; None where there is none such."""
    return TO_DATE.get(period.months[-1])


@lru_cache(maxsize=20_000)
def time_of(text: str) -> Time:
    """What a heading or a label says of time: "Quý I", "TH 6 tháng", "Năm 2021", "H1"."""
    plain = _plain(text)
    if plain in CODES:
        return Time(CODES[plain])
    former, cumulative = bool(FORMER.search(plain)), bool(CUMULATIVE.search(plain))
    plain = TERM.sub(" ", plain)
    years = tuple(int(found) for found in YEAR.findall(plain))
    found, rest = _parts(FORMER.sub(" ", THE_YEAR.sub(" ", YEARS.sub(" ", plain))))
    found += [None] if YEARS.search(plain) else []
    if AND_YEAR.search(plain) and found:
        found.append(None)
    period = found[0] if len(found) == 1 else None
    if cumulative and period:
        period = to_date(period)
    unclear = plain if found and period is None else ""
    return Time(period, years, unclear, former, cumulative, TO.sub("", rest.strip(" -–/,.:;")))


@lru_cache(maxsize=20_000)
def time_of_title(text: str) -> Time:
    """What a title says of time, without the dates of documents and what is only intended."""
    plain = _plain(text)
    cut_off = CUT_OFF.search(plain)
    if PLACE_AND_TIME.match(plain) and not REPORTS.search(plain):
        return Time()
    if DONE.search(INTENT.sub("", plain)):
        plain = INTENT.sub("", plain)
    time = time_of(DATED.sub(" ", CUT_OFF.sub(" ", plain)))
    if cut_off and int(cut_off[1]) < EARLY and not time.says:
        return Time(None, time.years, cut_off[0])
    return time


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _parts(text: str) -> tuple[list[Period | None], str]:
    """The parts of a year a text names, None for one that is no period, and the text without."""
    found: list[Period | None] = []
    for pattern, read in (
        (SPAN, _span),
        (QUARTERS, _quarters),
        (MONTHS, _months),
        (WHOLE_YEAR, _whole_year),
        (HALF, _half),
    ):
        found += [read(match) for match in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    short = SHORT_MONTH.fullmatch(text.strip(" -–/,.:;"))
    if short and not found:
        return [Period(f"M{_number(short[1]):02}")], ""
    return list(dict.fromkeys(found)), text


def _span(match: re.Match[str]) -> Period | None:
    return None if match[2] in ("cuối", "giữa") else TO_DATE.get(_number(match[1]))


def _quarters(match: re.Match[str]) -> Period | None:
    named = re.findall(rf"\b{QUARTER}\b", re.sub(r"\b(?:quý|quí|qúy|quy|q)\s*\.?", " ", match[0]))
    return Period(f"Q{_number(named[0])}") if len(named) == 1 else None


def _months(match: re.Match[str]) -> Period | None:
    named = [
        _number(one) for one in re.findall(rf"\b{NUMBER}\b", re.sub("tháng|thang", " ", match[0]))
    ]
    if len(named) == 1:
        return Period(f"M{named[0]:02}")
    rising = named == sorted(named) and named[0] == 1
    return TO_DATE.get(named[-1]) if rising else None


def _whole_year(_: re.Match[str]) -> Period | None:
    return Period.YEAR


def _half(_: re.Match[str]) -> Period | None:
    return None


def _number(text: str) -> int:
    return NUMBERS.get(text) or ROMAN.get(text) or int(text)
