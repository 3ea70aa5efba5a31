"""What the units beside each other say together: how many have reached it, and who has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from danvan.completion import state_counts
from danvan.completion.over_periods import has_target
from danvan.findings.year import Phrase
from danvan.model import Catalogue
from danvan.states import ASKED, REACHED, State
from danvan.wording import Words

LISTED = 4  # names in one line before the rest are counted
NAMED = (State.MISSED, State.NEAR, State.NOT_REPORTED)


def units_sentence(rows: pd.DataFrame, catalogue: Catalogue, words: Words) -> list[Phrase]:
    """The finding of one indicator over the units: "12/15 đơn vị đạt; chưa đạt: Phường 4".

    `rows` holds one row a unit of one period.
    """
    asked = rows[rows["state"].isin(ASKED)]
    told = int(rows["result"].notna().sum())
    if asked.empty and not told:
        return [Phrase(words("together.nothing"))]
    counts = state_counts(asked)
    reached = sum(counts.get(state, 0) for state in REACHED)
    if targets := int(has_target(asked).sum()):
        text = words(_reached_key(counts), n=targets, reached=reached)
    else:
        text = words("together.told", n=told)
    phrases = [Phrase(text, State.MET if reached else None)]
    for state in NAMED:
        units = list(asked.loc[asked["state"] == state, "unit"])
        phrases += _named(state, dict.fromkeys(units, 0), catalogue, words)
    if early := counts.get(State.TOO_EARLY, 0):
        text = words("finding.too_early", n=early)
        phrases += [Phrase("; "), Phrase(text, State.TOO_EARLY)]
    return [*phrases, Phrase(".")]


def every_sentence(
    measured: pd.DataFrame, units: Sequence[str], catalogue: Catalogue, words: Words
) -> list[Phrase]:
    """The finding of everything the units have to answer for: who has reached all, who lacks most."""
    asked = measured[measured["unit"].isin(units) & measured["state"].isin(ASKED)]
    if asked.empty:
        return [Phrase(words("together.nothing_asked"))]
    told = asked["unit"].nunique()
    short = asked[~asked["state"].isin(REACHED)]
    fine = told - short["unit"].nunique()
    phrases = [
        Phrase(words("together.all_reached", n=told, reached=fine), State.MET if fine else None)
    ]
    missed = (short["state"] == State.MISSED).any()
    for state in (State.MISSED if missed else State.NEAR, State.NOT_REPORTED):
        counts = short.loc[short["state"] == state, "unit"].value_counts().to_dict()
        most = {unit: counts[unit] for unit in units if unit in counts}
        ordered = dict(sorted(most.items(), key=lambda item: -item[1]))
        phrases += _named(state, ordered, catalogue, words)
    if early := short.loc[short["state"] == State.TOO_EARLY, "unit"].nunique():
        text = words("together.early", n=early)
        phrases += [Phrase("; "), Phrase(text, State.TOO_EARLY)]
    return [*phrases, Phrase(".")]


def _named(
    state: State, units: Mapping[str, int], catalogue: Catalogue, words: Words
) -> Iterator[Phrase]:
    """ "; chưa đạt: Phường 4 (3), Xã Hòa An (1) và 2 đơn vị khác"."""
    if not units:
        return
    names = [
        f"{words.name(catalogue.unit[unit])} ({count})"
        if count
        else words.name(catalogue.unit[unit])
        for unit, count in list(units.items())[:LISTED]
    ]
    rest = len(units) - LISTED
    more = " " + words("together.and_more", n=rest) if rest > 0 else ""
    yield Phrase("; ")
    yield Phrase(f"{words(f'state.{state}')}:", state)
    yield Phrase(f" {', '.join(names)}{more}")


def _reached_key(counts: Mapping[State, int]) -> str:
    met, exceeded = counts.get(State.MET, 0), counts.get(State.EXCEEDED, 0)
    if met and exceeded:
        return "together.reached"
    return "together.exceeded_only" if exceeded else "together.met_only"
