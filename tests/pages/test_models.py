"""The page of models, run from dashboard.py: counts, search, filters, rows of one indicator, one row."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from danvan import registers
from danvan.access import ON, PUBLIC_VIEW
from danvan.installation import open_installed
from danvan.model import Channel, Document, Entry, Evidence, File, Register, Submission, YearRule
from danvan.store import Store
from tests.hostile import TEXTS
from tests.pages.screen import at, links, text
from tests.papers import PDF
from tests.registers.rows import standing

NAMES = ("Tổ Hoà giải ở khóm", "Tổ hòa giải lưu động", "Đường hoa do dân tự quản", "Heo đất")


@pytest.fixture
def city(generated: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The generated city, to look at only."""
    monkeypatch.setenv("DANVAN_DATABASE", str(generated))
    return generated


@pytest.fixture
def small(database: Path) -> Store:  # noqa: ARG001 - it is what is opened
    """Cao Lãnh with a few models of two wards."""
    store = open_installed()
    opened = Submission(person="Lan", channel=Channel.YEAR, years=(YearRule(2021),))
    store.submit([opened])
    _hand_in(store, _model(NAMES[0], "TPCL.P1", field="Kinh tế", state="registered"))
    _hand_in(store, _model(NAMES[1], "TPCL.P1", field="Văn hóa", state="recognised"))
    _hand_in(store, _model(NAMES[2], "TPCL.P3", field="Kinh tế", state="outstanding"))
    _hand_in(store, _model(NAMES[3], "TPCL.P3", year=2021, field="lạ"))
    return store


def _model(name: str, unit: str = "TPCL.P1", year: int = 2022, **said: str) -> Entry:
    values = tuple(said.items())
    return Entry(register=Register.MODEL, year=year, unit=unit, name=name, values=values)


def _hand_in(store: Store, entry: Entry, person: str = "Lan", outcome: str = "approved") -> None:
    document = Document("Quyết định công nhận", "12/QĐ-UBND")
    act = Submission(person=person, channel=Channel.FORM, document=document, entries=[entry])
    store.submit([act], outcome=outcome)


def _at(who: str | None = None, **asked: str) -> AppTest:
    screen = at("models", who, **{"year": "2022"} | asked)
    assert not screen.exception
    return screen


def _found(screen: AppTest) -> tuple[int, int]:
    """How many rows the list says it shows, and of how many."""
    said = re.search(r"(\d+) trên (\d+) dòng", text(screen))
    assert said
    return int(said[1]), int(said[2])


def _entry(store: Store, name: str) -> str:
    rows = store.entries(Register.MODEL, None)
    return str(rows[rows["name"] == name].iloc[0]["entry"])


@pytest.mark.parametrize("at_day", ["", "2025-06-30"])
def test_what_is_counted_is_what_the_tables_say_now_and_then(city: Path, at_day: str) -> None:
    then = datetime.fromisoformat(f"{at_day or '2099-01-01'}T23:59:59").astimezone(UTC)
    rows = standing(city, Register.MODEL, 2025, f"{then:%Y-%m-%dT%H:%M:%S}.999999Z")
    far = Counter(max(0, registers.reached(row["state"])) for row in rows)
    reached = [sum(n for at, n in far.items() if at >= stage) for stage in range(5)]
    shown = _at(year="2025", as_of=at_day)
    said = text(shown)
    assert f"{len(rows)} mô hình đăng ký" in said
    assert (f", {reached[2]} được công nhận" in said) is (reached[2] > 0)
    assert _found(shown) == (len(rows), len(rows))
    fields = Counter(row["field"] for row in rows)
    for field, n in fields.items():
        assert f"{field}: {n} (" in said


def test_the_rows_behind_an_indicator_are_as_many_as_its_figure(city: Path) -> None:
    asked = {"year": "2025", "unit": "SV"}
    card = at("indicator", indicator="DVK.02", **asked)
    counted = re.search(r"Đếm từ sổ: (\d+)", text(card))
    assert counted
    assert any("models?" in link and "counted=DVK.02" in link for link in links(card))
    shown = _at(counted="DVK.02", **asked)
    assert _found(shown) == (int(counted[1]),) * 2
    reached = ("recognised", "outstanding", "rewarded")
    rows = [r for r in standing(city, Register.MODEL, 2025) if r["state"] in reached]
    assert len(rows) == int(counted[1])
    assert "Chỉ những dòng được đếm vào chỉ tiêu “Mô hình Dân vận khéo được công nhận”" in text(
        shown
    )


