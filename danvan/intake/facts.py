"""Facts: what the cells about one figure say together, and every fault in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from danvan.errors import Problem, Severity
from danvan.intake.answers import Answers
from danvan.intake.book import Value, cell_name
from danvan.intake.names import Names
from danvan.intake.quantities import (
    MONEY,
    SCALES,
    EXEMPT,
    Doubt,
    Quantity,
    Silence,
    Style,
    quantity,
    style_of,
)
from danvan.intake.spelling import spelled
from danvan.intake.stated import Field, Stated
from danvan.intake.tables import Total
from danvan.model import (
    Direction,
    Duty,
    Expectation,
    Fact,
    File,
    Indicator,
    Kind,
    Origin,
    OverUnits,
    Period,
    Result,
    Target,
)
from danvan.wording import PLACES, number

Key = tuple[str, str, Period]
HUNDRED = Decimal(100)
LIKELY_SHARE = Decimal("1.5")  # a column with more than this holds percents, not fractions of 1
MUCH_MONEY = 100_000  # a figure so large is in another measure than its indicator's
ALLOWANCE = Decimal("0.051")  # of a percentage stated with one decimal
WHOLE_ALLOWANCE = Decimal("0.51")  # of one stated without
ERRORS = {"not_a_number", "error_in_cell", "number_too_large", "too_many_decimals"}
NUMBERS = (
    Field.TARGET,
    Field.RESULT,
    Field.NUMERATOR,
    Field.DENOMINATOR,
    Field.PAIR,
    Field.LOWER,
    Field.UPPER,
    Field.BASELINE,
)
TARGETS = {
    Field.TARGET: "value",
    Field.LOWER: "lower",
    Field.UPPER: "upper",
    Field.BASELINE: "baseline",
}
CERTAIN = {spelled(text) for text in ("không để xảy ra", "không xảy ra", "không để phát sinh")}


@dataclass
class Figure:
    """What was read about one figure; `cells` are where each part stood."""

    values: dict[Field, Decimal] = field(default_factory=dict)
    cells: dict[Field, Stated] = field(default_factory=dict)
    approximate: bool = False
    exempt: Stated | None = None
    first: Stated | None = None
    notes: list[str] = field(default_factory=list)
    ratio: tuple[Decimal, Stated, bool] | None = None
    refused: bool = False
    waits: bool = False


@dataclass
class Facts:
    """The facts of a file, its problems, and how many figures are refused or wait."""

    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    waiting: int = 0


def facts(
    file: File | None,
    stated: Sequence[Stated],
    totals: Iterable[Total],
    names: Names,
    answers: Answers,
    year: int,
    allowed: frozenset[str] | None,
    unit: str | None,
    blank_is_expected: bool = True,
) -> Facts:
    """Facts and problems of everything stated in a file; `allowed` are units it may speak of."""
    reader = _Reader(file, names, answers, year, allowed, unit or "")
    reader.learn(stated, totals)
    for one in stated:
        reader.take(one)
    reader.compare(totals)
    return reader.done(blank_is_expected)


class _Reader:
    def __init__(
        self,
        file: File | None,
        names: Names,
        answers: Answers,
        year: int,
        allowed: frozenset[str] | None,
        unit: str,
    ) -> None:
        self.file, self.names, self.answers = file, names, answers
        self.name = file.name if file else ""
        self.year, self.allowed, self.unit = year, allowed, unit
        self.figures: dict[Key, Figure] = {}
        self.problems: list[Problem] = []
        self.styles: dict[tuple[str, str], Style] = {}
        self.shares: set[tuple[str, str, str]] = set()
        self.large: set[tuple[str, str, str]] = set()
        self.told: set[tuple[object, ...]] = set()

    # what the cells of one heading show together

    def learn(self, stated: Iterable[Stated], totals: Iterable[Total]) -> None:
        texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for one in (*stated, *(total.stated for total in totals)):
            if isinstance(one.value, str):
                texts[one.sheet, one.heading].append(one.value)
            self._learn_share(one)
        self.styles = {place: style_of(found) for place, found in texts.items()}

    def _learn_share(self, one: Stated) -> None:
        group = (one.sheet, one.heading, one.indicator)
        if one.percent or one.share or (isinstance(one.value, str) and "%" in one.value):
            self.shares.add(group)
        if isinstance(one.value, int | float) and not isinstance(one.value, bool):
            if abs(one.value) > LIKELY_SHARE and not one.percent:
                self.large.add(group)
            if one.value != int(one.value):
                self.shares.add(group)

    # one cell

    def take(self, one: Stated) -> None:
        """Read one cell into its figure."""
        figure = self.figures.setdefault((one.unit, one.indicator, one.period), Figure())
        figure.first = figure.first or one
        indicator = self._checked(one, figure)
        if indicator is None:
            return
        if one.field is Field.NOTE:
            figure.notes.append(str(one.value).strip())
        elif one.field is Field.RATIO:
            self._take_ratio(one, figure)
        elif one.field is Field.STATUS or one.field in NUMBERS:
            self._take_number(one, indicator, figure)

    def _checked(self, one: Stated, figure: Figure) -> Indicator | None:
        """The indicator, where unit and indicator are of the year and may be spoken of."""
        indicator = self.names.catalogue.indicator.get(one.indicator)
        unit = self.names.catalogue.unit.get(one.unit)
        code, found = "", one.unit
        values: dict[str, object] = {"year": self.year}
        if unit is None or not unit.valid_in(self.year):
            code = "unknown_unit"
        elif self.allowed is not None and one.unit not in self.allowed:
            code, values = "other_unit", {"unit": self.unit}
        elif indicator is None or not indicator.valid_in(self.year):
            code, found = "unknown_indicator", one.indicator
        if not code:
            return indicator
        figure.refused = True
        name = "indicator" if code == "unknown_indicator" else "unit"
        if (code, found) not in self.told:
            self.told.add((code, found))
            self._tell(Severity.ERROR, code, one, found=found, name=name, **values)
        return None

    def _read(self, one: Stated, indicator: Indicator) -> Quantity | Silence | Doubt:
        whole = indicator.kind is Kind.COUNT and indicator.decimals == 0
        answer = self.answers.cell(one.sheet, cell_name(one.row, one.column))
        aim = one.field in TARGETS
        if answer is not None:
            return quantity(answer, Style.COMMA, whole, aim)
        style = self.styles.get((one.sheet, one.heading), Style.UNKNOWN)
        return quantity(one.value, style, whole, aim)

    def _take_number(self, one: Stated, indicator: Indicator, figure: Figure) -> None:
        read = self._read(one, indicator)
        if isinstance(read, Silence):
            self._take_silence(one, indicator, figure, read)
        elif one.field is Field.STATUS:
            self._fail(one, figure, Doubt("status_unknown"))
        elif isinstance(read, Doubt):
            self._fail(one, figure, read)
        else:
            self._take_quantity(one, indicator, figure, read)

    def _take_silence(
        self, one: Stated, indicator: Indicator, figure: Figure, read: Silence
    ) -> None:
        if read is Silence.EXEMPT:
            figure.exempt = one
            if spelled(str(one.value)) not in EXEMPT:  # a reason stands beside it
                figure.notes.append(str(one.value))
        elif read is Silence.NONE and one.field in (Field.TARGET, Field.RESULT, Field.PAIR):
            zero = spelled(str(one.value)) in CERTAIN or indicator.direction is Direction.LESS
            if one.field is Field.TARGET and not zero:
                self._fail(one, figure, Doubt("none_for_target", ("0", "-")))
            elif indicator.kind is Kind.PERCENT and not zero:
                self._fail(one, figure, Doubt("none_for_share", ("0", "-")))
            else:
                self._put(
                    one,
                    figure,
                    Field.TARGET if one.field is Field.TARGET else Field.RESULT,
                    Decimal(0),
                )

    def _take_quantity(
        self, one: Stated, indicator: Indicator, figure: Figure, read: Quantity
    ) -> None:
        doubt = self._doubt(one, indicator, read)
        if doubt:
            self._fail(one, figure, doubt)
            return
        if read.whole is not None:
            self._take_pair(one, indicator, figure, read)
        else:
            value = self._value(one, indicator, read)
            self._put(one, figure, Field.RESULT if one.field is Field.PAIR else one.field, value)
        if one.field is Field.RESULT:
            figure.approximate = figure.approximate or read.approximate
        self._take_aside(one, figure, read.aside)

    def _doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        """What speaks against reading the number as a figure of this indicator."""
        share = indicator.kind is Kind.PERCENT
        counted = one.field in (Field.NUMERATOR, Field.DENOMINATOR)
        if read.measure and not self.names.is_measure(read.measure):
            return Doubt("not_a_number")
        if counted:
            return Doubt("not_a_number") if read.percent or read.whole is not None else None
        if read.percent and not share:
            return Doubt("percent_for_count")
        stated = spelled(one.measure)
        if one.measure and (stated == "%") != share and not (share and read.whole is not None):
            if not (share and read.percent):
                return Doubt("measure_contradicts", (one.measure, indicator.measure))
        if read.whole is not None:
            return Doubt("not_a_number") if one.field in TARGETS else None
        if share:
            return self._share_doubt(one, indicator, read)
        return self._money_doubt(one, indicator, read)

    def _share_doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        if read.percent:
            return None
        group = (one.sheet, one.heading, one.indicator)
        if isinstance(one.value, int | float) and not one.percent and self._unanswered(one):
            small = 0 < abs(read.value) <= 1 and group not in self.large
            if small and not (
                one.percent is False and one.measure == "%" and read.value == 1 and False
            ):
                return Doubt("fraction_or_percent", (_shown(read.value * 100), _shown(read.value)))
        named = "tỉ lệ" in spelled(indicator.name) or _share_name(indicator.name)
        if not named and group not in self.shares and self._unanswered(one):
            return Doubt("share_or_number", (f"{_shown(read.value)}%",))
        return Doubt("share_or_number") if read.measure else None

    def _money_doubt(self, one: Stated, indicator: Indicator, read: Quantity) -> Doubt | None:
        own, stated = spelled(indicator.measure), spelled(one.measure)
        if own not in MONEY:
            money = spelled(read.measure) in MONEY or stated in MONEY
            return (
                Doubt("measure_contradicts", (one.measure or read.measure, indicator.measure))
                if money
                else None
            )
        if (
            read.scale is None
            and stated not in SCALES
            and abs(read.value) >= MUCH_MONEY
            and self._unanswered(one)
        ):
            return Doubt(
                "money_of_which_measure",
                tuple(f"{_shown(read.value)} {m}" for m in ("đồng", "nghìn đồng", "triệu đồng")),
            )
        return None

    def _unanswered(self, one: Stated) -> bool:
        return self.answers.cell(one.sheet, cell_name(one.row, one.column)) is None

    def _value(self, one: Stated, indicator: Indicator, read: Quantity) -> Decimal:
        """The number in the indicator's own measure."""
        value = read.value
        if indicator.kind is Kind.PERCENT and one.field not in (Field.NUMERATOR, Field.DENOMINATOR):
            value = (
                value * HUNDRED
                if one.percent and not read.percent and not isinstance(one.value, str)
                else value
            )
        elif spelled(indicator.measure) in MONEY:
            stated = SCALES.get(spelled(one.measure), SCALES[spelled(indicator.measure)])
            value = value * (read.scale or stated) / SCALES[spelled(indicator.measure)]
        elif read.scale:
            value *= read.scale
        if value != round(value, PLACES):
            place = ("rounded", one.sheet, one.heading)
            if place not in self.told:
                self.told.add(place)
                self._tell(Severity.WARNING, "rounded", one, places=PLACES)
        return round(value, PLACES)

    def _take_pair(self, one: Stated, indicator: Indicator, figure: Figure, read: Quantity) -> None:
        """ "5/7": so many of so many."""
        whole = read.whole or Decimal(0)
        if indicator.kind is Kind.PERCENT:
            self._put(one, figure, Field.NUMERATOR, read.value)
            self._put(one, figure, Field.DENOMINATOR, whole)
            return
        self._put(one, figure, Field.RESULT, read.value)
        self._put(one, figure, Field.TARGET, whole)

    def _take_aside(self, one: Stated, figure: Figure, aside: str) -> None:
        """What stood in brackets: a percentage is compared, a measure says nothing, the rest is a note."""
        share = quantity(aside, Style.COMMA, False) if aside else None
        if isinstance(share, Quantity) and share.percent:
            figure.ratio = figure.ratio or (share.value, one, "," in aside or "." in aside)
        elif aside and not self.names.is_measure(aside):
            figure.notes.append(aside)

    def _take_ratio(self, one: Stated, figure: Figure) -> None:
        """The office's own percentage; one that cannot be read is only not compared."""
        style = self.styles.get((one.sheet, one.heading), Style.UNKNOWN)
        read = quantity(one.value, style if style is not Style.UNKNOWN else Style.COMMA, False)
        if isinstance(read, Doubt) and read.code == "error_in_cell":
            self._tell(Severity.WARNING, "error_in_ratio", one)
        if isinstance(read, Quantity) and read.whole is None:
            value = read.value
            if not read.percent and not isinstance(one.value, str):
                if one.percent or (one.percent is None and abs(value) <= LIKELY_SHARE):
                    value *= HUNDRED
            figure.ratio = (value, one, value != value.to_integral_value())

    def _put(self, one: Stated, figure: Figure, what: Field, value: Decimal) -> None:
        """Keep a number; the same figure stated twice must agree."""
        before = figure.values.get(what)
        if before is not None and before != value:
            other = figure.cells[what]
            figure.refused = True
            place = f"{other.sheet}!" if other.sheet != one.sheet else ""
            self._tell(
                Severity.ERROR,
                "disagrees",
                one,
                name=what,
                other=f"{place}{cell_name(other.row, other.column)}",
                before=_shown(before),
            )
        elif value < 0 or (
            what is Field.DENOMINATOR and value == 0 and figure.values.get(Field.NUMERATOR)
        ):
            figure.refused = True
            self._tell(
                Severity.ERROR, "negative" if value < 0 else "parts_impossible", one, name=what
            )
        else:
            figure.values[what] = value
            figure.cells.setdefault(what, one)

    def _fail(self, one: Stated, figure: Figure, doubt: Doubt) -> None:
        asks = doubt.code not in ERRORS and doubt.code != "status_unknown"
        figure.waits = figure.waits or asks
        figure.refused = figure.refused or not asks
        values: dict[str, object] = {
            "choices": doubt.choices,
            "readings": " / ".join(doubt.choices),
        }
        if asks:
            values |= {"asked": f"cell:{one.sheet}!{cell_name(one.row, one.column)}", "shape": ""}
        self._tell(Severity.QUESTION if asks else Severity.ERROR, doubt.code, one, **values)

    def _tell(
        self,
        kind: Severity,
        code: str,
        one: Stated,
        found: str | None = None,
        name: str = "",
        **values: Any,
    ) -> None:
        found = _found(one.value) if found is None else found
        cell = cell_name(one.row, one.column)
        self.problems.append(
            Problem(kind, code, self.name, one.sheet, cell, name or one.field, found, values)
        )

    # totals

    def compare(self, totals: Iterable[Total]) -> None:
        """Say where a total is not the sum of what it totals."""
        for total in totals:
            indicator = self.names.catalogue.indicator.get(total.stated.indicator)
            if (
                indicator is None
                or indicator.kind is Kind.PERCENT
                or indicator.over_units is not OverUnits.SUM
            ):
                continue
            read = self._read(total.stated, indicator)
            what = total.stated.field
            parts = [
                self.figures.get((p.unit, p.indicator, p.period), Figure()).values.get(what)
                for p in total.parts
            ]
            known = [part for part in parts if part is not None]
            if isinstance(read, Quantity) and known:
                stated = self._value(total.stated, indicator, read)
                if stated != sum(known):
                    self._tell(
                        Severity.WARNING,
                        "total_differs",
                        total.stated,
                        sum=number(sum(known), PLACES),
                        units=len(known),
                    )

    # all cells of a figure together

    def done(self, blank_is_expected: bool) -> Facts:
        found = Facts(problems=self.problems)
        for key, figure in self.figures.items():
            self._agree(self.names.catalogue.indicator.get(key[1]), figure)
            if figure.refused:
                found.refused += 1
            elif figure.waits:
                found.waiting += 1
            else:
                found.facts += self._facts(key, figure, blank_is_expected)
        order = {
            sheet: at for at, sheet in enumerate(dict.fromkeys(p.sheet for p in self.problems))
        }
        found.problems.sort(key=lambda p: order[p.sheet])
        return found

    def _agree(self, indicator: Indicator | None, figure: Figure) -> None:
        """Check the numbers of one figure against each other."""
        values, cells = figure.values, figure.cells
        part, whole = values.get(Field.NUMERATOR), values.get(Field.DENOMINATOR)
        if indicator is None or figure.refused:
            return
        if (
            part is not None
            and whole is not None
            and part > whole
            and indicator.kind is Kind.PERCENT
        ):
            figure.refused = True
            self._tell(Severity.ERROR, "parts_impossible", cells[Field.NUMERATOR])
            return
        if indicator.kind is Kind.PERCENT:
            self._agree_share(figure, part, whole)
        if figure.ratio and not figure.refused:
            self._agree_ratio(figure, indicator, *figure.ratio)

    def _agree_share(self, figure: Figure, part: Decimal | None, whole: Decimal | None) -> None:
        values, cells = figure.values, figure.cells
        for what in (Field.TARGET, Field.RESULT):
            if values.get(what, Decimal(0)) > HUNDRED:
                figure.refused = True
                self._tell(Severity.ERROR, "percent_outside", cells[what])
                return
        if part is None or not whole:
            return
        share = round(HUNDRED * part / whole, PLACES)
        stated = values.setdefault(Field.RESULT, share)
        cells.setdefault(Field.RESULT, cells[Field.NUMERATOR])
        if abs(stated - share) > WHOLE_ALLOWANCE:
            self._tell(
                Severity.WARNING,
                "share_contradicts",
                cells[Field.RESULT],
                computed=number(share, 2),
            )

    def _agree_ratio(
        self, figure: Figure, indicator: Indicator, ratio: Decimal, one: Stated, fine: bool
    ) -> None:
        result, target = figure.values.get(Field.RESULT), figure.values.get(Field.TARGET)
        if result is None or not target:
            return
        computed = HUNDRED * result / target
        allowed = ALLOWANCE if fine else WHOLE_ALLOWANCE
        readings = [ratio, ratio * HUNDRED] if abs(ratio) <= LIKELY_SHARE else [ratio]
        fits = any(abs(reading - computed) <= allowed for reading in readings)
        if not fits and not (indicator.kind is Kind.PERCENT and ratio == result):
            self._tell(Severity.WARNING, "ratio_contradicts", one, computed=number(computed, 1))

    def _facts(self, key: Key, figure: Figure, blank_is_expected: bool) -> list[Fact]:
        unit, code, period = key
        known: dict[str, Any] = {
            "year": self.year,
            "unit": unit,
            "indicator": code,
            "period": period,
        }
        note = "; ".join(dict.fromkeys(figure.notes))
        made: list[Fact] = []
        aims = {
            name: figure.values[what] for what, name in TARGETS.items() if what in figure.values
        }
        if aims:
            cell = next(figure.cells[what] for what in TARGETS if what in figure.values)
            made.append(Target(**known, **aims, origin=self._origin(cell)))
        parts = {
            str(w): figure.values[w]
            for w in (Field.NUMERATOR, Field.DENOMINATOR)
            if w in figure.values
        }
        value = figure.values.get(Field.RESULT)
        if value is not None or parts:
            what = Field.RESULT if value is not None else Field.NUMERATOR
            cell = figure.cells.get(what) or figure.cells[Field.DENOMINATOR]
            made.append(
                Result(
                    **known,
                    value=value,
                    **parts,
                    approximate=figure.approximate,
                    note=note,
                    origin=self._origin(cell),
                )
            )
        elif figure.exempt is not None:
            made.append(
                Expectation(
                    **known,
                    duty=Duty.EXEMPT,
                    note=note or str(figure.exempt.value),
                    origin=self._origin(figure.exempt),
                )
            )
        elif (
            not aims
            and figure.first is not None
            and (blank_is_expected or figure.first.value is not None or note)
        ):
            made.append(Expectation(**known, note=note, origin=self._origin(figure.first)))
        elif aims and note:
            made = [replace(made[0], note=note)]
        return made

    def _origin(self, one: Stated) -> Origin:
        return Origin(self.file, one.sheet, cell_name(one.row, one.column), _found(one.value))


def _found(value: Value) -> str:
    """What stood in a cell, as text."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _shown(value: Decimal) -> str:
    """A number without separators, a comma for decimals: it can be read in one way only."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",")


def _share_name(name: str) -> bool:
    words = f" {spelled(name)} "
    return any(f" {spelled(word)} " in words for word in ("tỷ lệ", "mức độ", "chỉ số"))
