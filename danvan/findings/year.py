"""The sentence that an official reads first: how many figures are in which state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from danvan.completion import state_counts
from danvan.completion.over_periods import has_target
from danvan.model import Period
from danvan.states import ASKED, JUDGED, REACHED, State
from danvan.wording import Words, first_upper


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence; a state gives it that state's tone."""

    text: str
    state: State | None = None


def year_sentence(
    measured: pd.DataFrame, year: int, words: Words, period: Period = Period.YEAR
) -> list[Phrase]:
    """The sentence that an official reads first; `measured` is one unit's figures of the period."""
    counts = state_counts(measured)
    asked = sum(counts.get(state, 0) for state in (*JUDGED, State.NOT_REPORTED, State.TOO_EARLY))
    targets = int(has_target(measured[measured["state"].isin(ASKED)]).sum())
    reached = sum(counts.get(state, 0) for state in REACHED)
    missing = counts.get(State.NOT_REPORTED, 0)
    if not asked:
        key = "finding.nothing_asked" if len(measured) else "finding.nothing"
        return [Phrase(words(key, year=year))]
    phrases = [Phrase(f"{when(year, period, words)}: ")]
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


def when(year: int, period: Period, words: Words) -> str:
    """The time that figures are about: "Năm 2022", "Quý III năm 2022"."""
    if period is Period.YEAR:
        return words("finding.year", year=year)
    text = words("finding.period", period=words(f"period.{period}"), year=year)
    return first_upper(text)


def sentence(phrases: Sequence[Phrase]) -> str:
    """The phrases as plain text."""
    return "".join(phrase.text for phrase in phrases)


def _reached_key(counts: Mapping[State, int]) -> str:
    met, exceeded = counts.get(State.MET, 0), counts.get(State.EXCEEDED, 0)
    if met and exceeded:
        return "finding.reached"
    return "finding.exceeded_only" if exceeded else "finding.met_only"
