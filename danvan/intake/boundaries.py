"""Where units lie, from a GeoJSON file: their boundaries, or what is wrong with it.

Every fault is a problem with its remedy; with any fault there are no boundaries. Whatever the file
holds, nothing is raised.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from danvan.errors import Problem, Severity
from danvan.intake.names import Names
from danvan.intake.spelling import spelled
from danvan.model import Boundary, Catalogue, File, Point

LARGEST = 5 * 2**20  # bytes: a province drawn to the metre; more only waits in every browser
MOST_FEATURES = 500  # areas: a province has some hundred communes
MOST_POINTS = 60_000  # corners of all areas: more than a screen can show
FEWEST = 4  # corners of a ring: a triangle, and its first one again
LONGEST = 200  # characters of a name; a longer text is none

CODES = ("code", "unit", "ma", "id")
NAMES = frozenset(
    spelled(text)
    for text in (
        "name", "name_vi", "name_3", "tên", "ten", "tên đơn vị", "ten_dv", "ten_don_vi", "tên xã",
        "ten_xa", "tenxa", "đơn vị", "don_vi", "donvi", "xã phường", "phuong_xa",
    )
)  # fmt: skip
"""Properties in which files keep the code or the name of a unit."""
MARKUP = re.compile(r"<\s*[a-z/!?]|\bon[a-z]{3,}\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"(?:java|vb)script:|data:text/html", re.IGNORECASE)
BLANK = re.compile(r"[\s\x00-\x1f]+")
DEGREES = re.compile(r"(?:.*CRS:?84|.*EPSG:.*\b4326|WGS\s*84)", re.IGNORECASE)
"""Names of the one projection that GeoJSON knows: longitude and latitude of WGS 84."""


@dataclass(frozen=True)
class Bounded:
    """What a file says: boundaries, or problems and no boundary at all."""

    boundaries: tuple[Boundary, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_boundaries(file: File, catalogue: Catalogue, year: int) -> Bounded:
    """The boundaries of units of that year; a unit is known by its code or by its name."""
    if len(file.content) > LARGEST:
        size = -(-len(file.content) // 2**20)
        return Bounded(
            (), (_problem("boundary_too_large", file, size=size, most=LARGEST // 2**20),)
        )
    try:
        told = json.loads(file.content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return Bounded((), (_problem("boundary_not_json", file),))
    problems = tuple(_of_whole(told, file))
    if problems:
        return Bounded((), problems)
    reading = _Reading(file, Names(catalogue, year))
    boundaries = [reading.boundary(at, one) for at, one in enumerate(told["features"], 1)]
    reading.find_twice()
    if reading.problems:
        return Bounded((), tuple(reading.problems))
    return Bounded(tuple(one for one in boundaries if one))


def _no_number(text: str) -> NoReturn:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ValueError(text)


def _of_whole(told: Any, file: File) -> Iterator[Problem]:
    """What is wrong with the file as a whole."""
    features = _member(told, "features")
    if _member(told, "type") != "FeatureCollection" or not isinstance(features, list):
        yield _problem("boundary_not_collection", file, _shown(_member(told, "type")))
        return
    if not features:
        yield _problem("boundary_empty", file)
    if len(features) > MOST_FEATURES:
        yield _problem("boundary_many_areas", file, n=len(features), most=MOST_FEATURES)
        return
    if marked := next(filter(_is_marked, _texts(told)), ""):
        yield _problem("boundary_markup", file, _shown(marked))
    named = (told, *features, *(_member(one, "geometry") for one in features))
    for name in dict.fromkeys(_projection(one) for one in named):
        if name and not DEGREES.fullmatch(name):
            yield _problem("boundary_projection", file, _shown(name))
    corners = sum(1 for one in features for ring in _rings(one) for _ in _list(ring))
    if corners > MOST_POINTS:
        yield _problem("boundary_many_corners", file, n=corners, most=MOST_POINTS)


class _Reading:
    """One file being read: its names, and what was found wrong so far."""

    def __init__(self, file: File, names: Names) -> None:
        self._file, self._names = file, names
        self._units: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def boundary(self, at: int, feature: Any) -> Boundary | None:
        """What one area of the file bounds; None where something is wrong with it."""
        before = len(self.problems)
        unit = self._unit(at, feature)
        rings = self._checked(at, feature)
        return Boundary(unit, rings) if len(self.problems) == before else None

    def find_twice(self) -> None:
        """A unit has one boundary; which of two would hold is not guessed."""
        for unit, count in self._units.items():
            if count > 1:
                name = self._names.catalogue.unit[unit].name
                self._wrong("boundary_twice", name, n=count)

    def _unit(self, at: int, feature: Any) -> str:
        """The unit that the area's properties name by code or by name; "" with a problem."""
        codes, texts = _named(feature)
        known = {code for code in codes if self._is_known(code)}
        named = set().union(*(self._names.units_named(text) for text in (*texts, *codes)))
        label = self._label(at, feature)
        units = known or named
        if not units:
            self._wrong("boundary_unknown_unit", label, year=self._names.year)
        elif len(units) > 1:
            self._wrong("boundary_several_units", label, units=", ".join(sorted(units)))
        elif known and named and not known <= named:
            self._wrong("boundary_contradicts", label, units=", ".join(sorted(known | named)))
        else:
            (unit,) = units
            self._units[unit] += 1
            return unit
        return ""

    def _is_known(self, code: str) -> bool:
        unit = self._names.catalogue.unit.get(code)
        return unit is not None and unit.valid_in(self._names.year)

    def _checked(self, at: int, feature: Any) -> tuple[tuple[Point, ...], ...]:
        """The area's rings; nothing with a problem."""
        label, kind = self._label(at, feature), _member(_member(feature, "geometry"), "type")
        if _member(feature, "type") != "Feature" or kind not in ("Polygon", "MultiPolygon"):
            self._wrong("boundary_shape", label, shape=_shown(kind))
            return ()
        rings = [_points(ring) for ring in _rings(feature)]
        if not rings or any(ring is None for ring in rings):
            self._wrong("boundary_no_ring", label)
            return ()
        sound = [ring for ring in rings if ring is not None]
        for code in dict.fromkeys(filter(None, map(_fault, sound))):
            self._wrong(code, label, point=_place(sound, code))
        return tuple(tuple(ring) for ring in sound)

    def _label(self, at: int, feature: Any) -> str:
        """What the area calls itself, else its place in the file."""
        codes, texts = _named(feature)
        return _shown(next(iter((*texts, *codes)), f"#{at}"))

    def _wrong(self, code: str, found: str, **values: object) -> None:
        self.problems.append(_problem(code, self._file, found, **values))


