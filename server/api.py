"""The API: figures as JSON for programs, the same rows that `danvan show --json` prints."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from danvan import listing
from danvan.errors import DanvanError, NotAllowedError, RefusedError, StoreError
from danvan.model import Period
from danvan.moments import end_of
from server import addresses, forms
from server.reading import PRIVATE, reader, status

ASKED = ("year", "period", "unit", "as_of")


def figures(request: Request) -> Response:
    """Figures of a year that the person sees: ?year=2022&period=H1&unit=CODE&as_of=2022-12-27.

    What is asked wrongly is answered with {"error": a sentence} and the status 400.
    """
    try:
        store = reader(request)
        asked = request.query_params
        as_of = end_of(asked["as_of"]) if asked.get("as_of") else None
        unit = asked.get("unit") or None
        year = _year(asked.get("year", ""))
        rows = listing.listed(store, year, _period(asked.get("period", "")), unit, as_of)
        known = {name: asked[name] for name in ASKED if asked.get(name)}
        store.exported("figures", addresses.client(request), **known)
    except NotAllowedError as error:
        return _sentence(error, status(error), request)
    except StoreError as error:
        return _sentence(error, 503, request)
    except DanvanError as error:
        return _sentence(error, 400, request)
    return JSONResponse(listing.documents(rows), headers=PRIVATE)


def _sentence(error: DanvanError, code: int, request: Request) -> Response:
    said = {"error": error.text(forms.words_of(request).language)}
    return JSONResponse(said, code, PRIVATE)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("2022")):
        raise RefusedError("not_a_year", found=text)
    return int(text)


def _period(text: str) -> Period | None:
    if text and text not in list(Period):
        raise RefusedError("not_a_period", found=text, allowed=", ".join(Period))
    return Period(text) if text else None


routes = [Route("/api/figures", figures)]
