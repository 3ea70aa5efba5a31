"""What waits is shown and does not count; what is approved counts, in whole or in part."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from danvan import approval, listing
from danvan.access import PUBLIC, Access
from danvan.accounts import Account, Role
from danvan.errors import NotAllowedError, RefusedError
from danvan.intake import Change
from danvan.model import Channel, Entry, Expectation, Register, Stage, YearRule
from danvan.store import Store
from tests.making import RULE, YEAR, csv_file, only, result, submission, target

MINH = Account(2, "minh", "Trần Văn Minh", Role.REPORTER, "W1")
HOA = Account(3, "hoa", "Lê Thị Hòa", Role.EDITOR)


@pytest.fixture
def hoa(store: Store) -> Access:
    return Access(store, HOA)


@pytest.fixture
def minh(store: Store) -> Access:
    return Access(store, MINH)


def _send(minh: Access, *facts: object, **more: object) -> int:
    stated = facts or (target(10, "W1"), result(7, "W1"), result(3, "W1", "LESS"))
    return minh.submit([submission(*stated, person="minh", **more)])[0]  # type: ignore[arg-type]


def _numbers(store: Store) -> object:
    everybody = Access(store, HOA)
    return listing.documents(listing.listed(everybody, YEAR))


def _facts(store: Store, number: int, code: str) -> list[int]:
    waiting = store.waiting()
    mine = waiting[(waiting["submission"] == number) & (waiting["indicator"] == code)]
    return [int(fact) for fact in mine["fact"]]


def test_official_numbers_do_not_change_while_something_waits(
    store: Store, minh: Access, hoa: Access
) -> None:
    hoa.submit([submission(target(9, "W1"), result(1, "W1"), person="hoa")])
    before, at = _numbers(store), datetime.now(UTC)
    number = _send(minh)
    assert _numbers(store) == before
    hoa.decide(number, "approved")
    assert _numbers(store) != before
    assert only(store.figures(YEAR), indicator="SUM", unit="W1")["result"] == 7
    then = listing.documents(listing.listed(hoa, YEAR, as_of=at))
    assert then == before


def test_a_returned_submission_never_counts(store: Store, minh: Access, hoa: Access) -> None:
    before = _numbers(store)
    hoa.decide(_send(minh), "returned", comment="Thiếu nguồn")
    assert _numbers(store) == before
    assert store.waiting().empty


def test_approving_in_part_counts_only_what_is_approved(
    store: Store, minh: Access, hoa: Access
) -> None:
    number = _send(minh)
    hoa.decide(number, "approved", comment="Xem lại", returned=_facts(store, number, "LESS"))
    figures = store.figures(YEAR)
    assert set(figures["indicator"]) == {"SUM"}
    history = store.history(YEAR, "W1", "LESS")
    assert (history["outcome"].tolist(), history["counts"].tolist()) == (["returned"], [False])


def test_the_part_returned_stays_out_through_undo_and_undo_of_undo(
    store: Store, minh: Access, hoa: Access
) -> None:
    number = _send(minh)
    hoa.decide(number, "approved", comment="Xem lại", returned=_facts(store, number, "LESS"))
    undone = hoa.undo(number)
    assert store.figures(YEAR).empty
    hoa.undo(undone)
    assert set(store.figures(YEAR)["indicator"]) == {"SUM"}
    assert store.faults() == []


def test_undo_and_undo_of_undo_of_what_waits_never_approve(
    store: Store, minh: Access, hoa: Access
) -> None:
    number = _send(minh)
    for who in (minh, hoa):
        who.undo(who.undo(number))
        assert store.figures(YEAR).empty
        assert only(store.submissions(), id=number)["outcome"] == "submitted"


def test_a_reporter_cannot_put_back_what_an_editor_approved_and_took_back(
    store: Store, minh: Access, hoa: Access
) -> None:
    number = _send(minh)
    hoa.decide(number, "approved")
    undone = hoa.undo(number)
    with pytest.raises(NotAllowedError, match="hoàn tác"):
        minh.undo(undone)
    assert store.figures(YEAR).empty


def test_sending_back_needs_a_comment(store: Store, minh: Access, hoa: Access) -> None:
    number = _send(minh)
    for outcome, returned in (("returned", []), ("approved", _facts(store, number, "LESS"))):
        with pytest.raises(RefusedError) as refused:
            hoa.decide(number, outcome, comment="  ", returned=returned)
        assert refused.value.key == "comment_needed"
    assert not store.waiting().empty


def test_it_is_decided_once(minh: Access, hoa: Access) -> None:
    number = _send(minh)
    hoa.decide(number, "approved")
    with pytest.raises(RefusedError) as refused:
        hoa.decide(number, "returned", comment="Muộn")
    assert refused.value.key == "not_waiting"


def test_a_closed_year_takes_no_approval_and_lets_things_be_returned(
    store: Store, minh: Access, hoa: Access
) -> None:
    number = _send(minh)
    closed = YearRule(YEAR, stage=Stage.CLOSED, margin=RULE.margin)
    store.submit([submission(channel=Channel.YEAR, years=(closed,))])
    with pytest.raises(RefusedError) as refused:
        hoa.decide(number, "approved")
    assert refused.value.key == "closed_year"
    hoa.decide(number, "returned", comment="Năm đã khóa sổ")
    assert store.waiting().empty


def test_the_queue_is_for_editors_whose_scope_has_all_of_it(store: Store, minh: Access) -> None:
    number = _send(minh)
    everywhere, ward, other = (
        Access(store, Account(4, "e", "", Role.EDITOR, unit)) for unit in ("", "W1", "W2")
    )
    assert [len(who.queue()) for who in (everywhere, ward, other)] == [1, 1, 0]
    assert list(everywhere.queue()["id"]) == [number]
    with pytest.raises(NotAllowedError):
        minh.queue()


def test_a_waiting_submission_is_compared_with_what_stands(minh: Access, hoa: Access) -> None:
    hoa.submit([submission(target(10, "W1"), result(5, "W1"), person="hoa")])
    file = csv_file("x")
    facts = (
        target(10, "W1"),
        result(7, "W1", approximate=True),
        result(3, "W1", "LESS"),
        Expectation(year=YEAR, unit="W1", indicator="OWN"),
    )
    number = _send(minh, *facts, files=(file,))
    found = approval.waiting(hoa, number)
    changes = {key[3]: difference.change for key, difference in found.changes.items()}
    assert changes == {"SUM": Change.CHANGED, "LESS": Change.NEW, "OWN": Change.NEW}
    changed = found.changes[YEAR, "year", "W1", "SUM"]
    assert float(str(changed.stated["result"])) == 7
    assert changed.stands["result"] == 5
    assert len(found.facts([(YEAR, "year", "W1", "SUM")])) == 2
    assert (found.size, found.count(Change.NEW)) == (3, 2)
    assert hoa.files(number) == ["figures.csv"]


def test_what_deserves_a_second_look_is_said(store: Store, minh: Access, hoa: Access) -> None:
    first = _send(minh, target(5, "W1"), result(500, "W1"))
    second = _send(minh, result(6, "W1"))
    assert {p.code for p in approval.waiting(hoa, first).problems} == {"ten_times", "waits_twice"}
    hoa.decide(second, "approved")
    assert {p.code for p in approval.waiting(hoa, first).problems} == {"ten_times", "newer_stands"}
    assert store.figures(YEAR)["result"].tolist() == [6]


def test_rows_of_registers_wait_with_their_submission(
    store: Store, minh: Access, hoa: Access
) -> None:
    entry = Entry(
        register=Register.MODEL,
        year=YEAR,
        unit="W1",
        name="Cụm dân cư tự quản",
        values=(("state", "recognised"), ("holder", "Chi bộ 3")),
    )
    number = minh.submit([submission(person="minh", entries=(entry,))])[0]
    row = only(minh.waiting_entries(), submission=number)
    assert (row["name"], row["stands"]) == ("Cụm dân cư tự quản", False)
    assert row["values"] == {"holder": "Chi bộ 3", "state": "recognised"}
    assert approval.waiting(hoa, number).size == 1
    assert store.entries(Register.MODEL, YEAR).empty
    hoa.decide(number, "approved")
    assert len(store.entries(Register.MODEL, YEAR)) == 1
    assert hoa.waiting_entries().empty
    again = Entry(
        register=Register.MODEL, year=YEAR, unit="W1", name="Khác", entry=int(row["entry"])
    )
    minh.submit([submission(person="minh", entries=(again,))])
    assert only(hoa.waiting_entries(), name="Khác")["stands"]


def test_others_of_the_scope_see_what_waits_and_nobody_else_does(
    store: Store, minh: Access
) -> None:
    number = _send(minh)
    viewers = {unit: Access(store, Account(5, "v", "", Role.VIEWER, unit)) for unit in ("W1", "W2")}
    assert set(viewers["W1"].waiting()["submission"]) == {number}
    assert viewers["W2"].waiting().empty
    public = Access(store, PUBLIC)
    assert public.waiting().empty
    assert public.waiting_entries().empty
    assert public.history(YEAR, "W1", "SUM").empty
    assert public.full_name("minh") == "minh"
    for ask in (public.files, lambda n: public.file(n, "figures.csv")):
        with pytest.raises(NotAllowedError):
            ask(number)


def test_the_sender_hears_what_became_of_it_until_it_is_handed_in_again(
    store: Store, minh: Access, hoa: Access
) -> None:
    first = _send(minh)
    assert [row["id"] for row in approval.news(minh.own(), None).waiting] == [first]
    hoa.decide(first, "approved", comment="Xem lại", returned=_facts(store, first, "LESS"))
    found = approval.news(minh.own(), None)
    (told,) = found.returned
    assert (told["comment"], told["decided_by"], told["sent_back"], told["figures"]) == (
        "Xem lại", "hoa", 1, 2,
    )  # fmt: skip
    assert [row["id"] for row in found.approved] == [first]
    assert approval.news(minh.own(), datetime.now(UTC)).approved == ()
    _send(minh, result(2, "W1"))
    assert approval.news(minh.own(), None).returned
    again = _send(minh, result(2, "W1", "LESS"))
    assert not approval.news(minh.own(), None).returned
    minh.undo(again)
    assert approval.news(minh.own(), None).returned


def test_returned_rows_of_registers_are_told_until_others_come(minh: Access, hoa: Access) -> None:
    entry = Entry(register=Register.TASK, year=YEAR, unit="W1", name="Đối thoại")
    number = minh.submit([submission(person="minh", entries=(entry,))])[0]
    hoa.decide(number, "returned", comment="Thiếu ngày")
    assert len(approval.news(minh.own(), None).returned) == 1
    minh.submit([submission(person="minh", entries=(entry,))])
    assert not approval.news(minh.own(), None).returned


def test_nobody_hears_of_others(minh: Access, hoa: Access) -> None:
    _send(minh)
    assert hoa.own().empty
    with pytest.raises(NotAllowedError):
        hoa.own("minh")


def test_the_visit_before_is_the_one_before_this(store: Store) -> None:
    people = store.people
    person = people.add(Account(0, "minh", "", Role.REPORTER, "W1"), "x", "os:test")
    reader = Access(store, person)
    times = []
    for token in ("a1" * 32, "b2" * 32):
        assert reader.visited_before() is None
        people.begin_session(token, person.id, "10.0.0.1", "Firefox", datetime.now(UTC))
        times.append(people.audit(1).iloc[0]["at"].to_pydatetime())
    assert reader.visited_before() == times[0]


def test_a_target_that_somebody_revises_without_a_decision_is_warned_of(store: Store) -> None:
    store.submit([submission(target(12, "W1"))])
    (bare,) = store.submit([submission(target(5, "W1"))], outcome="submitted")
    (decided,) = store.submit(
        [submission(target(5, "W1", decision="12/QĐ-UBND"))], outcome="submitted"
    )
    codes = [
        {one.code for one in approval.waiting(store, number).problems} for number in (bare, decided)
    ]
    assert ["revision_undecided" in found for found in codes] == [True, False]
