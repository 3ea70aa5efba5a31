"""Registers: models, tasks and awards as lists of things with a life, and what is counted from them.

Frames are those of Store.entries; nothing is stored here.
"""

from danvan.registers.counting import (
    behind,
    beside,
    counted,
    counted_in,
    counts_of,
    register_of,
    tallied,
    with_counts,
)
from danvan.registers.days import day_of, kept_day
from danvan.registers.deadlines import Deadline, deadline, with_standing
from danvan.registers.decisions import Decision, decision
from danvan.registers.keys import NONE, with_keys
from danvan.registers.kinds import (
    COLUMNS,
    FIELDS,
    HOLDERS,
    LEVELS,
    RENEWALS,
    field_of,
    holder_of,
    level_of,
    renewal_of,
)
from danvan.registers.lives import MODEL_STATES, STAGES, TASK_STATES, reached
from danvan.registers.repeats import repeated
from danvan.registers.searching import bare, matching, searchable

__all__ = [
    "COLUMNS",
    "FIELDS",
    "HOLDERS",
    "LEVELS",
    "MODEL_STATES",
    "NONE",
    "RENEWALS",
    "STAGES",
    "TASK_STATES",
    "Deadline",
    "Decision",
    "bare",
    "behind",
    "beside",
    "counted",
    "counted_in",
    "counts_of",
    "day_of",
    "deadline",
    "decision",
    "field_of",
    "holder_of",
    "kept_day",
    "level_of",
    "matching",
    "reached",
    "register_of",
    "renewal_of",
    "repeated",
    "searchable",
    "tallied",
    "with_counts",
    "with_keys",
    "with_standing",
]
