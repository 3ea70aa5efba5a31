"""Tiles: each unit with what the measured figures say of it, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from danvan import charts, findings
from danvan.charts import DARK
from danvan.completion import measured
from danvan.model import Catalogue, Unit
from danvan.states import ASKED, State
from danvan.wording import Words
from tests.making import AFTER, CATALOGUE, RULE, WARDS, figures

CODES = ("SUM", "LATEST", "OWN", "TRACK")
VALUE = st.none() | st.integers(0, 6)
ROWS: list[dict[str, Any]] = [
    {"unit": "W1", "indicator": "SUM", "target": 5, "result": 3},
    {"unit": "W1", "indicator": "LATEST", "target": 5, "result": 7},
    {"unit": "W1", "indicator": "OWN", "expected": True},
    {"unit": "W2", "indicator": "SUM", "target": 4},
]
FRAME = measured(figures(*ROWS), CATALOGUE, RULE, AFTER)


def _said(html: str) -> str:
    plain = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", plain)))


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(WARDS), st.sampled_from(CODES)), st.tuples(VALUE, VALUE)
    )
)
def test_tiles_count_the_states_of_the_measured_frame(stated: dict[Any, Any]) -> None:
    rows = [
        {"unit": u, "indicator": c, "target": t, "result": r} for (u, c), (t, r) in stated.items()
    ]
    frame = measured(figures(*rows), CATALOGUE, RULE, AFTER)
    tiles = charts.unit_tiles(frame, WARDS, CATALOGUE)
    assert [tile.unit.code for tile in tiles] == list(WARDS)
    for tile in tiles:
        states = [s for s in frame.loc[frame["unit"] == tile.unit.code, "state"] if s in ASKED]
        assert tile.counts == {s: states.count(s) for s in State if s in states}
        assert tile.reached == states.count("met") + states.count("exceeded")
    for state, count in charts.units_by_state(tiles).items():
        assert (
            count
            == frame.loc[frame["unit"].isin(WARDS) & (frame["state"] == state), "unit"].nunique()
        )


def test_all_at_once_is_what_the_unit_s_own_page_counts(words: Words) -> None:
    tile = charts.unit_tiles(FRAME, WARDS, CATALOGUE)[0]
    sentence = findings.sentence(findings.year_sentence(FRAME[FRAME["unit"] == "W1"], 2022, words))
    assert "1/2 chỉ tiêu được giao" in sentence  # what has no target is not counted
    assert (tile.reached, tile.asked) == (1, 2)
    assert charts.tile_words(tile, words) == (
        "Phường 1: 1/2 chỉ tiêu đạt và vượt; 1 chưa đạt, 1 vượt"
    )


def test_one_indicator_is_its_figure_with_sign_and_word(words: Words) -> None:
    tiles = charts.unit_tiles(FRAME, WARDS, CATALOGUE, "SUM")
    assert charts.tiles_words(tiles, words) == (
        "Phường 1: 3/5\u00a0mô hình, chưa đạt; Phường 2: chưa có số liệu, chưa báo cáo; "
        "Phường 3: chưa có số liệu"
    )
    said = _said(charts.tiles_html(tiles, words))
    assert "Phường 1 3/5 ▼ chưa đạt" in said
    assert "Phường 2 chưa có số liệu ○ chưa báo cáo" in said
    assert charts.units_by_state(tiles) == {State.MISSED: 1, State.NOT_REPORTED: 1}


def test_of_nothing_arisen_and_of_nothing_asked_there_is_no_state(words: Words) -> None:
    nothing = FRAME.assign(state="", result=float("nan"), denominator=0.0)
    tile = charts.unit_tiles(nothing, WARDS, CATALOGUE, "SUM")[0]
    assert charts.tile_words(tile, words) == "Phường 1: không phát sinh (0/0), chưa có dữ liệu"
    assert "chưa có dữ liệu" in _said(charts.tiles_html([tile], words))
    idle = charts.unit_tiles(FRAME, WARDS, CATALOGUE)[2]
    assert charts.tile_words(idle, words) == "Phường 3: không có chỉ tiêu nào phải báo cáo"
    assert "s-none" in charts.tiles_html([idle], words)


def test_a_tile_leads_where_it_is_told_to_or_nowhere(words: Words) -> None:
    tiles = charts.unit_tiles(FRAME, WARDS, CATALOGUE)
    linked = charts.tiles_html(tiles, words, DARK, lambda row: f"unit?unit={row['unit']}&lang=en")
    assert re.findall(r'href="([^"]*)"', linked) == [
        f"unit?unit={code}&amp;lang=en" for code in WARDS
    ]
    assert "<a " not in charts.tiles_html(tiles, words)


def test_the_grid_is_near_square_and_what_was_written_is_no_markup(words: Words) -> None:
    units = tuple(Unit(f"U{n}", "<b>Xã & ấp</b>", "", "xã", "CITY") for n in range(15))
    catalogue = Catalogue(units=units)
    tiles = charts.unit_tiles(FRAME, [unit.code for unit in units], catalogue)
    html = charts.tiles_html(tiles, words)
    assert "--across:4" in html
    assert "<b>" not in html
    assert html.count("&lt;b&gt;Xã &amp; ấp&lt;/b&gt;") == 15
