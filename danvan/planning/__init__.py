"""Planning: a year's targets as a matrix, shared out, drafted from the years before, and revised.

Nothing of it knows a screen; what is stored goes through intake like any other figure.
"""

from danvan.planning.allocation import Allocation, Part, Rounding, allocate, rounded
from danvan.planning.amounts import amount
from danvan.planning.earlier import Before, Earlier, earlier, gathered
from danvan.planning.key_tasks import KEY, carried, key_tasks, unfinished
from danvan.planning.matrix import EXEMPT, Aim, Matrix, Place, Short, matrix, short_of_law
from danvan.planning.proposals import (
    Base,
    Proposal,
    Reason,
    Rule,
    below,
    given_to,
    is_given,
    minimum,
    proposed,
)
from danvan.planning.weights import Way, is_shared_alike, is_shared_out, weights
from danvan.planning.writing import Decision, Sheet, changes, hand_in, opened, with_changes, written

__all__ = [
    "EXEMPT",
    "KEY",
    "Aim",
    "Allocation",
    "Base",
    "Before",
    "Decision",
    "Earlier",
    "Matrix",
    "Part",
    "Place",
    "Proposal",
    "Reason",
    "Rounding",
    "Rule",
    "Sheet",
    "Short",
    "Way",
    "allocate",
    "amount",
    "below",
    "carried",
    "changes",
    "earlier",
    "gathered",
    "given_to",
    "hand_in",
    "is_given",
    "is_shared_alike",
    "is_shared_out",
    "key_tasks",
    "matrix",
    "minimum",
    "opened",
    "proposed",
    "rounded",
    "short_of_law",
    "unfinished",
    "weights",
    "with_changes",
    "written",
]
