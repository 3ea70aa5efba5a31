"""Every number on a page is one that `danvan show` gives, whatever the figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from danvan.model import Channel, Expectation, Fact, Result, Target, YearRule
from danvan.states import LOOKS, State
from danvan.store import open_store
from danvan.wording import NBSP, percent
from tests.making import CATALOGUE, WARDS, YEAR, founded, submission
from tests.pages.printed import (
    WORDS,
    Rows,
    coverage,
    figure_text,
    is_asked,
    number,
    plain,
    same,
    shown,
    table,
)
from tests.pages.screen import at, opened, text

UNITS = ("CITY", *WARDS)
YEARS = (YEAR - 1, YEAR)
COUNTS = ("SUM", "LATEST", "OWN", "LESS", "TRACK")
VALUES = st.one_of(st.none(), st.integers(0, 12), st.integers(0, 12_345))


@st.composite
def statements(draw: st.DrawFn) -> list[Fact]:
    """What a small city and its wards have stated in two years."""
    facts: list[Fact] = []
    for year in YEARS:
        for unit in UNITS:
            for code in draw(st.sets(st.sampled_from([*COUNTS, "SHARE", "BAND"]))):
                facts += _figure(draw, {"year": year, "unit": unit, "indicator": code})
    return facts


def _figure(draw: st.DrawFn, about: dict[str, Any]) -> Iterator[Fact]:
    if about["indicator"] == "SHARE":
        whole = draw(st.integers(1, 400))
        part = draw(st.integers(0, whole))
        yield Result(**about, value=round(100 * _exact(part) / whole, 4), numerator=_exact(part),
                     denominator=_exact(whole))  # fmt: skip
        yield Target(**about, value=_exact(draw(st.sampled_from([80, 90, 100]))))
        return
    result, target = draw(VALUES), draw(VALUES)
    if about["indicator"] == "BAND":
        yield Target(**about, lower=_exact(3), upper=_exact(9))
    elif target is not None and about["indicator"] != "TRACK":
        yield Target(**about, value=_exact(target))
    if result is not None:
        yield Result(**about, value=_exact(result))
    if draw(st.booleans()):
        yield Expectation(**about)


def _exact(value: int) -> Any:
    return Decimal(value)


# a page takes a tenth of a second: making a failing city smaller would take minutes
@settings(max_examples=6, phases=[Phase.explicit, Phase.generate])
@given(facts=statements())
def test_every_page_prints_what_show_gives(facts: list[Fact]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        path = Path(folder) / "numbers.db"
        patched.setenv("DANVAN_DATABASE", str(path))
        store = founded(open_store(str(path)), CATALOGUE, *(YearRule(year) for year in YEARS))
        store.submit([submission(*facts, channel=Channel.FORM)])
        rows = {year: shown(year) for year in YEARS}
        _overview(rows[YEAR])
        for unit in UNITS:
            _unit(unit, rows)
        for code in ("SUM", "LESS", "SHARE"):
            _indicator(code, rows)


def _overview(rows: Rows) -> None:
    screen = at("overview", year=str(YEAR))
    assert not screen.exception
    mine = [row for (unit, _), row in rows.items() if unit == "CITY"]
    counts = {state: sum(row["state"] == state for row in mine) for state in State}
    said = text(screen)
    for state, count in counts.items():
        if count:
            assert f"{LOOKS[state].sign} {count} {WORDS(f'state.{state}')}" in said
    if any(counts.values()):
        same(table(opened(screen, "table")), {row["name"]: row for row in mine})
    for row in mine:
        if row["state"] in ("missed", "near") and row["indicator"] not in ("BAND", "SHARE"):
            gap = number(abs(row["target"] - row["result"]))
            assert re.search(rf"{row['name']}: (còn thiếu|vượt mức cho phép) {gap}\b", said)
    _matrix(screen, rows)


def _matrix(screen: AppTest, rows: Rows) -> None:
    """The cells of the wards say their own figure and state."""
    found = [one.proto.body for one in screen.get("html") if 'class="matrix"' in one.proto.body]
    cells = [
        unescape(cell)
        for page in found
        for cell in re.findall(r'aria-label="([^"]*, [^"]*)"', page)
    ]
    wards = [row for (unit, _), row in rows.items() if unit in WARDS]
    asked = {row["indicator"] for row in wards if is_asked(row)}
    units = {row["unit"] for row in wards if is_asked(row)}
    wanted = [_cell(row) for row in wards if row["indicator"] in asked and row["unit"] in units]
    assert sorted(cells) == sorted(wanted)


def _cell(row: Mapping[str, Any]) -> str:
    state = WORDS(f"state.{row['state']}" if row["state"] else "state.none")
    return f"{figure_text(row)}, {state}"


def _unit(unit: str, rows: Mapping[int, Rows]) -> None:
    screen = at("unit", year=str(YEAR), unit=unit)
    assert not screen.exception
    mine = {row["name"]: row for (code, _), row in rows[YEAR].items() if code == unit}
    if any(row["state"] for row in mine.values()):
        lines = table(screen)
        same(lines, mine)
        for cells in lines:
            before = rows[YEAR - 1].get((unit, mine[cells[0]]["indicator"]))
            told = before["result"] if before else None
            wanted = f"{plain(before, told)}{coverage(before)}" if told is not None else "–"
            assert cells[6] == wanted


def _indicator(code: str, rows: Mapping[int, Rows]) -> None:
    """The page's headline, the years in words and the wards in words."""
    row = rows[YEAR].get(("CITY", code))
    if row is None:
        return
    screen = at("indicator", year=str(YEAR), unit="CITY", indicator=code)
    assert not screen.exception
    said = text(screen).replace(NBSP, " ")
    assert figure_text(row).replace(NBSP, " ") in said
    if row["ratio"] is not None:
        assert f"· {percent(row['ratio'])} ·".replace(NBSP, " ") in said
    before = rows[YEAR - 1].get(("CITY", code))
    if before:
        assert f"{YEAR - 1}: {figure_text(before)}".replace(NBSP, " ") in said
    for ward in WARDS:
        part = rows[YEAR].get((ward, code))
        if part and part["result"] is not None:
            short = figure_text(part).rpartition(NBSP)[0]
            assert f"Phường {ward[1]}: {short}" in said
