"""Signing in and out, one's own password, the first account: routes that answer plain HTML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from danvan.accounts import Session, signing_in
from danvan.accounts.limits import longest_session
from danvan.accounts.signing_in import SignInRefusedError
from danvan.errors import DanvanError, RefusedError
from danvan.store.people import People
from server import addresses, forms, openid, visits
from server.visits import COOKIE, Standing, Visit

LONGEST_FORM = 8 * 2**10  # bytes: a name, three passwords and room for what is escaped
MOST_FIELDS = 10
HASHING = 4  # at once: each takes 64 MiB and a processor for as long as it takes

Answer = TypeVar("Answer")


async def sign_in(request: Request) -> Response:
    """Ask for name and password, and begin a session."""
    standing = visit_of(request).standing
    if standing in (Standing.FINDER, Standing.FOUNDER):
        return RedirectResponse("/set-up", 303)
    if request.method != "POST":
        member = standing is Standing.MEMBER
        return RedirectResponse(next_of(request), 303) if member else sign_in_page(request)
    typed = await _typed(request)
    try:
        token = await _hashing(
            lambda: signing_in.sign_in(
                people(), typed.get("name", ""), typed.get("password", ""), *_from(request)
            )
        )
    except SignInRefusedError as error:
        return sign_in_page(request, typed.get("name", ""), error)
    return await welcomed(request, token)


async def sign_out(request: Request) -> Response:
    """Ask whether to, and end the session."""
    session = visit_of(request).session
    if session is None:
        return RedirectResponse(forms.spoken(request, "/sign-in"), 303)
    words = forms.words_of(request)
    if request.method != "POST":
        name = session.account.full_name or session.account.name
        change = forms.spoken(request, "/password")
        return forms.shown(request, "sign-out", words("sign.out"), name=name, change=change)
    await _leave(request)
    answer = RedirectResponse(forms.spoken(request, "/sign-in?left=1"), 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


async def password(request: Request) -> Response:
    """Ask for the old password and a new one."""
    session = visit_of(request).session
    if session is None:
        return RedirectResponse(forms.spoken(request, "/sign-in?next=/password"), 303)
    if request.method != "POST":
        return _password_page(request, session)
    typed = await _typed(request)
    try:
        _check_again(typed)
        token = await _hashing(
            lambda: signing_in.change_password(
                people(), session, typed.get("old", ""), typed["new"], *_from(request)
            )
        )
    except DanvanError as error:
        return _password_page(request, session, error)
    return await welcomed(request, token)


async def set_up(request: Request) -> Response:
    """Make the first account with the link that was printed where the server was started."""
    if visit_of(request).standing not in (Standing.FINDER, Standing.FOUNDER):
        return RedirectResponse(forms.spoken(request, "/sign-in"), 303)
    if request.method != "POST":
        return await _set_up_page(request)
    typed, token = await _typed(request), request.query_params.get("token", "")
    name, full_name = typed.get("name", ""), typed.get("full_name", "")
    try:
        _check_again(typed)
        made = await _hashing(
            lambda: signing_in.set_up(
                people(), token, name, full_name, typed["new"], *_from(request)
            )
        )
    except DanvanError as error:
        return await _set_up_page(request, error, name=name, full_name=full_name)
    return await welcomed(request, made)


async def session(_: Request) -> Response:
    """Whether the page may stay open: the gate has said so by letting this through."""
    return Response(status_code=204, headers=forms.PRIVATE)


def people() -> People:
    """Who can sign in here."""
    return visits.store().people


def visit_of(request: Request) -> Visit:
    """Who the gate says is asking."""
    found = request.scope["visit"]
    assert isinstance(found, Visit)
    return found


async def welcomed(request: Request, token: str) -> Response:
    """The way on with a new session; the one that this browser had ends."""
    await _leave(request)
    answer = RedirectResponse(next_of(request), 303, headers=forms.PRIVATE)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(longest_session().total_seconds()),
        path="/",
        secure=addresses.is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return answer


def next_of(request: Request) -> str:
    """Where to go after signing in: an address of ours, in the language spoken here."""
    asked = request.query_params.get("next", "/")
    plain = asked.isprintable() and " " not in asked and "\\" not in asked
    if not plain or not asked.startswith("/") or asked.startswith("//"):
        asked = "/"
    if urlsplit(asked).path in ("/sign-in", "/sign-out", "/set-up"):
        asked = "/"
    return asked if "lang=" in asked else forms.spoken(request, asked)


def sign_in_page(
    request: Request, name: str = "", error: DanvanError | None = None, status: int = 0
) -> Response:
    """The page that asks who it is, with what went wrong the last time."""
    words, known = forms.words_of(request), openid.provider()
    answer = forms.shown(
        request,
        "sign-in",
        words("sign.title"),
        status or _status(error),
        name=name,
        note="" if error else _note(request),
        error=error.text(words.language) if error else "",
        provider=known.name if known else "",
        provider_link=forms.address(request, path="/sign-in/sso"),
    )
    if isinstance(error, SignInRefusedError) and error.seconds:
        answer.headers["retry-after"] = str(error.seconds)
    return answer


def _note(request: Request) -> str:
    """Why somebody who was here sees this page again."""
    words = forms.words_of(request)
    if "left" in request.query_params:
        return words("sign.left")
    return words("sign.ended") if visits.token_of(request) else ""


async def _leave(request: Request) -> None:
    await run_in_threadpool(
        signing_in.sign_out, people(), visits.token_of(request), addresses.client(request)
    )
    visits.forget()


def _password_page(
    request: Request, session: Session, error: DanvanError | None = None
) -> Response:
    words = forms.words_of(request)
    first = session.account.must_change
    return forms.shown(
        request,
        "password",
        words("sign.choose_password") if first else words("sign.change_password"),
        _status(error),
        name=session.account.name,
        first=first,
        leaving=forms.spoken(request, "/sign-out"),
        error=error.text(words.language) if error else "",
    )


async def _set_up_page(
    request: Request, error: DanvanError | None = None, name: str = "", full_name: str = ""
) -> Response:
    words, token = forms.words_of(request), request.query_params.get("token", "")
    now = datetime.now(UTC)
    valid = await run_in_threadpool(signing_in.can_set_up, people(), token, now)
    if token and not valid:
        error = RefusedError("setup_void")
    return forms.shown(
        request,
        "set-up",
        words("sign.set_up"),
        401 if token and not valid else _status(error),
        valid=valid,
        name=name,
        full_name=full_name,
        error=error.text(words.language) if error else "",
    )


def _status(error: DanvanError | None) -> int:
    if isinstance(error, SignInRefusedError):
        return 429 if error.seconds else 401
    return 400 if error else 200


def _check_again(typed: dict[str, str]) -> None:
    """A password that is chosen is typed twice. Raises RefusedError where they differ."""
    if typed.setdefault("new", "") != typed.get("again", ""):
        raise RefusedError("password_twice")


def _from(request: Request) -> tuple[str, str, datetime]:
    """Address, browser and moment, as accounts want to know them."""
    agent = request.headers.get("user-agent", "")
    return addresses.client(request), agent, datetime.now(UTC)


async def _typed(request: Request) -> dict[str, str]:
    """The fields of the form."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            raise HTTPException(413)
    try:
        text = body.decode()
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(400) from error


async def _hashing(work: Callable[[], Answer]) -> Answer:
    """Do the work in a thread, few at once: hashing is slow and large on purpose."""
    return await to_thread.run_sync(work, limiter=_LIMITER)


_LIMITER = CapacityLimiter(HASHING)

BOTH = ["GET", "POST"]
routes = [
    Route("/sign-in", sign_in, methods=BOTH),
    Route("/sign-out", sign_out, methods=BOTH),
    Route("/password", password, methods=BOTH),
    Route("/set-up", set_up, methods=BOTH),
    Route("/session", session),
]
