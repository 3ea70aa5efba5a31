"""The mark of a year: it grows with whatever changes the year's figures, and with nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from danvan.model import Catalogue, Channel, YearRule
from danvan.store import Store
from tests.making import INDICATORS, YEAR, result, submission


def test_what_is_stored_for_a_year_raises_its_mark_alone(store: Store) -> None:
    store.submit([submission(years=[YearRule(YEAR - 1)], channel=Channel.YEAR)])
    store.submit([submission(result(1))])
    before = store.marks()
    number = store.submit([submission(result(2))])[0]
    after = store.marks()
    assert after[YEAR] > before[YEAR]
    store.undo(number, "Lan")
    assert store.marks()[YEAR] > after[YEAR]


def test_another_year_keeps_its_mark(store: Store) -> None:
    store.submit([submission(years=[YearRule(YEAR - 1)], channel=Channel.YEAR)])
    store.submit([submission(result(1))])
    before = store.marks()
    old = result(1)
    store.submit(
        [submission(type(old)(year=YEAR - 1, unit="CITY", indicator="SUM", value=Decimal(3)))]
    )
    assert store.marks()[YEAR] == before[YEAR]
    assert store.marks()[YEAR - 1] > before[YEAR]


def test_the_rules_and_the_catalogue_raise_every_mark(store: Store) -> None:
    store.submit([submission(result(1))])
    before = store.marks()
    store.submit(
        [submission(years=[YearRule(YEAR, judge_from=date(YEAR, 11, 1))], channel=Channel.YEAR)]
    )
    ruled = store.marks()
    assert ruled[YEAR] > before[YEAR]
    catalogue = Catalogue(indicators=INDICATORS[:1])
    store.submit([submission(channel=Channel.CATALOGUE, catalogue=catalogue)])
    assert store.marks()[YEAR] > ruled[YEAR]


def test_a_waiting_submission_that_is_approved_raises_the_mark(store: Store) -> None:
    number = store.submit([submission(result(1))], outcome="submitted")[0]
    before = store.marks()
    store.decide(number, "approved", "Lan")
    assert store.marks()[YEAR] > before[YEAR]
