"""Explanations: why a figure fell short or was sent back, in its unit's own words.

Which figures ask for one, how it is given, and that it is beside the figure wherever that is shown.
"""

from danvan.explanations.giving import LONGEST, explain
from danvan.explanations.showing import explained
from danvan.explanations.wanting import MISSED, RETURNED, WANTED, unexplained, wanted

__all__ = [
    "LONGEST",
    "MISSED",
    "RETURNED",
    "WANTED",
    "explain",
    "explained",
    "unexplained",
    "wanted",
]
