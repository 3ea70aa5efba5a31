"""The whole plan of the generated city: set in three ways, revised, and the same wherever it is told."""

from __future__ import annotations

import io
import json
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from danvan import closing, intake, planning
from danvan.access import Access, operator
from danvan.cli import danvan
from danvan.demo.city import CODE as TOP
from danvan.installation import open_installed
from danvan.intake.template import FIRST
from danvan.listing import listed
from danvan.model import Channel, File, OverUnits
from danvan.planning import Base, Decision, Earlier, Matrix, Place, Rounding, Rule, Way
from danvan.rows import known, rows_of
from danvan.spreadsheet import workbook
from danvan.wording import PLACES, Words, number
from tests.conftest import TODAY
from ui import tables
from ui.tables import Listed

LAST, YEAR = TODAY.year, TODAY.year + 1
AREA, SHARED = "DVK", ("CCHC.02", "MTTQ.04", "QCX.05")
REVISED = ("DVK.01", "LD.02", "MTTQ.04")
DECISION = Decision("312/QĐ-UBND", date(YEAR, 7, 6), "Điều chỉnh sau sơ kết 6 tháng")
WORDS = Words("vi")


@pytest.fixture(scope="module")
def store(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Access:
    """The city with the next year being planned."""
    path = tmp_path_factory.mktemp("plan") / "city.db"
    shutil.copy(generated, path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DANVAN_DATABASE", str(path))
        reader = Access(open_installed(), operator("lan"))
    closing.plan(reader, YEAR)
    return reader


def _draft(store: Access, past: Earlier) -> dict[Place, Decimal]:
    """Last year's plan a little higher, for every indicator and unit that had one."""
    catalogue = store.catalogue()
    rules = {one.code: Rule(Base.PLAN, Decimal(5)) for one in catalogue.indicators}
    found = planning.proposed(catalogue, YEAR, TOP, past, LAST, rules)
    return {(one.unit, one.indicator): one.value for one in found if one.value is not None}


def _matrix(store: Access) -> Matrix:
    return planning.matrix(store.figures(YEAR), store.catalogue(), YEAR, TOP)


def _write(store: Access, texts: dict[Place, str], decision: Decision | None = None) -> None:
    checked = planning.written(store, planning.opened(store, YEAR, TOP), texts)
    assert checked.sound
    planning.hand_in(store, checked, decision=decision)


def _upload(store: Access, plan: dict[Place, Decimal]) -> None:
    """The workbook of the plan, filled in and handed in without a question."""
    content = intake.template_for(store, YEAR, None, WORDS, plan=True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[:-1]:
        rows = {cell.value: cell.row for cell in sheet["A"] if cell.row > FIRST}
        for cell in sheet[FIRST]:
            code = str(cell.value or "").partition(":")[0]
            for unit, row in rows.items():
                if (unit, code) in plan:
                    sheet.cell(row, cell.column).value = float(plan[unit, code])
    filled = io.BytesIO()
    book.save(filled)
    checked = intake.check(store, [File("ke-hoach.xlsx", filled.getvalue())], YEAR)
    assert checked.problems == ()
    intake.hand_in(store, checked, store.account.name, Channel.UPLOAD)


def _share(store: Access, past: Earlier, code: str, total: Decimal) -> None:
    units = planning.below(store.catalogue(), YEAR, TOP)
    weights = planning.weights(Way.TARGET, units, code, past, LAST)
    decimals = store.catalogue().indicator[code].decimals
    shares = planning.allocate(total, weights, decimals, Rounding.SPREAD)
    texts = {(unit, code): number(part.value, PLACES) for unit, part in shares.parts.items()}
    checked = planning.written(
        store, planning.opened(store, YEAR, TOP), texts | {(TOP, code): number(total, PLACES)}
    )
    planning.hand_in(store, checked, Channel.ALLOCATION)


def _told(rows: pd.DataFrame, frame: pd.DataFrame) -> dict[Place, tuple[float, float]]:
    """The targets and the first ones of the places that the plan has, as a frame says them."""
    wanted = set(zip(frame["unit"], frame["indicator"], strict=True))
    return {
        (row["unit"], row["indicator"]): (row["target"], row["first_target"])
        for row in rows_of(rows)
        if row.get("period", "year") == "year" and (row["unit"], row["indicator"]) in wanted
    }


def _exported(rows: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    """Target and first target of every row of the table that is taken away, by names."""
    columns = [
        tables.text("mã", lambda row: row["indicator"]),
        tables.text("đv", lambda row: row["unit"]),
        *tables.figures(WORDS),
    ]
    content = workbook(Listed("Bảng", rows_of(rows), columns).table())
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    head = [cell.value for cell in sheet[1]]
    now, first = head.index(WORDS("table.target")), head.index(WORDS("table.first_target"))
    return {
        (line[1], line[0]): (line[now], line[now] if line[first] is None else line[first])
        for line in sheet.iter_rows(min_row=2, values_only=True)
    }


def test_a_plan_of_all_indicators_and_units_is_the_same_wherever_it_is_told(
    store: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    past, catalogue = planning.earlier(store, YEAR, LAST, back=1), store.catalogue()
    plan = _draft(store, past)
    areas = {code: one.area for code, one in catalogue.indicator.items()}
    by_matrix = {place: value for place, value in plan.items() if areas[place[1]] == AREA}
    _write(store, {place: number(value, PLACES) for place, value in by_matrix.items()})
    _upload(store, {p: v for p, v in plan.items() if p not in by_matrix and p[1] not in SHARED})
    for code in SHARED:
        whole = sum((value for (_, c), value in plan.items() if c == code), Decimal(0))
        _share(store, past, code, whole)
    stands = _matrix(store)
    for place, value in plan.items():
        if place[1] not in SHARED:
            assert stands.aim(*place).target == value, place
    for code in SHARED:
        assert stands.gap(catalogue.indicator[code]) == 0
    given = {place for place, aim in stands.aims.items() if aim.target is not None}
    assert set(plan) <= given
    closing.begin(store, YEAR)

    before = datetime.now(UTC)
    first = _matrix(store).frame()
    moved = {
        (unit, code): number(aim.target + 2, PLACES)
        for (unit, code), aim in _matrix(store).aims.items()
        if code in REVISED and unit != TOP and aim.target is not None
    }
    _write(store, moved, DECISION)
    after = datetime.now(UTC)
    now = _matrix(store).frame()
    pairs = _told(now, now)
    assert {place for place, (value, old) in pairs.items() if value != old} == set(moved)
    assert all(value == old + 2 for place, (value, old) in pairs.items() if place in moved)

    rows = listed(store, YEAR)
    assert _told(rows, now) == pairs
    monkeypatch.setenv("DANVAN_DATABASE", str(store._engine.path))
    said = CliRunner().invoke(danvan, ["show", "--year", str(YEAR), "--json"])
    assert _told(pd.DataFrame(json.loads(said.stdout)), now) == pairs
    exported = _exported(rows[rows["period"] == "year"])
    assert {place: exported[place] for place in pairs} == pairs
    assert _told(listed(store, YEAR, as_of=before), first) == _told(first, first)
    assert _told(listed(store, YEAR, as_of=after), now) == pairs
    city = next(
        row
        for row in rows_of(rows)
        if (row["unit"], row["indicator"], row["period"]) == (TOP, "DVK.01", "year")
    )
    units = [place for place in moved if place[1] == "DVK.01"]
    assert city["target"] - city["first_target"] == 2 * len(units)
    assert known(city["target"])
    assert catalogue.indicator["DVK.01"].over_units is OverUnits.SUM
