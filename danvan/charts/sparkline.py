"""The sparkline: how a figure went over the years, as small as a word.

Drawn as a plain SVG: a page shows several, and each plotly chart takes longer to draw than the
whole page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from danvan.charts.theme import FONT, LIGHT, Theme
from danvan.findings import figure
from danvan.rows import Row, known, rows_of
from danvan.wording import Words

WIDTH, HEIGHT = 240, 64  # units of the picture; it is drawn as wide as its card
LEFT, RIGHT, TOP, BOTTOM = 16, 224, 8, 40  # where the line runs
BASE = 58  # where the years stand


def sparkline(years: pd.DataFrame, theme: Theme = LIGHT) -> str:
    """An SVG of a line over the years, its ends named; a year without a figure is a gap; "" for none.

    `years` holds a row a year. The last figure is a dot, an empty one while its year is not over.
    """
    rows = rows_of(years.sort_values("year"))
    if not rows:
        return ""
    points = [_point(row, rows) for row in _every_year(rows)]
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}" fill="none" '
        f'stroke="{theme.muted}" stroke-width="2"/>'
        for run in _runs(points)
    )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{theme.muted}"/>'
        for x, y in filter(None, points)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{lines}{dots}{_end(rows, points, theme)}{_years(rows, theme)}</svg>"
    )


def sparkline_words(years: pd.DataFrame, words: Words) -> str:
    """The line for a reader who cannot see it."""
    rows = rows_of(years.sort_values("year"))
    return "; ".join(f"{row['year']}: {figure(row, words)}" for row in rows)


Point = tuple[float, float]


def _every_year(rows: Sequence[Row]) -> list[Row | None]:
    """The rows in their order, and None for each year between them that has none."""
    told = {row["year"]: row for row in rows}
    return [told.get(year) for year in range(rows[0]["year"], rows[-1]["year"] + 1)]


def _point(row: Row | None, rows: Sequence[Row]) -> Point | None:
    """Where the year's figure stands in the picture; None where there is no figure."""
    if row is None or not known(row["result"]):
        return None
    results = [other["result"] for other in rows if known(other["result"])]
    low, span = min(results), max(results) - min(results)
    first, last = rows[0]["year"], rows[-1]["year"]
    x = LEFT + (RIGHT - LEFT) * (row["year"] - first) / max(last - first, 1)
    share = (row["result"] - low) / span if span else 0.5
    return x, BOTTOM - (BOTTOM - TOP) * share


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    for there, run in groupby(points, key=lambda point: point is not None):
        if there:
            yield [point for point in run if point]


def _end(rows: Sequence[Row], points: Sequence[Point | None], theme: Theme) -> str:
    if not any(points):
        return ""
    x, y = [point for point in points if point][-1]
    due = [row["due"] for row in rows if known(row["result"])][-1]
    inside = theme.link if due else theme.paper
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{inside}" '
        f'stroke="{theme.link}" stroke-width="2"/>'
    )


def _years(rows: Sequence[Row], theme: Theme) -> str:
    style = f'font-family="{FONT}" font-size="12" fill="{theme.muted}" text-anchor="middle"'
    ends = ((LEFT, rows[0]["year"]), (RIGHT, rows[-1]["year"]))
    return "".join(f'<text x="{x}" y="{BASE}" {style}>{year}</text>' for x, year in ends)
