"""What the overview shows of a unit in a period."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from danvan import charts, findings
from danvan.charts import Link, Theme
from danvan.completion import arrivals, coverage, state_counts
from danvan.findings import Phrase
from danvan.rows import rows_of
from danvan.states import ASKED, State
from danvan.wording import Words
from ui import cached, cards, figures, matrix, tables
from ui.coverage import Coverage, told
from ui.tables import Listed
from ui.view import View, made

FIRST = 10  # figures that the chart shows at once; the others are one click away


@dataclass(frozen=True)
class Overview:
    """`counts` is empty for a period without figures; `rest` holds the bullets below the first, `matrix`
    is HTML, "" where no unit has to answer for anything.
    """

    sentence: list[Phrase]
    counts: dict[State, int]
    strip: figures.Drawn
    missing: list[str]
    coverage: Coverage | None
    cards: list[cards.Card]
    areas: figures.Drawn
    bullets: figures.Drawn
    rest: figures.Drawn | None
    others: list[str]
    matrix: str
    matrix_legend: str
    matrix_title: str
    listed: Listed
    documents: list[str]


def overview(view: View) -> Overview:
    """The unit as it stands, in the reader's language and theme."""
    return made(view, "overview", _overview)


def _overview(view: View, theme: Theme) -> Overview:
    words, year, unit = view.words, view.year, view.unit.code
    catalogue, measured = view.catalogue, view.measured
    shown = measured[measured["unit"] == unit]
    card = figures.address("indicator", year, words)
    counts, below = state_counts(shown), [one.code for one in view.below()]
    states = charts.state_matrix(measured, below, catalogue)
    unit_link = figures.address("unit", year, words)
    cells = measured[measured["unit"].isin(below)]
    origins = cached.origins(year, view.as_of)
    places = figures.places(origins)
    unasked = shown[~shown["state"].isin(ASKED)]
    return Overview(
        sentence=findings.year_sentence(shown, year, words, view.period),
        counts=counts,
        strip=figures.Drawn(
            "strip",
            findings.sentence(findings.year_sentence(shown, year, words, view.period)),
            figures.Ready(charts.state_strip(counts, words, theme)),
            charts.state_strip_words(counts, words),
            _listed(shown, places, words),
        ),
        missing=figures.missing(findings.missing(measured, unit, catalogue, words), card, words),
        coverage=_coverage(view, measured, origins),
        cards=cards.cards(view, shown, card, theme),
        areas=figures.Drawn(
            "areas",
            findings.areas_title(shown, catalogue, words),
            figures.Ready(charts.area_blocks(shown, catalogue, words, theme)),
            charts.area_blocks_words(shown, catalogue, words),
            _listed(shown[shown["state"] != ""], places, words),
        ),
        bullets=_bullets("bullets", shown, slice(0, FIRST), places, card, words, theme),
        rest=_bullets("more-bullets", shown, slice(FIRST, None), places, card, words, theme)
        if len(charts.worst_first(shown)) > FIRST
        else None,
        others=figures.stated(unasked[unasked["result"].notna()], card, words),
        matrix=matrix.html(states, card, unit_link, words, theme) if states.units else "",
        matrix_legend=matrix.legend(states, words),
        matrix_title=findings.matrix_title(cells, catalogue, words),
        listed=_listed(shown, places, words),
        documents=figures.documents(origins, words),
    )


def _bullets(
    key: str,
    shown: pd.DataFrame,
    part: slice,
    places: dict[int, str],
    link: Link,
    words: Words,
    theme: Theme,
) -> figures.Drawn:
    """The bullets of some of the figures, in the order of what needs attention."""
    codes = [row["indicator"] for row in charts.worst_first(shown)[part]]
    rows = shown[shown["indicator"].isin(codes)]
    return figures.Drawn(
        key,
        findings.judged_title(shown, words),
        figures.Ready(charts.completion_bullets(rows, words, theme, link)),
        charts.completion_bullets_words(rows, words),
        _listed(rows, places, words),
        words("overview.bullets_note"),
    )


def _listed(rows: pd.DataFrame, places: dict[int, str], words: Words) -> Listed:
    columns = [tables.by_indicator(words), *tables.figures(words), tables.source(places, words)]
    return Listed(words("overview.table"), rows_of(rows), columns)


def _coverage(view: View, measured: pd.DataFrame, origins: pd.DataFrame) -> Coverage | None:
    """Who of the units below has reported; None where the unit has none."""
    owner = {code: one.code for one in view.below() for code in view.catalogue.subtree(one.code)}
    if not owner:
        return None
    came = arrivals(origins[origins["unit"].isin(owner)], view.period, view.catalogue)
    reports = coverage(measured, came, owner, view.rule, view.period, cached.day(view.as_of))
    return told(reports, view)
