"""From files to a stored submission: check everything, then store all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd

from danvan.errors import ConflictError, Problem, RefusedError, Severity
from danvan.evidence import kind_of
from danvan.intake.answers import Answers
from danvan.intake.difference import Change, Difference, Key, by_key, differences
from danvan.intake.facts import facts as facts_of
from danvan.intake.names import Names
from danvan.intake.plausible import doubts
from danvan.intake.reading import Reading, read
from danvan.intake.registers import matched, registered_before
from danvan.intake.revising import CODE, decided, kept, revised, undecided
from danvan.intake.stated import Field, Stated
from danvan.intake.template import Wanted, template
from danvan.model import (
    Answer,
    Catalogue,
    Channel,
    Document,
    Entry,
    Evidence,
    Fact,
    File,
    Origin,
    Period,
    Register,
    Result,
    Stage,
    Submission,
    YearRule,
)
from danvan.store import Store
from danvan.wording import Words

FIRST_YEAR = 2000  # an older year is a slip of the keyboard
TRIES = 5  # to store between two submissions of others


@dataclass(frozen=True)
class Check:
    """A submission before it is stored: what it states, changes, and what is wrong with it.

    `seen` is the moment whose figures it was compared with; `refused` and `waiting` count the
    figures that have errors and open questions, which are not among the facts. `revised` are the
    figures of an open year whose target it changes.
    """

    year: int
    files: tuple[File, ...]
    facts: tuple[Fact, ...]
    changes: dict[Key, Difference]
    problems: tuple[Problem, ...]
    refused: int
    opens_year: bool
    waiting: int = 0
    entries: tuple[tuple[Entry, Change], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    seen: datetime | None = None
    answers: tuple[Answer, ...] = field(default=())
    conflicts: tuple[Key, ...] = ()
    revised: tuple[Key, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything keeps it from being stored as a whole."""
        kinds = {problem.kind for problem in self.problems}
        return bool(kinds & {Severity.ERROR, Severity.QUESTION})

    @property
    def begins(self) -> Stage:
        """How a year begins with it: targets alone are a plan as long as the year is not over."""
        plan = bool(self.facts) and not any(isinstance(fact, Result) for fact in self.facts)
        ahead = plan and not self.entries and self.year >= date.today().year
        return Stage.PLANNING if ahead else Stage.OPEN

    @property
    def sound(self) -> bool:
        """Whether all of it can be stored: no errors, no questions, and something to store."""
        return self.storable and not self.open

    @property
    def storable(self) -> bool:
        """Whether at least its good rows can be stored."""
        return bool(self.facts or self.entries or self.evidence)

    def under(self, document: Document | None) -> Check:
        """The same on that document's authority: its decision is that of the targets it revises."""
        facts = decided(self.facts, self.revised, document)
        problems = [problem for problem in self.problems if problem.code != CODE]
        problems += undecided(facts, self.revised)
        return replace(self, facts=facts, problems=tuple(problems))

    def count(self, change: Change) -> int:
        """How many figures and rows of registers are new, changed or the same."""
        figures = sum(found.change is change for found in self.changes.values())
        return figures + sum(found is change for _, found in self.entries)


def check(
    store: Store,
    files: Iterable[File],
    year: int,
    unit: str | None = None,
    answers: Sequence[Answer] = (),
    seen: datetime | None = None,
    told: Callable[[int, str], None] = lambda _done, _name: None,
) -> Check:
    """Read the files as one submission about `year`; nothing is stored.

    `answers` are new ones, besides those the store remembers. With `seen`, figures that somebody
    stored since that moment are conflicts; `told` hears of each file before it is read. Raises RefusedError for a year that cannot be opened
    or is closed, and for an unknown unit.
    """
    opens = opens_year(store, year)
    catalogue = store.catalogue()
    if unit is not None and unit not in catalogue.unit:
        raise RefusedError("unknown_unit", unit=unit, year=year)
    moment = seen or datetime.now(UTC)
    named = replace(catalogue, aliases=(*catalogue.aliases, *(a.alias for a in answers if a.alias)))
    given = Answers.of((*store.answers(), *answers))
    readings = []
    for done, file in enumerate(files):
        told(done, file.name)
        readings.append(read(file, named, year, unit, given))
    return compared(store, catalogue, readings, year, opens, moment, tuple(answers))


