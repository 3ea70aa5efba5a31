"""Boundaries: the units where they lie, each an area with its name and figure where they fit.

Equirectangular, a degree of longitude as wide as it is in the middle of the map. The areas are a
picture; upon each lies a link of its shape, and its label as text.
"""

from __future__ import annotations

import itertools
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, inf, radians

from danvan.charts.drawing import Link
from danvan.charts.grounds import Ground, ground, state_rules
from danvan.charts.theme import LIGHT, Theme
from danvan.charts.tiles import Tile, tile_words
from danvan.findings import figure
from danvan.model import Boundary, Point
from danvan.states import LOOKS, State
from danvan.wording import Words

WIDEST, HIGHEST = 900, 620  # pixels of the drawing: as much as a projector shows beside the rest
EDGE = 4  # pixels around it, so that no outline is cut
CLOSEST = 0.6  # pixels between two points that can be told apart
LINES = 24  # heights at which room for a label is looked for
LETTER = 0.53  # of the size of a text: the width of a letter on the average
NAME, FIGURE, LINE = 15, 16, 20  # pixels: sizes of text, and of a line of it
STRIP = 9  # pixels: height of the strip of states below a label
NARROWEST = 720  # pixels; on a phone the map scrolls inside itself
STYLE = """
.map-box {{ overflow-x: auto; }}
.map {{ position: relative; min-width: {narrowest}px; margin: 0 auto; container-type: inline-size; }}
.map img {{ position: absolute; inset: 0; width: 100%; height: 100%; }}
.map .area {{ position: absolute; pointer-events: none; border-radius: 4px; }}
.map .area > span {{ position: absolute; inset: 0; pointer-events: auto; }}
.map a.area:hover > span {{ background: {theme.link}; opacity: 0.25; }}
.map a.area:focus-visible {{ outline: 3px solid {theme.link}; outline-offset: 1px; z-index: 1; }}
.map .label {{ position: absolute; transform: translate(-50%, -50%); pointer-events: none;
  text-align: center; white-space: nowrap; line-height: 1.25; padding: 0 3px; border-radius: 3px; }}
.map .label span {{ display: block; font-size: min({name}px, {name_share:.3f}cqw); }}
.map .label b {{ display: block; font-weight: 600; font-size: min({figure}px, {figure_share:.3f}cqw); }}
.map .parts {{ display: flex; gap: 1px; height: 8px; border-radius: 2px; overflow: hidden; }}
"""
SHAPES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
    'preserveAspectRatio="none"><defs><pattern id="hatch" width="7" height="7" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="{paper}"/><rect width="4" height="7" fill="{missing}"/>'
    "</pattern></defs>{shapes}</svg>"
)
"""Everything but the texts, as a picture: a page shows no SVG that could lead anywhere."""

