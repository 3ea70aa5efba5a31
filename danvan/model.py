"""What things are: units, indicators, periods, facts, submissions. Plain frozen values; no pandas, no SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Direction(StrEnum):
    """Which results are better. Obligatory for every indicator: there is no default."""

    MORE = "more"  # at least the target
    LESS = "less"  # at most the target
    BAND = "band"  # between two bounds
    TRACK = "track"  # followed, never judged


class Kind(StrEnum):
    """What an indicator's numbers are."""

    COUNT = "count"
    PERCENT = "percent"  # kept as 98.5, not 0.985


class OverUnits(StrEnum):
    """How the figures of units make the figure of the unit above them."""

    SUM = "sum"
    RATIO = "ratio"  # sum of numerators over sum of denominators, never a mean of percentages
    OWN = "own"  # only the unit itself has a figure


class OverPeriods(StrEnum):
    """How the figures of periods make the figure of the longer period around them."""

    SUM = "sum"  # each period adds
    LATEST = "latest"  # each report already contains the earlier ones
    OWN = "own"  # yearly only


class Period(StrEnum):
    """A part of a year. `months` says which: H1 is months 1 to 6."""

    YEAR = "year"
    H1 = "H1"
    M9 = "9M"
    Q1 = "Q1"
    Q2 = "Q2"
    Q3 = "Q3"
    Q4 = "Q4"
    M01 = "M01"
    M02 = "M02"
    M03 = "M03"
    M04 = "M04"
    M05 = "M05"
    M06 = "M06"
    M07 = "M07"
    M08 = "M08"
    M09 = "M09"
    M10 = "M10"
    M11 = "M11"
    M12 = "M12"

    @property
    def months(self) -> range:
        """The months the period is made of, as numbers of the year."""
        match self:
            case Period.YEAR:
                return range(1, 13)
            case Period.H1:
                return range(1, 7)
            case Period.M9:
                return range(1, 10)
            case _ if self.startswith("Q"):
                last = 3 * int(self[1:])
                return range(last - 2, last + 1)
            case _:
                return range(int(self[1:]), int(self[1:]) + 1)

    def within(self, other: Period) -> bool:
        """Whether every month of this period belongs to the other one."""
        return self.months[0] >= other.months[0] and self.months[-1] <= other.months[-1]

    def last_day(self, year: int) -> date:
        """The day after which the period is over and its report can be due."""
        after = self.months[-1] + 1
        first_after = date(year, after, 1) if after <= 12 else date(year + 1, 1, 1)
        return date.fromordinal(first_after.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Area:
    """A field of work (lĩnh vực) that groups indicators."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A quantity the plan follows (chỉ tiêu), with the rules by which it is judged and joined."""

    code: str
    area: str
    name: str
    name_en: str
    measure: str
    kind: Kind
    direction: Direction
    over_units: OverUnits
    over_periods: OverPeriods
    decimals: int = 0
    weight: Decimal = Decimal(1)
    measure_en: str = ""  # one and many: "task/tasks"
    counted_from: str = ""
    basis: str = ""
    first_year: int | None = None
    last_year: int | None = None

    def valid_in(self, year: int) -> bool:
        """Whether the indicator is followed in that year."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation (đơn vị) in the tree of units, valid between two days."""

    code: str
    name: str
    name_en: str
    kind: str
    parent: str = ""
    first_day: date | None = None
    last_day: date | None = None
    population: int | None = None
    note: str = ""

    def valid_in(self, year: int) -> bool:
        """Whether the unit existed on any day of that year."""
        begins = self.first_day.year if self.first_day else year
        ends = self.last_day.year if self.last_day else year
        return begins <= year <= ends


@dataclass(frozen=True, slots=True)
class UnitChange:
    """From `day` on the unit `old` is part of the unit `new`."""

    day: date
    old: str
    new: str
    basis: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name by which files speak of a unit or an indicator; `removed` takes it back."""

    name: str
    code: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Indicators that the office puts first, under a name of its own; the first of them leads."""

    code: str
    name: str
    name_en: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minimum:
    """What the law asks of every unit of these kinds in a year, at least."""

    indicator: str
    kinds: tuple[str, ...]
    value: Decimal
    basis: str
    first_year: int | None = None
    last_year: int | None = None

    def holds(self, unit: Unit, year: int) -> bool:
        """Whether it is asked of that unit in that year."""
        asked = (self.first_year or year) <= year <= (self.last_year or year)
        return asked and unit.kind in self.kinds


@dataclass(frozen=True, slots=True)
class Whole:
    """Numbers that have to make another one.

    Each is named by its indicator: "HGCS.02", "HGCS.03:denominator", "CCHC.01:target", or by the
    rows of a register, "tasks:cchc". `whole` is the sum of the `parts`.
    """

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """Areas, key groups, indicators, units and their changes, in the order they are shown;
    what the law asks at least, and which numbers make which.
    """

    areas: tuple[Area, ...] = ()
    groups: tuple[KeyGroup, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    units: tuple[Unit, ...] = ()
    changes: tuple[UnitChange, ...] = ()
    aliases: tuple[Alias, ...] = ()
    minimums: tuple[Minimum, ...] = ()
    wholes: tuple[Whole, ...] = ()

    @cached_property
    def area(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def unit(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def roots(self, year: int) -> tuple[Unit, ...]:
        """Units of that year with nothing above them: usually the one city."""
        units = [unit for unit in self.units if unit.valid_in(year)]
        codes = {unit.code for unit in units}
        return tuple(unit for unit in units if unit.parent not in codes)

    def subtree(self, root: str) -> tuple[str, ...]:
        """Codes of the unit and of everything below it, the unit first."""
        return tuple(self._walk(root))

    def within(self, unit: str) -> Catalogue:
        """The same catalogue with only the units somebody of this one sees; "" sees all."""
        if not unit:
            return self
        seen = set(self.subtree(unit))
        units = tuple(one for one in self.units if one.code in seen)
        changes = tuple(one for one in self.changes if seen & {one.old, one.new})
        return replace(self, units=units, changes=changes)

    def scope(self, unit: str | None) -> frozenset[str] | None:
        """Codes that somebody of this unit may speak of; None for all."""
        return frozenset(self.subtree(unit)) if unit else None

    def _walk(self, root: str) -> Iterator[str]:
        yield root
        for unit in self.units:
            if unit.parent == root:
                yield from self._walk(unit.code)


ONCE = ("cell:", "row-unit:", "file-unit:", "sheet:", "totals:", "area:", "ratio:", "measure:",
        "table-indicator:")  # fmt: skip
"""Questions whose answer says nothing about any other file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said about something in a file that could not be understood.

    `shape` is that of the table it stood in, "" for any; `asked` begins with the kind of
    question: "unit:…", "indicator:…", "column:…", "cell:…"; `meaning` is a code, a field, a text or "skip".
    `name` is the text as it stood there.
    """

    shape: str
    asked: str
    meaning: str
    name: str = ""

    @property
    def alias(self) -> Alias | None:
        """The name it gives a unit or an indicator, where it does."""
        named = self.asked.startswith(("unit:", "indicator:")) and self.meaning != "skip"
        return Alias(self.name, self.meaning) if named and self.name else None

    @property
    def lasts(self) -> bool:
        """Whether it holds for later files too: not what one cell, row, sheet or table means."""
        return not self.asked.startswith(ONCE)


@dataclass(frozen=True, slots=True)
class Draft:
    """An upload between two steps: its files, and where its person stands with it.

    `seen` is the moment whose figures the person has been shown beside the new ones.
    """

    key: str
    person: str
    year: int
    unit: str
    files: tuple[File, ...]
    seen: datetime
    answers: tuple[Answer, ...] = ()


class Stage(StrEnum):
    """Where a year stands. A closed year refuses every write."""

    PLANNING = "planning"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    """A reporting round (đợt báo cáo): what has to be reported for a period, and until when.

    Without `units` all that report are asked, without `indicators` all that their plan holds them
    to. `removed` calls it off.
    """

    year: int
    period: Period
    due: date
    units: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    note: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class YearRule:
    """The rules one year is judged by. They belong to that year and never touch another."""

    year: int
    stage: Stage = Stage.OPEN
    margin: Decimal = Decimal("0.1")  # share of the target by which a near figure may be short
    judge_from: date | None = None  # before this day the year is too early to be judged
    reason: str = ""
    rounds: tuple[Round, ...] = ()  # read with the rule, and handed in by themselves

    @property
    def round(self) -> dict[Period, Round]:
        """The rounds by their periods."""
        return {one.period: one for one in self.rounds}

    @property
    def judged_from(self) -> date:
        """The first day on which the year's figures are judged: 1 December unless said."""
        return self.judge_from or date(self.year, 12, 1)


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that were handed in, and the name they came under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in which file a fact was read, and what stood there."""

    file: File | None = None
    sheet: str = ""
    cell: str = ""
    found: str = ""


class Duty(StrEnum):
    """Whether a figure has to be reported."""

    EXPECTED = "expected"
    EXEMPT = "exempt"  # not applicable, with a reason


class Aspect(StrEnum):
    """What a fact says about its figure."""

    TARGET = "target"
    RESULT = "result"
    DUTY = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement about the figure (year, period, unit, indicator).

    `note` is what was said with it: a remark, or the reason of a revision or an exemption.
    """

    year: int
    unit: str
    indicator: str
    period: Period = Period.YEAR
    origin: Origin = field(default_factory=Origin)
    note: str = ""

    @property
    def key(self) -> tuple[int, str, str, str]:
        return (self.year, str(self.period), self.unit, self.indicator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """What was planned. `value` for more and less, `lower` and `upper` for a band.

    All three None takes the target back. A revision names the decision that made it.
    """

    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    decision: str = ""
    decision_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Fact):
    """What was reached. A percentage carries its numerator and denominator where known.

    A value of None takes the result back. `stated` is the completion in per cent that the file
    itself gave beside it, right or wrong.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    approximate: bool = False
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Fact):
    """A person's word that a figure must be reported, or does not apply to the unit."""

    duty: Duty = Duty.EXPECTED


@dataclass(frozen=True, slots=True)
class Document:
    """The paper on whose authority figures are stored."""

    title: str
    number: str = ""
    day: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A document that proves a figure, or a row of a register: the one that `entry` names.

    `removed` takes the document of these bytes away from it again.
    """

    file: File
    year: int
    unit: str
    entry: int | None = None
    indicator: str = ""
    period: Period = Period.YEAR
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a figure fell short or was sent back, in its unit's own words; "" takes it back."""

    year: int
    unit: str
    indicator: str
    period: Period = Period.YEAR
    text: str


class Comparison(StrEnum):
    """Two numbers that ought to agree."""

    REGISTER = "register"  # the figure and the rows of its register
    UNITS = "units"  # a unit's own figure and the sum of those below it
    PERCENT = "percent"  # a stated percentage and the computed one
    PERIODS = "periods"  # the year's own figure and that of its periods
    PARTS = "parts"  # a whole and its parts (Whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Why two numbers that differ may stand. It holds while both are what they were.

    `subject` tells comparisons of one kind about one figure apart. `removed` opens it again.
    """

    year: int
    unit: str
    indicator: str
    period: Period = Period.YEAR
    comparison: Comparison
    subject: str = ""
    stated: Decimal
    computed: Decimal
    reason: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to about a unit's reports; without an address nobody."""

    unit: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One unit that was reminded of a report: by e-mail to an address, or in a text that was copied."""

    year: int
    period: Period
    unit: str
    address: str = ""
    at: datetime | None = None
    person: str = ""


Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where a unit lies: closed rings, those inside another one cut out of it.

    Without any ring the unit has no boundary from then on.
    """

    unit: str
    rings: tuple[tuple[Point, ...], ...] = ()


class Register(StrEnum):
    """Lists of things with a life of their own, from which some indicators are counted."""

    MODEL = "model"
    TASK = "task"
    AWARD = "award"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a register as one submission states it.

    `entry` names the row it restates; None makes a new one. `values` holds the register's own
    columns (danvan.store.schema); `removed` takes the row out of the register from then on.
    `evidence` are documents handed in with it.
    """

    register: Register
    year: int
    unit: str
    name: str
    values: tuple[tuple[str, str], ...] = ()
    entry: int | None = None
    removed: bool = False
    origin: Origin = field(default_factory=Origin)
    evidence: tuple[File, ...] = ()


class Channel(StrEnum):
    """By which way a submission came."""

    CATALOGUE = "catalogue"
    YEAR = "year"
    SHIPPED = "shipped"
    LOAD = "load"
    UPLOAD = "upload"
    FORM = "form"
    ALLOCATION = "allocation"
    UNDO = "undo"
    GENERATED = "generated"  # figures of no real city: danvan.demo


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One act by one person at one moment; everything stored belongs to exactly one.

    `files` are kept even where no fact was read from them.
    """

    person: str
    channel: Channel
    document: Document | None = None
    note: str = ""
    files: tuple[File, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    years: tuple[YearRule, ...] = ()
    facts: Sequence[Fact] = ()
    entries: Sequence[Entry] = ()
    evidence: Sequence[Evidence] = ()
    answers: tuple[Answer, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    rounds: tuple[Round, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def about(self) -> list[Fact | Entry | Evidence | Explanation | Settlement]:
        """Everything in it that is about a unit in a year."""
        return [*self.entries, *self.evidence, *self.said]

    @property
    def said(self) -> list[Fact | Explanation | Settlement]:
        """What it states and says about figures."""
        return [*self.facts, *self.explanations, *self.settlements]

    @property
    def years_touched(self) -> frozenset[int]:
        """Years that the submission says anything about."""
        return frozenset(item.year for item in (*self.about, *self.rounds))
