"""What the units say together: who reached it, who did not, and nothing where nothing is judged."""

from __future__ import annotations

from typing import Any

import pytest

from danvan.completion import measured
from danvan.findings import every_sentence, sentence, units_sentence
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures


def _frame(*rows: tuple[str, str, Any, Any]) -> Any:
    told = [{"unit": u, "indicator": c, "target": t, "result": r} for u, c, t, r in rows]
    frame = measured(figures(*told), CATALOGUE, RULE, AFTER)
    return frame[frame["unit"].isin(WARDS)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("W1", "SUM", 3, 3), ("W2", "SUM", 3, 3)], "2/2 đơn vị đạt."),
        ([("W1", "SUM", 3, 4), ("W2", "SUM", 3, 3)], "2/2 đơn vị đạt và vượt."),
        ([("W1", "SUM", 3, 4)], "1/1 đơn vị vượt kế hoạch."),
        (
            [("W1", "SUM", 3, 3), ("W2", "SUM", 3, 1), ("W3", "SUM", 10, 9)],
            "1/3 đơn vị đạt; chưa đạt: Phường 2; gần đạt: Phường 3.",
        ),
        ([("W1", "SUM", 3, None)], "0/1 đơn vị đạt; chưa báo cáo: Phường 1."),
        (
            [("W1", "TRACK", None, 4), ("W2", "TRACK", 5, None)],
            "0/1 đơn vị đạt; chưa báo cáo: Phường 2.",
        ),
        (
            [("W1", "TRACK", None, 4)],
            "1 đơn vị có số liệu; chỉ tiêu này không xếp đạt hay chưa đạt.",
        ),
        ([], "Chưa đơn vị nào có số liệu của chỉ tiêu này trong kỳ đã chọn."),
    ],
)
def test_one_indicator_over_the_units(rows: Any, said: str, words: Words) -> None:
    assert sentence(units_sentence(_frame(*rows), CATALOGUE, words)) == said


def test_a_followed_indicator_has_no_share_reached_though_somebody_is_silent(words: Words) -> None:
    rows = _frame(("W1", "SUM", 3, 4), ("W2", "SUM", 3, None))
    silent = rows.assign(target=float("nan"))
    silent.loc[silent["unit"] == "W1", "state"] = "tracked"
    assert sentence(units_sentence(silent, CATALOGUE, words)) == (
        "1 đơn vị có số liệu; chỉ tiêu này không xếp đạt hay chưa đạt; chưa báo cáo: Phường 2."
    )


def test_all_at_once_names_who_lacks_most_first(words: Words) -> None:
    rows = _frame(
        ("W1", "SUM", 3, 1), ("W2", "SUM", 3, 1), ("W2", "LATEST", 3, 1), ("W3", "SUM", 3, 3),
        ("W1", "LATEST", 3, None),
    )  # fmt: skip
    assert sentence(every_sentence(rows, WARDS, CATALOGUE, words)) == (
        "1/3 đơn vị đạt và vượt mọi chỉ tiêu; chưa đạt: Phường 2 (2), Phường 1 (1); "
        "chưa báo cáo: Phường 1 (1)."
    )
    assert sentence(every_sentence(_frame(), WARDS, CATALOGUE, words)) == (
        "Chưa đơn vị nào được giao chỉ tiêu hay phải báo cáo."
    )
