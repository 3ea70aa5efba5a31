"""Coverage on a page: who has reported, who is late, each the way to the unit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from danvan import findings
from danvan.completion import Report, due_day
from danvan.rows import Row, rows_of
from danvan.wording import Words, day, first_upper
from ui import cached, figures, markup
from ui.view import View

SHOWN = (Report.NONE, Report.PARTLY, Report.LATE)
TONES = {
    Report.NONE: (":red[**○**]", "coverage.none_head"),
    Report.PARTLY: (":orange[**◐**]", "coverage.partly_head"),
    Report.LATE: (":gray[**◷**]", "coverage.late_head"),
}


@dataclass(frozen=True)
class Coverage:
    """Texts in markdown: how many have reported, and a line for each kind of who has not."""

    reported: int
    asked: int
    sentence: str
    due: str
    lines: list[str]


def told(reports: pd.DataFrame, view: View) -> Coverage:
    """What completion.coverage found, in words with links."""
    words = view.words
    asked = reports[reports["state"] != Report.NOT_ASKED]
    whole = asked["state"].isin([Report.COMPLETE, Report.LATE])
    link = figures.address("unit", view.year, words)
    lines = []
    for state in SHOWN:
        rows = rows_of(asked[asked["state"] == state].sort_values("days_late", ascending=False))
        if rows:
            sign, head = TONES[state]
            named = ", ".join(_unit(row, state, link(row), view) for row in rows)
            lines.append(f"{sign} **{words(head, n=len(rows))}**: {named}")
    return Coverage(
        reported=int(whole.sum()),
        asked=len(asked),
        sentence=markup.plain(findings.coverage_sentence(reports, words)),
        due=_due(view),
        lines=lines,
    )


def _due(view: View) -> str:
    due = due_day(view.rule, view.period)
    if cached.day(view.as_of) <= due:
        return first_upper(view.words("coverage.not_due", day=day(due))) + "."
    return view.words("coverage.due", day=day(due))


def show(coverage: Coverage, words: Words) -> None:
    """The count, a bar as long as it, and who is missing."""
    st.subheader(words("coverage.title"), anchor=False)
    if not coverage.asked:
        st.markdown(words("coverage.not_asked"))
        return
    st.markdown(f"#### {coverage.reported}/{coverage.asked}", width="content")
    st.progress(coverage.reported / coverage.asked)
    st.caption(f"{coverage.sentence}. {coverage.due}")
    for line in coverage.lines:
        st.markdown(line)


def _unit(row: Row, state: Report, target: str, view: View) -> str:
    name = markup.plain(view.words.name(view.catalogue.unit[row["unit"]]))
    if state is Report.LATE:
        name += f" ({view.words('coverage.days', n=int(row['days_late']))})"
    if state is Report.PARTLY:
        name += f" ({row['reported']}/{row['expected']})"
    return f"[{name}]({target})"
