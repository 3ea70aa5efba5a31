"""Access: what one person reads and writes of the store, whatever screen or command asks."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from danvan.access import ON, PUBLIC, PUBLIC_VIEW, Access, access, operator
from danvan.accounts import Account, Act, Role
from danvan.errors import NotAllowedError, RefusedError
from danvan.model import (
    Alias,
    Answer,
    Area,
    Boundary,
    Catalogue,
    Draft,
    Entry,
    Evidence,
    File,
    Register,
    Stage,
    Unit,
    YearRule,
)
from danvan.store import Store
from tests.making import RULE, YEAR, result, submission, target
from tests.papers import PDF

FREE = {"revision", "catalogue", "years", "answers", "generated", "marks"}
"""What everybody who may look reads whole: what names mean, the rules of the years, that all is made up."""
PAPER = File("QĐ 12.pdf", PDF)
FILE = File("cũ.csv", b"unit,indicator,result\n")


def person(role: Role, unit: str = "", name: str = "") -> Account:
    return Account(1, name or f"{role}-{unit or 'all'}".lower(), "Người", role, unit)


VIEWER = person(Role.VIEWER, "W1")
REPORTER = person(Role.REPORTER, "W1")
OTHER = person(Role.REPORTER, "W2")
EDITOR = person(Role.EDITOR)
ADMIN = person(Role.ADMIN)


def handed_in(store: Store, account: Account, *units: str, **more: Any) -> int:
    """The number of a submission by the account about these units."""
    facts = [result(1, unit=unit) for unit in units or (account.unit,)]
    (number,) = Access(store, account).submit([submission(*facts, person=account.name, **more)])
    return number


@pytest.fixture
def filled(store: Store) -> Store:
    """Figures, a register and a file of two wards."""
    for ward in ("W1", "W2"):
        entry = Entry(register=Register.MODEL, year=YEAR, unit=ward, name=f"Mô hình {ward}")
        facts = (target(5, unit=ward), result(3, unit=ward))
        files = (File(f"{ward}.csv", ward.encode()),)
        proofs = (Evidence(file=PAPER, year=YEAR, unit=ward, indicator="SUM"),)
        acts = [submission(*facts, person="hoa", entries=(entry,), files=files, evidence=proofs)]
        store.submit(acts)
    return store


def row_of(store: Store, unit: str) -> int:
    """The number of the model of a unit."""
    models = Store.entries(store, Register.MODEL, YEAR)
    return int(models[models["unit"] == unit]["entry"].iloc[0])


def paper_of(store: Store, unit: str) -> int:
    """The number of the document of a unit."""
    papers = Store.evidence(store, YEAR)
    return int(papers[papers["unit"] == unit]["id"].iloc[0])


def last(store: Store) -> int:
    return int(Store.submissions(store)["id"].max())  # whatever somebody sees of them


def outcome(store: Store, number: int) -> str:
    found = store.submissions()
    return str(found[found["id"] == number].iloc[0]["outcome"])


def public(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}


def test_every_way_into_the_store_is_checked_or_free_on_purpose() -> None:
    assert public(Store) - public(Access) == FREE
    assert public(Store) >= FREE


def test_what_is_checked_is_called_as_the_store_calls_it() -> None:
    for name in (public(Store) & public(Access)) - {"people"}:
        theirs = inspect.signature(getattr(Store, name)).parameters
        ours = inspect.signature(getattr(Access, name)).parameters
        assert list(theirs) == list(ours), name


# reading


READ: dict[str, Callable[[Store], pd.DataFrame]] = {
    "figures": lambda store: store.figures(YEAR),
    "origins": lambda store: store.origins(YEAR),
    "entries": lambda store: store.entries(Register.MODEL, YEAR),
    "waiting": lambda store: store.waiting(),
    "waiting rows": lambda store: store.waiting_entries(),
    "evidence": lambda store: store.evidence(YEAR),
    "waiting evidence": lambda store: store.waiting_evidence(),
}


@pytest.mark.parametrize("name", READ)
def test_a_frame_has_only_the_units_the_person_sees(filled: Store, name: str) -> None:
    for who in (REPORTER, OTHER):
        waits = Entry(register=Register.TASK, year=YEAR, unit=who.unit, name="x", evidence=(PAPER,))
        handed_in(filled, who, entries=(waits,))
    assert set(READ[name](filled)["unit"]) == {"W1", "W2"}
    assert set(READ[name](Access(filled, REPORTER))["unit"]) == {"W1"}
    assert set(READ[name](Access(filled, VIEWER))["unit"]) == {"W1"}
    assert set(READ[name](Access(filled, EDITOR))["unit"]) == {"W1", "W2"}


def test_what_was_sent_back_is_told_to_those_who_see_its_unit(filled: Store) -> None:
    for who in (REPORTER, OTHER):
        filled.decide(handed_in(filled, who), "returned", "hoa", "Xem lại")
    for account, units in ((REPORTER, {"W1"}), (EDITOR, {"W1", "W2"}), (PUBLIC, set())):
        assert set(Access(filled, account).sent_back(YEAR)["unit"]) == units


def test_a_subtree_is_seen_from_its_top(filled: Store) -> None:
    top = person(Role.REPORTER, "CITY")
    assert set(Access(filled, top).figures(YEAR)["unit"]) == {"W1", "W2"}
    assert set(Access(filled, REPORTER).seen_catalogue().unit) == {"W1"}
    assert "W2" in Access(filled, REPORTER).catalogue().unit  # what a name means is no secret


def test_where_a_unit_lies_is_seen_by_those_who_see_the_unit(store: Store) -> None:
    both = (LIES, replace(LIES, unit="W2"))
    store.submit([submission(person="lan", boundaries=both)])
    assert Access(store, EDITOR).boundaries() == both
    assert Access(store, VIEWER).boundaries() == (LIES,)
    assert Access(store, person(Role.VIEWER, "CITY")).boundaries() == both


def test_the_history_of_another_unit_is_refused(filled: Store) -> None:
    mine = Access(filled, REPORTER)
    assert len(mine.history(YEAR, "W1", "SUM")) == 2
    with pytest.raises(NotAllowedError, match="ngoài phạm vi"):
        mine.history(YEAR, "W2", "SUM")
    with pytest.raises(NotAllowedError):
        mine.history(YEAR, "CITY", "SUM")


def test_submissions_are_ones_own_or_about_ones_units(filled: Store) -> None:
    theirs = handed_in(filled, OTHER)
    own = handed_in(filled, REPORTER)
    seen = set(Access(filled, REPORTER).submissions()["id"])
    assert own in seen
    assert theirs not in seen
    assert set(Access(filled, REPORTER).touched()) == seen - {1, 2}
    moved = replace(REPORTER, unit="W3")
    assert set(Access(filled, moved).submissions()["id"]) == {own}
    assert set(Access(filled, EDITOR).submissions()["id"]) > seen


def test_a_file_is_for_those_who_see_all_of_it(filled: Store) -> None:
    two = last(filled)
    mine = Access(filled, REPORTER)
    assert mine.file(two - 1, "W1.csv") == b"W1"
    assert Access(filled, VIEWER).file(two - 1, "W1.csv") == b"W1"
    assert Access(filled, EDITOR).file(two, "W2.csv") == b"W2"
    both = handed_in(filled, EDITOR, "W1", "W2", files=(FILE,))
    for number, name in ((two, "W2.csv"), (both, FILE.name)):
        with pytest.raises(NotAllowedError, match="đơn vị khác"):
            mine.file(number, name)
    with pytest.raises(NotAllowedError):
        Access(filled, PUBLIC).file(two, "W2.csv")


def test_a_row_and_its_versions_are_for_those_who_see_its_unit(filled: Store) -> None:
    mine, theirs = row_of(filled, "W1"), row_of(filled, "W2")
    reader = Access(filled, REPORTER)
    assert len(reader.life(Register.MODEL, mine)) == 1
    assert reader.life(Register.MODEL, theirs).empty
    assert reader.units_of_entries([mine, theirs]) == {mine: {"W1"}}


def test_a_document_is_for_those_who_have_signed_in_and_see_its_unit(filled: Store) -> None:
    mine, theirs = paper_of(filled, "W1"), paper_of(filled, "W2")
    for account in (REPORTER, VIEWER, EDITOR):
        proof = Access(filled, account).proof(mine)
        assert proof is not None
        assert proof.file == PAPER
    for account in (REPORTER, VIEWER, PUBLIC):
        with pytest.raises(NotAllowedError):
            Access(filled, account).proof(theirs)
    with pytest.raises(NotAllowedError):
        Access(filled, PUBLIC).proof(999)  # nor is the public told what there is
    assert Access(filled, REPORTER).proof(999) is None
    assert Access(filled, PUBLIC).evidence(YEAR).empty


def test_a_document_that_waits_is_not_for_other_units(filled: Store) -> None:
    proof = Evidence(file=File("b.pdf", PDF + b"%"), year=YEAR, unit="W2", indicator="SUM")
    handed_in(filled, OTHER, evidence=(proof,))
    number = int(Store.waiting_evidence(filled)["id"].iloc[-1])
    with pytest.raises(NotAllowedError):
        Access(filled, REPORTER).proof(number)
    assert Access(filled, OTHER).proof(number)


def test_that_a_file_was_handed_in_before_is_not_told_to_others(filled: Store) -> None:
    number = handed_in(filled, EDITOR, "W2", files=(FILE,))
    digest = hashlib.sha256(FILE.content).hexdigest()
    assert Access(filled, EDITOR).handed_in(digest) == [number]
    assert Access(filled, REPORTER).handed_in(digest) == []
    assert Access(filled, OTHER).handed_in(digest) == [number]


def test_the_public_sees_what_counts_and_nothing_that_waits(filled: Store) -> None:
    handed_in(filled, REPORTER)
    reader = Access(filled, PUBLIC)
    assert reader.waiting().empty
    assert reader.submissions().empty
    assert list(reader.history(YEAR, "W1", "SUM")["person"]) == ["hoa", "hoa"]
    assert len(Access(filled, VIEWER).history(YEAR, "W1", "SUM")) == 3


def test_people_and_the_audit_are_for_admins_of_everything(filled: Store) -> None:
    for account in (VIEWER, REPORTER, EDITOR, person(Role.ADMIN, "CITY")):
        with pytest.raises(NotAllowedError):
            _ = Access(filled, account).people
    assert Access(filled, ADMIN).people.accounts() == []
    assert Access(filled, ADMIN).faults() == []
    with pytest.raises(NotAllowedError):
        Access(filled, EDITOR).faults()


# who may look at all


def test_nobody_is_asked_to_sign_in_unless_the_public_may_look(store: Store) -> None:
    assert access(store, None).account is PUBLIC  # before the first account
    store.people.add(ADMIN, "hash", "os:test")
    with pytest.raises(NotAllowedError, match="đăng nhập"):
        access(store, None)
    store.people.set_switch(PUBLIC_VIEW, ON, "os:test")
    assert access(store, None).account is PUBLIC
    store.people.set_switch(PUBLIC_VIEW, "", "os:test")
    with pytest.raises(NotAllowedError):
        access(store, None)


def test_a_deactivated_person_may_not_even_look(store: Store) -> None:
    with pytest.raises(NotAllowedError, match="ngừng hoạt động"):
        Access(store, replace(ADMIN, active=False))


def test_whoever_has_the_machine_may_everything(store: Store) -> None:
    assert all(Access(store, operator("root")).may(act) for act in Act)


# writing


ALIAS = Catalogue(aliases=(Alias("Phường Một", "W1"),))
LIES = Boundary("W1", (((105.6, 10.4), (105.7, 10.4), (105.7, 10.5), (105.6, 10.4)),))
CLOSED = replace(RULE, stage=Stage.CLOSED)
NEXT = YearRule(YEAR + 1)
WRITES: dict[str, tuple[Callable[[Access], object], Role]] = {
    "a figure": (lambda store: _submit(store), Role.REPORTER),
    "a draft": (lambda store: store.keep_draft(_draft(store.account.name)), Role.REPORTER),
    "a name": (lambda store: _submit(store, catalogue=ALIAS), Role.EDITOR),
    "an answer": (lambda store: _submit(store, answers=(Answer("", "column:x", "skip", "x"),)), Role.EDITOR),
    "a year that is new": (lambda store: _submit(store, years=(NEXT,)), Role.EDITOR),
    "a year that is closed at once": (
        lambda store: _submit(store, years=(replace(NEXT, stage=Stage.CLOSED),)),
        Role.ADMIN,
    ),
    "a year that there is": (lambda store: _submit(store, years=(CLOSED,)), Role.ADMIN),
    "the stage of a year": (lambda store: store.set_year(CLOSED), Role.ADMIN),
    "a unit": (
        lambda store: _submit(store, catalogue=Catalogue(units=(Unit("X", "X", "X", "xã"),))),
        Role.ADMIN,
    ),
    "an area": (
        lambda store: _submit(store, catalogue=Catalogue(areas=(Area("C", "C", "C"),))),
        Role.ADMIN,
    ),
    "a boundary": (lambda store: _submit(store, boundaries=(LIES,)), Role.ADMIN),
    "a decision": (lambda store: store.decide(last(store), "approved"), Role.EDITOR),
    "what counts": (lambda store: _submit(store, outcome="approved"), Role.EDITOR),
    "anybody's undo": (lambda store: store.undo(last(store)), Role.EDITOR),
}  # fmt: skip
"""What is written, and the first role that may."""


def _submit(store: Access, outcome: str = "", **more: Any) -> int:
    facts = () if more else (result(1, unit="W1"),)
    act = submission(*facts, person=store.account.name, **more)
    (number,) = store.submit([act], outcome=outcome)
    return number


def _draft(name: str) -> Draft:
    return Draft("key", name, YEAR, "W1", (FILE,), datetime.now(UTC))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", WRITES)
def test_a_write_needs_its_role(store: Store, what: str, role: Role) -> None:
    write, first = WRITES[what]
    handed_in(store, replace(REPORTER, name="minh"))  # waits for somebody to decide
    revision, stored = store.revision(), len(store.submissions())
    mine = Access(store, person(role))
    if list(Role).index(role) >= list(Role).index(first):
        write(mine)
        return
    with pytest.raises(NotAllowedError):
        write(mine)
    assert (store.revision(), len(store.submissions())) == (revision, stored)


BEYOND: dict[str, Callable[[Access], object]] = {
    "a figure": lambda store: store.submit([submission(result(1, unit="W2"), person="hoa")]),
    "one figure of many": lambda store: store.submit(
        [submission(result(1, unit="W1"), result(1, unit="W2"), person="hoa")]
    ),
    "one submission of many": lambda store: store.submit(
        [submission(result(1, unit=unit), person="hoa") for unit in ("W1", "W2")]
    ),
    "the unit above": lambda store: store.submit([submission(result(1), person="hoa")]),
    "a row of a register": lambda store: store.submit(
        [
            submission(
                person="hoa",
                entries=(Entry(register=Register.MODEL, year=YEAR, unit="W2", name="x"),),
            )
        ]
    ),
    "a decision": lambda store: store.decide(last(store), "approved"),
    "a return": lambda store: store.decide(last(store), "returned", comment="sai"),
    "an undo": lambda store: store.undo(last(store)),
    "a year": lambda store: store.set_year(CLOSED),
    "even its own boundary": lambda store: store.submit(
        [submission(person="hoa", boundaries=(LIES,))]
    ),
}
"""What an editor or admin of W1 may not do, though their role may."""


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.ADMIN])
@pytest.mark.parametrize("what", BEYOND)
def test_a_write_beyond_the_scope_stores_nothing(store: Store, what: str, role: Role) -> None:
    handed_in(store, OTHER)
    revision = store.revision()
    with pytest.raises(NotAllowedError):
        BEYOND[what](Access(store, person(role, "W1", "hoa")))
    assert store.revision() == revision


def _of_row(entry: int | None, **more: Any) -> Entry:
    return Entry(register=Register.MODEL, year=YEAR, unit="W1", name="x", entry=entry, **more)


ANOTHERS: dict[str, Callable[[int], dict[str, Any]]] = {
    "restating it": lambda entry: {"entries": (_of_row(entry),)},
    "taking it out": lambda entry: {"entries": (_of_row(entry, removed=True),)},
    "proving it": lambda entry: {
        "evidence": (Evidence(file=PAPER, year=YEAR, unit="W1", entry=entry),)
    },
    "among rows of one's own": lambda entry: {"entries": (_of_row(None), _of_row(entry))},
}


@pytest.mark.parametrize("how", ANOTHERS)
def test_another_units_row_is_not_touched_by_naming_its_number(filled: Store, how: str) -> None:
    """Though the unit that the reporter writes beside it is their own."""
    theirs, revision = row_of(filled, "W2"), filled.revision()
    with pytest.raises(NotAllowedError, match="ngoài phạm vi"):
        handed_in(filled, REPORTER, **ANOTHERS[how](theirs))
    assert filled.revision() == revision
    assert len(filled.life(Register.MODEL, theirs)) == 1


def test_a_row_that_was_moved_to_another_unit_is_out_of_reach_of_both(filled: Store) -> None:
    """Each could else speak for the other through it; the office above can."""
    moved = row_of(filled, "W2")
    filled.submit([submission(person="hoa", entries=(_of_row(moved),))])
    for who in (REPORTER, OTHER):
        with pytest.raises(NotAllowedError):
            handed_in(filled, who, entries=(replace(_of_row(moved), unit=who.unit),))
    handed_in(filled, EDITOR, "W1", entries=(_of_row(moved),))


def test_nobody_writes_under_another_name(filled: Store) -> None:
    own = handed_in(filled, REPORTER)
    mine, editor = Access(filled, REPORTER), Access(filled, EDITOR)
    revision = filled.revision()
    for act in (
        lambda: mine.submit([submission(result(1, unit="W1"), person="hoa")]),
        lambda: mine.keep_draft(_draft("hoa")),
        lambda: mine.undo(own, "hoa"),
        lambda: editor.decide(own, "approved", "lan"),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert filled.revision() == revision


def test_without_a_name_it_is_ones_own(filled: Store) -> None:
    own = handed_in(filled, REPORTER)
    Access(filled, EDITOR).decide(own, "returned", comment="thiếu")
    found = filled.submissions().iloc[-1]
    assert (found["decided_by"], found["comment"]) == (EDITOR.name, "thiếu")
    with pytest.raises(NotAllowedError):  # a submission always says who
        Access(filled, REPORTER).submit([submission(result(1, unit="W1"), person="")])


def test_drafts_are_their_persons_alone(store: Store) -> None:
    mine, theirs = Access(store, REPORTER), Access(store, person(Role.ADMIN))
    mine.keep_draft(_draft(REPORTER.name))
    assert theirs.draft("key") is None
    theirs.drop_draft("key")
    with pytest.raises(NotAllowedError):
        theirs.keep_draft(_draft(theirs.account.name))
    assert mine.draft("key") is not None
    mine.drop_draft("key")
    assert store.draft("key") is None


def test_what_a_reporter_hands_in_waits_and_an_editors_counts(store: Store) -> None:
    assert outcome(store, handed_in(store, REPORTER)) == "submitted"
    assert store.figures(YEAR).empty
    assert outcome(store, handed_in(store, EDITOR, "W1")) == "approved"
    assert outcome(store, Access(store, EDITOR).submit([_of("W1")], outcome="submitted")[0]) == (
        "submitted"
    )


def _of(*units: str) -> Any:
    return submission(*(result(2, unit=unit) for unit in units), person=EDITOR.name)


def test_an_answer_of_a_reporter_is_not_kept_for_everybody(store: Store) -> None:
    assert not Access(store, REPORTER).keeps_answers()
    assert Access(store, EDITOR).keeps_answers()


def test_reopening_a_year_needs_a_reason(store: Store) -> None:
    admin = Access(store, ADMIN)
    admin.set_year(CLOSED)
    with pytest.raises(RefusedError, match="lý do"):
        admin.set_year(replace(RULE, reason="  "))
    admin.set_year(replace(RULE, reason="Sửa theo kết luận"))
    assert store.years()[YEAR].stage is Stage.OPEN


def test_a_taken_away_file_is_told_to_the_audit(store: Store) -> None:
    Access(store, VIEWER).exported("báo cáo", year=YEAR)
    row = store.people.audit(1).iloc[0]
    assert (row["act"], row["person"], row["subject"]) == ("export", VIEWER.name, "báo cáo")


# taking back


def test_a_reporter_takes_back_their_own_while_it_waits(store: Store) -> None:
    own = handed_in(store, REPORTER)
    mine = Access(store, REPORTER)
    undo = mine.undo(own)
    assert outcome(store, own) == "withdrawn"
    mine.undo(undo)
    assert outcome(store, own) == "submitted"


def test_a_reporter_takes_back_nothing_that_counts_or_is_anothers(store: Store) -> None:
    own = handed_in(store, REPORTER)
    Access(store, EDITOR).decide(own, "approved")
    theirs = handed_in(store, replace(REPORTER, name="em"))
    for number in (own, theirs):
        with pytest.raises(NotAllowedError, match="còn chờ duyệt"):
            Access(store, REPORTER).undo(number)
    assert outcome(store, own) == "approved"
    with pytest.raises(RefusedError, match="99"):
        Access(store, REPORTER).undo(99)


def _approved_and_withdrawn(store: Store, who: Account) -> tuple[int, int]:
    """A submission of the reporter that counted until somebody took it back."""
    own = handed_in(store, REPORTER)
    Access(store, EDITOR).decide(own, "approved")
    return own, Access(store, who).undo(own)


@pytest.mark.parametrize("who", [EDITOR, replace(REPORTER, role=Role.EDITOR)])
def test_an_undo_of_an_undo_by_a_reporter_never_approves(store: Store, who: Account) -> None:
    """Neither what an editor took back, nor what they took back when they were an editor."""
    own, undo = _approved_and_withdrawn(store, who)
    with pytest.raises(NotAllowedError):
        Access(store, REPORTER).undo(undo)
    assert outcome(store, own) == "withdrawn"
    assert store.figures(YEAR).empty
    Access(store, EDITOR).undo(undo)
    assert outcome(store, own) == "approved"


def test_a_long_chain_of_undoes_by_a_reporter_never_approves(store: Store) -> None:
    own = number = handed_in(store, REPORTER)
    for _ in range(5):
        number = Access(store, REPORTER).undo(number)
        assert outcome(store, own) in ("withdrawn", "submitted")
    with pytest.raises(RefusedError):
        Access(store, REPORTER).undo(own)  # withdrawn already
    assert store.figures(YEAR).empty


def test_what_is_approved_at_the_same_moment_is_not_taken_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor decides between the reporter's look and the reporter's undo."""
    own = handed_in(store, REPORTER)
    mine = Access(store, REPORTER)
    looked = mine._undone

    def approved_meanwhile(*asked: Any) -> int:
        Access(store, EDITOR).decide(own, "approved")
        return looked(*asked)

    monkeypatch.setattr(mine, "_undone", approved_meanwhile)
    with pytest.raises(RefusedError):
        mine.undo(own)
    assert outcome(store, own) == "approved"


@pytest.mark.parametrize("units", [("W1",), ("W1", "W2"), ("CITY",)])
def test_an_editor_of_a_unit_decides_about_what_is_wholly_theirs(
    store: Store, units: Iterable[str]
) -> None:
    number = handed_in(store, person(Role.REPORTER), *units)
    mine = Access(store, person(Role.EDITOR, "W1"))
    if set(units) == {"W1"}:
        mine.decide(number, "approved")
        assert outcome(store, number) == "approved"
        return
    with pytest.raises(NotAllowedError):
        mine.decide(number, "approved")
    assert outcome(store, number) == "submitted"


def test_an_editor_of_a_unit_opens_no_year_with_its_first_figures(store: Store) -> None:
    ward = Access(store, person(Role.EDITOR, "W1"))
    rule = YearRule(YEAR + 1)
    opening = submission(years=(rule,), person=ward.account.name)
    with pytest.raises(NotAllowedError, match="chưa được mở"):
        ward.submit([opening])
    assert YEAR + 1 not in store.years()
