"""The plan of a year, run from dashboard.py: typed, shared out, drafted, revised; key tasks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from danvan import closing
from danvan.access import Access, access
from danvan.installation import address
from danvan.model import Channel, Entry, Register, Stage, Submission, Target
from danvan.rows import rows_of
from tests.making import only
from tests.pages.screen import at, text
from tests.server.house import settled

pytestmark = pytest.mark.usefixtures("database")
CODE, P1, P3 = "DVK.01", "TPCL.P1", "TPCL.P3"


def _as(name: str) -> Access:
    store = settled(Path(address()))
    return access(store, store.people.account(name))


def _given(**targets: int) -> None:
    """Targets of the year 2022, which is open, by the last part of the unit's code."""
    facts = [
        Target(year=2022, unit=f"TPCL.{u}", indicator=CODE, value=v) for u, v in targets.items()
    ]
    _as("hoa").submit([Submission(person="hoa", channel=Channel.FORM, facts=facts)])


def _typed(screen: AppTest, row: int, **cells: str) -> AppTest:
    """The page with texts typed into a row of its grid."""
    key = screen.session_state["plan-view"].key
    nothing: dict[str, Any] = {"added_rows": [], "deleted_rows": []}
    screen.session_state[key] = nothing | {"edited_rows": {row: dict(cells)}}
    return screen.run()


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [button for button in screen.button if button.label.startswith(label)]
    return button.click().run()


def _searched(year: int = 2022) -> AppTest:
    return at("plan", year=str(year), q="Mô hình Dân vận khéo đăng ký")


def _stands(unit: str = P1, year: int = 2022) -> Any:
    return only(_as("hoa").figures(year), unit=unit, indicator=CODE)


def test_what_is_typed_is_shown_old_beside_new_with_its_sum_and_stored_by_one_button() -> None:
    screen = _typed(_searched(), 0, own="10", **{P1: "3", P3: "≥ 4"})
    said = text(screen)
    assert "3 chỉ tiêu sẽ thay đổi, chưa lưu" in said
    assert "Phường 3" in said
    grid = screen.dataframe[0].value if screen.dataframe else None
    assert grid is None or grid.iloc[0]["gap"] == "+3"
    _press(screen, "Lưu 3 chỉ tiêu")
    assert (_stands().target, _stands(P3).target, _stands("TPCL").target) == (3, 4, 10)
    act = rows_of(_as("hoa").submissions())[-1]
    assert (act["channel"], act["facts"], act["person"]) == (Channel.FORM, 3, "hoa")


def test_a_cell_that_cannot_be_read_names_itself_and_keeps_all_from_being_stored() -> None:
    screen = _typed(_searched(), 0, **{P1: "x", P3: "4"})
    (error,) = screen.error
    assert "Mô hình Dân vận khéo đăng ký · Phường 1" in error.value
    (button,) = [b for b in screen.button if b.label.startswith("Lưu")]
    assert button.disabled


def test_a_revision_asks_for_its_decision_and_the_first_target_stays_to_be_seen() -> None:
    _given(P1=5)
    screen = _typed(_searched(), 0, **{P1: "8"})
    _press(screen, "Lưu 1 chỉ tiêu")
    assert _stands().target == 5
    assert "hãy ghi đủ số quyết định" in text(screen)
    screen.text_input(key="plan-decision").input("45/QĐ-UBND")
    screen.date_input(key="plan-decided-on").set_value(date(2022, 7, 5))
    screen.text_input(key="plan-reason").input("Bổ sung sau sơ kết")
    said = text(_press(screen, "Lưu 1 chỉ tiêu"))
    assert (_stands().target, _stands().first_target) == (8, 5)
    assert "1 chỉ tiêu đã điều chỉnh trong năm" in said
    assert "45/QĐ-UBND, 05/07/2022" in said


def test_what_was_typed_stays_while_the_page_is_filtered_another_way() -> None:
    screen = _typed(_searched(), 0, **{P1: "3"})
    screen.text_input(key="q").input("hòa giải").run()
    assert "1 chỉ tiêu sẽ thay đổi" in text(screen)
    _press(screen, "Bỏ phần chưa lưu")
    assert "chưa lưu" not in text(screen).replace("Chưa lưu gì", "")


def test_an_editor_begins_to_plan_the_next_year_and_does_not_open_it() -> None:
    screen = at("plan", year="2023")
    assert "Năm 2023 chưa bắt đầu lập kế hoạch" in text(screen)
    said = text(_press(screen, "Bắt đầu lập kế hoạch năm 2023"))
    assert _as("hoa").years()[2023].stage is Stage.PLANNING
    assert "Quản trị viên mở năm" in said
    assert not [b for b in screen.button if "Mở" in b.label]


def test_a_target_is_shared_out_with_the_gap_in_words_and_stored_with_the_parts() -> None:
    screen = at("plan", year="2022", tab="allocation", indicator=CODE)
    total = next(one for one in screen.text_input if (one.key or "").startswith("total-"))
    said = text(total.input("50").run())
    assert "Tổng các phần là 45, thấp hơn chỉ tiêu 50 là 5 mô hình." in said
    _press(screen, "Lưu 16 chỉ tiêu")
    assert (_stands().target, _stands("TPCL").target) == (3, 50)
    assert rows_of(_as("hoa").submissions())[-1]["channel"] == Channel.ALLOCATION


