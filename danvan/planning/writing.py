"""Writing: targets as a person types them into the matrix; what they change, and how they are stored.

Nothing is stored but by `hand_in`, and then all of it or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd

from danvan import intake
from danvan.access import Access
from danvan.accounts import Act
from danvan.errors import Problem, RefusedError, Severity
from danvan.intake import Check, Reading
from danvan.intake.answers import Answers
from danvan.intake.book import cell_name
from danvan.intake.facts import facts as facts_of
from danvan.intake.names import Names
from danvan.intake.quantities import Silence, Style, quantity
from danvan.intake.revising import revised
from danvan.intake.stated import Field, Stated
from danvan.intake.submitting import compared, opens_year
from danvan.model import (
    Catalogue,
    Channel,
    Direction,
    Document,
    Duty,
    Expectation,
    Fact,
    File,
    Origin,
    Target,
)
from danvan.planning.earlier import exact
from danvan.planning.matrix import Aim, Matrix, Place, matrix

SPAN = re.compile(r"\s*(?:–|—|\.\.\.|…|đến|(?<=\d)\s*-)\s*")
PAPER = "Quyết định"
NUMBERS = ("target", "lower", "upper")


@dataclass(frozen=True, slots=True)
class Decision:
    """By what, when and why targets of an open year are revised."""

    number: str = ""
    day: date | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing."""
        return bool(self.number.strip() and self.day and self.reason.strip())

    @property
    def blank(self) -> bool:
        """Whether nothing is said of any."""
        return not (self.number.strip() or self.day or self.reason.strip())


@dataclass(frozen=True)
class Sheet:
    """The plan of a year as somebody opened it: the figures at that moment and revision."""

    year: int
    top: str
    figures: pd.DataFrame
    seen: datetime
    revision: int


def opened(store: Access, year: int, top: str) -> Sheet:
    """The plan of the unit and those below it, to be written in. Raises RefusedError for a year that
    is closed.
    """
    opens_year(store, year)
    revision, seen = store.revision(), datetime.now(UTC)
    return Sheet(year, top, store.figures(year), seen, revision)


def written(store: Access, sheet: Sheet, texts: Mapping[Place, str]) -> Check:
    """What the texts of some cells of the matrix mean and change; nothing is stored.

    They mean what they mean in a workbook, with a comma before decimals. A blank one takes a target
    back, and one that says what stands already says nothing. What somebody stored since the sheet was
    opened is a conflict. Problems name the unit as their sheet and the indicator as their cell.
    Raises RefusedError for a year that is closed.
    """
    year, top = sheet.year, sheet.top
    opens, catalogue = opens_year(store, year), store.catalogue()
    stands = matrix(sheet.figures, catalogue, year, top)
    page = _Page(catalogue, stands)
    for place, text in texts.items():
        page.take(place, " ".join(text.split()))
    found = facts_of(
        None, page.cells, (), Names(catalogue, year), Answers(page.given), year, store.scope, top,
        blank_is_expected=False,
    )  # fmt: skip
    problems = [*page.problems, *(page.placed(problem) for problem in found.problems)]
    facts = [*page.facts, *(page.freed(fact) for fact in found.facts)]
    reading = Reading(
        File("", b""), tuple(facts + page.lifted(found.facts)), tuple(problems),
        found.refused + len(page.problems), found.waiting,
    )  # fmt: skip
    moved = store.revision() != sheet.revision
    both = (sheet.figures, store.figures(year) if moved else sheet.figures)
    checked = compared(store, catalogue, [reading], year, opens, sheet.seen, (), both)
    problems = [problem for problem in checked.problems if problem.code != "no_figures"]
    return replace(checked, files=(), problems=tuple(problems))


