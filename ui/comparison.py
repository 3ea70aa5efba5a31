"""Comparisons: the same indicator over the years or over the units, in small charts beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from danvan import charts, findings
from danvan.charts import Theme
from danvan.model import Indicator, Unit
from danvan.rows import rows_of
from ui import cached, figures, tables
from ui.tables import Listed
from ui.view import View, made

MOST_UNITS, MOST_INDICATORS = 4, 6  # more small charts are no comparison any more
HEIGHT = 190  # pixels of a small chart
BESIDE = 2  # charts in a row where they are not those of one indicator


def usual(view: View) -> list[str]:
    """The indicators that lead the office's key groups, else the first that are judged."""
    followed = [one.code for one in view.catalogue.indicators if one.valid_in(view.year)]
    leading = dict.fromkeys(group.indicators[0] for group in view.catalogue.groups)
    known = [code for code in leading if code in followed]
    return known[:MOST_INDICATORS] or followed[:MOST_UNITS]


def over_years(
    view: View, indicators: Sequence[Indicator], units: Sequence[Unit]
) -> Iterator[tuple[str, list[figures.Drawn]]]:
    """Rows of small charts of the years: the units of one indicator, or of one unit two indicators."""
    drawn = [(one, _made_years(view, one, units)) for one in indicators]
    if len(units) == 1:
        charts_of_one = [chart for _, found in drawn for chart in found]
        for start in range(0, len(charts_of_one), BESIDE):
            yield "", charts_of_one[start : start + BESIDE]
        return
    for indicator, found in drawn:
        yield view.words.name(indicator), found


def over_units(
    view: View, indicators: Sequence[Indicator], units: Sequence[Unit]
) -> Iterator[tuple[str, list[figures.Drawn]]]:
    """Rows of charts in which the units stand beside each other, two indicators in a row."""
    drawn = [_made_units(view, one, units) for one in indicators]
    found = [chart for chart in drawn if chart]
    for start in range(0, len(found), BESIDE):
        yield "", found[start : start + BESIDE]


def _made_years(view: View, indicator: Indicator, units: Sequence[Unit]) -> list[figures.Drawn]:
    what = f"years {indicator.code} {' '.join(unit.code for unit in units)}"
    return made(view, what, lambda v, theme: list(_years(v, indicator, units, theme)))


def _made_units(view: View, indicator: Indicator, units: Sequence[Unit]) -> figures.Drawn | None:
    what = f"units {indicator.code} {' '.join(unit.code for unit in units)}"
    return made(view, what, lambda v, theme: _units(v, indicator, units, theme))


def _years(
    view: View, indicator: Indicator, units: Sequence[Unit], theme: Theme
) -> Iterator[figures.Drawn]:
    words = view.words
    told = {unit.code: _series(view, indicator, unit) for unit in units}
    top = max([charts.top_of(rows) for rows in told.values() if len(rows)], default=0.0)
    columns = [tables.by_year(words), *tables.figures(words)]
    for unit in units:
        rows = told[unit.code]
        if rows.empty:
            continue
        yield figures.Drawn(
            f"years-{indicator.code}-{unit.code}".replace(".", "-"),
            f"{words.name(unit if len(units) > 1 else indicator)}: {findings.trend_title(rows, words)}",
            figures.Ready(charts.trend_columns(rows, words, theme, HEIGHT, top)),
            charts.trend_columns_words(rows, words),
            Listed(words.name(indicator), rows_of(rows.sort_values("year")), columns),
            words("trend.restated_note") if rows["restated"].any() else "",
        )


def _series(view: View, indicator: Indicator, unit: Unit) -> pd.DataFrame:
    years = cached.over_years(unit.code, [indicator.code], view.as_of)
    return years[(years["indicator"] == indicator.code) & (years["year"] <= view.year)]


def _units(
    view: View, indicator: Indicator, units: Sequence[Unit], theme: Theme
) -> figures.Drawn | None:
    words, catalogue = view.words, view.catalogue
    rows = view.measured
    rows = rows[(rows["indicator"] == indicator.code) & rows["unit"].isin([u.code for u in units])]
    if rows.empty:
        return None
    link = figures.address("indicator", view.year, words)
    columns = [tables.by_unit(catalogue, words), *tables.figures(words)]
    return figures.Drawn(
        f"units-{indicator.code}".replace(".", "-"),
        f"{words.name(indicator)}: {findings.parts_title(rows, catalogue, words)}",
        figures.Ready(charts.unit_bars(rows, catalogue, words, theme, link)),
        charts.unit_bars_words(rows, catalogue, words),
        Listed(words.name(indicator), charts.most_missing_first(rows), columns),
    )
