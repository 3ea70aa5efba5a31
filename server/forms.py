"""Plain HTML, drawn from the templates in html/: the pages that work without the dashboard."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from danvan.errors import DanvanError
from danvan.wording import Language, Words
from server import visits

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "html"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
LANGUAGES = {Language.VI: "Tiếng Việt", Language.EN: "English"}
PRIVATE = {"cache-control": "no-store"}


def words_of(connection: HTTPConnection) -> Words:
    """The words of the language in the address; Vietnamese where it says nothing known."""
    asked = connection.query_params.get("lang", "")
    return Words(asked if asked in list(Language) else Language.VI)


def shown(
    connection: HTTPConnection, template: str, title: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """The page of that template, its form sent back to the same address."""
    words = words_of(connection)
    known: dict[str, Any] = {
        "words": words,
        "title": title,
        "city": _city(words),
        "error": "",
        "languages": LANGUAGES,
        "action": address(connection),
        "home": spoken(connection, "/"),
        "speaking": lambda language: address(connection, language),
    }
    page = TEMPLATES.get_template(f"{template}.html").render(known | values)
    return HTMLResponse(page, status, PRIVATE)


def address(connection: HTTPConnection, language: str = "", path: str = "") -> str:
    """The address of this page, in another language or of another page where asked."""
    asked = dict(connection.query_params)
    if language:
        asked["lang"] = language
    if asked.get("lang") == Language.VI:
        del asked["lang"]
    query = urlencode(asked)
    return (path or connection.url.path) + (f"?{query}" if query else "")


def spoken(connection: HTTPConnection, address: str) -> str:
    """The address in the language of this page; Vietnamese goes unsaid."""
    if words_of(connection).language is Language.VI:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={Language.EN}"


def failed(connection: HTTPConnection, mark: str) -> HTMLResponse:
    """The page of a bug: a mark that the log has as well."""
    title = words_of(connection)("sign.failed", mark=mark)
    return shown(connection, "failed", title, status=500)


def _city(words: Words) -> str:
    """The name of whom this installation belongs to, where that is one unit and can be read."""
    try:
        return _named(visits.store().revision(), words.language)
    except DanvanError:
        return ""


@lru_cache(maxsize=4)
def _named(revision: int, language: Language) -> str:  # noqa: ARG001 - the revision is the key
    years = visits.store().years()
    roots = visits.store().catalogue().roots(max(years)) if years else ()
    return Words(language).name(roots[0]) if len(roots) == 1 else ""
