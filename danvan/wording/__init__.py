"""Words by language, and numbers and dates as Vietnamese offices write them.

The language is passed, never global. The texts are the gettext catalogues beside this file,
keyed by meaning ("state.met"); a key without a text is a bug and raises KeyError.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from math import isnan
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

NBSP = "\u00a0"  # keeps a number and its measure on one line
TENTH = Decimal("0.001")  # of a ratio: one tenth of a percent
PLACES = 4  # figures have at most four decimals
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Language(StrEnum):
    """The languages of the interface; the first is the default."""

    VI = "vi"
    EN = "en"


class Words:
    """The texts of one language: `words("overview.empty", year=2022)`."""

    def __init__(self, language: Language | str) -> None:
        self.language = Language(language)
        self._texts = _texts(self.language)

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """The text of the key with the values filled in; `n` chooses the plural."""
        text = key if n is None else self._texts.ngettext(key, key, n)
        text = self._texts.gettext(key) if text == key else text
        if text == key:
            raise KeyError(key)
        return text.format(n=number(n), **values)

    def knows(self, key: str) -> bool:
        """Whether there is a text of that key: what files say of states is not always known."""
        return self._texts.gettext(key) != key

    def name(self, thing: object) -> str:
        """The name, in this language, of anything with `name` and `name_en`."""
        local = str(getattr(thing, "name", ""))
        english = str(getattr(thing, "name_en", ""))
        return english or local if self.language is Language.EN else local


def first_upper(text: str) -> str:
    """The text as it begins a line: "quý II" as "Quý II"."""
    return text[:1].upper() + text[1:]


def in_one_line(text: str) -> str:
    """What somebody wrote, so that it does nothing to a screen: no new line, no command to a
    terminal, and no turn of direction, which would turn what stands after it as well.
    """
    return " ".join(UNSEEN.sub("□", text).splitlines())


@cache
def _texts(language: Language) -> GNUTranslations:
    path = Path(__file__).parent / f"{language}.po"
    binary = BytesIO()
    with path.open("rb") as source:
        write_mo(binary, read_po(source, locale=str(language)))
    binary.seek(0)
    return GNUTranslations(binary)


def number(value: Decimal | float | None, decimals: int = 0, beside: float | None = None) -> str:
    """A figure as Vietnamese read it: 1.234,5; a dash where there is none.

    Rounded to `decimals`, but never so that it reads like the different figure `beside` it.
    Trailing zeros are left out.
    """
    if value is None or isnan(value):
        return "–"
    exact = Decimal(str(value))
    text = _decimal(exact, decimals)
    if beside is not None and beside != value and text == _decimal(Decimal(str(beside)), decimals):
        return _decimal(exact, PLACES)
    return text


def signed(value: Decimal | float, decimals: int = 0) -> str:
    """A difference, with its sign: +5, −3, 0."""
    text = number(value if value >= 0 else -value, decimals)
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text


def _decimal(value: Decimal, decimals: int) -> str:
    pattern = "#,##0." + "#" * decimals
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(format_decimal(rounded, format=pattern, locale="vi")).replace("-", "−")


def percent(ratio: float | None, margin: Decimal = TENTH * 100) -> str:
    """A completion ratio in percent, 0.985 as "98,5 %"; a dash where there is none.

    Rounding never crosses a line that a state depends on: 0.9996 is "99,9 %", not "100 %", and
    0.0001 is "0,1 %", not "0 %". `margin` is the year's, for the line of the near figures.
    """
    if ratio is None or isnan(ratio):
        return "–"
    exact = Decimal(str(ratio))
    shown = exact.quantize(TENTH, ROUND_HALF_UP)
    for line in (Decimal(0), 1 - margin, Decimal(1)):
        if shown >= line > exact:
            shown = line - TENTH
        elif shown <= line < exact:
            shown = line + TENTH
    return f"{_decimal(shown * 100, 1)}{NBSP}%"


def day(value: date | None) -> str:
    """A date as offices write it: 27/12/2022."""
    return f"{value:%d/%m/%Y}" if value else "–"


def period_name(year: int, period: str, words: Words) -> str:
    """A part of a year within a sentence: "quý III năm 2022"; of the whole one "năm 2022"."""
    if period == "year":
        return words("rounds.year", year=year)
    return words("finding.period", period=words(f"period.{period}"), year=year)


def moment(value: datetime) -> str:
    """A moment on the office's own clock: 27/12/2022 14:05."""
    local = datetime.fromtimestamp(value.timestamp(), UTC).astimezone()
    return f"{local:%d/%m/%Y %H:%M}"