@pytest.mark.usefixtures("city")
def test_only_fifty_rows_are_painted_and_the_others_are_a_page_away() -> None:
    first = _at(year="2025")
    assert _rows(first) == 50
    assert any("part=2" in link for link in links(first))
    second = _at(year="2025", part="2")
    assert _rows(second) == _found(second)[1] - 50
    assert _rows(_at(year="2025", part="99999")) == _rows(second)
    (button,) = (b for b in second.get("download_button") if "models" in b.proto.id)
    assert button.proto.label == "Tải bảng (.xlsx)"


def _rows(screen: AppTest) -> int:
    return sum(page.proto.body.count('<th scope="row">') for page in screen.get("html"))


@pytest.mark.usefixtures("small")
def test_an_indicator_that_counts_no_row_does_not_say_that_the_register_is_empty() -> None:
    said = text(_at(year="2022", unit="TPCL.P1", counted="DVK.03"))
    assert "Không có dòng nào trong sổ được đếm vào chỉ tiêu này" in said


@pytest.mark.usefixtures("small")
def test_a_model_is_found_by_its_words_without_accents() -> None:
    for asked in ("hoa giai", "Hòa giải", "HOÀ GIẢI khom"):
        said = text(_at(q=asked))
        assert NAMES[0] in said
        assert NAMES[2] not in said
    assert NAMES[2] in text(_at(q="duong hoa"))
    nothing = _at(q="khong co gi")
    assert _found(nothing) == (0, 3)
    assert "Không có dòng nào khớp" in text(nothing)


@pytest.mark.usefixtures("small")
def test_the_address_narrows_the_list_down() -> None:
    assert _found(_at(field="economy")) == (2, 3)
    assert _found(_at(field="economy", state="outstanding")) == (1, 3)
    assert _found(_at(unit="TPCL.P1")) == (2, 2)
    assert _found(_at(years="all")) == (4, 4)
    assert _found(_at(years="all", field="none")) == (1, 4)
    assert _found(_at(field="nonsense", state="done")) == (3, 3)
    assert "không đếm từ sổ này" in text(_at(counted="CCHC.01"))


@pytest.mark.usefixtures("small")
def test_a_choice_goes_into_the_address_and_begins_at_the_first_page() -> None:
    screen = _at(part="2")
    screen.selectbox(key="field").select("economy").run()
    assert screen.query_params["field"] in ("economy", ["economy"])
    assert "part" not in screen.query_params
    screen.selectbox(key="field").select("").run()
    assert "field" not in screen.query_params


def test_a_row_says_all_it_has_its_life_and_what_counts_it(small: Store) -> None:
    entry = _entry(small, NAMES[1])
    again = Entry(
        register=Register.MODEL, year=2022, unit="TPCL.P1", name=NAMES[1], entry=int(entry),
        values=(("field", "Văn hóa"), ("state", "outstanding"), ("decided_on", "2022-12-27")),
    )  # fmt: skip
    _hand_in(small, again)
    _hand_in(small, again, outcome="submitted")
    _hand_in(small, _model(NAMES[1].upper(), year=2021, state="recognised"))
    proof = Evidence(file=File("quyết định.pdf", PDF), year=2022, unit="TPCL.P1", entry=int(entry))
    small.submit([Submission(person="Lan", channel=Channel.FORM, evidence=[proof])])
    screen = _at("xem", entry=entry)
    said = text(screen)
    for part in (
        "Địa chỉ –",
        "Ngày quyết định 27/12/2022",
        "Trạng thái: tiêu biểu; Ngày quyết định: 27/12/2022 đang dùng",
        "Ghi lại, không đổi chờ duyệt",
        "Ghi vào sổ: được công nhận không còn dùng",
        "Lan · Quyết định công nhận, 12/QĐ-UBND",
        "Được đếm vào chỉ tiêu Mô hình Dân vận khéo được công nhận",
        f"2021 · {NAMES[1].upper()} · ● được công nhận",
        "PDF · 1 KB",
    ):
        assert part in said, part
    (link,) = screen.get("link_button")
    assert re.fullmatch(r"/evidence/\d+/quy%E1%BA%BFt%20.*\.pdf", link.proto.url)
    assert any(link.startswith("unit?") and "unit=TPCL.P1" in link for link in links(screen))


