"""Files: what was handed in, byte for byte, for those who may have it."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from danvan.errors import NotAllowedError, RefusedError
from server import addresses, forms
from server.reading import PRIVATE, reader, status

LONGEST = 150  # characters of a name: some file systems keep 255 bytes
MOST = 2**63 - 1  # no submission has a larger number: the database could not even look
RESERVED = '/\\:*?"<>|'
BYTES = "application/octet-stream"  # whatever it is, the browser keeps it and opens nothing


def handed_in(request: Request) -> Response:
    """A file of a submission; a plain sentence where it is not to be had."""
    number, name = request.path_params["submission"], request.path_params["name"]
    language = forms.words_of(request).language
    try:
        store = reader(request)
        content = store.file(number, name) if number <= MOST else None
        if content is None:
            missing = RefusedError("no_such_file", number=number)
            return PlainTextResponse(missing.text(language), 404, PRIVATE)
    except NotAllowedError as error:
        return PlainTextResponse(error.text(language), status(error), PRIVATE)
    store.exported(name, addresses.client(request), submission=number)
    headers = PRIVATE | {"content-disposition": attachment(name)}
    return Response(content, headers=headers, media_type=BYTES)


def attachment(name: str) -> str:
    """The header that has a browser save it under that name, as RFC 6266 and 5987 write it.

    Without folders, characters that systems forbid, and marks that would turn the name around.
    """
    kept = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    safe = "".join("_" if letter in RESERVED else letter for letter in kept).strip(". ")
    stem, dot, ending = safe.rpartition(".") if "." in safe else (safe, "", "")
    safe = f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}"[:LONGEST] or "file"
    bare = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode().strip()
    bare = bare.replace("%", "_")  # some browsers would take it for an escape
    return f"attachment; filename=\"{bare or 'file'}\"; filename*=UTF-8''{quote(safe, safe='')}"


routes = [Route("/files/{submission:int}/{name:path}", handed_in)]
