"""The page of rounds and what units owe on their pages, run from dashboard.py."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from danvan import intake, post
from danvan.access import Access, access
from danvan.installation import address, open_installed
from danvan.model import Channel, Contact, Period, Result, Round, Submission
from danvan.rounds.contacts import keep_contacts
from danvan.rounds.opening import open_round
from danvan.wording import Words
from tests.mailbox import mailbox
from tests.making import csv_file
from tests.pages.screen import at, links, text
from tests.server.house import settled

pytestmark = pytest.mark.usefixtures("database")
PLAN = "unit,indicator,target\nTPCL.P1,HGCS.01,10\nTPCL.P1,DVK.01,5\nTPCL.P2,DVK.01,4\n"


@pytest.fixture(autouse=True)
def _no_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(post.SERVER, raising=False)


def _as(name: str) -> Access:
    store = settled(Path(address()))
    return access(store, store.people.account(name))


def _planned(*rounds: Round) -> Access:
    """A plan of two wards, and rounds that are open."""
    hoa = _as("hoa")
    checked = intake.check(hoa, [csv_file(PLAN)], 2022)
    intake.hand_in(hoa, checked, "hoa", Channel.LOAD)
    for one in rounds:
        open_round(hoa, one, Words("vi"))
    return hoa


Q1 = Round(2022, Period.Q1, date(2022, 4, 10), note="Gửi cả bản ký")


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [b for b in screen.button if b.label == label]
    return button.click().run()


def _rounds() -> dict[Period, Round]:
    return open_installed().years()[2022].round


def test_a_round_is_opened_moved_and_called_off() -> None:
    _planned()
    screen = at("round", year="2022")
    assert "Năm 2022 chưa có đợt báo cáo nào" in text(screen)
    screen.selectbox(key="new-period-2022").set_value(Period.Q1).run()
    assert screen.date_input[0].value == date(2022, 4, 10)
    screen.date_input[0].set_value(date(2022, 3, 25)).run()
    assert "số liệu sẽ là số ước" in text(screen)
    _press(screen, "Mở đợt báo cáo quý I")
    assert not screen.exception
    assert _rounds()[Period.Q1].due == date(2022, 3, 25)
    shown = text(screen)
    assert "Quý I năm 2022: 0/2 đơn vị đã nộp đủ; 2 chưa nộp; hạn nộp 25/03/2022, đã qua" in shown
    screen.session_state["change"] = True
    screen.run()
    screen.date_input[0].set_value(date(2022, 4, 12)).run()
    _press(screen, "Lưu thay đổi")
    assert _rounds()[Period.Q1].due == date(2022, 4, 12)
    assert open_installed().submissions()["note"].iloc[-1].endswith("trước đó là 25/03/2022")
    _press(screen, "Hủy đợt báo cáo này")
    assert _rounds() == {}


def test_units_stand_in_the_table_and_texts_are_copied_and_counted() -> None:
    hoa = _planned(Q1)
    keep_contacts(hoa, [Contact("TPCL.P1", "<b>Minh</b>", "p1@x.vn")], Words("vi"))
    screen = at("round", year="2022", period="Q1")
    shown = text(screen)
    assert not screen.exception
    assert "Gửi cả bản ký" in shown
    assert "Phường 1 ○ chưa nộp 0/2" in shown
    assert "<b>Minh</b> · p1@x.vn" in shown
    (letter,) = screen.code
    assert letter.value.startswith("Nhắc báo cáo quý I năm 2022 – UBND Phường 1\n\nKính gửi: UBND")
    assert "Chưa cấu hình máy chủ thư" in shown
    assert not [b for b in screen.button if b.label.startswith("Gửi")]
    screen.multiselect[0].unselect("TPCL.P2").run()
    _press(screen, "Đánh dấu đã nhắc 1 đơn vị")
    rows = open_installed().reminders(2022)
    assert list(zip(rows["unit"], rows["address"], strict=True)) == [("TPCL.P1", "")]
    assert "Đã ghi: nhắc 1 đơn vị." in text(screen)
    assert "1 lần, lần cuối" in text(screen)


def test_letters_go_out_only_when_the_addresses_were_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hoa = _planned(Q1)
    told = [Contact("TPCL.P1", "Minh", "p1@x.vn"), Contact("TPCL.P2", "", "p2@x.vn")]
    keep_contacts(hoa, told, Words("vi"))
    with mailbox("p2@x.vn") as box:
        monkeypatch.setenv(post.SERVER, f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv(post.SENDER, "ban@x.vn")
        screen = at("round", year="2022", period="Q1")
        (send,) = [b for b in screen.button if b.label == "Gửi 2 thư"]
        assert send.disabled
        assert box.came == []
        screen.checkbox[0].check().run()
        _press(screen, "Gửi 2 thư")
        assert not screen.exception
        assert len(box.came) == 1
    shown = text(screen)
    assert "Đã gửi 1 thư." in shown
    assert "Không gửi được tới p2@x.vn: 550" in shown
    assert open_installed().reminders(2022)["address"].tolist() == ["p1@x.vn"]


def test_addresses_are_typed_and_what_is_none_is_refused() -> None:
    _planned(Q1)
    screen = at("round", year="2022", period="Q1")
    screen.session_state["contacts"] = True
    screen.run()
    screen.text_input(key="contact-email-TPCL.P1").input("phường 1")
    _press(screen, "Lưu người nhận")
    assert "“phường 1” không phải là địa chỉ thư điện tử" in text(screen)
    assert open_installed().contacts() == ()
    screen.text_input(key="contact-email-TPCL.P1").input("p1@x.vn")
    _press(screen, "Lưu người nhận")
    assert open_installed().contacts() == (Contact("TPCL.P1", "", "p1@x.vn"),)


def test_a_unit_sees_what_it_owes_with_its_form_and_the_way_to_each_figure() -> None:
    hoa = _planned(Q1)
    number = hoa.submit(
        [
            Submission(
                person="hoa",
                channel=Channel.FORM,
                facts=(
                    Result(
                        year=2022, unit="TPCL.P1", indicator="DVK.01", period=Period.Q1, value=None
                    ),
                ),
            )
        ],
        outcome="submitted",
    )[0]
    hoa.decide(number, "returned", comment="Nhầm *số* lũy kế")
    screen = at("unit", "minh", year="2022")
    shown = text(screen)
    assert not screen.exception
    assert "Còn phải báo cáo" in shown
    assert "Quý I · hạn nộp 10/04/2022" in shown
    assert "↩ bị trả lại đã nộp 0/2" in shown
    assert "Nhầm *số* lũy kế" in shown
    assert "figure?year=2022&unit=TPCL.P1&indicator=HGCS.01&period=Q1" in links(screen)
    labels = [button.proto.label for button in screen.get("download_button")]
    assert "Tải biểu mẫu của đợt" in labels
    assert "còn thiếu 2 chỉ tiêu" in text(at("overview", "minh", year="2022"))
    assert "Còn phải báo cáo" not in text(at("overview", "hoa", year="2022"))
    assert "Phường 1 (0/2), ○ Phường 2 (0/1)" in text(at("unit", "hoa", year="2022"))
    viewer = at("unit", "xem", year="2022", unit="TPCL.P1")
    assert "Tải biểu mẫu của đợt" not in [b.proto.label for b in viewer.get("download_button")]


def test_nothing_is_owed_in_the_past_nor_told_to_the_public() -> None:
    _planned(Q1)
    assert "Còn phải báo cáo" in text(at("unit", "minh", year="2022"))
    then = at("unit", "minh", year="2022", as_of=datetime.now(UTC).isoformat())
    assert "Đang xem số liệu như đã có" in text(then)
    assert "Còn phải báo cáo" not in text(then)
    store = open_installed()
    store.people.set_switch("public_view", "on", "lan")
    assert "Còn phải báo cáo" not in text(at("unit", year="2022", unit="TPCL.P1"))


def test_only_the_office_opens_the_page() -> None:
    settled(Path(address()))
    assert "Chỉ chuyên viên tổng hợp" in text(at("round", "minh"))
