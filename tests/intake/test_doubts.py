"""What nearly looks like something else: read right, or asked about at its cell; never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from danvan import intake
from danvan.catalogue import read_catalogue
from danvan.model import File, Result, Target
from tests.workbooks import building as build

CATALOGUE = read_catalogue(Path(__file__).parent.parent.parent / "data")
HEAD = ["TT", "Nội dung", "ĐVT", "Kế hoạch", "Thực hiện"]
ROW = [1, "Tổ hòa giải", "tổ", None, 12]
N = None
AFAR = (["Người lập biểu"], [], [], [], [N, "Hội quán", N, N, 3])


def _read(
    *rows: list[Any], name: str = "Sheet1", merged: tuple[str, ...] = (), unit: str | None = None
) -> intake.Reading:
    content = build.xlsx((name, rows), merged=merged)
    return intake.read(File("a.xlsx", content), CATALOGUE, 2022, unit)


def _facts(reading: intake.Reading) -> list[str]:
    """Each number as "P4 HGCS.01 Q1 = 12", a target as "≥ 12"."""
    found = []
    for fact in reading.facts:
        if isinstance(fact, Target | Result) and fact.value is not None:
            sign = "≥" if isinstance(fact, Target) else "="
            place = fact.unit.removeprefix("TPCL.")
            found.append(
                f"{place} {fact.indicator} {fact.period} {sign} {fact.value.normalize():f}"
            )
    return found


def _codes(reading: intake.Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("BÁO CÁO 3 THÁNG ĐẦU NĂM 2022", "Q1"),
        ("BÁO CÁO SÁU THÁNG ĐẦU NĂM 2022", "H1"),
        ("SỐ LIỆU 6T ĐẦU NĂM 2022", "H1"),
        ("SƠ KẾT 6 THÁNG ĐẦU NĂM, PHƯƠNG HƯỚNG NHIỆM VỤ 6 THÁNG CUỐI NĂM 2022", "H1"),
        ("SỐ LIỆU TỪ THÁNG 1 ĐẾN THÁNG 6 NĂM 2022", "H1"),
        ("BÁO CÁO CHÍN THÁNG NĂM 2022", "9M"),
        ("BÁO CÁO QUÝ TƯ NĂM 2022", "Q4"),
        ("BÁO CÁO THÁNG 6 NĂM 2022", "M06"),
        ("THỰC HIỆN NGHỊ QUYẾT NHIỆM KỲ 2020 - 2025", "year"),
        ("BÁO CÁO NĂM 2022, KẾ HOẠCH NĂM 2023", "year"),
        ("Phường 4, tháng 12 năm 2022", "year"),
        ("Cao Lãnh, ngày ___ tháng 12 năm 2022", "year"),
    ],
)
def test_a_title_says_the_period(title: str, period: str) -> None:
    reading = _read(["UBND PHƯỜNG 4"], [title], HEAD, ROW)
    assert (_facts(reading), _codes(reading)) == ([f"P4 HGCS.01 {period} = 12"], [])


@pytest.mark.parametrize(
    "title",
    [
        "BÁO CÁO KẾT QUẢ 11 THÁNG ĐẦU NĂM 2022",
        "BÁO CÁO 6 THÁNG CUỐI NĂM 2022",
        "BÁO CÁO QUÝ I, II NĂM 2022",
        "BÁO CÁO QUÝ IV VÀ NĂM 2022",
        "(Số liệu tính đến ngày 30/6/2022)",
    ],
)
def test_a_time_that_is_no_period_is_asked(title: str) -> None:
    reading = _read(["UBND PHƯỜNG 4"], [title], HEAD, ROW)
    assert (_facts(reading), _codes(reading)) == ([], ["period_unclear"])


@pytest.mark.parametrize("title", ["BÁO CÁO THÁNG 12/2021", "BÁO CÁO QUÝ IV-2021", "NĂM 2021"])
def test_another_year_in_the_title_refuses_the_table(title: str) -> None:
    reading = _read(["UBND PHƯỜNG 4"], [title], HEAD, ROW)
    assert (_facts(reading), _codes(reading)) == ([], ["title_of_other_year"])


def test_rows_groups_and_sheets_say_their_own_time() -> None:
    rows = [["I", "6 tháng đầu năm"], [1, "Tổ hòa giải", "tổ", N, 11], ["II", "Cả năm"], ROW]
    assert _facts(_read(["UBND PHƯỜNG 4"], HEAD, *rows)) == [
        "P4 HGCS.01 H1 = 11",
        "P4 HGCS.01 year = 12",
    ]
    years = [["I", "Năm 2021"], [1, "Hội quán", N, N, 2], ["II", "Năm 2022"], ROW]
    reading = _read(["UBND PHƯỜNG 4"], HEAD, *years)
    assert (_facts(reading), _codes(reading)) == (["P4 HGCS.01 year = 12"], ["row_of_other_year"])
    assert _facts(_read(["UBND PHƯỜNG 4"], HEAD, ROW, name="Quý II")) == ["P4 HGCS.01 Q2 = 12"]
    monthly = _read(
        ["UBND PHƯỜNG 4"],
        ["BÁO CÁO THÁNG 6 NĂM 2022"],
        ["Nội dung", "Thực hiện", "Lũy kế"],
        ["Cuộc tiếp xúc cử tri", 1, 4],
    )
    assert _facts(monthly) == ["P4 HDND.02 M06 = 1", "P4 HDND.02 H1 = 4"]
    quarters = _read(["PHƯỜNG 4"], ["Quý", "Tổ hòa giải"], ["I", 11], ["II", 12])
    assert _facts(quarters) == ["P4 HGCS.01 Q1 = 11", "P4 HGCS.01 Q2 = 12"]


@pytest.mark.parametrize(
    "name",
    [
        "Hộ nghèo và cận nghèo",
        "Xã đạt chuẩn nông thôn mới",
        "Nhà tình nghĩa",
        "Đoàn viên phát triển mới",
        "Mô hình mới",
        "Thành viên Hội quán (nữ)",
        "Tập thể được khen thưởng (Giấy khen)",
        "Tổ hòa giải (thành lập mới)",
    ],
)
def test_a_part_of_an_indicator_is_not_the_indicator(name: str) -> None:
    reading = _read(["PHƯỜNG 4"], HEAD, [1, name, N, N, 5])
    assert (_facts(reading), _codes(reading)) == ([], ["unknown_indicator_name"])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Hộ nghèo", "", N, 35], "share_or_number"),
        (["Hòa giải thành", "", N, 45], "share_or_number"),
        (["Ban Thanh tra nhân dân", "người", N, 9], "measure_contradicts"),
        (["Nhân dân đóng góp xây dựng công trình", "ngày công", N, 400], "measure_contradicts"),
        (["Lượt tiếp công dân", "lượt", N, "12\n100"], "two_numbers"),
        (["Lượt tiếp công dân", "lượt", N, True], "not_a_number"),
        (["Lượt tiếp công dân", "lượt", N, 1e16], "number_too_large"),
        (["Cuộc tiếp xúc cử tri", "cuộc", 5, 44747], "date_for_number"),
        (["Nhân dân đóng góp xây dựng công trình", "triệu đồng", N, 1.897], "number_two_ways"),
    ],
)
def test_a_number_that_may_be_another_is_asked(row: list[Any], code: str) -> None:
    reading = _read(["PHƯỜNG 4"], HEAD, [1, *row])
    assert code in _codes(reading)
    assert not [fact for fact in reading.facts if isinstance(fact, Result)]


def test_money_in_thousands_is_brought_to_millions() -> None:
    row = [1, "Nhân dân đóng góp xây dựng công trình", "1.000 đồng", N, 45000]
    assert _facts(_read(["PHƯỜNG 4"], HEAD, row)) == ["P4 QCX.05 year = 45"]


def test_units_of_other_cities_are_not_ours() -> None:
    rows = [["Đơn vị", "Tổ hòa giải"], ["Phường 1, TP Sa Đéc", 5], ["Xã Mỹ Trà (huyện Cái Bè)", 6]]
    reading = _read(*rows, ["Phường 3, TP Cao Lãnh", 7])
    assert _facts(reading) == ["P3 HGCS.01 year = 7"]
    assert _codes(reading) == ["unknown_unit_name"] * 2


def test_a_row_without_its_unit_is_asked_and_a_hamlets_is_refused() -> None:
    reading = _read(["Đơn vị", "Tổ hòa giải"], ["Phường 1", 5], [N, 7], ["Phường 3", 4])
    assert _facts(reading) == ["P1 HGCS.01 year = 5", "P3 HGCS.01 year = 4"]
    assert _codes(reading) == ["row_without_unit"]
    hamlets = _read(["PHƯỜNG MỸ PHÚ"], ["Khóm", "Tổ hòa giải"], ["Khóm Mỹ Tây", 3])
    assert (_facts(hamlets), _codes(hamlets)) == ([], ["hamlet_rows"])


def test_sheet_name_and_title_must_agree() -> None:
    reading = _read(["UBND PHƯỜNG 3"], HEAD, ROW, name="Phường 1")
    assert (_facts(reading), _codes(reading)) == ([], ["unit_not_named"])


def test_tables_beside_and_below_each_other_keep_their_units() -> None:
    beside = _read(
        ["Đơn vị", "Tổ hòa giải", N, "Đơn vị", "Hội quán"],
        ["Phường 1", 12, N, "Xã Hòa An", 2],
        ["Phường 2", 11, N, "Xã Mỹ Tân", 1],
    )
    assert _facts(beside) == [
        "P1 HGCS.01 year = 12", "P2 HGCS.01 year = 11", "HA TQ.02 year = 2", "MTA TQ.02 year = 1",
    ]  # fmt: skip
    below = _read(
        ["PHƯỜNG 1", N, N, "ĐVT: cuộc"], ["Nội dung", "KH", "TH"], ["Cuộc tiếp xúc cử tri", 4, 4], [],
        ["PHƯỜNG 2", N, N, "ĐVT: cuộc"], ["Nội dung", "KH", "TH"], ["Cuộc tiếp xúc cử tri", 2, 3],
    )  # fmt: skip
    assert _facts(below) == [
        "P1 HDND.02 year ≥ 4", "P1 HDND.02 year = 4", "P2 HDND.02 year ≥ 2", "P2 HDND.02 year = 3",
    ]  # fmt: skip


def test_wards_as_bare_numbers_and_fields_in_the_rows() -> None:
    assert _facts(_read(["Phường", "Hội quán"], [1, 5], [2, 6])) == [
        "P1 TQ.02 year = 5", "P2 TQ.02 year = 6",
    ]  # fmt: skip
    rows = [["Đơn vị", "", "Tổ hòa giải"], ["Phường 1", "KH", 5], [N, "TH", 4]]
    assert _facts(_read(*rows)) == ["P1 HGCS.01 year ≥ 5", "P1 HGCS.01 year = 4"]


def test_a_number_merged_over_rows_belongs_to_none() -> None:
    rows = [["Đơn vị", "Tổ hòa giải"], ["Phường 1", 5], ["Phường 2", N], ["Phường 3", 4]]
    reading = _read(*rows, merged=("B2:B3",))
    assert (_facts(reading), _codes(reading)) == (["P3 HGCS.01 year = 4"], ["merged_number"])


def test_no_number_is_left_out_in_silence() -> None:
    reading = _read(["PHƯỜNG 4"], ["Thanh niên giao quân", 7], HEAD, ROW, *AFAR)
    assert _facts(reading) == ["P4 HGCS.01 year = 12"]
    (problem,) = reading.problems
    assert (problem.code, problem.values["n"]) == ("numbers_not_read", 2)


def test_what_a_plan_says_is_a_target() -> None:
    for title in ("BẢNG GIAO CHỈ TIÊU THỰC HIỆN NĂM 2022", "KẾ HOẠCH THỰC HIỆN NĂM 2022"):
        assert _facts(_read([title], ["Đơn vị", "Tổ hòa giải"], ["Phường 1", 5])) == [
            "P1 HGCS.01 year ≥ 5"
        ]
    assert _facts(
        _read(["KẾT QUẢ THỰC HIỆN NĂM 2022"], ["Đơn vị", "Hội quán"], ["Phường 1", 5])
    ) == ["P1 TQ.02 year = 5"]


def test_a_register_is_of_its_year_its_groups_and_its_scope() -> None:
    head = ["TT", "Tên mô hình", "Lĩnh vực", "Người thực hiện"]
    grouped = _read(
        ["THÀNH PHỐ CAO LÃNH"], ["DANH SÁCH MÔ HÌNH NĂM 2022"], head,
        ["I", "PHƯỜNG 1"], [1, "Camera an ninh", "QP-AN", "Tổ 1"], ["II", "XÃ HÒA AN"], [1, "Hàng rào xanh", "Văn hóa", "Tổ 2"],
    )  # fmt: skip
    assert [(e.unit, e.name) for e in grouped.entries] == [
        ("TPCL.P1", "Camera an ninh"), ("TPCL.HA", "Hàng rào xanh"),
    ]  # fmt: skip
    row = [1, "Camera an ninh", "QP-AN", "Khóm 1"]
    old = _read(["PHƯỜNG 1"], ["DANH SÁCH MÔ HÌNH NĂM 2021"], head, row)
    assert (old.entries, _codes(old)) == ((), ["title_of_other_year"])
    theirs = _read(["PHƯỜNG 2"], ["DANH SÁCH MÔ HÌNH NĂM 2022"], head, row, unit="TPCL.P1")
    assert (theirs.entries, _codes(theirs)) == ((), ["entry_of_other_unit"])


def test_commas_of_numbers_and_of_columns_are_not_mixed_up() -> None:
    text = "Đơn vị,Mức độ hài lòng của người dân,Tổ hòa giải\nPhường 1,98,5,12\nPhường 2,97,5,11\n"
    reading = intake.read(File("a.csv", text.encode()), CATALOGUE, 2022)
    assert (_facts(reading), _codes(reading)) == ([], ["commas_in_numbers"])


def test_headings_of_two_lines_and_words_before_a_name_are_understood() -> None:
    two = _read(
        ["PHƯỜNG VÀ XÃ NĂM 2022"],
        ["Đơn vị", "Mô hình Dân vận khéo", N, "Khen thưởng", N],
        [N, "Đăng ký", "Được công nhận", "Tập thể", "Cá nhân"],
        ["Phường 1", 3, 2, 1, 4],
        merged=("A2:A3", "B2:C2", "D2:E2"),
    )
    assert _facts(two) == [
        "P1 DVK.01 year = 3", "P1 DVK.02 year = 2", "P1 KT.01 year = 1", "P1 KT.02 year = 4",
    ]  # fmt: skip
    words = _read(["Đơn vị", "Chỉ tiêu giao", "Kết quả giao quân"], ["Phường 1", 7, 7])
    assert "P1 LLVT.01 year = 7" in _facts(words)


@pytest.mark.parametrize(
    "title", ["GIAI ĐOẠN 2018 - 2022", "KẾT QUẢ ĐỢT 1 NĂM 2022", "SỐ LIỆU CÁC NĂM 2020-2022"]
)
def test_a_span_of_years_is_no_year(title: str) -> None:
    reading = _read(["UBND PHƯỜNG 4"], [title], HEAD, ROW)
    assert (_facts(reading), _codes(reading)) == ([], ["period_unclear"])


def test_two_columns_that_say_the_same_are_asked() -> None:
    reading = _read(["PHƯỜNG 4"], ["Nội dung", "Kết quả", "Kết quả"], ["Tổ hòa giải", 12, 40])
    assert _facts(reading) == []
    assert _codes(reading) == ["unknown_heading"] * 2


def test_a_unit_inside_the_name_of_a_model_or_task_is_not_whose_it_is() -> None:
    head = ["TT", "Tên mô hình", "Lĩnh vực", "Người thực hiện"]
    row = [1, "Tuyến đường nối phường 2", "QP-AN", "Chi bộ"]
    reading = _read(["PHƯỜNG 1"], ["DANH SÁCH MÔ HÌNH NĂM 2022"], head, row)
    assert [entry.unit for entry in reading.entries] == ["TPCL.P1"]


def test_a_list_of_counts_is_no_register() -> None:
    head = ["TT", "Nội dung công việc", "ĐVT", "Thực hiện", "Phụ trách"]
    reading = _read(["PHƯỜNG 4"], head, [1, "Tổ hòa giải", "tổ", 12, "Bà Lan"])
    assert (_facts(reading), reading.entries) == (["P4 HGCS.01 year = 12"], ())


def test_the_words_around_a_number_are_read_or_refused() -> None:
    assert _facts(_read(["PHƯỜNG 4"], HEAD, [1, "Nhiệm vụ CCHC", N, N, "23/23 nhiệm vụ, đạt 100%"])) == [
        "P4 CCHC.01 year ≥ 23", "P4 CCHC.01 year = 23",
    ]  # fmt: skip
    assert _codes(_read(["PHƯỜNG 4"], HEAD, [1, "Cuộc tiếp xúc cử tri", N, N, "12/2022"])) == [
        "date_for_number"
    ]
