"""The matrix: what texts mean, what they change, and that an open year is revised by a decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from danvan import closing, intake, planning
from danvan.access import Access, operator
from danvan.accounts import Account, Role
from danvan.errors import ConflictError, NotAllowedError, RefusedError, Severity
from danvan.intake import Check
from danvan.intake.stated import Field
from danvan.model import (
    Channel,
    Document,
    Duty,
    Expectation,
    Fact,
    Period,
    Stage,
    Target,
    YearRule,
)
from danvan.planning import Decision, Sheet
from danvan.rows import rows_of
from danvan.store import Store
from tests.making import WARDS, YEAR, csv_file, only, submission, target

DECISION = Decision("12/QĐ-UBND", date(YEAR, 7, 1), "Dịch bệnh")
W1 = ("W1", "SUM")


@pytest.fixture
def lan(store: Store) -> Access:
    """An admin in front of an open year with a target of 5 for each ward."""
    store.submit([submission(*(target(5, ward) for ward in WARDS))])
    return Access(store, operator("lan"))


def _opened(store: Access) -> Sheet:
    return planning.opened(store, YEAR, "CITY")


def _written(store: Access, text: str, unit: str = "W1", code: str = "SUM") -> Check:
    return planning.written(store, _opened(store), {(unit, code): text})


def _planned(store: Access) -> None:
    store.submit(
        [submission(channel=Channel.YEAR, person="os:lan", years=(YearRule(YEAR, Stage.PLANNING),))]
    )


def _said(facts: tuple[Fact, ...]) -> list[object]:
    return [
        f.value if isinstance(f, Target) else f.duty
        for f in facts
        if isinstance(f, Target | Expectation)
    ]


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("23", "SUM", [Decimal(23)]),
        ("≤ 5", "LESS", [Decimal(5)]),
        ("≥ 7", "SUM", [Decimal(7)]),
        ("1.250", "SUM", [Decimal(1250)]),
        ("0,5", "SHARE", [Decimal("0.5")]),
        ("80 %", "SHARE", [Decimal(80)]),
        ("không", "LESS", [Decimal(0)]),
        ("không áp dụng", "LESS", [Duty.EXEMPT]),
        ("", "SUM", [None]),
        ("–", "SUM", [None]),
        ("không áp dụng", "SUM", [Duty.EXEMPT, None]),
        ("5", "SUM", []),
        ("", "LESS", []),
    ],
)
def test_a_text_means_what_it_means_in_a_workbook(
    lan: Access, text: str, code: str, meant: list[object]
) -> None:
    checked = _written(lan, text, code=code)
    assert _said(checked.facts) == meant
    assert not any(problem.kind is not Severity.WARNING for problem in checked.problems)


@pytest.mark.parametrize(
    ("text", "code", "unit"),
    [("x", "SUM", "W1"), ("không giao", "SUM", "W1"), ("2,5", "SUM", "W1"), ("-3", "SUM", "W1"),
     ("120", "SHARE", "W1"), ("3", "BAND", "W1"), ("4", "OWN", "W1"), ("5/7", "SUM", "W2")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_unit_and_indicator(
    lan: Access, text: str, code: str, unit: str
) -> None:
    checked = _written(lan, text, unit, code)
    assert checked.facts == ()
    (problem,) = checked.problems
    assert (problem.sheet, problem.cell) == (unit, code)
    assert problem.problem()
    assert problem.remedy()


def test_a_band_is_written_as_two_bounds(lan: Access) -> None:
    (fact,) = _written(lan, "2–3", code="BAND").facts
    assert isinstance(fact, Target)
    assert (fact.lower, fact.upper) == (2, 3)


def test_a_number_ends_an_exemption(lan: Access) -> None:
    planning.hand_in(lan, _written(lan, "không áp dụng", code="LESS"))
    assert planning.hand_in(lan, _written(lan, "4", code="LESS"))
    row = only(lan.figures(YEAR), unit="W1", indicator="LESS")
    assert (row.target, row.exempt) == (4, False)


def test_sums_and_gaps_are_shown_and_nothing_is_forced(lan: Access) -> None:
    stands = planning.matrix(lan.figures(YEAR), lan.catalogue(), YEAR, "CITY")
    checked = planning.written(lan, _opened(lan), {("CITY", "SUM"): "20", ("W1", "SHARE"): "80"})
    after = planning.with_changes(stands, checked)
    known = lan.catalogue().indicator
    assert (stands.sum(known["SUM"]), stands.gap(known["SUM"])) == (15, None)
    assert (after.sum(known["SUM"]), after.gap(known["SUM"])) == (15, 5)
    assert after.sum(known["SHARE"]) is None
    assert "TRACK" not in [one.code for one in stands.indicators]


def test_a_target_of_an_open_year_changes_by_a_whole_decision_only(lan: Access) -> None:
    checked = _written(lan, "8")
    assert [key[2:] for key in checked.revised] == [W1]
    for decision in (None, Decision(), Decision("12/QĐ-UBND", date(YEAR, 7, 1))):
        with pytest.raises(RefusedError, match="quyết định"):
            planning.hand_in(lan, checked, decision=decision)
    number = planning.hand_in(lan, checked, decision=DECISION)
    row = only(lan.figures(YEAR), unit="W1", indicator="SUM")
    assert (row.target, row.first_target, row.target_note) == (8, 5, "Dịch bệnh")
    said = only(lan.history(YEAR, "W1", "SUM"), stands=True)
    assert (said.decision, said.decision_date) == ("12/QĐ-UBND", f"{YEAR}-07-01")
    act = only(lan.submissions(), id=number)
    assert (act.document_number, act.document_date) == ("12/QĐ-UBND", f"{YEAR}-07-01")


def test_taking_a_target_back_is_a_revision_and_a_new_one_is_none(lan: Access) -> None:
    assert _written(lan, "").revised
    new = _written(lan, "8", code="LESS")
    assert not new.revised
    assert planning.hand_in(lan, new)


def test_while_a_year_is_planned_no_decision_is_asked_for(lan: Access) -> None:
    _planned(lan)
    checked = _written(lan, "8")
    assert (checked.revised, checked.problems) == ((), ())
    assert planning.hand_in(lan, checked)


def test_the_first_target_is_the_one_that_stood_when_the_year_was_opened(lan: Access) -> None:
    closing.plan(lan, YEAR + 1)
    for text in ("7", "8"):
        sheet = planning.opened(lan, YEAR + 1, "CITY")
        planning.hand_in(lan, planning.written(lan, sheet, {W1: text}))
    closing.begin(lan, YEAR + 1)
    sheet = planning.opened(lan, YEAR + 1, "CITY")
    planning.hand_in(lan, planning.written(lan, sheet, {W1: "9"}), decision=DECISION)
    (row,) = rows_of(lan.figures(YEAR + 1))
    assert (row["target"], row["first_target"]) == (9, 8)


def test_what_was_a_draft_when_it_was_read_and_is_given_since_needs_a_decision(lan: Access) -> None:
    _planned(lan)
    checked = _written(lan, "8")
    lan.submit([submission(channel=Channel.YEAR, person="os:lan", years=(YearRule(YEAR),))])
    with pytest.raises(RefusedError, match="quyết định"):
        planning.hand_in(lan, checked)


def test_what_somebody_stored_since_is_a_conflict(lan: Access) -> None:
    sheet = _opened(lan)
    planning.hand_in(lan, _written(lan, "6"), decision=DECISION)
    checked = planning.written(lan, sheet, {W1: "8"})
    assert [key[2:] for key in checked.conflicts] == [W1]
    with pytest.raises(ConflictError):
        planning.hand_in(lan, checked, decision=DECISION)


def test_everything_is_one_submission_by_its_channel(lan: Access) -> None:
    texts = {("W2", "LESS"): "1", ("W3", "LESS"): "2"}
    number = planning.hand_in(lan, planning.written(lan, _opened(lan), texts), Channel.ALLOCATION)
    act = only(lan.submissions(), id=number)
    assert (act.channel, act.facts) == (Channel.ALLOCATION, 2)


def test_whoever_may_not_plan_stores_nothing(lan: Access, store: Store) -> None:
    reporter = Access(store, Account(1, "minh", "", Role.REPORTER, "W1"))
    with pytest.raises(NotAllowedError):
        planning.hand_in(reporter, _written(lan, "8", code="LESS"))


def _loaded(store: Access, value: int, document: Document | None = None) -> Check:
    file = csv_file(f"year,unit,indicator,target\n{YEAR},W1,SUM,{value}\n")
    return intake.check(store, [file], YEAR).under(document)


def test_a_file_that_revises_without_a_decision_is_warned_of(lan: Access) -> None:
    (problem,) = _loaded(lan, 8).problems
    assert (problem.kind, problem.code) == (Severity.WARNING, "revision_undecided")
    assert not _loaded(lan, 5).problems


def test_a_file_takes_its_decision_from_its_document(lan: Access) -> None:
    paper = Document("Quyết định điều chỉnh", "9/QĐ", date(YEAR, 8, 2))
    checked = _loaded(lan, 8, paper)
    assert not checked.problems
    intake.hand_in(lan, checked, "os:lan", Channel.LOAD, paper)
    said = only(lan.history(YEAR, "W1", "SUM"), stands=True)
    assert (said.decision, said.decision_date) == ("9/QĐ", f"{YEAR}-08-02")


def test_one_figure_in_the_form_that_revises_is_warned_of(lan: Access) -> None:
    found = intake.typed(lan, YEAR, "W1", "SUM", Period.YEAR, {Field.TARGET: "8"})
    assert [problem.code for problem in found.problems] == ["revision_undecided"]


def test_where_less_is_planned_than_the_law_asks(cao_lanh: Store) -> None:
    reader = Access(cao_lanh, operator("lan"))
    for year, expected in ((2022, 0), (2024, 15)):
        plan = planning.matrix(reader.figures(year), reader.catalogue(), year, "TPCL")
        short = planning.short_of_law(plan, reader.catalogue())
        assert len(short) == expected
        assert {one.place[1] for one in short} <= {"TDDT.04"}


def test_a_revision_keeps_the_baseline_that_nobody_spoke_of(lan: Access) -> None:
    lan.submit([submission(target(9, "W1", baseline=Decimal(2)), person=lan.account.name)])
    planning.hand_in(lan, _written(lan, "10"), decision=DECISION)
    row = only(lan.figures(YEAR), unit="W1")
    assert (row.target, row.baseline) == (10, 2)
    taken = _written(lan, "")
    planning.hand_in(lan, taken, decision=DECISION)
    assert only(lan.figures(YEAR), unit="W1")[["target", "baseline"]].isna().all()


def test_one_bound_in_a_file_does_not_take_back_the_other(lan: Access) -> None:
    band = Target(year=YEAR, unit="W1", indicator="BAND", lower=Decimal(3), upper=Decimal(5))
    lan.submit([submission(band, person=lan.account.name)])
    file = csv_file("unit,indicator,lower\nW1,BAND,4\n")
    intake.hand_in(lan, intake.check(lan, [file], YEAR), lan.account.name, Channel.UPLOAD)
    row = only(lan.figures(YEAR), unit="W1", indicator="BAND")
    assert (row.lower, row.upper) == (4, 5)


def test_a_band_whose_bounds_are_the_wrong_way_round_is_refused(lan: Access) -> None:
    checked = _written(lan, "5 – 3", code="BAND")
    assert [problem.code for problem in checked.problems] == ["band_reversed"]
    assert not checked.sound
    band = Target(year=YEAR, unit="W1", indicator="BAND", lower=Decimal(5), upper=Decimal(3))
    with pytest.raises(RefusedError, match="số dưới lớn hơn số trên"):
        lan.submit([submission(band, person=lan.account.name)])


def test_what_was_taken_back_since_is_a_conflict(lan: Access) -> None:
    sheet = _opened(lan)
    lan.undo(int(lan.submissions()["id"].iloc[-1]))
    checked = planning.written(lan, sheet, {W1: "9"})
    assert checked.conflicts == ((YEAR, "year", *W1),)
    with pytest.raises(ConflictError):
        planning.hand_in(lan, checked)
