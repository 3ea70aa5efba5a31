"""The pages of officials in a browser: at three sizes, light and dark, on the generated city and on
the real figures of 2022.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from danvan import shipped
from danvan.model import Boundary, Channel, Point, Register, Submission
from danvan.store import Store, open_store
from tests.browser.looking import SIZES, faults, resize, unreached
from tests.browser.screens import Screens
from tests.server.running import serving

GENERATED = {
    "overview": "/?year=2025",
    "overview of a quarter": "/?year=2025&period=Q2",
    "indicator": "/indicator?year=2025&unit=SV&indicator=DVK.02",
    "indicator of a ward that took in others": "/indicator?year=2025&unit=SV.PRS&indicator=HGCS.03",
    "unit": "/unit?year=2025&unit=SV.P3",
    "years compared": "/compare?year=2025&unit=SV.P1&unit=SV.P3",
    "models": "/models?year=2025&renewal=new&q=hoa",
    "a model": "/models?year=2025&entry={model}",
    "tasks": "/tasks?year=2025&as_of=2025-09-15",
    "awards": "/awards?year=2025&decision=none&years=all",
    "units compared": "/compare?year=2025&tab=units&indicator=DVK.02&indicator=HGCS.03",
    "map": "/map?year=2025&indicator=DVK.02",
    "map of boundaries": "/map?year=2024",
}
DARK = [page for page in GENERATED if page not in
        ("overview of a quarter", "indicator of a ward that took in others", "units compared")]  # fmt: skip
"""Those three are drawn with nothing that the others are not."""
JUDGED = {"light": ["projector", "phone"], "dark": ["phone"]}
"""Where axe looks: what it has to say of the dark theme is about its colours, at whatever size."""
BY_KEYBOARD = ("overview", "indicator", "unit", "years compared", "tasks", "map of boundaries")
"""Where Tab has to come to everything."""
REAL = {
    "overview": "/",
    "indicator": "/indicator?indicator=CCHC.01",
    "unit": "/unit?unit=TPCL.TT",
    "compare": "/compare",
}


@pytest.fixture(scope="module")
def city(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the generated city."""
    path = tmp_path_factory.mktemp("city") / "city.db"
    shutil.copy(generated, path)
    _bound(open_store(str(path)), 2024)
    with serving(path) as address:
        yield address


