"""Asked: what an address says of a year and a period, or a sentence where it says nothing of the kind."""

from __future__ import annotations

from danvan.errors import RefusedError
from danvan.model import Period


def year_of(text: str) -> int:
    """The year that the text names. Raises RefusedError."""
    if not (text.isascii() and text.isdigit() and len(text) == len("2022")):
        raise RefusedError("not_a_year", found=text)
    return int(text)


def period_of(text: str) -> Period | None:
    """The period of that code; None for "". Raises RefusedError."""
    if text and text not in list(Period):
        raise RefusedError("not_a_period", found=text, allowed=", ".join(Period))
    return Period(text) if text else None
