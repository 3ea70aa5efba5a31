"""The workbook that goes back: marked where something is wrong, and otherwise as it was."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from danvan.errors import Problem, Severity
from danvan.intake.marked import LARGEST, listed, marked
from danvan.model import File
from danvan.wording import Words
from tests.workbooks.building import ods, xlsx


def _book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 'một'"
    sheet["A1"], sheet["B2"], sheet["C2"], sheet["D2"] = "Đơn vị", "hai mươi", "=B1+1", 0.5
    sheet["D2"].number_format = "0.0%"
    sheet["E5"] = "=1+1"
    sheet["E5"].data_type = "s"
    sheet["B2"].comment = Comment("đã hỏi", "Lan")
    sheet.merge_cells("F1:G2")
    sheet["F1"] = "gộp"
    sheet.column_dimensions["A"].width = 33
    book.create_sheet("Cần sửa")["A1"] = "của người dùng"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _problem(cell: str, kind: Severity = Severity.ERROR, found: str = "hai mươi") -> Problem:
    return Problem(kind, "not_a_number", "a.xlsx", "Biểu 'một'", cell, "result", found)


def _opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_cell_is_coloured_and_says_what_to_do(words: Words) -> None:
    back = marked(File("báo cáo.xlsx", _book()), [_problem("B2")], words)
    assert (back.name, back.whole) == ("báo cáo - cần sửa.xlsx", True)
    cell = _opened(back.content)["Biểu 'một'"]["B2"]
    assert cell.fill.start_color.rgb.endswith("FBE3E1")
    assert "không phải là số" in cell.comment.text
    assert "đã hỏi" in cell.comment.text


def test_everything_else_is_as_it_was(words: Words) -> None:
    before = _opened(_book())
    after = _opened(marked(File("a.xlsx", _book()), [_problem("B2")], words).content)
    for name in before.sheetnames:
        for row in before[name].iter_rows():
            for cell in row:
                other = after[name][cell.coordinate]
                assert (cell.value, cell.number_format, cell.data_type) == (
                    other.value,
                    other.number_format,
                    other.data_type,
                )
    sheet = after["Biểu 'một'"]
    assert sheet.column_dimensions["A"].width == 33
    assert [str(area) for area in sheet.merged_cells.ranges] == ["F1:G2"]
    assert after["Cần sửa"]["A1"].value == "của người dùng"


def test_the_list_leads_to_each_cell(words: Words) -> None:
    problems = [_problem("B2"), _problem("G2", Severity.WARNING)]
    after = _opened(marked(File("a.xlsx", _book()), problems, words).content)
    sheet = after["Cần sửa (2)"]
    assert sheet["D2"].hyperlink.location == "'Biểu ''một'''!B2"
    assert sheet["A3"].value == "Lưu ý"
    assert after["Biểu 'một'"]["F1"].comment is not None  # the first cell of the merged ones


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(1)"])
def test_text_from_a_cell_is_never_a_formula(words: Words, text: str) -> None:
    for content in (
        listed([_problem("B2", found=text)], words),
        marked(File("a.xlsx", _book()), [_problem("B2", found=text)], words).content,
    ):
        sheet = _opened(content).worksheets[-1]
        assert sheet["E2"].data_type == "s"
        assert sheet["E2"].value == text


def test_control_characters_and_endless_texts_do_no_harm(words: Words) -> None:
    sheet = _opened(listed([_problem("B2", found="a\x00b" + "x" * 40_000)], words)).active
    assert sheet["E2"].value.startswith("a□b")
    assert len(sheet["E2"].value) < 32_767


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ods", ods(("Sheet1", [["a"]]))),
        ("a.csv", b"a"),
        ("a.xlsx", b"broken"),
        ("a.xlsx", xlsx(("Sheet1", [["a"]])) + bytes(LARGEST)),
    ],
    ids=["ods", "csv", "broken", "large"],
)
def test_where_that_cannot_be_promised_the_list_comes_alone(
    words: Words, name: str, content: bytes
) -> None:
    back = marked(File(name, content), [_problem("B2")], words)
    assert not back.whole
    assert _opened(back.content).sheetnames == ["Cần sửa"]


def test_a_workbook_with_a_chart_is_not_spoilt(words: Words) -> None:
    content = io.BytesIO(_book())
    import zipfile  # noqa: PLC0415 - only here

    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/charts/chart1.xml", "<chart/>")
    assert not marked(File("a.xlsx", content.getvalue()), [_problem("B2")], words).whole


def test_workbooks_are_parsed_without_entities() -> None:
    assert openpyxl.DEFUSEDXML
