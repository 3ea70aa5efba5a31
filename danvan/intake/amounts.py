"""Amounts: the number of a cell in its indicator's own measure, or what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from danvan.intake.answers import Answers
from danvan.intake.book import Value, cell_name
from danvan.intake.measures import counts_the_same
from danvan.intake.names import Names
from danvan.intake.quantities import (
    MONEY,
    SCALES,
    Doubt,
    Quantity,
    Silence,
    Style,
    quantity,
    scale_of,
    style_of,
)
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field, Stated
from danvan.model import Indicator, Kind
from danvan.percentages import HUNDRED, LIKELY_SHARE

MUCH_MORE = 20  # times a number up to 1: then it is a part of 1 among percents
MUCH_MONEY = 20_000  # a figure so large is in another measure than its indicator's
FEW = 1000  # figures smaller than this do not stand beside one that is a day's number
SERIALS_BEGIN = date(1899, 12, 30)
LAST_SERIAL = 80_000  # in the year 2119
PARTS = frozenset({Field.NUMERATOR, Field.DENOMINATOR})
AIMS = frozenset({Field.TARGET, Field.LOWER, Field.UPPER, Field.BASELINE})
CURRENCIES = ("đồng", "nghìn đồng", "triệu đồng")

Read = Quantity | Silence | Doubt


@dataclass
class Amounts:
    """Reads numbers by what all cells under one heading show together: `learn` them first."""

    names: Names
    answers: Answers
    styles: dict[tuple[str, str], Style] = field(default_factory=dict)
    shares: set[tuple[str, str, str]] = field(default_factory=set)
    largest: dict[tuple[str, str, str], float] = field(default_factory=dict)
    second: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def learn(self, stated: Iterable[Stated]) -> None:
        """Take the evidence of every cell: decimal signs, percent signs, sizes."""
        texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for one in stated:
            if isinstance(one.value, str):
                texts[one.sheet, one.heading].append(one.value)
            self._learn_share(one)
        self.styles = {place: style_of(found) for place, found in texts.items()}

    def _learn_share(self, one: Stated) -> None:
        value, group = one.value, _group(one)
        if one.share:
            self.shares.add(group)
        if isinstance(value, int | float) and not isinstance(value, bool) and not one.percent:
            first, second = self.largest.get(group, 0), self.second.get(group, 0)
            self.largest[group] = max(first, abs(value))
            self.second[group] = max(second, min(first, abs(value)))

    def read(self, one: Stated, indicator: Indicator) -> Read:
        """What the cell says, unless its number cannot be a figure of the indicator."""
        whole = indicator.kind is Kind.COUNT and indicator.decimals == 0
        answer = self._answer(one)
        style = self.styles.get((one.sheet, one.heading), Style.UNKNOWN)
        value, style = (one.value, style) if answer is None else (answer, Style.COMMA)
        read = quantity(value, style, whole, one.field in AIMS)
        if isinstance(read, Quantity):
            return self._doubt(one, indicator, read) or read
        return read

    def value(self, one: Stated, indicator: Indicator, read: Quantity) -> Decimal:
        """The number in the indicator's own measure: percent, triệu đồng, or as it is counted."""
        own = spelled(indicator.measure)
        if one.field in PARTS:
            return read.value
        if indicator.kind is Kind.PERCENT:
            shown = one.percent and not read.percent and not isinstance(one.value, str)
            return read.value * HUNDRED if shown else read.value
        if own in MONEY:
            scale = read.scale or SCALES.get(spelled(one.measure), SCALES[own])
            return read.value * scale / SCALES[own]
        return read.value * (read.scale or scale_of(one.measure))

    def ratio(self, one: Stated) -> Decimal | Doubt | None:
        """The office's own percentage, which is only compared; None where there is none."""
        style = self.styles.get((one.sheet, one.heading), Style.UNKNOWN)
        style = Style.COMMA if style is Style.UNKNOWN else style
        answer = self._answer(one)
        read = quantity(one.value if answer is None else answer, style, False)
        if isinstance(read, Doubt):
            return read
        if not isinstance(read, Quantity) or read.whole is not None:
            return None
        return read.value * HUNDRED if one.percent and not read.percent else read.value

    def _answer(self, one: Stated) -> str | None:
        return self.answers.cell(one.sheet, cell_name(one.row, one.column))

    def _doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        """What speaks against reading the number as a figure of this indicator."""
        share = indicator.kind is Kind.PERCENT
        pair = read.whole is not None
        strange = bool(read.measure) and not self.names.is_measure(read.measure)
        misplaced = one.field in AIMS | PARTS and (pair or (read.percent and one.field in PARTS))
        if strange or misplaced:
            return Doubt("not_a_number")
        shown_as = one.percent and self._answer(one) is None
        if (read.percent or shown_as) and not share and one.field not in PARTS:
            return Doubt("percent_for_count")
        if one.field in PARTS or (share and (pair or read.percent)):
            return None
        if self._contradicts(one, indicator, read):
            return Doubt("measure_contradicts", (one.measure or read.measure, indicator.measure))
        if pair:
            return None
        return self._share_doubt(one, read) if share else self._count_doubt(one, indicator, read)

    def _contradicts(self, one: Stated, indicator: Indicator, read: Quantity) -> bool:
        """Whether a measure is stated that counts something else than the indicator does."""
        stated, own = read.measure or one.measure, indicator.measure
        if not stated or self.answers.agreed(measure_asked(stated, indicator)):
            return False
        if spelled(stated) in SCALES or spelled(own) in MONEY:
            return (spelled(stated) in SCALES) != (spelled(own) in MONEY)
        return not counts_the_same(stated, own, indicator.name)

    def _share_doubt(self, one: Stated, read: Quantity) -> Doubt | None:
        """A bare number may be a part of 1, percent, or a number of things."""
        if read.measure:
            return Doubt("share_or_number")
        if self._answer(one) is not None:
            return None
        largest = self.largest.get(_group(one), 0)
        mixed = largest <= LIKELY_SHARE or largest >= MUCH_MORE * read.value
        if not one.percent and 0 < abs(read.value) <= 1 and mixed:
            choices = (shown(read.value * HUNDRED), shown(read.value))
            return Doubt("fraction_or_percent", choices)
        broken = read.value != read.value.to_integral_value()  # no number of things
        if _group(one) not in self.shares and not (one.percent or broken):
            return Doubt("share_or_number", (f"{shown(read.value)}%",))
        return None

    def _count_doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        """A number that a spreadsheet changed, or money in some other measure than the indicator's."""
        if self._answer(one) is not None:
            return None
        thousands = read.value * 1000
        if isinstance(one.value, float) and three_decimals(read.value):
            return Doubt("number_two_ways", (shown(thousands), shown(read.value) + "0"))
        money = spelled(indicator.measure) in MONEY
        day = None if money or one.known else _day_of(one.value, self.names.year)
        if day and self.second[_group(one)] < FEW:
            choices = (f"{day.day}/{day.month}", f"{day.month}/{day.day}", shown(read.value))
            return Doubt("date_for_number", choices)
        silent = read.scale is None and (
            spelled(one.measure) not in SCALES or one.measure == indicator.measure
        )
        if money and silent and abs(read.value) >= MUCH_MONEY:
            readings = tuple(f"{shown(read.value)} {currency}" for currency in CURRENCIES)
            return Doubt("money_of_which_measure", readings)
        return None


def measure_asked(stated: str, indicator: Indicator) -> str:
    """What is asked where a stated measure is not the indicator's."""
    return f"measure:{indicator.code}:{spelled(stated)}"


def _group(one: Stated) -> tuple[str, str, str]:
    return (one.sheet, one.heading, one.indicator)


def _day_of(value: Value, year: int) -> date | None:
    """The day about that year whose number in a spreadsheet this is: "5/7" became 44747."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LAST_SERIAL:
        day = SERIALS_BEGIN + timedelta(days=int(value))
        return day if abs(day.year - year) <= 1 and value == int(value) else None
    return None


def three_decimals(value: Decimal) -> bool:
    """1.897 is what a spreadsheet makes of a thousand written with a point."""
    exponent = value.normalize().as_tuple().exponent
    return exponent == -3 and abs(value) < 1000


def shown(value: Decimal) -> str:
    """A number without separators, a comma for decimals: it can be read in one way only."""
    return f"{value.normalize():f}".replace(".", ",")
