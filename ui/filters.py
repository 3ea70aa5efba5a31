"""Choices that several pages share. They are kept in the address, so a view can be sent as a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from danvan.charts import DARK, LIGHT, Theme
from danvan.rows import Row, rows_of
from danvan.wording import Language, Words

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def words() -> Words:
    """The words of the language in the address; Vietnamese where it says nothing known."""
    return Words(_asked("lang", [str(language) for language in Language], str(Language.VI)))


def language() -> None:
    """The switch between Vietnamese and English."""
    spoken = words()
    _switch("lang", spoken, list(LANGUAGES), str(spoken.language), lambda code: LANGUAGES[code])


def year(years: Sequence[int], spoken: Words) -> int:
    """The year to show: the one in the address, else the newest."""
    options = [str(year) for year in years]
    chosen = _asked("year", options, options[-1])
    _switch("year", spoken, options, chosen)
    return int(chosen)


def figure(yearly: pd.DataFrame, root: str) -> Row | None:
    """The row of the unit and indicator in the address; None where there is none.

    Without a unit in the address it is the root's, without an indicator the first.
    """
    unit = st.query_params.get("unit", root)
    rows = yearly[yearly["unit"] == unit]
    indicator = st.query_params.get("indicator")
    if indicator is not None:
        rows = rows[rows["indicator"] == indicator]
    return None if rows.empty else rows_of(rows)[0]


def query(year: int, words: Words, **others: str) -> dict[str, str]:
    """The address of another view with the same year and language; Vietnamese goes unsaid."""
    spoken = {} if words.language is Language.VI else {"lang": str(words.language)}
    return {"year": str(year), **others, **spoken}


def theme() -> Theme:
    """The colours of the page the reader has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def _asked(name: str, options: Sequence[str], default: str) -> str:
    asked = st.query_params.get(name, default)
    return asked if asked in options else default


def _switch(
    name: str,
    spoken: Words,
    options: Sequence[str],
    chosen: str,
    shown: Callable[[str], str] = str,
) -> None:
    """A row of buttons that writes what is chosen into the address.

    Not bound by Streamlit itself: it would put the label of the option into the address, and
    lose the choice on the way to another page.
    """
    st.session_state[name] = chosen
    st.segmented_control(
        spoken(f"filter.{name}"),
        options,
        required=True,
        format_func=shown,
        key=name,
        on_change=_to_address,
        args=(name,),
        label_visibility="collapsed",
    )


def _to_address(name: str) -> None:
    st.query_params[name] = st.session_state[name]
