"""A provider of OpenID Connect for the tests: real HTTP, real keys, and every way to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.server.running import free_port

CLIENT, SECRET = "danvan", "the-secret-of-the-client"
PAUSE = 0.02


@dataclass
class Provider:
    """Says that everybody is `claims`; `lies` change what it signs and how."""

    port: int = field(default_factory=free_port)
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: RSAKey | OctKey = field(default_factory=lambda: RSAKey.generate_key(2048))
    known: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = self.known

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        """What the dashboard has to know of it."""
        said = {"issuer": self.issuer, "client": CLIENT, "secret": SECRET, "name": "Cổng tỉnh"}
        return {f"DANVAN_OIDC_{name.upper()}": value for name, value in said.items()}

    async def discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    async def keys(self, _: Request) -> Response:
        return JSONResponse(KeySet([self.known]).as_dict(private=False))

    async def authorize(self, request: Request) -> Response:
        """Everybody is signed in here already."""
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 303)

    async def token(self, request: Request) -> Response:
        """A code is worth one token, to the client that can show the verifier of its question."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        asked = self.asked.pop(form.get("code", ""), {})
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        good = (
            request.headers.get("authorization") == f"Basic {basic}"
            and asked.get("code_challenge") == challenge
            and asked.get("code_challenge_method") == "S256"
            and asked.get("redirect_uri") == form.get("redirect_uri")
        )
        if not good:
            return JSONResponse({"error": "invalid_grant"}, 400)
        answer = {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(asked)}
        return JSONResponse(answer)

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 300}
        claims = said | {"nonce": asked["nonce"]} | self.claims | self.lies
        header = {"alg": self.algorithm, "kid": self.known.thumbprint()}
        if self.algorithm == "none":
            return f"{_encoded(header)}.{_encoded(claims)}."
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])


def _encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers."""
    provider = Provider()
    provider.known.ensure_kid()
    routes = [
        Route("/.well-known/openid-configuration", provider.discovery),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
        Route("/keys", provider.keys),
    ]
    config = uvicorn.Config(Starlette(routes=routes), port=provider.port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(PAUSE)
    yield provider
    server.should_exit = True
    thread.join()
