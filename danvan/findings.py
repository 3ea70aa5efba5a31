"""What the figures say, in words: the year's sentence, and what is still missing.

Pages, exports and slides show these same words; nothing is computed here that completion
did not return.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from danvan.completion import state_counts
from danvan.model import Catalogue, Direction, Unit
from danvan.rows import Row, known, rows_of
from danvan.states import ASKED, JUDGED, REACHED, State
from danvan.wording import NBSP, Language, Words, number, percent

LISTED = 4  # units named in one line before the rest are counted
TROUBLED = (State.MISSED, State.NEAR, State.NOT_REPORTED)
"""What is still missing, the worst first."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence; a state gives it that state's tone."""

    text: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """One indicator that is not reached or not reported: what, how much, where."""

    indicator: str
    unit: str
    name: str
    state: State
    how_much: str
    where: str


def year_sentence(measured: pd.DataFrame, year: int, words: Words) -> list[Phrase]:
    """The sentence that an official reads first; `measured` is one unit's figures of the year."""
    counts = state_counts(measured)
    asked = sum(counts.get(state, 0) for state in (*JUDGED, State.NOT_REPORTED, State.TOO_EARLY))
    targets = int(measured.loc[measured["state"].isin(ASKED), "target"].notna().sum())
    reached = sum(counts.get(state, 0) for state in REACHED)
    missing = counts.get(State.NOT_REPORTED, 0)
    if not asked:
        key = "finding.nothing_asked" if len(measured) else "finding.nothing"
        return [Phrase(words(key, year=year))]
    phrases = [Phrase(words("finding.year", year=year) + " ")]
    if targets:
        text = words(_reached_key(counts), n=targets, reached=reached)
        phrases.append(Phrase(text, State.MET if reached else None))
    for state in (State.NEAR, State.MISSED, State.TOO_EARLY):
        if counts.get(state):
            text = words(f"finding.{state}", n=counts[state])
            phrases += [Phrase(", "), Phrase(text, state)]
    if missing:
        separator = "; " if targets else ""
        text = words("finding.not_reported", n=missing)
        phrases += [Phrase(separator), Phrase(text, State.NOT_REPORTED)]
    return [*phrases, Phrase(".")]


def sentence(phrases: Sequence[Phrase]) -> str:
    """The phrases as plain text."""
    return "".join(phrase.text for phrase in phrases)


def figure(row: Row, words: Words, *, with_measure: bool = True) -> str:
    """A figure as it is shown everywhere: "23/23 nhiệm vụ", "98 % (12/15 đơn vị báo cáo)"."""
    decimals = int(row["decimals"])
    target = row["target"] if known(row["target"]) else None
    if not known(row["result"]):
        return words("figure.none" if row["denominator"] != 0 else "figure.nothing_arose")
    text = number(row["result"], decimals, beside=target)
    text = words("figure.about", number=text) if row["approximate"] else text
    if target is not None:
        text += f"/{number(target, decimals)}"
    if with_measure:
        text += NBSP + measure(row, words, row["result"] if target is None else target)
    if row["joined"] and row["units_reported"] < row["units_expected"]:
        reported, expected = row["units_reported"], row["units_expected"]
        text += " " + words("figure.coverage", reported=reported, expected=expected)
    return text


def name(row: Row, words: Words) -> str:
    """The name of a row's indicator in the reader's language."""
    english = words.language == Language.EN and row.get("name_en")
    return str(row["name_en"] if english else row["name"])


def measure(row: Row, words: Words, count: float) -> str:
    """The unit of measure of a row's indicator, for so many."""
    one, _, many = str(row["measure_en"]).partition("/")
    if words.language != Language.EN or not one:
        return str(row["measure"])
    return many if many and count != 1 else one


def missing(measured: pd.DataFrame, unit: str, catalogue: Catalogue, words: Words) -> list[Missing]:
    """What the unit still owes, the worst first; `measured` holds its subtree as well."""
    own = measured[measured["unit"] == unit]
    lines = [
        Missing(
            indicator=row["indicator"],
            unit=unit,
            name=name(row, words),
            state=State(row["state"]),
            how_much=_how_much(row, words),
            where=_where(row, measured, catalogue, words),
        )
        for row in rows_of(own[own["state"].isin(TROUBLED)])
    ]
    return sorted(lines, key=lambda line: TROUBLED.index(line.state))


def judged_title(measured: pd.DataFrame, words: Words) -> str:
    """The finding of the indicators with a target: what lags most, or that nothing does."""
    judged = measured[measured["state"].isin(JUDGED)]
    behind = judged[~judged["state"].isin(REACHED)].sort_values("ratio")
    if len(behind):
        worst = rows_of(behind.head(1))[0]
        if not known(worst["ratio"]):
            return words("finding.behind", n=len(behind), name=name(worst, words))
        ratio = percent(worst["ratio"])
        return words("finding.worst", n=len(behind), name=name(worst, words), ratio=ratio)
    if len(judged):
        return words("finding.all_reached", n=len(judged))
    return words("finding.none_judged")


def areas_title(measured: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The finding of the areas: where something is missing."""
    troubled = measured[measured["state"].isin(TROUBLED)]
    names = [words.name(a) for a in catalogue.areas if a.code in set(troubled["area"])]
    if not names:
        return words("finding.areas_fine")
    shown = ", ".join(names[:LISTED])
    rest = len(names) - LISTED
    return words("finding.areas", names=shown) + _and_more(rest, words)


def _reached_key(counts: Mapping[State, int]) -> str:
    met, exceeded = counts.get(State.MET, 0), counts.get(State.EXCEEDED, 0)
    if met and exceeded:
        return "finding.reached"
    return "finding.exceeded_only" if exceeded else "finding.met_only"


def _how_much(row: Row, words: Words) -> str:
    """How much is missing: a gap in the indicator's measure, or that nothing came."""
    if row["state"] == State.NOT_REPORTED:
        if row["joined"] and row["units_reported"]:
            return words("missing.partly", n=int(row["units_expected"] - row["units_reported"]))
        return words("figure.none")
    if row["direction"] == Direction.BAND:
        return words("missing.outside")
    key = "missing.over" if row["direction"] == Direction.LESS else "missing.short"
    gap = abs(row["target"] - row["result"])
    text = number(gap, int(row["decimals"])) + NBSP + measure(row, words, gap)
    return words(key, gap=text)


def _where(row: Row, measured: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The units below that are behind with the same indicator; the unit itself where none is."""
    children = {unit.code: unit for unit in catalogue.units if unit.parent == row["unit"]}
    below = measured[
        (measured["indicator"] == row["indicator"])
        & measured["unit"].isin(children)
        & measured["state"].isin(TROUBLED)
    ]
    named = [_unit_gap(other, children, words) for other in rows_of(below)]
    if not named:
        return words.name(catalogue.unit[row["unit"]])
    rest = len(named) - LISTED
    return ", ".join(named[:LISTED]) + _and_more(rest, words)


def _and_more(rest: int, words: Words) -> str:
    return " " + words("finding.and_more", n=rest) if rest > 0 else ""


def _unit_gap(row: Row, units: Mapping[str, Unit], words: Words) -> str:
    unit = words.name(units[row["unit"]])
    if row["state"] == State.NOT_REPORTED or not known(row["target"]):
        return unit
    gap = number(abs(row["target"] - row["result"]), int(row["decimals"]))
    return f"{unit} ({gap})"
