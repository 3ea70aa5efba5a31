"""What the store keeps, refuses, and says about where a figure comes from."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from danvan.errors import RefusedError
from danvan.model import (
    Catalogue,
    Channel,
    Document,
    Duty,
    Entry,
    Expectation,
    Fact,
    File,
    Origin,
    Period,
    Register,
    Stage,
    Target,
    YearRule,
)
from danvan.store import Store, open_store
from danvan.store.reading import FIGURE_TYPES, HISTORY_TYPES, ORIGIN_TYPES, SUBMISSION_TYPES
from tests.making import CATALOGUE, YEAR, only, result, submission, target


def test_a_figure_comes_back_as_it_was_stated(store: Store) -> None:
    store.submit([submission(target("0.3"), result("1234.5678"))])
    row = only(store.figures(YEAR), indicator="SUM")
    assert (row.target, row.result, row.first_target) == (0.3, 1234.5678, 0.3)
    assert not row.expected


def test_the_newest_statement_stands_and_the_first_target_stays_visible(store: Store) -> None:
    store.submit([submission(target(10), result(1))])
    store.submit([submission(target(12, decision="61/NQ", decision_date=date(2022, 6, 1)))])
    row = only(store.figures(YEAR), indicator="SUM")
    assert (row.target, row.first_target, row.result) == (12, 10, 1)
    revised = store.history(YEAR, "CITY", "SUM").iloc[0]
    assert (revised.decision, revised.decision_date) == ("61/NQ", "2022-06-01")


def test_the_last_statement_of_one_submission_stands(store: Store) -> None:
    store.submit([submission(result(1), result(2))])
    assert only(store.figures(YEAR), indicator="SUM").result == 2


def test_taking_a_result_back_leaves_it_missing_and_not_0(store: Store) -> None:
    store.submit([submission(target(5), result(3))])
    store.submit([submission(result(None))])
    row = only(store.figures(YEAR), indicator="SUM")
    assert row.target == 5
    assert row.result != row.result


def test_frames_have_the_same_columns_and_types_empty_or_full(store: Store) -> None:
    def types() -> list[dict[str, str]]:
        frames = [
            store.figures(YEAR),
            store.history(YEAR, "CITY", "SUM"),
            store.origins(YEAR),
            store.submissions(),
        ]
        return [{str(name): str(kind) for name, kind in f.dtypes.items()} for f in frames]

    empty = types()
    store.submit([submission(target(5), result(3), document=Document("Hội nghị"))])
    assert types() == empty
    assert empty == [FIGURE_TYPES, HISTORY_TYPES, ORIGIN_TYPES, SUBMISSION_TYPES]


def test_a_figure_says_file_cell_document_and_person(store: Store) -> None:
    file = File("số liệu.csv", b"x")
    origin = Origin(file, "Sheet1", "C7", "23")
    document = Document("Hội nghị tổng kết", "12/BC", date(2022, 12, 27), "Thành ủy")
    store.submit([submission(result(23, origin=origin), document=document, note="cuối năm")])
    stated = store.history(YEAR, "CITY", "SUM").iloc[0]
    assert (stated.file, stated.sheet, stated.cell, stated.found) == (
        "số liệu.csv", "Sheet1", "C7", "23",
    )  # fmt: skip
    assert stated.sha256 == hashlib.sha256(b"x").hexdigest()
    assert (stated.document, stated.document_number) == ("Hội nghị tổng kết", "12/BC")
    assert (stated.document_date, stated.issuer) == ("2022-12-27", "Thành ủy")
    assert (stated.person, stated.channel, stated.stands) == ("Lan", "load", True)


def test_the_bytes_of_a_file_are_kept_once(store: Store, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        store.submit([submission(files=(File(name, b"same"),))])
    with sqlite3.connect(tmp_path / "small.db") as connection:
        assert connection.execute("select content from file").fetchall() == [(b"same",)]
        assert connection.execute("select count(*) from source").fetchone() == (2,)
    connection.close()


def test_a_year_that_must_be_reported_is_expected_until_somebody_is_exempt(store: Store) -> None:
    asked = Expectation(year=YEAR, unit="W1", indicator="SUM")
    store.submit([submission(asked)])
    assert only(store.figures(YEAR), unit="W1").expected
    exempt = Expectation(
        year=YEAR, unit="W1", indicator="SUM", duty=Duty.EXEMPT, note="không có doanh nghiệp"
    )
    store.submit([submission(exempt)])
    row = only(store.figures(YEAR), unit="W1")
    assert (row.expected, row.exempt, row.reason) == (False, True, "không có doanh nghiệp")


REFUSED = {
    "unknown_unit": result(1, unit="NOWHERE"),
    "unknown_indicator": result(1, code="NOTHING"),
    "unknown_year": Target(year=1999, unit="CITY", indicator="SUM", value=Decimal(1)),
    "figure_out_of_range": result("0.00001"),
}


@pytest.mark.parametrize(("key", "fact"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing_behind(
    store: Store, key: str, fact: Fact
) -> None:
    before = store.revision()
    with pytest.raises(RefusedError) as refused:
        store.submit([submission(result(7)), submission(result(8), fact)])
    assert refused.value.key == key
    assert store.figures(YEAR).empty
    assert store.revision() == before
    assert len(store.submissions()) == 2


@pytest.mark.parametrize("value", ["900000000001", "-900000000001", "1e15"])
def test_a_figure_that_would_lose_digits_is_refused(store: Store, value: str) -> None:
    with pytest.raises(RefusedError):
        store.submit([submission(result(value))])


def test_a_unit_that_had_ceased_is_refused(store: Store) -> None:
    with pytest.raises(RefusedError) as refused:
        store.submit([submission(result(1, unit="OLD"))])
    assert refused.value.key == "unknown_unit"


def test_a_closed_year_refuses_every_write_until_it_is_reopened(store: Store) -> None:
    number = store.submit([submission(result(1))])[0]
    closed = YearRule(YEAR, Stage.CLOSED, reason="đã tổng kết")
    store.submit([submission(channel=Channel.YEAR, years=(closed,))])
    for write in (lambda: store.submit([submission(result(2))]), lambda: store.undo(number, "Lan")):
        with pytest.raises(RefusedError) as refused:
            write()
        assert refused.value.key == "closed_year"
    store.submit([submission(channel=Channel.YEAR, years=(YearRule(YEAR, reason="sửa sót"),))])
    store.submit([submission(result(2))])
    assert only(store.figures(YEAR), indicator="SUM").result == 2


def test_every_write_raises_the_revision_by_one_in_every_process(
    store: Store, tmp_path: Path
) -> None:
    other = open_store(str(tmp_path / "small.db"))
    before = store.revision()
    number = store.submit([submission(result(1))])[0]
    assert other.revision() == before + 1
    store.undo(number, "Lan")
    assert other.revision() == before + 2


def test_what_was_checked_at_a_revision_is_stored_only_at_that_revision(store: Store) -> None:
    checked_at = store.revision()
    store.submit([submission(result(1))])
    assert store.submit([submission(result(2))], only_at=checked_at) == []
    assert only(store.figures(YEAR), indicator="SUM").result == 1


@pytest.mark.parametrize("table", ["fact", "submission", "decision", "file", "model", "unit"])
def test_nothing_can_be_changed_or_deleted_in_place(
    cao_lanh: Store, tmp_path: Path, table: str
) -> None:
    entry = Entry(register=Register.MODEL, year=2022, unit="TPCL", name="Tổ tự quản")
    cao_lanh.submit([submission(entries=(entry,), files=(File("a.csv", b"a"),))])
    connection = sqlite3.connect(tmp_path / "shipped.db")
    column = connection.execute(f"select name from pragma_table_info('{table}')").fetchone()[0]
    for statement in (f"update {table} set {column} = {column}", f"delete from {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


@pytest.mark.usefixtures("cao_lanh")
def test_text_is_refused_where_a_number_belongs(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "shipped.db")
    with pytest.raises(sqlite3.IntegrityError, match="REAL"):
        connection.execute(
            "insert into fact (submission, year, period, unit, indicator, aspect, value)"
            " values (1, 2022, 'year', 'TPCL', 'CCHC.01', 'result', 'nhiều')"
        )
    connection.close()


def test_the_catalogue_comes_back_as_it_was_stored(store: Store) -> None:
    assert store.catalogue() == CATALOGUE


def test_a_renamed_indicator_is_a_new_version_of_the_same_one(store: Store) -> None:
    before = store.submissions()["at"].max()
    renamed = replace(CATALOGUE.indicator["SUM"], name="Tên mới")
    change = Catalogue(indicators=(renamed,))
    store.submit([submission(channel=Channel.CATALOGUE, catalogue=change)])
    assert store.catalogue().indicator["SUM"].name == "Tên mới"
    assert store.catalogue(before.to_pydatetime()).indicator["SUM"].name == "Chỉ tiêu SUM"


def test_register_rows_have_versions_and_can_be_removed(store: Store) -> None:
    model = Entry(register=Register.MODEL, year=YEAR, unit="W1", name="Tổ tự quản")
    store.submit([submission(entries=(model,))])
    entry = int(store.entries(Register.MODEL, YEAR).loc[0, "entry"])
    recognised = Entry(
        register=Register.MODEL, year=YEAR, unit="W1", name="Tổ tự quản số 1",
        values=(("state", "recognised"),), entry=entry,
    )  # fmt: skip
    number = store.submit([submission(entries=(recognised,))])[0]
    row = store.entries(Register.MODEL, YEAR).loc[0]
    assert (row["name"], row["state"], row.entry) == ("Tổ tự quản số 1", "recognised", entry)
    store.undo(number, "Lan")
    assert store.entries(Register.MODEL, YEAR).loc[0, "name"] == "Tổ tự quản"
    gone = Entry(
        register=Register.MODEL, year=YEAR, unit="W1", name="Tổ tự quản", entry=entry, removed=True
    )
    store.submit([submission(entries=(gone,))])
    assert store.entries(Register.MODEL, YEAR).empty


EXACT = 2**39  # up to here a float holds every number of four decimals, above it most
AMOUNTS = st.integers(-9 * 10**15, 9 * 10**15).map(lambda n: Decimal(n) / 10**4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(AMOUNTS, min_size=1, max_size=5))
@example([Decimal("640237370572.8001")])  # would come back as 640237370572.8
@example([Decimal(900_000_000_000), Decimal("549755813887.9999")])
def test_no_figure_is_changed_by_storing_it(store: Store, amounts: list[Decimal]) -> None:
    facts = [result(amount, period=period) for amount, period in zip(amounts, Period, strict=False)]
    before = store.revision()
    try:
        store.submit([submission(*facts)])
    except RefusedError:
        assert store.revision() == before
        assert any(abs(amount) > EXACT and amount % 1 for amount in amounts)
        return
    kept = store.figures(YEAR).set_index("period")["result"]
    for fact in facts:
        assert Decimal(repr(float(kept[str(fact.period)]))) == fact.value
