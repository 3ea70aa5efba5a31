"""The map, run from dashboard.py: its tiles are the measured figures, in scope and as of then."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from danvan import intake, shipped
from danvan.completion import measured
from danvan.findings import figure
from danvan.installation import open_installed
from danvan.model import Boundary, Channel, Result, Target
from danvan.rows import rows_of
from danvan.states import ASKED, REACHED, State
from danvan.store import open_store
from danvan.wording import Words
from tests.making import csv_file, submission
from tests.pages.screen import at, links, text
from ui.cached import day

pytestmark = pytest.mark.usefixtures("database")
HEAD = "unit,indicator,target,result\n"
ROWS = (
    "TPCL.P1,DVK.02,3,4\nTPCL.P3,DVK.02,5,1\nTPCL.P4,DVK.02,2,\nTPCL.HA,DVK.02,2,2\n"
    "TPCL.P1,HGCS.03,10,4\nTPCL.P3,TQ.02,,7\n"
)
RING = ((105.6, 10.4), (105.7, 10.4), (105.7, 10.5), (105.6, 10.4))
WORDS = Words("vi")


@pytest.fixture(autouse=True)
def _figures(database: object) -> None:  # noqa: ARG001 - they are stored there
    store = open_installed()
    checked = intake.check(store, [csv_file(HEAD + ROWS)], 2022)
    intake.hand_in(store, checked, "Lan", Channel.LOAD)


def _map(who: str | None = None, **asked: str) -> AppTest:
    screen = at("map", who, **{"year": "2022"} | asked)
    assert not screen.exception
    return screen


def _tiles(screen: AppTest) -> dict[str, str]:
    """What the tile of each unit says."""
    html = next(one.proto.body for one in screen.get("html") if 'class="tiles"' in one.proto.body)
    found = {}
    for tile in html.split('role="listitem"')[1:]:
        name, *rest = re.findall(r">([^<>]+)<", tile)
        found[unescape(name)] = re.sub(r"\s+", " ", unescape(" ".join(rest))).strip()
    return found


def test_every_tile_says_what_was_measured_of_its_unit() -> None:
    store = open_installed()
    catalogue, rule = store.catalogue(), store.years()[2022]
    frame = measured(store.figures(2022), catalogue, rule, day(None))
    units = [u for u in catalogue.units if u.parent == "TPCL" and u.valid_in(2022)]
    rows = {row["unit"]: row for row in rows_of(frame[frame["indicator"] == "DVK.02"])}
    screen = _map(indicator="DVK.02")
    tiles = _tiles(screen)
    assert list(tiles) == [unit.name for unit in units]
    for unit in units:
        said = tiles[unit.name]
        if unit.code not in rows:
            assert said == "chưa có số liệu"
            continue
        row = rows[unit.code]
        assert said.startswith(figure(row, WORDS, with_measure=False))
        assert said.endswith(WORDS(f"state.{row['state']}"))
    shown = text(screen)
    assert "2/4 đơn vị đạt và vượt; chưa đạt: Phường 3; chưa báo cáo: Phường 4." in shown
    for state, n in ((State.MISSED, 1), (State.NOT_REPORTED, 1), (State.MET, 1)):
        assert f"{WORDS(f'state.{state}')}: {n} đơn vị" in shown
    assert "gần đạt" not in shown
    assert "Đơn vị tính: mô hình." in shown
    assert any(
        "indicator?" in to and "unit=TPCL.P3" in to and "DVK.02" in to for to in links(screen)
    )

    tiles = _tiles(every := _map())
    for unit in units:
        asked = frame[(frame["unit"] == unit.code) & frame["state"].isin(ASKED)]
        if asked.empty:
            assert tiles[unit.name] == "không có chỉ tiêu nào phải báo cáo"
            continue
        reached = int(asked["state"].isin(REACHED).sum())
        assert tiles[unit.name].startswith(f"{reached}/{len(asked)} chỉ tiêu đạt và vượt")
    shown = text(every)
    assert "1/4 đơn vị đạt và vượt mọi chỉ tiêu; chưa đạt: Phường 1 (1), Phường 3 (1)" in shown
    assert "chưa đạt: 2 đơn vị" in shown
    assert any("unit?" in to and "unit=TPCL.P3" in to for to in links(every))


def test_a_reporter_sees_the_tile_of_the_own_unit_alone() -> None:
    screen = _map("minh", indicator="DVK.02")
    assert list(_tiles(screen)) == ["Phường 1"]
    assert "Phường 3" not in text(screen)


def test_choosing_writes_the_address_and_all_at_once_goes_unsaid() -> None:
    screen = _map()
    box = screen.selectbox(key="indicator")
    box.select_index(1).run()
    assert "indicator" in screen.query_params
    screen.selectbox(key="indicator").select_index(0).run()
    assert "indicator" not in screen.query_params


def test_figures_and_boundaries_are_those_of_the_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [datetime(2023, 1, 1, tzinfo=UTC)]
    path = str(tmp_path / "past.db")
    monkeypatch.setenv("DANVAN_DATABASE", path)
    shipped.fill(store := open_store(path, lambda: moments[-1]))
    moments.append(datetime(2023, 2, 1, tzinfo=UTC))
    store.submit([submission(_result(4)), submission(_target(3))])
    moments.append(datetime(2023, 3, 1, tzinfo=UTC))
    act = submission(channel=Channel.CATALOGUE, boundaries=(Boundary("TPCL.P1", (RING,)),))
    store.submit([act, submission(_result(1))])

    screen = _map(indicator="DVK.02", as_of="2023-02-15")
    assert _tiles(screen)["Phường 1"] == "4/3 ▲ vượt"
    assert "không phải vị trí thật" in text(screen)
    screen = _map(indicator="DVK.02")
    assert "Phường 1" not in _tiles(screen)  # it lies on the map
    areas = " ".join(one.proto.body for one in screen.get("html"))
    assert 'aria-label="Phường 1: 1/3\u00a0mô hình, chưa đạt"' in areas
    assert "Chưa có ranh giới" in text(screen)


def _result(value: int) -> Result:
    return Result(year=2022, unit="TPCL.P1", indicator="DVK.02", value=Decimal(value))


def _target(value: int) -> Target:
    return Target(year=2022, unit="TPCL.P1", indicator="DVK.02", value=Decimal(value))


def test_a_file_of_boundaries_is_checked_stored_and_taken_back(database: Path) -> None:  # noqa: ARG001
    def told(code: str) -> bytes:
        shape = {"type": "Polygon", "coordinates": [RING]}
        area = {"type": "Feature", "properties": {"code": code}, "geometry": shape}
        return json.dumps({"type": "FeatureCollection", "features": [area]}).encode()

    screen = at("catalogue", "lan", tab="boundaries")
    screen.selectbox(key="boundaries-year").select(2022)
    screen.file_uploader[0].upload("a.geojson", told("P99"), "application/json").run()
    assert "Vùng “P99” không khớp đơn vị nào của năm 2022." in text(screen)
    assert not any("Lưu ranh giới" in button.label for button in screen.button)

    screen.file_uploader[0].upload("a.geojson", told("TPCL.P1"), "application/json").run()
    shown = text(screen)
    assert "Khớp 1 đơn vị: Phường 1" in shown
    assert "Không có trong tệp, giữ như đang có: Phường 2, Phường 3" in shown
    next(b for b in screen.button if b.label == "Lưu ranh giới của 1 đơn vị").click().run()
    assert "Đang có ranh giới của 1 đơn vị." in text(screen)
    store = open_installed()
    assert [one.unit for one in store.boundaries()] == ["TPCL.P1"]
    number = int(store.submissions()["id"].max())
    assert store.file(number, "a.geojson") == told("TPCL.P1")
    assert f"lần nộp số {number}" in text(screen)

    next(b for b in screen.button if b.label == "Bỏ mọi ranh giới").click().run()
    assert open_installed().boundaries() == ()
    assert "Tệp GeoJSON" in text(at("catalogue", "lan", tab="boundaries"))
    assert "Tệp GeoJSON" not in text(at("catalogue", "hoa", tab="boundaries"))  # an editor
