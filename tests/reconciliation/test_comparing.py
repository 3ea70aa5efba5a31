"""Comparing: the five ways in which two numbers contradict each other, and what is none of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.access import Access, operator
from danvan.accounts import Account, Role
from danvan.errors import NotAllowedError
from danvan.model import Comparison, Entry, Fact, OverPeriods, Period, Register, Target, Whole
from danvan.percentages import agrees, in_percent, rounds_to
from danvan.reconciliation import Discrepancy, discrepancies
from danvan.store import Store, open_store
from tests.making import (
    CATALOGUE,
    INDICATORS,
    WARDS,
    YEAR,
    founded,
    indicator,
    result,
    submission,
    target,
)

MODELS = indicator("MODELS", counted_from="models:registered")
CASES = indicator("CASES", counted_from="")
TASKED = indicator("TASKED", over_periods=OverPeriods.LATEST)
WHOLES = (
    Whole("CASES", ("SHARE:denominator",)),
    Whole("TASKED:target", ("tasks:a",)),
    Whole("SUM", ("LESS", "TRACK")),
)
KNOWN = replace(CATALOGUE, indicators=(*INDICATORS, MODELS, CASES, TASKED), wholes=WHOLES)
D = Decimal


@pytest.fixture
def lan(tmp_path: Path) -> Access:
    return Access(founded(open_store(str(tmp_path / "a.db")), KNOWN), operator("lan"))


def _hand_in(store: Access, *facts: Fact, entries: tuple[Entry, ...] = ()) -> None:
    person = store.account.name
    store.submit([submission(*facts, entries=entries, person=person)])


def _found(store: Access) -> list[tuple[str, str, str, Decimal, Decimal]]:
    return [
        (str(one.comparison), one.unit, one.indicator, one.stated, one.computed)
        for one in discrepancies(store, YEAR)
    ]


def _models(unit: str, count: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            register=Register.MODEL, year=YEAR, unit=unit, name=f"Mô hình {n}",
            values=(("state", "registered"),),
        )
        for n in range(count)
    )  # fmt: skip


def _tasks(unit: str, count: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            register=Register.TASK, year=YEAR, unit=unit, name=f"Nhiệm vụ {n}",
            values=(("area", "A"), ("state", "doing")),
        )
        for n in range(count)
    )  # fmt: skip


def test_a_figure_that_its_register_counts_otherwise_is_found_once_and_not_again_above(
    lan: Access,
) -> None:
    _hand_in(lan, result(3, "W1", "MODELS"), entries=(*_models("W1", 2), *_models("W2", 4)))
    assert _found(lan) == [("register", "W1", "MODELS", D(3), D(2))]


def test_the_city_is_found_too_where_it_entered_its_own(lan: Access) -> None:
    _hand_in(lan, result(9, "CITY", "MODELS"), entries=_models("W1", 2))
    found = _found(lan)
    assert ("register", "CITY", "MODELS", D(9), D(2)) in found
    assert {unit for _, unit, *_ in found} == {"CITY"}


def test_a_figure_of_part_of_the_year_is_not_held_against_the_years_register(lan: Access) -> None:
    _hand_in(lan, result(1, "W1", "MODELS", period=Period.Q1), entries=_models("W1", 2))
    assert not _found(lan)


def test_a_citys_own_figure_is_held_against_its_wards_once_all_have_reported(lan: Access) -> None:
    facts = [target(1, ward) for ward in WARDS]
    _hand_in(lan, *facts, result(5, "W1"), result(6, "W2"), result(12, "CITY"))
    assert not _found(lan)
    _hand_in(lan, result(2, "W3"))
    assert _found(lan) == [("units", "CITY", "SUM", D(12), D(13))]


def test_a_citys_target_that_is_not_all_given_to_wards_is_no_discrepancy(lan: Access) -> None:
    _hand_in(lan, target(20, "CITY"), *(target(5, ward) for ward in WARDS))
    assert not _found(lan)


def test_a_percentage_of_a_city_that_is_only_rounded_is_no_discrepancy(lan: Access) -> None:
    parts = {"numerator": D(2), "denominator": D(3)}
    facts = [result("66.67", ward, "SHARE", **parts) for ward in WARDS]
    _hand_in(lan, *facts, result("66.67", "CITY", "SHARE"))
    assert not _found(lan)
    _hand_in(lan, result("66.7", "CITY", "SHARE"))
    assert not _found(lan)
    _hand_in(lan, result("67.67", "CITY", "SHARE"))
    assert [kind for kind, *_ in _found(lan)] == ["units"]


def test_a_completion_that_a_file_stated_wrong_is_found_and_a_rounded_one_is_not(
    lan: Access,
) -> None:
    _hand_in(lan, target(3, "W1"), result(2, "W1", stated=D("66.7")))
    assert not _found(lan)
    _hand_in(lan, result(2, "W1", stated=D(76)))
    assert _found(lan) == [("percent", "W1", "SUM", D(76), D("66.6667"))]


def test_a_completion_that_was_right_before_the_target_was_revised_stays_right(lan: Access) -> None:
    _hand_in(lan, target(10, "W1"), result(9, "W1", stated=D(90)))
    _hand_in(lan, target(12, "W1", decision="5/QĐ"))
    assert not _found(lan)


def test_a_percentage_that_is_not_what_it_is_made_of_is_found(lan: Access) -> None:
    parts = {"numerator": D(20), "denominator": D(21)}
    for good in ("95.24", "95.2", "95"):
        _hand_in(lan, result(good, "W1", "SHARE", **parts))
        assert not _found(lan)
    _hand_in(lan, result("95.64", "W1", "SHARE", **parts))
    assert _found(lan) == [("percent", "W1", "SHARE", D("95.64"), D("95.2381"))]


def test_a_year_is_held_against_its_periods_only_where_they_cover_it(lan: Access) -> None:
    quarters = [result(2, "W1", period=Period(f"Q{n}")) for n in (1, 2, 3)]
    _hand_in(lan, result(10, "W1"), *quarters)
    assert not _found(lan)
    _hand_in(lan, result(3, "W1", period=Period.Q4))
    assert _found(lan) == [("periods", "W1", "SUM", D(10), D(9))]


def test_what_each_report_contains_is_held_against_the_last_of_them(lan: Access) -> None:
    _hand_in(
        lan,
        result(10, "W1", "LATEST"),
        result(4, "W1", "LATEST", period=Period.H1),
        result(9, "W1", "LATEST", period=Period.Q4),
    )
    assert _found(lan) == [("periods", "W1", "LATEST", D(10), D(9))]


def test_a_whole_is_held_against_its_parts_where_all_are_known(lan: Access) -> None:
    _hand_in(lan, result(9, "W1", "CASES"))
    assert not _found(lan)
    _hand_in(lan, result(80, "W1", "SHARE", numerator=D(8), denominator=D(10)))
    assert _found(lan) == [("parts", "W1", "CASES", D(9), D(10))]


def test_a_plan_of_tasks_is_held_against_the_rows_of_their_register(lan: Access) -> None:
    _hand_in(lan, target(4, "CITY", "TASKED"))
    assert not _found(lan)
    _hand_in(lan, entries=(*_tasks("W1", 2), *_tasks("CITY", 1)))
    assert _found(lan) == [("parts", "CITY", "TASKED", D(4), D(3))]


def test_a_gap_between_a_whole_and_a_part_from_below_is_told_below(lan: Access) -> None:
    facts = [result(4, ward, "CASES") for ward in WARDS]
    shares = [result(50, ward, "SHARE", numerator=D(2), denominator=D(4)) for ward in WARDS]
    _hand_in(lan, *facts, *shares, result(13, "CITY", "CASES"))
    assert _found(lan) == [("units", "CITY", "CASES", D(13), D(12))]


def test_what_a_reporter_may_not_see_is_not_told_and_a_viewer_is_told_nothing(lan: Access) -> None:
    _hand_in(lan, target(3, "W1"), result(2, "W1", stated=D(76)))
    w2 = Access(Store(lan._engine), Account(1, "hoa", "", Role.EDITOR, "W2"))
    assert not discrepancies(w2, YEAR)
    with pytest.raises(NotAllowedError):
        discrepancies(Access(Store(lan._engine), Account(2, "m", "", Role.REPORTER)), YEAR)


def _planted(gaps: dict[str, int]) -> list[Fact]:
    """Figures of every ward that agree in all five ways but for what is planted."""
    facts: list[Fact] = []
    for ward in WARDS:
        gap = gaps.get(ward, 0)
        facts += [
            target(10, ward),
            result(5, ward, stated=D(50 + 3 * gap)),
            result(5, ward, "CASES"),
            result(4, ward, "LESS", period=Period.H1),
            result(4, ward, "LESS", period=Period.Q3),
            result(2, ward, "LESS", period=Period.Q4),
            result(10 + gap, ward, "LESS"),
        ]
    return facts


@given(st.dictionaries(st.sampled_from(WARDS), st.integers(-3, 3)))
def test_exactly_what_is_planted_is_found(
    tmp_path_factory: pytest.TempPathFactory, gaps: dict[str, int]
) -> None:
    path = tmp_path_factory.mktemp("planted") / "a.db"
    plain = replace(KNOWN, wholes=())
    store = Access(founded(open_store(str(path)), plain), operator("lan"))
    _hand_in(store, *_planted(gaps))
    found = {(one.comparison, one.unit): one.difference for one in discrepancies(store, YEAR)}
    wanted = {ward: gap for ward, gap in gaps.items() if gap}
    assert found == {
        **{(Comparison.PERCENT, ward): D(3 * gap) for ward, gap in wanted.items()},
        **{(Comparison.PERIODS, ward): D(gap) for ward, gap in wanted.items()},
    }


@given(st.integers(1, 500), st.integers(0, 600), st.integers(0, 2))
def test_a_rounded_completion_agrees_and_one_a_point_off_does_not(
    aim: int, reached: int, decimals: int
) -> None:
    kind = INDICATORS[0].kind
    stated = round(D(100) * reached / aim, decimals)
    assert agrees(stated, D(reached), D(aim), kind)
    assert agrees(in_percent(stated, D(reached), D(aim)), D(reached), D(aim), kind)
    if stated > 2:
        assert not agrees(stated + D("1.2"), D(reached), D(aim), kind)


@given(st.integers(1, 999), st.integers(1, 999), st.integers(0, 2))
def test_a_value_is_a_rounding_of_the_exact_one_at_the_decimals_it_shows(
    part: int, whole: int, decimals: int
) -> None:
    exact = D(100) * part / whole
    assert rounds_to(round(exact, decimals), exact, 2)
    assert not rounds_to(exact + D("0.5303"), exact, 2)


def test_nothing_is_wrong_with_the_shipped_figures(cao_lanh: Store) -> None:
    found: tuple[Discrepancy, ...] = discrepancies(Access(cao_lanh, operator("lan")), 2022)
    assert found == ()


def test_a_completion_stated_beside_a_band_is_held_against_nothing(lan: Access) -> None:
    band = Target(year=YEAR, unit="W1", indicator="BAND", lower=Decimal(3), upper=Decimal(5))
    _hand_in(lan, band, result(4, "W1", "BAND", stated=D(100)))
    assert _found(lan) == []
