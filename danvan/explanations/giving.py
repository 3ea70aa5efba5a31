"""Giving: an explanation is handed in like a figure: a reporter's waits, an editor's counts at once."""

from __future__ import annotations

from collections.abc import Mapping

from danvan.access import Access
from danvan.errors import RefusedError
from danvan.model import Channel, Explanation, Period, Submission

LONGEST = 500  # characters: a reason, not a report
Key = tuple[str, str, str]  # period, unit, indicator


def explain(store: Access, year: int, texts: Mapping[Key, str]) -> int:
    """Hand in explanations of figures of the year, in one submission; its number.

    A blank text takes back what stands. Raises RefusedError for a text that is too long, where
    there is nothing to hand in, and for a closed year; NotAllowedError for a unit out of scope.
    """
    given = {key: text.strip() for key, text in texts.items()}
    for text in given.values():
        if len(text) > LONGEST:
            raise RefusedError("text_too_long", most=LONGEST, n=len(text))
    stands = _standing(store, year)
    new = {key: text for key, text in given.items() if text != stands.get(key, "")}
    if not new:
        raise RefusedError("nothing_explained")
    explanations = tuple(
        Explanation(year=year, period=Period(period), unit=unit, indicator=indicator, text=text)
        for (period, unit, indicator), text in new.items()
    )
    submission = Submission(
        person=store.account.name, channel=Channel.FORM, explanations=explanations
    )
    (number,) = store.submit([submission])
    return number


def _standing(store: Access, year: int) -> dict[Key, str]:
    found = store.explanations(year)
    keys = zip(found["period"], found["unit"], found["indicator"], strict=True)
    return dict(zip(keys, found["text"], strict=True))
