"""Facts: what the cells about one figure say together, and every fault in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from danvan.errors import Problem, Severity
from danvan.intake.amounts import Amounts, measure_asked, shown
from danvan.intake.answers import TOTALS, Answers
from danvan.intake.book import Value, cell_name
from danvan.intake.names import Names
from danvan.intake.quantities import EXEMPT, Doubt, Quantity, Silence, Style, quantity
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
from danvan.percentages import (
    HUNDRED,
    LARGEST,
    WHOLE_ALLOWANCE,
    agrees,
    completion,
    in_percent,
)
from danvan.wording import PLACES, number

Key = tuple[str, str, Period]
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
    left_out: bool = False  # because a person said so


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
    totals = list(totals)
    reader.amounts.learn([*stated, *(total.stated for total in totals)])
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
        self.amounts = Amounts(names, answers)
        self.told: set[object] = set()

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
            self._take_ratio(one, indicator, figure)
        elif one.field is Field.STATUS or one.field in NUMBERS:
            self._take_number(one, indicator, figure)

    def _checked(self, one: Stated, figure: Figure) -> Indicator | None:
        """The indicator, where unit and indicator are of the year and may be spoken of."""
        indicator = self.names.catalogue.indicator.get(one.indicator)
        unit = self.names.catalogue.unit.get(one.unit)
        code, found = "", one.unit
        values: dict[str, Any] = {"year": self.year}
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

    def _take_number(self, one: Stated, indicator: Indicator, figure: Figure) -> None:
        read = self.amounts.read(one, indicator)
        if isinstance(read, Silence):
            self._take_silence(one, indicator, figure, read)
        elif one.field is Field.STATUS:
            figure.notes.append(str(one.value).strip())
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
        if read.whole is not None:
            self._take_pair(one, indicator, figure, read)
        else:
            value = self._rounded(one, self.amounts.value(one, indicator, read))
            self._put(one, figure, Field.RESULT if one.field is Field.PAIR else one.field, value)
        if one.field is Field.RESULT:
            figure.approximate = figure.approximate or read.approximate
        self._take_aside(one, figure, read.aside)

    def _rounded(self, one: Stated, value: Decimal) -> Decimal:
        """At most four decimals, and said where that changes the number."""
        if value != round(value, PLACES) and ("rounded", one.sheet, one.heading) not in self.told:
            self.told.add(("rounded", one.sheet, one.heading))
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

    def _take_ratio(self, one: Stated, indicator: Indicator, figure: Figure) -> None:
        """The office's own percentage; one that cannot be read is only not compared."""
        pair = quantity(one.value, Style.COMMA, indicator.decimals == 0)
        if isinstance(pair, Quantity) and pair.whole is not None:
            self._take_number(replace(one, field=Field.PAIR), indicator, figure)
            return
        ratio = self.amounts.ratio(one)
        if isinstance(ratio, Decimal):
            figure.ratio = (ratio, one, ratio != ratio.to_integral_value())
        elif ratio is not None and ratio.code == "error_in_cell":
            self._tell(Severity.WARNING, "error_in_ratio", one)

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
                before=shown(before),
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
        asks = doubt.code not in ERRORS
        figure.waits = figure.waits or asks
        figure.refused = figure.refused or not asks
        values: dict[str, Any] = {
            "choices": doubt.choices,
            "readings": " / ".join(doubt.choices),
        }
        if asks:
            values |= {"asked": f"cell:{one.sheet}!{cell_name(one.row, one.column)}", "shape": ""}
        if doubt.code == "measure_contradicts":
            indicator = self.names.catalogue.indicator[one.indicator]
            values["asked"] = measure_asked(doubt.choices[0], indicator)
            figure.left_out = self.answers.skips("", values["asked"])
            if figure.left_out or values["asked"] in self.told:
                return
            self.told.add(values["asked"])
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
            if indicator is None or indicator.over_units is OverUnits.OWN:
                continue
            if indicator.kind is Kind.PERCENT:
                self._leave_out(total.stated)
                continue
            read = self.amounts.read(total.stated, indicator)
            what = total.stated.field
            parts = [
                self.figures.get((p.unit, p.indicator, p.period), Figure()).values.get(what)
                for p in total.parts
            ]
            known = [part for part in parts if part is not None]
            if isinstance(read, Quantity) and known:
                stated = self.amounts.value(total.stated, indicator, read)
                if stated != sum(known):
                    self._tell(
                        Severity.WARNING,
                        "total_differs",
                        total.stated,
                        sum=number(sum(known), PLACES),
                        units=len(known),
                        asked=f"{TOTALS}{total.stated.sheet}",
                    )

    def _leave_out(self, one: Stated) -> None:
        """Say once that a common rate is not stored: there is nothing to compare it with."""
        asked = f"{TOTALS}{one.sheet}"
        if (asked, "rate") not in self.told and one.value is not None:
            self.told.add((asked, "rate"))
            self._tell(Severity.WARNING, "total_left_out", one, asked=asked)

    # all cells of a figure together

    def done(self, blank_is_expected: bool) -> Facts:
        found = Facts(problems=self.problems)
        for key, figure in self.figures.items():
            self._agree(self.names.catalogue.indicator.get(key[1]), figure)
            if figure.left_out:
                continue
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
        lower, upper = values.get(Field.LOWER), values.get(Field.UPPER)
        if lower is not None and upper is not None and lower > upper:
            figure.refused = True
            self._tell(
                Severity.ERROR, "band_reversed", cells[Field.LOWER], upper=number(upper, PLACES)
            )
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
            self._ask_ratio(figure, indicator)
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

    def _ask_ratio(self, figure: Figure, indicator: Indicator) -> None:
        """A rate beside a blank result may be the completion, or the percentage itself."""
        if Field.RESULT in figure.values or not figure.ratio or figure.refused:
            return
        ratio, one, _ = figure.ratio
        if abs(ratio) <= 1 and not one.percent:  # a part of 1, or so few percent
            choices = (shown(ratio * HUNDRED), shown(ratio))
            if self.answers.cell(one.sheet, cell_name(one.row, one.column)) is None:
                self._fail(one, figure, Doubt("fraction_or_percent", choices))
                return
        asked = f"ratio:{indicator.code}"
        if self.answers.agreed(asked):
            self._put(one, figure, Field.RESULT, self._rounded(one, ratio))
        elif not self.answers.skips("", asked):
            figure.waits = True
            if asked not in self.told:
                self.told.add(asked)
                values: dict[str, Any] = {"asked": asked, "shape": "", "choices": ()}
                self._tell(Severity.QUESTION, "ratio_or_result", one, **values)

    def _agree_ratio(
        self, figure: Figure, indicator: Indicator, ratio: Decimal, one: Stated, fine: bool
    ) -> None:
        result, target = figure.values.get(Field.RESULT), figure.values.get(Field.TARGET)
        if result is None or not target:
            return
        if not agrees(ratio, result, target, indicator.kind, fine):
            computed = number(completion(result, target), 1)
            self._tell(Severity.WARNING, "ratio_contradicts", one, computed=computed)

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
        aims: dict[str, Any] = {
            name: figure.values[what] for what, name in TARGETS.items() if what in figure.values
        }
        if aims:
            cell = next(figure.cells[what] for what in TARGETS if what in figure.values)
            made.append(Target(**known, **aims, origin=self._origin(cell)))
        parts: dict[str, Any] = {
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
                    stated=_stated(figure),
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


def _stated(figure: Figure) -> Decimal | None:
    """The completion that stood beside the result, in per cent; kept right or wrong."""
    result = figure.values.get(Field.RESULT)
    if figure.ratio is None or result is None or abs(figure.ratio[0]) > LARGEST:
        return None
    return round(in_percent(figure.ratio[0], result, figure.values.get(Field.TARGET)), PLACES)


def _found(value: Value) -> str:
    """What stood in a cell, as text."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
