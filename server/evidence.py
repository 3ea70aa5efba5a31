"""Evidence: documents that prove figures and rows, for those who have signed in and see the unit."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from danvan.errors import NotAllowedError, RefusedError
from server import addresses, forms
from server.files import BYTES, MOST, attachment
from server.reading import PRIVATE, reader, status


def document(request: Request) -> Response:
    """A document to be saved, under the name it is kept by whatever the address says.

    What is in it was only looked at from outside: the browser opens nothing of it (server.headers).
    """
    number = request.path_params["number"]
    language = forms.words_of(request).language
    try:
        store = reader(request)
        proof = store.proof(number) if number <= MOST else None
        if proof is None:
            missing = RefusedError("no_such_evidence", number=number)
            return PlainTextResponse(missing.text(language), 404, PRIVATE)
    except NotAllowedError as error:
        return PlainTextResponse(error.text(language), status(error), PRIVATE)
    store.exported(proof.file.name, addresses.client(request), evidence=number)
    headers = PRIVATE | {"content-disposition": attachment(proof.file.name)}
    return Response(proof.file.content, headers=headers, media_type=BYTES)


routes = [Route("/evidence/{number:int}/{name:path}", document)]
