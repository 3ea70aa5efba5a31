"""The cases: what a workbook looks like, and what a careful clerk would say it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.workbooks import building as build
from tests.workbooks.building import Rows

N = None
ALL_UNITS = (
    "P1",
    "P2",
    "P3",
    "P4",
    "P6",
    "P11",
    "HT",
    "MP",
    "HA",
    "MN",
    "MTA",
    "MTR",
    "TTD",
    "TTT",
    "TT",
)


@dataclass(frozen=True)
class Truth:
    """One figure; without any number it is named and not reported."""

    unit: str
    indicator: str
    period: str = "year"
    target: Decimal | None = None
    result: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    approximate: bool = False
    exempt: bool = False


@dataclass(frozen=True)
class Case:
    """A file, the figures in it, and the cells that must be asked, refused or warned about."""

    name: str
    says: str
    file: str
    content: bytes
    truth: tuple[Truth, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    warns: Mapping[str, str] = field(default_factory=dict)
    year: int = 2022
    unit: str | None = None
    entries: tuple[tuple[str, str, str], ...] = ()


def T(  # noqa: N802 - short, for tables
    unit: str,
    indicator: str,
    t: Any = N,
    r: Any = N,
    x: Any = N,
    y: Any = N,
    p: str = "year",
    **more: bool,
) -> Truth:
    """A truth: target, result, numerator, denominator."""
    code = "TPCL" if unit == "TPCL" else f"TPCL.{unit}"
    numbers = [N if value is N else Decimal(str(value)) for value in (t, r, x, y)]
    return Truth(code, indicator, p, *numbers, **more)


AGENCY = ["UBND THÀNH PHỐ CAO LÃNH", N, N, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
SIGNED = [
    [],
    ["Ghi chú: số liệu tính đến ngày 15/12/2022"],
    [N, N, N, "Cao Lãnh, ngày 20 tháng 12 năm 2022"],
    [N, N, N, "NGƯỜI LẬP BIỂU"],
]


def matrices() -> list[Case]:
    """Units in the rows or in the columns, with headings of one to three levels."""
    three = [
        AGENCY,
        ["BÁO CÁO KẾT QUẢ CÔNG TÁC DÂN VẬN NĂM 2022"],
        ["(Kèm theo Báo cáo số 15/BC-BDV ngày 20/12/2022 của Ban Dân vận Thành ủy)"],
        [],
        ["STT", "Đơn vị", "Dân vận khéo", N, N, "Hòa giải ở cơ sở", N],
        [N, N, "Mô hình DVK đăng ký", N, N, "Số Tổ hòa giải", N],
        [N, N, "Kế hoạch", "Thực hiện", "Đạt %", "KH", "TH"],
        ["(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)", "(6)", "(7)"],
        [1, "P.1", 3, 2, 66.7, 4, 4],
        [2, "Phường 2", 5, 5, 100, "-", "Không"],
        [3, "xã Hoà An", "04", 4, 100, 3, "đang cập nhật"],
        [N, "Tổng cộng", 12, 11, N, 7, 4],
        *SIGNED,
    ]
    three_truth = (
        T("P1", "DVK.01", 3, 2), T("P1", "HGCS.01", 4, 4), T("P2", "DVK.01", 5, 5), T("P2", "HGCS.01", r=0),
        T("HA", "DVK.01", 4, 4), T("HA", "HGCS.01", 3),
    )  # fmt: skip
    merged = ("A5:A7", "B5:B7", "C5:E5", "C6:E6", "F5:G5", "F6:G6")
    flat = [
        ["Đơn vị", "Cuộc tiếp xúc cử tri", "Nhà tình nghĩa và nhà đại đoàn kết"],
        ["Phường 1", 12, 3],
        ["Phường 11", 8, 0],
        ["Xã Mỹ Ngãi", N, 2],
        ["Cộng", 20, 6],
    ]
    across = [
        ["KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM 2022"],
        ["TT", "Chỉ tiêu", "ĐVT", "Phường 3", N, "Phường 4", N, "Tổng cộng", N],
        [N, N, N, "KH", "TH", "KH", "TH", "KH", "TH"],
        [1, "Mô hình Dân vận khéo đăng ký", "mô hình", 3, 2, 4, 4, 7, 6],
        [2, "Tỷ lệ hòa giải thành", "%", 80, "87,5%", 80, 90, N, N],
        [3, "Số cuộc tiếp xúc cử tri", "cuộc", 6, 6, 5, 7, 11, 12],
    ]
    across_truth = (
        T("P3", "DVK.01", 3, 2), T("P4", "DVK.01", 4, 4), T("P3", "HGCS.03", 80, "87.5"),
        T("P4", "HGCS.03", 80, 90), T("P3", "HDND.02", 6, 6), T("P4", "HDND.02", 5, 7),
    )  # fmt: skip
    names = [
        ["Nội dung", "P. Mỹ Phú", "P. Hòa Thuận", "Xã Tịnh Thới"],
        ["Số Tổ NDTQ", 45, 38, 52],
        ["Số hội quán", 1, "-", 2],
    ]
    one = [
        ["THỐNG KÊ SỐ THANH NIÊN GIAO QUÂN NĂM 2022"],
        ["Stt", "Tên xã, phường", "Chỉ tiêu giao", "Kết quả", "Tỷ lệ (%)"],
        ["I", "PHƯỜNG", N, N, N],
        [1, "Phường 1", 10, 10, 100],
        [2, "Phường 2", 8, 8, 100],
        ["II", "XÃ", N, N, N],
        [1, "Xã Mỹ Tân", 9, 9, 100],
        [2, "Xã Mỹ Trà", 7, 6, 85.7],
        [N, "TỔNG CỘNG", 34, 33, 97.1],
    ]
    one_truth = (
        T("P1", "LLVT.01", 10, 10),
        T("P2", "LLVT.01", 8, 8),
        T("MTA", "LLVT.01", 9, 9),
        T("MTR", "LLVT.01", 7, 6),
    )
    unmerged = [
        ["Đơn vị", "Mô hình DVK đăng ký", N, "Cuộc giám sát của Ban TTND", N],
        [N, "Kế hoạch", "Kết quả", "Kế hoạch", "Kết quả"],
        [1, 2, 3, 4, 5],
        ["Phường 6", 2, 2, 4, 5],
        ["Xã Tân Thuận Đông", 3, 1, 4, 4],
    ]
    plan = [
        ["GIAO CHỈ TIÊU NĂM 2022"],
        ["Đơn vị", "Mô hình DVK đăng ký", "Giao quân"],
        ["Phường 1", 3, 10],
        ["Phường 2", 2, 9],
    ]
    total_first = [
        ["Số hội quán năm 2022"],
        ["TT", "Địa phương", "Kế hoạch", "Thực hiện"],
        [N, "Toàn thành phố", 5, 5],
        [1, "Xã Hòa An", 2, 2],
        [2, "Xã Tịnh Thới", 3, 4],
    ]
    city_row = [
        ["Đơn vị", "Tổ hòa giải"],
        ["Thành phố Cao Lãnh", 9],
        ["Phường 1", 4],
        ["Phường 2", 5],
    ]
    return [
        Case("matrix-three-levels", "three levels of merged headings, numbered columns, total, signatures", "bieu.xlsx", build.xlsx(("Biểu 1", three), merged=merged), three_truth),
        Case("matrix-three-levels-xls", "the same in the format of Excel 97", "bieu.xls", build.xls(("Biểu 1", three), merged=merged), three_truth),
        Case("matrix-three-levels-ods", "the same in OpenDocument", "bieu.ods", build.ods(("Biểu 1", three), merged=merged), three_truth),
        Case("matrix-flat", "one line of headings, no fields: results", "kq.xlsx", build.xlsx(("Sheet1", flat)),
             (T("P1", "HDND.02", r=12), T("P1", "NTM.03", r=3), T("P11", "HDND.02", r=8), T("P11", "NTM.03", r=0), T("MN", "HDND.02"), T("MN", "NTM.03", r=2)),
             warns={"C5": "total_differs"}),
        Case("matrix-across", "units as columns, two levels, total columns", "ngang.xlsx", build.xlsx(("Tổng hợp", across), merged=("D2:E2", "F2:G2", "H2:I2")), across_truth,
             warns={"I6": "total_differs"}),
        Case("matrix-across-flat", "units as columns, one level", "ngang.ods", build.ods(("Sheet1", names)),
             (T("MP", "TQ.01", r=45), T("HT", "TQ.01", r=38), T("TT", "TQ.01", r=52), T("MP", "TQ.02", r=1), T("HT", "TQ.02"), T("TT", "TQ.02", r=2))),
        Case("one-indicator", "one indicator named by the title, groups of wards and communes", "giaoquan.xlsx", build.xlsx(("GQ", one)), one_truth),
        Case("one-indicator-xls", "the same in Excel 97", "giaoquan.xls", build.xls(("GQ", one)), one_truth),
        Case("one-indicator-by-sheet", "one indicator named by its sheet", "hq.xlsx", build.xlsx(("Tổ hòa giải", [["Xã, phường", "KH", "TH"], ["P1", 4, 4], ["P2", 5, 6]])),
             (T("P1", "HGCS.01", 4, 4), T("P2", "HGCS.01", 5, 6))),
        Case("unmerged-headings", "headings that stand over two columns without being merged", "bieu2.xlsx", build.xlsx(("Sheet1", unmerged)),
             (T("P6", "DVK.01", 2, 2), T("P6", "GSCD.02", 4, 5), T("TTD", "DVK.01", 3, 1), T("TTD", "GSCD.02", 4, 4))),
        Case("plan", "a plan: numbers without fields are targets", "giao.xlsx", build.xlsx(("Sheet1", plan)),
             (T("P1", "DVK.01", 3), T("P1", "LLVT.01", 10), T("P2", "DVK.01", 2), T("P2", "LLVT.01", 9))),
        Case("plan-csv", "the same as CSV", "giao.csv", build.csv_text(plan).encode(),
             (T("P1", "DVK.01", 3), T("P1", "LLVT.01", 10), T("P2", "DVK.01", 2), T("P2", "LLVT.01", 9))),
        Case("total-first", "the total stands first and is wrong", "hoiquan.xlsx", build.xlsx(("Sheet1", total_first)),
             (T("HA", "TQ.02", 2, 2), T("TT", "TQ.02", 3, 4)), warns={"D3": "total_differs"}),
        Case("city-row", "a row of the city above its units is their total", "hg.xlsx", build.xlsx(("Sheet1", city_row)), (T("P1", "HGCS.01", r=4), T("P2", "HGCS.01", r=5)), warns={"B2": "taken_for_total"}),
    ]  # fmt: skip


def lists() -> list[Case]:
    """One figure a row, for one unit or many."""
    ward = [
        ["ĐẢNG ỦY PHƯỜNG 1", N, N, N, "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["PHỤ LỤC KẾT QUẢ THỰC HIỆN CÔNG TÁC DÂN VẬN NĂM 2022"],
        ["(Kèm theo Báo cáo số 12-BC/ĐU ngày 15 tháng 12 năm 2022)"],
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Tỷ lệ %", "Ghi chú"],
        ["I", "Cải cách hành chính", N, N, N, N, N],
        [1, "Nhiệm vụ CCHC", "nhiệm vụ", 23, "23/23", "100%", N],
        [2, "Số hồ sơ TTHC trễ hạn", "hồ sơ", "Không để xảy ra", "Không", N, N],
        [
            3,
            "Mức độ hài lòng của người dân",
            "%",
            "Phấn đấu đạt từ 80% trở lên",
            95.5,
            N,
            "khảo sát",
        ],
        ["II", "Dân vận khéo", N, N, N, N, N],
        [1, "Mô hình DVK đăng ký", "mô hình", "04", "04 mô hình", "100", N],
        [2, "Số mô hình DVK được công nhận", "mô hình", 4, 3, "80%", N],
        ["III", "HÒA GIẢI Ở CƠ SỞ", N, N, N, N, N],
        [1, "Ban TTND", "ban", N, "…", N, N],
        ["NƠI NHẬN:", N, N, N, "TM. BAN THƯỜNG VỤ"],
        ["- Ban Dân vận Thành ủy;", N, N, N, "PHÓ BÍ THƯ"],
    ]
    ward_truth = (
        T("P1", "CCHC.01", 23, 23), T("P1", "CCHC.05", 0, 0), T("P1", "CCHC.06", 80, "95.5"),
        T("P1", "DVK.01", 4, 4), T("P1", "DVK.02", 4, 3), T("P1", "GSCD.01"),
    )  # fmt: skip
    many = [
        ["Đơn vị", "Nội dung", "ĐVT", "KH 2022", "TH 2022", "% đạt"],
        ["Phường 2", "Tổ hòa giải", "tổ", 5, 5, "100%"],
        [N, "Tỷ lệ hòa giải thành", "%", 85, "90,25", N],
        ["Phường 3", "Tổ hòa giải", "tổ", 6, 6, 1],
        [N, "Tỷ lệ HG thành", "%", 85, "88,5", N],
    ]
    many_truth = (
        T("P2", "HGCS.01", 5, 5), T("P2", "HGCS.03", 85, "90.25"), T("P3", "HGCS.01", 6, 6),
        T("P3", "HGCS.03", 85, "88.5"),
    )  # fmt: skip
    groups = [
        ["TT", "Chỉ tiêu", "Kế hoạch", "Kết quả"],
        ["I", "Xã Tân Thuận Tây", N, N],
        [1, "Tổ NDTQ", 40, 41],
        [2, "Thành viên Hội quán", 60, "trên 1.200"],
        ["II", "Xã Tịnh Thới", N, N],
        [1, "Tổ NDTQ", 38, 38],
        [2, "Thành viên Hội quán", 50, 75],
    ]
    groups_truth = (
        T("TTT", "TQ.01", 40, 41), T("TTT", "TQ.03", 60, 1200, approximate=True), T("TT", "TQ.01", 38, 38),
        T("TT", "TQ.03", 50, 75),
    )  # fmt: skip

    def sheet(a: Any, b: Any) -> Rows:
        return [
            ["Chỉ tiêu", "Kế hoạch", "Thực hiện"],
            ["Số cuộc tiếp xúc cử tri", 4, a],
            ["Hội nghị phản biện xã hội", 2, b],
        ]

    grouped_by_indicator = [
        ["Nội dung", "KH", "TH"],
        ["Mô hình DVK đăng ký", N, N],
        ["Phường 1", 3, 3],
        ["Phường 2", 2, 2],
        ["Cuộc tiếp xúc cử tri", N, N],
        ["Phường 1", 6, 5],
        ["Phường 2", 4, 4],
    ]
    quarters = [
        ["UBND PHƯỜNG 4"],
        ["Nội dung", "Kế hoạch năm 2022", "Kết quả thực hiện năm 2022", N, N, N],
        [N, N, "Quý I", "Quý II", "Quý III", "Quý IV"],
        ["Cuộc tiếp xúc cử tri", 8, 2, 2, 2, 1],
        ["Lượt tiếp công dân", N, 10, 12, "-", 9],
    ]
    half = [
        ["XÃ MỸ TRÀ"],
        ["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2022"],
        ["Chỉ tiêu", "Kết quả"],
        ["Cuộc tiếp xúc cử tri", 4],
        ["Mô hình DVK đăng ký", 2],
    ]
    half_plan = [
        ["XÃ MỸ TRÀ"],
        ["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2022"],
        ["Chỉ tiêu", "Kế hoạch", "Kết quả"],
        ["Cuộc tiếp xúc cử tri", 8, 4],
    ]
    other_years = [
        ["PHƯỜNG 6"],
        ["Chỉ tiêu", "Năm 2021", "Năm 2022"],
        ["Cuộc tiếp xúc cử tri", 9, 10],
        ["Tổ hòa giải", 4, 5],
    ]
    two_tables = [
        ["PHƯỜNG 1 NĂM 2022"],
        ["1. Công tác hòa giải"],
        ["Chỉ tiêu", "KH", "TH"],
        ["Tổ hòa giải", 4, 4],
        [],
        ["2. Công tác hội đồng"],
        ["Chỉ tiêu", "Đơn vị", "Thực hiện", "Kế hoạch"],
        ["Cuộc tiếp xúc cử tri", "cuộc", 5, 6],
    ]
    shifted = [
        [],
        [],
        [N, N, "Phường 3"],
        [N, N, "STT", "Chỉ tiêu", N, "Kế hoạch", N, "Thực hiện"],
        [],
        [N, N, "a)", "Tổ hòa giải", N, 4, N, 5],
        [],
        [N, N, "b)", "Hội quán", N, 1, N, 1],
    ]
    pairs = [
        ["Xã Hòa An"],
        ["Chỉ tiêu", "Hoàn thành/Tổng số"],
        ["Nhiệm vụ CCHC", "19/20"],
        ["Tỷ lệ hòa giải thành", "45/50"],
        ["Khóm, ấp tổ chức hội nghị cộng đồng dân cư", "5/5 (100%)"],
    ]
    return [
        Case("list-of-a-ward", "a long list with groups, words for numbers, one wrong rate", "bc.xlsx", build.xlsx(("Phụ lục", ward)), ward_truth, warns={"F11": "ratio_contradicts"}),
        Case("list-of-a-ward-ods", "the same in OpenDocument", "bc.ods", build.ods(("Phụ lục", ward)), ward_truth, warns={"F11": "ratio_contradicts"}),
        Case("list-of-many", "a column of units, blank below the first row of each", "nhieu.xlsx", build.xlsx(("Sheet1", many)), many_truth),
        Case("list-of-many-merged", "the same with merged cells", "nhieu2.xlsx", build.xlsx(("Sheet1", many), merged=("A2:A3", "A4:A5")), many_truth),
        Case("list-in-groups", "units as group rows above their indicators", "nhom.xlsx", build.xlsx(("Sheet1", groups)), groups_truth),
        Case("list-in-groups-csv", "the same as CSV with semicolons and a byte order mark", "nhom.csv", build.csv_text(groups, ";").encode("utf-8-sig"), groups_truth),
        Case("groups-of-indicators", "indicators as group rows above the units", "nhom2.xlsx", build.xlsx(("Sheet1", grouped_by_indicator)),
             (T("P1", "DVK.01", 3, 3), T("P2", "DVK.01", 2, 2), T("P1", "HDND.02", 6, 5), T("P2", "HDND.02", 4, 4))),
        Case("sheet-a-unit", "one sheet a unit, named by it", "cacxa.xlsx", build.xlsx(("P1", sheet(4, 2)), ("Xã Mỹ Tân", sheet(5, "Không")), ("Bìa", [["Danh mục biểu"]])),
             (T("P1", "HDND.02", 4, 4), T("P1", "MTTQ.02", 2, 2), T("MTA", "HDND.02", 4, 5), T("MTA", "MTTQ.02", 2, 0))),
        Case("sheet-a-unit-xls", "the same in Excel 97", "cacxa.xls", build.xls(("Phường 11", sheet(3, 1)), ("TÂN THUẬN ĐÔNG", sheet("5", N))),
             (T("P11", "HDND.02", 4, 3), T("P11", "MTTQ.02", 2, 1), T("TTD", "HDND.02", 4, 5), T("TTD", "MTTQ.02", 2))),
        Case("quarters", "a yearly target beside the results of four quarters", "quy.xlsx", build.xlsx(("Sheet1", quarters), merged=("A2:A3", "B2:B3", "C2:F2")),
             (T("P4", "HDND.02", 8), *(T("P4", "HDND.02", r=r, p=f"Q{q}") for q, r in ((1, 2), (2, 2), (3, 2), (4, 1))),
              T("P4", "TDDT.01"), T("P4", "TDDT.01", r=10, p="Q1"), T("P4", "TDDT.01", r=12, p="Q2"), T("P4", "TDDT.01", p="Q3"), T("P4", "TDDT.01", r=9, p="Q4"))),
        Case("half-year", "results of six months, said by the title", "6thang.xlsx", build.xlsx(("Sheet1", half)), (T("MTR", "HDND.02", r=4, p="H1"), T("MTR", "DVK.01", r=2, p="H1"))),
        Case("half-year-target", "a target in a report of six months may be the year's", "6thangkh.xlsx", build.xlsx(("Sheet1", half_plan)), (T("MTR", "HDND.02", r=4, p="H1"),), asks={"B3": "period_of_target"}),
        Case("column-of-last-year", "a column of the year before", "haiNam.xlsx", build.xlsx(("Sheet1", other_years)), (T("P6", "HDND.02", r=10), T("P6", "HGCS.01", r=5)), warns={"B2": "column_of_other_year"}),
        Case("two-tables", "two tables in one sheet, the fields in another order", "haibang.xlsx", build.xlsx(("Sheet1", two_tables)), (T("P1", "HGCS.01", 4, 4), T("P1", "HDND.02", 6, 5))),
        Case("shifted", "empty rows and columns before and inside", "lech.xlsx", build.xlsx(("Sheet1", shifted)), (T("P3", "HGCS.01", 4, 5), T("P3", "TQ.02", 1, 1))),
        Case("pairs", "so many of so many in one cell", "pair.xlsx", build.xlsx(("Sheet1", pairs)),
             (T("HA", "CCHC.01", 20, 19), T("HA", "HGCS.03", r=90, x=45, y=50), T("HA", "QCX.03", 5, 5))),
    ]  # fmt: skip


def numbers() -> list[Case]:
    """How offices write numbers, and where nobody but a person can tell."""

    def column(*values: Any, code: str = "Lượt tiếp công dân") -> Rows:
        return [
            ["Đơn vị", code],
            *([f"Phường {n}", value] for n, value in zip((1, 2, 3, 4, 6), values, strict=False)),
        ]

    def results(code: str, *values: Any) -> tuple[Truth, ...]:
        return tuple(
            T(f"P{n}", code, r=value) for n, value in zip((1, 2, 3, 4, 6), values, strict=False)
        )

    money = [
        ["Chỉ tiêu: Nhân dân đóng góp xây dựng công trình năm 2022"],
        ["Đơn vị", "Kết quả"],
        ["Phường 1", "1,7 tỷ đồng"],
        ["Phường 2", "350 triệu đồng"],
        ["Phường 3", "200.000.000 đồng"],
        ["Phường 4", 125.5],
    ]
    money_measured = [
        ["Xã Mỹ Ngãi"],
        ["Chỉ tiêu", "ĐVT", "KH", "TH"],
        ["Nhân dân đóng góp xây dựng công trình", "đồng", 150000000, 165500000],
    ]
    shares = [
        ["Xã Hòa An"],
        ["Chỉ tiêu", "KH", "TH"],
        ["Tỷ lệ hòa giải thành", 0.8, 0.875],
        ["Mức độ hài lòng của người dân", 0.9, 1],
    ]
    exempt = [
        ["P. Hòa Thuận"],
        ["Chỉ tiêu", "ĐVT", "KH", "TH", "Ghi chú"],
        ["Xã được công nhận đạt chuẩn NTM nâng cao", "xã", N, "Không áp dụng", "là phường"],
        ["Tổ hòa giải", "tổ", 5, 5, N],
    ]
    return [
        Case("thousands-by-point", "1.234 among 1.234,5: the comma is for decimals", "so1.xlsx", build.xlsx(("Sheet1", [["Nhân dân đóng góp xây dựng công trình (triệu đồng)"], *column("1.234", "2.345,5", "12,5", code="Thực hiện")])), results("QCX.05", 1234, "2345.5", "12.5")),
        Case("thousands-by-comma", "1,234 among 1,234.5: the point is for decimals", "so2.csv", build.csv_text([["Nhân dân đóng góp xây dựng công trình (triệu đồng)"], *column("1,234", "2,345.5", "12.5", code="Thực hiện")]).encode(), results("QCX.05", 1234, "2345.5", "12.5")),
        Case("thousands-two-ways", "1.234 of a measure with decimals and nothing to tell", "so3.xlsx", build.xlsx(("Sheet1", [["Nhân dân đóng góp xây dựng công trình (triệu đồng)"], *column("1.234", "15", code="Thực hiện")])), (T("P2", "QCX.05", r=15),), asks={"B3": "number_two_ways"}),
        Case("thousands-of-counts", "a count has no fractions: 1.234, 1,234 and 1 234 are one number", "so4.xlsx", build.xlsx(("Sheet1", column("1.234", "2.071", "1 234", "04", "985"))), results("TDDT.01", 1234, 2071, 1234, 4, 985)),
        Case("thousands-lost", "1.897 that Excel took for a fraction", "so5.xlsx", build.xlsx(("Sheet1", column(1.897, 250, 1160))), results("TDDT.01", N, 250, 1160)[1:], asks={"Sheet1!B2": "fraction_of_count"}),
        Case("thousands-lost-xls", "the same in Excel 97", "so5.xls", build.xls(("Sheet1", column(2.071, 250))), (T("P2", "TDDT.01", r=250),), asks={"B2": "fraction_of_count"}),
        Case("about", "more than, nearly, about", "so6.xlsx", build.xlsx(("Sheet1", column("trên 3.000", "gần 1.160", "khoảng 500", "~ 80", "hơn 20 lượt"))),
             tuple(T(f"P{n}", "TDDT.01", r=r, approximate=True) for n, r in zip((1, 2, 3, 4, 6), (3000, 1160, 500, 80, 20), strict=True))),
        Case("silence", "dashes, points and words for nothing reported; none is 0", "so7.xlsx", build.xlsx(("Sheet1", column("-", ".", "Không có", "chưa có số liệu", "…"))),
             (T("P1", "TDDT.01"), T("P2", "TDDT.01"), T("P3", "TDDT.01", r=0), T("P4", "TDDT.01"), T("P6", "TDDT.01"))),
        Case("spreadsheet-errors", "#DIV/0! and words where a number should be", "so8.xlsx", build.raw_xlsx({"A1": "s:Đơn vị", "B1": "s:Cuộc tiếp xúc cử tri", "A2": "s:Phường 1", "B2": "e:#DIV/0!", "A3": "s:Phường 2", "B3": "f:SUM(C1:C2)=7", "A4": "s:Phường 3", "B4": "s:hai mươi"}),
             (T("P2", "HDND.02", r=7),), faults={"B2": "error_in_cell", "B4": "not_a_number"}),
        Case("spreadsheet-errors-xls", "an error in the format of Excel 97 is told by its text", "so8.ods", build.ods(("Sheet1", column("#DIV/0!", 5, code="Cuộc tiếp xúc cử tri"))), (T("P2", "HDND.02", r=5),), faults={"B2": "error_in_cell"}),
        Case("dates-for-fractions", "5/7 that Excel turned into a date", "so9.xlsx", build.xlsx(("Sheet1", column(date(2022, 7, 5), "6/8", code="Nhiệm vụ CCHC"))), (T("P2", "CCHC.01", 8, 6),), asks={"B2": "date_for_number"}),
        Case("dates-for-fractions-xls", "the same in Excel 97", "so9.xls", build.xls(("Sheet1", column(date(2022, 4, 3), 4, code="Nhiệm vụ CCHC"))), (T("P2", "CCHC.01", r=4),), asks={"B2": "date_for_number"}),
        Case("percent-format", "0,875 shown as 87,5 %", "pt1.xlsx", build.xlsx(("Sheet1", shares), formats={"B3": "0%", "C3": "0.0%", "B4": "0%", "C4": "0%"}), (T("HA", "HGCS.03", 80, "87.5"), T("HA", "CCHC.06", 90, 100))),
        Case("percent-format-xls", "the same in Excel 97", "pt1.xls", build.xls(("Sheet1", shares), formats={"B3": "0%", "C3": "0.0%", "B4": "0%", "C4": "0%"}), (T("HA", "HGCS.03", 80, "87.5"), T("HA", "CCHC.06", 90, 100))),
        Case("percent-format-ods", "the same in OpenDocument", "pt1.ods", build.ods(("Sheet1", shares), percents=("B3", "C3", "B4", "C4")), (T("HA", "HGCS.03", 80, "87.5"), T("HA", "CCHC.06", 90, 100))),
        Case("percent-or-fraction", "0,875 without a format: a part of 1 or less than one percent", "pt2.xlsx", build.xlsx(("Sheet1", shares)), (), asks={"B3": "fraction_or_percent", "C3": "fraction_or_percent", "B4": "fraction_or_percent", "C4": "fraction_or_percent"}),
        Case("percent-text", "98,5% and 98.5 % as texts", "pt3.xlsx", build.xlsx(("Sheet1", column("98,5%", "87.25 %", "đạt 100%", code="Tỷ lệ hòa giải thành"))), results("HGCS.03", "98.5", "87.25", 100)),
        Case("percent-or-number", "12 of something that is counted in percent", "pt4.xlsx", build.xlsx(("Sheet1", column(12, 15, code="Vụ khiếu nại tố cáo được giải quyết"))), (), asks={"B2": "share_or_number", "B3": "share_or_number"}),
        Case("money", "tỷ, triệu and đồng brought to the indicator's measure", "tien.xlsx", build.xlsx(("Sheet1", money)), results("QCX.05", 1700, 350, 200, "125.5")),
        Case("money-measured", "money whose measure stands in its own column", "tien2.xlsx", build.xlsx(("Sheet1", money_measured)), (T("MN", "QCX.05", 150, "165.5"),)),
        Case("exempt", "not applicable, with its reason", "kad.xlsx", build.xlsx(("Sheet1", exempt)), (T("HT", "NTM.01", exempt=True), T("HT", "HGCS.01", 5, 5))),
        Case("exempt-matrix", "not applicable in a matrix", "kad2.ods", build.ods(("Sheet1", column("không áp dụng", 1, code="Doanh nghiệp đối thoại định kỳ tại nơi làm việc"))), (T("P1", "QCD.02", exempt=True), T("P2", "QCD.02", r=1))),
        Case("impossible", "negative, above 100 %, part above whole, two figures for one", "sai.xlsx", build.xlsx(("Sheet1", [["Đơn vị", "Cuộc tiếp xúc cử tri", "Tỷ lệ hòa giải thành"], ["Phường 1", -3, "105%"], ["Phường 2", 4, "50/45"], ["Phường 3", 5, "90%"], ["Phường 3", 6, "90%"]])),
             (T("P2", "HDND.02", r=4), T("P3", "HGCS.03", r=90)), faults={"B2": "negative", "C2": "percent_outside", "C3": "parts_impossible", "B5": "disagrees"}),
    ]  # fmt: skip


def spellings() -> list[Case]:
    """Names in other clothes, near misses, old fonts and other encodings."""
    variants = [
        ["Đơn vị", "Số mô hình DVK đăng ký"],
        ["P1", 1], ["phường II", 2], ["Phường 03", 3], ["P. 4", 4], ["F6", 6], ["UBND PHƯỜNG 11", 11],
        ["Phường Hoà Thuận", 5], ["Mỹ  Phú", 7], ["xã Hòa An ", 8], ["MỸ NGÃI", 9], ["X. Mỹ Tân", 10],
        ["Xã Mỹ Trà, TP. Cao Lãnh", 12], ["Đảng uỷ xã Tân Thuận Đông", 13], ["Tân Thuận Tây", 14], ["xã\u00a0Tịnh Thới", 15],
    ]  # fmt: skip
    counts = dict(zip(ALL_UNITS, (1, 2, 3, 4, 6, 11, 5, 7, 8, 9, 10, 12, 13, 14, 15), strict=True))
    nfd = [
        [unicodedata.normalize("NFD", v) if isinstance(v, str) else v for v in row]
        for row in variants
        if row[0] != "F6"
    ]
    words = [
        ["Xã Mỹ Tân"],
        ["Chỉ tiêu", "TH"],
        ["Tổng số cuộc giám sát của Ban TTND", 3], ["Số Ban GSĐTCĐ", 2], ["DN tổ chức hội nghị NLĐ", 4],
        ["Cơ quan, đơn vị tổ chức hội nghị CBCCVC", 6], ["Số tổ NDTQ (tổ)", 30], ["ĐVHV phát triển mới", 120],
        ["Công dân thực hiện NVQS", 9], ["Hội nghị đối thoại với Nhân dân", 2], ["Văn bản chỉ đạo công tác dân vận và QCDC", 5],
        ["Tỷ lệ tập hợp quần chúng", "75%"], ["Cuộc giám sát của MTTQ và đoàn thể", 7], ["1.1. Số vụ việc HG tiếp nhận", 8],
    ]  # fmt: skip
    codes = (
        "GSCD.02",
        "GSCD.04",
        "QCD.01",
        "QCC.01",
        "TQ.01",
        "MTTQ.04",
        "LLVT.01",
        "TDDT.04",
        "LD.01",
        "MTTQ.06",
        "MTTQ.01",
        "HGCS.02",
    )
    near = [
        ["Xã Hòa An"],
        ["Chỉ tiêu", "ĐVT", "TH"],
        ["Số hộ nghèo", "hộ", 12], ["Mô hình DVK", "mô hình", 3], ["Nhiệm vụ CCHC chưa hoàn thành", "nhiệm vụ", 2],
        ["Số gương điển hình", "gương", 4], ["Tổ hòa giải", "tổ", 5],
    ]  # fmt: skip
    units = [
        ["Đơn vị", "Tổ hòa giải"],
        ["Xã Hòa Thuận", 3],
        ["Phường Mỹ Ngãi", 4],
        ["Phường 5", 5],
        ["Phường 1", 6],
    ]
    tcvn = [
        ["Ph\xadêng 1"],
        ["ChØ tiªu", "KÕ ho¹ch", "Thùc hiÖn"],
        ["Tæ hßa gi¶i", 4, 5],
        ["Cuéc tiÕp xóc cö tri", 6, 6],
    ]
    vni = [["Phöôøng 2"], ["Chæ tieâu", "Keá hoaïch", "Thöïc hieän"], ["Toå hoøa giaûi", 4, 5]]
    simple = [
        ["Đơn vị", "Chỉ tiêu", "Kế hoạch", "Thực hiện"],
        ["Phường 1", "Tổ hòa giải", 4, 5],
        ["Xã Mỹ Trà", "Cuộc tiếp xúc cử tri", 3, 3],
    ]
    simple_truth = (T("P1", "HGCS.01", 4, 5), T("MTR", "HDND.02", 3, 3))
    return [
        Case("units-spelled", "fifteen units, each written in another way", "dv.xlsx", build.xlsx(("Sheet1", variants)), tuple(T(u, "DVK.01", r=n) for u, n in counts.items() if u != "P6"), asks={"A6": "unknown_unit_name"}),
        Case("units-decomposed", "the same in decomposed Unicode", "dv2.xlsx", build.xlsx(("Sheet1", nfd)), tuple(T(u, "DVK.01", r=n) for u, n in counts.items() if u != "P6")),
        Case("indicators-spelled", "abbreviations, filler words and word order", "ct.xlsx", build.xlsx(("Sheet1", words)), tuple(T("MTA", code, r=str(row[1]).strip("%")) for code, row in zip(codes, words[2:], strict=True))),
        Case("indicators-icelandic", "Ð for Đ and tones in other places", "ct2.xlsx", build.xlsx(("Sheet1", [["Xã Hoà An"], ["Chỉ tiêu", "TH"], ["Hội nghị trao ðổi, ðối thoại với Nhân dân", 2], ["Tổ hoà giải", 5]])), (T("HA", "TDDT.04", r=2), T("HA", "HGCS.01", r=5))),
        Case("near-misses", "names that are nearly, and not, an indicator's", "gan.xlsx", build.xlsx(("Sheet1", near)), (T("HA", "HGCS.01", r=5),), asks={f"A{n}": "unknown_indicator_name" for n in (3, 4, 5, 6)}),
        Case("near-units", "units that are nearly, and not, of the city and year", "gandv.xlsx", build.xlsx(("Sheet1", units)), (T("P1", "HGCS.01", r=6),), asks={"A2": "unknown_unit_name", "A4": "unknown_unit_name"}, faults={"A3": "unit_of_other_year"}),
        Case("other-area", "a short name under another area's heading", "mang.xlsx", build.xlsx(("Sheet1", [["Phường 1"], ["Chỉ tiêu", "TH"], ["I. Dân vận khéo", N], ["Cách làm hiệu quả", 3], ["II. Hòa giải ở cơ sở", N], ["Tổ hòa giải", 4]])), (T("P1", "HGCS.01", r=4),), asks={"A4": "indicator_of_other_area"}),
        Case("other-year", "a report of the year before", "nam.xlsx", build.xlsx(("Sheet1", [["BÁO CÁO NĂM 2021"], ["Đơn vị", "Tổ hòa giải"], ["Phường 1", 4]])), (), faults={"A1": "title_of_other_year"}),
        Case("no-unit", "a list that says nowhere whose it is", "kodv.xlsx", build.xlsx(("Sheet1", [["Chỉ tiêu", "TH"], ["Tổ hòa giải", 4]])), (), asks={"A2": "unit_not_named"}),
        Case("unit-said", "the same with the unit said by the person", "kodv2.xlsx", build.xlsx(("Sheet1", [["Chỉ tiêu", "TH"], ["Tổ hòa giải", 4]])), (T("P2", "HGCS.01", r=4),), unit="TPCL.P2"),
        Case("unit-contradicted", "a sheet of another unit than the person says", "khac.xlsx", build.xlsx(("Sheet1", [["PHƯỜNG 1"], ["Chỉ tiêu", "TH"], ["Tổ hòa giải", 4]])), (), faults={"A2": "title_of_other_unit"}, unit="TPCL.P2"),
        Case("unknown-column", "a column of numbers that nobody explains", "cot.xlsx", build.xlsx(("Sheet1", [["Phường 1"], ["Chỉ tiêu", "KH", "TH", "Số hộ tham gia"], ["Tổ hòa giải", 4, 5, 120]])), (T("P1", "HGCS.01", 4, 5),), asks={"D2": "unknown_heading"}),
        Case("tcvn3", "text in a font of the nineties", "tcvn.xlsx", build.xlsx(("Sheet1", tcvn)), (T("P1", "HGCS.01", 4, 5), T("P1", "HDND.02", 6, 6)), warns={"A1": "old_font"}),
        Case("tcvn3-csv", "the same as bytes", "tcvn.csv", build.csv_text(tcvn, ";").encode("cp1252"), (T("P1", "HGCS.01", 4, 5), T("P1", "HDND.02", 6, 6)), warns={"A1": "old_font"}),
        Case("vni", "text in VNI", "vni.xls", build.xls(("Sheet1", vni)), (T("P2", "HGCS.01", 4, 5),), warns={"A1": "old_font"}),
        Case("utf16", "CSV in UTF-16 with tabs", "u16.csv", build.csv_text(simple, "\t").encode("utf-16"), simple_truth),
        Case("cp1258", "CSV in the Vietnamese encoding of Windows", "cp.csv", _cp1258(build.csv_text(simple, ";")), simple_truth),
        Case("utf8-tabs", "CSV with tabs", "tab.txt", build.csv_text(simple, "\t").encode(), simple_truth),
    ]  # fmt: skip


def _cp1258(text: str) -> bytes:
    """Windows-1258 keeps the letters and writes the tones after them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        letters.append(base + "".join(p for p in parts if p in tones))
    return "".join(letters).encode("cp1258")


