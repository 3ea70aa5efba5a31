"""Comparing: the five ways in which two numbers of a year can contradict each other.

A target of a city that its units' targets do not add up to is none of them: what is not given to
units yet is a decision of the plan, shown there.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from danvan.completion.joining import only_numbers
from danvan.completion.over_periods import chosen_periods, joined_results
from danvan.model import Comparison, Direction, Kind, OverUnits, Period, Whole
from danvan.percentages import agrees, completion, rounds_to
from danvan.reconciliation.discrepancy import Discrepancy
from danvan.reconciliation.gathering import Numbers
from danvan.registers import tallied
from danvan.rows import Row, known, rows_of
from danvan.wording import PLACES

STATED = "completion"
"""The subject of a percentage that stood beside the figure; else it is the figure itself."""


def compared(numbers: Numbers) -> list[Discrepancy]:
    """Every discrepancy of the year, in the order of the catalogue; none of them is settled yet."""
    found = [
        *_registers(numbers),
        *_units(numbers),
        *_completions(numbers),
        *_shares(numbers),
        *_periods(numbers),
        *_parts(numbers),
    ]
    catalogue = numbers.catalogue
    units = {unit.code: place for place, unit in enumerate(catalogue.units)}
    indicators = {one.code: place for place, one in enumerate(catalogue.indicators)}
    kinds = list(Comparison)
    return sorted(
        found,
        key=lambda one: (
            kinds.index(one.comparison),
            indicators[one.indicator],
            units[one.unit],
            one.period,
        ),
    )


def _of(row: Row, comparison: Comparison, stated: object, computed: object) -> partial[Discrepancy]:
    """A discrepancy about the figure of a row; `subject` and `made_of` are still to be said."""
    return partial(
        Discrepancy,
        year=int(row["year"]),
        period=Period(row["period"]),
        unit=row["unit"],
        indicator=row["indicator"],
        comparison=comparison,
        stated=_decimal(stated),
        computed=_decimal(computed),
    )


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else round(Decimal(str(value)), PLACES)


def _registers(numbers: Numbers) -> Iterator[Discrepancy]:
    """What was entered for the whole year, and what the register counts.

    A figure joined from the units below has no gap of its own: that of the unit is told.
    """
    for row in rows_of(numbers.rows[numbers.rows["counted_apart"].notna()]):
        if numbers.is_own_year(row):
            term = numbers.catalogue.indicator[row["indicator"]].counted_from
            made = _of(row, Comparison.REGISTER, row["result"], row["counted"])
            yield made(subject="", made_of=(term,))


def _units(numbers: Numbers) -> Iterator[Discrepancy]:
    """A unit's own figure, and that of the units below it; compared where it was entered."""
    for row in rows_of(numbers.rows[numbers.rows["difference"].notna()]):
        stated = _decimal(row["result"])
        computed = stated - _decimal(row["difference"])
        ratio = row["over_units"] == OverUnits.RATIO
        rounded = ratio and rounds_to(stated, computed, int(row["decimals"]))
        if numbers.is_entered(row) and not rounded:
            yield _of(row, Comparison.UNITS, stated, computed)(subject="")


def _completions(numbers: Numbers) -> Iterator[Discrepancy]:
    """The completion that a file gave beside a result, and the one that is computed.

    It may be that against the target as it stood first: a file that was right when it came does
    not become wrong by a revision. Of a band there is none: its first target is a bound.
    """
    rows = numbers.rows[numbers.rows["stated"].notna()]
    for row in rows_of(rows[rows["direction"] != Direction.BAND]):
        targets = [
            _decimal(row[name])
            for name in ("target", "first_target")
            if known(row[name]) and row[name]
        ]
        if not targets or not known(row["result"]):
            continue
        stated, result = _decimal(row["stated"]), _decimal(row["result"])
        if not any(agrees(stated, result, aim, Kind(row["kind"])) for aim in targets):
            computed = round(completion(result, targets[0]), PLACES)
            yield _of(row, Comparison.PERCENT, stated, computed)(subject=STATED)


