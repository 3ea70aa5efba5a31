"""Keys: what the rows of a register are sorted, counted and filtered by, one column for each.

A key is never blank: "none" is what the row does not say, or says in words that nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from danvan.intake.spelling import spelled
from danvan.model import Register
from danvan.registers.deadlines import deadline, with_standing
from danvan.registers.decisions import decision
from danvan.registers.kinds import HOLDERS, field_of, holder_of, level_of, renewal_of

NONE = "none"


def with_keys(rows: pd.DataFrame, register: Register, on: date) -> pd.DataFrame:
    """The rows of a register (Store.entries) with their keys, the newest or most urgent first.

    Models have of_field, of_state, of_kind and of_renewal; tasks of_standing, of_area and of_key, and what
    with_standing adds for the day, and `unread`: whether a deadline is neither a day nor work
    without an end; awards of_level, of_kind, of_form and of_decision. A form and a decision are
    written as the first row has them, however often they are spelled another way.
    """
    match register:
        case Register.MODEL:
            return _models(rows)
        case Register.TASK:
            return _tasks(rows, on)
        case _:
            return _awards(rows)


def _models(rows: pd.DataFrame) -> pd.DataFrame:
    # before there was a column for it, whose a model is was all that its note said
    whose = rows["kind"].where(rows["kind"] != "", rows["note"].where(_is_holder(rows["note"]), ""))
    keyed = rows.assign(
        of_field=_each(rows["field"], field_of),
        of_state=_each(rows["state"], str),
        of_kind=_each(whose, holder_of),
        of_renewal=_each(rows["renewal"], renewal_of),
    )
    return keyed.sort_values(["year", "submission", "entry"], ascending=False)


def _is_holder(notes: pd.Series[str]) -> pd.Series[bool]:
    names = {spelled(name) for name, *_ in HOLDERS.values()}
    return notes.isin([note for note in notes.unique() if spelled(note) in names])


def _tasks(rows: pd.DataFrame, on: date) -> pd.DataFrame:
    keyed = with_standing(rows, on)
    regular = [
        deadline(text, year).regular
        for text, year in zip(rows["deadline"], rows["year"].tolist(), strict=True)
    ]
    closed = keyed["standing"].isin(("done", "regular"))
    keyed = keyed.assign(
        of_standing=_each(keyed["standing"], str),
        of_area=_alike(rows["area"], spelled),
        of_key=_each(rows["kind"], str),
        unread=keyed["due"].isna() & ~pd.Series(regular, rows.index, dtype="bool") & ~closed,
    )
    rank = keyed["of_standing"].map({"overdue": 0, "done": 3, "regular": 2}).fillna(1)
    return keyed.assign(rank=rank).sort_values(["rank", "due", "entry"]).drop(columns="rank")


def _awards(rows: pd.DataFrame) -> pd.DataFrame:
    keyed = rows.assign(
        of_level=_each(rows["level"], level_of),
        of_kind=_each(rows["kind"], holder_of),
        of_form=_alike(rows["form"], spelled),
        of_decision=_alike(rows["decision"], _same_decision),
    )
    return keyed.sort_values(["year", "decided_on", "entry"], ascending=False)


def _same_decision(text: str) -> object:
    return decision(text) or spelled(text)


def _each(texts: pd.Series[str], key: Callable[[str], str]) -> pd.Series[str]:
    """The key of each text; each text is looked at once."""
    keys = {text: key(text) or NONE for text in texts.unique()}
    return texts.map(keys).astype("str")


def _alike(texts: pd.Series[str], sameness: Callable[[str], object]) -> pd.Series[str]:
    """Each text as the first that is the same wrote it."""
    first: dict[object, str] = {}
    keys = {text: first.setdefault(sameness(text), text) or NONE for text in texts.unique()}
    return texts.map(keys).astype("str")
