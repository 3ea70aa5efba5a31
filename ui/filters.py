"""Choices that several pages share, bound to the address so that a view can be sent as a link."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from danvan.charts import DARK, LIGHT, Theme
from danvan.rows import Row, rows_of
from danvan.wording import Language, Words

LANGUAGES = {Language.VI: "Tiếng Việt", Language.EN: "English"}


def words() -> Words:
    """The words of the language in the address; Vietnamese where it says nothing known."""
    asked = st.session_state.get("lang") or st.query_params.get("lang")
    return Words(asked if asked in set(Language) else Language.VI)


def language() -> None:
    """The switch between Vietnamese and English."""
    spoken = words()
    st.segmented_control(
        spoken("filter.language"),
        [str(language) for language in Language],
        default=str(Language.VI),
        required=True,
        format_func=lambda code: LANGUAGES[Language(code)],
        key="lang",
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )


def year(years: list[int], spoken: Words) -> int:
    """The year to show: the one in the address, else the newest."""
    chosen = st.segmented_control(
        spoken("filter.year"),
        years,
        default=years[-1],
        required=True,
        key="year",
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )
    return int(chosen or years[-1])


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


def theme() -> Theme:
    """The colours of the page the reader has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT
