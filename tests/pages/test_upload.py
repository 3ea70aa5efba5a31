"""Handing in files and single figures, run from dashboard.py."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from danvan import intake
from danvan.installation import open_installed
from danvan.model import Channel, Register
from tests.making import csv_file
from tests.pages.screen import at, text
from tests.workbooks.cases import CASES

pytestmark = pytest.mark.usefixtures("database")
BY_NAME = {case.name: case for case in CASES}
STORE = "Lưu"


def _uploaded(*names: str) -> AppTest:
    screen = at("upload", year="2022")
    files = [(BY_NAME[n].file, BY_NAME[n].content, "application/octet-stream") for n in names]
    screen.file_uploader[0].set_value(files).run()
    return _press(screen, "Xem trước")


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [b for b in screen.button if b.label.startswith(label)]
    return button.click().run()


def _buttons(screen: AppTest) -> list[str]:
    return [button.label for button in screen.button]


def _figure(unit: str, indicator: str) -> float | None:
    frame = open_installed().figures(2022)
    found = frame[(frame["unit"] == unit) & (frame["indicator"] == indicator)]
    return None if found.empty else float(found.iloc[0]["result"])


def test_a_sound_file_is_previewed_and_stored_with_one_button() -> None:
    screen = _uploaded("matrix-flat")
    shown = text(screen)
    assert not screen.exception
    assert "Đọc được tất cả 6 số liệu." in shown
    assert "Dòng hoặc cột cộng ghi 6, nhưng tổng của 3 đơn vị là 5." in shown
    assert _figure("TPCL.P1", "HDND.02") is None
    _press(screen, STORE)
    assert _figure("TPCL.P1", "HDND.02") == 12
    assert "Đã lưu, lần nộp số 4." in text(screen)


def test_the_draft_survives_a_refresh_and_can_be_dropped() -> None:
    key = _uploaded("matrix-flat").query_params["draft"]
    again = at("upload", draft=key if isinstance(key, str) else key[0])
    assert "kq.xlsx · năm 2022" in text(again)
    _press(again, "Bỏ, chọn tệp khác")
    assert len(again.file_uploader) == 1
    assert open_installed().submissions().iloc[-1]["channel"] == "shipped"


def test_a_question_is_answered_once_and_remembered() -> None:
    screen = _uploaded("near-misses")
    assert "4 chờ trả lời" in text(screen)
    assert not any(b.startswith("Lưu 5") for b in _buttons(screen))
    screen.selectbox[1].set_value("DVK.02")
    for box in (0, 2, 3):
        screen.selectbox[box].set_value("skip")
    _press(screen, "Dùng các câu trả lời")
    assert "Đọc được tất cả 2 số liệu." in text(screen)
    _press(screen, STORE)
    assert _figure("TPCL.HA", "DVK.02") == 3
    catalogue = at("catalogue")
    assert "“Mô hình DVK” → Mô hình Dân vận khéo được công nhận" in text(catalogue)
    assert "“Số hộ nghèo” → Bỏ qua, không đọc" in text(catalogue)
    assert "Đọc được tất cả 2 số liệu." in text(_uploaded("near-misses"))
    next(b for b in catalogue.button if b.key == "remove-Mô hình DVK").click().run()
    assert "1 chờ trả lời" in text(_uploaded("near-misses"))


def test_what_is_wrong_stands_beside_what_to_do_and_the_good_rows_can_be_stored() -> None:
    screen = _uploaded("impossible")
    shown = text(screen)
    assert "Ô kết quả là số âm (-3)." in shown
    assert "2 mới" in shown
    assert "4 có lỗi" in shown
    _press(screen, "Chỉ lưu 2 số liệu đã đúng")
    assert _figure("TPCL.P2", "HDND.02") == 4
    assert _figure("TPCL.P1", "HDND.02") is None


def test_a_newer_figure_is_a_conflict_to_decide() -> None:
    screen = _uploaded("one-indicator-by-sheet")
    store = open_installed()
    newer = intake.check(store, [csv_file("unit,indicator,result\nTPCL.P1,HGCS.01,9\n")], 2022)
    intake.hand_in(store, newer, "Lan", Channel.LOAD)
    screen.run()
    assert "1 số liệu đã được người khác lưu mới hơn" in text(screen)
    assert not any(b.startswith("Lưu") for b in _buttons(screen))
    _press(screen, "Đã xem, thay bằng số trong tệp này")
    _press(screen, STORE)
    assert _figure("TPCL.P1", "HGCS.01") == 4


def test_register_lists_are_stored_and_not_doubled() -> None:
    _press(_uploaded("models"), STORE)
    assert len(open_installed().entries(Register.MODEL, 2022)) == 2
    again = _uploaded("models")
    assert "Tệp này đã được nộp trước đây, ở lần nộp số 4." in text(again)
    _press(again, STORE)
    assert len(open_installed().entries(Register.MODEL, 2022)) == 2


def test_a_file_that_cannot_be_read_is_a_sentence() -> None:
    screen = at("upload", year="2022")
    screen.file_uploader[0].set_value([("a.xlsx", b"nothing", "x")]).run()
    shown = text(_press(screen, "Xem trước"))
    assert "Đuôi của tên tệp không đúng với nội dung bên trong." in shown
    assert "Chưa có số liệu nào lưu được: còn 1 chỗ" in shown


def test_the_page_is_whole_in_english() -> None:
    screen = at("upload", year="2022", lang="en")
    assert "Choose files" in text(screen)


def test_a_figure_is_typed_as_people_write_it() -> None:
    screen = at("figure", year="2022", unit="TPCL.P1", indicator="HGCS.03")
    screen.text_input[1].input("87,5").run()
    assert "kết quả 87,5" in text(screen)
    _press(screen, "Lưu số liệu này")
    assert _figure("TPCL.P1", "HGCS.03") == 87.5
    assert screen.text_input[1].value == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [("hai mươi", "không phải là số"), ("-3", "số âm"), ("12,5", "đếm số nguyên")],
)
def test_a_typed_figure_is_checked_like_a_file(typed: str, said: str) -> None:
    screen = at("figure", year="2022", unit="TPCL.P1", indicator="HGCS.01")
    screen.text_input[1].input(typed).run()
    assert said in text(screen)
    assert not any(b.startswith(STORE) for b in _buttons(screen))


def test_any_submission_can_be_taken_back_from_the_history() -> None:
    _press(_uploaded("matrix-flat"), STORE)
    screen = at("history")
    assert "4. Nộp tệp đang có hiệu lực" in text(screen)
    next(b for b in screen.button if b.key == "undo-4").click().run()
    assert "Đã hoàn tác lần nộp số 4" in text(screen)
    assert _figure("TPCL.P1", "HDND.02") is None
    next(b for b in screen.button if b.key == "undo-5").click().run()
    assert _figure("TPCL.P1", "HDND.02") == 12


def test_a_total_becomes_the_citys_own_figure_only_when_somebody_says_so() -> None:
    screen = _uploaded("matrix-flat")
    assert "Lấy số tổng ở trang" in screen.toggle[0].label
    screen.toggle[0].set_value(True).run()
    _press(screen, STORE)
    assert _figure("TPCL", "NTM.03") == 6
    assert _figure("TPCL.P1", "NTM.03") == 3
