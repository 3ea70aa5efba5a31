"""Showing: what was said of figures, beside them in every frame that they are shown from."""

from __future__ import annotations

import pandas as pd

KEY = ["period", "unit", "indicator"]


def explained(rows: pd.DataFrame, explanations: pd.DataFrame) -> pd.DataFrame:
    """Measured rows with `explanation` ("" where nobody gave one) and `explained_at`, the moment it
    was given (NaT). `explanations` are those of Store.explanations of the same year.
    """
    said = explanations[[*KEY, "text", "at"]].rename(
        columns={"text": "explanation", "at": "explained_at"}
    )
    whole = rows.merge(said, on=KEY, how="left")
    return whole.assign(explanation=whole["explanation"].fillna("").astype("str"))
