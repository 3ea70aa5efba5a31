"""Evidence: what a document is by its bytes, and what pretends to be one."""

from __future__ import annotations

import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.errors import RefusedError
from danvan.evidence import LARGEST, LONGEST_NAME, MOST_READ, SUFFIXES, kept_name, kind_of
from danvan.model import File
from tests.papers import DOC, JPEG, MACRO_WORD, OLE, PDF, PNG, archive, docx, relation, types

RELATED = "word/_rels/document.xml.rels"
WHOLE = {
    "quyết định.pdf": (PDF, "pdf"),
    "ẢNH.PNG": (PNG, "png"),
    "ảnh.jpeg": (JPEG, "jpeg"),
    "a.jpg": (JPEG, "jpeg"),
    "a.docx": (docx(), "docx"),
    "a.doc": (DOC, "doc"),
    "thư mục/../a.pdf": (PDF, "pdf"),
    "a link.docx": (docx(**{RELATED: relation("hyperlink", "https://vi.wikipedia.org")}), "docx"),
    "own template.docx": (
        docx(**{RELATED: relation("attachedTemplate", "file:///C:/Normal.dotm")}), "docx"
    ),
}  # fmt: skip
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
REFUSED = {
    "nothing": ("a.pdf", b"", "trống"),
    "too large": ("a.pdf", PDF + bytes(LARGEST), "lớn hơn"),
    "a page": ("a.html", b"<html>", "không phải PDF"),
    "a page called a PDF": ("a.pdf", b"<script>alert(1)</script>%PDF-1.4 %%EOF", "không phải PDF"),
    "a page that begins like a PDF": ("a.html", PDF + b"<script>alert(1)</script>", "nội dung là pdf"),
    "the same under two endings": ("a.pdf.html", PDF, "nội dung là pdf"),
    "a PDF that was cut off": ("a.pdf", PDF[:40], "không phải PDF"),
    "a drawing with a script": ("a.svg", SVG, "không phải PDF"),
    "a program": ("a.pdf", b"MZ" + bytes(100), "không phải PDF"),
    "a picture that is an archive": ("a.jpg", JPEG + archive(x="y"), "không phải PDF"),
    "a PDF that is an archive": ("a.pdf", PDF + archive(x="y"), "không phải PDF"),
    "a picture of another kind": ("a.png", JPEG, "nội dung là jpeg"),
    "a workbook": ("a.docx", archive(**{"[Content_Types].xml": types(), "xl/workbook.xml": "<w/>"}),
                   "không phải PDF"),
    "an archive": ("a.docx", archive(x="y"), "không phải PDF"),
    "a broken archive": ("a.docx", docx()[:200], "không phải PDF"),
    "macros": ("a.docx", docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    "macros by another name": ("a.docx", docx(**{"[Content_Types].xml": types(MACRO_WORD)}), "macro"),
    "controls": ("a.docx", docx(**{"word/activeX/activeX1.xml": "<x/>"}), "macro"),
    "a template of elsewhere": (
        "a.docx",
        docx(**{"word/_rels/settings.xml.rels": relation("attachedTemplate", "https://x.example/a")}),
        "máy khác",
    ),
    "a picture of elsewhere": (
        "a.docx", docx(**{RELATED: relation("image", "\\\\10.0.0.9\\a.png")}), "máy khác"
    ),
    "a share as a file": (
        "a.docx", docx(**{RELATED: relation("oleObject", "file:////10.0.0.9/a")}), "máy khác"
    ),
    "relations in other letters": (
        "a.docx",
        docx(**{RELATED: relation("frame", "http://x.example").encode("utf-16")}), "máy khác",
    ),
    "entities": (
        "a.docx",
        docx(**{RELATED: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "không phải PDF",
    ),
    "a list that swells": (
        "a.docx", docx(**{RELATED: " " * (MOST_READ + 10)}), "không phải PDF"
    ),
    "many lists that swell": (
        "a.docx",
        docx(**{f"word/_rels/{n}.rels": f"<a>{' ' * 60_000}</a>" for n in range(20)}), "không phải PDF",
    ),
    "a list that is packed otherwise": ("a.docx", docx(packed=zipfile.ZIP_LZMA), "không phải PDF"),
    "a directory without an end": (
        "a.docx", docx(**{f"word/{n}.xml": "" for n in range(20_000)}), "không phải PDF"
    ),
    "old macros": ("a.doc", DOC + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
    "old macros in small letters": ("a.doc", DOC + "_vba_project".encode("utf-16-le"), "macro"),
    "an old workbook": ("a.doc", OLE + "Workbook".encode("utf-16-le"), "không phải PDF"),
    "rich text": ("a.doc", b"{\\rtf1 \\object}", "không phải PDF"),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_document_is_known_by_its_bytes(name: str) -> None:
    content, kind = WHOLE[name]
    assert kind_of(File(name, content)) == kind


@pytest.mark.parametrize("what", REFUSED)
def test_what_pretends_is_refused_with_a_sentence(what: str) -> None:
    name, content, said = REFUSED[what]
    with pytest.raises(RefusedError, match=said):
        kind_of(File(name, content))


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", OLE[:8]]))
def test_any_bytes_are_a_kind_or_refused(content: bytes, begin: bytes) -> None:
    with suppress(RefusedError):
        assert kind_of(File("a.pdf", begin + content)) in SUFFIXES


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/a.pdf", "a.pdf"), ("C:\\Users\\lan\\QĐ 12.pdf", "QĐ 12.pdf"),
        ("a\x00\n\u202efdp.pdf", "afdp.pdf"), ("a\ud800.pdf", "a.pdf"), ("  a.pdf ", "a.pdf"),
    ],
)  # fmt: skip
def test_a_name_has_no_folders_and_nothing_unseen(name: str, kept: str) -> None:
    assert kept_name(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert kept_name("số " * 400 + ".pdf").endswith(".pdf")
    assert len(kept_name("số " * 400 + ".pdf")) <= LONGEST_NAME
    assert len(kept_name("." + "x" * 400)) <= LONGEST_NAME
