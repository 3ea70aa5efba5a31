"""Standing: where the units of a round stand, in words. Nothing is computed here that owing did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from danvan.model import Round
from danvan.rounds.owing import Owed, Standing
from danvan.wording import Words, day, first_upper, period_name

WHOLE = (Standing.COMPLETE, Standing.LATE)
OPEN = (Standing.RETURNED, Standing.NONE, Standing.PARTLY)
"""Of those something has still to come."""


def counts(told: Sequence[Owed]) -> dict[Standing, int]:
    """How many units stand where, those first that need attention; who is not asked left out."""
    found = Counter(one.standing for one in told)
    return {s: found[s] for s in Standing if found[s] and s is not Standing.NOT_ASKED}


def sentence(one: Round, told: Sequence[Owed], words: Words) -> str:
    """The round in a sentence: "Quý I năm 2026: 9/15 đơn vị đã nộp đủ, trong đó 2 nộp trễ; 4 chưa nộp"."""
    time = first_upper(period_name(one.year, one.period, words))
    found = counts(told)
    if not found:
        return f"{time}: {words('rounds.nobody_asked')}"
    whole = sum(found.get(standing, 0) for standing in WHOLE)
    first = words("coverage.whole", n=sum(found.values()), reported=whole)
    if found.get(Standing.LATE):
        first += ", " + words("coverage.late", n=found[Standing.LATE])
    rest = [
        words(f"rounds.{standing}", n=found[standing])
        for standing in (Standing.NONE, Standing.PARTLY, Standing.RETURNED, Standing.WAITING)
        if found.get(standing)
    ]
    return f"{time}: " + "; ".join([first, *rest])


def due_word(one: Round, on: date, words: Words) -> str:
    """The due day and how far off it is: "hạn nộp 10/04/2026, còn 3 ngày"."""
    left = (one.due - on).days
    if left == 0:
        return words("rounds.due_today", day=day(one.due))
    key = "rounds.due_left" if left > 0 else "rounds.due_over"
    return words(key, n=abs(left), day=day(one.due))


def by_attention(told: Sequence[Owed]) -> list[Owed]:
    """The units, those first that need attention most: by standing, then the longest overdue."""
    order = list(Standing)
    return sorted(told, key=lambda one: (order.index(one.standing), -one.days_late))
