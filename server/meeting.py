"""Meeting: the presentation of a year, on the screen of whoever may look or as a file to take along."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from danvan import meeting
from danvan.access import Access, access
from danvan.errors import DanvanError, NotAllowedError, StoreError
from danvan.model import Period
from danvan.moments import end_of
from danvan.report import deck
from danvan.wording import moment
from server import addresses, forms, visits
from server.asked import period_of, year_of
from server.files import attachment
from server.reading import PRIVATE, SignInFirstError, status
from server.visits import Standing

ASKED = ("year", "period", "unit", "as_of", "lang")
POLICY = f"{deck.policy()}; frame-ancestors 'none'; sandbox allow-scripts allow-modals"
"""Stricter than that of all other pages, which holds as well: it may ask nobody for anything."""


def presentation(request: Request) -> Response:
    """?year=2022&period=H1&unit=CODE&as_of=2022-12-27&lang=en, shown; with &save=1 to be kept.

    Whoever may look at figures may see it. To keep it takes somebody who has signed in, as for
    every file, or that there is no account yet.
    """
    words = forms.words_of(request)
    asked, saves = request.query_params, request.query_params.get("save") == "1"
    try:
        store = _reader(request, saves)
        as_of = end_of(asked["as_of"]) if asked.get("as_of") else None
        period = period_of(asked.get("period", "")) or Period.YEAR
        year, unit = year_of(asked.get("year", "")), asked.get("unit") or None
        gathered = meeting.gather(store, year, period, unit, as_of, words)
        content = deck.html(meeting.drawn(gathered)).encode()
    except NotAllowedError as error:
        return PlainTextResponse(error.text(words.language), status(error), PRIVATE)
    except StoreError as error:
        return PlainTextResponse(error.text(words.language), 503, PRIVATE)
    except DanvanError as error:
        return PlainTextResponse(error.text(words.language), 400, PRIVATE)
    if saves or request.scope["visit"].session:
        known = {name: asked[name] for name in ASKED if asked.get(name)}
        what = "presentation" if saves else "presentation shown"
        store.exported(what, addresses.client(request), **known, sha256=gathered.sha256)
    headers = PRIVATE | {"content-security-policy": POLICY}
    if saves:
        at = moment(gathered.at).replace("/", "-").replace(":", ".")
        values: dict[str, Any] = {"unit": gathered.name, "time": gathered.when, "at": at}
        headers["content-disposition"] = attachment(words("meeting.file", **values) + ".html")
    return HTMLResponse(content, headers=headers)


def _reader(request: Request, saves: bool) -> Access:
    """The store for whoever looks; raises SignInFirstError where they may look and not keep."""
    visit = request.scope["visit"]
    if saves and visit.standing is Standing.GUEST:
        raise SignInFirstError
    return access(visits.store(), visit.session.account if visit.session else None)


routes = [Route("/meeting-file", presentation)]
