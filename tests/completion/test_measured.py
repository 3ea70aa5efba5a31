"""The year's figures judged: on a day, by the year's own rule, and to date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from danvan.completion import measured, state_counts, to_date, weighted_mean
from danvan.model import Period, YearRule
from danvan.store import Store
from danvan.store.reading import FIGURE_TYPES
from tests.making import AFTER, CATALOGUE, RULE, YEAR, figures, only


def test_before_the_judging_day_nothing_is_red() -> None:
    asked = figures({"target": 10, "result": 3})
    before = measured(asked, CATALOGUE, RULE, date(YEAR, 11, 30))
    after = measured(asked, CATALOGUE, RULE, date(YEAR, 12, 1))
    assert (before.loc[0, "state"], before.loc[0, "ratio"]) == ("too_early", 0.3)
    assert after.loc[0, "state"] == "missed"


def test_the_margin_is_the_years_own() -> None:
    asked = figures({"target": 100, "result": 94})
    strict = YearRule(YEAR, margin=Decimal("0.05"))
    assert measured(asked, CATALOGUE, RULE, AFTER).loc[0, "state"] == "near"
    assert measured(asked, CATALOGUE, strict, AFTER).loc[0, "state"] == "missed"


def test_a_quarter_is_due_when_it_is_over() -> None:
    asked = figures({"period": "Q1", "target": 10, "result": 3})
    for day, state in ((date(YEAR, 3, 31), "too_early"), (date(YEAR, 4, 1), "missed")):
        frame = measured(asked, CATALOGUE, RULE, day, [Period.Q1])
        assert frame.loc[0, "state"] == state


def test_no_figures_make_an_empty_frame_with_every_column() -> None:
    empty = measured(figures(), CATALOGUE, RULE, AFTER)
    full = measured(figures({"result": 1}), CATALOGUE, RULE, AFTER)
    assert list(empty.columns) == list(full.columns)
    assert set(FIGURE_TYPES) < set(full.columns)


def test_the_cao_lanh_figures(cao_lanh: Store) -> None:
    frame = measured(cao_lanh.figures(2022), cao_lanh.catalogue(), YearRule(2022), date.today())
    city = frame[frame["unit"] == "TPCL"].set_index("indicator")
    stated = {
        "CCHC.01": (23, 23, "met"),
        "LLVT.01": (105, 105, "met"),
        "CCHC.02": (None, 4, "no_target"),
        "CCHC.03": (None, 1, "no_target"),
        "HDND.01": (None, 31, "tracked"),
        "NTM.01": (None, 2, "no_target"),
        "LLVT.04": (None, 2, "no_target"),
        "KT.01": (None, None, "not_reported"),
        "KT.02": (None, None, "not_reported"),
    }
    assert set(city.index) == set(stated)
    for code, (target, result, state) in stated.items():
        row = city.loc[code]
        assert (row.target if target else None, row.result if result else None) == (target, result)
        assert row.state == state, code
    assert frame["result"].min() > 0
    assert state_counts(city) == {"not_reported": 2, "met": 2, "no_target": 4, "tracked": 1}


def test_a_mean_prints_the_weight_it_leaves_out() -> None:
    asked = figures(
        {"target": 10, "result": 5},
        {"target": 10, "result": 10, "indicator": "LATEST"},
        {"target": 3, "indicator": "OWN"},
        {"result": 3, "indicator": "TRACK"},
    )
    mean = weighted_mean(measured(asked, CATALOGUE, RULE, AFTER))
    assert (mean.ratio, mean.weight, mean.missing) == (0.75, 2, 1)
    assert weighted_mean(measured(figures({"result": 3}), CATALOGUE, RULE, AFTER)).ratio is None


def test_to_date_compares_the_due_periods_with_their_own_targets() -> None:
    asked = figures(
        *({"period": f"Q{n}", "target": 10, "result": 8} for n in (1, 2, 3)),
        {"period": "Q4", "target": 30},
    )
    row = only(to_date(asked, CATALOGUE, RULE, date(YEAR, 7, 1)), unit="CITY")
    assert (row.target, row.result, row.ratio, row.estimated) == (20, 16, 0.8, False)


def test_to_date_shares_a_yearly_target_out_by_days_and_says_so() -> None:
    asked = figures({"target": 365}, {"period": "Q1", "result": 90})
    row = only(to_date(asked, CATALOGUE, RULE, date(YEAR, 3, 31)), unit="CITY")
    assert (row.target, row.result, row.state, row.estimated) == (90, 90, "met", True)


def test_a_percentage_is_not_shared_out() -> None:
    asked = figures(
        {"target": 80, "indicator": "SHARE"},
        {"period": "Q1", "result": 90, "numerator": 9, "denominator": 10, "indicator": "SHARE"},
    )
    row = only(to_date(asked, CATALOGUE, RULE, date(YEAR, 3, 31)), unit="CITY")
    assert (row.target, row.state, row.estimated) == (80, "exceeded", False)


@pytest.mark.parametrize(("day", "target"), [(date(YEAR, 1, 1), 1), (date(YEAR + 1, 6, 1), 365)])
def test_the_share_of_the_year_stays_within_it(day: date, target: int) -> None:
    asked = figures({"target": 365, "result": 1})
    assert only(to_date(asked, CATALOGUE, RULE, day), unit="CITY").target == target
