"""Amounts: the number of a cell in its indicator's own measure, or what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from danvan.intake.answers import Answers
from danvan.intake.book import cell_name
from danvan.intake.names import Names
from danvan.intake.quantities import (
    MONEY,
    SCALES,
    Doubt,
    Quantity,
    Silence,
    Style,
    quantity,
    style_of,
)
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field, Stated, speaks_of_share
from danvan.model import Indicator, Kind

HUNDRED = Decimal(100)
LIKELY_SHARE = Decimal("1.5")  # a column with more than this holds percents, not fractions of 1
MUCH_MONEY = 100_000  # a figure so large is in another measure than its indicator's
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
    large: set[tuple[str, str, str]] = field(default_factory=set)

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
        if one.percent or one.share or (isinstance(value, str) and "%" in value):
            self.shares.add(group)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if abs(value) > LIKELY_SHARE and not one.percent:
                self.large.add(group)
            if value != int(value):
                self.shares.add(group)

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
        return read.value * (read.scale or 1)

    def ratio(self, one: Stated) -> Decimal | Doubt | None:
        """The office's own percentage, which is only compared; None where there is none."""
        style = self.styles.get((one.sheet, one.heading), Style.UNKNOWN)
        style = Style.COMMA if style is Style.UNKNOWN else style
        read = quantity(one.value, style, False)
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
        if read.measure and not self.names.is_measure(read.measure):
            return Doubt("not_a_number")
        if (pair and one.field in AIMS) or (one.field in PARTS and (read.percent or pair)):
            return Doubt("not_a_number")
        if read.percent and not share:
            return Doubt("percent_for_count")
        if one.field in PARTS or (share and (pair or read.percent)):
            return None
        if one.measure and (one.measure.strip() == "%") != share:
            return Doubt("measure_contradicts", (one.measure, indicator.measure))
        check = self._share_doubt if share else self._money_doubt
        return None if pair else check(one, indicator, read)

    def _share_doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        """A bare number may be a part of 1, percent, or a number of things."""
        if read.measure:
            return Doubt("share_or_number")
        if self._answer(one) is not None:
            return None
        plain = isinstance(one.value, int | float) and not one.percent
        if plain and 0 < abs(read.value) <= 1 and _group(one) not in self.large:
            choices = (shown(read.value * HUNDRED), shown(read.value))
            return Doubt("fraction_or_percent", choices)
        if not speaks_of_share(indicator.name) and _group(one) not in self.shares:
            return Doubt("share_or_number", (f"{shown(read.value)}%",))
        return None

    def _money_doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        """Money for what is no money, or so much that it cannot be in the indicator's measure."""
        stated = spelled(one.measure)
        if spelled(indicator.measure) not in MONEY:
            money = spelled(read.measure) in MONEY or stated in MONEY
            choices = (one.measure or read.measure, indicator.measure)
            return Doubt("measure_contradicts", choices) if money else None
        silent = read.scale is None and stated not in SCALES and self._answer(one) is None
        if silent and abs(read.value) >= MUCH_MONEY:
            readings = tuple(f"{shown(read.value)} {currency}" for currency in CURRENCIES)
            return Doubt("money_of_which_measure", readings)
        return None


def _group(one: Stated) -> tuple[str, str, str]:
    return (one.sheet, one.heading, one.indicator)


def shown(value: Decimal) -> str:
    """A number without separators, a comma for decimals: it can be read in one way only."""
    return f"{value.normalize():f}".replace(".", ",")
