"""Reports: who has reported, who has not and who was late; and every unit by the states of its figures."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from danvan import findings
from danvan.completion import Report, arrivals, coverage, due_day, state_counts
from danvan.meeting.gathered import Meeting
from danvan.meeting.paging import FULL, brief, paged
from danvan.report.slide import Line, Slide
from danvan.rows import Row, rows_of
from danvan.states import ASKED, LOOKS, REACHED, TROUBLED, State
from danvan.wording import day, first_upper

TOLD = (Report.NONE, Report.PARTLY, Report.LATE, Report.COMPLETE)  # who has not come is told first
MANY = 8  # units in one column before there are two
ROOM = 9  # lines of text above the names of those that have reported


def reports(meeting: Meeting) -> Iterator[Slide]:
    """Who of the units below has reported: those that have not come one by one, the others by name."""
    words = meeting.words
    told = _coverage(meeting)
    asked = told[told["state"].isin(TOLD)]
    if asked.empty:
        return
    order = asked["state"].map({str(state): at for at, state in enumerate(TOLD)})
    ordered = asked.assign(order=order).sort_values(["order", "days_late"], kind="stable")
    fine = ordered["state"] == Report.COMPLETE
    lines = [
        Line(_named(row, meeting), f"{row['reported']}/{row['expected']}", said=_word(row, meeting))
        for row in rows_of(ordered[~fine])
    ]
    names = [_named(row, meeting) for row in rows_of(ordered[fine])]
    in_time = [words("meeting.in_time", n=len(names), names=", ".join(names))] if names else []
    slide = Slide(
        "reports",
        findings.coverage_sentence(told, words),
        above=words("coverage.title"),
        note=" ".join([*in_time, _due(meeting)]),
    )
    yield from paged(slide, lines, ROOM, words)


def _named(row: Row, meeting: Meeting) -> str:
    return meeting.name_of(meeting.catalogue.unit[row["unit"]])


def _word(row: Row, meeting: Meeting) -> str:
    return first_upper(findings.report_word(row, meeting.words))


def states_of_units(meeting: Meeting) -> Iterator[Slide]:
    """Every unit below with the states of its figures, the one with most that is missed first."""
    words, codes = meeting.words, [unit.code for unit in meeting.below]
    cells = meeting.rows[meeting.rows["unit"].isin(codes) & meeting.rows["state"].isin(ASKED)]
    if cells.empty:
        return
    counts = {str(code): state_counts(rows) for code, rows in cells.groupby("unit", sort=False)}
    order = sorted(counts, key=lambda code: [-counts[code].get(state, 0) for state in State])
    lines = [
        Line(
            meeting.name_of(meeting.catalogue.unit[code]),
            words(
                "meeting.reached",
                reached=sum(counts[code].get(state, 0) for state in REACHED),
                asked=sum(counts[code].values()),
            ),
            counts=counts[code],
        )
        for code in order
    ]
    signs = " · ".join(f"{LOOKS[state].sign} {words(f'state.{state}')}" for state in TROUBLED)
    slide = Slide(
        "units",
        brief(findings.matrix_title(cells, meeting.catalogue, words)),
        above=words("meeting.units"),
        columns=2 if len(lines) > MANY else 1,
        note=f"{signs}. {words('meeting.units_note')}",
    )
    yield from paged(slide, lines, FULL - 1, words)


def _coverage(meeting: Meeting) -> pd.DataFrame:
    catalogue = meeting.catalogue
    owner = {code: one.code for one in meeting.below for code in catalogue.subtree(one.code)}
    owner = owner or {meeting.unit.code: meeting.unit.code}
    came = arrivals(meeting.origins[meeting.origins["unit"].isin(owner)], meeting.period, catalogue)
    return coverage(meeting.rows, came, owner, meeting.rule, meeting.period, meeting.on)


def _due(meeting: Meeting) -> str:
    words, due = meeting.words, due_day(meeting.rule, meeting.period)
    if meeting.on <= due:
        return first_upper(words("coverage.not_due", day=day(due))) + "."
    return words("coverage.due", day=day(due))
