"""Approval on the pages, run from dashboard.py: the queue, the decision, and what others see."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from danvan import intake
from danvan.access import PUBLIC_VIEW, Access, access
from danvan.installation import address, open_installed
from danvan.model import Channel
from danvan.store import Store
from tests.making import csv_file
from tests.pages.screen import at, text
from tests.server.house import settled

pytestmark = pytest.mark.usefixtures("database")
ROWS = "unit,indicator,target,result\nTPCL.P1,HGCS.01,10,7\nTPCL.P1,DVK.01,5,500\n"
NAMES = {"DVK.01": "Phường 1 · Mô hình Dân vận khéo đăng ký · cả năm"}


def _as(name: str) -> Access:
    store = settled(Path(address()))
    return access(store, store.people.account(name))


def _send(text: str = ROWS, name: str = "so-lieu P1.csv") -> int:
    minh = _as("minh")
    checked = intake.check(minh, [csv_file(text, name)], 2022, "TPCL.P1")
    return intake.hand_in(minh, checked, "minh", Channel.UPLOAD)


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [b for b in screen.button if b.label.startswith(label)]
    return button.click().run()


def _results(store: Store) -> dict[str, float]:
    frame = store.figures(2022)
    ward = frame[frame["unit"] == "TPCL.P1"]
    return dict(zip(ward["indicator"], ward["result"], strict=True))


def _files(screen: AppTest) -> list[str]:
    return [link.proto.url for link in screen.get("link_button")]


def test_an_empty_queue_says_so() -> None:
    assert "Không có lần nộp nào chờ duyệt." in text(at("review"))


def test_the_oldest_comes_first_with_its_difference_warnings_and_file() -> None:
    first = _send()
    second = _send("unit,indicator,result\nTPCL.P1,HGCS.02,4\n")
    screen = at("review")
    shown = text(screen)
    assert not screen.exception
    assert screen.radio[0].options[0].startswith(f"**{first}**")
    assert len(screen.radio[0].options) == 2
    assert f"Lần nộp số {first}: Phường 1" in shown
    assert "Trần Văn Minh gửi lúc" in shown
    assert "kế hoạch 10, kết quả 7" in shown
    assert "Kết quả 500 gấp" in shown or "500" in shown
    assert _files(screen) == [f"/files/{first}/so-lieu%20P1.csv"]
    screen.radio[0].set_value(str(second)).run()
    assert f"Lần nộp số {second}: Phường 1" in text(screen)
    assert screen.query_params["submission"] in (str(second), [str(second)])


def test_all_is_approved_with_one_button() -> None:
    number = _send()
    screen = _press(at("review"), "Duyệt tất cả (2)")
    assert f"Đã duyệt lần nộp số {number}." in text(screen)
    assert "Không có lần nộp nào chờ duyệt." in text(screen)
    assert _results(open_installed()) == {"HGCS.01": 7, "DVK.01": 500}


def test_what_is_chosen_goes_back_and_the_rest_counts() -> None:
    number = _send()
    screen = at("review")
    (key,) = [o for o in screen.multiselect[0].options if "Dân vận khéo" in o]
    screen.multiselect[0].select(key).run()
    _press(screen, "Duyệt 1, trả lại 1")
    assert "Khi trả lại cần ghi ý kiến" in text(screen)
    assert _results(open_installed()) == {}
    screen.text_area[0].input("Số đăng ký ghi nhầm").run()
    _press(screen, "Duyệt 1, trả lại 1")
    assert f"Đã duyệt lần nộp số {number}, trừ 1 số liệu trả lại." in text(screen)
    assert _results(open_installed()) == {"HGCS.01": 7}
    told = text(at("overview", "minh", year="2022"))
    assert "Lê Thị Hòa trả lại 1/2 số liệu" in told
    assert "“Số đăng ký ghi nhầm”" in told


def test_all_is_returned_with_a_comment() -> None:
    number = _send()
    screen = _press(at("review"), "Trả lại tất cả")
    assert "Khi trả lại cần ghi ý kiến" in text(screen)
    screen.text_area[0].input("Thiếu chữ ký").run()
    _press(screen, "Trả lại tất cả")
    assert f"Đã trả lại lần nộp số {number}" in text(screen)
    assert _results(open_installed()) == {}
    assert "“Thiếu chữ ký”" in text(at("overview", "minh", year="2022"))
    for other in ("hoa", "xem", "lan"):
        assert "Thiếu chữ ký" not in text(at("overview", other, year="2022"))


def test_what_somebody_else_decided_meanwhile_is_a_sentence() -> None:
    number = _send()
    screen = at("review")
    _as("hoa").decide(number, "approved")
    _press(screen, "Duyệt tất cả")
    assert f"Lần nộp số {number} không còn chờ duyệt." in text(screen)
    old = at("review", submission=str(number))
    assert "Không có lần nộp nào chờ duyệt." in text(old)


def test_rows_of_registers_are_shown_in_words() -> None:
    _send("Tên mô hình,Đơn vị thực hiện,Trạng thái\nCụm dân cư tự quản,Chi bộ 3,Được công nhận\n")
    screen = at("review")
    shown = text(screen)
    assert not screen.exception
    assert "Cụm dân cư tự quản" in shown
    assert "được công nhận" in shown
    assert not screen.multiselect


def test_the_menu_counts_what_waits_for_editors_only() -> None:
    from danvan.wording import Words  # noqa: PLC0415

    _send()
    assert "Duyệt số liệu (1)" in Words("vi")("page.review_waiting", n=1)
    screen = at("overview", "minh", year="2022")
    with pytest.raises(ValueError, match="review"):
        screen.switch_page("pages/enter/review.py")


def test_the_overview_says_what_waits_and_its_numbers_stay() -> None:
    before = text(at("overview", "hoa", year="2022"))
    _send()
    hoa = text(at("overview", "hoa", year="2022"))
    line = "Đang chờ duyệt: 2 số liệu của 1 lần nộp"
    assert line in hoa
    assert hoa.replace(line, "").split() == before.split()
    assert line in text(at("overview", "xem", year="2022"))
    assert line in text(at("overview", "minh", year="2022"))
    assert "Đang chờ duyệt" not in text(at("overview", "hoa", year="2022", lang="en"))


def test_the_public_sees_nothing_of_what_waits() -> None:
    _send()
    open_installed().people.set_switch(PUBLIC_VIEW, "on", "os:test")
    overview = at("overview", year="2022")
    assert "chờ duyệt" not in text(overview)
    asked = {"unit": "TPCL", "indicator": "HGCS.01", "year": "2022"}
    card = text(at("indicator", **asked))
    assert "chờ duyệt" not in card
    assert "minh" not in card


def test_the_card_shows_what_waits_with_unit_who_and_when() -> None:
    _send()
    asked = {"unit": "TPCL", "indicator": "HGCS.01", "year": "2022"}
    screen = at("indicator", "xem", **asked)
    shown = text(screen)
    assert "Đang chờ duyệt, chưa tính vào số liệu trên" in shown
    assert "kết quả 7" in shown
    assert "Trần Văn Minh" in shown
    assert "Phường 1" in shown


def test_a_reporter_reads_that_it_waits_and_then_that_it_is_approved() -> None:
    number = _send()
    assert f"1 lần nộp đang chờ duyệt: số {number}" in text(at("overview", "minh", year="2022"))
    _as("hoa").decide(number, "approved")
    assert f"1 lần nộp đã duyệt: số {number}" in text(at("overview", "minh", year="2022"))


def test_a_typed_figure_of_a_reporter_waits() -> None:
    screen = at("figure", "minh", year="2022", unit="TPCL.P1", indicator="HGCS.03")
    screen.text_input[1].input("87,5").run()
    _press(screen, "Lưu số liệu này")
    assert "đang chờ duyệt" in text(screen)
    assert _results(open_installed()) == {}


def test_the_page_is_whole_in_english() -> None:
    _send()
    screen = at("review", lang="en")
    assert "Approve all (2)" in text(screen)
    assert not screen.exception
