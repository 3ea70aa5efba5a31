"""How far the rows of a register have come."""

from __future__ import annotations

import pandas as pd

from danvan.registers.lives import STAGES, reached


def stage_counts(models: pd.DataFrame) -> dict[str, int]:
    """How many models reached each stage or went beyond it; `models` are rows of the register.

    A model that was refused was registered and no more. An appraisal that no model stands at is
    left out: it would say the same as the recognition.
    """
    at = models["state"].map(reached)
    counts = {stage: int((at >= place).sum()) for place, stage in enumerate(STAGES)}
    if not (models["state"] == "appraised").any():
        del counts["appraised"]
    return counts
