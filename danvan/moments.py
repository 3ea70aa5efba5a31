"""Moments as people write them, for asking how things stood."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from danvan.errors import DanvanError

YEARS = range(1900, 9000)  # outside of them clocks of other places would leave the calendar
TICK = timedelta(microseconds=1)


class MomentError(DanvanError):
    """A text that is no moment."""


def end_of(text: str) -> datetime:
    """The last instant of what the text names: of a day, a minute, a second, or just that instant.

    2022-12-27 and 27/12/2022 are whole days, 2022-12-27T14:05 a whole minute. Without an offset
    it is the clock of this machine. Raises MomentError for what is no moment.
    """
    text = text.strip()
    day = _day(text)
    if day is not None:
        if day.year not in YEARS:
            raise MomentError("not_a_moment", found=text)
        return datetime.combine(day, time.max).astimezone()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise MomentError("not_a_moment", found=text) from None
    if moment.year not in YEARS:
        raise MomentError("not_a_moment", found=text)
    clock = text.replace(" ", "T").partition("T")[2].removesuffix("Z").split("+")[0].split("-")[0]
    if "." in clock or "," in clock:
        length = TICK
    else:
        length = timedelta(seconds=1) if clock.count(":") == 2 else timedelta(minutes=1)
    return moment.astimezone() + length - TICK


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
