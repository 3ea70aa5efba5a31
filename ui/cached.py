"""Every cache of the app. The store's revision and the reader's scope are in every key."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from danvan import completion
from danvan.access import PUBLIC, Access
from danvan.installation import address
from danvan.model import Catalogue, Stage, YearRule
from ui import access

FEW = 16  # results kept of each cached function: years and scopes that people look at on one day


def catalogue() -> Catalogue:
    """The catalogue with the units the reader sees."""
    reader = access.current()
    return _catalogue(address(), reader.revision(), reader.unit)


def years() -> dict[int, YearRule]:
    """The rules of the years that were opened, by year."""
    return _years(address(), access.current().revision())


def open_years() -> list[int]:
    """Years that figures can be handed in for: the opened ones and those about to begin."""
    opened = years()
    today = date.today().year
    closed = {y for y, rule in opened.items() if rule.stage is Stage.CLOSED}
    return sorted({*opened, today, today + 1} - closed)


def measured(year: int) -> pd.DataFrame:
    """Every figure of the year the reader sees, judged today (danvan.completion.measured)."""
    reader = access.current()
    return _measured(address(), reader.revision(), reader.unit, year, date.today())


def origins(year: int) -> pd.DataFrame:
    """Where each fact of the year comes from (danvan.store.Store.origins)."""
    reader = access.current()
    return _origins(address(), reader.revision(), reader.unit, year)


def history(year: int, unit: str, indicator: str) -> pd.DataFrame:
    """Every statement about one figure (danvan.store.Store.history)."""
    return access.current().history(year, unit, indicator)


def waiting(reader: Access) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures and rows of registers that wait, of units the reader sees; none for the public."""
    if reader.account is PUBLIC:
        return reader.waiting(), reader.waiting_entries()
    return _waiting(address(), reader.revision(), reader.unit)


def queue_length() -> int:
    """How many submissions wait that the reader may decide about."""
    reader = access.current()
    return _queue_length(address(), reader.revision(), reader.unit, reader)


def own(reader: Access) -> pd.DataFrame:
    """What the reader handed in (danvan.store.Store.own)."""
    return _own(address(), reader.revision(), reader.account.name, reader)


# cache_resource hands out the object itself where cache_data would copy it on every rerun;
# nobody changes what these return.
@st.cache_resource(show_spinner=False, max_entries=FEW)
def _catalogue(address: str, revision: int, unit: str) -> Catalogue:  # noqa: ARG001 - the key
    return access.of_scope(unit).seen_catalogue()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _years(address: str, revision: int) -> dict[int, YearRule]:  # noqa: ARG001 - the key
    return access.of_scope("").years()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _measured(
    address: str,  # noqa: ARG001 - part of the key, as is the revision
    revision: int,  # noqa: ARG001
    unit: str,
    year: int,
    on: date,
) -> pd.DataFrame:
    reader = access.of_scope(unit)
    rule = reader.years()[year]
    return completion.measured(reader.figures(year), reader.seen_catalogue(), rule, on)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _origins(address: str, revision: int, unit: str, year: int) -> pd.DataFrame:  # noqa: ARG001
    return access.of_scope(unit).origins(year)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _waiting(address: str, revision: int, unit: str) -> tuple[pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    reader = access.of_scope(unit)
    return reader.waiting(), reader.waiting_entries()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _queue_length(address: str, revision: int, unit: str, _reader: Access) -> int:  # noqa: ARG001
    return len(_reader.queue())


@st.cache_resource(show_spinner=False, max_entries=access.MANY)
def _own(address: str, revision: int, person: str, _reader: Access) -> pd.DataFrame:  # noqa: ARG001
    return _reader.own(person)
