"""Key groups: a screen for each, its leading figure large, the year before and the years beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from danvan.findings import change, figure, name, ratio
from danvan.meeting.gathered import Meeting
from danvan.meeting.paging import brief
from danvan.model import Direction, KeyGroup
from danvan.report.slide import Bar, Line, Point, Slide
from danvan.rows import Row, known, rows_of
from danvan.states import State
from danvan.wording import Words, number

FEW = 2  # other indicators below each other; more stand in two columns


def groups(meeting: Meeting) -> Iterator[Slide]:
    """A screen for each key group of which the unit has a figure in the period."""
    rows = {row["indicator"]: row for row in rows_of(meeting.own)}
    for group in meeting.catalogue.groups:
        mine = [rows[code] for code in group.indicators if code in rows]
        told = [row for row in mine if known(row["result"]) or known(row["target"])]
        if told:
            yield _screen(group, told, meeting)


def bar(row: Row) -> Bar | None:
    """The result and its target where both are numbers that a bar can show."""
    drawn = known(row["result"]) and known(row["target"])
    if not drawn or row["result"] < 0 or row["target"] <= 0 or row["direction"] == Direction.BAND:
        return None
    return Bar(row["result"], row["target"])


def beside(row: Row, words: Words) -> tuple[str, ...]:
    """What stands next to a figure's state: its percentage, and how many units it is of."""
    said = [ratio(row)] if known(row["ratio"]) else []
    if row["joined"] and known(row["result"]) and row["units_reported"] < row["units_expected"]:
        reported, expected = row["units_reported"], row["units_expected"]
        said.append(words("meeting.coverage", reported=reported, expected=expected))
    return tuple(said)


def large(row: Row, words: Words) -> str:
    """The figure alone, as it is shown everywhere; how many units it is of stands beside it."""
    return brief(figure({**row, "joined": False}, words))


def _screen(group: KeyGroup, rows: Sequence[Row], meeting: Meeting) -> Slide:
    words, (lead, *others) = meeting.words, rows
    years = meeting.years
    series = years[years["indicator"] == lead["indicator"]] if len(years) else years
    return Slide(
        f"group-{group.code}",
        brief(name(lead, words)),
        above=meeting.name_of(group),
        figure=large(lead, words),
        state=State(lead["state"]) if lead["state"] else None,
        beside=beside(lead, words),
        bar=bar(lead),
        said=tuple(_before(lead, series, words)),
        years=_points(series),
        lines=tuple(_line(row, words) for row in others),
        columns=2 if len(others) > FEW else 1,
    )


def _line(row: Row, words: Words) -> Line:
    state = State(row["state"]) if row["state"] else None
    return Line(brief(name(row, words)), brief(figure(row, words)), state)


def _before(row: Row, series: pd.DataFrame, words: Words) -> Iterator[str]:
    """The year before in words, as the card of the overview says it."""
    before = series[series["year"] == row["year"] - 1] if len(series) else series
    for old in rows_of(before):
        values: dict[str, Any] = {"year": str(old["year"]), "figure": figure(old, words)}
        if not (known(old["result"]) and known(row["result"]) and row["due"]):
            yield brief(words("card.before", **values))
            return
        gap = row["result"] - old["result"]
        key = "more" if gap > 0 else "less" if gap < 0 else "same"
        yield brief(words(f"card.{key}", gap=change(old, row, words), **values))


def _points(series: pd.DataFrame) -> tuple[Point, ...]:
    """The years of the figure that are over; nothing where there is but one."""
    if len(series):
        series = series[series["due"]]  # a part of a year is no point of a line
    if len(series) < 2 or series["result"].notna().sum() < 2:
        return ()
    told = {row["year"]: row for row in rows_of(series)}
    return tuple(_point(year, told.get(year)) for year in range(min(told), max(told) + 1))


def _point(year: int, row: Row | None) -> Point:
    if row is None or not known(row["result"]):
        return Point(year, None, "–")
    return Point(year, row["result"], number(row["result"], int(row["decimals"])))
