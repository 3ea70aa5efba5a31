"""How far the rows of a register have come."""

from __future__ import annotations

import pandas as pd

STAGES = ("registered", "appraised", "recognised", "outstanding", "rewarded")
"""The life of a model, in its order (docs/glossary.md)."""


def stage_counts(models: pd.DataFrame) -> dict[str, int]:
    """How many models reached each stage or went beyond it; `models` are rows of the register.

    A model that was refused was registered and no more. An appraisal that no model stands at is
    left out: it would say the same as the recognition.
    """
    at = models["state"].where(models["state"].isin(STAGES), STAGES[0]).map(STAGES.index)
    counts = {stage: int((at >= place).sum()) for place, stage in enumerate(STAGES)}
    if not (models["state"] == "appraised").any():
        del counts["appraised"]
    return counts
