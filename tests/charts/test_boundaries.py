"""Boundaries as drawn: true proportions, holes cut out, labels only where they fit."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from math import cos, radians

import pytest

from danvan import charts
from danvan.charts.boundaries import HIGHEST, WIDEST, Outline, projected
from danvan.completion import measured
from danvan.model import Boundary, Point
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures

ROWS = [
    {"unit": "W1", "indicator": "SUM", "target": 5, "result": 3},
    {"unit": "W2", "indicator": "SUM", "target": 5},
]
TILES = charts.unit_tiles(measured(figures(*ROWS), CATALOGUE, RULE, AFTER), WARDS, CATALOGUE, "SUM")


def square(west: float, south: float, side: float = 0.1) -> tuple[Point, ...]:
    east, north = west + side, south + side
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


W1, W2 = Boundary("W1", (square(105.6, 10.4),)), Boundary("W2", (square(105.7, 10.4),))


def test_a_degree_of_longitude_is_as_wide_as_in_the_middle_of_the_map() -> None:
    drawing = projected([Boundary("W1", (square(105, 60, 2),))])
    _, _, width, height = drawing.outlines[0].box
    assert width / height == pytest.approx(cos(radians(61)))
    assert drawing.width <= WIDEST
    assert drawing.height <= HIGHEST


def test_north_is_above_and_west_to_the_left() -> None:
    north_west = Boundary("W3", (square(105.6, 10.6),))
    south_east, other = projected([W2, north_west]).outlines
    assert other.box[0] < south_east.box[0]
    assert other.box[1] < south_east.box[1]


def test_a_label_keeps_out_of_a_hole_and_is_left_out_where_nothing_fits() -> None:
    ring: tuple[Point, ...] = ((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))
    hole: tuple[Point, ...] = ((40, 0), (60, 0), (60, 100), (40, 100), (40, 0))
    assert Outline("W1", (ring,)).room(90, 20) == pytest.approx((50, 50), abs=5)
    assert Outline("W1", (ring, hole)).room(90, 20) is None
    x, _ = Outline("W1", (ring, hole)).room(35, 20) or (50, 0)
    assert not 40 < x < 60


def test_the_map_says_of_each_unit_what_its_tile_says(words: Words) -> None:
    html = charts.boundary_map(TILES, [W2, W1], words, link=lambda row: f"?unit={row['unit']}")
    names = re.findall(r'<a class="area" href="([^"]*)" aria-label="([^"]*)"', html)
    assert names == [
        (f"?unit={tile.unit.code}", charts.tile_words(tile, words)) for tile in TILES[:2]
    ]
    assert "<span>Phường 1</span><b>▼ 3/5</b>" in html
    picture = base64.b64decode(re.findall(r"base64,([^\"]*)", html)[0]).decode()
    assert picture.count("<path") == 2
    assert picture.count("url(#hatch)") == 1  # only what is missing


def test_units_without_a_tile_or_a_boundary_are_not_drawn(words: Words) -> None:
    assert charts.boundary_map(TILES, [], words) == ""
    assert charts.boundary_map(TILES, [replace(W1, unit="X"), Boundary("W1")], words) == ""
    assert charts.boundary_map(TILES, [W1, replace(W1, unit="X")], words).count("clip-path") == 1


@pytest.mark.parametrize(
    "ring",
    [
        ((0, 0), (0, 0), (0, 0), (0, 0)),
        ((-180, -90), (180, -90), (180, 90), (-180, -90)),
        ((10, 90), (20, 90), (15, 90), (10, 90)),
    ],
)
def test_a_shape_of_no_size_or_of_the_whole_earth_breaks_nothing(
    ring: tuple[Point, ...], words: Words
) -> None:
    html = charts.boundary_map(TILES, [Boundary("W1", (ring,))], words)
    assert "nan" not in html.lower()
    assert "inf" not in re.sub(r"<style>.*?</style>", "", html)