def registers() -> list[Case]:
    """Lists of models, tasks and awards."""
    models = [
        ["UBND PHƯỜNG 1"],
        ["DANH SÁCH MÔ HÌNH DÂN VẬN KHÉO NĂM 2022"],
        [
            "STT",
            "Tên mô hình",
            "Đơn vị thực hiện",
            "Địa chỉ",
            "Lĩnh vực",
            "Kết quả công nhận",
            "Số QĐ",
            "Ngày QĐ",
        ],
        ["I", "Tập thể"],
        [
            1,
            "Tuyến đường hoa nông thôn",
            "Hội Phụ nữ",
            "Khóm 2",
            "Văn hóa - xã hội",
            "Được công nhận",
            "12/QĐ-UBND",
            date(2022, 11, 2),
        ],
        [
            2,
            "Camera an ninh",
            "Khóm Mỹ Phú",
            "khóm 3, Phường 1",
            "Quốc phòng - an ninh",
            "đăng ký",
            N,
            N,
        ],
        ["Tổng cộng: 02 mô hình"],
    ]
    many = [
        ["TT", "Mô hình", "Xã, phường", "Lĩnh vực", "Nội dung, cách làm"],
        [1, "Ngôi nhà xanh", "P.3", "Kinh tế", "Thu gom phế liệu"],
        [2, "Gạo nghĩa tình", "Xã Mỹ Tân", "Văn hóa - xã hội", "Vận động gạo"],
    ]
    tasks = [
        ["KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH THÀNH PHỐ CAO LÃNH NĂM 2022"],
        [
            "STT",
            "Nhiệm vụ",
            "Sản phẩm",
            "Cơ quan chủ trì",
            "Cơ quan phối hợp",
            "Thời hạn",
            "Tiến độ",
        ],
        [
            1,
            "Rà soát thủ tục hành chính",
            "Báo cáo",
            "Phòng Tư pháp",
            "Các phòng",
            "Quý II/2022",
            "Đã hoàn thành",
        ],
        [2, "Số hóa hồ sơ", "Kho dữ liệu", "Văn phòng UBND", N, "Thường xuyên", "Đang thực hiện"],
    ]
    odd = [*tasks, [3, "Khảo sát hài lòng", "Báo cáo", "Phòng Nội vụ", N, "Quý IV", "sắp xong rồi"]]
    awards = [
        ["UBND THÀNH PHỐ CAO LÃNH"],
        ["DANH SÁCH KHEN THƯỞNG NĂM 2022"],
        [
            "STT",
            "Họ và tên/Tên tập thể",
            "Chức vụ, đơn vị",
            "Tập thể",
            "Cá nhân",
            "Hình thức khen thưởng",
            "Số quyết định",
            "Ngày",
        ],
        [
            1,
            "Nguyễn Văn A",
            "Bí thư Chi bộ khóm 1, Phường 1",
            N,
            "x",
            "Giấy khen",
            "723/QĐ-UBND-HC",
            "20/12/2022",
        ],
        [2, "Hội Nông dân xã Tịnh Thới", N, "x", N, "Giấy khen", "723/QĐ-UBND-HC", "20/12/2022"],
    ]
    two = [
        ["TT", "Tập thể, cá nhân", "Đơn vị", "Hình thức khen", "Cấp khen", "Nội dung"],
        [1, "Trần Thị B", "Xã Hòa An", "Bằng khen", "Tỉnh", "Dân vận khéo"],
    ]
    return [
        Case("models", "models of a ward with groups and a total", "mh.xlsx", build.xlsx(("DVK", models)), entries=(("model", "TPCL.P1", "Tuyến đường hoa nông thôn"), ("model", "TPCL.P1", "Camera an ninh"))),
        Case("models-of-many", "models of many units", "mh.ods", build.ods(("DVK", many)), entries=(("model", "TPCL.P3", "Ngôi nhà xanh"), ("model", "TPCL.MTA", "Gạo nghĩa tình"))),
        Case("tasks", "tasks of administrative reform", "nv.xlsx", build.xlsx(("CCHC", tasks)), entries=(("task", "TPCL", "Rà soát thủ tục hành chính"), ("task", "TPCL", "Số hóa hồ sơ"))),
        Case("tasks-odd", "a task whose state nobody knows", "nv.xls", build.xls(("CCHC", odd)), faults={"G5": "state_unknown"}, entries=(("task", "TPCL", "Rà soát thủ tục hành chính"), ("task", "TPCL", "Số hóa hồ sơ"))),
        Case("awards", "awards with marks for collective and individual", "kt.xlsx", build.xlsx(("KT", awards)), entries=(("award", "TPCL.P1", "Nguyễn Văn A"), ("award", "TPCL.TT", "Hội Nông dân xã Tịnh Thới"))),
        Case("awards-of-units", "awards with a column of units", "kt.csv", build.csv_text(two).encode(), entries=(("award", "TPCL.HA", "Trần Thị B"),)),
    ]  # fmt: skip


