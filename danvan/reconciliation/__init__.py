"""Reconciliation: every two numbers of a year that ought to agree and do not, and what settles them.

Nothing is corrected here by itself: both numbers stay, and a person decides.
"""

from danvan.reconciliation.comparing import compared
from danvan.reconciliation.discrepancy import Discrepancy, Settled
from danvan.reconciliation.gathering import Numbers, gather
from danvan.reconciliation.settling import (
    LONGEST_REASON,
    discrepancies,
    gives_way,
    let_computed_stand,
    reopen,
    settle,
)

__all__ = [
    "LONGEST_REASON",
    "Discrepancy",
    "Numbers",
    "Settled",
    "compared",
    "discrepancies",
    "gather",
    "gives_way",
    "let_computed_stand",
    "reopen",
    "settle",
]
