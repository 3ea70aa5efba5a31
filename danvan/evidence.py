"""Evidence: documents that prove a figure or a row of a register, known by what is in them.

A name says nothing: what is neither a PDF, a picture nor a Word document is refused, and so is
what carries macros or is called something else than it is.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from danvan.errors import RefusedError
from danvan.model import File

LARGEST = 10 * 2**20  # bytes: a scanned decision of some pages has one or two MiB
SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM, MACRO_STREAM = (name.encode("utf-16-le") for name in ("WordDocument", "_VBA_PROJECT"))
SUFFIXES = {
    "pdf": (".pdf",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "docx": (".docx",),
    "doc": (".doc",),
}
ACCEPTED = tuple(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)


def kind_of(file: File) -> str:
    """What the document is by its bytes: a key of SUFFIXES.

    Raises RefusedError for what is empty, too large, of another kind, with macros, or named otherwise.
    """
    if not file.content:
        raise RefusedError("evidence_empty", name=file.name)
    if len(file.content) > LARGEST:
        raise RefusedError("evidence_large", name=file.name, most=LARGEST // 2**20)
    kind = _kind(file)
    if PurePath(file.name).suffix.lower() not in SUFFIXES[kind]:
        raise RefusedError("evidence_named", name=file.name, kind=kind)
    return kind


def _kind(file: File) -> str:
    for signature, kind in SIGNATURES:
        if file.content.startswith(signature):
            return kind
    if file.content.startswith(ZIP) and _is_word(file):
        return "docx"
    if file.content.startswith(OLE) and WORD_STREAM in file.content:
        if MACRO_STREAM in file.content:
            raise RefusedError("evidence_macros", name=file.name)
        return "doc"
    raise RefusedError("evidence_kind", name=file.name)


def _is_word(file: File) -> bool:
    """Whether the archive is a Word document; only its list of parts is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            parts = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if any(part.endswith("vbaproject.bin") for part in parts):
        raise RefusedError("evidence_macros", name=file.name)
    return {"[content_types].xml", "word/document.xml"} <= parts
