"""The rule for one figure: its table of examples, and what holds for any figure."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.completion import assess
from danvan.states import REACHED, State
from danvan.wording import Words, percent
from tests import specification

NUMBERS = st.one_of(
    st.integers(-3, 12).map(Decimal),
    st.integers(-(5 * 10**4), 5 * 10**6).map(lambda n: Decimal(n) / 10**4),
    st.integers(-9 * 10**15, 9 * 10**15).map(lambda n: Decimal(n) / 10**4),
)
ORDER = [State.MISSED, State.NEAR, State.MET, State.EXCEEDED]
"""States of judged figures, from worse to better."""


@pytest.mark.parametrize("example", specification.examples(), ids=lambda example: example.why)
def test_examples(example: specification.Example) -> None:
    answer = assess(**example.asked)
    assert answer.state == example.state
    assert answer.ratio == (None if example.ratio is None else pytest.approx(example.ratio))


def test_the_page_of_rules_shows_the_examples_that_are_run() -> None:
    assert specification.PAGE.read_text(encoding="utf-8") == specification.page()


@pytest.mark.parametrize("kind", [int, float, str, Decimal])
def test_numbers_come_in_as_int_float_str_or_decimal(kind: type) -> None:
    assert assess("more", kind("23"), kind("23")).state == "met"
    assert assess("more", 0.3, 0.1 + 0.2).state == "met"


def test_a_state_is_a_string_and_every_rule_has_its_sentence() -> None:
    for example in specification.examples():
        answer = assess(**example.asked)
        assert isinstance(answer.state, str)
        assert Words("vi")(f"rule.{answer.rule}")


@pytest.mark.parametrize("text", ["", "abc", "1e999", float("inf")])
def test_what_is_no_figure_is_an_error_and_not_a_guess(text: object) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        assess("more", 1, text)


def test_a_direction_is_obligatory() -> None:
    with pytest.raises(ValueError, match="better"):
        assess("better", 1, 1)


@given(NUMBERS, NUMBERS, NUMBERS, st.none() | NUMBERS, st.sampled_from(["more", "less"]))
def test_a_better_result_never_makes_it_worse(
    target: Decimal, one: Decimal, other: Decimal, baseline: Decimal | None, direction: str
) -> None:
    worse, better = sorted([one, other], reverse=direction == "less")
    low = assess(direction, target, worse, baseline=baseline)
    high = assess(direction, target, better, baseline=baseline)
    if State.TRACKED not in (low.state, high.state):
        assert ORDER.index(low.state) <= ORDER.index(high.state)
    if low.ratio is not None and high.ratio is not None:
        assert low.ratio <= high.ratio


@given(st.sampled_from(["more", "less", "band", "track"]), NUMBERS, st.booleans(), st.booleans())
def test_what_is_missing_is_never_judged_and_has_no_ratio(
    direction: str, target: Decimal, applicable: bool, due: bool
) -> None:
    for missing in (None, float("nan")):
        answer = assess(direction, target, missing, lower=target, applicable=applicable, due=due)
        assert answer.ratio is None
        assert answer.state == ("not_reported" if applicable else "not_applicable")


@given(NUMBERS, st.sampled_from(["more", "less"]))
def test_exactly_the_target_is_met_wherever_it_is_judged(target: Decimal, direction: str) -> None:
    answer = assess(direction, target, target)
    assert answer.state == (State.TRACKED if (direction, target) == ("more", 0) else State.MET)
    assert answer.ratio in (1.0, None)


@given(NUMBERS, NUMBERS, st.none() | NUMBERS, st.sampled_from(["more", "less"]))
def test_a_percentage_never_contradicts_its_state(
    target: Decimal, result: Decimal, baseline: Decimal | None, direction: str
) -> None:
    answer = assess(direction, target, result, baseline=baseline)
    if answer.ratio is None:
        return
    shown = percent(answer.ratio)
    if not isclose(answer.ratio, 1, abs_tol=1e-15):
        assert (answer.state in REACHED) == (answer.ratio >= 1)
        assert shown != "100\u00a0%"
    if result and direction == "more" and baseline is None and answer.ratio > 0:
        assert shown != "0\u00a0%"
