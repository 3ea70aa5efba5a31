"""Register lists from files: whose a model is, and models that were registered before."""

from __future__ import annotations

from danvan import intake
from danvan.errors import Severity
from danvan.intake import Change, Check
from danvan.model import Channel, Entry, Register
from danvan.store import Store
from danvan.wording import Language
from tests.making import YEAR, csv_file, only, submission

HEAD = "TT,Tên mô hình,Đơn vị,Lĩnh vực,Loại\n"


def _check(store: Store, text: str) -> Check:
    return intake.check(store, [csv_file(text, "mh.csv")], 2022)


def _former(store: Store, name: str, **values: str) -> None:
    entry = Entry(
        register=Register.MODEL, year=YEAR, unit="W1", name=name, values=tuple(values.items())
    )
    store.submit([submission(entries=(entry,))])


def test_a_model_is_of_a_collective_or_of_one_person(store: Store) -> None:
    text = HEAD + "1,Đường hoa,Phường 1,Kinh tế,Tập thể\n2,Bếp ăn,Phường 2,Kinh tế,cá nhân\n"
    intake.hand_in(store, _check(store, text), "Lan", Channel.LOAD)
    models = store.entries(Register.MODEL, 2022)
    assert only(models, name="Đường hoa")["kind"] == "collective"
    assert only(models, name="Bếp ăn")["kind"] == "individual"


def test_marks_in_two_columns_say_it_too(store: Store) -> None:
    text = "TT,Tên mô hình,Đơn vị,Lĩnh vực,Tập thể,Cá nhân\n1,Đường hoa,Phường 1,Kinh tế,,x\n"
    ((entry, _),) = _check(store, text).entries
    assert dict(entry.values)["kind"] == "individual"


def test_a_list_without_a_column_keeps_what_was_said_in_it(store: Store) -> None:
    _former(store, "Đường hoa", kind="individual", continues="7", state="registered")
    ((entry, change),) = _check(
        store, "TT,Tên mô hình,Đơn vị,Lĩnh vực\n1,Đường hoa,Phường 1,Kinh tế\n"
    ).entries
    assert change is Change.CHANGED
    kept = {"kind": "individual", "continues": "7", "state": "registered", "field": "Kinh tế"}
    assert dict(entry.values) == kept


def test_a_model_that_was_registered_before_is_told_with_its_year_and_state(store: Store) -> None:
    _former(store, "Đường hoa Hoà Thuận", state="recognised")
    text = (
        HEAD
        + "1,Mô hình đường hoa Hòa Thuận,Phường 1,,\n2,Bếp ăn,Phường 1,Kinh tế,\n3,Đường hoa Hòa Thuận,Phường 2,Kinh tế,\n"
    )
    checked = _check(store, text)
    (problem,) = [p for p in checked.problems if p.code == "model_before"]
    assert (problem.kind, problem.cell) == (Severity.WARNING, "B2")
    assert "năm 2022 (được công nhận)" in problem.problem()
    assert "2022 (recognised)" in problem.problem(Language.EN)
    assert checked.sound  # said, and stored all the same
