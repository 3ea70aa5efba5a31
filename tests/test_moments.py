"""Moments as people write them: the last instant of what the text names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from danvan.moments import MomentError, end_of


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2022-12-27", (2022, 12, 27, 23, 59, 59, 999999)),
        ("27/12/2022", (2022, 12, 27, 23, 59, 59, 999999)),
        ("2022-12-27T14:05", (2022, 12, 27, 14, 5, 59, 999999)),
        ("2022-12-27 14:05", (2022, 12, 27, 14, 5, 59, 999999)),
        ("2022-12-27T14:05:30", (2022, 12, 27, 14, 5, 30, 999999)),
        ("2022-12-27T14:05:30.5", (2022, 12, 27, 14, 5, 30, 500000)),
    ],
)
def test_without_an_offset_it_is_the_clock_of_this_machine(
    text: str, last: tuple[int, ...]
) -> None:
    assert end_of(text) == datetime(*last).astimezone()


@pytest.mark.parametrize("offset", ["Z", "+00:00", "+07:00"])
def test_an_offset_is_kept(offset: str) -> None:
    hours = 7 if "7" in offset else 0
    instant = datetime(2022, 12, 27, 14, 5, 30, tzinfo=UTC) - timedelta(hours=hours)
    assert end_of(f"2022-12-27T14:05:30{offset}") == instant + timedelta(microseconds=999999)


@pytest.mark.parametrize("text", ["", "hôm qua", "2022-13-01", "31/02/2022", "27-12-2022"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MomentError):
        end_of(text)
