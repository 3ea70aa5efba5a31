"""What happens elsewhere while a page is open: a sentence says so, nothing is lost or stored wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from danvan.access import Access
from danvan.accounts import Account
from danvan.installation import open_installed
from danvan.model import Catalogue, Channel, Stage, Submission
from tests.pages.screen import EDITOR, at, links, text
from tests.workbooks.cases import CASES
from ui import filters

pytestmark = pytest.mark.usefixtures("database")
BY_NAME = {case.name: case for case in CASES}
REPORTER = "minh"
OWN = b"unit,indicator,result\nTPCL.P1,DVK.01,471\n"
GONE = "Bản xem trước này không còn"


def _previewed(who: str = EDITOR, content: bytes = OWN, **asked: str) -> AppTest:
    """A page on which somebody looks at what their file would store."""
    screen = at("upload", who, year="2022", **asked)
    screen.file_uploader[0].set_value([("kq.csv", content, "text/csv")]).run()
    return _press(screen, "Xem trước")


def _press(screen: AppTest, label: str) -> AppTest:
    (button,) = [b for b in screen.button if b.label.startswith(label)]
    return button.click().run()


def _key(screen: AppTest) -> str:
    asked: Any = screen.query_params["draft"]
    return asked if isinstance(asked, str) else str(asked[0])


def _account(name: str) -> Account:
    account = open_installed().people.account(name)
    assert account
    return account


def _change(name: str, **changes: Any) -> None:
    open_installed().people.change(_account(name).id, "lan", **changes)


def _stored() -> list[float]:
    frame = open_installed().figures(2022)
    return list(frame[frame["indicator"] == "DVK.01"]["result"])


# two tabs


def test_what_one_tab_has_stored_the_other_cannot_store_again() -> None:
    one = _previewed()
    two = at("upload", draft=_key(one))
    assert "kq.csv" in text(two)
    _press(one, "Lưu")
    number = len(open_installed().submissions())
    _press(two, "Lưu")
    assert GONE in text(two)
    assert len(two.file_uploader) == 1
    assert not two.exception
    assert len(open_installed().submissions()) == number
    assert _stored() == [471]


def test_an_answer_in_one_tab_is_seen_in_the_other() -> None:
    one = at("upload", year="2022")
    case = BY_NAME["near-misses"]
    one.file_uploader[0].set_value([(case.file, case.content, "x")]).run()
    _press(one, "Xem trước")
    two = at("upload", draft=_key(one))
    one.selectbox[0].set_value("skip")
    _press(one, "Dùng các câu trả lời")
    assert len(two.run().selectbox) == len(one.selectbox)


def test_what_one_tab_has_dropped_the_other_says_is_gone() -> None:
    one = _previewed()
    two = at("upload", draft=_key(one))
    _press(one, "Bỏ, chọn tệp khác")
    assert GONE not in text(one)
    assert GONE in text(two.run())
    assert _stored() == []


# the back button


def test_going_back_after_storing_says_that_it_is_done_and_stores_nothing() -> None:
    screen = _previewed()
    key = _key(screen)
    _press(screen, "Lưu")
    number = len(open_installed().submissions())
    back = at("upload", draft=key)
    assert GONE in text(back)
    assert not any(button.label.startswith("Lưu") for button in back.button)
    assert len(open_installed().submissions()) == number


def test_the_preview_of_another_person_is_none_of_ones_own() -> None:
    screen = _previewed()
    other = at("upload", "lan", draft=_key(screen))
    assert GONE in text(other)
    assert "kq.csv" not in text(other)
    assert open_installed().draft(_key(screen))


# a person moved to another unit


def test_a_moved_person_sees_the_new_unit_at_the_next_run() -> None:
    _press(_previewed(), "Lưu")
    screen = at("overview", REPORTER)
    assert "Phường 1" in text(screen)
    card = at("indicator", REPORTER, year="2022", unit="TPCL.P1", indicator="DVK.01")
    assert "471" in text(card)
    _change(REPORTER, unit="TPCL.P3")
    assert "Phường 3" in text(screen.run())
    for open_page in (screen, card.run()):
        assert "471" not in text(open_page)
        assert "Phường 1" not in text(open_page)
        assert not open_page.exception


def test_who_is_of_a_unit_that_no_open_year_has_is_told_so() -> None:
    at("overview", REPORTER)
    _change(REPORTER, unit="DT.CL")
    screen = at("overview", REPORTER)
    assert "không năm nào có đơn vị thuộc phạm vi của bạn" in text(screen)
    assert not screen.button


@pytest.mark.parametrize("unit", ["TPCL.P1", ""])
def test_the_draft_of_the_old_unit_is_kept_and_cannot_be_stored(unit: str) -> None:
    screen = _previewed(REPORTER, **({"unit": unit} if unit else {}))
    key = _key(screen)
    _change(REPORTER, unit="TPCL.P3")
    number = len(open_installed().submissions())
    for button in [b for b in screen.button if b.label.startswith("Lưu")]:
        button.click()
    screen.run()
    said = text(screen)
    assert ("ngoài phạm vi của tài khoản" if unit else "không thuộc TPCL.P3") in said
    assert not any(button.label.startswith("Lưu") for button in screen.button)
    assert not screen.exception
    assert len(open_installed().submissions()) == number
    assert open_installed().draft(key)
    _change(REPORTER, unit="TPCL.P1")
    assert "kq.csv" in text(at("upload", REPORTER, draft=key))


def test_the_typed_figure_of_the_old_unit_is_not_stored() -> None:
    screen = at("figure", REPORTER, year="2022", unit="TPCL.P1", indicator="HGCS.03")
    screen.text_input[1].input("87,5").run()
    number = len(open_installed().submissions())
    _change(REPORTER, unit="TPCL.P3")
    _press(screen, "Lưu số liệu này")
    assert "Phường 1" not in text(screen)
    assert not screen.exception
    assert len(open_installed().submissions()) == number


def test_a_reporters_register_holds_their_own_unit_alone() -> None:
    screen = at("upload", REPORTER, year="2022")
    case = BY_NAME["models"]
    screen.file_uploader[0].set_value([(case.file, case.content, "x")]).run()
    _press(screen, "Xem trước")
    assert not screen.exception
    assert "Có lỗi của chương trình" not in text(screen)


# a year closed


@pytest.mark.parametrize("who", [EDITOR, REPORTER])
def test_a_year_closed_meanwhile_stores_nothing_and_keeps_the_draft(who: str) -> None:
    screen = _previewed(who)
    store = open_installed()
    closed = replace(store.years()[2022], stage=Stage.CLOSED)
    Access(store, _account("lan")).set_year(closed)
    number = len(store.submissions())
    _press(screen, "Lưu")
    assert "đã khóa sổ; không có gì được lưu" in text(screen)
    assert not screen.exception
    assert len(store.submissions()) == number
    assert store.draft(_key(screen))


# an account deactivated


@pytest.mark.parametrize("page", ["overview", "indicator", "upload", "history"])
def test_a_deactivated_person_is_told_to_sign_in_and_sees_nothing(page: str) -> None:
    _press(_previewed(), "Lưu")
    screen = at(page, EDITOR, year="2022")
    _change(EDITOR, active=False)
    said = text(screen.run())
    assert "Cần đăng nhập" in said
    assert "471" not in said
    assert "kq.csv" not in said
    assert not screen.exception


def test_what_a_deactivated_person_was_about_to_store_is_not_stored() -> None:
    screen = _previewed()
    key = _key(screen)
    _change(EDITOR, active=False)
    number = len(open_installed().submissions())
    _press(screen, "Lưu")
    assert "Cần đăng nhập" in text(screen)
    assert len(open_installed().submissions()) == number
    assert open_installed().draft(key)


# what others have looked at


def test_a_page_made_while_something_was_stored_is_not_kept_as_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _press(_previewed(content=b"unit,indicator,target,result\nTPCL.P1,DVK.01,500,471\n"), "Lưu")
    unit = replace(open_installed().catalogue().unit["TPCL.P1"], name="Phường Mới")
    act = Submission(person="Lan", channel=Channel.CATALOGUE, catalogue=Catalogue(units=(unit,)))
    asked_year = filters.asked_year

    def meanwhile(years: Any) -> int:
        open_installed().submit([act])
        return asked_year(years)

    with monkeypatch.context() as patched:
        patched.setattr(filters, "asked_year", meanwhile)
        at("overview", EDITOR, year="2022")
    shown = text(at("overview", EDITOR, year="2022"))
    assert "Phường Mới" in shown
    assert "Phường 1 " not in shown


@pytest.mark.parametrize("period", ["Q9", "H1"])
def test_links_are_those_of_ones_own_address(period: str) -> None:
    at("overview", year="2022", period=period)
    assert not [link for link in links(at("overview", year="2022")) if period in link]
