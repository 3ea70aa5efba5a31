"""One city in every layout: the same facts, or a question; never other ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan import intake
from danvan.catalogue import read_catalogue
from danvan.errors import Severity
from danvan.model import Channel, File, Register, Result, Target, Unit
from danvan.store import Store
from tests.workbooks.cases import CASES, Case
from tests.workbooks.layouts import LAYOUTS, STYLES, City, Pair, is_share

CATALOGUE = read_catalogue(Path(__file__).parent.parent.parent / "data")
CODES = [i.code for i in CATALOGUE.indicators if i.over_units != "own"]
COUNTS = st.integers(0, 99_999).map(Decimal)
SHARES = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
SYLLABLES = st.sampled_from(
    "An Bình Cao Đông Hòa Kim Lộc Long Mỹ Phú Quới Tân Thạnh Thủy Vĩnh".split()
)
PLACES = st.one_of(
    st.integers(1, 20).map(lambda number: ("phường", f"Phường {number}")),
    st.tuples(st.sampled_from(["Phường", "Xã"]), SYLLABLES, SYLLABLES).map(
        lambda parts: (parts[0].lower(), " ".join(parts))
    ),
)
FIXED: City = {
    (f"TPCL.{unit}", code): (Decimal(target), Decimal(result) if result else None)
    for unit, code, target, result in (
        ("P1", "DVK.01", "3", "2"), ("P1", "HGCS.03", "80", "87.5"), ("P1", "MTTQ.04", "1200", "1234"),
        ("P2", "DVK.01", "5", "5"), ("P2", "HGCS.03", "80", "90"), ("P2", "MTTQ.04", "900", ""),
        ("HA", "DVK.01", "4", "0"), ("HA", "HGCS.03", "85.5", "76.25"), ("HA", "MTTQ.04", "10500", "11000"),
    )
}  # fmt: skip


def _values(reading: intake.Reading) -> dict[tuple[str, str], Pair]:
    found: dict[tuple[str, str], list[Decimal | None]] = {}
    for fact in reading.facts:
        pair = found.setdefault((fact.unit, fact.indicator), [None, None])
        match fact:
            case Target():
                pair[0] = fact.value
            case Result():
                pair[1] = fact.value
    return {key: (pair[0], pair[1]) for key, pair in found.items()}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_figures_in_every_layout_are_the_same_facts(layout: str, style: str) -> None:
    reading = intake.read(LAYOUTS[layout](FIXED, CATALOGUE, STYLES[style]), CATALOGUE, 2022)
    assert _values(reading) == dict(FIXED)
    assert not [p for p in reading.problems if p.kind is not Severity.WARNING]


@st.composite
def cities(draw: Any) -> tuple[list[tuple[str, str]], City]:
    """Kind and name of each unit of some city, and figures of every size for some indicators."""
    places = draw(st.lists(PLACES, min_size=1, max_size=5, unique_by=lambda place: place[1]))
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True))
    city = {}
    for at in range(len(places)):
        for code in codes:
            numbers = SHARES if is_share(CATALOGUE, code) else COUNTS
            city[f"TP.{at}", code] = draw(st.tuples(numbers, st.none() | numbers))
    return places, city


@settings(max_examples=40)
@given(cities(), st.sampled_from(sorted(LAYOUTS)), st.sampled_from(sorted(STYLES)))
def test_any_city_is_read_right_or_asked_about(
    drawn: tuple[list[tuple[str, str]], City], layout: str, style: str
) -> None:
    places, city = drawn
    top = Unit("TP", "Thành phố Sông Tiền", "Sông Tiền City", "thành phố")
    units = [Unit(f"TP.{at}", name, name, kind, "TP") for at, (kind, name) in enumerate(places)]
    catalogue = replace(CATALOGUE, units=(top, *units), changes=())
    reading = intake.read(LAYOUTS[layout](city, catalogue, STYLES[style]), catalogue, 2022)
    read = _values(reading)
    assert read.items() <= city.items()
    if len(read) < len(city):
        open_ones = [p for p in reading.problems if p.kind is not Severity.WARNING]
        assert open_ones
        assert reading.waiting + reading.refused >= len(city) - len(read)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.truth or case.entries], ids=lambda case: case.name
)
def test_loading_and_undoing_leaves_what_stood_before(case: Case, cao_lanh: Store) -> None:
    before, rows = cao_lanh.figures(case.year), _entries(cao_lanh, case.year)
    file = File(case.file, case.content)
    checked = intake.check(cao_lanh, [file], case.year, case.unit)
    number = intake.hand_in(cao_lanh, checked, "Lan", Channel.LOAD, good_rows=True)
    loaded = cao_lanh.figures(case.year)
    assert not loaded.equals(before) or _entries(cao_lanh, case.year) != rows
    undone = cao_lanh.undo(number, "Lan")
    assert cao_lanh.figures(case.year).equals(before)
    assert _entries(cao_lanh, case.year) == rows
    cao_lanh.undo(undone, "Lan")
    assert cao_lanh.figures(case.year).equals(loaded)


def _entries(store: Store, year: int) -> list[int]:
    return [len(store.entries(register, year)) for register in Register]
