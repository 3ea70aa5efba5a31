"""Rows of frames."""

from __future__ import annotations

import pandas as pd

from danvan.rows import LaterRows, rows_of


def test_rows_that_are_made_later_are_those_of_the_frame() -> None:
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]}, index=[5, 3, 9])
    later = LaterRows(frame)
    assert (len(later), list(later)) == (3, rows_of(frame))
    assert later[1] == later[-2] == {"a": 2, "b": "y"}
    assert later[1:] == rows_of(frame)[1:]
