"""Counts of registers beside a slow count over plain rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.completion import measured
from danvan.model import Area, Catalogue, Register
from danvan.registers import behind, beside, counted, with_counts
from danvan.registers.lives import MODEL_STATES, STAGES, TASK_STATES
from danvan.rows import known, rows_of
from danvan.store.reading import FIGURE_TYPES
from tests.making import AFTER, CATALOGUE, RULE, YEAR, figures, indicator

COUNTED = (
    indicator("M.REG", counted_from="models:registered"),
    indicator("M.REC", counted_from="models:recognised"),
    indicator("M.OUT", counted_from="models:outstanding"),
    indicator("T.DONE", counted_from="tasks:cchc:done"),
    indicator("A.ALL", counted_from="awards:collective"),
    indicator("A.ONE", counted_from="awards:individual"),
    indicator("ODD", counted_from="models:nowhere"),
    indicator("OTHER", counted_from="people:all"),
)
CITY = replace(
    CATALOGUE,
    areas=(*CATALOGUE.areas, Area("CCHC", "Cải cách hành chính", "Administrative reform")),
    indicators=(*CATALOGUE.indicators, *COUNTED),
)
AREAS = ("Cải cách hành chính", "CCHC", "cải cách hành chính ", "Tiếp dân", "")
WARDS = st.sampled_from(["W1", "W2", "W3"])
models = st.fixed_dictionaries({"unit": WARDS, "state": st.sampled_from([*MODEL_STATES, ""])})
tasks = st.fixed_dictionaries(
    {"unit": WARDS, "area": st.sampled_from(AREAS), "state": st.sampled_from([*TASK_STATES, ""])}
)
awards = st.fixed_dictionaries(
    {"unit": WARDS, "kind": st.sampled_from(["collective", "individual", ""])}
)
Rows = list[dict[str, str]]
registers = st.fixed_dictionaries(
    {
        Register.MODEL: st.lists(models, max_size=12),
        Register.TASK: st.lists(tasks, max_size=12),
        Register.AWARD: st.lists(awards, max_size=12),
    }
)
COLUMNS = {
    Register.MODEL: ["unit", "state"],
    Register.TASK: ["unit", "area", "state"],
    Register.AWARD: ["unit", "kind"],
}


def _frames(rows: dict[Register, Rows]) -> dict[Register, pd.DataFrame]:
    return {r: pd.DataFrame(rows[r], columns=COLUMNS[r], dtype="str") for r in rows}


def _slowly(rows: dict[Register, Rows]) -> dict[tuple[str, str], int]:
    """The same counts, one row after the other: nothing for a unit without a row."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows[Register.MODEL]:
        at = STAGES.index(row["state"]) if row["state"] in STAGES else 0
        for code, least in (("M.REG", 0), ("M.REC", 2), ("M.OUT", 3)):
            counts[row["unit"], code] += at >= least
    for row in rows[Register.TASK]:
        if row["area"].strip().lower() in ("cải cách hành chính", "cchc"):
            counts[row["unit"], "T.DONE"] += row["state"] == "done"
    for row in rows[Register.AWARD]:
        counts[row["unit"], "A.ALL"] += row["kind"] == "collective"
        counts[row["unit"], "A.ONE"] += row["kind"] == "individual"
    return dict(counts)


def _counts(rows: dict[Register, Rows]) -> dict[tuple[str, str], int]:
    found = rows_of(counted(_frames(rows), CITY, YEAR))
    assert len({(r["unit"], r["indicator"]) for r in found}) == len(found)
    return {(r["unit"], r["indicator"]): r["counted"] for r in found}


@given(registers)
def test_counts_are_those_of_a_slow_count(rows: dict[Register, Rows]) -> None:
    assert _counts(rows) == _slowly(rows)


@given(registers)
def test_the_rows_behind_a_count_are_as_many(rows: dict[Register, Rows]) -> None:
    frames = _frames(rows)
    for one, register in zip(COUNTED, [Register.MODEL] * 3 + [Register.TASK] + [Register.AWARD] * 2,
                             strict=False):  # fmt: skip
        mine = behind(frames[register], one, CITY)
        counts = {unit: n for (unit, code), n in _slowly(rows).items() if code == one.code and n}
        assert mine["unit"].value_counts().to_dict() == counts


