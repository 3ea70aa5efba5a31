"""What a presentation consists of: screens of plain texts and rows, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from danvan.states import State
from danvan.wording import Language


@dataclass(frozen=True, slots=True)
class Bar:
    """A result as a bar, and its target as a mark on it; both 0 or more."""

    result: float
    target: float


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a line; `value` is None where there is no figure."""

    year: int
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: whom or what it is about, its figure, and what is said of it.

    `quiet` is for what is said in place of words that nobody gave. `counts` draws a strip.
    """

    name: str
    figure: str = ""
    state: State | None = None
    said: str = ""
    quiet: bool = False
    counts: Mapping[State, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. Whatever is empty is not drawn.

    `key` names it for good; `above` stands small above the title, `figure` is the one large
    number with `state`, `beside` and, strongest, the `gap` next to it, `lines` are a list in one or several `columns`,
    `quote` is what somebody gave as explanation (`silent`: what is said where nobody did), and
    `note` stands below. `first` is the screen before everything else.
    """

    key: str
    title: str
    above: str = ""
    figure: str = ""
    state: State | None = None
    beside: tuple[str, ...] = ()
    gap: str = ""
    bar: Bar | None = None
    strip: Mapping[State, int] = field(default_factory=dict)
    years: tuple[Point, ...] = ()
    said: tuple[str, ...] = ()
    quote: str = ""
    silent: str = ""
    lines: tuple[Line, ...] = ()
    columns: int = 1
    code: str = ""
    note: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation. `figures` are the rows all of it was made of, as `danvan show --json` prints
    them, `sha256` their checksum, and `foot` what stands below every screen.
    """

    title: str
    foot: str
    language: Language
    slides: tuple[Slide, ...]
    figures: str
    sha256: str
