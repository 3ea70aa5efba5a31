"""Proposals: from plans and results of before, each with a reason; what is missing is never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from danvan.access import Access, operator
from danvan.model import Catalogue, Channel, Minimum, Unit, UnitChange, YearRule
from danvan.planning import (
    Base,
    Before,
    Earlier,
    Proposal,
    Rule,
    Way,
    earlier,
    proposed,
    weights,
)
from danvan.store import Store, open_store
from danvan.wording import Words
from tests.making import CATALOGUE, YEAR, founded, result, submission, target

NEXT = YEAR + 1
MINIMUM = Minimum("SUM", ("phường",), Decimal(2), "Luật", first_year=NEXT)
KNOWN = replace(CATALOGUE, minimums=(MINIMUM,))


def _before(target: int | None = None, result: object = None, **more: bool) -> Before:
    value = None if result is None else Decimal(str(result))
    return Before(None if target is None else Decimal(target), value, **more)


def _one(
    rule: Rule, figures: Mapping[int, Before], code: str = "SUM", catalogue: Catalogue = KNOWN
) -> Proposal:
    """What is proposed for W1 after these years."""
    past = Earlier(NEXT, {(year, "W1", code): before for year, before in figures.items()})
    found = proposed(catalogue, NEXT, "CITY", past, YEAR, {code: rule})
    return next(one for one in found if one.unit == "W1")


@pytest.mark.parametrize(
    ("rule", "before", "value", "reason"),
    [
        (Rule(), _before(10, 12), 10, "Kế hoạch năm 2022: 10"),
        (Rule(change=Decimal(5)), _before(10, 12), 11, "Kế hoạch năm 2022: 10; tăng 5 %"),
        (Rule(Base.RESULT), _before(10, 12), 12, "Kết quả năm 2022: 12"),
        (Rule(Base.RESULT, Decimal(5)), _before(10, 12), 13, "Kết quả năm 2022: 12; tăng 5 %"),
        (Rule(Base.RESULT, Decimal(-50)), _before(10, 12), 6, "Kết quả năm 2022: 12; giảm 50 %"),
        (Rule(), _before(None, 12), None, "Năm 2022 không giao chỉ tiêu"),
        (Rule(Base.RESULT), _before(10), None, "Chưa có kết quả đầy đủ của năm 2022"),
        (Rule(Base.MINIMUM), _before(), 2, "Mức tối thiểu theo luật: 2"),
        (Rule(), _before(10, exempt=True), None, "Năm 2022 không áp dụng cho đơn vị này"),
    ],
)
def test_a_proposal_says_where_it_comes_from(
    rule: Rule, before: Before, value: int | None, reason: str
) -> None:
    found = _one(rule, {YEAR: before})
    assert (found.value, found.reason(Words("vi"))) == (value, reason)


def test_where_less_is_better_more_is_asked_for_by_a_smaller_number() -> None:
    found = _one(Rule(change=Decimal(10)), {YEAR: _before(50)}, "LESS")
    assert found.value == 45
    assert "giảm 10 % vì càng ít càng tốt" in found.reason(Words("vi"))


def test_a_percentage_never_goes_above_100() -> None:
    found = _one(Rule(change=Decimal(10)), {YEAR: _before(95)}, "SHARE")
    assert found.value == 100
    assert found.reason(Words("vi")).endswith("không quá 100 %")


def test_a_mean_is_of_the_years_that_are_known_and_names_them() -> None:
    found = _one(Rule(Base.MEAN), {YEAR: _before(result=4), YEAR - 2: _before(result=7)})
    assert (found.value, found.mean_of) == (6, (YEAR - 2, YEAR))
    assert found.reason(Words("vi")) == "Trung bình kết quả các năm 2020, 2022: 6"


def test_what_is_below_the_law_is_shown_and_raised_only_where_that_is_asked_for() -> None:
    low = _one(Rule(), {YEAR: _before(1)})
    assert (low.value, low.minimum, low.too_low) == (1, 2, True)
    lifted = _one(Rule(raised=True), {YEAR: _before(1)})
    assert (lifted.value, lifted.too_low) == (2, False)
    assert lifted.reason(Words("vi")).endswith("nâng lên mức tối thiểu theo luật: 2")


def test_the_minimum_is_that_of_the_kind_of_unit_and_the_year() -> None:
    city = replace(CATALOGUE, minimums=(replace(MINIMUM, kinds=("xã",)),))
    assert _one(Rule(), {YEAR: _before(1)}, catalogue=city).minimum is None
    later = replace(CATALOGUE, minimums=(replace(MINIMUM, first_year=NEXT + 1),))
    assert _one(Rule(), {YEAR: _before(1)}, catalogue=later).minimum is None


def test_what_only_the_city_has_is_proposed_to_the_city() -> None:
    found = proposed(KNOWN, NEXT, "CITY", Earlier(NEXT), YEAR, {"OWN": Rule(), "BAND": Rule()})
    assert [(one.unit, one.indicator) for one in found] == [("CITY", "OWN")]


def test_a_target_that_only_the_city_was_given_is_proposed_to_the_city() -> None:
    past = Earlier(NEXT, {(YEAR, "CITY", "SUM"): _before(105)})
    found = proposed(KNOWN, NEXT, "CITY", past, YEAR, {"SUM": Rule(change=Decimal(10))})
    assert [(one.unit, one.value) for one in found if one.value] == [("CITY", 116)]
    given = replace(past, figures=past.figures | {(YEAR, "W1", "SUM"): _before(5)})
    found = proposed(KNOWN, NEXT, "CITY", given, YEAR, {"SUM": Rule()})
    assert "CITY" not in {one.unit for one in found}


@pytest.fixture
def merged(store: Store) -> Access:
    """Wards W1 and W2 of the year, which are one the year after."""
    change = UnitChange(date(NEXT, 1, 1), "W2", "W1", "")
    gone = Unit("W2", "Phường 2", "Ward 2", "phường", "CITY", last_day=date(YEAR, 12, 31))
    store.submit(
        [
            submission(
                channel=Channel.CATALOGUE, catalogue=Catalogue(units=(gone,), changes=(change,))
            )
        ]
    )
    store.submit([submission(target(5, "W1"), target(3, "W2"), result(4, "W1"), result(3, "W2"))])
    store.submit([submission(channel=Channel.YEAR, years=(YearRule(NEXT),))])
    return Access(store, operator("lan"))


def test_figures_of_units_that_merged_are_carried_and_that_is_said(merged: Access) -> None:
    past = earlier(merged, NEXT, YEAR)
    found = proposed(merged.catalogue(), NEXT, "CITY", past, YEAR, {"SUM": Rule(Base.RESULT)})
    one = next(one for one in found if one.unit == "W1")
    assert one.value == 7
    assert one.reason(Words("vi")).endswith("số liệu quy đổi từ: Phường 1, Phường 2")
    assert next(one for one in found if one.unit == "W3").value is None


def test_a_weight_that_nobody_knows_is_none(merged: Access) -> None:
    past, units = earlier(merged, NEXT, YEAR), [merged.catalogue().unit[u] for u in ("W1", "W3")]
    assert weights(Way.TARGET, units, "SUM", past, YEAR) == {"W1": 8, "W3": None}
    assert weights(Way.RESULT, units, "SUM", past, YEAR) == {"W1": 7, "W3": None}
    assert weights(Way.POPULATION, units, "SUM", past, YEAR) == {"W1": None, "W3": None}
    assert weights(Way.EQUAL, units, "SUM", past, YEAR) == {"W1": 1, "W3": 1}


def test_a_sum_of_which_reports_are_missing_is_no_result(tmp_path: object) -> None:
    store = founded(open_store(f"{tmp_path}/a.db"))
    store.submit([submission(target(5, "W1"), target(3, "W2"), result(4, "W1"))])
    past = earlier(Access(store, operator("lan")), NEXT, YEAR)
    assert past.of(YEAR, "CITY", "SUM") == Before(Decimal(8), None)
