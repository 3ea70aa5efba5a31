"""Behind: what is missed, nearly reached or not reported, one finding a screen, and how it is explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from danvan import findings
from danvan.findings import Missing, explanation_word, figure
from danvan.meeting.gathered import Meeting
from danvan.meeting.groups import bar, beside, large
from danvan.meeting.paging import FULL, brief, paged, short
from danvan.report.slide import Line, Slide
from danvan.rows import Row, rows_of
from danvan.states import State
from danvan.wording import Words, first_upper

MOST = 12  # findings with a screen of their own: more nobody sits through
ROOM = 6  # lines of text below a figure
BESIDE = 3  # names beside each other where there is nothing to say of each
Rows = Mapping[tuple[str, str], Row]


def behind(meeting: Meeting) -> Iterator[Slide]:
    """A screen for each of the worst findings, and the others on one list."""
    words = meeting.words
    found = findings.missing(meeting.rows, meeting.unit.code, meeting.catalogue, words)
    if not found:
        if len(meeting.own):
            title = words("overview.nothing_missing")
            yield Slide("behind", title, above=words("meeting.behind_none"))
        return
    rows: Rows = {(row["indicator"], row["unit"]): row for row in rows_of(meeting.rows)}
    for place, one in enumerate(found[:MOST], 1):
        above = words("meeting.behind", place=place, all=len(found))
        yield from _screens(one, rows, above, meeting)
    if rest := found[MOST:]:
        yield from _rest(rest, rows, len(found), meeting)


def explanation(row: Row, words: Words) -> str:
    """What people said of a figure: its explanation, else what stood beside its result; why it does
    not apply; with its target.
    """
    said = [explanation_word(row, words) or row["result_note"], row["reason"]]
    if row["target_note"]:
        said.append(words("card.target_note", note=row["target_note"]))
    return short(" ".join(part for part in said if part))


def _screens(one: Missing, rows: Rows, above: str, meeting: Meeting) -> list[Slide]:
    words, row = meeting.words, rows[one.indicator, one.unit]
    units = [rows[one.indicator, place.unit] for place in one.places]
    own = explanation(row, words)
    said = [explanation(unit, words) for unit in units]
    silent = words("meeting.silent") if not own and not any(said) else ""
    shared = said[0] if said and said[0] and not own and len(set(said)) == 1 else ""
    each = any(said) and not shared
    lines = [
        _line(unit, "" if not each else text, meeting, each)
        for unit, text in zip(units, said, strict=True)
    ]
    slide = Slide(
        f"behind-{one.indicator}",
        brief(one.name),
        above=above,
        figure=large(row, words),
        state=one.state,
        beside=beside(row, words),
        gap=_gap(one, row, words),
        bar=bar(row),
        quote=own or shared,
        silent=silent,
        columns=1 if each else BESIDE,
    )
    return paged(slide, lines, ROOM, words)


def _gap(one: Missing, row: Row, words: Words) -> str:
    """How much is missing; nothing where the figure says the same."""
    gap = brief(one.how_much)
    return "" if gap == large(row, words) else first_upper(gap)


def _line(row: Row, said: str, meeting: Meeting, each: bool) -> Line:
    """A unit that is behind, with its figure and, where any of them explains, what it says."""
    words = meeting.words
    return Line(
        meeting.name_of(meeting.catalogue.unit[row["unit"]]),
        brief(figure({**row, "joined": False}, words, with_measure=False)),
        State(row["state"]),
        said or (words("meeting.silent") if each else ""),
        quiet=each and not said,
    )


def _rest(rest: Sequence[Missing], rows: Rows, all_of_them: int, meeting: Meeting) -> list[Slide]:
    words = meeting.words
    lines = [
        Line(
            brief(one.name),
            large(rows[one.indicator, one.unit], words),
            one.state,
            _gap(one, rows[one.indicator, one.unit], words),
        )
        for one in rest
    ]
    title = words("meeting.rest", n=len(rest))
    above = words("meeting.behind_rest", first=all_of_them - len(rest) + 1, all=all_of_them)
    return paged(Slide("behind-rest", title, above=above), lines, FULL, words)
