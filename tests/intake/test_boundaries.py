"""Boundaries: what a GeoJSON file says of where units lie, and each way in which it is refused."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.intake import boundaries
from danvan.intake.boundaries import Bounded, read_boundaries
from danvan.model import Alias, Boundary, Catalogue, File, Unit
from danvan.wording import Language
from tests.making import CATALOGUE, YEAR

SQUARE = [[105.6, 10.4], [105.7, 10.4], [105.7, 10.5], [105.6, 10.4]]
HOLE = [[105.62, 10.42], [105.63, 10.42], [105.63, 10.43], [105.62, 10.42]]


def area(shape: Any = None, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if shape is None else shape}
    told = properties or {"code": "W1"}
    return {"type": "Feature", "properties": told, "geometry": geometry}


def whole(*areas: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(areas), **more}


def read(told: Any, catalogue: Catalogue = CATALOGUE) -> Bounded:
    content = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
    return read_boundaries(File("ranh-gioi.geojson", content), catalogue, YEAR)


def codes(told: Any, catalogue: Catalogue = CATALOGUE) -> list[str]:
    found = read(told, catalogue)
    assert not found.boundaries
    for problem in found.problems:
        for language in Language:
            assert problem.sentence(language).startswith("ranh-gioi.geojson: ")
    return [problem.code for problem in found.problems]


def test_rings_of_all_polygons_are_kept_as_they_stand() -> None:
    many = area([[SQUARE, HOLE], [[[x + 1, y] for x, y in SQUARE]]], "MultiPolygon", code="W2")
    found = read(whole(area(), many))
    assert not found.problems
    assert found.boundaries[0] == Boundary("W1", (tuple((x, y) for x, y in SQUARE),))
    assert (found.boundaries[1].unit, len(found.boundaries[1].rings)) == ("W2", 3)


@pytest.mark.parametrize(
    "properties",
    [
        {"code": "W1"}, {"ma": "W1"}, {"Unit": "W1"}, {"id": "W1"}, {"name": "Phường 1"},
        {"TEN_XA": "PHƯỜNG I"}, {"Tên": "P.1"}, {"ten": "UBND phường 01"}, {"NAME_3": "Ward One"},
        {"id": 29869, "name": "Phường 1"},
    ],
)  # fmt: skip
def test_a_unit_is_known_by_its_code_or_as_offices_spell_its_name(properties: Any) -> None:
    known = replace(CATALOGUE, aliases=(Alias("Ward One", "W1"),))
    assert [one.unit for one in read(whole(area(**properties)), known).boundaries] == ["W1"]


def test_heights_a_mark_of_order_and_the_usual_projection_change_nothing() -> None:
    high = area([[[*point, 2.5] for point in SQUARE]])
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    content = b"\xef\xbb\xbf" + json.dumps(whole(high, crs=crs)).encode()
    assert read(content).boundaries == read(whole(area())).boundaries


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"a": NaN}', b'{"a": -Infinity}',
        b'{"a": ' + b"9" * 5000 + b"}", "Đây là ranh giới".encode("utf-16"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_json_is_refused(content: bytes) -> None:
    assert codes(content) == ["boundary_not_json"]


@pytest.mark.parametrize("told", [None, 7, "x", [], {}, {"type": "Feature"}, area()], ids=repr)
def test_what_is_no_collection_is_refused(told: Any) -> None:
    assert codes(told) == ["boundary_not_collection"]


def test_a_file_that_is_too_large_is_refused_without_being_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(boundaries, "LARGEST", 20)
    monkeypatch.setattr(boundaries.json, "loads", lambda *_, **__: pytest.fail("was read"))
    assert codes(whole(area())) == ["boundary_too_large"]


def test_too_many_areas_or_corners_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "MOST_POINTS", 7)
    assert codes(whole(area(), area(code="W2"))) == ["boundary_many_corners"]
    monkeypatch.setattr(boundaries, "MOST_FEATURES", 1)
    assert codes(whole(area(), area(code="W2"))) == ["boundary_many_areas"]


METRES = [[580000.0, 1157000.0], [580100, 1157000], [580100, 1157100], [580000, 1157000]]
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a point": (area([105, 10], "Point"), "boundary_shape"),
    "a line": (area(SQUARE, "LineString"), "boundary_shape"),
    "no geometry": (area() | {"geometry": None}, "boundary_shape"),
    "several shapes": (area() | {"geometry": {"type": "GeometryCollection"}}, "boundary_shape"),
    "no ring": (area([]), "boundary_no_ring"),
    "no corner": (area([[]]), "boundary_no_ring"),
    "text in place of a number": (area([[["105", "10"], *SQUARE]]), "boundary_no_ring"),
    "a truth in place of a number": (area([[[True, 10], *SQUARE]]), "boundary_no_ring"),
    "a ring that is open": (area([[*SQUARE[:3], [105.65, 10.45]]]), "boundary_open"),
    "a ring that is too short": (area([[SQUARE[0], SQUARE[1], SQUARE[0]]]), "boundary_short"),
    "a ring of one place": (area([[SQUARE[0]] * 5]), "boundary_short"),
    "metres": (area([METRES]), "boundary_no_degrees"),
    "numbers beyond all": (area([[[10**400, 10], *SQUARE[1:]]]), "boundary_no_degrees"),
    "latitude first": (area([[[y, x] for x, y in SQUARE]]), "boundary_swapped"),
    "an unknown unit": (area(name="Phường 99"), "boundary_unknown_unit"),
    "a unit of another year": (area(code="OLD"), "boundary_unknown_unit"),
    "no name": (area(colour="đỏ"), "boundary_unknown_unit"),
    "two codes": (area(code="W1", ma="W2"), "boundary_several_units"),
    "code and name of two units": (area(code="W1", name="Phường 2"), "boundary_contradicts"),
    "a tag": (area(code="W1", note="<img src=x>"), "boundary_markup"),
    "a script": (area(code="W1", link="java\nscript:alert(1)"), "boundary_markup"),
    "a handler": (area(code="W1", deep={"x": ["a onload=alert(1)"]}), "boundary_markup"),
    "a tag in a name of a property": (area(**{"code": "W1", "<b>": 1}), "boundary_markup"),
    "its own projection": (
        area() | {"crs": {"type": "name", "properties": {"name": "EPSG:5899"}}},
        "boundary_projection",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_one_fault_is_named_and_nothing_is_taken(what: str) -> None:
    told, code = REFUSED[what]
    assert codes(whole(area(code="W3"), told)) == [code]


def test_a_number_too_large_for_any_float_is_no_place() -> None:
    text = json.dumps(whole(area([[[105, 10], *SQUARE[1:]]]))).replace("105,", "1e999,")
    assert codes(text.encode()) == ["boundary_no_degrees"]


@pytest.mark.parametrize(
    "crs", [{"type": "name", "properties": {"name": "EPSG:9210"}}, {"type": "link"}, "VN-2000"]
)
def test_another_projection_is_refused(crs: Any) -> None:
    assert codes(whole(area(), crs=crs)) == ["boundary_projection"]


def test_a_unit_twice_is_refused_by_its_name() -> None:
    (problem,) = read(whole(area(), area(name="Phường 1"), area(code="W2"))).problems
    assert problem.code == "boundary_twice"
    assert "“Phường 1” có 2 vùng" in problem.problem()


def test_units_that_are_called_alike_are_told_apart_by_code_alone() -> None:
    other = Unit("X.W1", "Phường 1", "Ward 1", "phường", "CITY")
    alike = replace(CATALOGUE, units=(*CATALOGUE.units, other))
    assert codes(whole(area(name="Phường 1")), alike) == ["boundary_several_units"]
    both = whole(area(code="X.W1", name="Phường 1"))
    assert [one.unit for one in read(both, alike).boundaries] == ["X.W1"]


def test_every_fault_is_told_at_once() -> None:
    found = codes(whole(*(told for told, code in REFUSED.values() if code != "boundary_markup")))
    assert found == ["boundary_projection"]
    rest = [told for told, code in REFUSED.values() if code.endswith(("open", "short", "unit"))]
    assert len(codes(whole(*deepcopy(rest)))) >= len(rest)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)
LIKELY = st.sampled_from([*SQUARE[0], *SQUARE, SQUARE, [SQUARE], "Polygon", "W1", "", None, [], {}])
FEATURES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.just("Feature") | JSON,
        "id": JSON,
        "crs": JSON,
        "properties": st.dictionaries(st.sampled_from(["code", "name", "x"]), LIKELY | JSON) | JSON,
        "geometry": st.fixed_dictionaries(
            {
                "type": st.sampled_from(["Polygon", "MultiPolygon"]) | JSON,
                "coordinates": LIKELY | JSON,
            }
        )
        | JSON,
    },
)


@given(JSON | st.builds(whole, FEATURES, FEATURES))
def test_whatever_the_file_holds_it_is_boundaries_or_problems(told: Any) -> None:
    found = read(json.dumps(told).encode())
    assert bool(found.boundaries) != bool(found.problems)
    for problem in found.problems:
        assert problem.sentence().encode()


@given(st.binary())
def test_bytes_of_any_kind_raise_nothing(content: bytes) -> None:
    assert read(content).problems