def test_by_inhabitants_nobody_gets_a_part_whose_number_is_not_known() -> None:
    screen = at("plan", year="2022", tab="allocation", indicator=CODE)
    next(one for one in screen.text_input if (one.key or "").startswith("total-")).input("50").run()
    way = next(one for one in screen.selectbox if (one.key or "").startswith("way-"))
    said = text(way.set_value("population").run())
    assert "Chưa biết dân số nên chưa giao (không phải giao 0): Phường 1" in said
    assert "Không chia được" in said
    assert not [b for b in screen.button if b.label.startswith("Lưu")]


def test_a_percentage_is_given_to_everybody_as_it_is() -> None:
    screen = at("plan", year="2022", tab="allocation", indicator="CCHC.04")
    share = next(one for one in screen.text_input if (one.key or "").startswith("alike-"))
    _press(share.input("98,5").run(), "Lưu 15 chỉ tiêu")
    rows = _as("hoa").figures(2022)
    assert set(rows[rows["indicator"] == "CCHC.04"]["target"]) == {98.5}


def test_a_draft_from_before_is_filled_in_and_not_stored() -> None:
    _given(P1=5, P3=6)
    closing.plan(_as("hoa"), 2023)
    screen = at("plan", year="2023", tab="draft")
    screen.selectbox(key="draft-which").set_value(CODE)
    said = text(screen.text_input(key="draft-change").input("20").run())
    assert "Kế hoạch năm 2022: 5; tăng 20 %" in said
    assert "Năm 2022 không giao chỉ tiêu" in said
    said = text(_press(screen, "Đưa vào bảng chỉ tiêu (2 đề xuất)"))
    assert "2 chỉ tiêu sẽ thay đổi, chưa lưu" in said
    assert _as("hoa").figures(2023).empty
    _press(screen, "Lưu 2 chỉ tiêu")
    assert _stands(year=2023).target == 6


def test_the_minimum_of_the_law_is_offered_and_filled_in_by_a_button() -> None:
    closing.plan(_as("lan"), 2024)
    screen = at("plan", year="2024", q="hội nghị trao đổi")
    assert "luật yêu cầu ít nhất 1; 15 đơn vị" in text(screen)
    assert "15 chỉ tiêu sẽ thay đổi" in text(_press(screen, "Điền mức tối thiểu"))


def test_key_tasks_are_listed_and_last_years_are_taken_over_by_choice() -> None:
    rows = [
        Entry(register=Register.TASK, year=2022, unit="TPCL", name=name, values=(("kind", "key"),))
        for name in ("Củng cố Ban Thanh tra nhân dân", "Tết Quân - Dân 2023")
    ]
    _as("hoa").submit([Submission(person="hoa", channel=Channel.FORM, entries=rows)])
    assert "Năm 2022: 2 nhiệm vụ trọng tâm" in text(at("plan", year="2022", tab="tasks"))
    closing.plan(_as("hoa"), 2023)
    screen = at("plan", year="2023", tab="tasks")
    assert "2 nhiệm vụ trọng tâm năm 2022 chưa xong" in text(screen)
    screen.checkbox[0].check().run()
    said = text(_press(screen, "Chuyển 1 nhiệm vụ"))
    assert "Năm 2023: 1 nhiệm vụ trọng tâm" in said
    assert list(_as("hoa").entries(Register.TASK, 2023)["kind"]) == ["key"]


def test_the_form_of_tasks_begins_with_a_key_task_where_the_address_says_so() -> None:
    screen = at("registers", year="2022", unit="TPCL", tab="task", entry="new", kind="key")
    kind = next(one for one in screen.selectbox if (one.key or "").endswith("-kind"))
    assert kind.value == "key"
    assert not screen.error


def test_a_reporter_may_not_plan() -> None:
    assert "Chỉ chuyên viên tổng hợp" in text(at("plan", "minh"))


def test_a_file_that_revises_is_warned_of_until_its_decision_is_named() -> None:
    _given(P1=5)
    screen = at("upload", year="2022")
    file = f"year,unit,indicator,target\n2022,{P1},{CODE},9\n".encode()
    screen.file_uploader[0].set_value([("ke-hoach.csv", file, "text/csv")]).run()
    said = text(_press(screen, "Xem trước"))
    assert "Kế hoạch đã giao thay đổi giữa năm mà chưa ghi quyết định" in said
    screen.text_input(key="document").input("Quyết định điều chỉnh")
    said = text(screen.text_input(key="document-number").input("45/QĐ-UBND").run())
    assert "chưa ghi quyết định" not in said
    _press(screen, "Lưu")
    found = only(_as("hoa").history(2022, P1, CODE), stands=True)
    assert (found.value, found.decision) == (9, "45/QĐ-UBND")
