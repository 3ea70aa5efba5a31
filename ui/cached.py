"""Every cache of the app. The store's revision in the key does the invalidation."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from danvan import completion
from danvan.installation import address, open_installed
from danvan.model import Catalogue, Stage, YearRule
from danvan.store import Store

FEW = 16  # results kept of each cached function: years that people look at on one day


def store() -> Store:
    """The one store of this process."""
    return _store(address())


@st.cache_resource(show_spinner=False)
def _store(address: str) -> Store:  # noqa: ARG001 - the address is the key
    return open_installed()


def catalogue() -> Catalogue:
    """The catalogue as it stands."""
    return _catalogue(address(), store().revision())


def years() -> dict[int, YearRule]:
    """The rules of the years that were opened, by year."""
    return _years(address(), store().revision())


def open_years() -> list[int]:
    """Years that figures can be handed in for: the opened ones and those about to begin."""
    opened = years()
    today = date.today().year
    closed = {y for y, rule in opened.items() if rule.stage is Stage.CLOSED}
    return sorted({*opened, today, today + 1} - closed)


def measured(year: int) -> pd.DataFrame:
    """Every figure of the year, all units, judged today (danvan.completion.measured)."""
    return _measured(address(), store().revision(), year, date.today())


def origins(year: int) -> pd.DataFrame:
    """Where each fact of the year comes from (danvan.store.Store.origins)."""
    return _origins(address(), store().revision(), year)


def history(year: int, unit: str, indicator: str) -> pd.DataFrame:
    """Every statement about one figure (danvan.store.Store.history)."""
    return store().history(year, unit, indicator)


# cache_resource hands out the object itself where cache_data would copy it on every rerun;
# nobody changes what these return.
@st.cache_resource(show_spinner=False, max_entries=FEW)
def _catalogue(address: str, revision: int) -> Catalogue:  # noqa: ARG001 - the key
    return store().catalogue()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _years(address: str, revision: int) -> dict[int, YearRule]:  # noqa: ARG001 - the key
    return store().years()


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _measured(address: str, revision: int, year: int, on: date) -> pd.DataFrame:  # noqa: ARG001
    return completion.measured(store().figures(year), catalogue(), years()[year], on)


@st.cache_resource(show_spinner=False, max_entries=FEW)
def _origins(address: str, revision: int, year: int) -> pd.DataFrame:  # noqa: ARG001 - the key
    return store().origins(year)
