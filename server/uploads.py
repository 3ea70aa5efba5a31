"""How much one person's files may lie in memory before they are handed in."""

from __future__ import annotations

from collections import Counter, defaultdict

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

PATH = "/_stcore/upload_file/"
MOST_FILES = 200  # a year of fifteen communes, with room
MOST_BYTES = 200 * 2**20


class Uploads:
    """What each account has in memory: Streamlit keeps any number of files for anybody."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, set[str]] = defaultdict(set)  # their Streamlit sessions
        self._coming: Counter[str] = Counter()  # bytes on their way

    def refusal(self, account: str, connection: HTTPConnection) -> Response | None:
        """Why the file may not come; None where it may."""
        size = _size(connection)
        if size is None:
            return PlainTextResponse("length required", 411)
        files, kept = self._held(account, connection.url.path)
        if files >= MOST_FILES or kept + self._coming[account] + size > MOST_BYTES:
            return PlainTextResponse("too many files", 413)
        return None

    def begin(self, account: str, connection: HTTPConnection) -> None:
        """The file is on its way."""
        self._coming[account] += _size(connection) or 0

    def end(self, account: str, connection: HTTPConnection) -> None:
        """The file has come, or not."""
        self._coming[account] -= _size(connection) or 0
        if self._coming[account] <= 0:
            del self._coming[account]

    def _held(self, account: str, path: str) -> tuple[int, int]:
        """How many files and bytes the account's pages hold, the page of this path counted in."""
        storage = _storage()
        pages = self._pages[account]
        pages &= storage.keys()  # a page that was closed holds nothing any more
        held = [len(file) for page in pages for file in storage[page]]
        pages.add(path.removeprefix(PATH).partition("/")[0])
        return len(held), sum(held)


def _size(connection: HTTPConnection) -> int | None:
    text = connection.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _storage() -> dict[str, list[bytes]]:
    """The bytes that Streamlit keeps, by its session."""
    manager = runtime.get_instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    return {
        session: [file.data for file in files.values()]
        for session, files in list(manager.file_storage.items())
    }
