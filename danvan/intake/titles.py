"""Titles: what the texts around a table say of all of it: unit, period, indicator, measure, year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan.intake.names import Match, Names
from danvan.intake.times import Time, time_of_title

PLANNED = re.compile(
    r"giao chỉ tiêu|phân bổ|giao kế hoạch|chỉ tiêu giao|bảng chỉ tiêu|đăng ký chỉ tiêu|kế hoạch|"
    r"dự kiến|phân công chỉ tiêu|^\s*(?:các |hệ thống )?chỉ tiêu",
    re.IGNORECASE,
)
DONE = re.compile(
    r"kết quả|báo cáo|tình hình|số liệu|thống kê|hoàn thành|tiến độ|so với kế hoạch|"
    r"(?<!kế hoạch )(?<!chỉ tiêu )thực hiện",
    re.IGNORECASE,
)
AGENCY = re.compile(
    r"^\s*(?:ubnd|ủy ban|uỷ ban|phòng|ban|sở|đảng|hội đồng|hđnd|thành ủy|văn phòng|chi cục|trung tâm)\s",
    re.IGNORECASE,
)
"""Lines that name who writes: what is in their names is not what the table is."""
ASIDE = re.compile(r"\([^()]*\)")  # (kèm theo Báo cáo số 5)
MEASURE = re.compile(r"(?:đvt|đơn vị tính|đv tính|đơn vị)\s*:\s*([^;)]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Titles:
    """What the titles of a table say; everything may be left to its headings and rows.

    `between` are units of which titles and the sheet's name say different ones.
    """

    unit: str | None
    time: Time
    indicator: Match | None
    measure: str
    planned: bool
    text: str = ""  # the title that names the indicator
    years: tuple[int, ...] = ()
    between: tuple[str, ...] = ()


def titles(own: Sequence[str], above: Sequence[str], sheet: str, file: str, names: Names) -> Titles:
    """What the texts of a table say of it.

    What its `own` texts leave out is said by those of the sheet, `above`, and by the sheet's name.
    The name of the `file` only raises doubts: it speaks of another time than nothing else does.
    """
    texts = (*above, *own)
    spoken = [ASIDE.sub(" ", text) for text in texts if not AGENCY.match(text)]
    silent = not any(names.speaks(text) for text in texts if not AGENCY.match(text))
    named_by = (*reversed(texts), *((sheet,) if silent else ()))
    found = ((text, _indicator(text, names)) for text in named_by)
    text, indicator = next(((t, m) for t, m in found if m), ("", None))
    units = _units(own, names) or _units(above, names)
    named = names.unit(sheet)
    unit, between = _agreed(units.pop() if len(units) == 1 else None, named, names)
    return Titles(
        unit=unit,
        time=_time(own, above, sheet, file),
        indicator=indicator,
        measure=_measure(texts, names),
        planned=any(map(PLANNED.search, spoken)) and not any(map(DONE.search, spoken)),
        text=text,
        years=next((y for y in map(_years, (own, above, (sheet,), (file,))) if y), ()),
        between=between,
    )


def _time(own: Sequence[str], above: Sequence[str], sheet: str, file: str) -> Time:
    """The time of the nearest text that says one; two that differ are unclear."""
    named = time_of_title(sheet)
    for texts in (own, above):
        times = [time_of_title(text) for text in reversed(texts)]
        said = next((time for time in times if time.says), None)
        if said and named.period and said.period != named.period:
            return Time(unclear=f"{sheet} / {said.period or said.unclear}")
        if said or any(time.years for time in times):
            return said or (named if named.says else Time())
    return named if named.says or not time_of_title(file).says else Time(unclear=file)


def _years(texts: Sequence[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(year for text in texts for year in time_of_title(text).years))


def _indicator(text: str, names: Names) -> Match | None:
    return names.indicator(text) or names.mentioned_indicator(text)


def _units(texts: Sequence[str], names: Names) -> set[str]:
    """The units the titles name; the agency above one of them does not count."""
    mentioned = {code for text in texts for code in names.mentioned_units(text)}
    return mentioned - {names.catalogue.unit[code].parent for code in mentioned}


def _agreed(
    titled: str | None, named: str | None, names: Names
) -> tuple[str | None, tuple[str, ...]]:
    """The unit of titles and sheet's name; of a unit and one above it, the lower one."""
    if titled is None or named is None or titled == named:
        return titled or named, ()
    for lower, higher in ((titled, named), (named, titled)):
        if lower in names.catalogue.subtree(higher):
            return lower, ()
    return None, (titled, named)


def _measure(texts: Sequence[str], names: Names) -> str:
    for text in reversed(texts):
        found = MEASURE.search(text)
        measure = found[1].strip(" ).") if found else ""
        if names.is_measure(measure):
            return measure
    return ""
