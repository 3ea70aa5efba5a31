"""Lists: what the registers say in the hall: models that stand out, tasks behind, awards by level.

Registers are of a whole year: a part of one has none of these screens.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from danvan import findings
from danvan.meeting.gathered import Meeting
from danvan.meeting.paging import FULL, brief, paged
from danvan.model import Period, Register
from danvan.registers import LEVELS, NONE, with_keys
from danvan.report.slide import Line, Slide
from danvan.rows import rows_of
from danvan.wording import Words, first_upper, number

FIRST = ("rewarded", "outstanding")  # the highest that any model has come to is told by name


def models(meeting: Meeting) -> Iterator[Slide]:
    """How many models came how far, and those that came furthest by name."""
    rows, words = _rows(meeting, Register.MODEL), meeting.words
    if rows.empty:
        return
    state = next((one for one in FIRST if (rows["of_state"] == one).any()), "")
    named = rows[rows["of_state"] == state].sort_values(["unit", "entry"])
    lines = [Line(brief(row["name"]), _place(row["unit"], meeting)) for row in rows_of(named)]
    title = first_upper(findings.models_sentence(rows, words))
    note = first_upper(words(f"model.{state}")) if state else ""
    slide = Slide("models", title, above=words("page.models"), note=note)
    yield from paged(slide, lines, FULL + 1, words)  # names have the whole line


def tasks(meeting: Meeting) -> Iterator[Slide]:
    """The tasks that are overdue, the longest first, and who is in charge of each."""
    rows, words = _rows(meeting, Register.TASK), meeting.words
    if rows.empty:
        return
    lines = [
        Line(
            brief(row["name"]),
            findings.task_word(row, words),
            said=brief(row["owner"]) or _place(row["unit"], meeting),
        )
        for row in rows_of(rows[rows["of_standing"] == "overdue"])
    ]
    title = first_upper(brief(findings.tasks_sentence(rows, words)))
    yield from paged(Slide("tasks", title, above=words("page.tasks")), lines, FULL - 3, words)


def awards(meeting: Meeting) -> Iterator[Slide]:
    """Who was awarded: how many at each level, to collectives and to individuals."""
    rows, words = _rows(meeting, Register.AWARD), meeting.words
    if rows.empty:
        return
    lines = []
    for level in (*LEVELS, NONE):
        given = rows[rows["of_level"] == level]
        if len(given):
            name = first_upper(words(f"award_level.{level}"))
            lines.append(Line(name, number(len(given)), said=_whose(given, words)))
    title = first_upper(findings.awards_sentence(rows, words))
    yield from paged(Slide("awards", title, above=words("page.awards")), lines, FULL - 2, words)


def _rows(meeting: Meeting, register: Register) -> pd.DataFrame:
    """The rows of the unit and all below it, with what they are sorted by."""
    rows = meeting.entries[register]
    if meeting.period is not Period.YEAR:
        rows = rows.head(0)
    mine = rows[rows["unit"].isin(meeting.catalogue.subtree(meeting.unit.code))]
    return with_keys(mine, register, meeting.on)


def _place(unit: str, meeting: Meeting) -> str:
    return meeting.name_of(meeting.catalogue.unit[unit])


def _whose(awards: pd.DataFrame, words: Words) -> str:
    """ "5 tập thể, 12 cá nhân" of some awards."""
    counts = awards["of_kind"].value_counts()
    said = [
        words(f"awards_to.{kind}", n=int(counts[kind]))
        for kind in ("collective", "individual")
        if kind in counts
    ]
    return ", ".join(said)
