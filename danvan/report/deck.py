"""Deck: a presentation as one HTML file that needs no network and no other file.

Styles, font, script and figures are inside; its own policy forbids everything else. All texts are
escaped by the template; only what this package wrote itself goes in as it is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from danvan.charts.theme import DARK, LIGHT, Theme
from danvan.report.slide import Bar, Deck, Point
from danvan.states import LOOKS, TROUBLED, State
from danvan.wording import Words

HERE = Path(__file__).parent
LABELS = {
    "explanation": "meeting.explanation",
    "screens": "meeting.controls",
    "next": "meeting.next",
    "previous": "meeting.previous",
    "full": "meeting.full",
    "dark": "meeting.dark",
}
WIDTH, HEIGHT = 1000, 210  # of the line of years, in its own units
LEFT, RIGHT, TOP, BOTTOM, BASE = 60, 940, 60, 150, 196
LONGEST = 7  # characters of a value before only the ends of the line are told
MOST = 11  # years with a value each


def html(deck: Deck) -> str:
    """The file as text; write it as UTF-8."""
    words = Words(deck.language)
    return _template().render(
        deck=deck,
        labels={name: words(key) for name, key in LABELS.items()},
        policy=policy(),
        style=Markup(style()),
        script=Markup(script()),
        figures=Markup(_embedded(deck.figures)),
        sign=lambda state: LOOKS[State(state)].sign,
        word=lambda state: words(f"state.{state}"),
        troubled=TROUBLED,
        end=_end,
        drawn=lambda points: Markup(_line(points)),
    )


def policy() -> str:
    """What the file allows a browser to do: show itself, and run its one script."""
    return (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
        f"script-src 'sha256-{script_hash()}'; base-uri 'none'; form-action 'none'"
    )


@cache
def script_hash() -> str:
    """SHA-256 of the script in base64, as policies name it."""
    return base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()


@cache
def script() -> str:
    """The one script."""
    return (HERE / "deck.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """The font, the colours of both themes and of every state, and the layout."""
    face = (
        '@font-face{font-family:"Danvan";font-weight:200 900;font-display:block;'
        f'src:url(data:font/woff2;base64,{base64.b64encode(_font()).decode()}) format("woff2")}}'
    )
    colours = [
        f":root{{{_theme(LIGHT)}}}",
        f'[data-theme="dark"]{{{_theme(DARK)}}}',
        *(_states(LIGHT, "")),
        *(_states(DARK, '[data-theme="dark"] ')),
    ]
    return "\n".join([face, *colours, (HERE / "deck.css").read_text(encoding="utf-8")])


def _font() -> bytes:
    """Source Sans, which has all of Vietnamese and comes with Streamlit under the OFL."""
    found = find_spec("streamlit")
    assert found
    assert found.origin
    media = Path(found.origin).parent / "static" / "static" / "media"
    return next(media.glob("SourceSansVF-Upright*.woff2")).read_bytes()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("deck.html")


def _theme(theme: Theme) -> str:
    names = ("ink", "muted", "track", "mark", "paper", "link", "rest")
    return ";".join(f"--{name}:{getattr(theme, name)}" for name in names)


def _states(theme: Theme, where: str) -> Iterator[str]:
    """A state's surface, and the text upon it; what is missing is hatched on screen and in print."""
    for state, look in LOOKS.items():
        fill, ink = theme.surface(look), theme.ink_on(look)
        rule = f"--fill:{fill};--on:{ink}"
        if state is State.NOT_REPORTED:
            stripes = f"{fill} 0 5px,{theme.paper} 5px 8px"
            rule += f";--pattern:repeating-linear-gradient(45deg,{stripes});--on:{theme.ink}"
        yield f"{where}.s-{state}{{{rule}}}"
        yield f"{where}.chip.s-{state}{{background:var(--fill);color:{ink}}}"
        tone = fill if state is State.MISSED else theme.ink
        yield f"{where}.t-{state}{{color:{tone}}}"


def _embedded(figures: str) -> str:
    """The figures as they are: listing.printed leaves out what would end the element."""
    if "<" in figures:
        raise ValueError("figures with a < cannot stand in a page as they are")
    return figures


def _end(bar: Bar) -> float:
    """Where the bar's track ends: at the larger of the two."""
    return max(bar.result, bar.target)


def _line(points: Sequence[Point]) -> str:
    """The years as a line; a year without a figure is a gap, and the last figure stands out."""
    places = [(point, _place(point, points)) for point in points]
    runs = [
        [place for _, place in run if place]
        for there, run in groupby(places, key=lambda pair: pair[1] is not None)
        if there
    ]
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>' for run in runs
    )
    told = [(point, place) for point, place in places if place]
    said = "; ".join(f"{point.year}: {point.text}" for point in points)
    marks = "".join(_mark(place, point is told[-1][0]) for point, place in told)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{Markup.escape(said)}">'
        f"{lines}{marks}{''.join(_texts(points))}</svg>"
    )


def _place(point: Point, points: Sequence[Point]) -> tuple[float, float] | None:
    if point.value is None:
        return None
    values = [one.value for one in points if one.value is not None]
    low, span = min(values), max(values) - min(values)
    share = (point.value - low) / span if span else 0.5
    return _across(point, points), BOTTOM - (BOTTOM - TOP) * share


def _across(point: Point, points: Sequence[Point]) -> float:
    first, last = points[0].year, points[-1].year
    return LEFT + (RIGHT - LEFT) * (point.year - first) / max(last - first, 1)


def _mark(place: tuple[float, float], last: bool) -> str:
    kind, radius = ("last", 9) if last else ("", 5)
    return f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius}" class="{kind}"/>'


def _texts(points: Sequence[Point]) -> Iterator[str]:
    """Every year below the line and every value above it; only the ends where there is no room."""
    room = len(points) <= MOST and all(len(point.text) <= LONGEST for point in points)
    for point in points:
        end = point in (points[0], points[-1])
        kind = "" if end else " mid"
        x, place = _across(point, points), _place(point, points)
        if end or room:
            yield f'<text x="{x:.1f}" y="{BASE}" class="year{kind}">{point.year}</text>'
            y = place[1] - 20 if place else BOTTOM - 40
            yield f'<text x="{x:.1f}" y="{y:.1f}" class="value{kind}">{Markup.escape(point.text)}</text>'
