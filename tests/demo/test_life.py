"""Life in the generated city: late, wrong, sent back, taken back, revised, and not yet looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from danvan import demo
from danvan.completion import measured
from danvan.demo import mishaps
from danvan.demo.city import CODE, OFFICE
from danvan.demo.plan import revisions
from danvan.model import Channel, Period
from danvan.store import Store, open_store

TODAY = date(2025, 12, 20)
YEARS = range(2016, 2026)


@pytest.fixture(scope="module")
def city(generated: Path) -> Store:
    return open_store(str(generated))


@pytest.fixture(scope="module")
def acts(city: Store) -> pd.DataFrame:
    frame = city.submissions()
    years = city.stated_years()
    return frame.assign(year=[min(years.get(number, {0})) for number in frame["id"]])


def test_the_database_is_sound(city: Store) -> None:
    assert not city.faults()


def test_everything_happened_before_today_and_in_its_order(city: Store) -> None:
    moments = city.submissions()["at"]
    assert moments.is_monotonic_increasing
    assert moments.iloc[-1] < datetime(2025, 12, 21, tzinfo=UTC)
    audit = city.people.audit()["at"]
    assert audit.max() < datetime(2025, 12, 21, tzinfo=UTC)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_something_is_sent_back_and_handed_in_again(
    acts: pd.DataFrame, year: int
) -> None:
    mine = acts[acts["year"] == year]
    back = mine[mine["outcome"] == "returned"]
    assert len(back) == 1
    assert back["comment"].iloc[0]
    again = mine[
        (mine["note"] == back["note"].iloc[0]) & (mine["person"] == back["person"].iloc[0])
    ]
    assert again["outcome"].tolist() == ["returned", "approved"]


@pytest.mark.parametrize("year", YEARS)
def test_every_year_something_is_taken_back_and_replaced(acts: pd.DataFrame, year: int) -> None:
    taken = acts[(acts["year"] == year) & (acts["outcome"] == "withdrawn")]
    assert len(taken) == 1
    undo = acts[acts["undoes"] == taken["id"].iloc[0]]
    assert len(undo) == 1
    assert undo["note"].iloc[0]
    after = acts[(acts["id"] > undo["id"].iloc[0]) & (acts["note"] == taken["note"].iloc[0])]
    assert len(after)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_a_wrong_figure_is_corrected(city: Store, year: int) -> None:
    slip = mishaps.slip(demo.city_of(TODAY), year)
    rows = city.history(year, slip.place.code, slip.indicator)
    rows = rows[(rows["period"] == "Q2") & (rows["aspect"] == "result")]
    assert rows["value"].tolist()[:2] == [float(slip.right), float(slip.wrong)]
    assert rows["stands"].iloc[0]
    assert rows["note"].iloc[0]


@pytest.mark.parametrize("year", YEARS)
def test_before_a_revision_the_first_target_stands(city: Store, year: int) -> None:
    for one in revisions(year):
        day = datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC)
        before, after = city.figures(year, day), city.figures(year)
        (old, new) = (
            f[(f["indicator"] == one.indicator) & (f["period"] == "year")].set_index("unit")
            for f in (before, after)
        )
        moved = new[(new["target"] - new["first_target"]).abs() > 0].index
        assert len(moved) > 5
        assert old.loc[moved, "target"].tolist() == new.loc[moved, "first_target"].tolist()
        assert (new.loc[moved, "target_note"] == one.reason).all()
        row = city.history(year, moved[0], one.indicator)
        assert one.number in set(row["decision"])


@pytest.mark.parametrize("year", YEARS)
def test_every_year_some_figures_of_the_city_differ_from_its_units(city: Store, year: int) -> None:
    rule, catalogue = city.years()[year], city.catalogue()
    rows = measured(city.figures(year), catalogue, rule, TODAY, [Period.YEAR])
    apart = rows[rows["difference"].notna()]
    assert set(apart["unit"]) == {CODE}
    assert len(apart) == 4


@pytest.mark.parametrize("year", YEARS)
def test_some_figures_are_approximate(city: Store, year: int) -> None:
    assert city.figures(year)["approximate"].sum() == 2


def test_about_one_report_in_twelve_is_late(acts: pd.DataFrame) -> None:
    reports = acts[acts["note"].str.startswith("Báo cáo năm") & (acts["outcome"] == "approved")]
    due = pd.to_datetime([f"{year}-12-02" for year in reports["year"]], utc=True)
    late = (reports["at"].to_numpy() > due.to_numpy()).mean()
    assert 0.03 < late < 0.16


def test_some_reports_never_come(acts: pd.DataFrame) -> None:
    reports = acts[acts["note"].str.startswith("Báo cáo ") & (acts["outcome"] == "approved")]
    units = sum(len(demo.city_of(TODAY).places(year)) for year in YEARS)
    assert 4 * units - 30 < len(reports) < 4 * units


def test_the_office_answers_within_days(acts: pd.DataFrame, city: Store) -> None:
    reports = acts[(acts["channel"] == Channel.GENERATED) & (acts["person"] != OFFICE)]
    assert set(reports["decided_by"]) <= {OFFICE, *reports["person"]}
    own = city.own("phuong1")
    answered = own[own["outcome"] == "approved"]
    waited = answered["decided_at"] - answered["at"]
    assert waited.min() > timedelta(0)
    assert waited.max() < timedelta(days=5)


def test_what_was_handed_in_last_waits(acts: pd.DataFrame, city: Store) -> None:
    waiting = acts[acts["outcome"] == "submitted"]
    assert set(waiting["year"]) == {2025}
    explained = waiting["note"].str.startswith("Giải trình")
    assert [explained.sum(), (~explained).sum()] == [2, 3]
    assert len(city.waiting()) >= 3
