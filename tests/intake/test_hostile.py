"""Files made to do harm: refused quickly, within little memory, with a sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from danvan import intake
from danvan.intake.opening import SUFFIXES
from danvan.model import File
from danvan.wording import Language
from tests.making import CATALOGUE, YEAR
from tests.workbooks.building import ods, xls, xlsx, zipped_sheet

SECONDS = 2
MEMORY = 200 * 2**20  # bytes the whole of it may take
FINE = [["Đơn vị", "Chỉ tiêu SUM"], ["Phường 1", 3]]


def _row(row: int, *cells: str) -> str:
    return f'<row r="{row}">' + "".join(f'<c r="{c}{row}"><v>1</v></c>' for c in cells) + "</row>"


def _sheet(*rows: str, before: str = "", after: str = "", **more: object) -> bytes:
    return zipped_sheet(f"{before}<sheetData>{''.join(rows)}</sheetData>{after}", **more)  # type: ignore[arg-type]


def _bomb() -> bytes:
    return _sheet(extra={"xl/media/a.bin": bytes(400 * 2**20)})


def _lying_bomb() -> bytes:
    """A part that says it is small and unpacks to 300 MiB."""
    size = 300 * 2**20
    content = _sheet(extra={"xl/media/a.bin": bytes(size)})
    return content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def _sheet_bomb() -> bytes:
    """A million filled cells in one row's worth of bytes."""
    return _sheet(*(_row(n, "A", "B", "C", "D") for n in range(1, 700_001)))


