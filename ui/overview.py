"""What the overview shows of a year, made once for every revision, scope, language and theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from danvan import charts, findings
from danvan.completion import state_counts
from danvan.installation import address
from danvan.states import ASKED, State
from danvan.wording import Language, Words
from ui import access, cached, figures, filters, markup


@dataclass(frozen=True)
class Drawn:
    """A chart, the same in words, and the finding that is its title (markdown)."""

    title: str
    chart: go.Figure
    words: str


@dataclass(frozen=True)
class Overview:
    """The texts are markdown; `counts` is empty for a year without figures."""

    name: str
    sentence: str
    counts: dict[State, int]
    strip: Drawn
    missing: list[figures.Line]
    areas: Drawn
    bullets: Drawn
    others: list[figures.Line]
    table: pd.DataFrame
    documents: list[str]


def overview(year: int) -> Overview:
    """The year as it stands, in the reader's language and theme."""
    language = filters.words().language
    dark = filters.theme().dark
    reader = access.current()
    asked = (address(), reader.revision(), reader.unit, date.today(), year, language, dark)
    return _overview(*asked)


# the object itself, not a copy: nobody changes it, and building the charts is what takes time
@st.cache_resource(show_spinner=False, max_entries=4 * cached.FEW)
def _overview(
    address: str,  # noqa: ARG001 - part of the key, as are revision and day
    revision: int,  # noqa: ARG001
    unit: str,  # noqa: ARG001
    on: date,  # noqa: ARG001
    year: int,
    language: Language,
    dark: bool,
) -> Overview:
    words, theme = Words(language), charts.DARK if dark else charts.LIGHT
    catalogue, measured = cached.catalogue(), cached.measured(year)
    root = catalogue.roots(year)[0]
    shown = measured[(measured["period"] == "year") & (measured["unit"] == root.code)]
    link = figures.address(year, words)
    unasked = shown[~shown["state"].isin(ASKED)]
    counts = state_counts(shown)
    return Overview(
        name=markup.plain(words.name(root)),
        sentence=markup.phrases(findings.year_sentence(shown, year, words)),
        counts=counts,
        strip=Drawn(
            " ".join(markup.badge(state, words, count) for state, count in counts.items()),
            figures.Ready(charts.state_strip(counts, words, theme)),
            charts.state_strip_words(counts, words),
        ),
        missing=figures.missing(findings.missing(measured, root.code, catalogue, words)),
        areas=Drawn(
            markup.plain(findings.areas_title(shown, catalogue, words)),
            figures.Ready(charts.area_blocks(shown, catalogue, words, theme)),
            charts.area_blocks_words(shown, catalogue, words),
        ),
        bullets=Drawn(
            markup.plain(findings.judged_title(shown, words)),
            figures.Ready(charts.completion_bullets(shown, words, theme, link)),
            charts.completion_bullets_words(shown, words),
        ),
        others=figures.stated(unasked[unasked["result"].notna()], words),
        table=figures.table(shown, cached.origins(year), words),
        documents=figures.documents(cached.origins(year), words),
    )
