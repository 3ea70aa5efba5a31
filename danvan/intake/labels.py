"""Labels: the texts of a sheet with what each may be, and its numbers; merged cells spread out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

from danvan.intake.book import Sheet, Value
from danvan.intake.headings import Axis, Said, said
from danvan.intake.names import Match, Names
from danvan.intake.spelling import spelled, without_brackets, without_item

PERIOD_WORDS = {"tháng": 12, "quý": 4, "quí": 4}
COMPOUND = re.compile(r"\n|\s[-–—]\s|:\s|\s*[()]\s*")
YEARS = (1990, 2100)
NUMERIC = frozenset({int, float})  # and not bool, which is a kind of int
MOST_WORDS = 4  # of a heading before the name of an indicator
WIDEST = 256  # columns over which the text of a merged cell is spread
MOST_SPREAD = 100_000  # cells; no heading is larger


@dataclass(frozen=True)
class Label:
    """What one text may be: a heading, a unit, an indicator, an area."""

    text: str
    said: Said
    unit: str | None = None
    indicator: Match | None = None
    area: str | None = None

    @property
    def known(self) -> bool:
        return bool(self.said.known or self.unit or self.indicator or self.area)

    @property
    def total(self) -> bool:
        return Axis.TOTAL in self.said.axes


class Labels:
    """The texts of a sheet with what they may be; merged cells say the same everywhere."""

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet, self.names = sheet, names
        self._known: dict[str, Label] = {}
        self._areas = {
            spelled(name): area.code for area in names.catalogue.areas for name in (area.name,)
        }
        self.rows = [list(row) for row in sheet.rows]
        self.inner: dict[tuple[int, int], tuple[int, int]] = {}
        for area in dict.fromkeys(sheet.merged):
            self._spread(*area)
        self._name_periods()

    def _name_periods(self) -> None:
        """Months and quarters that stand as bare numbers below "Tháng", across the columns."""
        for row, below in enumerate(self.rows[1:]):
            texts = [v.strip().lower() if v.__class__ is str else "" for v in self.rows[row]]
            if not PERIOD_WORDS.keys() & texts:
                continue
            for column, text in enumerate(texts[: len(below)]):
                beside = text in (*texts[:column], *texts[column + 1 :])
                value = below[column]
                most = PERIOD_WORDS.get(text, 0)
                if beside and isinstance(value, int | float) and value in range(1, most + 1):
                    below[column] = f"{text} {value:g}"

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        """The text of a merged cell in all its places; a number stays in its own."""
        value = self.value(top, left)
        bottom, right = min(bottom, len(self.rows) - 1), min(right, left + WIDEST)
        if (bottom - top + 1) * (right - left + 1) > MOST_SPREAD:
            return
        for row in range(top, bottom + 1):
            cells = self.rows[row]
            cells += [None] * (right + 1 - len(cells))
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    self.inner[row, column] = (top, left)
                    if isinstance(value, str):
                        cells[column] = value

    def value(self, row: int, column: int) -> Value:
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The text of a cell; a number that may be a year counts as one."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        if isinstance(value, str):
            return value.strip()
        return str(int(value)) if _may_be_year(value) else ""

    def label(self, text: str) -> Label:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def at(self, row: int, column: int) -> Label | None:
        text = self.text(row, column)
        return self.label(text) if text else None

    def _read(self, text: str) -> Label:
        heading = said(text)
        if heading.known:
            return Label(text, heading, area=self.area(text))
        unit = self.names.unit(text)
        if unit:
            return Label(text, Said(time=heading.time), unit=unit)
        indicator = self.names.indicator(text)
        if indicator:
            return Label(text, Said(time=heading.time), indicator=indicator, area=self.area(text))
        area = self.area(text)
        if area:
            return Label(text, Said(), area=area)
        return self._worded(text, heading) or self._compound(text, heading)

    def _worded(self, text: str, heading: Said) -> Label | None:
        """An indicator with a word of a heading before it, or a time behind: "Kết quả giao quân"."""
        time = heading.time
        if time.says or time.years or time.former:
            indicator = self.names.indicator(time.rest)
            if indicator:
                return Label(text, Said(time=time), indicator=indicator)
        words = text.split()
        for at in range(min(MOST_WORDS, len(words) - 1), 0, -1):
            before, after = said(" ".join(words[:at])), " ".join(words[at:])
            indicator = self.names.indicator(after) if before.fields else None
            if indicator and not before.axes - {Axis.INDICATOR}:
                return Label(text, before, indicator=indicator)
        return None

    def _compound(self, text: str, heading: Said) -> Label:
        """A heading of two parts: "Mô hình DVK đăng ký (KH)", "Kế hoạch - Phường 1"."""
        parts = [part.strip() for part in COMPOUND.split(text) if part.strip()]
        if len(parts) == 2:
            one, two = (self.label(part) for part in parts)
            if one.said.known and (two.unit or two.indicator):
                one, two = two, one
            if two.said.known and (one.unit or one.indicator):
                return Label(text, two.said, one.unit, one.indicator, one.area)
            if one.said.known and two.said.known:
                return Label(text, _both(one.said, two.said))
        return Label(text, heading)

    def area(self, text: str) -> str | None:
        for form in (text, without_item(text), without_brackets(without_item(text))):
            key = spelled(form)
            for start in ("", "linh vực ", "công tác ", "về "):
                found = self._areas.get(
                    key.removeprefix(spelled(start.strip()) + " ") if start else key
                )
                if found:
                    return found
        return None


def _both(one: Said, two: Said) -> Said:
    fields = two.fields or one.fields
    return Said(fields, one.axes | two.axes, two.time if two.time.says else one.time)


def is_number(value: Value) -> bool:
    """A number that is no year: years stand in headings."""
    return value.__class__ in NUMERIC and not _may_be_year(value)


def _may_be_year(value: Value) -> TypeGuard[float]:
    # compared with the ends: whether a float is in a range is found out number by number
    return isinstance(value, int | float) and YEARS[0] <= value <= YEARS[1] and value == int(value)


def has_number(cells: list[Value]) -> bool:
    """Whether a row has any number; asked of every row, and nearly always true at once."""
    return any(is_number(value) for value in cells)
