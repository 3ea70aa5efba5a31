"""Every cache of the app. The reader's scope is in every key, and the store's revision or, for the
frames of a year, the mark of that year: what is stored for one year does not make another anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from functools import partial
from typing import TypeVar, cast

import pandas as pd
import streamlit as st

from danvan import completion, explanations, registers
from danvan.access import PUBLIC, Access
from danvan.explanations import explained
from danvan.installation import address
from danvan.model import Boundary, Catalogue, Period, Register, Stage, YearRule
from danvan.reconciliation import Discrepancy
from danvan.reconciliation import discrepancies as found_in
from danvan.rounds import owing, with_rounds
from danvan.rounds.owing import Owed
from ui import access

FEW = 64  # results kept of each kind: years and scopes that people look at on one day
KINDS = 16  # of them, about
Kept = TypeVar("Kept")


def kept(what: str, make: Callable[[], Kept], *key: Hashable) -> Kept:
    """What `make` returns, made once for everybody of the reader's scope and for this key.

    The object itself is handed out, not a copy as from cache_data: nobody changes it.
    """
    scope = access.current().unit
    return cast("Kept", _kept((what, address(), scope, *key), make))


@st.cache_resource(show_spinner=False, max_entries=KINDS * FEW)
def _kept(key: tuple[Hashable, ...], _make: Callable[[], object]) -> object:  # noqa: ARG001
    return _make()


def _reader() -> Access:
    """The store as anybody of the reader's scope sees it: what is kept is for all of them."""
    return access.of_scope(access.current().unit)


def catalogue(as_of: datetime | None = None) -> Catalogue:
    """The catalogue with the units the reader sees."""
    reader = access.current()
    return kept("catalogue", lambda: _reader().seen_catalogue(as_of), reader.revision(), as_of)


def boundaries(as_of: datetime | None = None) -> tuple[Boundary, ...]:
    """Where the units the reader sees lie (danvan.store.Store.boundaries)."""
    reader = access.current()
    return kept("boundaries", lambda: _reader().boundaries(as_of), reader.revision(), as_of)


def years(as_of: datetime | None = None) -> dict[int, YearRule]:
    """The rules of the years that were opened, by year."""
    revision = access.current().revision()
    return kept("years", lambda: _reader().years(as_of), revision, as_of)


def open_years() -> list[int]:
    """Years that figures can be handed in for: the opened ones and those about to begin."""
    opened = years()
    today = date.today().year
    closed = {y for y, rule in opened.items() if rule.stage is Stage.CLOSED}
    return sorted({*opened, today, today + 1} - closed)


