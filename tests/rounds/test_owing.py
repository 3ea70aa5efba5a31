"""Owing: what units owe in a round, of every period, whatever way and whenever it is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from danvan.access import Access
from danvan.accounts import Account, Role
from danvan.completion import Report, arrivals, coverage
from danvan.errors import RefusedError
from danvan.listing import judged
from danvan.model import Duty, Expectation, Period, Round, Target
from danvan.rounds.owing import Standing, owed_now
from tests.making import YEAR, submission
from tests.rounds.house import DUE, House

AFTER = date(YEAR, 4, 20)
LATE = date(YEAR, 4, 14)


def test_before_anybody_reports_all_is_missing_and_nothing_is_late(house: House) -> None:
    house.open()
    told = house.owed(DUE)
    assert [one.standing for one in told.values()] == [Standing.NONE] * 3
    assert told["W1"].missing == ("SUM", "LATEST")
    assert told["W1"].days_late == 0
    assert house.owed(AFTER)["W1"].days_late == 10


def test_without_a_round_there_is_nothing_to_ask_about(house: House) -> None:
    with pytest.raises(RefusedError, match="Q1/2022"):
        house.owed(AFTER)


def test_who_reported_all_some_late_and_nothing(house: House) -> None:
    house.open()
    house.report("W1")
    house.report("W2", ["SUM"])
    house.report("W3", on=LATE)
    told = house.owed(AFTER)
    assert {unit: one.standing for unit, one in told.items()} == {
        "W1": Standing.COMPLETE,
        "W2": Standing.PARTLY,
        "W3": Standing.LATE,
    }
    assert (told["W2"].reported, told["W2"].expected, told["W2"].missing) == (1, 2, ("LATEST",))
    assert (told["W3"].days_late, told["W3"].arrived) == (4, LATE)


def test_what_came_before_the_round_was_opened_counts(house: House) -> None:
    house.report("W1")
    house.open()
    assert house.owed(AFTER)["W1"].standing is Standing.COMPLETE


def test_a_correction_after_the_day_is_no_later_report(house: House) -> None:
    house.open()
    house.report("W1")
    house.report("W1", on=LATE, value=5)
    assert house.owed(AFTER)["W1"].standing is Standing.COMPLETE


def test_only_the_units_and_indicators_of_the_round_are_asked(house: House) -> None:
    house.open(units=("W1", "W2"), indicators=("SUM",))
    told = house.owed(AFTER)
    assert list(told) == ["W1", "W2"]
    assert told["W1"].missing == ("SUM",)


def test_an_indicator_in_nobodys_plan_is_asked_of_all(house: House) -> None:
    house.open(indicators=("SUM", "TRACK"))
    assert [one.missing for one in house.owed(AFTER).values()] == [("SUM", "TRACK")] * 3


def test_an_indicator_that_the_plan_asks_of_some_is_asked_of_those(house: House) -> None:
    house.store.submit(
        [submission(Target(year=YEAR, unit="W2", indicator="LESS", value=Decimal(1)))]
    )
    house.open(indicators=("LESS",))
    told = house.owed(AFTER)
    assert told["W2"].missing == ("LESS",)
    assert {told[unit].standing for unit in ("W1", "W3")} == {Standing.NOT_ASKED}


def test_what_does_not_apply_is_not_owed(house: House) -> None:
    exempt = Expectation(year=YEAR, unit="W1", indicator="SUM", duty=Duty.EXEMPT, note="không có")
    house.store.submit([submission(exempt)])
    house.open()
    told = house.owed(AFTER)
    assert (told["W1"].missing, told["W2"].missing) == (("LATEST",), ("SUM", "LATEST"))


def test_what_waits_is_shown_as_waiting_and_was_in_time_when_it_was_handed_in(
    house: House,
) -> None:
    house.open()
    number = house.report("W1", outcome="submitted")
    house.report("W2", ["SUM"], outcome="submitted")
    house.report("W3", on=LATE, outcome="submitted")
    told = house.owed(AFTER)
    assert (told["W1"].standing, told["W1"].days_late) == (Standing.WAITING, 0)
    assert (told["W1"].waiting, told["W1"].missing) == (("SUM", "LATEST"), ())
    assert (told["W2"].standing, told["W2"].missing) == (Standing.PARTLY, ("LATEST",))
    assert (told["W3"].standing, told["W3"].days_late) == (Standing.WAITING, 4)
    house.store.decide(number, "approved", "hoa")
    assert house.owed(AFTER)["W1"].standing is Standing.COMPLETE


def test_what_was_sent_back_is_owed_with_the_comment_until_it_is_handed_in_again(
    house: House,
) -> None:
    house.open()
    number = house.report("W1", outcome="submitted")
    house.store.decide(number, "returned", "hoa", "Xem lại số liệu")
    told = house.owed(AFTER)["W1"]
    assert told.standing is Standing.RETURNED
    assert [(one.indicator, one.comment) for one in told.returned] == [
        ("SUM", "Xem lại số liệu"),
        ("LATEST", "Xem lại số liệu"),
    ]
    assert told.to_hand_in == ("SUM", "LATEST")
    house.report("W1", ["SUM"], on=LATE, outcome="submitted")
    told = house.owed(AFTER)["W1"]
    assert (told.waiting, [one.indicator for one in told.returned]) == (("SUM",), ["LATEST"])


def test_what_was_sent_back_in_part_is_owed_alone(house: House) -> None:
    house.open()
    number = house.report("W1", outcome="submitted")
    facts = house.store.waiting()
    (fact,) = facts[facts["indicator"] == "SUM"]["fact"]
    house.store.decide(number, "approved", "hoa", "Nhầm", returned=[int(fact)])
    told = house.owed(AFTER)["W1"]
    assert ([one.indicator for one in told.returned], told.missing) == (["SUM"], ())
    assert told.reported == 1


def test_a_report_handed_in_again_arrived_when_what_counts_was_handed_in(house: House) -> None:
    house.open()
    first = house.report("W1", outcome="submitted")
    house.store.decide(first, "returned", "hoa", "Xem lại")
    again = house.report("W1", on=LATE, outcome="submitted")
    house.store.decide(again, "approved", "hoa")
    told = house.owed(AFTER)["W1"]
    assert (told.standing, told.arrived, told.days_late) == (Standing.LATE, LATE, 4)


HALF = date(YEAR, 7, 10)


def test_a_half_year_is_told_by_its_quarters_or_by_its_latest(house: House) -> None:
    house.open(Period.H1, HALF)
    house.report("W1", ["SUM"])
    house.report("W1", ["SUM", "LATEST"], on=date(YEAR, 7, 5), period=Period.Q2)
    house.report("W2", ["SUM", "LATEST"])
    house.report("W3", on=date(YEAR, 7, 12), period=Period.H1)
    told = house.owed(date(YEAR, 7, 20), Period.H1)
    assert {u: (one.standing, one.missing) for u, one in told.items()} == {
        "W1": (Standing.COMPLETE, ()),
        "W2": (Standing.NONE, ("SUM", "LATEST")),
        "W3": (Standing.LATE, ()),
    }


def test_a_part_that_waits_makes_the_whole_wait(house: House) -> None:
    house.open(Period.H1, HALF)
    house.report("W1", ["SUM"])
    house.report("W1", on=date(YEAR, 7, 5), period=Period.Q2, outcome="submitted")
    house.report("W2", ["SUM"], on=date(YEAR, 7, 5), period=Period.Q2, outcome="submitted")
    told = house.owed(HALF, Period.H1)
    assert told["W1"].waiting == ("SUM", "LATEST")
    assert told["W2"].missing == ("SUM", "LATEST")


def test_a_whole_told_later_than_its_parts_is_no_later_report(house: House) -> None:
    house.open(Period.H1, HALF)
    house.report("W1", ["SUM"])
    house.report("W1", on=date(YEAR, 7, 5), period=Period.Q2)
    house.report("W1", on=date(YEAR, 8, 1), period=Period.H1)
    assert house.owed(date(YEAR, 8, 2), Period.H1)["W1"].standing is Standing.COMPLETE


def test_a_part_told_later_than_the_whole_is_no_later_report(house: House) -> None:
    house.open(Period.H1, HALF)
    house.report("W1", on=date(YEAR, 7, 5), period=Period.H1)
    house.report("W1", on=date(YEAR, 8, 1), period=Period.M05)
    assert house.owed(date(YEAR, 8, 2), Period.H1)["W1"].standing is Standing.COMPLETE


@pytest.mark.parametrize(
    ("period", "due"), [(Period.M9, date(YEAR, 10, 8)), (Period.YEAR, date(YEAR, 12, 5))]
)
def test_nine_months_and_the_year_are_owed_like_any_other(
    house: House, period: Period, due: date
) -> None:
    house.open(period, due, units=("W1", "W2"))
    for quarter in (Period.Q1, Period.Q2, Period.Q3, Period.Q4):
        if quarter.within(period):
            house.report("W1", on=quarter.last_day(YEAR).replace(day=3), period=quarter)
    told = house.owed(due, period)
    assert list(told) == ["W1", "W2"]
    assert (told["W1"].standing, told["W2"].standing) == (Standing.COMPLETE, Standing.NONE)


def test_coverage_counts_the_same_everywhere(house: House) -> None:
    """The page of the round and the overview ask the same question of the same function."""
    parts = Target(year=YEAR, unit="W3", indicator="LESS", period=Period.Q1, value=Decimal(1))
    house.store.submit([submission(parts)])
    house.open(units=("W1", "W2"), indicators=("SUM",))
    house.report("W1", ["SUM"])
    rule, catalogue = house.store.years()[YEAR], house.store.catalogue()
    rows = judged(house.store, catalogue, rule, AFTER)
    came = arrivals(house.store.origins(YEAR), Period.Q1, catalogue)
    each = {unit: unit for unit in ("W1", "W2", "W3")}
    told = coverage(rows, came, each, rule, Period.Q1, AFTER).set_index("unit")["state"]
    assert told.to_dict() == {"W1": Report.COMPLETE, "W2": Report.NONE, "W3": Report.NOT_ASKED}
    above = dict.fromkeys(each, "CITY")
    (city,) = coverage(rows, came, above, rule, Period.Q1, AFTER).to_dict("records")
    assert (city["expected"], city["reported"]) == (2, 1)


def test_a_round_is_of_the_moment_it_is_asked_as_of(house: House) -> None:
    before = house.now
    house.now = house.now.replace(month=2)
    house.open()
    house.now = house.now.replace(month=5)
    house.open(due=date(YEAR, 5, 20))
    assert house.store.years(before)[YEAR].rounds == ()
    (then,) = house.store.years(house.now.replace(month=3))[YEAR].rounds
    assert then == Round(YEAR, Period.Q1, DUE)


def test_somebody_of_a_unit_sees_what_that_unit_owes(house: House) -> None:
    house.open()
    reporter = Access(house.store, Account(2, "minh", "Minh", Role.REPORTER, "W1"))
    assert [one.unit for one in owed_now(reporter, YEAR, Period.Q1, AFTER)] == ["W1"]


def test_what_was_taken_back_is_owed_again(house: House) -> None:
    house.open()
    number = house.report("W1")
    house.store.undo(number, "hoa")
    assert house.owed(AFTER)["W1"].standing is Standing.NONE
