"""Planning: a year's targets as a matrix, shared out, drafted from the years before, and revised.

Nothing of it knows a screen; what is stored goes through intake like any other figure.
"""

from danvan.planning.allocation import Allocation, Part, Rounding, allocate, rounded
from danvan.planning.earlier import Before, Earlier, earlier, gathered
from danvan.planning.key_tasks import carried, key_tasks, unfinished
from danvan.planning.matrix import EXEMPT, Aim, Matrix, Place, matrix
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
from danvan.planning.writing import Decision, changes, hand_in, written

__all__ = [
    "EXEMPT",
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
    "Way",
    "allocate",
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
    "proposed",
    "rounded",
    "unfinished",
    "weights",
    "written",
]
