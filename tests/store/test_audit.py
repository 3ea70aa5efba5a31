"""The audit: everything done is in it, and whatever is altered past the program shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from danvan.accounts import Account, Role
from danvan.model import Alias, Answer, Catalogue, Channel, Entry, Register, YearRule
from danvan.store import Store, open_store
from danvan.store.audit import LATER, STATED, record_decision
from danvan.store.chain import digest, seal
from danvan.store.schema import migrations
from tests.making import YEAR, csv_file, result, submission, target

Alter = Callable[[str], None]
COPIED = "submission, year, period, unit, indicator, aspect, value"
MODEL = Entry(register=Register.MODEL, year=YEAR, unit="W1", name="Camera an ninh")


@pytest.fixture
def kept(store: Store) -> Store:
    """A store in which a submission states something of everything."""
    store.people.add(Account(0, "lan", "Lan", Role.ADMIN), "x", "os:root")
    store.submit(
        [
            submission(
                target(5, unit="W1"),
                result(5, unit="W1"),
                entries=[MODEL],
                files=(csv_file("a;b"),),
                answers=(Answer("", "unit:x", "W1", "X"),),
                catalogue=Catalogue(aliases=(Alias("Phường Một", "W1"),)),
            ),
            submission(result(7, unit="W2")),
        ]
    )
    return store


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    """Changes rows as somebody with the file would: with the triggers taken away."""

    def run(sql: str) -> None:
        with closing(sqlite3.connect(tmp_path / "small.db")) as connection:
            names = connection.execute("select name from sqlite_master where type = 'trigger'")
            for (name,) in names.fetchall():
                connection.execute(f"drop trigger {name}")
            assert connection.execute(sql).rowcount > 0
            connection.commit()

    return run


def _rows(store: Store, act: str) -> list[dict[str, Any]]:
    rows = store.people.audit()
    return [
        {**row, "detail": json.loads(str(row["detail"]))}
        for row in rows[rows["act"] == act].to_dict("records")
    ]


def test_what_the_program_wrote_is_sound(kept: Store) -> None:
    assert kept.faults() == []


def test_every_submission_is_in_the_audit(kept: Store) -> None:
    numbers = set(kept.submissions()["id"].astype(str))
    told = {row["subject"] for act in ("submission", "year") for row in _rows(kept, act)}
    assert told == numbers


def test_a_submission_is_told_with_its_person_and_channel(kept: Store) -> None:
    newest = _rows(kept, "submission")[0]
    assert newest["person"] == "Lan"
    assert newest["detail"]["channel"] == "load"
    assert newest["detail"]["facts"] == 1
    assert len(newest["detail"]["digest"]) == 64


def test_an_undo_is_told_and_sound(kept: Store) -> None:
    number = kept.undo(4, "Minh")
    (row,) = _rows(kept, "undo")
    assert (row["person"], row["subject"], row["detail"]["undoes"]) == ("Minh", str(number), 4)
    assert kept.faults() == []


def test_a_year_that_is_closed_is_told_as_a_year(kept: Store) -> None:
    kept.submit([submission(channel=Channel.YEAR, years=(YearRule(YEAR, judge_from=date.max),))])
    assert len(_rows(kept, "year")) == 2


def test_changes_of_an_account_are_told_with_what_was_before(kept: Store) -> None:
    (lan,) = kept.people.accounts()
    kept.people.change(lan.id, "os:root", full_name="Lan Anh", active=True, unit="CITY")
    (row,) = _rows(kept, "account_changed")
    assert row["detail"] == {"full_name": ["Lan", "Lan Anh"], "unit": ["", "CITY"]}
    assert (row["person"], row["subject"]) == ("os:root", "lan")


def test_a_new_password_is_told_without_its_hash(kept: Store) -> None:
    (lan,) = kept.people.accounts()
    kept.people.change(lan.id, "os:root", password_hash="$argon2id$secret")
    (row,) = _rows(kept, "password_changed")
    assert "secret" not in str(row)
    assert _rows(kept, "account_changed") == []


def test_the_audit_comes_newest_first_and_only_so_far(kept: Store) -> None:
    rows = kept.people.audit(2)
    assert list(rows["id"]) == sorted(rows["id"], reverse=True)
    assert len(rows) == 2
    assert rows["at"].dt.tz is not None


@pytest.mark.parametrize("act", ["update audit set person = 'x'", "delete from audit"])
def test_the_database_refuses_to_alter_the_audit(kept: Store, tmp_path: Path, act: str) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "small.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(act)
    assert kept.faults() == []


@pytest.mark.parametrize(
    "column", ["at", "person", "act", "subject", "detail", "address", "previous", "hash"]
)
def test_an_altered_row_of_the_audit_shows(kept: Store, alter: Alter, column: str) -> None:
    number = kept.people.audit().iloc[2]["id"]
    alter(f"update audit set {column} = {column} || '0' where id = {number}")
    assert any(f"audit {number} ≠" in fault for fault in kept.faults())


@pytest.mark.parametrize("column", ["subject", "detail", "person"])
@pytest.mark.parametrize("text", ["", "x", "[]", '{"digest": 1, "submissions": "x"}', "²"])
def test_an_audit_that_was_filled_with_nonsense_shows(
    kept: Store, alter: Alter, column: str, text: str
) -> None:
    alter(f"update audit set {column} = '{text}'")
    assert [fault for fault in kept.faults() if fault.startswith("audit")]


def test_a_row_taken_out_of_the_audit_shows(kept: Store, alter: Alter) -> None:
    alter("delete from audit where act = 'account_added'")
    assert [fault for fault in kept.faults() if fault.startswith("audit")]


def test_an_audit_without_its_beginning_shows(kept: Store, alter: Alter) -> None:
    alter("delete from audit where id < 4")
    assert "audit 4 ≠ sha256" in kept.faults()


def test_an_audit_that_was_emptied_shows(kept: Store, alter: Alter) -> None:
    alter("delete from audit")
    assert "audit ∅" in kept.faults()


def test_the_newest_submission_taken_out_of_the_audit_shows(kept: Store, alter: Alter) -> None:
    alter("delete from audit where id = (select max(id) from audit)")
    assert kept.faults() == ["submission 4 ∉ audit"]


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("update fact set value = 9 where unit = 'W2'", 4),
        ("update fact set value = 0 where unit = 'W1' and aspect = 'result'", 3),
        ("update fact set unit = 'W3' where unit = 'W2'", 4),
        ("delete from fact where unit = 'W2'", 4),
        (f"insert into fact (id, {COPIED}) select 99, {COPIED} from fact where unit = 'W2'", 4),
        ("update submission set person = 'Minh' where id = 4", 4),
        ("update submission set at = '2020' where id = 4", 4),
        ("update decision set person = 'Minh' where submission = 4", 4),
        ("update model set name = 'x'", 3),
        ("update answer set meaning = 'W2'", 3),
        ("update alias set code = 'W2'", 3),
        ("update source set name = 'x'", 3),
        ("update unit_version set parent = 'W2' where code = 'W1'", 1),
        ("update indicator_version set direction = 'less' where code = 'SUM'", 1),
        ("update area_version set name = 'x'", 1),
        ("update year_rule set margin = 0.5", 2),
    ],
)  # fmt: skip
def test_what_was_stated_and_then_altered_shows(
    kept: Store, alter: Alter, sql: str, number: int
) -> None:
    alter(sql)
    assert kept.faults() == [f"submission {number} ≠ sha256"]


def test_a_file_altered_in_the_store_shows(kept: Store, alter: Alter) -> None:
    alter("update file set content = x'00'")
    (fault,) = kept.faults()
    assert fault.startswith("file ")


def test_a_submission_put_in_past_the_program_shows(kept: Store, alter: Alter) -> None:
    alter("insert into submission (id, at, person, channel) values (9, '2022', 'x', 'load')")
    assert kept.faults() == ["submission 9 ∉ audit"]


def test_a_decision_put_in_past_the_program_shows(kept: Store, alter: Alter) -> None:
    alter(
        "insert into decision (id, submission, at, person, outcome)"
        " values (9, 4, '2022', 'x', 'withdrawn')"
    )
    assert kept.faults() == ["decision 9 ∉ audit"]


def test_an_undo_put_in_past_the_program_shows(kept: Store, alter: Alter) -> None:
    alter(
        "insert into decision (id, submission, at, person, outcome, by)"
        " values (9, 4, '2022', 'x', 'withdrawn', 3)"
    )
    assert kept.faults() == ["submission 3 ≠ sha256"]


def test_a_decision_of_somebody_else_is_told_and_altering_it_shows(
    kept: Store, alter: Alter
) -> None:
    with kept._engine.writing() as connection:
        row = {"submission": 4, "at": "2030", "person": "Minh", "outcome": "returned"}
        record_decision(connection, "Minh", connection.insert("decision", row))
    assert kept.faults() == []
    (told,) = _rows(kept, "decision")
    assert (told["detail"]["submission"], told["detail"]["outcome"]) == (4, "returned")
    alter("update decision set outcome = 'approved' where person = 'Minh'")
    assert kept.faults() == [f"decision {told['subject']} ≠ sha256"]


def test_what_a_submission_refused_is_not_in_the_audit(kept: Store) -> None:
    before = len(kept.people.audit())
    with pytest.raises(Exception, match="NOWHERE"):
        kept.submit([submission(result(1, unit="NOWHERE"))])
    assert len(kept.people.audit()) == before


@pytest.mark.usefixtures("kept")
def test_every_table_that_names_a_submission_is_under_a_digest(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection:
        database = Database(connection)
        naming = {t.name for t in database.tables if "submission" in t.columns_dict}
    assert naming - {"decision"} == {*STATED, *LATER}


def test_a_database_from_before_the_audit_starts_it_after_what_there_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(Database(connection), stop_before="m006_people")
        connection.execute(
            "insert into submission (id, at, person, channel) values (5, '2022', 'x', 'catalogue')"
        )
        connection.execute(
            "insert into decision (submission, at, person, outcome)"
            " values (5, '2022', 'x', 'approved')"
        )
    store = open_store(str(path))
    assert store.faults() == []
    (began,) = _rows(store, "began")
    assert began["detail"] == {"submissions": 5, "decisions": 1}
    store.submit([submission(channel=Channel.YEAR, years=(YearRule(YEAR),))])
    assert store.faults() == []


def test_seals_and_digests_never_come_out_differently() -> None:
    row = {"at": "2026", "person": "Lan", "act": "export", "subject": "", "detail": "{}"}
    assert seal("", row | {"address": ""}).startswith("5b71b5585abf854f")
    stated = {"fact": [{"id": 1, "value": 98.5, "note": "đạt", "empty": None}], "model": []}
    assert digest(stated).startswith("0febe689aea9874c")


def test_a_column_added_later_and_empty_changes_no_digest() -> None:
    row = {"id": 1, "value": 0.0}
    assert digest({"fact": [row]}) == digest({"fact": [row | {"new": None, "other": ""}]})
    assert digest({"fact": [row]}) != digest({"fact": [{"id": 1, "value": None}]})
