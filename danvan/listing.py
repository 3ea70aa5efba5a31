"""Listed: every figure of a year as plain rows, for `danvan show`, the API and whoever asks next."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from danvan import registers
from danvan.access import Access
from danvan.completion import measured
from danvan.errors import NotAllowedError, RefusedError
from danvan.explanations import explained
from danvan.model import Catalogue, Period, YearRule
from danvan.rounds import with_rounds
from danvan.rows import Row, known, rows_of
from danvan.store import Store


def listed(
    store: Access,
    year: int,
    period: Period | None = None,
    unit: str | None = None,
    as_of: datetime | None = None,
    indicators: Collection[str] | None = None,
) -> pd.DataFrame:
    """Every stored, expected or joined figure of the year the person sees, with its completion.

    With `unit` only its and its subtree's, with `indicators` only those. Empty where the year was opened after the moment.
    Raises RefusedError for a year that is not open and an unknown unit, NotAllowedError for a
    unit out of the person's scope.
    """
    catalogue, rules = store.seen_catalogue(as_of), store.years(as_of)
    if year not in rules and not (as_of and year in store.years()):
        raise RefusedError("unknown_year", year=year)
    if unit:
        _check_unit(store, unit, year)
    if year not in rules:
        return pd.DataFrame()
    on = as_of.astimezone().date() if as_of else date.today()
    periods = [period] if period else None
    rows = judged(store, catalogue, rules[year], on, as_of, periods, indicators)
    return rows[rows["unit"].isin(catalogue.subtree(unit) if unit else catalogue.unit)]


def judged(
    store: Store,
    catalogue: Catalogue,
    rule: YearRule,
    on: date,
    as_of: datetime | None = None,
    periods: Sequence[Period] | None = None,
    indicators: Collection[str] | None = None,
) -> pd.DataFrame:
    """The figures of a year as they stand, those counted from registers among them, measured
    (completion.measured), each beside its count (registers.beside) and what explains it
    (explanations.explained).
    """
    counts = registers.counts_of(store, catalogue, rule.year, as_of)
    figures = registers.with_counts(store.figures(rule.year, as_of), counts, rule.year)
    figures = with_rounds(figures, catalogue, rule)
    if indicators is not None:
        figures = figures[figures["indicator"].isin(indicators)]
    rows = registers.beside(measured(figures, catalogue, rule, on, periods), counts, catalogue)
    return explained(rows, store.explanations(rule.year, as_of))


def _check_unit(store: Access, unit: str, year: int) -> None:
    if unit not in store.catalogue().unit:
        raise RefusedError("unknown_unit", unit=unit, year=year)
    if not store.sees({unit}):
        raise NotAllowedError("not_your_unit")


def documents(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as a program reads them."""
    return [_document(row) for row in rows_of(rows)]


def printed(rows: pd.DataFrame) -> str:
    """The rows as `danvan show --json` prints them, to the last byte: one JSON document and a new line.

    No "<" is in it, so that it can stand in a web page as it is and have the same checksum there.
    """
    text = json.dumps(documents(rows), ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c") + "\n"


def _document(row: Row) -> dict[str, Any]:
    """One figure; a number that is missing is null."""
    texts = ("year", "period", "unit", "indicator", "name", "measure", "direction")
    return {
        **{name: row[name] for name in texts},
        "target": plain(row["target"]),
        "first_target": plain(row["first_target"]),
        "result": plain(row["result"]),
        "approximate": row["approximate"],
        "ratio": row["ratio"] if known(row["ratio"]) else None,
        "state": row["state"] or None,
        "units_reported": row["units_reported"],
        "units_expected": row["units_expected"],
        "counted": plain(row["counted"]),
        "explanation": row["explanation"] or None,
    }


def plain(value: Any) -> int | float | None:
    """A number as JSON likes it: 23, 98.5, or null."""
    if not known(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
