"""Signing in through the office's own provider; the session afterwards is ours.

Only people who have an account come in: the provider says who somebody is, not what they may.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from danvan.accounts import Account, passwords, signing_in
from danvan.accounts.account import plain_name
from danvan.accounts.signing_in import SignInRefusedError
from danvan.errors import DanvanError
from server import addresses, openid, signing
from server.openid import Asked, Provider, SingleSignOnError
from server.secrets import secret

PATH = "/sign-in/sso"
BACK = "/sign-in/sso/callback"
COOKIE = "danvan-sso"
TEN_MINUTES = 600  # seconds: to type a password and find the telephone for the second factor


async def leave(request: Request) -> Response:
    """Send the browser to the provider."""
    known = openid.provider()
    if known is None:
        return Response(status_code=404)
    try:
        address, asked = await openid.question(known, _back(request))
    except SingleSignOnError as error:
        return signing.sign_in_page(request, error=error, status=502)
    kept = dataclasses.asdict(asked) | {"query": request.url.query}
    answer = RedirectResponse(address, 303, headers={"cache-control": "no-store"})
    answer.set_cookie(
        COOKIE,
        _serializer().dumps(kept),
        max_age=TEN_MINUTES,
        path=PATH,
        secure=addresses.is_secure(request),
        httponly=True,
        samesite="lax",  # the provider sends the browser back from its own site
    )
    return answer


async def come_back(request: Request) -> Response:
    """Begin a session for whom the provider names."""
    known, kept = openid.provider(), _kept(request)
    if known is None:
        return Response(status_code=404)
    asked = Asked(**{field: kept.pop(field, "") for field in ("state", "nonce", "verifier")})
    returned, code = request.query_params.get("state", ""), request.query_params.get("code", "")
    # from here on the page is the sign-in page that was left, with its language and its way on
    request = Request(dict(request.scope, path="/sign-in", query_string=_query(kept)))
    try:
        if not asked.state or asked.state != returned or not code:
            raise SingleSignOnError("sso_again", name=known.name)
        names = await openid.names(known, _back(request), code, asked)
        token = await run_in_threadpool(_begin, request, known, names)
    except DanvanError as error:
        answer = signing.sign_in_page(request, error=error, status=401)
    else:
        answer = await signing.welcomed(request, token)
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _begin(request: Request, known: Provider, names: list[str]) -> str:
    """The token of a new session for the account that has one of the names."""
    people, address = signing.people(), addresses.client(request)
    found = (people.account(plain_name(name)) for name in names)
    account = next((account for account in found if account and account.active), None)
    if account is None:
        people.record("sign_in_failed", "", "", {"by": known.issuer}, address)
        raise SignInRefusedError("sso_unknown")
    agent = request.headers.get("user-agent", "")
    now = datetime.now(UTC)
    return signing_in.begin(people, _grown_up(account, address), address, agent, now)


def _grown_up(account: Account, address: str) -> Account:
    """A first password that was never used is void: the person is known without one."""
    if not account.must_change:
        return account
    unknown = passwords.hashed(passwords.first_password())
    return signing.people().change(
        account.id, account.name, password_hash=unknown, must_change=False, address=address
    )


def _kept(request: Request) -> dict[str, Any]:
    """What this browser took along to the provider; nothing where it is not ours or too old."""
    try:
        kept = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=TEN_MINUTES)
    except BadSignature:
        return {}
    return dict(kept)


def _query(kept: dict[str, Any]) -> bytes:
    return str(kept.get("query", "")).encode()


def _back(request: Request) -> str:
    """The address of ours that the provider has to know."""
    return str(request.url.replace(path=BACK, query=""))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret(), salt="single sign-on")


routes = [Route(PATH, leave), Route(BACK, come_back)]