Ring = tuple[Point, ...]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A unit's rings on the drawing, in pixels from its upper left corner."""

    unit: str
    rings: tuple[Ring, ...]

    @property
    def path(self) -> str:
        """The rings as an SVG path; what lies in two of them is cut out."""
        return "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in self.rings
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of what it takes up, never of no size."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        left, top = min(xs), min(ys)
        return left, top, max(max(xs) - left, 1.0), max(max(ys) - top, 1.0)

    @property
    def clip(self) -> str:
        """Its shape within its box, as a CSS clip-path: ring after ring, back to the first corner."""
        left, top, width, height = self.box
        first = self.rings[0][0]
        corners = [
            p for at, ring in enumerate(self.rings) for p in (*ring, *([first] if at else ()))
        ]
        places = (
            f"{100 * (x - left) / width:.1f}% {100 * (y - top) / height:.1f}%" for x, y in corners
        )
        return f"polygon(evenodd,{','.join(places)})"

    def room(self, width: float, height: float) -> Point | None:
        """The middle of a place for a label of that size, as near to the centre as there is one."""
        _, top, _, tall = self.box
        lines = (top + tall * (at + 0.5) / LINES for at in range(LINES))
        places = [_place(self.rings, y, height) for y in lines]
        fitting = [(x, y) for x, y, room in places if room >= width]
        return min(fitting, key=lambda place: abs(place[1] - top - tall / 2), default=None)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All outlines, and how large their drawing is."""

    width: float
    height: float
    outlines: tuple[Outline, ...]


def projected(boundaries: Sequence[Boundary]) -> Drawing:
    """The boundaries laid out in pixels, as large as there is room and in true proportion."""
    points = [point for one in boundaries for ring in one.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    wide, high = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    scale = min((WIDEST - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)

    def placed(point: Point) -> Point:
        x, y = point
        return EDGE + (x - west) * narrow * scale, EDGE + (north - y) * scale

    outlines = tuple(
        Outline(one.unit, tuple(_thinned([placed(p) for p in ring]) for ring in one.rings))
        for one in boundaries
    )
    return Drawing(wide * scale + 2 * EDGE, high * scale + 2 * EDGE, outlines)


def boundary_map(
    tiles: Sequence[Tile],
    boundaries: Sequence[Boundary],
    words: Words,
    theme: Theme = LIGHT,
    link: Link | None = None,
    *,
    only_names: bool = False,
) -> str:
    """The map of those units that have both a tile and a boundary, as HTML; "" where none has.

    What a tile shows stands in its area where it fits; its words are the area's name. With
    `only_names` nothing is said of figures: the map shows where the units lie.
    """
    known = {tile.unit.code: tile for tile in tiles}
    lying = {one.unit: one for one in boundaries if one.rings}
    shown = [lying[code] for code in known if code in lying]  # in their order: Tab goes by it
    if not shown:
        return ""
    drawing, areas, labels = projected(shown), "", ""
    for one in drawing.outlines:
        tile = known[one.unit]
        name = words.name(tile.unit)
        target = link({"unit": one.unit}) if link else ""
        areas += _area(one, drawing, name if only_names else tile_words(tile, words), target)
        labels += _label(
            tile, one, drawing, (name, "" if only_names else _short(tile, words)), theme
        )
    named = f'aria-label="{escape(words("map.drawn"))}"'
    # what scrolls has to be reached by Tab: by the links in it, or else itself
    scrolled = "" if link else f' tabindex="0" role="region" {named}'
    picture = b64encode(_picture(drawing, known, theme, only_names).encode()).decode()
    return (
        f'<style>{_style(theme)}</style><div class="map-box"{scrolled}><div class="map" style="'
        f'aspect-ratio:{drawing.width:.0f}/{drawing.height:.0f};max-width:{drawing.width:.0f}px">'
        f'<img alt="" src="data:image/svg+xml;base64,{picture}">'
        f'<div role="list" {named}>{areas}</div>{labels}</div></div>'
    )


def _style(theme: Theme) -> str:
    shares = {"name_share": 100 * NAME / WIDEST, "figure_share": 100 * FIGURE / WIDEST}
    sizes = {"narrowest": NARROWEST, "name": NAME, "figure": FIGURE}
    return STYLE.format(theme=theme, **sizes, **shares) + state_rules(".map .parts i", theme)


def _picture(drawing: Drawing, tiles: Mapping[str, Tile], theme: Theme, only_names: bool) -> str:
    shapes = "".join(_shape(tiles[one.unit], one, theme, only_names) for one in drawing.outlines)
    missing = ground(State.NOT_REPORTED, theme).colour
    size = {"width": drawing.width, "height": drawing.height}
    return SHAPES.format(**size, paper=theme.paper, missing=missing, shapes=shapes)


def _shape(tile: Tile, outline: Outline, theme: Theme, only_names: bool) -> str:
    look = _ground(tile, theme)
    fill = "url(#hatch)" if look.is_hatched else look.colour
    missing = look.is_hatched or not (tile.states or only_names)
    dashed = ' stroke-dasharray="4 3"' if missing else ""
    return (
        f'<path d="{outline.path}" fill="{fill}" fill-rule="evenodd" stroke="{theme.muted}" '
        f'stroke-width="1.2" stroke-linejoin="round"{dashed}/>'
    )


def _ground(tile: Tile, theme: Theme) -> Ground:
    return ground(tile.state, theme) if tile.state else Ground(theme.paper, theme.ink)


def _area(outline: Outline, drawing: Drawing, words: str, target: str) -> str:
    """What is pointed at and read aloud: the unit's shape upon the picture."""
    said = escape(words)
    left, top, width, height = outline.box
    place = (
        f"left:{_part(left, drawing.width)};top:{_part(top, drawing.height)};"
        f"width:{_part(width, drawing.width)};height:{_part(height, drawing.height)}"
    )
    inside = f'<span title="{said}" style="clip-path:{outline.clip}"></span>'
    if not target:
        name = f'role="img" aria-label="{said}"'
        return f'<div role="listitem"><div class="area" {name} style="{place}">{inside}</div></div>'
    leads = f'href="{escape(target)}" aria-label="{said}"'
    return f'<div role="listitem"><a class="area" {leads} style="{place}">{inside}</a></div>'


