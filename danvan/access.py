"""Access: the store as one person may use it. The one place where rights and scope are checked.

Pages, downloads, the API and the command all read and write through it. What a person may not see
is left out of frames; what they may not do raises NotAllowedError.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from danvan.accounts import Account, Act, Role, may
from danvan.errors import NotAllowedError, RefusedError
from danvan.model import (
    Boundary,
    Catalogue,
    Channel,
    Contact,
    Draft,
    Entry,
    Evidence,
    Register,
    Reminder,
    Stage,
    Submission,
    YearRule,
)
from danvan.rows import Row, known, rows_of
from danvan.store import People, Store

PUBLIC_VIEW = "public_view"
ON = "on"
PUBLIC = Account(0, "", "", Role.VIEWER)
"""Whoever looks where anybody may: before the first account, or where an admin allowed it."""


def operator(name: str) -> Account:
    """Whoever runs a command on the machine where the data lies: the file is theirs already."""
    return Account(0, f"os:{name}", name, Role.ADMIN)


def access(store: Store, account: Account | None) -> Access:
    """The store for a signed-in account, or for anybody where anybody may look.

    Raises NotAllowedError where nobody may look without signing in.
    """
    if account is None:
        if store.people.exists() and store.people.switch(PUBLIC_VIEW) != ON:
            raise NotAllowedError("sign_in_first")
        account = PUBLIC
    return Access(store, account)


def _targets(submissions: pd.DataFrame) -> dict[int, int]:
    """Each submission, and the one that it undoes or brings back in the end: itself for most."""
    targets: dict[int, int] = {}
    for number, undoes in zip(submissions["id"], submissions["undoes"], strict=True):
        targets[int(number)] = targets[int(undoes)] if known(undoes) else int(number)
    return targets


class Access(Store):
    """The store with one account in front of it."""

    def __init__(self, store: Store, account: Account) -> None:
        super().__init__(store._engine)
        self.account = account
        if not may(account, Act.SEE):
            raise NotAllowedError("deactivated")

    def renewed(self) -> Access:
        """The store as the same person may use it now: a file is made later than its button."""
        if self.account is PUBLIC:
            return access(Store(self._engine), None)
        account = self._people.account_of(self.account.id) if self.account.id else self.account
        return access(Store(self._engine), account)

    def may(self, act: Act) -> bool:
        """Whether the person's role allows the act at all."""
        return may(self.account, act)

    def need(self, act: Act) -> None:
        """Raise NotAllowedError unless the person's role allows the act."""
        if not self.may(act):
            raise NotAllowedError(f"not_allowed_{act}")

    @property
    def unit(self) -> str:
        """The top of what the person sees; "" is everything."""
        return self.account.unit

    @cached_property
    def scope(self) -> frozenset[str] | None:
        """Codes of the units the person sees; None for all."""
        return super().catalogue().scope(self.unit)

    def sees(self, units: Iterable[str]) -> bool:
        """Whether all the units are in the person's scope."""
        return self.scope is None or self.scope.issuperset(units)

    def seen_catalogue(self, as_of: datetime | None = None) -> Catalogue:
        """The catalogue with the units the person sees; the whole one says what names mean."""
        return super().catalogue(as_of).within(self.unit)

    # people, switches, audit

    @property
    def people(self) -> People:
        """Everybody's accounts, the switches and the audit, for admins of the whole installation."""
        self.need(Act.PEOPLE)
        self._need_all()
        return self._people

    def exported(self, what: str, address: str = "", **detail: Any) -> None:
        """Record that the person took data away."""
        self._people.record("export", self.account.name, what, detail, address)

    def full_name(self, person: str) -> str:
        """The name of somebody who handed something in; as they sign in where it is not known.

        The public is told nobody's name.
        """
        if self.account is PUBLIC and self._people.exists():
            return ""
        account = self._people.account(person)
        return account.full_name if account and account.full_name else person

    def visited_before(self) -> datetime | None:
        """When the person signed in the time before this one; None where this is the first."""
        return self._people.signed_in_before(self.account.name)

    # reading

    def figures(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        return self._seen(super().figures(year, as_of))

    def boundaries(self, as_of: datetime | None = None) -> tuple[Boundary, ...]:
        return tuple(one for one in super().boundaries(as_of) if self.sees({one.unit}))

    def history(
        self, year: int, unit: str, indicator: str, as_of: datetime | None = None
    ) -> pd.DataFrame:
        self._need_units({unit})
        found = super().history(year, unit, indicator, as_of)
        return found[found["counts"]] if self.account is PUBLIC else found

    def origins(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        return self._seen(super().origins(year, as_of))

    def entries(
        self, register: Register, year: int | None, as_of: datetime | None = None
    ) -> pd.DataFrame:
        return self._seen(super().entries(register, year, as_of))

    def life(self, register: Register, entry: int, as_of: datetime | None = None) -> pd.DataFrame:
        """The versions of a row; the public sees only those that counted."""
        found = self._seen(super().life(register, entry, as_of))
        return found[found["counts"]] if self.account is PUBLIC else found

    def evidence(self, year: int | None, as_of: datetime | None = None) -> pd.DataFrame:
        """Documents of units in scope; the public is shown none, names may be in them."""
        if self.account is PUBLIC:
            return super().evidence(year, as_of).head(0)
        return self._seen(super().evidence(year, as_of))

    def waiting_evidence(self) -> pd.DataFrame:
        if self.account is PUBLIC:
            return super().waiting_evidence().head(0)
        return self._seen(super().waiting_evidence())

    def proof(self, number: int) -> Evidence | None:
        """A document of a unit in scope, for whoever has signed in."""
        found = super().proof(number)
        if self.account is PUBLIC or (found is not None and not self.sees({found.unit})):
            raise NotAllowedError("not_your_file")
        return found

    def units_of_entries(self, numbers: Iterable[int]) -> dict[int, frozenset[str]]:
        found = super().units_of_entries(numbers)
        return {number: units for number, units in found.items() if self.sees(units)}

    def explanations(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        """Explanations of units in scope; the public reads them without a name."""
        found = self._seen(super().explanations(year, as_of))
        return found.assign(person="") if self.account is PUBLIC else found

    def waiting_explanations(self) -> pd.DataFrame:
        if self.account is PUBLIC:
            return super().waiting_explanations().head(0)
        return self._seen(super().waiting_explanations())

    def sent_back(self, year: int) -> pd.DataFrame:
        """What was sent back to units in scope; the public hears of none."""
        if self.account is PUBLIC:
            return super().sent_back(year).head(0)
        return self._seen(super().sent_back(year))

    def settlements(self, year: int, as_of: datetime | None = None) -> pd.DataFrame:
        if self.account is PUBLIC:
            return super().settlements(year, as_of).head(0)
        return self._seen(super().settlements(year, as_of))

    def contacts(self) -> tuple[Contact, ...]:
        """Addresses of people, for those alone who write to them."""
        self.need(Act.PLAN)
        return tuple(one for one in super().contacts() if self.sees({one.unit}))

    def reminders(self, year: int) -> pd.DataFrame:
        self.need(Act.PLAN)
        return self._seen(super().reminders(year))

    def remind(self, reminders: Sequence[Reminder], person: str = "") -> None:
        self.need(Act.PLAN)
        self._need_name(person)
        self._need_units({one.unit for one in reminders})
        super().remind(reminders, self.account.name)

    def waiting(self) -> pd.DataFrame:
        if self.account is PUBLIC:
            return super().waiting().head(0)
        return self._seen(super().waiting())

    def waiting_entries(self) -> pd.DataFrame:
        if self.account is PUBLIC:
            return super().waiting_entries().head(0)
        return self._seen(super().waiting_entries())

    def queue(self) -> pd.DataFrame:
        """Submissions that wait and that the person may decide about, oldest first."""
        self.need(Act.DECIDE)
        found = self.submissions()
        found = found[found["outcome"] == "submitted"]
        whole = super().touched()
        return found[[self.sees(whole.get(number, frozenset())) for number in found["id"]]]

    def own(self, person: str = "") -> pd.DataFrame:
        """What the person handed in; nobody else's is theirs to ask for."""
        self._need_name(person)
        return super().own(self.account.name)

    def submissions(self, as_of: datetime | None = None) -> pd.DataFrame:
        """Submissions that are the person's own or state something about units they see."""
        found = super().submissions(as_of)
        if self.account is PUBLIC:
            return found.head(0)
        if self.scope is None:
            return found
        touched = super().touched()
        seen = [
            person == self.account.name or bool(touched.get(number, frozenset()) & self.scope)
            for number, person in zip(found["id"], found["person"], strict=True)
        ]
        return found[seen]

    def stated_years(self) -> dict[int, frozenset[int]]:
        seen = self.touched()
        return {n: years for n, years in super().stated_years().items() if n in seen}

    def touched(self) -> dict[int, frozenset[str]]:
        touched = super().touched()
        return {n: units for n, units in touched.items() if self.sees(units)}

    def file(self, submission: int, name: str) -> bytes | None:
        """A file of a submission all of whose units the person sees, or that is their own."""
        if self.account is PUBLIC or not self._is_theirs(submission):
            raise NotAllowedError("not_your_file")
        return super().file(submission, name)

    def files(self, submission: int) -> list[str]:
        if self.account is PUBLIC or not self._is_theirs(submission):
            raise NotAllowedError("not_your_file")
        return super().files(submission)

    def openable(self, submissions: pd.DataFrame) -> frozenset[int]:
        """Those of the submissions whose files the person may open."""
        if self.account is PUBLIC:
            return frozenset()
        if self.scope is None:
            return frozenset(submissions["id"])
        own = submissions["id"][submissions["person"] == self.account.name]
        return frozenset(own) | {number for number, units in self.touched().items() if units}

    def handed_in(self, sha256: str) -> list[int]:
        return [number for number in super().handed_in(sha256) if self._is_theirs(number)]

    def keeps_answers(self) -> bool:
        return self.may(Act.NAME)

    def faults(self) -> list[str]:
        self.need(Act.BACKUP)
        return super().faults()

    # drafts: everybody's are their own

    def keep_draft(self, draft: Draft) -> None:
        self.need(Act.ENTER)
        kept = super().draft(draft.key)
        if {draft.person, kept.person if kept else draft.person} != {self.account.name}:
            raise NotAllowedError("not_your_draft")
        super().keep_draft(draft)

    def draft(self, key: str) -> Draft | None:
        found = super().draft(key)
        return found if found and found.person == self.account.name else None

    def drop_draft(self, key: str) -> None:
        if self.draft(key):
            super().drop_draft(key)

    # writing

    def submit(
        self,
        submissions: Sequence[Submission],
        only_at: int | None = None,
        outcome: str = "",
    ) -> list[int]:
        """Store what the person hands in: a reporter's waits, an editor's counts at once."""
        self.need(Act.ENTER)
        for submission in submissions:
            self._check(submission)
        chosen = outcome or self.first_outcome
        if chosen == "approved" and not self.may(Act.DECIDE):
            raise NotAllowedError("not_allowed_decide")
        return super().submit(submissions, only_at, chosen)

    @property
    def first_outcome(self) -> str:
        """What becomes of what the person hands in: approved at once, or submitted and waiting."""
        return "approved" if self.may(Act.DECIDE) else "submitted"

    def _check(self, submission: Submission) -> None:
        """Refuse what goes beyond the person's role or scope."""
        if not submission.person:
            raise NotAllowedError("not_your_name")
        self._need_name(submission.person)
        self._need_units({one.unit for one in submission.about})
        self._need_entries(submission)
        self._need_plan(submission)
        catalogue = submission.catalogue
        if replace(catalogue, aliases=()) != Catalogue():
            self.need(Act.CATALOGUE)
        if submission.boundaries:
            self.need(Act.CATALOGUE)
            self._need_all()
        if catalogue.aliases or submission.answers:
            self.need(Act.NAME)
        if submission.years:
            opened = super().years()
            new = all(
                r.year not in opened and r.stage is not Stage.CLOSED for r in submission.years
            )
            if new and (self.unit or not self.may(Act.DECIDE)):
                raise NotAllowedError("year_not_open", year=submission.years[0].year)
            self.need(Act.DECIDE if new else Act.YEARS)

    def _need_plan(self, submission: Submission) -> None:
        """Rounds and addresses are of the whole city's office, settlements of its editors."""
        if submission.settlements or submission.rounds or submission.contacts:
            self.need(Act.PLAN)
        if submission.rounds or submission.contacts:
            self._need_all()

    def _need_entries(self, submission: Submission) -> None:
        """Refuse to restate or prove a row that was ever another unit's."""
        items: list[Entry | Evidence] = [*submission.entries, *submission.evidence]
        numbers = {item.entry for item in items if item.entry is not None}
        for units in super().units_of_entries(numbers).values():
            self._need_units(units)

    def undo(
        self, submission: int, person: str = "", note: str = "", only_waiting: bool = False
    ) -> int:
        """Take back a submission: an editor any in scope, a reporter their own while it waits."""
        self.need(Act.ENTER)
        self._need_name(person)
        found = super().submissions()
        if submission not in set(found["id"]):
            raise RefusedError("unknown_submission", number=submission)
        target = self._undone(found, submission)
        self._need_units(super().touched().get(target, frozenset()))
        decides = self.may(Act.DECIDE)
        theirs = found[found["person"] == self.account.name]["id"]
        if not decides and not {submission, target}.issubset(theirs):
            raise NotAllowedError("not_yours_to_undo")
        return super().undo(submission, self.account.name, note, only_waiting or not decides)

    def undoable(self) -> frozenset[int]:
        """Submissions that `undo` would take back for this person now, or bring back.

        What was taken back is brought back by undoing the last undo of it.
        """
        if not self.may(Act.ENTER):
            return frozenset()
        found, units = super().submissions(), super().touched()
        years, closed = super().stated_years(), self._closed_years()
        last = {target: number for number, target in _targets(found).items()}
        taken = {
            row["id"]: last[row["id"]] if row["outcome"] == "withdrawn" else row["id"]
            for row in rows_of(found[found["undoes"].isna()])
            if self._may_undo(row)
        }
        return frozenset(
            number
            for target, number in taken.items()
            if self.sees(units.get(target, ())) and not closed & years.get(target, frozenset())
        )

    def _may_undo(self, row: Row) -> bool:
        """Whether the submission can be undone at all, and by this person as far as it is theirs."""
        if row["channel"] in (Channel.CATALOGUE, Channel.YEAR) or row["outcome"] == "returned":
            return False
        waits = row["outcome"] in ("submitted", "withdrawn")
        return self.may(Act.DECIDE) or (waits and row["person"] == self.account.name)

    def _closed_years(self) -> frozenset[int]:
        rules = super().years().values()
        return frozenset(rule.year for rule in rules if rule.stage is Stage.CLOSED)

    def _undone(self, submissions: pd.DataFrame, number: int) -> int:
        """The submission that an undo, or an undo of an undo, is about in the end."""
        return _targets(submissions)[number]

    def decide(
        self,
        submission: int,
        outcome: str,
        person: str = "",
        comment: str = "",
        returned: Sequence[int] = (),
    ) -> None:
        """Approve or return a submission that waits, all of it in the person's scope."""
        self.need(Act.DECIDE)
        self._need_name(person)
        self._need_units(super().touched().get(submission, frozenset()))
        super().decide(submission, outcome, self.account.name, comment, returned)

    def set_year(self, rule: YearRule, only_at: int | None = None) -> bool:
        """Plan, open, close or reopen a year; reopening a closed one needs a reason.

        Whoever plans may begin to plan a new year: that fixes nothing yet. All else is for admins.
        With `only_at` only while the store is still at that revision; whether it was done.
        """
        before = super().years().get(rule.year)
        begins = before is None and rule.stage is Stage.PLANNING
        self.need(Act.PLAN if begins else Act.YEARS)
        self._need_all()
        reopens = before is not None and before.stage is Stage.CLOSED
        if reopens and rule.stage is not Stage.CLOSED and not rule.reason.strip():
            raise RefusedError("reason_needed", year=rule.year)
        note = f"{rule.year}: {rule.reason}" if rule.reason else str(rule.year)
        act = Submission(person=self.account.name, channel=Channel.YEAR, note=note, years=(rule,))
        return bool(super().submit([act], only_at))

    # scope

    def _seen(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame if self.scope is None else frame[frame["unit"].isin(self.scope)]

    def _need_units(self, units: Iterable[str]) -> None:
        if not self.sees(units):
            raise NotAllowedError("not_your_unit")

    def _need_name(self, person: str) -> None:
        """Nobody acts under another name; blank is one's own."""
        if person and person != self.account.name:
            raise NotAllowedError("not_your_name")

    def _need_all(self) -> None:
        """Refuse somebody limited to a unit what concerns everybody."""
        if self.unit:
            raise NotAllowedError("not_your_unit")

    def _is_theirs(self, submission: int) -> bool:
        if self.scope is None:
            return True
        found = super().submissions()
        own = found[(found["id"] == submission) & (found["person"] == self.account.name)]
        units = super().touched().get(submission, frozenset())
        return not own.empty or (bool(units) and self.sees(units))