def opens_year(store: Store, year: int) -> bool:
    """Whether figures of the year would be its first; refused where there can be none."""
    rule = store.years().get(year)
    if rule is not None and rule.stage is Stage.CLOSED:
        raise RefusedError("closed_year", year=year)
    if rule is None and not FIRST_YEAR <= year <= date.today().year + 1:
        raise RefusedError("unknown_year", year=year)
    return rule is None


def compared(
    store: Store,
    catalogue: Catalogue,
    readings: Sequence[Reading],
    year: int,
    opens: bool,
    moment: datetime,
    answers: tuple[Answer, ...],
    figures: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> Check:
    """The check of what was read, beside what stands; `figures` are the year's as they stood at the
    moment and as they stand now, where the caller has read them already.
    """
    then, standing = figures or (store.figures(year, moment), store.figures(year))
    facts = kept((fact for reading in readings for fact in reading.facts), standing)
    told = any(
        isinstance(fact, Result) for fact in facts
    )  # only those are compared with last year's
    last = store.figures(year - 1) if told else standing.head(0)
    problems = [problem for reading in readings for problem in reading.problems]
    problems += _nothing(readings) + _seen_before(store, readings)
    problems += _across_files(facts) if len(readings) > 1 else []
    problems += doubts(facts, standing, last, catalogue)
    changed = revised(facts, standing, store.years().get(year))
    problems += undecided(facts, changed)
    entries = _matched(store, readings, year)
    if any(entry.register is Register.MODEL for entry, _ in entries):
        problems += registered_before(entries, store.entries(Register.MODEL, None))
    return Check(
        year=year,
        files=tuple(reading.file for reading in readings),
        facts=facts,
        changes=differences(facts, standing),
        problems=tuple(problems),
        refused=sum(reading.refused for reading in readings),
        waiting=sum(reading.waiting for reading in readings),
        entries=tuple(entries),
        opens_year=opens,
        seen=moment,
        answers=answers,
        conflicts=_newer(facts, then, standing),
        revised=changed,
    )


def typed(
    store: Store,
    year: int,
    unit: str,
    indicator: str,
    period: Period,
    texts: Mapping[Field, str],
    documents: Sequence[File] = (),
) -> Check:
    """One figure as a person typed it, with the checks that a workbook gets, and what proves it.

    `texts` are what stands in each field of the form; blank ones say nothing. Raises RefusedError
    for a document that cannot be kept.
    """
    opens = opens_year(store, year)
    catalogue = store.catalogue()
    cells = [
        Stated("", 0, column, text.strip(), unit, indicator, field, period, share=True)
        for column, (field, text) in enumerate(texts.items())
        if text.strip()
    ]
    names = Names(catalogue, year)
    read = facts_of(None, cells, (), names, Answers(), year, None, None)
    problems = [replace(problem, cell="") for problem in read.problems]
    facts = [replace(fact, origin=Origin(found=fact.origin.found)) for fact in read.facts]
    reading = Reading(File("", b""), tuple(facts), tuple(problems), read.refused, read.waiting)
    checked = compared(store, catalogue, [reading], year, opens, datetime.now(UTC), ())
    about = partial(Evidence, year=year, unit=unit, indicator=indicator, period=period)
    proofs = tuple(about(file=file) for file in documents)
    for file in documents:
        kind_of(file)
    # without any text there is nothing to complain about: the documents are all that is handed in
    said = checked.problems if cells or not proofs else ()
    return replace(checked, files=(), evidence=proofs, problems=said)


def template_for(
    store: Store,
    year: int,
    unit: str | None,
    words: Words,
    period: Period = Period.YEAR,
    wanted: Wanted | None = None,
    *,
    plan: bool = False,
) -> bytes:
    """The template of a unit, the topmost one unless said, with what stands in it already; of its
    plan alone where that is asked for.

    That of a part of the year asks for its results alone; with `wanted` only for those of these
    units and indicators. Raises RefusedError for a unit the year does not have.
    """
    catalogue = store.catalogue()
    code = unit or next((root.code for root in catalogue.roots(year)), "")
    if code not in catalogue.unit or not catalogue.unit[code].valid_in(year):
        raise RefusedError("unknown_unit", unit=code, year=year)
    figures, last = store.figures(year), store.figures(year - 1)
    return template(catalogue, year, code, figures, last, words, period, wanted, plan=plan)


def hand_in(
    store: Store,
    checked: Check,
    person: str,
    channel: Channel,
    document: Document | None = None,
    good_rows: bool = False,
    note: str = "",
) -> int:
    """Store what was checked and return the number of the submission.

    The document's number and day are those of the decision by which it revises targets. With `good_rows`, figures with errors and open questions are left out. Raises RefusedError
    where something stands against it, and ConflictError where somebody stored a newer figure
    since the check; nothing is stored then.
    """
    if not (checked.storable if good_rows else checked.sound):
        raise RefusedError("not_sound")
    checked = checked.under(document)
    submission = Submission(
        person=person,
        channel=channel,
        document=document,
        note=note,
        files=checked.files,
        facts=checked.facts,
        entries=tuple(entry for entry, change in checked.entries if change is not Change.SAME),
        evidence=checked.evidence,
    )
    for _ in range(TRIES):
        revision = store.revision()
        newer = _conflicts(store, checked.facts, checked.year, checked.seen)
        if newer:
            raise ConflictError(newer)
        answered = _answered(checked, person) if store.keeps_answers() else []
        before = [*openings(store, checked.year, person, checked.begins), *answered]
        numbers = store.submit([*before, submission], only_at=revision)
        if numbers:
            return numbers[-1]
    raise RefusedError("too_busy")


def _conflicts(
    store: Store, facts: Iterable[Fact], year: int, seen: datetime | None
) -> tuple[Key, ...]:
    """Figures the facts state for which something else stands now than stood at that moment."""
    return _newer(facts, store.figures(year, seen), store.figures(year))


def _newer(facts: Iterable[Fact], stood: pd.DataFrame, stands: pd.DataFrame) -> tuple[Key, ...]:
    """Figures the facts state for which something else stands now than stood then, or nothing."""
    if stood is stands:
        return ()
    then, now = by_key(stood), by_key(stands)
    told = ("target_fact", "result_fact", "exempt")
    keys = dict.fromkeys(fact.key for fact in facts)
    return tuple(
        key
        for key in keys
        if (key in now) != (key in then)
        or (key in now and any(str(then[key][n]) != str(now[key][n]) for n in told))
    )


def openings(store: Store, year: int, person: str, stage: Stage = Stage.OPEN) -> list[Submission]:
    """What opens the year, or begins to plan it, where nobody has yet."""
    if year in store.years():
        return []
    rule = YearRule(year, stage)
    return [Submission(person=person, channel=Channel.YEAR, years=(rule,))]


def _answered(checked: Check, person: str) -> list[Submission]:
    """The answers as a submission of their own: they stay when the figures are taken back."""
    lasting = [answer for answer in checked.answers if answer.lasts]
    if not lasting:
        return []
    aliases = tuple(answer.alias for answer in lasting if answer.alias)
    others = tuple(answer for answer in lasting if not answer.alias)
    catalogue = Catalogue(aliases=aliases)
    return [
        Submission(person=person, channel=Channel.CATALOGUE, catalogue=catalogue, answers=others)
    ]


def _matched(store: Store, readings: Iterable[Reading], year: int) -> list[tuple[Entry, Change]]:
    """The rows of register lists, each beside the row that already stands for it."""
    entries = [entry for reading in readings for entry in reading.entries]
    registers = {entry.register for entry in entries}
    return matched(entries, {register: store.entries(register, year) for register in registers})


def _nothing(readings: Iterable[Reading]) -> list[Problem]:
    """A file that states nothing at all, and says nothing about why."""
    return [
        Problem(Severity.ERROR, "no_figures", reading.file.name)
        for reading in readings
        if not (reading.facts or reading.entries or reading.problems)
    ]


def _seen_before(store: Store, readings: Iterable[Reading]) -> list[Problem]:
    """A file whose very bytes were handed in before."""
    found = []
    for reading in readings:
        if not reading.file.content:
            continue
        before = store.handed_in(hashlib.sha256(reading.file.content).hexdigest())
        if before:
            values = {"number": before[-1]}
            found.append(Problem(Severity.WARNING, "same_file", reading.file.name, values=values))
    return found


def _across_files(facts: Iterable[Fact]) -> list[Problem]:
    """The same figure in two files of one submission: which one counts cannot be guessed."""
    first: dict[tuple[object, ...], Fact] = {}
    problems = []
    for fact in facts:
        other = first.setdefault((*fact.key, type(fact)), fact)
        if other.origin.file is not fact.origin.file:
            place, files = fact.origin, (other.origin.file, fact.origin.file)
            problems.append(
                Problem(
                    Severity.ERROR,
                    "in_two_files",
                    files[1].name if files[1] else "",
                    place.sheet,
                    place.cell,
                    "indicator",
                    f"{fact.unit} {fact.indicator}",
                    {"other": files[0].name if files[0] else "", "other_cell": other.origin.cell},
                )
            )
    return problems