class _Page:
    """The cells that somebody typed into, as cells of a workbook with the answers they need."""

    def __init__(self, catalogue: Catalogue, stands: Matrix) -> None:
        self.catalogue, self.stands = catalogue, stands
        self.cells: list[Stated] = []
        self.facts: list[Fact] = []
        self.problems: list[Problem] = []
        self.given: dict[tuple[str, str], str] = {}
        self.places: dict[str, Place] = {}

    def take(self, place: Place, text: str) -> None:
        unit, code = place
        indicator, aim = self.catalogue.indicator.get(code), self.stands.aim(*place)
        if text == aim.text:
            return
        if indicator is None or not self.stands.is_open(unit, indicator):
            self._refuse(place, text, "plan_not_given")
        elif _says_nothing(text):
            self._take_back(place, aim)
        elif indicator.direction is Direction.BAND and "áp dụng" not in text:
            self._take_band(place, text)
        else:
            self._state(place, Field.TARGET, text)

    def _take_back(self, place: Place, aim: Aim) -> None:
        unit, code = place
        if aim.stands:
            self.facts.append(Target(year=self.stands.year, unit=unit, indicator=code))
        if aim.exempt:
            self.facts.append(Expectation(year=self.stands.year, unit=unit, indicator=code))

    def _take_band(self, place: Place, text: str) -> None:
        bounds = [part for part in SPAN.split(text) if part]
        if len(bounds) != 2:
            self._refuse(place, text, "plan_band")
            return
        for field, bound in zip((Field.LOWER, Field.UPPER), bounds, strict=True):
            self._state(place, field, bound)

    def _state(self, place: Place, field: Field, text: str) -> None:
        row = len(self.cells)
        cell = cell_name(row, 0)
        self.cells.append(Stated("", row, 0, text, *place, field, share=True))
        # the page writes its numbers with a comma before decimals, and names their measure
        self.given["", f"cell:!{cell}"] = text
        self.places[cell] = place

    def _refuse(self, place: Place, text: str, code: str) -> None:
        unit, indicator = place
        self.problems.append(Problem(Severity.ERROR, code, "", unit, indicator, "target", text))

    def placed(self, problem: Problem) -> Problem:
        """The problem with the unit and the indicator for its place."""
        unit, indicator = self.places.get(problem.cell, ("", ""))
        return replace(problem, sheet=unit, cell=indicator)

    def freed(self, fact: Fact) -> Fact:
        """The fact without a cell: there is no file."""
        return replace(fact, origin=Origin(found=fact.origin.found))

    def lifted(self, stated: list[Fact]) -> list[Fact]:
        """What goes with them: a target ends an exemption, and an exemption a target."""
        more: list[Fact] = []
        for fact in stated:
            aim = self.stands.aim(fact.unit, fact.indicator)
            if isinstance(fact, Target) and aim.exempt:
                more.append(Expectation(year=fact.year, unit=fact.unit, indicator=fact.indicator))
            if isinstance(fact, Expectation) and fact.duty is Duty.EXEMPT and aim.stands:
                more.append(Target(year=fact.year, unit=fact.unit, indicator=fact.indicator))
        return more


def _says_nothing(text: str) -> bool:
    return quantity(text, Style.COMMA, False, True) is Silence.MISSING


def hand_in(
    store: Access,
    checked: Check,
    channel: Channel = Channel.FORM,
    decision: Decision | None = None,
) -> int:
    """Store the targets as one submission and return its number.

    What changes the target of an open year needs a whole decision, which is then kept with every
    target. Raises RefusedError without one, NotAllowedError for whoever may not plan, and
    ConflictError where somebody stored another figure since.
    """
    store.need(Act.PLAN)
    said = decision or Decision()
    changed = revised(checked.facts, store.figures(checked.year), store.years().get(checked.year))
    if not said.whole and (changed or not said.blank):
        raise RefusedError("revision_undecided", n=len(changed))
    if said.blank:
        return intake.hand_in(store, checked, store.account.name, channel)
    facts = tuple(
        replace(
            fact, decision=said.number.strip(), decision_date=said.day, note=said.reason.strip()
        )
        if isinstance(fact, Target)
        else fact
        for fact in checked.facts
    )
    paper = Document(PAPER, said.number.strip(), said.day)
    decided = replace(checked, facts=facts)
    person, note = store.account.name, said.reason.strip()
    return intake.hand_in(store, decided, person, channel, paper, note=note)


def with_changes(stands: Matrix, checked: Check) -> Matrix:
    """The matrix as it would be with what was written."""
    moved = {place: now for place, _, now in changes(checked, stands)}
    return replace(stands, aims={**stands.aims, **moved})


def changes(checked: Check, stands: Matrix) -> Iterator[tuple[Place, Aim, Aim]]:
    """Each place of the matrix that was written in, with what stands there and what would."""
    for (_, _, unit, code), found in checked.changes.items():
        aim = stands.aim(unit, code)
        values = {n: exact(found.stated[n]) for n in NUMBERS if n in found.stated}
        exempt = "exempt" in found.stated or (aim.exempt and "expected" not in found.stated)
        yield (unit, code), aim, replace(aim, **values, exempt=exempt)
