"""The registers of the generated city, and the figures that are counted from them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from danvan import demo
from danvan.completion import measured
from danvan.demo.city import CODE
from danvan.intake.registers import STATES
from danvan.model import Period, Register
from danvan.rows import rows_of
from danvan.store import Store, open_store

TODAY = date(2025, 12, 20)
YEARS = range(2016, 2026)
REACHED = {
    "DVK.01": {"registered", "appraised", "refused", "recognised", "outstanding", "rewarded"},
    "DVK.02": {"recognised", "outstanding", "rewarded"},
    "DVK.03": {"outstanding", "rewarded"},
}


@pytest.fixture(scope="module")
def city(generated: Path) -> Store:
    return open_store(str(generated))


def counts(city: Store, year: int) -> Counter[tuple[str, str]]:
    """What the rows of the registers add up to, by unit and indicator."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows_of(city.entries(Register.MODEL, year)):
        found.update(
            (row["unit"], code) for code, states in REACHED.items() if row["state"] in states
        )
    for row in rows_of(city.entries(Register.TASK, year)):
        if row["state"] == "done" and row["area"] == "Cải cách hành chính":
            found[row["unit"], "CCHC.01"] += 1
    for row in rows_of(city.entries(Register.AWARD, year)):
        found[row["unit"], {"collective": "KT.01", "individual": "KT.02"}[row["kind"]]] += 1
    return found


@pytest.mark.parametrize("year", YEARS)
def test_figures_agree_with_the_registers_but_for_the_planted_ones(city: Store, year: int) -> None:
    rows = measured(
        city.figures(year), city.catalogue(), city.years()[year], TODAY, [Period.YEAR]
    )  # fmt: skip
    codes = {i.code for i in city.catalogue().indicators if i.counted_from}
    rows = rows[rows["indicator"].isin(codes) & (rows["unit"] != CODE)]
    counted = counts(city, year)
    apart = {
        (row["unit"], row["indicator"]): (counted[row["unit"], row["indicator"]], row["result"])
        for row in rows_of(rows)
        if row["result"] != counted[row["unit"], row["indicator"]]
    }
    planted = demo.planted(demo.city_of(TODAY), year)
    assert apart == {
        (one.unit, one.indicator): (float(one.counted), float(one.stated)) for one in planted
    }
    assert len(planted) >= 2


def test_models_go_all_the_way(city: Store) -> None:
    rows = city.entries(Register.MODEL, 2025)
    states = set(rows["state"])
    assert states == set(STATES[Register.MODEL].values())
    assert len(set(rows["field"])) == 4
    assert set(rows["kind"]) == {"collective", "individual"}
    decided = rows[rows["state"].isin(REACHED["DVK.02"])]
    assert (decided["decision"] != "").all()
    assert (decided["decided_on"] != "").all()


def test_a_model_goes_on_with_one_of_the_same_name_and_unit_of_the_year_before(city: Store) -> None:
    former = {row["entry"]: row for row in rows_of(city.entries(Register.MODEL, 2024))}
    rows = rows_of(city.entries(Register.MODEL, 2025))
    going_on = [row for row in rows if row["continues"]]
    assert going_on
    for row in going_on:
        before = former[int(row["continues"])]
        assert (row["unit"], row["name"]) == (before["unit"], before["name"])
        assert row["renewal"] != "mới"


def test_a_model_was_registered_before_it_was_recognised(city: Store) -> None:
    moments = city.submissions().set_index("id")["at"]
    reached = city.entries(Register.MODEL, 2024)
    first = moments[reached["submission"].min()]
    early = city.entries(Register.MODEL, 2024, first.to_pydatetime().replace(month=5))
    assert set(early["state"]) == {"registered"}
    assert len(early) == len(reached)


def test_tasks_have_every_state_and_kind_of_deadline(city: Store) -> None:
    years = [city.entries(Register.TASK, year) for year in YEARS]
    states = {state for rows in years for state in rows["state"]}
    assert {"done", "doing", "overdue", "regular"} <= states
    for rows in years:
        assert "overdue" in set(rows["state"])
        deadlines = rows["deadline"]
        assert (deadlines == "thường xuyên").any()
        assert deadlines.str.startswith("Quý ").any()
        assert deadlines.str.match(r"\d\d/\d\d/\d{4}").any()
        done = rows["state"] == "done"
        assert ((rows["finished_on"] != "") == done).all()


def test_awards_are_of_every_kind(city: Store) -> None:
    rows = city.entries(Register.AWARD, 2025)
    assert set(rows["kind"]) == {"collective", "individual"}
    assert set(rows["form"]) == {"Giấy khen", "Bằng khen"}
    assert {number[-3:] for number in rows["decision"]} >= {"BND", "-HC", "/TU"}
