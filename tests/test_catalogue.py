"""The shipped catalogue is sound; a broken one gets a sentence with file, line and column."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from danvan import shipped
from danvan.catalogue import read_catalogue
from danvan.errors import CatalogueError
from danvan.model import Direction, KeyGroup, Kind, OverUnits
from danvan.store import Store, open_store
from danvan.wording import Language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    copy.mkdir()
    for file in shipped.FOLDER.glob("*.csv"):
        shutil.copy(file, copy)
    return copy


def test_the_shipped_catalogue_is_whole() -> None:
    catalogue = read_catalogue(shipped.FOLDER)
    assert len(catalogue.areas) == 15
    assert {i.area for i in catalogue.indicators} <= set(catalogue.area)
    assert [unit.code for unit in catalogue.roots(2022)] == ["TPCL"]
    assert len([unit for unit in catalogue.units if unit.valid_in(2022)]) == 16
    assert all(i.measure_en for i in catalogue.indicators)


def test_a_key_group_leads_with_its_first_indicator() -> None:
    groups = read_catalogue(shipped.FOLDER).groups
    assert groups[0] == KeyGroup(
        "MH", "Mô hình", "Models", ("DVK.02", "DVK.01", "DVK.03", "CCHC.02", "CCHC.03")
    )


def test_units_come_and_go_with_time() -> None:
    catalogue = read_catalogue(shipped.FOLDER)
    assert not catalogue.unit["TPCL.P2"].valid_in(2025)
    assert catalogue.unit["TPCL.PMN"].valid_in(2025)
    assert not catalogue.unit["DT.CL"].valid_in(2024)
    first = catalogue.changes[0]
    assert (first.day, first.old, first.new) == (date(2025, 1, 1), "TPCL.P2", "TPCL.P1")
    assert "TPCL.P1" in catalogue.subtree("TPCL")


def test_percentages_are_joined_as_ratios() -> None:
    for indicator in read_catalogue(shipped.FOLDER).indicators:
        if indicator.kind is Kind.PERCENT:
            assert indicator.over_units in (OverUnits.RATIO, OverUnits.OWN)
        assert indicator.direction in Direction


def _set(folder: Path, file: str, line: int, column: str, value: str) -> None:
    path = folder / file
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    rows[line - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


BROKEN = [
    ("indicators.csv", 3, "direction", "up"),
    ("indicators.csv", 3, "direction", ""),
    ("indicators.csv", 4, "area", "XYZ"),
    ("indicators.csv", 5, "decimals", "hai"),
    ("indicators.csv", 5, "decimals", "7"),
    ("indicators.csv", 3, "code", "LD.01"),
    ("indicators.csv", 6, "over_units", "sum"),
    ("indicators.csv", 3, "name", ""),
    ("indicators.csv", 3, "code", "LD 02"),
    ("areas.csv", 2, "name", ""),
    ("key-groups.csv", 2, "indicators", "DVK.02 DVK.99"),
    ("key-groups.csv", 3, "indicators", " "),
    ("key-groups.csv", 3, "code", "MH"),
    ("key-groups.csv", 4, "name_en", ""),
    ("units.csv", 3, "parent", "NOWHERE"),
    ("units.csv", 2, "parent", "TPCL.P1"),
    ("units.csv", 3, "to", "30/06/2025"),
    ("units.csv", 13, "from", "2026-01-01"),
    ("unit-changes.csv", 2, "new", "TPCL.P2"),
    ("unit-changes.csv", 3, "old", "NOBODY"),
    ("unit-changes.csv", 3, "date", ""),
]


@pytest.mark.parametrize(("file", "line", "column", "value"), BROKEN)
def test_a_broken_cell_is_named(
    folder: Path, tmp_path: Path, file: str, line: int, column: str, value: str
) -> None:
    _set(folder, file, line, column, value)
    store = open_store(str(tmp_path / "new.db"))
    with pytest.raises(CatalogueError) as refused:
        shipped.fill(store, folder)
    named = refused.value.values["line"]
    if file != "units.csv":  # a circle is named at one of the lines it goes through
        assert named == line
    for language in Language:
        sentence = refused.value.text(language)
        assert file in sentence
        assert str(named) in sentence
    assert store.revision() == 0


def _drop_column(path: Path) -> None:
    path.write_text("code,name\nA,Lĩnh vực\n", encoding="utf-8")


def _break_encoding(path: Path) -> None:
    path.write_bytes("code,name,name_en\nA,Lĩnh vực,Area\n".encode("utf-16"))


def _add_cell(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("\nHDND", ",x\nHDND"), "utf-8")


@pytest.mark.parametrize("spoil", [Path.unlink, _drop_column, _break_encoding, _add_cell])
def test_a_broken_file_is_named(folder: Path, spoil: Callable[[Path], object]) -> None:
    spoil(folder / "areas.csv")
    with pytest.raises(CatalogueError, match=r"areas\.csv"):
        read_catalogue(folder)


def test_broken_shipped_figures_are_named_and_nothing_is_stored(
    folder: Path, tmp_path: Path
) -> None:
    _set(folder, "figures-2022.csv", 3, "result", "hai mươi ba")
    store = open_store(str(tmp_path / "new.db"))
    with pytest.raises(CatalogueError, match=r"figures-2022\.csv, E3"):
        shipped.fill(store, folder)
    assert store.revision() == 0


def test_what_is_shipped_names_its_source(cao_lanh: Store) -> None:
    stated = cao_lanh.history(2022, "TPCL", "CCHC.01")
    assert set(stated["cell"]) == {"D3", "E3"}
    assert set(stated["file"]) == {"figures-2022.csv"}
    assert set(stated["document_date"]) == {"2022-12-27"}
    assert set(stated["channel"]) == {"shipped"}


def test_filling_a_store_that_has_data_changes_nothing(cao_lanh: Store) -> None:
    before = cao_lanh.revision()
    shipped.fill(cao_lanh)
    assert cao_lanh.revision() == before