def _shares(numbers: Numbers) -> Iterator[Discrepancy]:
    """A percentage that was entered, and the one its numerator and denominator make."""
    rows = numbers.stored
    told = rows["result"].notna() & rows["numerator"].notna() & (rows["denominator"] > 0)
    for row in rows_of(rows[told]):
        indicator = numbers.catalogue.indicator[row["indicator"]]
        if indicator.kind is not Kind.PERCENT:
            continue
        stated = _decimal(row["result"])
        exact = completion(_decimal(row["numerator"]), _decimal(row["denominator"]))
        if not rounds_to(stated, exact, indicator.decimals):
            made = _of(row, Comparison.PERCENT, stated, round(exact, PLACES))
            yield made(subject="", made_of=("numerator", "denominator"))


def _periods(numbers: Numbers) -> Iterator[Discrepancy]:
    """A figure that was entered for a period, and what the shorter ones that cover it make."""
    told = numbers.stored[numbers.stored["result"].notna()]
    if told["period"].nunique() < 2:
        return
    figures = only_numbers(told, numbers.catalogue)
    for period in Period:
        own = figures[figures["period"] == period]
        within = [str(p) for p in Period if p.within(period) and p is not period]
        parts = figures[figures["period"].isin(within) & figures.index.isin(own.index)]
        if parts.empty:
            continue
        chosen = chosen_periods(parts, period)
        chosen = chosen[chosen["covers"]]
        made = joined_results(chosen)["result"].dropna()
        names = chosen.groupby(level=0)["period"].agg(tuple)
        for at, row in zip(own.index, rows_of(own), strict=True):
            if at in made.index and not _same_share(row, made[at], numbers):
                yield _of(row, Comparison.PERIODS, row["result"], made[at])(
                    subject="", made_of=tuple(names[at])
                )


def _same_share(row: Row, made: float, numbers: Numbers) -> bool:
    """Whether the numbers agree; of a percentage up to its rounding."""
    stated, computed = _decimal(row["result"]), _decimal(made)
    indicator = numbers.catalogue.indicator[row["indicator"]]
    if indicator.kind is Kind.PERCENT:
        return rounds_to(stated, computed, indicator.decimals)
    return stated == computed


def _parts(numbers: Numbers) -> Iterator[Discrepancy]:
    """A whole and the sum of its parts, for each unit that has entered them all itself.

    Where one of them is joined from units below, the gap is theirs, or one between units.
    """
    for whole in numbers.catalogue.wholes:
        terms = (whole.whole, *whole.parts)
        values = {term: _values(term, numbers) for term in terms}
        indicator = _indicator(whole, numbers)
        for unit in values[whole.whole]:
            if not indicator or not all(unit in values[term] for term in terms):
                continue
            stated = values[whole.whole][unit]
            computed = sum((values[term][unit] for term in whole.parts), Decimal(0))
            if stated != computed:
                row = {"year": numbers.year, "period": Period.YEAR, "unit": unit}
                made = _of(row | {"indicator": indicator}, Comparison.PARTS, stated, computed)
                yield made(subject=whole.whole, made_of=whole.parts)


def _indicator(whole: Whole, numbers: Numbers) -> str:
    """The indicator that a whole is told under: its own, else that of its first part."""
    named = (term.partition(":")[0] for term in (whole.whole, *whole.parts))
    return next((code for code in named if code in numbers.catalogue.indicator), "")


def _values(term: str, numbers: Numbers) -> dict[str, Decimal]:
    """What a term is for each unit that knows it for the whole year."""
    code, _, asked = term.partition(":")
    if code not in numbers.catalogue.indicator:
        counts = tallied(numbers.entries, term, numbers.catalogue)
        return {unit: Decimal(count) for unit, count in counts.items()}
    name = asked or "result"
    return {
        unit: _decimal(row[name])
        for (unit, indicator), row in numbers.of_year.items()
        if indicator == code and known(row[name]) and _is_own(name, row, numbers)
    }


def _is_own(name: str, row: Row, numbers: Numbers) -> bool:
    if name == "target":
        return (row["unit"], row["indicator"]) in numbers.own_targets
    own = (row["unit"], row["indicator"]) in numbers.own_results
    return own and not row["joined"] and bool(row["complete"])
