"""Every cache of the app. The reader's scope is in every key, and the store's revision or, for the
frames of a year, the mark of that year: what is stored for one year does not make another anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd
import streamlit as st

from danvan import completion
from danvan.access import PUBLIC, Access
from danvan.installation import address
from danvan.model import Catalogue, Period, Register, Stage, YearRule
from ui import access

FEW = 16  # results kept of each cached function: years and scopes that people look at on one day
FRAMES = 64  # of those that need every year at once


def catalogue(as_of: datetime | None = None) -> Catalogue:
    """The catalogue with the units the reader sees."""
    reader = access.current()
    return _catalogue(address(), reader.revision(), reader.unit, as_of)


def years(as_of: datetime | None = None) -> dict[int, YearRule]:
    """The rules of the years that were opened, by year."""
    return _years(address(), access.current().revision(), as_of)


def open_years() -> list[int]:
    """Years that figures can be handed in for: the opened ones and those about to begin."""
    opened = years()
    today = date.today().year
    closed = {y for y, rule in opened.items() if rule.stage is Stage.CLOSED}
    return sorted({*opened, today, today + 1} - closed)


def measured(year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """Every figure of the year the reader sees, judged that day (danvan.completion.measured)."""
    reader = access.current()
    mark = _marks(address(), reader.revision()).get(year, 0)
    return _measured(address(), mark, reader.unit, year, as_of, day(as_of))


def to_date(year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """The figures of the year to that day (danvan.completion.to_date)."""
    reader = access.current()
    return _to_date(address(), reader.revision(), reader.unit, year, as_of, day(as_of))


def over_years(unit: str, indicators: Iterable[str], as_of: datetime | None = None) -> pd.DataFrame:
    """The yearly figures of a unit in all years, restated (danvan.completion.restated).

    Only of these indicators: ten years of all of them would take ten times as long as one.
    """
    reader = access.current()
    marks = _marks(address(), reader.revision())
    years = tuple(
        (year, marks.get(year, 0)) for year in _years(address(), reader.revision(), as_of)
    )
    wanted = tuple(sorted(set(indicators)))
    return _over_years(address(), years, reader.unit, unit, wanted, as_of, day(as_of))


def year_before(unit: str, year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """All of a unit's yearly figures of the year before, restated for the unit as it is now."""
    before = {year - 1: measured(year - 1, as_of)}
    return completion.restated(before, catalogue(as_of), years(as_of), unit)


def origins(year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """Where each fact of the year comes from (danvan.store.Store.origins)."""
    reader = access.current()
    return _origins(address(), reader.revision(), reader.unit, year, as_of)


def entries(register: Register, year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """The rows of a register in the year (danvan.store.Store.entries)."""
    reader = access.current()
    return _entries(address(), reader.revision(), reader.unit, register, year, as_of)


def history(year: int, unit: str, indicator: str, as_of: datetime | None = None) -> pd.DataFrame:
    """Every statement about one figure (danvan.store.Store.history)."""
    return access.current().history(year, unit, indicator, as_of)


def day(as_of: datetime | None) -> date:
    """The day on which figures are judged: that of the moment, or today."""
    return as_of.astimezone().date() if as_of else date.today()


def waiting(reader: Access) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures and rows of registers that wait, of units the reader sees; none for the public."""
    if reader.account is PUBLIC:
        return _nothing_waiting(address(), reader)
    return _waiting(address(), reader.revision(), reader.unit)


def generated() -> bool:
    """Whether the figures were made up to try the product with."""
    return _generated(address(), access.current().revision())


def queue_length() -> int:
    """How many submissions wait that the reader may decide about."""
    reader = access.current()
    return _queue_length(address(), reader.revision(), reader.unit, reader)


def own(reader: Access) -> pd.DataFrame:
    """What the reader handed in (danvan.store.Store.own)."""
    return _own(address(), reader.revision(), reader.account.name, reader)


# cache_resource hands out the object itself where cache_data would copy it on every rerun;
# nobody changes what these return.
# the arguments that are not used are the key: address, revision, day
@st.cache_resource(show_spinner=False, max_entries=FEW)
def _catalogue(address: str, revision: int, unit: str, as_of: datetime | None) -> Catalogue:  # noqa: ARG001
    return access.of_scope(unit).seen_catalogue(as_of)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _years(address: str, revision: int, as_of: datetime | None) -> dict[int, YearRule]:  # noqa: ARG001
    return access.of_scope("").years(as_of)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _marks(address: str, revision: int) -> dict[int, int]:  # noqa: ARG001
    return access.of_scope("").marks()


@st.cache_resource(show_spinner=False, max_entries=FRAMES)
def _figures(
    address: str,  # noqa: ARG001
    mark: int,  # noqa: ARG001
    unit: str,
    year: int,
    as_of: datetime | None,
) -> pd.DataFrame:
    return access.of_scope(unit).figures(year, as_of)


@st.cache_resource(show_spinner=False, max_entries=FRAMES)
def _measured(
    address: str,
    mark: int,
    unit: str,
    year: int,
    as_of: datetime | None,
    on: date,
) -> pd.DataFrame:
    reader = access.of_scope(unit)
    rule = reader.years(as_of)[year]
    figures = _figures(address, mark, unit, year, as_of)
    return completion.measured(figures, reader.seen_catalogue(as_of), rule, on)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _to_date(
    address: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    unit: str,
    year: int,
    as_of: datetime | None,
    on: date,
) -> pd.DataFrame:
    reader = access.of_scope(unit)
    rule = reader.years(as_of)[year]
    return completion.to_date(reader.figures(year, as_of), reader.seen_catalogue(as_of), rule, on)


@st.cache_resource(show_spinner=False, max_entries=FRAMES)
def _over_years(
    address: str,
    marks: tuple[tuple[int, int], ...],
    scope: str,
    unit: str,
    indicators: tuple[str, ...],
    as_of: datetime | None,
    on: date,
) -> pd.DataFrame:
    reader = access.of_scope(scope)
    rules, seen = reader.years(as_of), reader.seen_catalogue(as_of)
    told = {}
    for year, mark in marks:
        figures = _figures(address, mark, scope, year, as_of)
        mine = figures[figures["indicator"].isin(indicators)]
        told[year] = completion.measured(mine, seen, rules[year], on, [Period.YEAR])
    return completion.restated(told, seen, rules, unit)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _origins(
    address: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    unit: str,
    year: int,
    as_of: datetime | None,
) -> pd.DataFrame:
    return access.of_scope(unit).origins(year, as_of)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _entries(
    address: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    unit: str,
    register: Register,
    year: int,
    as_of: datetime | None,
) -> pd.DataFrame:
    return access.of_scope(unit).entries(register, year, as_of)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _generated(address: str, revision: int) -> bool:  # noqa: ARG001
    return access.of_scope("").generated()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _waiting(address: str, revision: int, unit: str) -> tuple[pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    reader = access.of_scope(unit)
    return reader.waiting(), reader.waiting_entries()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _nothing_waiting(address: str, _public: Access) -> tuple[pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    """What the public may know of what waits: nothing, whatever is stored."""
    return _public.waiting().head(0), _public.waiting_entries().head(0)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _queue_length(address: str, revision: int, unit: str, _reader: Access) -> int:  # noqa: ARG001
    return len(_reader.queue())


@st.cache_resource(show_spinner=False, max_entries=access.MANY)
def _own(address: str, revision: int, person: str, _reader: Access) -> pd.DataFrame:  # noqa: ARG001
    return _reader.own(person)
