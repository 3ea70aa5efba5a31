"""Registers entered by hand, run from dashboard.py: the form, the grid, questions, conflicts, documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from danvan.access import Access, access
from danvan.installation import address, open_installed
from danvan.model import Channel, Entry, Register, Submission, YearRule
from danvan.rows import Row, rows_of
from tests.making import only
from tests.pages.screen import at, text
from tests.papers import PDF
from tests.server.house import settled

pytestmark = pytest.mark.usefixtures("database")
UNIT, OTHER = "TPCL.P1", "TPCL.P2"
STORE = "Lưu"


def _as(name: str) -> Access:
    store = settled(Path(address()))
    return access(store, store.people.account(name))


def _stored(name: str, year: int = 2022, unit: str = UNIT, **values: str) -> Row:
    hoa = _as("hoa")
    entry = Entry(
        register=Register.MODEL, year=year, unit=unit, name=name, values=tuple(values.items())
    )
    if year not in hoa.years():
        lan = _as("lan")
        rule = (YearRule(year),)
        lan.submit([Submission(person="lan", channel=Channel.YEAR, years=rule)])
    hoa.submit([Submission(person="hoa", channel=Channel.FORM, entries=(entry,))])
    return rows_of(hoa.entries(Register.MODEL, year))[-1]


def _models(year: int = 2022) -> list[Row]:
    return rows_of(open_installed().entries(Register.MODEL, year))


def _form(entry: str = "new", who: str | None = None, tab: str = "model") -> AppTest:
    return at("registers", who, year="2022", unit=UNIT, tab=tab, entry=entry)


def _grid(who: str | None = None, **done: Any) -> AppTest:
    """The grid with what was typed into it."""
    screen = at("registers", who, year="2022", unit=UNIT, tab="model")
    nothing: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    screen.session_state["grid-1"] = nothing | done
    return screen.run()


def _field(screen: AppTest, name: str) -> Any:
    fields = [*screen.text_input, *screen.text_area, *screen.selectbox]
    return next(
        f for f in fields if (f.key or "").startswith("form-") and f.key.endswith(f"-{name}")
    )


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [b for b in screen.button if b.label.startswith(label)]
    return button.click().run()


def _stores(screen: AppTest) -> bool:
    return any(button.label.startswith(STORE) for button in screen.button)


def test_a_row_typed_into_the_form_is_shown_and_then_stored() -> None:
    screen = _form()
    assert not _stores(screen)
    _field(screen, "name").input("Tuyến đường hoa")
    _field(screen, "decision").input("123/QĐ-UBND")
    _field(screen, "decided_on").input("31/02/2022").run()
    assert "không có ngày “31/02/2022”" in text(screen)
    assert not _stores(screen)
    _field(screen, "decided_on").input("5/7/2022").run()
    assert "Sẽ lưu 1 mới" in text(screen)
    assert "ngày quyết định: 05/07/2022" in text(screen)
    assert not _models()
    _press(screen, "Lưu 1 dòng")
    assert not screen.exception
    assert "Đã lưu, lần nộp số" in text(screen)
    (row,) = _models()
    assert (row["state"], row["decided_on"]) == ("registered", "2022-07-05")
    assert _field(screen, "name").value == ""  # ready for the next


def test_a_link_leads_to_the_form_of_a_row() -> None:
    row = _stored("Tuyến đường hoa", state="recognised", note="x")
    screen = at("registers", year="2022", tab="model", entry=str(row["entry"]))
    assert not _stores(screen)
    _field(screen, "state").set_value("registered")
    _field(screen, "note").input("").run()
    assert "lùi trạng thái, từ được công nhận về đã đăng ký" in text(screen)
    assert "trạng thái: được công nhận · ghi chú: x" in text(screen)
    _press(screen, "Lưu 1 dòng")
    (now,) = _models()
    assert (now["entry"], now["state"], now["note"]) == (row["entry"], "registered", "")


def test_a_row_is_taken_out_by_a_version() -> None:
    row = _stored("Tuyến đường hoa")
    screen = _form(str(row["entry"]))
    screen.checkbox[0].set_value(True).run()
    assert "đưa ra khỏi sổ" in text(screen)
    _press(screen, "Lưu 1 dòng")
    assert not _models()
    assert len(open_installed().life(Register.MODEL, row["entry"])) == 2


def test_the_grid_stores_new_changed_and_removed_rows_in_one_submission() -> None:
    _stored("Tuyến đường hoa", state="registered")
    _stored("Bếp ăn tình thương")
    _stored("Của phường khác", unit=OTHER)
    screen = _grid(
        edited_rows={0: {"state": "recognised", "decided_on": "05/07/2022"}},
        added_rows=[{"name": "Tiếng kẻng an ninh", "state": "registered"}],
        deleted_rows=[1],
    )
    assert not screen.exception
    shown = text(screen)
    assert "1 mới 1 thay đổi 1 đưa ra" in shown
    assert (
        "trạng thái: đã đăng ký trạng thái: được công nhận · ngày quyết định: 05/07/2022" in shown
    )
    assert "Của phường khác" not in shown
    before = len(open_installed().submissions())
    _press(screen, "Lưu 3 dòng")
    assert len(open_installed().submissions()) == before + 1
    assert {(row["name"], row["state"]) for row in _models()} == {
        ("Tuyến đường hoa", "recognised"), ("Tiếng kẻng an ninh", "registered"),
        ("Của phường khác", ""),
    }  # fmt: skip
    assert not _stores(screen)  # the grid is opened anew


@pytest.mark.parametrize("tab", list(Register))
def test_an_empty_register_is_an_empty_grid(tab: Register) -> None:
    screen = at("registers", year="2022", unit=UNIT, tab=str(tab))
    assert "Gõ thẳng vào ô để sửa" in text(screen)
    assert not _stores(screen)


def test_a_model_of_before_is_asked_about_in_the_grid_and_the_form() -> None:
    former = _stored("Tuyến đường hoa", 2021, state="recognised")
    grid = _grid(added_rows=[{"name": "tuyến đường hoa", "state": "registered"}])
    said = "Mô hình “Tuyến đường hoa” đã có trong sổ năm 2021 \\(được công nhận\\)"
    assert grid.radio[0].label.startswith(said)
    assert not _stores(grid)
    screen = _form()
    _field(screen, "name").input("Tuyến đường hoa").run()
    assert not _stores(screen)
    (radio,) = [r for r in screen.radio if r.key.startswith("again-")]
    radio.set_value("duy trì").run()
    assert len(screen.radio) == 1  # it can still be answered otherwise
    _press(screen, "Lưu 1 dòng")
    (row,) = _models()
    assert (row["renewal"], row["continues"]) == ("duy trì", str(former["entry"]))


def test_the_row_of_the_same_year_is_offered_instead() -> None:
    twin = _stored("Tuyến đường hoa")
    screen = _form()
    _field(screen, "name").input("Tuyến đường hoa").run()
    _press(screen, "Sửa dòng “Tuyến đường hoa” đã có")
    assert screen.query_params["entry"] in (str(twin["entry"]), [str(twin["entry"])])
    assert _field(screen, "name").value == "Tuyến đường hoa"
    assert not _stores(screen)


def test_what_somebody_changed_meanwhile_is_told_and_not_overwritten() -> None:
    row = _stored("Tuyến đường hoa", state="registered")
    screen = _form(str(row["entry"]))
    _field(screen, "note").input("của tôi").run()
    lan = _as("lan")
    newer = Entry(register=Register.MODEL, year=2022, unit=UNIT, name="Tuyến đường hoa",
                  values=(("state", "recognised"),), entry=row["entry"])  # fmt: skip
    lan.submit([Submission(person="lan", channel=Channel.FORM, entries=(newer,))])
    screen.run()
    shown = text(screen)
    assert "Chưa lưu gì cả" in shown
    assert "Nguyễn Thị Lan đã sửa lúc" in shown
    assert "trạng thái: đã đăng ký → được công nhận" in shown
    assert not _stores(screen)
    _press(screen, "Bỏ phần đang nhập")
    assert _field(screen, "state").value == "recognised"
    _field(screen, "note").input("của tôi").run()
    _press(screen, "Lưu 1 dòng")
    (now,) = _models()
    assert (now["state"], now["note"]) == ("recognised", "của tôi")


def test_a_reporters_row_waits_with_its_document_until_an_editor_has_seen_both() -> None:
    screen = _form(who="minh")
    assert next(b for b in screen.selectbox if b.key == "choose-unit").options == ["Phường 1"]
    _field(screen, "name").input("Tuyến đường hoa")
    screen.file_uploader[0].set_value([("QĐ 12.pdf", PDF, "application/pdf")]).run()
    assert "minh chứng: QĐ 12.pdf" in text(screen)
    _press(screen, "Lưu 1 dòng")
    assert "chờ" in text(screen)
    assert "1 dòng đang chờ duyệt" in text(screen)
    assert not _models()
    review = at("review")
    assert "Tuyến đường hoa" in text(review)
    assert "1 tài liệu minh chứng" in text(review)
    _press(review, "Duyệt")
    (row,) = _models()
    again = _form(str(row["entry"]), who="minh")
    assert "Tài liệu minh chứng (1)" in text(again)
    assert "PDF · 1 KB · Trần Văn Minh" in text(again)
    _press(again, "Gỡ")
    back = at("review")
    assert "đề nghị gỡ" in text(back)
    assert len(open_installed().evidence(2022)) == 1
    _press(back, "Duyệt")
    assert open_installed().evidence(2022).empty


def test_the_review_says_what_a_row_changes() -> None:
    row = _stored("Tuyến đường hoa", state="registered", field="Kinh tế")
    screen = _form(str(row["entry"]), who="minh")
    _field(screen, "state").set_value("recognised").run()
    _press(screen, "Lưu 1 dòng")
    assert "trạng thái: đã đăng ký → được công nhận" in text(at("review"))
    assert "lĩnh vực" not in text(at("review"))


def test_a_document_that_pretends_is_refused_and_nothing_is_stored() -> None:
    screen = _form()
    _field(screen, "name").input("Tuyến đường hoa")
    screen.file_uploader[0].set_value([("a.pdf", b"<script>", "application/pdf")]).run()
    assert "không phải PDF" in text(screen)
    assert not _stores(screen)


def test_a_figure_and_its_document_are_one_submission() -> None:
    screen = at("figure", year="2022", unit=UNIT, indicator="HGCS.01")
    screen.text_input[1].input("7")
    screen.file_uploader[0].set_value([("BC 5.pdf", PDF, "application/pdf")]).run()
    _press(screen, "Lưu số liệu này")
    store = open_installed()
    paper = only(store.evidence(2022), indicator="HGCS.01")
    figure = only(store.figures(2022), unit=UNIT, indicator="HGCS.01")
    assert (paper["unit"], paper["period"], figure["result"]) == (UNIT, "year", 7)
    assert "Tài liệu minh chứng (1)" in text(screen)
    assert not screen.file_uploader[0].value
    card = at("indicator", "minh", year="2022", unit=UNIT, indicator="HGCS.01")
    assert "Tài liệu minh chứng (1)" in text(card)
    assert [link.proto.url for link in card.get("link_button")] == [
        f"/evidence/{paper['id']}/BC%205.pdf"
    ]


def test_a_document_alone_can_prove_a_figure() -> None:
    screen = at("figure", year="2022", unit=UNIT, indicator="HGCS.01")
    screen.file_uploader[0].set_value([("BC 5.pdf", PDF, "application/pdf")]).run()
    _press(screen, "Lưu")
    assert len(open_installed().evidence(2022)) == 1


@pytest.mark.parametrize("tab", ["task", "award"])
def test_the_other_registers_are_entered_alike(tab: str) -> None:
    screen = _form(tab=tab)
    _field(screen, "name").input("Việc <b>một</b>")
    if tab == "task":
        _field(screen, "deadline").input("Quý IV").run()
        assert "Hạn cuối 31/12/2022" in text(screen)
        _field(screen, "deadline").input("sớm")
    screen.run()
    _press(screen, "Lưu 1 dòng")
    assert not screen.exception
    assert len(open_installed().entries(Register(tab), 2022)) == 1


def test_a_row_that_is_not_there_is_said() -> None:
    _stored("Của phường khác", unit=OTHER)
    screen = _form("1", who="minh")
    assert "Sổ năm 2022 không có dòng số 1" in text(screen)
    assert "Của phường khác" not in text(screen)


def test_the_page_is_whole_in_english() -> None:
    screen = at("registers", year="2022", tab="task", entry="new", lang="en")
    assert not screen.exception
    assert "Enter registers" in text(screen)