def _encrypted() -> bytes:
    """The container in which Excel keeps a workbook with a password: its names are enough."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name + bytes(2000)


def _encrypted_zip() -> bytes:
    content = bytearray(xlsx(("Sheet1", FINE)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def _path_trick() -> bytes:
    target = io.BytesIO(xlsx(("Sheet1", FINE)))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    return target.getvalue()


def _repeated_ods() -> bytes:
    row = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    content = ods(("Sheet1", FINE))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.infolist():
            text = source.read(part).decode()
            archive.writestr(part, text.replace("</table:table>", row + "</table:table>"))
    return target.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.xlsx", lambda: b"", "empty_file"),
    "blank": ("a.csv", lambda: b" \n", "no_figures"),
    "zip bomb": ("a.xlsx", _bomb, "zip_bomb"),
    "zip bomb that lies": ("a.xlsx", _lying_bomb, "broken_workbook"),
    "too many rows": ("a.xlsx", _sheet_bomb, "zip_bomb"),
    "one cell in the last corner": ("a.xlsx", lambda: _sheet(_row(1, "A"), _row(1048576, "XFD")), "too_many_cells"),
    "one cell in the last row": ("a.xlsx", lambda: _sheet(_row(1, "A"), _row(1048576, "A")), "too_many_cells"),
    "one cell in the last column": ("a.xlsx", lambda: _sheet(_row(1, "A", "XFD")), "too_many_cells"),
    "a column beyond the last": ("a.xlsx", lambda: _sheet(_row(1, "A", "ZZZZZZ")), "too_many_cells"),
    "repeated cells of OpenDocument": ("a.ods", _repeated_ods, "too_many_cells"),
    "DOCTYPE": ("a.xlsx", lambda: _sheet(_row(1, "A"), head=ENTITY), "unsafe_workbook"),
    "300 sheets": ("a.xlsx", lambda: _sheet(_row(1, "A"), sheets=300), "too_many_sheets"),
    "300 sheets of Excel 97": ("a.xls", lambda: xls(*((f"S{n}", FINE) for n in range(300))), "too_many_sheets"),
    "wrong ending": ("a.xls", lambda: xlsx(("Sheet1", FINE)), "wrong_suffix"),
    "a page for a workbook": ("a.xlsx", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "wrong_suffix"),
    "a workbook for a text": ("a.csv", lambda: xlsx(("Sheet1", FINE)), "wrong_suffix"),
    "a program": ("a.exe", lambda: b"MZ\x90", "unknown_format"),
    "password": ("a.xlsx", _encrypted, "encrypted"),
    "password of the zip": ("a.xlsx", _encrypted_zip, "encrypted"),
    "cut short": ("a.xlsx", lambda: xlsx(("Sheet1", FINE))[:-500], "broken_workbook"),
    "cut short, Excel 97": ("a.xls", lambda: xls(("Sheet1", FINE))[:700], "broken_workbook"),
    "cut short, OpenDocument": ("a.ods", lambda: ods(("Sheet1", FINE))[:-80], "broken_workbook"),
    "paths in its names": ("a.xlsx", _path_trick, "unsafe_workbook"),
    "too large": ("a.xlsx", lambda: bytes(11 * 2**20), "large_file"),
    "random": ("a.xlsb", lambda: b"PK\x03\x04" + bytes(range(256)) * 20, "wrong_suffix"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_quickly_with_a_sentence(name: str) -> None:
    file, make, code = REFUSED[name]
    content = make()
    start = time.perf_counter()
    reading = intake.read(File(file, content), CATALOGUE, YEAR)
    assert time.perf_counter() - start < SECONDS
    found = reading.problems
    if code == "no_figures":
        assert (reading.facts, found) == ((), ())  # said for the whole submission
        return
    assert [problem.code for problem in found] == [code]
    for language in Language:
        assert found[0].sentence(language).startswith(f"{file}: ")


READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a dimension of the whole sheet": ("a.xlsx", lambda: _fine(before='<dimension ref="A1:XFD1048576"/>')),
    "merged cells over everything": ("a.xlsx", lambda: _fine(after='<mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>')),
    "a million empty rows": ("a.xlsx", lambda: _fine(more="".join(f'<row r="{n}" ht="15"/>' for n in range(3, 1_000_001)))),
    "links to other workbooks": ("a.xlsx", lambda: _fine(extra={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})),
}  # fmt: skip


def _fine(
    before: str = "", after: str = "", more: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Đơn vị</t></is></c><c r="B1" t="inlineStr"><is><t>Chỉ tiêu SUM</t></is></c></row>',
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Phường 1</t></is></c><c r="B2"><v>3</v></c></row>',
    )
    return _sheet(*rows, more, before=before, after=after, extra=extra)


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_large_is_read(name: str) -> None:
    file, make = READ[name]
    content = make()
    start = time.perf_counter()
    reading = intake.read(File(file, content), CATALOGUE, YEAR)
    assert time.perf_counter() - start < SECONDS
    assert [(fact.unit, fact.indicator, fact.value) for fact in reading.facts] == [("W1", "SUM", 3)]  # type: ignore[attr-defined]


MEASURED = """
import json, resource, sys
from danvan import intake
from danvan.model import File
from tests.making import CATALOGUE, YEAR
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
name = sys.argv[1]
reading = intake.read(File(name, sys.stdin.buffer.read()), CATALOGUE, YEAR)
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([reading.problems[0].code, own * 1024, child * 1024]))
"""


LARGE = ["zip bomb", "zip bomb that lies", "too many rows", "one cell in the last corner",
         "repeated cells of OpenDocument", "300 sheets", "DOCTYPE"]  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_it_takes_little_memory(name: str) -> None:
    file, make, _ = REFUSED[name]
    command = [sys.executable, "-c", MEASURED, file]
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(command, input=make(), capture_output=True, check=True, cwd=root)
    _, own, child = json.loads(done.stdout)
    assert own + child < MEMORY


def test_the_limit_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    file = File("a.csv", b"unit,indicator,result\n" + b"\n" * 2**20)
    monkeypatch.setenv("DANVAN_UPLOAD_MIB", "1")
    assert [p.code for p in intake.read(file, CATALOGUE, YEAR).problems] == ["large_file"]
    monkeypatch.setenv("DANVAN_UPLOAD_MIB", "2")
    assert not intake.read(file, CATALOGUE, YEAR).problems


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES)))
def test_noise_of_every_kind_is_a_sentence(suffix: str) -> None:
    for content in (
        b"\x00",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        b"<?xml",
    ):
        reading = intake.read(File(f"a{suffix}", content), CATALOGUE, YEAR)
        assert not reading.facts
