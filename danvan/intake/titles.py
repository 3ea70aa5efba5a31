"""Titles: what the texts around a table say of all of it: unit, period, indicator, measure, year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan.intake.headings import named_period
from danvan.intake.names import Match, Names
from danvan.model import Period

DATED = re.compile(
    r"ngày\s*[\d.…]*\s*(?:tháng\s*[\d.…]*\s*năm|/|-)\s*[\d./-]*|\d{1,2}[/-]\d{1,2}[/-]\d{4}|"
    r"số\s*[:.]?\s*[\d…]*\s*[/-]\S+",
    re.IGNORECASE,
)
"""The dates and numbers of documents: their years are not those of the figures."""
PLANNED = re.compile(
    r"giao chỉ tiêu|phân bổ|giao kế hoạch|chỉ tiêu giao|bảng chỉ tiêu|đăng ký chỉ tiêu|kế hoạch",
    re.IGNORECASE,
)
DONE = re.compile(r"kết quả|thực hiện|báo cáo|tình hình|tổng hợp số liệu|thống kê", re.IGNORECASE)
MEASURE = re.compile(r"(?:đvt|đơn vị tính|đv tính|đơn vị)\s*:\s*([^;)]+)", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Titles:
    """What the titles of a table say; everything may be left to its headings and rows."""

    unit: str | None
    period: Period | None
    indicator: Match | None
    measure: str
    planned: bool
    text: str = ""  # the title that names the indicator


def titles(texts: Sequence[str], sheet: str, names: Names) -> Titles:
    """What the texts above a table, and the sheet's name, say of it."""
    joined = " ".join(texts)
    found = ((text, _indicator(text, names)) for text in (*reversed(texts), sheet))
    text, indicator = next(((t, m) for t, m in found if m), ("", None))
    periods = (named_period(DATED.sub(" ", text)) for text in reversed(texts))
    return Titles(
        unit=names.unit(sheet) or _unit(texts, names),
        period=next((period for period in periods if period), None),
        indicator=indicator,
        measure=_measure(texts, names),
        planned=bool(PLANNED.search(joined)) and not DONE.search(joined),
        text=text,
    )


def years(text: str) -> set[int]:
    """The years a title speaks of."""
    return {int(found) for found in YEAR.findall(DATED.sub(" ", text))}


def _indicator(text: str, names: Names) -> Match | None:
    return names.indicator(text) or names.mentioned_indicator(text)


def _unit(texts: Sequence[str], names: Names) -> str | None:
    """The one unit the titles name; the agency above it does not count."""
    mentioned = {code for text in texts for code in names.mentioned_units(text)}
    leaves = mentioned - {names.catalogue.unit[code].parent for code in mentioned}
    return leaves.pop() if len(leaves) == 1 else None


def _measure(texts: Sequence[str], names: Names) -> str:
    for text in reversed(texts):
        found = MEASURE.search(text)
        measure = found[1].strip(" ).") if found else ""
        if names.is_measure(measure):
            return measure
    return ""
