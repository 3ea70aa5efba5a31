"""The rows of a frame, for what is said about one figure at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row by column name, with plain Python values; NaN stays NaN."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def known(value: object) -> bool:
    """Whether a value of a row is there: not None, NaN or NA."""
    return not pd.isna(value)  # type: ignore[call-overload]
