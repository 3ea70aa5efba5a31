"""Streamlit's page, made ours: its language, its name, our scripts, and charts asked for early."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from danvan.wording import Language, Words

STATIC = Path(streamlit.__file__).parent / "static"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
AGENT = re.compile(r'<!--(?:(?!-->).)*?-->\s*<link rel="service-desc"[^>]*>', re.DOTALL)
LINKED = re.compile(r'(?:href|src)="\./(static/[^"]+)"')
SCRIPTS = ("session", "words", "links", "menu", "matrix", "pictures")
OURS = "\n".join(f'<script type="module" src="/look/{name}.js"></script>' for name in SCRIPTS)


class PageConvertor(StringConvertor):
    """The address of a page: one part, without a dot, as all of Streamlit's pages have."""

    regex = "[^/._][^/.]*"


register_url_convertor("page", PageConvertor())


def inline_scripts() -> list[str]:
    """SHA-256 in base64 of every script that stands in Streamlit's page itself."""
    scripts = INLINE.findall(_installed())
    return [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]


def linked() -> list[str]:
    """The addresses of every script and style that the page asks for at once."""
    return [f"/{path}" for path in LINKED.findall(_patched(Language.VI))]


async def _page(request: Request) -> Response:
    english = request.query_params.get("lang") == Language.EN
    headers = {"cache-control": "no-cache"}
    return HTMLResponse(_patched(Language.EN if english else Language.VI), headers=headers)


routes = [Route("/", _page), Route("/{page:page}", _page)]


@cache
def _installed() -> str:
    return (STATIC / "index.html").read_text(encoding="utf-8")


@cache
def _patched(language: Language) -> str:
    words = Words(language)
    page = AGENT.sub("", _installed())
    reason, product = words("sign.no_script"), words("sign.product")
    page = NOSCRIPT.sub(f"<noscript><p>{reason}</p></noscript>", page)
    page = page.replace('<html lang="en">', f'<html lang="{language}">')
    page = page.replace("<title>Streamlit</title>", f"<title>{product}</title>")
    page = page.replace('href="./favicon.png"', 'href="/look/icon.png"')
    return page.replace("</head>", f"{_charts()}\n{OURS}\n  </head>", 1)


def _charts() -> str:
    """Ask for what draws charts with the page itself: else it is the last thing to be asked for."""
    scripts = sorted((STATIC / "static" / "js").glob("PlotlyChart.*.js"))
    return "\n".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{script.name}">'
        for script in scripts
    )