def _part(length: float, whole: float) -> str:
    return f"{100 * length / whole:.2f}%"


def _label(
    tile: Tile, outline: Outline, drawing: Drawing, texts: tuple[str, str], theme: Theme
) -> str:
    """Name, figure and strip where they fit; else what is shortest; else nothing."""
    name, said = texts
    for lines in ((name, said), (said,)) if said else ((name,),):
        sizes = zip(lines, (NAME, FIGURE)[-len(lines) :], strict=True)
        width = max(len(line) * LETTER * size for line, size in sizes)
        height = LINE * len(lines) + (STRIP if tile.counts else 0)
        if middle := outline.room(width, height):
            x, y = middle
            look = _ground(tile, theme)
            chip = f";background:{theme.paper}" if look.is_hatched else ""
            place = f"left:{_part(x, drawing.width)};top:{_part(y, drawing.height)}"
            first = f"<span>{escape(name)}</span>" if len(lines) > 1 else ""
            return (
                f'<div class="label" aria-hidden="true" style="{place};color:{look.ink}{chip}">'
                f"{first}<b>{escape(lines[-1])}</b>{_strip(tile)}</div>"
            )
    return ""


def _strip(tile: Tile) -> str:
    if not tile.counts:
        return ""
    parts = "".join(f'<i class="s-{s}" style="flex:{n}"></i>' for s, n in tile.counts.items())
    return f'<div class="parts">{parts}</div>'


def _short(tile: Tile, words: Words) -> str:
    """What is said of a unit where there is little room: "▼ 3/5", "18/20"."""
    if tile.counts is not None:
        return f"{tile.reached}/{tile.asked}" if tile.counts else "–"
    if tile.row is None or not tile.state:
        return "–"
    said = figure({**tile.row, "joined": False}, words, with_measure=False)
    sign = LOOKS[tile.state].sign
    return f"{sign} {said}" if said[:1].isdigit() or said[:1] == "−" else sign


def _thinned(ring: Sequence[Point]) -> Ring:
    """The ring without points that nobody could tell from the one before; closed as it was."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= CLOSEST:
            kept.append(point)
    return (*kept, ring[-1])


def _place(rings: Sequence[Ring], y: float, height: float) -> tuple[float, float, float]:
    """The widest room around one height, inside at its upper edge, middle and lower edge."""
    spans = [(-inf, inf)]
    for line in (y - height / 2, y, y + height / 2):
        spans = list(_shared(spans, _inside(rings, line)))
    left, right = max(spans, key=lambda span: span[1] - span[0], default=(0.0, 0.0))
    return (left + right) / 2, y, right - left


def _inside(rings: Sequence[Ring], y: float) -> list[Span]:
    """Where a horizontal line is inside the rings."""
    crossed = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in itertools.pairwise(ring)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=False))


def _shared(ones: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    for left, right in ones:
        for low, high in others:
            if (start := max(left, low)) < (end := min(right, high)):
                yield start, end
