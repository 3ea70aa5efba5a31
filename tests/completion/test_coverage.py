"""Coverage: who has reported, against a plain count, and from which day it is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.completion import Report, arrivals, coverage, due_day, measured
from danvan.model import Document, Period
from danvan.store import open_store
from tests.making import AFTER, CATALOGUE, RULE, WARDS, YEAR, figures, founded, result, submission

CODES = ("SUM", "LATEST", "OWN")
DUE = due_day(RULE, Period.YEAR)
EACH = {code: code for code in WARDS}


def _arrived(days: dict[tuple[str, str], date]) -> pd.Series:
    index = pd.MultiIndex.from_tuples(list(days), names=["unit", "indicator"])
    return pd.Series(pd.to_datetime(list(days.values())), index=index, name="day")


def _reports(
    rows: Sequence[dict[str, Any]], days: dict[tuple[str, str], date], on: date = AFTER
) -> dict[str, Any]:
    frame = measured(figures(*rows), CATALOGUE, RULE, on)
    told = coverage(frame, _arrived(days), EACH, RULE, Period.YEAR, on)
    return {row["unit"]: row for row in told.to_dict("records")}


FIGURE = st.fixed_dictionaries(
    {
        "target": st.none() | st.just(10),
        "result": st.none() | st.just(7),
        "expected": st.booleans(),
        "exempt": st.booleans(),
        "after": st.integers(-3, 3),
    }
)
KEYS = st.tuples(st.sampled_from(WARDS), st.sampled_from(CODES))


@given(st.dictionaries(KEYS, FIGURE))
def test_the_counts_are_those_of_counting_by_hand(told: dict[tuple[str, str], Any]) -> None:
    rows, days = [], {}
    for (unit, code), said in told.items():
        stated = {name: said[name] for name in ("target", "result", "expected", "exempt")}
        rows.append({"unit": unit, "indicator": code, **stated})
        if said["result"] is not None:
            days[unit, code] = DUE + timedelta(said["after"])
    found = _reports(rows, days)
    assert list(found) == list(WARDS)
    for unit in WARDS:
        asked = [
            (unit, code)
            for (at, code), said in told.items()
            if at == unit and not said["exempt"] and (said["expected"] or said["target"])
        ]
        came = [key for key in asked if told[key]["result"] is not None]
        row = found[unit]
        assert (row["expected"], row["reported"]) == (len(asked), len(came))
        last = max((days[key] for key in came), default=None)
        if not asked:
            state, late = Report.NOT_ASKED, 0
        elif len(came) < len(asked):
            state = Report.PARTLY if came else Report.NONE
            late = (AFTER - DUE).days
        else:
            assert last is not None
            late = max((last - DUE).days, 0)
            state = Report.LATE if late else Report.COMPLETE
        assert (row["state"], row["days_late"]) == (state, late)
        assert (pd.isna(row["arrived"]) and not came) or row["arrived"].date() == last


def test_nothing_is_late_before_its_day() -> None:
    found = _reports([{"unit": "W1", "target": 5}], {}, on=DUE)
    assert (found["W1"]["state"], found["W1"]["days_late"]) == (Report.NONE, 0)
    assert found["W2"]["state"] == Report.NOT_ASKED


def test_a_year_told_for_some_of_its_quarters_is_no_whole_report() -> None:
    rows = [{"unit": "W1", "target": 10}]
    rows += [{"unit": "W1", "period": f"Q{n}", "result": 2} for n in (1, 2, 3)]
    found = _reports(rows, {("W1", "SUM"): date(YEAR, 10, 2)})
    assert (found["W1"]["reported"], found["W1"]["state"]) == (0, Report.NONE)
    rows.append({"unit": "W1", "period": "Q4", "result": 2})
    found = _reports(rows, {("W1", "SUM"): date(YEAR, 10, 2)})
    assert (found["W1"]["reported"], found["W1"]["state"]) == (1, Report.COMPLETE)


def test_figures_of_units_further_down_belong_to_the_unit_they_are_below() -> None:
    frame = measured(
        figures(
            {"unit": "W1", "target": 5, "result": 5}, {"unit": "W2", "target": 5, "result": 5}
        ),
        CATALOGUE, RULE, AFTER,
    )  # fmt: skip
    days = _arrived({("W1", "SUM"): date(YEAR, 11, 1), ("W2", "SUM"): date(YEAR, 11, 20)})
    below = {"W1": "CITY", "W2": "CITY", "W3": "CITY"}
    (row,) = coverage(frame, days, below, RULE, Period.YEAR, AFTER).to_dict("records")
    assert (row["unit"], row["expected"], row["reported"]) == ("CITY", 2, 2)
    assert row["arrived"].date() == date(YEAR, 11, 20)


def test_no_figures_and_no_units_make_an_empty_answer() -> None:
    empty = measured(figures(), CATALOGUE, RULE, AFTER)
    none = coverage(empty, _arrived({}), {}, RULE, Period.YEAR, AFTER)
    assert list(none.columns) == ["unit", "expected", "reported", "arrived", "days_late", "state"]
    assert none.empty
    some = coverage(empty, _arrived({}), EACH, RULE, Period.YEAR, AFTER)
    assert set(some["state"]) == {Report.NOT_ASKED}


@pytest.fixture
def arrived(tmp_path: Any) -> Any:
    """The days of arrival of what is submitted, each under the day of its document."""
    store = founded(open_store(str(tmp_path / "new.db")))

    def of(*told: tuple[Any, date | None], period: Period = Period.YEAR) -> dict[str, date]:
        for fact, day in told:
            store.submit([submission(fact, document=Document("Báo cáo", day=day))])
        days = arrivals(store.origins(YEAR), period, CATALOGUE)
        return {unit: day.date() for (unit, _), day in days.items()}

    return of


def test_a_figure_arrives_with_its_document_and_a_correction_is_no_later_report(
    arrived: Any,
) -> None:
    first, second = date(YEAR, 11, 3), date(YEAR, 12, 24)
    assert arrived((result(3, "W1"), first), (result(4, "W1"), second)) == {"W1": first}


def test_without_a_document_the_day_is_that_of_the_submission(arrived: Any) -> None:
    days = arrived((result(3, "W1"), None))
    assert abs(days["W1"] - date.today()) <= timedelta(1)  # stored in UTC


def test_what_is_told_in_parts_arrives_with_the_last_of_them(arrived: Any) -> None:
    quarters = [
        (result(1, "W1", period=period), date(YEAR, month, 2))
        for period, month in ((Period.Q2, 7), (Period.Q1, 4))
    ]
    assert arrived(*quarters) == {"W1": date(YEAR, 7, 2)}


def test_of_nothing_nothing_arrives(arrived: Any) -> None:
    assert arrived() == {}


def test_a_report_of_a_quarter_is_due_on_its_last_day() -> None:
    assert due_day(RULE, Period.Q1) == date(YEAR, 3, 31)
    assert due_day(RULE, Period.YEAR) == date(YEAR, 12, 1)