values = st.one_of(st.none(), st.integers(0, 9))
entered = st.lists(
    st.tuples(WARDS, st.sampled_from(["M.REC", "T.DONE", "SUM"]), st.sampled_from(["year", "Q1"]),
              values, values),
    max_size=8, unique_by=lambda row: row[:3],
)  # fmt: skip


def _entered(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    nan = float("nan")
    return figures(
        *(
            {"unit": unit, "indicator": code, "period": period,
             "target": nan if target is None else float(target),
             "result": nan if result is None else float(result)}
            for unit, code, period, target, result in rows
        )
    )  # fmt: skip


@given(entered, registers)
def test_counts_stand_only_where_nobody_entered_a_result(
    stated: list[tuple[Any, ...]], rows: dict[Register, Rows]
) -> None:
    before = _entered(stated)
    counts = counted(_frames(rows), CITY, YEAR)
    after = with_counts(before, counts, YEAR)
    assert after.dtypes.to_dict() == before.dtypes.to_dict()
    assert list(after.columns) == list(FIGURE_TYPES)
    now = {(r["unit"], r["indicator"], r["period"]): r for r in rows_of(after)}
    assert len(now) == len(after)
    said = {(unit, code) for unit, code, _, _, result in stated if result is not None}
    slow = _slowly(rows)
    for unit, code, period, target, result in stated:
        row = now.pop((unit, code, period))
        expected = result
        if result is None and period == "year" and (unit, code) not in said:
            expected = slow.get((unit, code))
        assert (row["result"] if known(row["result"]) else None) == expected
        assert (row["target"] if known(row["target"]) else None) == target
    for (
        unit,
        code,
        period,
    ), row in now.items():  # what nobody spoke of is a count, never a 0 of its own
        assert period == "year"
        assert row["result"] == slow[unit, code]


@given(registers)
def test_a_count_of_the_city_is_the_sum_of_its_units(rows: dict[Register, Rows]) -> None:
    counts = counted(_frames(rows), CITY, YEAR)
    judged = measured(with_counts(figures().head(0), counts, YEAR), CITY, RULE, AFTER)
    shown = rows_of(beside(judged, counts, CITY))
    slow = _slowly(rows)
    for row in shown:
        units = [row["unit"]] if row["unit"] != "CITY" else ["W1", "W2", "W3"]
        there = [slow[unit, row["indicator"]] for unit in units if (unit, row["indicator"]) in slow]
        if row["period"] == "year" and there:
            assert row["counted"] == sum(there) == row["result"]
            assert not known(row["counted_apart"])
        else:
            assert not known(row["counted"])


def test_a_figure_that_was_entered_stands_beside_its_count() -> None:
    rows = {
        Register.MODEL: [{"unit": "W1", "state": "recognised"}],
        Register.TASK: [],
        Register.AWARD: [],
    }
    counts = counted(_frames(rows), CITY, YEAR)
    stated = _entered([("W1", "M.REC", "year", 3, 2)])
    judged = measured(with_counts(stated, counts, YEAR), CITY, RULE, AFTER)
    row = next(
        r for r in rows_of(beside(judged, counts, CITY))
        if (r["unit"], r["indicator"], r["period"]) == ("W1", "M.REC", "year")
    )  # fmt: skip
    assert (row["result"], row["counted"], row["counted_apart"]) == (2, 1, 1)


@pytest.mark.parametrize("one", COUNTED, ids=lambda one: one.code)
def test_an_empty_register_counts_nothing(one: Any) -> None:
    empty = _frames({register: [] for register in Register})
    catalogue = Catalogue(areas=CITY.areas, indicators=(one,), units=CITY.units)
    assert counted(empty, catalogue, YEAR).empty
    for frame in empty.values():
        if set(COLUMNS[Register.MODEL]) <= set(frame) and one.code.startswith("M"):
            assert behind(frame, one, CITY).empty
