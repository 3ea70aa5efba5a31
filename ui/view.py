"""The view a reader has asked for: year, period, unit and moment, all of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import streamlit as st

from danvan.model import Catalogue, Period, Unit, YearRule
from danvan.moments import end_of
from danvan.wording import Words, day
from ui import cached, filters, markup

WIDEST = 760  # pixels of a title: the switches stand beside it


@dataclass(frozen=True)
class View:
    """What is asked for. `years` and `periods` are those there are to choose from.

    `as_of` is None for now; `asked_as_of` is how the address says it.
    """

    words: Words
    year: int
    years: Mapping[int, YearRule]
    period: Period
    periods: tuple[Period, ...]
    unit: Unit
    catalogue: Catalogue
    as_of: datetime | None
    asked_as_of: str

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

    def query(self, **others: str) -> dict[str, str]:
        """The address of another view at the same time."""
        return filters.query(self.year, self.words, **others)


def asked(words: Words) -> View:
    """The view in the address; what it does not say, or says of nothing there is, is the usual.

    Stops with a sentence where nothing was opened at that moment. Raises MomentError for a
    moment that cannot be read: to show now in its place would be a wrong answer.
    """
    text = st.query_params.get("as_of", "")
    as_of = end_of(text) if text else None
    years, catalogue = cached.years(as_of), cached.catalogue(as_of)
    years = {year: rule for year, rule in years.items() if catalogue.roots(year)}
    if not years:
        filters.head(words("page.overview"), "")
        st.info(words("view.nothing_then", at=markup.plain(text)))
        st.stop()
    year = filters.asked_year(sorted(years))
    told = set(cached.measured(year, as_of)["period"])
    periods = tuple(period for period in Period if period in told) or (Period.YEAR,)
    period = Period(filters.asked("period", [str(p) for p in periods], str(Period.YEAR)))
    units = {unit.code: unit for unit in catalogue.units if unit.valid_in(year)}
    unit = units[filters.asked("unit", list(units), catalogue.roots(year)[0].code)]
    return View(words, year, years, period, periods, unit, catalogue, as_of, text)


def head(view: View, title: str, subject: str, *, periods: bool = True) -> None:
    """The name of the page and what it is about, with the switches; what was then is said so."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        with st.container(width=WIDEST, gap=None):
            st.title(title, anchor=False)
            st.caption(subject)
        with st.container(width="content", horizontal=True, vertical_alignment="center"):
            filters.year(sorted(view.years), view.words)
            if periods and len(view.periods) > 1:
                filters.choose_period(view.periods, view.period, view.words)
            filters.language()
    if view.as_of:
        _then(view)


def _then(view: View) -> None:
    """What stands here is what stood then; and the way back to now."""
    words = view.words
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        moment = day(view.as_of.astimezone().date()) if view.as_of else ""
        st.markdown(f":material/history: {words('view.then', at=moment)}", width="stretch")
        if st.button(words("view.now"), type="tertiary"):
            del st.query_params["as_of"]
            st.rerun()
