"""Paging: a list that one screen cannot hold goes on on the next; nothing of it is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from textwrap import wrap

from danvan.report.slide import Line, Slide
from danvan.wording import Words, in_one_line

NAME, FIGURE, SAID = 28, 18, 62  # characters that a line of each column holds
LONGEST_NAME = 160  # characters; a longer name is none, and would leave no room for anything else
LONGEST = 1000  # characters of what somebody wrote; no page shows more of one text
PIECE = SAID * 5  # characters before what was said goes on in a line of its own
SLACK = 2  # lines more for which a smaller type is better than a screen of their own
FULL = 13  # lines of a screen that has nothing but a list


def paged(slide: Slide, lines: Sequence[Line], room: int, words: Words) -> list[Slide]:
    """The slide with as many of the lines as there is room for, and the others on further ones.

    `room` is in lines of text below what else the slide shows. Further slides have only the title.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    whole = sum(_size(piece) for piece in pieces) <= (room + SLACK) * slide.columns
    parts = [pieces] if whole else list(_parts(pieces, room, slide.columns))
    if len(parts) <= 1:
        return [replace(slide, lines=tuple(pieces))]
    more = [
        Slide(
            f"{slide.key}-{number}",
            slide.title,
            above=words("meeting.continued", above=slide.above, part=number, parts=len(parts)),
            state=slide.state,
            lines=tuple(part),
            columns=slide.columns,
        )
        for number, part in enumerate(parts[1:], 2)
    ]
    first = words("meeting.continued", above=slide.above, part=1, parts=len(parts))
    return [replace(slide, above=first, lines=tuple(parts[0])), *more]


def brief(text: str) -> str:
    """A name or a figure in one line, no longer than either can be."""
    line = in_one_line(text)
    return line if len(line) <= LONGEST_NAME else f"{line[:LONGEST_NAME]}…"


def short(text: str) -> str:
    """What somebody wrote, no longer than pages show of it."""
    line = in_one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _pieces(line: Line) -> Iterator[Line]:
    """The line, what is said in it cut into pieces that a screen can hold."""
    pieces = wrap(short(line.said), PIECE) or [""]
    yield replace(line, said=pieces[0])
    for piece in pieces[1:]:
        yield Line(line.name, state=line.state, said=piece)


def _parts(lines: Sequence[Line], room: int, columns: int) -> Iterator[list[Line]]:
    part: list[Line] = []
    left = float(room * columns)
    for line in lines:
        size = _size(line)
        if part and size > left:
            yield part
            part, left = [], float(FULL * columns)
        part.append(line)
        left -= size
    if part:
        yield part


def _size(line: Line) -> int:
    return max(
        ceil(len(line.name) / NAME),
        ceil(len(line.figure) / FIGURE),
        ceil(len(line.said) / SAID),
        1,
    )
