"""Amounts: a number as a person types it beside the matrix: a total, a weight, a per cent."""

from __future__ import annotations

from decimal import Decimal

from danvan.intake.quantities import Quantity, Style, quantity


def amount(text: str) -> Decimal | None:
    """The number, a comma before its decimals; None for what is none, or below 0."""
    read = quantity(" ".join(text.split()), Style.COMMA, whole_only=False, aim=True)
    if not isinstance(read, Quantity) or read.whole is not None:
        return None
    value = read.value * (read.scale or 1)
    return value if value >= 0 else None
