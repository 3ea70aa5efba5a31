"""What the page of an indicator shows of one unit: the figure, its years, its parts, its register."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from danvan import charts, findings
from danvan.charts import Theme
from danvan.model import Indicator, Period, Register
from danvan.registers import register_of
from danvan.rows import Row, known, rows_of
from danvan.wording import Words
from ui import cached, figures, register, tables
from ui.tables import Listed
from ui.view import View, made

ONE_YEAR = 1  # with no more there is nothing to see over the years


@dataclass(frozen=True)
class Shown:
    """`row` is the figure, as completion.measured returns it; what does not exist is None.

    `counted` says in markdown what its register counts, "" where it has none.
    """

    row: Row
    to_date: str
    counted: str
    trend: figures.Drawn | None
    parts: figures.Drawn | None
    funnel: figures.Drawn | None


def shown(view: View, indicator: Indicator) -> Shown | None:
    """The figure of the view's unit and period; None where there is none."""
    return made(view, f"indicator {indicator.code}", lambda v, theme: _shown(v, indicator, theme))


def _shown(view: View, indicator: Indicator, theme: Theme) -> Shown | None:
    rows = view.measured[view.measured["indicator"] == indicator.code]
    own = rows[rows["unit"] == view.unit.code]
    if own.empty:
        return None
    return Shown(
        row=rows_of(own)[0],
        to_date=_to_date(view, indicator),
        counted=_counted(view, indicator, rows_of(own)[0]),
        trend=_trend(view, indicator, theme),
        parts=_parts(view, rows, theme),
        funnel=_funnel(view, indicator, theme),
    )


def _to_date(view: View, indicator: Indicator) -> str:
    """How far the figure is by the day it is judged on, where the year is not over by then."""
    over = cached.day(view.as_of).year > view.year
    if view.period is not Period.YEAR or over:
        return ""
    rows = cached.to_date(view.year, view.as_of)
    found = rows[(rows["unit"] == view.unit.code) & (rows["indicator"] == indicator.code)]
    if found.empty or not known(found.iloc[0]["ratio"]):
        return ""
    row = rows_of(found)[0]
    return view.words(
        "indicator.estimated" if row["estimated"] else "indicator.to_date",
        ratio=findings.ratio(row),
    )


def _counted(view: View, indicator: Indicator, row: Row) -> str:
    """How many rows of its register it counts, and the way to them (markdown)."""
    kept = register_of(indicator)
    if kept is None or not known(row["counted"]):
        return ""
    link = register.address(view, kept, counted=indicator.code)
    return view.words("indicator.counted", n=int(row["counted"]), link=link)


def _trend(view: View, indicator: Indicator, theme: Theme) -> figures.Drawn | None:
    words = view.words
    years = cached.over_years(view.unit.code, [indicator.code], view.as_of)
    series = years[(years["indicator"] == indicator.code) & (years["year"] <= view.year)]
    if len(series) <= ONE_YEAR:
        return None
    notes = [words("trend.note" if series["target"].notna().any() else "trend.note_untargeted")]
    if series["restated"].any():
        notes.append(words("trend.restated_note"))
    revised = series["first_target"].notna() & (series["first_target"] != series["target"])
    if revised.any():
        notes.append(words("trend.revised_note"))
    columns = [tables.by_year(words), *tables.figures(words)]
    return figures.Drawn(
        "trend",
        findings.trend_title(series, words),
        figures.Ready(charts.trend_columns(series, words, theme)),
        charts.trend_columns_words(series, words),
        Listed(words.name(indicator), rows_of(series.sort_values("year")), columns),
        " ".join(notes),
    )


def _parts(view: View, rows: pd.DataFrame, theme: Theme) -> figures.Drawn | None:
    """The units below beside each other."""
    words, catalogue = view.words, view.catalogue
    parts = rows[rows["unit"].isin([unit.code for unit in view.below()])]
    if parts.empty:
        return None
    link = figures.address("indicator", view.year, words)
    places = figures.places(cached.origins(view.year, view.as_of))
    columns = [
        tables.by_unit(catalogue, words), *tables.figures(words), tables.source(places, words)
    ]  # fmt: skip
    return figures.Drawn(
        "parts",
        findings.parts_title(parts, catalogue, words),
        figures.Ready(charts.unit_bars(parts, catalogue, words, theme, link)),
        charts.unit_bars_words(parts, catalogue, words),
        Listed(words("card.parts"), charts.most_missing_first(parts), columns),
        words("parts.note"),
    )


def _funnel(view: View, indicator: Indicator, theme: Theme) -> figures.Drawn | None:
    """How far the models came that the indicator is counted from."""
    if not indicator.counted_from.startswith("models:"):
        return None
    words = view.words
    models = cached.entries(Register.MODEL, view.year, view.as_of)
    mine = models[models["unit"].isin(view.catalogue.subtree(view.unit.code))]
    counts = findings.stage_counts(mine)
    if not any(counts.values()):
        return None
    return figures.Drawn(
        "funnel",
        findings.funnel_title(counts, words),
        figures.Ready(charts.register_funnel(counts, words, theme)),
        charts.register_funnel_words(counts, words),
        Listed(words("funnel.list"), rows_of(mine), _models(view, words)),
        words("funnel.note"),
    )


def _models(view: View, words: Words) -> list[tables.Column]:
    """The models behind the funnel; each name leads to its row."""

    def link(row: Row) -> str:
        return register.address(view, Register.MODEL, entry=str(row["entry"]))

    def name(row: Row) -> str:
        return str(row["name"])

    def state(row: Row) -> str:
        return words(f"model.{row['state']}") if row["state"] else "–"

    return [
        tables.Column(words("funnel.model"), name, name, 60, link),
        tables.by_unit(view.catalogue, words),
        tables.text(words("table.state"), state),
        tables.text(words("funnel.decision"), lambda row: row["decision"] or "–"),
    ]
