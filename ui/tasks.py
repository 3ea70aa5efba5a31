"""What the page of tasks shows: what is overdue and by how much, the deadlines, and what has none."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from danvan import charts, findings
from danvan.charts import Theme
from danvan.model import Register
from danvan.rows import Row, rows_of
from danvan.states import TASK_LOOKS
from danvan.wording import Words, day
from ui import cached, figures, markup, register, splits, tables
from ui.register import Asked
from ui.tables import Listed
from ui.view import View, made

FIRST = 12  # tracks that are drawn at once
MOST = 60  # tracks of the rest; beyond them the list below is the better way
LISTED = 100  # overdue tasks in words; a reader who has more of them filters the list


@dataclass(frozen=True)
class Tasks:
    """`states`, `judged` and the lines are markdown; a year without tasks has no charts."""

    sentence: str
    states: str
    judged: str
    overdue: list[str]
    undated: list[str]
    deadlines: figures.Drawn | None
    rest: figures.Drawn | None
    areas: figures.Drawn | None


def tasks(view: View) -> Tasks:
    """The tasks of the view's unit and those below it in the year, judged on the view's day."""
    return made(view, "tasks", _tasks)


def _tasks(view: View, theme: Theme) -> Tasks:
    words, rows = view.words, register.rows(Asked(view, Register.TASK))
    sentence = findings.tasks_sentence(rows, words)
    if rows.empty:
        return Tasks(sentence, "", "", [], [], None, None, None)
    overdue = rows[rows["of_standing"] == "overdue"]
    dated = rows[rows["due"].notna()]
    title = findings.deadlines_title(rows, words)
    return Tasks(
        sentence,
        splits.badges(rows["of_standing"], TASK_LOOKS, "task", words),
        words("tasks.judged", day=day(cached.day(view.as_of))),
        [_overdue(row, view) for row in rows_of(overdue.head(LISTED))],
        _undated(rows, view),
        _deadlines(view, "deadlines", title, dated.head(FIRST), theme) if len(dated) else None,
        _deadlines(view, "rest", title, dated.iloc[FIRST : FIRST + MOST], theme)
        if len(dated) > FIRST
        else None,
        _areas(view, rows, theme),
    )


def _overdue(row: Row, view: View) -> str:
    """An overdue task: by how much, its last day as it was written, and who is in charge."""
    words, look = view.words, TASK_LOOKS["overdue"]
    to = register.address(view, Register.TASK, entry=str(row["entry"]))
    unit = view.catalogue.unit.get(row["unit"])
    who = row["owner"] or (words.name(unit) if unit else row["unit"])
    due = words("tasks.due", day=row["deadline"] or "–")
    told = " · ".join(markup.plain(part) for part in (who, due))
    late = markup.plain(findings.task_word(row, words))
    name = f"[{markup.plain(row['name'])}]({to})"
    return f":{look.tone}[**{look.sign}**] **{name}**: {late}  \n:gray[{told}]"


def _undated(rows: pd.DataFrame, view: View) -> list[str]:
    """How many tasks have no day that could be missed, and why; each the way to them."""
    words = view.words
    counts = {
        "regular": int((rows["of_standing"] == "regular").sum()),
        register.UNREAD: int(rows[register.UNREAD].sum()),
    }
    return [
        words(
            f"tasks.{key}",
            n=n,
            link=register.address(view, Register.TASK, standing=key),
        )
        for key, n in counts.items()
        if n
    ]


def _deadlines(view: View, key: str, title: str, rows: pd.DataFrame, theme: Theme) -> figures.Drawn:
    words, on = view.words, cached.day(view.as_of)

    def link(row: Row) -> str:
        return register.address(view, Register.TASK, entry=str(row["entry"]))

    return figures.Drawn(
        key,
        title,
        figures.Ready(charts.deadline_lines(rows, on, view.year, words, theme, link)),
        charts.deadline_lines_words(rows, words),
        Listed(title, rows_of(rows), _columns(words)),
        words("tasks.note"),
    )


def _columns(words: Words) -> list[tables.Column]:
    return [
        tables.text(tables.heading("name", words), lambda row: row["name"], 60),
        tables.text(
            tables.heading("standing", words), lambda row: findings.task_word(row, words), 24
        ),
        tables.text(tables.heading("deadline", words), lambda row: row["deadline"] or "–", 16),
        tables.text(tables.heading("owner", words), lambda row: row["owner"] or "–", 30),
    ]


def _areas(view: View, rows: pd.DataFrame, theme: Theme) -> figures.Drawn:
    words = view.words
    counted = splits.counted(
        rows,
        "of_area",
        "of_standing",
        lambda key: register.key_word(key, "", words),
        lambda key: register.address(view, Register.TASK, area=key),
    )
    title = findings.late_areas_title(rows, words)
    return splits.drawn("areas", title, counted, TASK_LOOKS, "task", words, theme)
