"""The API: figures as JSON for programs, the same rows that `danvan show --json` prints."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from danvan import listing
from danvan.errors import DanvanError, NotAllowedError, StoreError
from danvan.moments import end_of
from server import addresses, forms
from server.asked import period_of, year_of
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
        year = year_of(asked.get("year", ""))
        rows = listing.listed(store, year, period_of(asked.get("period", "")), unit, as_of)
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


routes = [Route("/api/figures", figures)]
