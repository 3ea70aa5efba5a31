"""Evidence: documents that prove a figure or a row of a register, known by what is in them.

A name says nothing: what is neither a PDF, a picture nor a Word document is refused, and so is
what carries macros, fetches parts from elsewhere, is two kinds at once or is called something else.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from danvan.errors import RefusedError
from danvan.model import File

LARGEST = 10 * 2**20  # bytes: a scanned decision of some pages has one or two MiB
LONGEST_NAME = 150  # characters: some file systems keep 255 bytes
SIGNATURES = (
    (b"%PDF-", "pdf", b"%%EOF"),
    (b"\x89PNG\r\n\x1a\n", "png", b"IEND"),
    (b"\xff\xd8\xff", "jpeg", b"\xff\xd9"),
)
"""How each kind begins, and what it has at its end: a file that was cut off proves nothing."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM, MACRO_STREAM = (
    name.encode("utf-16-le").lower() for name in ("WordDocument", "_VBA_PROJECT")
)
CONTENT_TYPES, WORD_PART = "[content_types].xml", "word/document.xml"
MACRO_PARTS = ("vbaproject", "activex")
MACRO_TYPES = ("vbaproject", "macroenabled", "activex")
ELSEWHERE = ("http:", "https:", "ftp:", "\\\\", "//", "file://")
MOST_READ = 2**20  # bytes of its directory, and of its lists of types and relations
DIRECTORY_END, LARGE_DIRECTORY = b"PK\x05\x06", b"PK\x06\x07"
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Word writes; others swell without a bound
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
    name = kept_name(file.name)
    if not file.content:
        raise RefusedError("evidence_empty", name=name)
    if len(file.content) > LARGEST:
        raise RefusedError("evidence_large", name=name, most=LARGEST // 2**20)
    kind = _kind(file.content, name)
    if PurePath(name).suffix.lower() not in SUFFIXES[kind]:
        raise RefusedError("evidence_named", name=name, kind=kind)
    return kind


def kept_name(name: str) -> str:
    """The name a document is kept under: no folders, nothing unseen, and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    stem, dot, ending = seen.rpartition(".") if "." in seen else (seen, "", "")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[:LONGEST_NAME]


def _kind(content: bytes, name: str) -> str:
    for begin, kind, end in SIGNATURES:
        if content.startswith(begin):
            if end not in content or zipfile.is_zipfile(io.BytesIO(content)):
                raise RefusedError("evidence_kind", name=name)
            return kind
    if content.startswith(ZIP) and _is_word(content, name):
        return "docx"
    if content.startswith(OLE) and WORD_STREAM in content.lower():
        if MACRO_STREAM in content.lower():
            raise RefusedError("evidence_macros", name=name)
        return "doc"
    raise RefusedError("evidence_kind", name=name)


def _is_word(content: bytes, name: str) -> bool:
    """Whether the archive is a Word document; of its parts only the lists are read."""
    if not _has_small_directory(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename.lower(): part for part in archive.infolist()}
            if not {CONTENT_TYPES, WORD_PART} <= set(parts):
                return False
            if any(word in part for part in parts for word in MACRO_PARTS):
                raise RefusedError("evidence_macros", name=name)
            lists = [CONTENT_TYPES, *(part for part in parts if part.endswith(".rels"))]
            types, *relations = _read(archive, [parts[part] for part in lists])
            linked = [one for found in relations for one in found]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError,
            EOFError, ParseError, DefusedXmlException, zlib.error):  # fmt: skip
        return False
    if any(word in one.get("ContentType", "").lower() for one in types for word in MACRO_TYPES):
        raise RefusedError("evidence_macros", name=name)
    if any(_is_elsewhere(one) for one in linked):
        raise RefusedError("evidence_elsewhere", name=name)
    return True


def _has_small_directory(content: bytes) -> bool:
    """Whether the archive's list of parts is one that can be read: it is kept in memory as a whole."""
    at = content.rfind(DIRECTORY_END)
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    return at >= 0 and size <= MOST_READ and content[at - 20 : at - 16] != LARGE_DIRECTORY


def _read(
    archive: zipfile.ZipFile, lists: Sequence[zipfile.ZipInfo]
) -> Iterator[list[dict[str, str]]]:
    """What the elements of each list say. Raises ValueError for lists that swell."""
    if sum(part.file_size for part in lists) > MOST_READ:
        raise ValueError(lists)
    for part in lists:
        if part.compress_type not in PLAIN:
            raise ValueError(part)
        yield [dict(element.attrib) for element in fromstring(archive.read(part))]


def _is_elsewhere(relation: dict[str, str]) -> bool:
    """Whether opening the document would fetch this part from another machine; a link is no part."""
    kind, target = relation.get("Type", "").lower(), relation.get("Target", "").strip().lower()
    outside = relation.get("TargetMode", "").lower() == "external"
    local = target.startswith("file:///") and not target.startswith("file:////")
    return (
        outside and not kind.endswith("/hyperlink") and target.startswith(ELSEWHERE) and not local
    )
