"""Days: read from a list and from a form in the same way."""

from __future__ import annotations

import pytest

from danvan.registers import kept_day


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("27/12/2022", "2022-12-27"),
        ("ngày 27 tháng 12 năm 2022", "2022-12-27"),
        ("27 - 12 - 2022", "2022-12-27"),
        ("2022-12-27", "2022-12-27"),
        ("31/02/2022", "31/02/2022"),
        ("cuối năm", "cuối năm"),
        ("", ""),
    ],
)
def test_a_day_is_kept_as_such_and_what_is_none_as_it_was_written(text: str, kept: str) -> None:
    assert kept_day(text) == kept
