"""What is still missing: which indicator, how much of it, and at which units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from danvan.findings.explaining import BRIEF, explanation_word
from danvan.findings.figure import measure, name, off, points
from danvan.model import Catalogue, Kind, Unit
from danvan.rows import Row, known, rows_of
from danvan.states import TROUBLED, State
from danvan.wording import NBSP, Words, number


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that is behind: its name, with how much it lacks where that can be said, and in brief
    what it says of it.
    """

    unit: str
    text: str
    state: State
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """One indicator that is not reached or not reported: what, how much, where.

    `places` are the units below that are behind, those with a gap first; none where the unit
    itself is the only one that has the figure.
    """

    indicator: str
    unit: str
    name: str
    state: State
    how_much: str
    places: tuple[Place, ...]
    explanation: str = ""


def missing(measured: pd.DataFrame, unit: str, catalogue: Catalogue, words: Words) -> list[Missing]:
    """What the unit still owes, the worst first; `measured` holds one period of its subtree."""
    own = measured[measured["unit"] == unit]
    owed = own[own["state"].isin(TROUBLED)]
    children = {one.code: one for one in catalogue.units if one.parent == unit}
    behind = measured[
        measured["indicator"].isin(owed["indicator"])
        & measured["unit"].isin(children)
        & measured["state"].isin(TROUBLED)
    ]
    below: dict[str, list[Row]] = {}
    for row in rows_of(behind):
        below.setdefault(row["indicator"], []).append(row)
    lines = [_line(row, below.get(row["indicator"], []), children, words) for row in rows_of(owed)]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _line(
    row: Row, below: Sequence[Row], units: Mapping[str, Unit], words: Words
) -> tuple[tuple[int, float], Missing]:
    """The line, and what it is sorted by: its state, then how far the figure got."""
    state = State(row["state"])
    places = _places(below, units, words)
    how_much = _how_much(row, places, words)
    said = explanation_word(row, words)
    line = Missing(row["indicator"], row["unit"], name(row, words), state, how_much, places, said)
    ratio = row["ratio"] if known(row["ratio"]) else 0.0
    return (TROUBLED.index(state), ratio), line


def _how_much(row: Row, places: Sequence[Place], words: Words) -> str:
    """How much is missing, at how many units, and how many have not reported."""
    silent = sum(place.state is State.NOT_REPORTED for place in places)
    short = len(places) - silent
    if row["state"] == State.NOT_REPORTED:
        waited = silent or int(row["units_expected"] - row["units_reported"])
        if row["joined"] and row["units_reported"] and waited:
            return words("missing.partly", n=waited)
        return words("missing.part" if known(row["result"]) else "figure.none")
    said = [_gap(row, words)]
    if short:
        said.append(words(f"missing.at_{off(row)}", n=short))
    if silent:
        said.append(words("missing.silent", n=silent))
    return "; ".join(said)


def _gap(row: Row, words: Words) -> str:
    """How far the figure is off: "còn thiếu 3 mô hình"."""
    if off(row) == "outside":
        return words("missing.outside")
    gap, decimals = abs(row["target"] - row["result"]), int(row["decimals"])
    if row["kind"] == Kind.PERCENT:
        text = points(gap, decimals, words)
    else:
        text = number(gap, decimals, beside=0) + NBSP + measure(row, words, gap)
    return words(f"missing.{off(row)}", gap=text)


def _places(rows: Sequence[Row], units: Mapping[str, Unit], words: Words) -> tuple[Place, ...]:
    """The units behind: those with a gap first, the largest first, then those without a report."""
    found = [(_size(row), _place(row, units[row["unit"]], words)) for row in rows]
    found.sort(key=lambda pair: -pair[0])
    return tuple(place for _, place in found)


def _place(row: Row, unit: Unit, words: Words) -> Place:
    state, text = State(row["state"]), words.name(unit)
    if size := _size(row):
        text += f" ({number(size, int(row['decimals']), beside=0)})"
    return Place(unit.code, text, state, explanation_word(row, words, BRIEF))


def _size(row: Row) -> float:
    """How far the unit is from its target; 0 where that is no number."""
    if row["state"] == State.NOT_REPORTED or not (known(row["target"]) and known(row["result"])):
        return 0.0
    return float(abs(row["target"] - row["result"]))
