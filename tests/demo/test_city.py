"""The generated city: ten years of wards and communes, and figures for all that is followed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from danvan import demo, intake
from danvan.completion import measured
from danvan.demo import files, planning, statements
from danvan.demo.city import CODE, PLACES, WEAK
from danvan.model import Comparison, Duty, Expectation, Stage
from danvan.states import REACHED, State
from danvan.store import Store, open_store

TODAY = date(2025, 12, 20)
YEARS = range(2016, 2026)


@pytest.fixture(scope="module")
def city(generated: Path) -> Store:
    return open_store(str(generated))


@pytest.fixture(scope="module")
def judged(city: Store) -> pd.DataFrame:
    """Every figure of the ten years with its state."""
    catalogue, rules = city.catalogue(), city.years()
    years = [measured(city.figures(year), catalogue, rules[year], TODAY) for year in YEARS]
    return pd.concat(years, ignore_index=True)


def test_there_are_ten_years_and_all_but_the_last_are_closed(city: Store) -> None:
    stages = {year: rule.stage for year, rule in city.years().items()}
    assert stages == dict.fromkeys(range(2016, 2025), Stage.CLOSED) | {2025: Stage.OPEN}
    assert all(rule.reason for rule in city.years().values() if rule.stage is Stage.CLOSED)


@pytest.mark.parametrize(("year", "wards", "communes"), [(2016, 9, 8), (2019, 8, 8), (2025, 8, 7)])
def test_units_merged_twice(city: Store, year: int, wards: int, communes: int) -> None:
    units = [unit for unit in city.catalogue().units if unit.valid_in(year) and unit.parent]
    assert Counter(unit.kind for unit in units) == {"phường": wards, "xã": communes}
    assert all(unit.population for unit in units)


def test_every_merger_names_what_it_rests_on(city: Store) -> None:
    changes = city.catalogue().changes
    assert [(c.day, c.old, c.new) for c in changes] == [
        (date(2019, 1, 1), "SV.P5", "SV.P4"),
        (date(2023, 1, 1), "SV.RS", "SV.PRS"),
        (date(2023, 1, 1), "SV.P6", "SV.PRS"),
    ]
    assert all("số liệu mẫu" in change.basis for change in changes)


def test_what_was_merged_has_figures_until_then_and_none_after(city: Store) -> None:
    for code, last in (("SV.P5", 2018), ("SV.RS", 2022)):
        assert code in set(city.figures(last)["unit"])
        assert code not in set(city.figures(last + 1)["unit"])


def test_a_merger_was_not_known_before_it_was_decided(city: Store) -> None:
    before = next(iter(city.submissions()["at"])).to_pydatetime()
    assert "SV.PRS" not in city.catalogue(before).unit
    assert city.catalogue(before).unit["SV.P5"].last_day is None


def test_it_is_labelled_as_generated(city: Store, cao_lanh: Store) -> None:
    assert city.generated()
    assert not cao_lanh.generated()
    assert "số liệu mẫu" in city.catalogue().unit[CODE].name
    titles = city.submissions()["document"]
    assert all("số liệu mẫu" in title for title in titles[titles != ""])


@pytest.mark.parametrize("year", YEARS)
def test_every_indicator_has_figures_in_every_year(city: Store, year: int) -> None:
    figures = city.figures(year)
    reported = set(figures["indicator"][figures["result"].notna()])
    assert reported == set(city.catalogue().indicator)


def test_every_state_occurs(judged: pd.DataFrame) -> None:
    assert set(State) <= set(judged["state"])


def test_most_is_reached_and_some_is_not(judged: pd.DataFrame) -> None:
    units = judged[(judged["period"] == "year") & (judged["unit"] != CODE)]
    shares = units["state"].value_counts(normalize=True)
    assert shares[list(REACHED)].sum() > 0.6
    assert 0.03 < shares[State.MISSED] < 0.13
    assert 0.02 < shares[State.NEAR] < 0.13
    assert 0.002 < shares[State.NOT_REPORTED] < 0.05


def test_weak_units_fall_short_more_often(judged: pd.DataFrame) -> None:
    units = judged[(judged["period"] == "year") & (judged["unit"] != CODE)]
    missed = (units["state"] == State.MISSED).groupby(units["unit"]).mean()
    assert missed[list(WEAK)].min() > 1.4 * missed.drop(list(WEAK)).mean()


def test_the_bad_year_of_an_area_shows(judged: pd.DataFrame) -> None:
    area = judged[(judged["area"] == "QCD") & (judged["period"] == "year")]
    missed = (area["state"] == State.MISSED).groupby(area["year"]).mean()
    assert missed.idxmax() == 2020


def test_percentages_are_what_they_are_made_of_but_for_the_planted_ones(city: Store) -> None:
    for year in YEARS:
        rows = city.figures(year)
        planted = {
            (str(one.period), one.unit, one.indicator)
            for one in demo.planted_discrepancies(demo.city_of(TODAY), year)
            if one.comparison is Comparison.PERCENT
        }
        about = zip(rows["period"], rows["unit"], rows["indicator"], strict=True)
        rows = rows[[key not in planted for key in about]]
        rows = rows[rows["denominator"].notna()]
        assert len(rows) > 100
        assert (rows["numerator"] <= rows["denominator"]).all()
        exact = 100 * rows["numerator"] / rows["denominator"]
        assert (exact - rows["result"]).abs().max() <= 0.005 + 1e-9


def test_figures_have_reasons_in_many_words(city: Store) -> None:
    notes = {note for year in YEARS for note in city.figures(year)["result_note"]}
    assert len(notes - {""}) >= 12


def test_what_does_not_apply_says_why(city: Store) -> None:
    rows = city.figures(2025)
    exempt = rows[rows["exempt"]]
    assert len(exempt) > 3
    assert (exempt["reason"] != "").all()


@pytest.mark.parametrize(("year", "quarter"), [(2016, 1), (2018, 2), (2022, 3), (2025, 4)])
def test_the_files_say_what_was_stored(city: Store, year: int, quarter: int) -> None:
    made, catalogue = demo.city_of(TODAY), city.catalogue()
    for place in made.places(year)[::5]:
        lines = statements.statements(made, place, year, quarter)
        file, facts = files.report("báo cáo.csv", place.code, year, lines)
        reading = intake.read(file, catalogue, year, place.code)
        assert not reading.problems
        assert reading.facts == facts


def test_the_plan_says_what_was_stored(city: Store) -> None:
    made = demo.city_of(TODAY)
    lines, exempt = planning.january(made, 2024)
    file, facts = files.plan("kế hoạch.csv", 2024, lines)
    reading = intake.read(file, city.catalogue(), 2024)
    assert not reading.problems
    assert reading.facts == facts
    assert {type(fact) for fact in exempt} == {Expectation}
    assert {fact.duty for fact in exempt if isinstance(fact, Expectation)} == {Duty.EXEMPT}


def test_every_reported_figure_leads_to_its_cell(city: Store) -> None:
    rows = city.history(2024, "SV.P1", "MTTQ.04")
    reported = rows[(rows["aspect"] == "result") & (rows["person"] == "phuong1")]
    assert len(reported) >= 4
    for row in reported.to_dict("records"):
        content = city.file(row["submission"], row["file"])
        assert content is not None
        number = int(row["cell"].lstrip("ABCDEFG"))
        column = "ABCDEFG".index(row["cell"][0])
        line = content.decode("utf-8").splitlines()[number - 1]
        assert line.split(",")[column] == row["found"]


def test_every_unit_has_a_person_of_its_own() -> None:
    assert len({place.person for place in PLACES}) == len(PLACES)
