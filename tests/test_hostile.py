"""What people write stays text in everything that is taken away: workbooks, JSON, the command."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import defusedxml.ElementTree
import openpyxl
import pytest
import python_calamine as calamine

from danvan import intake
from danvan.cli import main
from danvan.intake.marked import marked
from danvan.model import File
from danvan.store import Store, open_store
from danvan.wording import Language, Words
from tests.hostile import CODES, TEXTS, YEAR

SHAPELESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no workbook can hold


@pytest.fixture(scope="module")
def path(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "danvan.db"
    shutil.copy(written, path)
    return path


@pytest.fixture(scope="module")
def store(path: Path) -> Store:
    return open_store(str(path))


def _is_harmless(content: bytes) -> list[str]:
    """The texts of a workbook, which has no formula, no link to elsewhere and is well formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            xml = archive.read(part)
            defusedxml.ElementTree.fromstring(xml)
            assert b"<f>" not in xml, part
            assert b"<f " not in xml, part
            assert b'TargetMode="External"' not in xml, part
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [c for c in cells if c.hyperlink and c.hyperlink.target]
    for sheet in calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names:
        assert 0 < len(sheet) <= 31
    return [cell.value for cell in cells if isinstance(cell.value, str)]


def _in_a_cell(text: str) -> str:
    return SHAPELESS.sub("□", text).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "language"),
    [*((name, Language.VI) for name in TEXTS), ("formula", Language.EN), ("script", Language.EN)],
)
def test_a_template_of_a_unit_is_text(store: Store, name: str, language: Language) -> None:
    content = intake.template_for(store, YEAR, f"TPCL.{CODES[name]}", Words(language))
    texts = [text.replace("\r\n", "\n") for text in _is_harmless(content)]
    assert _in_a_cell(TEXTS[name]) in texts
    assert _in_a_cell(TEXTS[name]).upper() in texts


def test_the_template_of_the_city_is_text(store: Store) -> None:
    texts = [
        t.replace("\r\n", "\n")
        for t in _is_harmless(intake.template_for(store, YEAR, None, Words("vi")))
    ]
    for text in TEXTS.values():
        assert _in_a_cell(text) in texts


@pytest.mark.parametrize("name", TEXTS)
def test_a_template_comes_back_as_it_went(store: Store, name: str) -> None:
    unit = f"TPCL.{CODES[name]}"
    content = intake.template_for(store, YEAR, unit, Words("vi"))
    checked = intake.check(store, [File("bieu.xlsx", content)], YEAR, unit)
    assert not checked.open
    assert {str(found.change) for found in checked.changes.values()} == {"same"}


@pytest.mark.parametrize("name", TEXTS)
def test_what_goes_back_marked_is_text(store: Store, name: str) -> None:
    draft = store.draft(f"draft-{CODES[name]}")
    assert draft
    for file in draft.files:
        problems = intake.check(store, [file], YEAR).problems
        assert problems
        for language in Language:
            assert _is_harmless(marked(file, problems, Words(language)).content)


def test_a_marked_workbook_keeps_its_own_formulas_and_gets_no_other(store: Store) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["unit", "indicator", "result"], *([text, text, text] for text in TEXTS.values())]:
        sheet.append([SHAPELESS.sub("", cell) for cell in row])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    file = File("số liệu.xlsx", target.getvalue())
    back = marked(file, intake.check(store, [file], YEAR).problems, Words("vi"))
    assert back.whole
    assert _is_harmless(back.content)


def _said(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    monkeypatch.setenv("DANVAN_DATABASE", str(path))
    yield ["show", "--year", str(YEAR), "--json"]
    yield ["account", "list", "--json"]


def test_what_the_command_says_in_json_is_what_was_written(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert store.revision()
    names = []
    for arguments in _said(path, monkeypatch):
        main(arguments)
        out = capsys.readouterr().out
        assert "\x1b" not in out
        names += [row.get("full_name", row.get("name")) for row in json.loads(out)]
    assert set(TEXTS.values()) <= set(names)
    assert names.count(TEXTS["script"]) == 3  # the unit's figure, the city's, and the person


def test_what_the_command_says_to_people_does_nothing_to_their_terminal(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert store.revision()
    monkeypatch.setenv("DANVAN_DATABASE", str(path))
    main(["show", "--year", str(YEAR)])
    main(["account", "list"])
    said = capsys.readouterr().out
    assert not SHAPELESS.search(said)
    assert "\u202e" not in said
