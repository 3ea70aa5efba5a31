"""In: a file becomes facts and problems. Nothing is stored here.

`read` understands one file; `check` reads a whole submission and says what it would change;
`hand_in` stores what was checked.
"""

from danvan.intake.difference import Change, Difference
from danvan.intake.reading import Reading, read
from danvan.intake.submitting import Check, check, hand_in, template_for, typed

__all__ = [
    "Change",
    "Check",
    "Difference",
    "Reading",
    "check",
    "hand_in",
    "read",
    "template_for",
    "typed",
]
