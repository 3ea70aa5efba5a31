"""The rows of a frame, for what is said about one figure at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast, overload

import pandas as pd

Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row by column name, with plain Python values; NaN stays NaN."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


class LaterRows(Sequence[Row]):
    """The rows of a frame of thousands, each made only when it is asked for."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        return len(self._frame)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return rows_of(self._frame.iloc[at])
        return rows_of(self._frame.iloc[[at]])[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(rows_of(self._frame))


def known(value: object) -> bool:
    """Whether a value of a row is there: not None, NaN or NA."""
    return not pd.isna(value)  # type: ignore[call-overload]
