"""Lives: the states that a model or a task goes through."""

from __future__ import annotations

STAGES = ("registered", "appraised", "recognised", "outstanding", "rewarded")
"""The life of a model, in its order (docs/glossary.md)."""
MODEL_STATES = (*STAGES, "refused")
TASK_STATES = ("waiting", "doing", "done", "overdue", "regular")


def reached(state: str) -> int:
    """How far along STAGES a model is; one that was refused was registered and no more."""
    return STAGES.index(state) if state in STAGES else 0
