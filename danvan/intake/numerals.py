"""Numbers as the plain layout writes them: no thousands separators, comma or point for decimals."""

from __future__ import annotations

import re
from decimal import Decimal

from danvan.completion.frame import LARGEST
from danvan.wording import PLACES

NUMBER = re.compile(r"[-−]?\d+([.,]\d+)?")
TWO_WAYS = re.compile(
    r"[-−]?[1-9]\d{0,2}[.,]\d{3}"
)  # 1.234 is a thousand to some, a fraction to others


def plain_number(text: str) -> Decimal | str:
    """The number, or the code of the problem with it."""
    if not NUMBER.fullmatch(text):
        return "not_a_number"
    if TWO_WAYS.fullmatch(text):
        return "number_two_ways"
    value = Decimal(text.replace(",", ".").replace("−", "-"))
    if abs(value) > LARGEST:
        return "number_too_large"
    if value != round(value, PLACES):
        return "too_many_decimals"
    return value
