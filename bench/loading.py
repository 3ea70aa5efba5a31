"""A large workbook from its bytes to the preview and into the store, beside the least it could cost."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import openpyxl
import python_calamine as calamine

from danvan import intake
from danvan.catalogue import read_catalogue
from danvan.installation import ROOT
from danvan.model import Catalogue, Channel, File, OverUnits, Submission, Unit, YearRule
from danvan.store import Store, open_store

YEAR = 2022
PREVIEWED = 5_000
LOADED = 100_000
HEAD = ("STT", "Đơn vị", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Ghi chú")


def report() -> None:
    """Print the times of a long list of 5,000 and of 100,000 rows."""
    with tempfile.TemporaryDirectory() as folder:
        for rows in (PREVIEWED, LOADED):
            _report(rows, Path(folder))


def _report(rows: int, folder: Path) -> None:
    catalogue = _country(rows)
    file = _workbook(rows, catalogue)
    least = _seconds(lambda: _plain(file, folder / f"plain-{rows}.db"))
    store = _founded(catalogue, folder / f"danvan-{rows}.db")
    checks: list[intake.Check] = []
    checked = _seconds(lambda: checks.append(intake.check(store, [file], YEAR)))
    assert len(checks[0].changes) == rows, checks[0].problems[:3]
    stored = _seconds(lambda: intake.hand_in(store, checks[0], "bench", Channel.LOAD))
    print(f"a workbook of {rows:,} rows and {len(file.content) / 2**20:.1f} MiB")
    print(f"  calamine and executemany        {least:8.3f} s   1")
    print(f"  read, checked, compared         {checked:8.3f} s   {checked / least:.2f}")
    print(f"  … and stored                    {checked + stored:8.3f} s   "
          f"{(checked + stored) / least:.2f}")  # fmt: skip


def _country(rows: int) -> Catalogue:
    """The shipped indicators, and as many communes as it takes."""
    shipped = read_catalogue(ROOT / "data")
    indicators = tuple(i for i in shipped.indicators if i.over_units is not OverUnits.OWN)
    communes = tuple(
        Unit(f"C{at}", f"Xã Tân Phú {at}", f"Tân Phú {at}", "xã", "TP")
        for at in range(-(-rows // len(indicators)))
    )
    top = Unit("TP", "Tỉnh Sông Tiền", "Sông Tiền", "tỉnh")
    return replace(shipped, indicators=indicators, units=(top, *communes), changes=())


def _workbook(rows: int, catalogue: Catalogue) -> File:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Tổng hợp")
    sheet.append(HEAD)
    pairs = ((unit, i) for unit in catalogue.units[1:] for i in catalogue.indicators)
    for at, (unit, indicator) in zip(range(1, rows + 1), pairs, strict=False):
        sheet.append(
            (at, unit.name, indicator.name, indicator.measure, at % 97 + 2, at % 89 + 2, "")
        )
    target = io.BytesIO()
    book.save(target)
    return File("tổng hợp.xlsx", target.getvalue())


def _plain(file: File, path: Path) -> None:
    """What any reader has to do: the cells out of the file, a row each into a table."""
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
    rows = sheet.to_python()[1:]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table row (n, unit, indicator, measure, target, result, note)")
    connection.execute("begin immediate")
    connection.executemany("insert into row values (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("commit")
    connection.close()


def _founded(catalogue: Catalogue, path: Path) -> Store:
    store = open_store(str(path))
    years = (YearRule(YEAR),)
    store.submit(
        [
            Submission(person="bench", channel=Channel.CATALOGUE, catalogue=catalogue),
            Submission(person="bench", channel=Channel.YEAR, years=years),
        ]
    )
    return store


def _seconds(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun
