"""Documents made for tests: whole ones of every kind, and ones that pretend."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20) + b"\xff\xd9"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
DOC = OLE + "WordDocument".encode("utf-16-le")
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def types(kind: str = WORD) -> str:
    return f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'


def relation(kind: str, target: str, mode: str = "External") -> str:
    one = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{RELATIONS}">{one}</Relationships>'


def docx(packed: int = zipfile.ZIP_DEFLATED, **parts: str | bytes) -> bytes:
    """A Word document with further parts, or others in place of its own."""
    kept: dict[str, str | bytes] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relation("officeDocument", "word/document.xml", "Internal"),
        "word/document.xml": "<w/>",
    }
    kept |= parts
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packed) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return written.getvalue()


def archive(**parts: str | bytes) -> bytes:
    """A zip of other things."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as one:
        for name, content in parts.items():
            one.writestr(name, content)
    return written.getvalue()
