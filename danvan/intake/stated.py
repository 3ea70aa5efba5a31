"""One cell that says something about one figure, before it is read as a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from danvan.intake.book import Value
from danvan.intake.spelling import spelled
from danvan.model import Period


class Field(StrEnum):
    """What a cell says about its figure."""

    TARGET = "target"
    RESULT = "result"
    RATIO = "ratio"  # completion in percent as the office computed it: compared, and kept beside the result
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    PAIR = "pair"  # "done / all" in one cell
    LOWER = "lower"
    UPPER = "upper"
    BASELINE = "baseline"
    NOTE = "note"
    STATUS = "status"  # "không áp dụng", "đang cập nhật"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands in one cell about the figure (period, unit, indicator) of the year.

    `row` and `column` count from 0; `percent` says that the cell's number format is a percentage,
    None that the file does not tell. `measure` is the one stated beside it, `share` that its labels
    speak of a rate. `heading` is what stands above it; cells of one heading are written alike.
    `known` cells were made by the product itself, to be filled in.
    """

    sheet: str
    row: int
    column: int
    value: Value
    unit: str
    indicator: str
    field: Field
    period: Period = Period.YEAR
    percent: bool | None = None
    measure: str = ""
    share: bool = False
    heading: str = ""
    known: bool = False


SHARES = tuple(f" {spelled(word)} " for word in ("tỷ lệ", "mức độ", "phần trăm", "chỉ số"))


@lru_cache(maxsize=20_000)
def speaks_of_share(text: str) -> bool:
    """Whether a name says that what it names is a percentage."""
    words = f" {spelled(text)} "
    return "%" in text or any(word in words for word in SHARES)
