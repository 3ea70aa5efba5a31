"""The rule for a frame answers as the rule for one figure does, row by row."""

from __future__ import annotations

from decimal import Decimal
from math import isclose, isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.completion import assess, with_completion
from tests import specification

WHOLE = st.integers(-3, 12).map(float)
FINE = st.integers(-(5 * 10**4), 5 * 10**6).map(lambda n: n / 10**4)
LARGE = st.integers(-9 * 10**15, 9 * 10**15).map(lambda n: n / 10**4)
NUMBER = st.none() | WHOLE | FINE | LARGE
ROW = st.fixed_dictionaries(
    {
        "direction": st.sampled_from(["more", "less", "band", "track"]),
        "target": NUMBER,
        "result": NUMBER,
        "baseline": st.none() | NUMBER,
        "lower": NUMBER,
        "upper": NUMBER,
        "applicable": st.booleans(),
        "due": st.booleans(),
    }
)
MARGINS = st.sampled_from(["0", "0.05", "0.1", "0.3333", "1"]).map(Decimal)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype(dict.fromkeys(specification.NUMBERS, float))


@settings(max_examples=150)
@given(st.lists(ROW, min_size=1, max_size=30), MARGINS)
def test_the_frame_agrees_with_the_rule_on_every_row(
    rows: list[dict[str, Any]], margin: Decimal
) -> None:
    answered = with_completion(_frame(rows), margin)
    for row, state, ratio in zip(rows, answered["state"], answered["ratio"], strict=True):
        expected = assess(**row, margin=margin)
        assert state == expected.state, row
        if expected.ratio is None:
            assert isnan(ratio), row
        else:
            assert isclose(ratio, expected.ratio, rel_tol=1e-12, abs_tol=1e-12), row


@pytest.mark.parametrize("example", specification.examples(), ids=lambda example: example.why)
def test_examples(example: specification.Example) -> None:
    margin = Decimal(example.asked.get("margin", "0.1"))
    asked = {name: value for name, value in example.asked.items() if name != "margin"}
    answered = with_completion(_frame([asked]), margin)
    assert answered.loc[0, "state"] == example.state


def test_each_row_may_have_its_own_margin() -> None:
    asked = {"direction": "more", "target": 100, "result": 94, "applicable": True, "due": True}
    empty = dict.fromkeys(("baseline", "lower", "upper"))
    frame = _frame([asked | empty, asked | empty]).assign(margin=[0.1, 0.05])
    assert list(with_completion(frame)["state"]) == ["near", "missed"]


def test_an_empty_frame_keeps_its_columns_and_types() -> None:
    empty = _frame([dict.fromkeys(("direction", "applicable", "due", *specification.NUMBERS))])[:0]
    answered = with_completion(empty)
    assert answered.dtypes["state"] == "str"
    assert answered.dtypes["ratio"] == "float64"
