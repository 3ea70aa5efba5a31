"""Meeting: a year as screens to be shown in a hall, one finding each, frozen at one moment.

Everything is read through Access as that person may see it; danvan.report draws it.
"""

from __future__ import annotations

from datetime import datetime

from danvan.access import Access
from danvan.meeting.gathered import Meeting, gather
from danvan.meeting.screens import slides
from danvan.model import Period
from danvan.report.slide import Deck
from danvan.wording import Words

__all__ = ["Meeting", "deck", "drawn", "gather", "slides"]


def deck(
    store: Access,
    year: int,
    period: Period = Period.YEAR,
    unit: str | None = None,
    as_of: datetime | None = None,
    *,
    words: Words,
) -> Deck:
    """The presentation of a unit's period as it stands, or stood as of a moment.

    Without a unit of the one above all that the person sees. Raises what listing.listed raises,
    and RefusedError where the year had no unit yet.
    """
    return drawn(gather(store, year, period, unit, as_of, words))


def drawn(meeting: Meeting) -> Deck:
    """The presentation of what was gathered."""
    return Deck(
        title=f"{meeting.name} · {meeting.when}",
        foot=meeting.foot,
        language=meeting.words.language,
        slides=slides(meeting),
        figures=meeting.figures,
        sha256=meeting.sha256,
    )