def test_a_row_that_is_not_there_gets_a_calm_sentence(small: Store) -> None:
    far = (datetime.now(UTC) - timedelta(days=900)).date().isoformat()
    for entry in ("999999", "nonsense", "-1", "9" * 40, "²"):
        assert "Không có dòng này trong sổ" in text(_at(entry=entry)), entry
    assert "Không có dòng này" not in text(_at(entry=_entry(small, NAMES[0])))
    assert NAMES[0] not in text(at("models", as_of=far, entry=_entry(small, NAMES[0])))


def test_a_wards_account_sees_its_own_rows_and_opens_no_others(small: Store) -> None:
    shown = _at("minh", years="all")
    assert _found(shown) == (2, 2)
    assert NAMES[2] not in text(shown)
    assert NAMES[1] in text(_at("minh", entry=_entry(small, NAMES[1])))
    refused = text(_at("minh", entry=_entry(small, NAMES[2])))
    assert "ngoài phạm vi của bạn" in refused
    assert NAMES[2] not in refused


def test_the_public_is_told_no_names_and_gets_no_documents(small: Store) -> None:
    _at("lan")  # so that there are accounts
    small.people.set_switch(PUBLIC_VIEW, ON, "lan")
    entry = _entry(small, NAMES[0])
    _hand_in(small, _model("Chờ", state="registered"), outcome="submitted")
    public = _at(entry=entry)
    assert NAMES[0] in text(public)
    assert "Lan" not in text(public)
    assert "Tài liệu minh chứng" not in text(public)
    assert not _at().get("download_button")
    assert "Lan" in text(_at("xem", entry=entry))


@pytest.mark.parametrize("name", ["script", "link", "mathematics", "icon", "lines"])
def test_a_hostile_name_is_text(small: Store, name: str) -> None:
    _hand_in(small, _model(TEXTS[name], holder=TEXTS[name], decision=TEXTS[name]))
    entry = _entry(small, TEXTS[name])
    for screen in (_at(), _at(entry=entry)):
        for page in screen.get("html"):
            assert "<script>" not in page.proto.body
            assert "javascript:" not in re.sub(r">[^<]*<", "><", page.proto.body)
    assert text(_at(entry=entry)).count(" ".join(TEXTS[name].split())[:20])


def test_it_speaks_english(small: Store) -> None:
    shown = text(_at(lang="en", unit="TPCL.P1"))
    assert "2 models registered, 1 recognised" in shown
    assert "2 of 2 rows" in shown
    detail = text(_at(lang="en", entry=_entry(small, NAMES[0])))
    assert "Entered in the register: registered" in detail
    for vietnamese in ("mô hình", "Trạng thái", "dòng"):
        assert vietnamese not in shown


def test_a_figure_that_its_register_counts_otherwise_shows_both(small: Store) -> None:
    from danvan import intake  # noqa: PLC0415 - nothing else here reads a file
    from tests.making import csv_file  # noqa: PLC0415

    rows = "unit,indicator,target,result\nTPCL.P1,DVK.02,3,5\n"
    checked = intake.check(small, [csv_file(rows)], 2022)
    intake.hand_in(small, checked, "Lan", Channel.LOAD)
    asked = {"year": "2022", "unit": "TPCL.P1"}
    card = text(at("indicator", indicator="DVK.02", **asked))
    assert "Số đã nộp là 5, đếm từ sổ được 1. Cả hai số được giữ nguyên" in card
    assert "5 (≠ sổ: 1)" in text(at("unit", **asked))
    assert "5/3 mô hình · ≠ sổ: 1" in text(at("overview", year="2022", unit="TPCL.P1"))
