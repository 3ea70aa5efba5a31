"""Screens: which there are, in the order of a meeting; to add a kind is to add its function here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from danvan import findings
from danvan.completion import state_counts
from danvan.meeting.behind import behind
from danvan.meeting.gathered import Meeting
from danvan.meeting.groups import groups
from danvan.meeting.lists import awards, models, tasks
from danvan.meeting.reports import reports, states_of_units
from danvan.report.slide import Slide
from danvan.wording import first_upper, moment


def opening(meeting: Meeting) -> Iterator[Slide]:
    """Whose figures, of what time, as of when."""
    words = meeting.words
    said = [words("meeting.frozen", at=moment(meeting.at))]
    if meeting.generated:
        said.append(words("meeting.generated"))
    yield Slide(
        "opening",
        meeting.name,
        above=words("overview.subject"),
        figure=meeting.when,
        said=tuple(said),
        note=words("meeting.sum", sha256=meeting.sha256),
        first=True,
    )


def the_year(meeting: Meeting) -> Iterator[Slide]:
    """The sentence an official reads first, and the strip of states."""
    own, words = meeting.own, meeting.words
    said = findings.year_sentence(own, meeting.year, words, meeting.period)
    counts = state_counts(own)
    yield Slide(
        "year",
        findings.sentence(said),
        above=words("meeting.the_year"),
        strip=counts,
        note=words("meeting.of_figures", n=sum(counts.values())) if counts else "",
    )


def frozen(meeting: Meeting) -> Iterator[Slide]:
    """What the figures were frozen at, and how anybody can check them."""
    words = meeting.words
    rows = words("meeting.rows", n=len(meeting.listed))
    said = [words("meeting.frozen", at=moment(meeting.at)), rows, words("meeting.check")]
    yield Slide(
        "frozen",
        words("meeting.frozen_title"),
        above=first_upper(words("meeting.above_frozen")),
        said=tuple(said),
        code=f"{meeting.command} | sha256sum",
        note=words("meeting.sum", sha256=meeting.sha256),
    )


SCREENS: tuple[Callable[[Meeting], Iterator[Slide]], ...] = (
    opening,
    the_year,
    groups,
    behind,
    models,
    tasks,
    awards,
    reports,
    states_of_units,
    frozen,
)


def slides(meeting: Meeting) -> tuple[Slide, ...]:
    """Every screen of the meeting."""
    return tuple(slide for screens in SCREENS for slide in screens(meeting))
