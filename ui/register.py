"""The rows of a register that a reader asks for, all of it in the address: search, filters, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from danvan import registers
from danvan.model import Indicator, Register
from danvan.wording import Words, first_upper
from ui import cached, filters, markup
from ui.view import View

PATHS = {Register.MODEL: "models", Register.TASK: "tasks", Register.AWARD: "awards"}
FILTERS: dict[Register, dict[str, str]] = {
    Register.MODEL: {"field": "sphere", "state": "model", "kind": "holder", "renewal": "renewal"},
    Register.TASK: {"standing": "task", "area": "", "key": "weight"},
    Register.AWARD: {"level": "award_level", "kind": "holder", "form": "", "decision": ""},
}
"""The filters of each register, and the words of their keys; "" where keys are texts of offices.

The column of a filter is its name behind "of_" (danvan.registers.with_keys).
"""
QUIET = ("renewal", "decision")
"""Filters that a link sets; they stand in the row only then."""
MOST = 200  # texts of offices to choose from
ORDER = (
    *registers.FIELDS, *reversed(registers.STAGES), *registers.HOLDERS,
    *registers.RENEWALS,
    "overdue", "doing", "waiting", "unread", "regular", "done", *registers.LEVELS, registers.NONE,
)  # fmt: skip
UNREAD = "unread"
ALL = "all"
OF_LIST = ("q", "years", "counted", "part")
"""What the address says of the list beside the filters."""


@dataclass(frozen=True)
class Asked:
    """What the address asks of a register. `filters` holds only those that are set.

    `counted` are the rows that an indicator counts in the year; `strange` is one that counts none.
    """

    view: View
    register: Register
    q: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    all_years: bool = False
    counted: Indicator | None = None
    strange: str = ""

    @property
    def year(self) -> int | None:
        """The year of the list; None for all."""
        return None if self.all_years else self.view.year


def asked(view: View, register: Register) -> Asked:
    """What the address asks; a filter that no row has is none."""
    params = st.query_params
    code = params.get("counted", "")
    indicator = view.catalogue.indicator.get(code)
    counts = indicator is not None and registers.register_of(indicator) is register
    all_years = params.get("years", "") == ALL and not counts
    plain = Asked(view, register, all_years=all_years, counted=indicator if counts else None)
    mine = rows(plain)
    said = {
        name: params[name]
        for name in FILTERS[register]
        if name in params and _has(mine, name, params[name])
    }
    return Asked(
        view,
        register,
        params.get("q", "")[: filters.LONGEST_SEARCH],
        said,
        all_years,
        plain.counted,
        "" if counts else code,
    )


def rows(asked: Asked) -> pd.DataFrame:
    """All rows of the unit and those below it that the list is of, with their keys, in its order."""
    view, year = asked.view, asked.year

    def make() -> pd.DataFrame:
        keyed = cached.keyed(asked.register, year, view.as_of)
        return keyed[keyed["unit"].isin(view.catalogue.subtree(view.unit.code))]

    key = (asked.register, year, view.unit.code, view.revision, view.as_of)
    mine = cached.kept("rows of a unit", make, *key, cached.day(view.as_of))
    if asked.counted is None:
        return mine
    return registers.behind(mine, asked.counted, view.catalogue)


def found(asked: Asked) -> pd.DataFrame:
    """Those of them that pass the search and the filters."""
    mine = rows(asked)
    passing = pd.Series(data=True, index=mine.index)
    for name, key in asked.filters.items():
        passing &= _passes(mine, name, key)
    if registers.bare(asked.q):
        texts = cached.searchable(asked.register, asked.year, asked.view.as_of)
        passing &= registers.matching(texts.loc[mine.index], asked.q)
    return mine if passing.all() else mine[passing]


def _passes(rows: pd.DataFrame, name: str, key: str) -> pd.Series[bool]:
    if name == "standing" and key == UNREAD:
        return rows[UNREAD]
    return rows[f"of_{name}"] == key


def _has(rows: pd.DataFrame, name: str, key: str) -> bool:
    return bool(_passes(rows, name, key).any())


def choose(asked: Asked, words: Words) -> None:
    """The search, the filters and the years in one row; each writes itself into the address."""
    mine = rows(asked)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        filters.search(words)
        for name, family in FILTERS[asked.register].items():
            if name in QUIET and name not in asked.filters:
                continue
            every = {"": words(f"every.{name}")}
            filters.narrow(name, every | _options(mine, name, family, words), words)
        if asked.counted is None and len(asked.view.years) > 1:
            this = words("filter.of_year", year=asked.view.year)
            filters.narrow("years", {"": this, ALL: words("every.year")}, words)


def _options(rows: pd.DataFrame, name: str, family: str, words: Words) -> dict[str, str]:
    """The keys that rows have, in the order of their lives or by how many have them."""
    keys = list(rows[f"of_{name}"].value_counts().index[:MOST])
    if (chosen := st.query_params.get(name)) and _has(rows, name, chosen) and chosen not in keys:
        keys.append(chosen)
    if name == "standing" and rows[UNREAD].any():
        keys.append(UNREAD)
    if family:
        keys.sort(key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    return filters.told_apart({key: key_word(key, family, words) for key in keys})


def key_word(key: str, family: str, words: Words) -> str:
    """A key in words, or the text that it is; what rows do not say is said to be so."""
    if key == registers.NONE:
        return first_upper(words(f"{family or 'text'}.none"))
    return (
        first_upper(words(f"{family}.{key}")) if family and words.knows(f"{family}.{key}") else key
    )


def address(view: View, register: Register, **others: str) -> str:
    """Where the page of a register is for the view's unit, with these filters and nothing else."""
    asked = {"unit": view.unit.code} | others
    return f"{PATHS[register]}?{urlencode(filters.query(view.year, view.words, **asked))}"


def here(asked: Asked, **others: str) -> str:
    """Where the same list is, with these instead of what it says of the same; "" leaves out."""
    said = {name: st.query_params[name] for name in OF_LIST if st.query_params.get(name)}
    kept = {name: text for name, text in {**said, **asked.filters, **others}.items() if text}
    return address(asked.view, asked.register, **kept)


def told(asked: Asked, words: Words) -> None:
    """Whose rows these are where an indicator counts them, and the way to all the others."""
    if asked.strange:
        st.info(words("register.strange"))
    if asked.counted is None:
        return
    text = words(
        "register.counted",
        name=words.name(asked.counted),
        time=words("filter.of_year", year=asked.view.year),
    )
    all_rows = f"[{words('register.see_all')}]({here(asked, counted='', part='')})"
    st.markdown(f":material/filter_alt: {markup.plain(text)} {all_rows}")