def _problem(code: str, file: File, found: str = "", **values: object) -> Problem:
    return Problem(Severity.ERROR, code, file.name, found=found, values=dict(values))


def _member(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else None


def _list(thing: Any) -> list[Any]:
    return thing if isinstance(thing, list) else []


def _shown(text: Any) -> str:
    """What stood there, short and in letters that can be written."""
    said = str(text)[:LONGEST] if isinstance(text, str | int | float) else "–"
    return said.encode("utf-8", "replace").decode()


def _texts(told: Any) -> Iterator[str]:
    """Every text of the file, keys as well; without recursion, however deep it goes."""
    left = [told]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += [item for item in one if isinstance(item, str | dict | list)]


def _is_marked(text: str) -> bool:
    """Whether the text would do something where it is shown as a page."""
    return bool(MARKUP.search(text) or SCRIPT.search(BLANK.sub("", text)))


def _projection(thing: Any) -> str:
    """The name of the projection a part of the file says it is in; "" where it says none."""
    crs = _member(thing, "crs")
    if crs is None:
        return ""
    name = _member(_member(crs, "properties"), "name")
    return name[:LONGEST] if isinstance(name, str) and name else "?"


def _named(feature: Any) -> tuple[list[str], list[str]]:
    """What may be the code and what may be the name of the area's unit."""
    told = _member(feature, "properties")
    told = told if isinstance(told, dict) else {}
    codes = [told[key] for key in told if key.strip().lower() in CODES]
    texts = [told[key] for key in told if len(key) <= LONGEST and spelled(key) in NAMES]
    return list(_short([*codes, _member(feature, "id")])), list(_short(texts))


def _short(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str | int) and not isinstance(value, bool):
            text = str(value)[: LONGEST + 1].strip()
            if text and len(text) <= LONGEST:
                yield text


def _rings(feature: Any) -> list[Any]:
    """The rings of a polygon or of all polygons of an area, as they stand there."""
    geometry = _member(feature, "geometry")
    stated = _list(_member(geometry, "coordinates"))
    if _member(geometry, "type") == "MultiPolygon":
        return [ring for polygon in stated for ring in _list(polygon)]
    return stated


def _points(ring: Any) -> list[Point] | None:
    """The corners of a ring; None where any of it is no pair of numbers."""
    found: list[Point] = []
    for point in _list(ring):
        if not isinstance(point, list) or len(point) < 2 or not all(map(_is_number, point[:2])):
            return None
        found.append((point[0], point[1]))
    return found or None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fault(ring: Sequence[Point]) -> str:
    """What is wrong with a ring of numbers, as a problem's code; "" where nothing is."""
    if (outside := _outside(ring)) is not None:
        x, y = outside
        swapped = abs(x) <= 90 and abs(y) <= 180
        return "boundary_swapped" if swapped else "boundary_no_degrees"
    if len(ring) < FEWEST or len(set(ring)) < FEWEST - 1:
        return "boundary_short"
    return "" if ring[0] == ring[-1] else "boundary_open"


def _outside(ring: Sequence[Point]) -> Point | None:
    """The first corner that is no longitude and latitude."""
    return next(((x, y) for x, y in ring if not (abs(x) <= 180 and abs(y) <= 90)), None)


def _place(rings: Sequence[Sequence[Point]], code: str) -> str:
    """A corner of the first ring with that fault, as it stands in the file."""
    x, y = next(_outside(ring) or ring[0] for ring in rings if _fault(ring) == code)
    return f"[{x:.6g}, {y:.6g}]" if max(abs(x), abs(y)) < 10**15 else "[…]"
