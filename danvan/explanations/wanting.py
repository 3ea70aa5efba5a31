"""Wanting: the figures that ask their unit for an explanation: those missed, and those sent back."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from danvan.explanations.showing import KEY
from danvan.model import Period, YearRule
from danvan.states import State
from danvan.store import Store

MISSED, RETURNED = "missed", "returned"
WANTED = {
    **dict.fromkeys(KEY, "str"),
    "why": "str",
    "comment": "str",
    "explained": "bool",
    "waits": "bool",
}


def wanted(
    store: Store, rule: YearRule, rows: pd.DataFrame, as_of: datetime | None = None
) -> pd.DataFrame:
    """What asks for an explanation in a year (columns WANTED), explained or not, in the order of `rows`.

    `rows` are those of listing.judged. `why` is MISSED: the figure of the year or of a round is
    missed, and it is the unit's own: it was given the target or entered the result, while what is
    only joined from below is explained there. Or RETURNED, with the `comment` of whoever sent it
    back, until it is handed in again; of an earlier moment only what was missed is known.
    `explained` is whether an explanation counts, of what was returned one given since; `waits`
    whether one is handed in that nobody has decided about.
    """
    missed = _missed(rule, rows)
    if as_of is not None:
        return missed.astype(WANTED)
    waiting = store.waiting_explanations()
    waiting = waiting[(waiting["year"] == rule.year) & (waiting["text"] != "")]
    missed = missed.assign(waits=_keys(missed).isin(_keys(waiting)))
    found = pd.concat([missed, _returned(store, rule.year, waiting)], ignore_index=True)
    return found.astype(WANTED)


def unexplained(found: pd.DataFrame) -> pd.DataFrame:
    """Missed figures without an explanation that counts: with them no year is closed."""
    return found[(found["why"] == MISSED) & ~found["explained"]]


def _missed(rule: YearRule, rows: pd.DataFrame) -> pd.DataFrame:
    asked = {str(Period.YEAR), *map(str, rule.round)}
    found = rows[(rows["state"] == State.MISSED) & rows["period"].isin(asked)]
    aimed, about = rows[rows["target_fact"].notna()], ["unit", "indicator"]
    own = pd.MultiIndex.from_frame(found[about]).isin(pd.MultiIndex.from_frame(aimed[about]))
    found = found[~found["joined"] | own]
    return found[KEY].assign(
        why=MISSED, comment="", explained=found["explanation"] != "", waits=False
    )


def _returned(store: Store, year: int, waiting: pd.DataFrame) -> pd.DataFrame:
    """What was sent back and not handed in again; said since is explained."""
    found = store.sent_back(year).drop_duplicates(KEY, keep="last")  # target and result, once
    since = [_since(found, explanations) for explanations in (store.explanations(year), waiting)]
    return found[KEY].assign(
        why=RETURNED, comment=found["comment"], explained=since[0], waits=since[1]
    )


def _since(returned: pd.DataFrame, explanations: pd.DataFrame) -> pd.Series[bool]:
    """Whether each figure was explained after it was sent back."""
    said = (
        explanations[[*KEY, "at"]].rename(columns={"at": "said"}).drop_duplicates(KEY, keep="last")
    )
    both = returned.merge(said, on=KEY, how="left")
    return pd.Series((both["said"] > both["at"]).to_numpy(), returned.index, dtype=bool)


def _keys(frame: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[KEY])
