"""Settling: why two numbers that differ may stand, or the entered one taken back so that the other does.

A settlement holds while both numbers are what they were; nothing about the figures is changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from danvan.access import Access
from danvan.accounts import Act
from danvan.errors import RefusedError
from danvan.model import Channel, Comparison, Period, Result, Settlement, Submission
from danvan.reconciliation.comparing import compared
from danvan.reconciliation.discrepancy import Discrepancy, Key, Settled
from danvan.reconciliation.gathering import Numbers, gather
from danvan.rows import rows_of
from danvan.wording import PLACES

LONGEST_REASON = 500  # characters
TRIES = 5  # to store between two submissions of others


def discrepancies(
    store: Access, year: int, as_of: datetime | None = None
) -> tuple[Discrepancy, ...]:
    """Every discrepancy of the year that the person sees, open or settled, in the order of
    `compared`. Raises RefusedError for a year that is not open.
    """
    store.need(Act.PLAN)
    return _with_settlements(store, gather(store, year, as_of), as_of)


def _with_settlements(
    store: Access, numbers: Numbers, as_of: datetime | None
) -> tuple[Discrepancy, ...]:
    said = _said(store, numbers.year, as_of)
    return tuple(_told(one, said.get(one.key)) for one in compared(numbers))


def _said(store: Access, year: int, as_of: datetime | None) -> dict[Key, Settled]:
    names = ("period", "unit", "indicator", "comparison", "subject")
    return {
        tuple(row[name] for name in names): Settled(
            stated=_decimal(row["stated"]),
            computed=_decimal(row["computed"]),
            reason=row["reason"],
            person=row["person"],
            at=row["at"].to_pydatetime(),
            submission=int(row["submission"]),
        )
        for row in rows_of(store.settlements(year, as_of))
    }


def _told(one: Discrepancy, said: Settled | None) -> Discrepancy:
    if said is None:
        return one
    holds = (said.stated, said.computed) == one.numbers
    return replace(one, settled=said) if holds else replace(one, former=said)


def _decimal(value: float) -> Decimal:
    return round(Decimal(str(value)), PLACES)


def settle(store: Access, found: Discrepancy, reason: str) -> int:
    """Let both numbers stand for a reason; the number of the submission that says so.

    Raises RefusedError without a reason, with one that is too long, and where the numbers are not
    those any more.
    """
    reason = reason.strip()
    if not reason:
        raise RefusedError("settlement_reason")
    if len(reason) > LONGEST_REASON:
        raise RefusedError("text_too_long", most=LONGEST_REASON, n=len(reason))
    return _submitted(store, found, lambda one: _settling(one, reason))


def reopen(store: Access, found: Discrepancy) -> int:
    """Take the settlement back; the discrepancy is open again."""
    return _submitted(
        store,
        found,
        lambda one: _settling(one, one.settled.reason if one.settled else "", removed=True),
    )


def _settling(one: Discrepancy, reason: str, *, removed: bool = False) -> dict[str, object]:
    settlement = Settlement(
        year=one.year,
        period=one.period,
        unit=one.unit,
        indicator=one.indicator,
        comparison=one.comparison,
        subject=one.subject,
        stated=one.stated,
        computed=one.computed,
        reason=reason,
        removed=removed,
    )
    return {"settlements": (settlement,)}


def gives_way(one: Discrepancy) -> bool:
    """Whether the entered figure can be taken back so that the computed one stands in its place."""
    return one.comparison in (Comparison.REGISTER, Comparison.UNITS, Comparison.PERIODS)


def let_computed_stand(store: Access, found: Discrepancy, note: str = "") -> int:
    """Take the entered figure back: what the register, the units below or the periods make then
    stands. The number of the submission; an undo brings the figure back.
    """
    if not gives_way(found):
        raise RefusedError("discrepancy_no_other")
    stored = store.figures(found.year)
    mine = stored[(stored["unit"] == found.unit) & (stored["indicator"] == found.indicator)]
    told = mine[mine["result"].notna()]["period"]
    # a register counts the whole year: no part of it may stand any more
    periods = set(told) if found.comparison is Comparison.REGISTER else {str(found.period)}
    facts = tuple(
        Result(
            year=found.year,
            unit=found.unit,
            indicator=found.indicator,
            period=Period(period),
            note=note,
        )
        for period in sorted(periods)
    )
    return _submitted(store, found, lambda _one: {"facts": facts})


def _submitted(
    store: Access, found: Discrepancy, make: Callable[[Discrepancy], dict[str, object]]
) -> int:
    """Store what is made of the discrepancy, while it still is what the person saw."""
    store.need(Act.PLAN)
    for _ in range(TRIES):
        revision = store.revision()
        now = {one.key: one for one in discrepancies(store, found.year)}.get(found.key)
        if now is None or now.numbers != found.numbers:
            raise RefusedError("discrepancy_moved")
        submission = Submission(
            person=store.account.name,
            channel=Channel.FORM,
            **make(now),  # type: ignore[arg-type]
        )
        numbers = store.submit([submission], only_at=revision)
        if numbers:
            return numbers[0]
    raise RefusedError("too_busy")
