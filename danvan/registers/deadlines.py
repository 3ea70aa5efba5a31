"""Deadlines: the last day a task's text names, and which tasks are overdue on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from danvan.intake.times import time_of
from danvan.model import Period
from danvan.registers.searching import bare

DATE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?![\d/])"
)
SPELLED = re.compile(r"ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
MONTH = re.compile(r"\d{1,2}\s*/\s*\d{4}")
WITHIN_YEAR = re.compile(r"(?:(?:trong|truoc|den|het|cuoi|ket thuc) )*nam(?: \d{4})?")
REGULAR = ("thuong xuyen", "hang thang", "hang quy", "hang tuan", "hang nam", "dinh ky", "ca nam")
"""Work that goes on: it has no last day, and cannot be overdue."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` is None where the text names none; `regular` is work without an end."""

    day: date | None = None
    regular: bool = False


MANY = 10_000  # texts whose meaning is kept: offices write the same few again and again


@lru_cache(maxsize=MANY)
def deadline(text: str, year: int) -> Deadline:
    """What "27/12/2022", "Trước 30/11", "Quý IV/2022", "tháng 9" or "thường xuyên" means.

    A text without a year means the one given: that of the register. What cannot be understood has
    no day, and is neither due nor overdue.
    """
    said = bare(text)
    dated = [*ISO.finditer(text)] or [*SPELLED.finditer(said)] or [*DATE.finditer(text)]
    if dated:  # of a span its end
        return Deadline(_day(dated[-1], year))
    if any(word in said for word in REGULAR):
        return Deadline(regular=True)
    time = time_of(f"tháng {text}" if MONTH.fullmatch(text.strip()) else text)
    if WITHIN_YEAR.fullmatch(said):
        return Deadline(Period.YEAR.last_day(time.years[0] if time.years else year))
    if time.period is None:
        return Deadline()
    return Deadline(time.period.last_day(time.years[0] if time.years else year))


def with_standing(tasks: pd.DataFrame, on: date) -> pd.DataFrame:
    """Add `due` (date or NaT), `standing` (a state: done, overdue, doing, waiting, regular, "") and
    `days` (to the deadline, below 0 after it, NA without one or once it is done).

    Overdue is what was not done by its last day, whatever the row says; what the row calls
    overdue is so too.
    """
    meant = [
        deadline(text, year)
        for text, year in zip(tasks["deadline"], tasks["year"].tolist(), strict=True)
    ]
    standing = [_standing(state, one, on) for state, one in zip(tasks["state"], meant, strict=True)]
    days = [
        (one.day - on).days if one.day and at != "done" else None
        for one, at in zip(meant, standing, strict=True)
    ]
    return tasks.assign(
        due=pd.to_datetime(pd.Series([one.day for one in meant], tasks.index)),
        standing=pd.Series(standing, tasks.index, dtype="str"),
        days=pd.Series(days, tasks.index, dtype="Int64"),
    )


def _standing(state: str, meant: Deadline, on: date) -> str:
    if state in ("done", "overdue"):
        return state
    if meant.day and meant.day < on:
        return "overdue"
    return state or ("regular" if meant.regular else "")


def _day(found: re.Match[str], usual: int) -> date | None:
    parts = found.groupdict()
    try:
        return date(int(parts["year"] or usual), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