def measured(year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """Every figure of the year the reader sees, judged that day (danvan.completion.measured), beside
    what the registers count (danvan.registers.beside) and what explains it (danvan.explanations).
    """

    def make() -> pd.DataFrame:
        judged = _judged(completion.measured, year, as_of)
        counted = registers.beside(judged, _counts(year, as_of), catalogue(as_of))
        return explained(counted, _reader().explanations(year, as_of))

    return kept("measured", make, year, _mark(year), as_of, day(as_of))


def to_date(year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """The figures of the year to that day (danvan.completion.to_date)."""
    make = partial(_judged, completion.to_date, year, as_of)
    return kept("to date", make, year, _mark(year), as_of, day(as_of))


def over_years(unit: str, indicators: Iterable[str], as_of: datetime | None = None) -> pd.DataFrame:
    """The yearly figures of a unit in all years, restated (danvan.completion.restated).

    Only of these indicators: ten years of all of them would take ten times as long as one.
    """
    marks = tuple((year, _mark(year)) for year in years(as_of))
    wanted = tuple(sorted(set(indicators)))
    make = partial(_over_years, unit, wanted, as_of)
    return kept("over years", make, unit, wanted, marks, as_of, day(as_of))


def year_before(unit: str, year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """All of a unit's yearly figures of the year before, restated for the unit as it is now."""
    before = {year - 1: measured(year - 1, as_of)}
    return completion.restated(before, catalogue(as_of), years(as_of), unit)


def origins(year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """Where each fact of the year comes from (danvan.store.Store.origins)."""
    return kept("origins", lambda: _reader().origins(year, as_of), year, _mark(year), as_of)


def entries(register: Register, year: int | None, as_of: datetime | None = None) -> pd.DataFrame:
    """The rows of a register in the year, or in all (danvan.store.Store.entries)."""
    make = partial(_reader().entries, register, year, as_of)
    return kept("entries", make, register, year, _changes(year), as_of)


def keyed(register: Register, year: int | None, as_of: datetime | None = None) -> pd.DataFrame:
    """The rows of a register with their keys, judged that day (danvan.registers.with_keys)."""
    on = day(as_of)

    def make() -> pd.DataFrame:
        return registers.with_keys(entries(register, year, as_of), register, on)

    return kept("keyed", make, register, year, _changes(year), as_of, on)


def searchable(
    register: Register, year: int | None, as_of: datetime | None = None
) -> pd.Series[str]:
    """What a search of those rows looks in (danvan.registers.searchable), in both languages."""

    def make() -> pd.Series[str]:
        names = {u.code: f"{u.name} {u.name_en}" for u in catalogue(as_of).units}
        return registers.searchable(entries(register, year, as_of), names)

    return kept("searchable", make, register, year, _changes(year), as_of)


def evidence(year: int | None, as_of: datetime | None = None) -> pd.DataFrame:
    """The documents of a year's figures and rows, or of all (danvan.store.Store.evidence).

    Not for the public, who has the same scope as others: asked anew each time.
    """
    reader = access.current()
    if reader.account is PUBLIC:
        return reader.evidence(year, as_of)
    return kept("evidence", lambda: _reader().evidence(year, as_of), year, reader.revision(), as_of)


def owed(year: int, period: Period) -> tuple[Owed, ...]:
    """What each unit the reader sees owes today in the round of a period (danvan.rounds.owing).

    Nothing for the public, who has the same scope as others: comments of the office are in it.
    """
    reader = access.current()
    if reader.account is PUBLIC:
        return ()

    def make() -> tuple[Owed, ...]:
        waiting_ones, *_ = waiting(reader)
        rule = years()[year]
        back = _reader().sent_back(year)
        frames = (measured(year), _figures(year, None), origins(year), waiting_ones, back)
        return owing.owed(rule.round[period], rule, catalogue(), day(None), *frames)

    return kept("owed", make, year, period, reader.revision(), day(None))


def history(year: int, unit: str, indicator: str, as_of: datetime | None = None) -> pd.DataFrame:
    """Every statement about one figure (danvan.store.Store.history)."""
    return access.current().history(year, unit, indicator, as_of)


def day(as_of: datetime | None) -> date:
    """The day on which figures are judged: that of the moment, or today."""
    return as_of.astimezone().date() if as_of else date.today()


def waiting(reader: Access) -> tuple[pd.DataFrame, ...]:
    """Figures, rows of registers, documents and explanations that wait, of units the reader sees;
    none for the public.
    """
    if reader.account is PUBLIC:
        return kept("nothing waits", lambda: _waiting(reader))
    return kept("waiting", lambda: _waiting(_reader()), reader.revision())


def generated() -> bool:
    """Whether the figures were made up to try the product with."""
    return kept("generated", _reader().generated, access.current().revision())


def queue_length() -> int:
    """How many submissions wait that the reader may decide about."""
    reader = access.current()
    return kept("queue", lambda: len(reader.queue()), reader.revision())


def own(reader: Access) -> pd.DataFrame:
    """What the reader handed in (danvan.store.Store.own)."""
    name = reader.account.name
    return kept("own", lambda: reader.own(name), name, reader.revision())


def _waiting(reader: Access) -> tuple[pd.DataFrame, ...]:
    return (
        reader.waiting(),
        reader.waiting_entries(),
        reader.waiting_evidence(),
        reader.waiting_explanations(),
    )


def discrepancies(year: int) -> tuple[Discrepancy, ...]:
    """The numbers of the year that contradict each other (danvan.reconciliation.discrepancies)."""
    reader = access.current()
    return kept("discrepancies", lambda: found_in(reader, year), year, reader.revision())


def wanted(year: int) -> pd.DataFrame:
    """What asks for an explanation in the year (danvan.explanations.wanted), for staff."""
    reader = access.current()
    rule, rows = years()[year], measured(year)
    make = partial(explanations.wanted, reader, rule, rows)
    return kept("wanted", make, year, reader.revision(), date.today())


def _mark(year: int) -> int:
    """The number that grows with whatever changes the year's figures."""
    marks = kept("marks", _reader().marks, access.current().revision())
    return marks.get(year, 0)


def _changes(year: int | None) -> int:
    """The number that grows with whatever changes the year's rows; for all years any write does."""
    return access.current().revision() if year is None else _mark(year)


def _counts(year: int, as_of: datetime | None) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        known = catalogue(as_of)
        told = {one: entries(one, year, as_of) for one in registers.counted_in(known, year)}
        return registers.counted(told, known, year)

    return kept("counts", make, year, _mark(year), as_of)


def _figures(year: int, as_of: datetime | None) -> pd.DataFrame:
    """What was stated for the year or is asked for, and what registers count where nothing was."""

    def make() -> pd.DataFrame:
        stated = _reader().figures(year, as_of)
        known = registers.with_counts(stated, _counts(year, as_of), year)
        return with_rounds(known, catalogue(as_of), years(as_of)[year])

    return kept("figures", make, year, _mark(year), as_of)


def _judged(
    judge: Callable[[pd.DataFrame, Catalogue, YearRule, date], pd.DataFrame],
    year: int,
    as_of: datetime | None,
) -> pd.DataFrame:
    rule = years(as_of)[year]
    return judge(_figures(year, as_of), catalogue(as_of), rule, day(as_of))


def _over_years(unit: str, indicators: tuple[str, ...], as_of: datetime | None) -> pd.DataFrame:
    rules, seen, told = years(as_of), catalogue(as_of), {}
    for year, rule in rules.items():
        figures = _figures(year, as_of)
        mine = figures[figures["indicator"].isin(indicators)]
        rows = completion.measured(mine, seen, rule, day(as_of), [Period.YEAR])
        told[year] = explained(rows, _reader().explanations(year, as_of))
    return completion.restated(told, seen, rules, unit)