def _bound(store: Store, year: int) -> None:
    """Give all units of that year but two a boundary, as a file of an office would."""
    units = [u for u in store.catalogue().units if u.parent and u.valid_in(year)][:-2]
    boundaries = tuple(
        Boundary(unit.code, (_square(105.5 + 0.04 * (at % 4), 10.5 - 0.03 * (at // 4)),))
        for at, unit in enumerate(units)
    )
    act = Submission(person="lan", channel=Channel.CATALOGUE, boundaries=boundaries)
    store.submit([act])


def _square(west: float, south: float) -> tuple[Point, ...]:
    east, north = west + 0.04, south + 0.03
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of what is shipped."""
    path = tmp_path_factory.mktemp("real") / "real.db"
    shipped.fill(open_store(str(path)))
    with serving(path) as address:
        yield address


@pytest.mark.parametrize(
    ("page", "theme"),
    [*((page, "light") for page in GENERATED), *((page, "dark") for page in DARK)],
)
def test_a_page_of_the_generated_city_is_sound(
    city: str, generated: Path, screens: Screens, page: str, theme: str
) -> None:
    models = open_store(str(generated)).entries(Register.MODEL, 2025)
    path = GENERATED[page].format(model=models.iloc[0]["entry"])
    screen = screens.open(city, path, theme, size="phone")
    expect(screen.page.get_by_text("Số liệu mẫu", exact=True)).to_be_visible()
    assert faults(screen.page, SIZES, judged=JUDGED[theme]) == []
    if theme == "light" and page in BY_KEYBOARD:
        resize(screen.page, "projector")
        assert unreached(screen.page) == []
    assert screen.outside == []


@pytest.mark.parametrize(
    ("page", "theme"), [*((page, "light") for page in REAL), ("overview", "dark")]
)
def test_a_page_of_the_real_figures_is_sound(
    real: str, screens: Screens, page: str, theme: str
) -> None:
    screen = screens.open(real, REAL[page], theme, size="phone")
    assert faults(screen.page, SIZES, judged=JUDGED[theme]) == []
    assert screen.outside == []


def test_arrows_go_from_cell_to_cell_of_the_matrix(city: str, screens: Screens) -> None:
    page = screens.open(city, GENERATED["overview"]).page
    page.locator("table.matrix thead a").first.focus()
    page.keyboard.press("ArrowDown")
    first = page.locator("table.matrix tbody tr").first.locator("a").first
    expect(first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("table.matrix tbody tr").first.locator("a").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vì sao có số này")).to_be_visible()
    assert "unit=SV." in page.url


def test_the_map_is_gone_through_by_tab_led_on_by_enter_and_taken_away(
    city: str, screens: Screens
) -> None:
    screen = screens.open(city, GENERATED["map of boundaries"])
    page = screen.page
    areas = page.locator("a.area")
    with page.expect_download() as picture:
        page.get_by_role("button", name="Tải ảnh PNG").click()
    assert Path(picture.value.path()).read_bytes()[1:4] == b"PNG"
    areas.first.focus()
    page.keyboard.press("Tab")
    expect(areas.nth(1)).to_be_focused()
    name = str(areas.nth(1).get_attribute("aria-label")).partition(":")[0]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    assert "/unit?" in page.url


# a new official with three questions: each is answered in at most three clicks from the first screen


def test_which_ward_has_not_reported(city: str, screens: Screens) -> None:
    """No click: the first screen names them. One more leads to the ward and what it owes."""
    page = screens.open(city, GENERATED["overview"]).page
    names = page.locator("p", has_text=re.compile("Nộp chưa đủ|Chưa nộp")).locator("a")
    expect(names.first).to_be_visible()
    name = names.first.inner_text().partition(" (")[0]
    names.first.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(
        page.get_by_text(re.compile("Báo cáo cả năm của đơn vị: (mới|chưa) nộp"))
    ).to_be_visible()


def test_registers_are_narrowed_and_searched_without_accents(city: str, screens: Screens) -> None:
    page = screens.open(city, "/awards?year=2024&level=province").page
    expect(page.get_by_text(re.compile(r"^\d+ trên \d+ dòng")).first).to_be_visible()
    cells = page.locator("table.listed tbody tr")
    expect(cells.first).to_contain_text("tỉnh")
    assert all("tỉnh" in text and "/2024" in text for text in cells.all_inner_texts())
    page = screens.open(city, "/models?year=2025").page
    page.get_by_placeholder("Tìm theo tên").fill("cho dan sinh khong dung tien mat")
    page.keyboard.press("Enter")
    expect(cells.first).to_contain_text("Chợ dân sinh không dùng tiền mặt")
    assert all("Chợ dân sinh" in text for text in cells.all_inner_texts())
    cells.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Chợ dân sinh không dùng tiền mặt")).to_be_visible()
    page = screens.open(city, "/tasks?year=2025&as_of=2025-09-15").page
    expect(page.get_by_role("heading", name=re.compile("nhiệm vụ quá hạn"))).to_be_visible()
    expect(cells.first).to_contain_text("quá hạn")


def test_recruits_this_year_against_last_year(city: str, screens: Screens) -> None:
    """No click: the card says both. One more leads to all the years."""
    page = screens.open(city, GENERATED["overview"]).page
    said = re.compile(r"thanh niên.* so với năm 2024 \(")
    expect(page.get_by_text(said).first).to_be_visible()
    page.get_by_role("link", name="Thanh niên giao quân").first.click()
    expect(page.get_by_role("heading", name="so với năm 2024")).to_be_visible()


def test_where_23_of_23_comes_from(real: str, screens: Screens) -> None:
    """One click on the indicator's name: rule, file, cell, document, who and when."""
    page: Page = screens.open(real, "/").page
    page.get_by_role("link", name="Nhiệm vụ cải cách hành chính hoàn thành").first.click()
    for said in ("Kết quả chia cho kế hoạch.", "figures-2022.csv · E3", "27/12/2022"):
        expect(page.get_by_text(said).first).to_be_visible()


def test_a_chart_gives_its_table_and_both_to_take_away(city: str, screens: Screens) -> None:
    page = screens.open(city, GENERATED["indicator"]).page
    page.get_by_role("button", name="Bảng số liệu").first.click()
    expect(page.get_by_role("table").get_by_text("2017")).to_be_visible()
    with page.expect_download() as table:
        page.get_by_role("button", name="Tải bảng (.xlsx)").click()
    assert Path(table.value.path()).read_bytes()[:2] == b"PK"
    page.keyboard.press("Escape")
    with page.expect_download() as picture:
        page.get_by_role("button", name="Tải ảnh PNG").first.click()
    assert Path(picture.value.path()).read_bytes()[1:4] == b"PNG"
