"""Days: what files and people write for a day, and how it is kept."""

from __future__ import annotations

import re
from datetime import date

DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
SPELLED_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")


def day_of(text: str) -> date | None:
    """The day that "27/12/2022", "27-12-2022" or "ngày 27 tháng 12 năm 2022" is; None for none."""
    plain = " ".join(text.lower().split())
    found = DAY.fullmatch(plain) or SPELLED_DAY.fullmatch(plain)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(plain)
    except ValueError:
        return None


def kept_day(text: str) -> str:
    """A day as it is kept, 2022-12-27; what is no day stays as it was written."""
    on = day_of(text)
    return on.isoformat() if on else text
