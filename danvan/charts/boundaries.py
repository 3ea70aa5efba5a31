"""Boundaries: the units where they lie, each an area with its name and figure where they fit.

Equirectangular, a degree of longitude as wide as it is in the middle of the map. Drawn as SVG.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, inf, radians

from danvan.charts.drawing import Link
from danvan.charts.grounds import Ground, ground
from danvan.charts.theme import FONT, LIGHT, Theme
from danvan.charts.tiles import Tile, tile_words
from danvan.findings import figure
from danvan.model import Boundary, Point
from danvan.states import LOOKS, State
from danvan.wording import Words

WIDEST, HIGHEST = 900, 620  # pixels of the drawing: as much as a projector shows beside the rest
EDGE = 4  # pixels around it, so that no outline is cut
CLOSEST = 0.6  # pixels between two points that can be told apart
LINES = 24  # heights at which room for a label is looked for
LETTER = 0.56  # of the size of a text: the width of a letter on the average
NAME, FIGURE, LINE = 13, 14, 17  # pixels: sizes of text, and of a line of it
STRIP = 7  # pixels: height of the strip of states below a label
STYLE = """
.map-box {{ overflow-x: auto; }}
svg.map {{ display: block; width: 100%; min-width: 560px; height: auto; margin: 0 auto; }}
.map a {{ outline: none; }}
.map a:hover > path, .map a:focus-visible > path {{ stroke: {theme.link}; stroke-width: 3; }}
"""

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

    def room(self, height: float) -> tuple[float, float, float]:
        """The widest place for a label of that height: its middle, and its width (0 for none)."""
        ys = [y for ring in self.rings for _, y in ring]
        top, bottom = min(ys), max(ys)
        step = (bottom - top) / LINES
        places = [_place(self.rings, top + step * (at + 0.5), height) for at in range(LINES)]
        return max(places, key=lambda place: place[2])


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
) -> str:
    """The map of those units that have both a tile and a boundary, as HTML; "" where none has.

    What a tile shows stands in its area where it fits; its words are the area's name.
    """
    known = {tile.unit.code: tile for tile in tiles}
    shown = [one for one in boundaries if one.unit in known and one.rings]
    if not shown:
        return ""
    drawing = projected(shown)
    areas = "".join(_area(known[one.unit], one, words, theme, link) for one in drawing.outlines)
    size = f"{drawing.width:.0f} {drawing.height:.0f}"
    return (
        f'<style>{STYLE.format(theme=theme)}</style><div class="map-box">'
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="group" '
        f'style="max-width:{max(drawing.width, 560):.0f}px" aria-label="{escape(words("map.drawn"))}" '
        f'font-family="{FONT}">{_hatch(theme)}{areas}</svg></div>'
    )


def _hatch(theme: Theme) -> str:
    colour = ground(State.NOT_REPORTED, theme).colour
    return (
        '<defs><pattern id="map-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{theme.paper}"/>'
        f'<rect width="4" height="7" fill="{colour}"/></pattern></defs>'
    )


def _area(tile: Tile, outline: Outline, words: Words, theme: Theme, link: Link | None) -> str:
    said = escape(tile_words(tile, words))
    look = ground(tile.state, theme) if tile.state else Ground(theme.paper, theme.ink)
    fill = "url(#map-hatch)" if look.is_hatched else look.colour
    dashed = ' stroke-dasharray="4 3"' if look.is_hatched or not tile.states else ""
    inside = (
        f"<title>{said}</title>"
        f'<path d="{outline.path}" fill="{fill}" fill-rule="evenodd" stroke="{theme.muted}" '
        f'stroke-width="1.2" stroke-linejoin="round"{dashed}/>'
        f'<g aria-hidden="true" text-anchor="middle">{_label(tile, outline, look, words, theme)}</g>'
    )
    if link is None:
        return f'<g role="img" aria-label="{said}">{inside}</g>'
    target = escape(link({"unit": tile.unit.code}))
    return f'<a href="{target}" aria-label="{said}">{inside}</a>'


def _label(tile: Tile, outline: Outline, look: Ground, words: Words, theme: Theme) -> str:
    """Name, figure and strip where they fit; else what is shortest; else nothing."""
    name, said = words.name(tile.unit), _short(tile, words)
    halo = f' stroke="{theme.paper}" stroke-width="4" paint-order="stroke"' if look.is_hatched else ""
    style = f'fill="{look.ink}"{halo}'
    for lines in ((name, said), (said,)):
        width = max(len(line) * LETTER * FIGURE for line in lines)
        height = LINE * len(lines) + (STRIP if tile.counts else 0)
        x, y, room = outline.room(height)
        if said and room >= width:
            return "".join(_written(lines, tile, (x, y - height / 2), width, style, theme))
    return ""


def _written(
    lines: Sequence[str], tile: Tile, top: Point, width: float, style: str, theme: Theme
) -> Iterator[str]:
    x, y = top
    for line, size in zip(lines, (NAME, FIGURE)[-len(lines) :], strict=True):
        y += LINE
        weight = 600 if size == FIGURE else 400
        text = f'x="{x:.1f}" y="{y - 4:.1f}" font-size="{size}" font-weight="{weight}"'
        yield f"<text {text} {style}>{escape(line)}</text>"
    counts = tile.counts or {}
    whole, left = sum(counts.values()), x - width / 2
    for state, count in counts.items():
        wide = width * count / whole
        found = ground(state, theme)
        fill = "url(#map-hatch)" if found.is_hatched else found.colour
        yield (
            f'<rect x="{left:.1f}" y="{y:.1f}" width="{max(wide - 1, 0.5):.1f}" '
            f'height="{STRIP}" fill="{fill}"/>'
        )
        left += wide


def _short(tile: Tile, words: Words) -> str:
    """What is said of a unit where there is little room: "▼ 3/5", "18/20"."""
    if tile.counts is not None:
        return f"{tile.reached}/{tile.asked}" if tile.counts else "–"
    if tile.row is None or not tile.state:
        return "–"
    said = figure(tile.row | {"joined": False}, words, with_measure=False)
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
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=False))


def _shared(ones: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    for left, right in ones:
        for low, high in others:
            if (start := max(left, low)) < (end := min(right, high)):
                yield start, end