SAME_TRUTH = (
    T("P1", "DVK.01", 3, 2), T("P2", "DVK.01", 5, 6), T("HA", "DVK.01", 4, 4),
    T("P1", "HGCS.01", 4, 4), T("P2", "HGCS.01", 6, 6), T("HA", "HGCS.01", 3, 0),
)  # fmt: skip


def same() -> list[Case]:
    """The same figures in other clothes."""
    units = {"P1": "Phường 1", "P2": "Phường 2", "HA": "Xã Hòa An"}
    names = {"DVK.01": "Mô hình Dân vận khéo đăng ký", "HGCS.01": "Tổ hòa giải"}
    value = {
        (t.unit.removeprefix("TPCL."), t.indicator): (int(t.target or 0), int(t.result or 0))
        for t in SAME_TRUTH
    }
    matrix = [["Đơn vị", names["DVK.01"], N, names["HGCS.01"], N], [N, "KH", "TH", "KH", "TH"]]
    matrix += [[units[u], *value[u, "DVK.01"], *value[u, "HGCS.01"]] for u in units]
    turned: list[list[Any]] = [
        ["Chỉ tiêu", *(cell for u in units for cell in (units[u], N))],
        [N, *(["KH", "TH"] * 3)],
    ]
    turned += [[names[c], *(n for u in units for n in value[u, c])] for c in names]
    long = [
        ["Đơn vị", "Chỉ tiêu", "Kế hoạch", "Thực hiện"],
        *([units[u], names[c], *value[u, c]] for u in units for c in names),
    ]
    plain = [
        ["unit", "indicator", "target", "result"],
        *([f"TPCL.{u}", c, *value[u, c]] for u in units for c in names),
    ]
    return [
        Case("same-matrix", "a matrix", "same1.xlsx", build.xlsx(("Sheet1", matrix), merged=("B1:C1", "D1:E1", "A1:A2")), SAME_TRUTH),
        Case("same-turned", "the matrix turned", "same2.xls", build.xls(("Sheet1", turned)), SAME_TRUTH),
        Case("same-list", "a long list", "same3.xlsx", build.xlsx(("Sheet1", long)), SAME_TRUTH),
        Case("same-plain", "the plain layout", "same4.csv", build.csv_text(plain).encode(), SAME_TRUTH),
        Case("same-ods", "OpenDocument", "same5.ods", build.ods(("Sheet1", long)), SAME_TRUTH),
    ]  # fmt: skip


CASES = (*matrices(), *lists(), *numbers(), *spellings(), *registers(), *same())
