"""The view a reader has asked for: year, period, unit and moment, all of it in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from danvan.charts import Theme
from danvan.findings import when
from danvan.model import Catalogue, Indicator, Period, Unit, YearRule
from danvan.moments import end_of
from danvan.wording import Words, day
from ui import access, cached, filters, markup

Made = TypeVar("Made")


@dataclass(frozen=True)
class View:
    """What is asked for. `years` and `periods` are those there are to choose from.

    `as_of` is None for now. `revision` is that of the store before anything was read: what is
    made of the view is never kept as newer than it is.
    """

    words: Words
    year: int
    years: Mapping[int, YearRule]
    period: Period
    periods: tuple[Period, ...]
    unit: Unit
    catalogue: Catalogue
    as_of: datetime | None
    revision: int

    @property
    def rule(self) -> YearRule:
        """The rule of the year."""
        return self.years[self.year]

    @property
    def root(self) -> Unit:
        """The unit above all that the reader sees in the year."""
        return self.catalogue.roots(self.year)[0]

    @property
    def measured(self) -> pd.DataFrame:
        """The period's figures of everything the reader sees."""
        rows = cached.measured(self.year, self.as_of)
        return rows[rows["period"] == self.period]

    def units(self) -> dict[str, Unit]:
        """The units of the year that the reader sees, the unit above them first."""
        return {u.code: u for u in self.catalogue.units if u.valid_in(self.year)}

    def below(self) -> list[Unit]:
        """The units of the year directly below the one that is shown."""
        return [u for u in self.units().values() if u.parent == self.unit.code]


def asked(words: Words) -> View:
    """The view in the address; what it does not say, or says of nothing there is, is the usual.

    Stops with a sentence where nothing was opened at that moment, or the reader's unit was in none
    of the years. Raises MomentError for a moment that cannot be read: to show now in its place
    would be a wrong answer.
    """
    text = st.query_params.get("as_of", "")
    as_of = end_of(text) if text else None
    if as_of and as_of >= datetime.now(UTC):
        as_of = None  # nobody knows yet how it will stand
    revision = access.current().revision()
    years, catalogue = cached.years(as_of), cached.catalogue(as_of)
    years = {year: rule for year, rule in years.items() if catalogue.roots(year)}
    if not years:
        filters.head(words("page.overview"), "")
        if as_of is None:
            st.info(words("view.no_year"))
        else:
            st.info(words("view.nothing_then", at=day(cached.day(as_of))))
            _back_to_now(words)
        st.stop()
    year = filters.asked_year(sorted(years))
    told = set(cached.measured(year, as_of)["period"])
    periods = tuple(period for period in Period if period in told) or (Period.YEAR,)
    period = Period(filters.asked("period", [str(p) for p in periods], str(Period.YEAR)))
    unit = _unit(catalogue, st.query_params.get("unit", ""), year)
    return View(words, year, years, period, periods, unit, catalogue, as_of, revision)


def _unit(catalogue: Catalogue, code: str, year: int) -> Unit:
    """The unit of that code in the year, or what it became; else the one above all."""
    became = {change.old: change.new for change in reversed(catalogue.changes)}
    for _ in range(len(became) + 1):  # changes may go in circles
        unit = catalogue.unit.get(code)
        if unit and unit.valid_in(year):
            return unit
        code = became.get(code, "")
    return catalogue.roots(year)[0]


def indicator(view: View) -> Indicator:
    """The indicator in the address, else the first of the key groups that the unit has a figure of."""
    known = view.catalogue.indicator
    asked = st.query_params.get("indicator", "")
    if asked in known:
        return known[asked]
    rows = view.measured
    own = list(rows[rows["unit"] == view.unit.code]["indicator"])
    leading = [code for group in view.catalogue.groups for code in group.indicators]
    return known[next((code for code in [*leading, *known] if code in own), next(iter(known)))]


def indicators(view: View) -> dict[str, str]:
    """The names of the indicators of the year."""
    found = [one for one in view.catalogue.indicators if one.valid_in(view.year)]
    return filters.told_apart({one.code: view.words.name(one) for one in found})


def tops(view: View) -> dict[str, str]:
    """The names of the units that others are below: there may be two in the year of a reform."""
    above = {unit.parent for unit in view.units().values()}
    return {code: name for code, name in names(view).items() if code in above}


def names(view: View) -> dict[str, str]:
    """The names of the units of the year."""
    return filters.told_apart({code: view.words.name(unit) for code, unit in view.units().items()})


def time(view: View) -> str:
    """The time that is shown, in words."""
    return when(view.year, view.period, view.words)


def about(view: View) -> str:
    """The unit's kind, inhabitants and the unit above it, and the time that is shown."""
    unit, words = view.unit, view.words
    parts = [unit.kind.capitalize()]
    if unit.population:
        parts.append(words("view.population", n=unit.population))
    if unit.parent in view.catalogue.unit:
        parts.append(words.name(view.catalogue.unit[unit.parent]))
    return " · ".join([*parts, time(view)])


def made(view: View, what: str, make: Callable[[View, Theme], Made]) -> Made:
    """What a page shows of a view, made once for every revision, scope, language and theme.

    `what` names the page and whatever else it was asked for that the view does not hold.
    """
    dark = filters.theme().dark
    key = (view.revision, cached.day(view.as_of), *filters.kept().items())
    shown = (view.year, view.period, view.unit.code, view.words.language)
    return cached.kept(what, lambda: make(view, filters.theme()), *key, *shown, dark)


def head(view: View, title: str, subject: str, *, periods: bool = True) -> None:
    """The name of the page and what it is about, with the switches; what was then is said so."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        with st.container(width="content", gap=None):
            st.title(title, anchor=False)
            st.caption(subject)
        with st.container(width="content", horizontal=True, vertical_alignment="center"):
            filters.year(sorted(view.years), view.words)
            if periods and len(view.periods) > 1:
                filters.choose_period(view.periods, view.period, view.words)
            filters.choose_moment(view.as_of, min(cached.years()), view.words)
            filters.language()
    if view.as_of:
        then(view)
    _strayed(view)


def _strayed(view: View) -> None:
    """Say so where the address names something else than what is shown."""
    words, units = view.words, view.catalogue.unit
    unit = st.query_params.get("unit", "")
    shown: dict[str, Any] = {"year": view.year, "shown": words.name(view.unit)}
    if unit in units and unit != view.unit.code:
        first = units[unit].first_day
        key = "view.not_yet" if first and first.year > view.year else "view.became"
        st.info(markup.plain(words(key, old=words.name(units[unit]), **shown)))
    elif unit and unit not in units:
        st.info(markup.plain(words("view.unknown_unit", **shown)))
    year = st.query_params.get("year", "")
    if year and year != str(view.year):
        st.info(markup.plain(words("view.unknown_year", asked=year, year=view.year)))
    asked = st.query_params.get("indicator", "")
    if asked and asked not in view.catalogue.indicator:
        st.info(words("view.unknown_indicator", year=view.year))


def then(view: View) -> None:
    """What stands here is what stood then; and the way back to now."""
    words = view.words
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        moment = day(view.as_of.astimezone().date()) if view.as_of else ""
        st.markdown(f":material/history: {words('view.then', at=moment)}", width="stretch")
        _back_to_now(words)


def _back_to_now(words: Words) -> None:
    if st.button(words("view.now"), type="tertiary"):
        filters.back_to_now()
        st.rerun()
