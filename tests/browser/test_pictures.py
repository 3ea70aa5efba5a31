"""Pictures of charts and tables: saved by a button of the page, under the rules of the gate."""

from __future__ import annotations

import base64
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.screens import Screens
from tests.server.running import ROOT, serving

PRODUCT = ("danvan", "server", "ui", "pages", "data", ".streamlit", "dashboard.py")
HOSTILE = '<b>"Đạt" & vượt</b> kế hoạch'
SOURCE = "Nguồn: báo cáo số 01-BC/BDV, ngày 27/12/2022"
PAGE = f"""
import plotly.graph_objects as go
import streamlit as st
from ui import filters, pictures

words = filters.words()
st.title("Ảnh")
chart = go.Figure(go.Bar(x=["Phường 1", "Phường 2"], y=[4, 7], marker_color=["#28835B", "#B3261E"]))
chart.update_layout(height=300, template="none", paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)")
st.plotly_chart(chart, key="bars of wards", theme=None)
pictures.button("bars of wards", {HOSTILE!r}, {SOURCE!r}, words)
with st.container(key="units"):
    st.html("<table class=matrix><tr><th>Đơn vị<th>Đạt</tr>"
            "<tr><td>Phường 1<td style='background:#28835B;color:#fff'>4/4</tr></table>")
pictures.button("units", "Các đơn vị " * 20, {SOURCE!r}, words, name="don-vi")
with st.container(key="tiles"):
    st.html("<div class=tiles><div class=tile style='background:#B3261E;color:#fff'>Phường 1</div>"
            "<div class=tile style='background:repeating-linear-gradient(45deg,#DCE2E9,#DCE2E9 4px,"
            "#FFF8E0 4px,#FFF8E0 7px)'>Phường 2</div></div>")
pictures.button("tiles", "Các ô", {SOURCE!r}, words)
"""
COLOURS = """async address => {
    const image = new Image()
    image.src = address
    await image.decode()
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d")
    pen.drawImage(image, 0, 0)
    const { data } = pen.getImageData(0, 0, image.width, image.height)
    const seen = {}
    for (let at = 0; at < data.length; at += 4) {
        const colour = "#" + [0, 1, 2].map(n => data[at + n].toString(16).padStart(2, "0")).join("")
        seen[colour] = (seen[colour] ?? 0) + 1
    }
    return seen
}"""
"""How many pixels there are of each colour."""
EDGE, SCALE = 24, 2


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product with another first page: its gate, its scripts, its navigation."""
    folder = tmp_path_factory.mktemp("pictures")
    for name in PRODUCT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    (folder / "pages" / "view" / "overview.py").write_text(PAGE, encoding="utf-8")
    with serving(folder / "danvan.db", folder=folder) as address:
        yield address


@pytest.fixture
def page(screens: Screens, address: str) -> Page:
    return screens.open(address, "/").page


def _saved(page: Page, at: int) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải ảnh PNG").nth(at).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def _size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _colours(page: Page, content: bytes) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(
        COLOURS, "data:image/png;base64," + base64.b64encode(content).decode()
    )
    return found


def test_a_chart_is_saved_with_its_title_twice_as_large(page: Page) -> None:
    name, content = _saved(page, 0)
    assert name == "b-dat-vuot-b-ke-hoach.png"
    box = page.locator(".js-plotly-plot").bounding_box()
    assert box
    width, height = _size(content)
    assert abs(width - SCALE * (box["width"] + 2 * EDGE)) <= SCALE
    assert SCALE * (box["height"] + 2 * EDGE) < height < SCALE * (box["height"] + 8 * EDGE)
    colours = _colours(page, content)
    ink = colours.get("#0f1923", 0)
    assert ink > 500, "title and source are written"
    assert len(colours) > 50, "letters have soft edges"
    for bar in ("#28835b", "#b3261e"):
        assert colours[bar] > 0.05 * width * height
    assert colours["#ffffff"] > 0.3 * width * height


def test_a_table_is_saved_with_the_colours_of_its_cells(page: Page) -> None:
    name, content = _saved(page, 1)
    assert name == "don-vi.png"
    box = page.locator("table.matrix").bounding_box()
    cell = page.locator("table.matrix td").nth(1).bounding_box()
    assert box
    assert cell
    assert abs(_size(content)[0] - SCALE * (box["width"] + 2 * EDGE)) <= SCALE
    colours = _colours(page, content)
    filled = SCALE**2 * cell["width"] * cell["height"]
    assert 0.5 * filled < colours["#28835b"] <= filled
    assert colours["#ffffff"] > 0


def test_tiles_are_saved_with_their_grounds_and_what_is_missing_is_hatched(page: Page) -> None:
    name, content = _saved(page, 2)
    assert name == "cac-o.png"
    box = page.locator(".tile").first.bounding_box()
    assert box
    colours = _colours(page, content)
    filled = SCALE**2 * box["width"] * box["height"]
    assert 0.5 * filled < colours["#b3261e"] <= filled
    for stripe in ("#dce2e9", "#fff8e0"):
        assert 0.1 * filled < colours[stripe] < 0.9 * filled


def test_a_dark_page_makes_a_dark_picture(screens: Screens, address: str) -> None:
    page = screens.open(address, "/", "dark").page
    _, content = _saved(page, 0)
    colours = _colours(page, content)
    assert max(colours, key=lambda colour: colours[colour]) == "#10161d"


def test_a_title_is_never_markup_and_the_button_names_what_it_saves(page: Page) -> None:
    page.get_by_role("button", name=f"Tải ảnh PNG: {HOSTILE}", exact=True).wait_for()
    assert not page.locator("[data-testid=stHtml] b").count()


def test_a_button_can_be_pressed_again(page: Page) -> None:
    assert _saved(page, 0)[1] == _saved(page, 0)[1]
