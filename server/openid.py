"""OpenID Connect, as far as it is needed to know a name: authorization code with PKCE.

Settings: DANVAN_OIDC_ISSUER, DANVAN_OIDC_CLIENT, DANVAN_OIDC_SECRET, DANVAN_OIDC_NAME (what the
button says), DANVAN_OIDC_CLAIM (the one claim that is the sign-in name).
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from danvan.errors import DanvanError, ServerError
from danvan.installation import is_loopback

CLAIMS = ("preferred_username", "email")
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures that only the provider can make: with the others we could make them ourselves."""
SECONDS = 10  # to wait for the provider: a person stands before the screen
BELIEVED = 300  # seconds that the provider's addresses are kept: strangers must not make us ask
LEEWAY = 60  # seconds that the provider's clock may differ


class SingleSignOnError(DanvanError):
    """The provider could not be asked, or did not say who it is."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who says who somebody is."""

    issuer: str
    client: str
    secret: str
    name: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent along with a question, to know its answer again."""

    state: str
    nonce: str
    verifier: str


def provider() -> Provider | None:
    """The provider of this installation; None where there is none.

    Raises ServerError where a setting is missing, or the provider is asked in the clear.
    """
    said = {
        part: os.environ.get(f"DANVAN_OIDC_{part.upper()}", "").strip()
        for part in ("issuer", "client", "secret", "name", "claim")
    }
    issuer = urlsplit(said["issuer"])
    if not said["issuer"]:
        return None
    if not said["client"]:
        raise ServerError("oidc_client")
    if issuer.scheme != "https" and not is_loopback(issuer.hostname or ""):
        raise ServerError("oidc_issuer", issuer=said["issuer"])
    claims = (said["claim"],) if said["claim"] else CLAIMS
    name = said["name"] or issuer.hostname or ""
    return Provider(said["issuer"], said["client"], said["secret"], name, claims)


async def question(known: Provider, back: str) -> tuple[str, Asked]:
    """The address at the provider's to send the browser to, and what to remember.

    `back` is where the provider sends it afterwards. Raises SingleSignOnError.
    """
    asked = Asked(generate_token(32), generate_token(32), generate_token(64))
    async with _client(known, back) as client:
        places = await _discovered(client, known)
        address, _ = client.create_authorization_url(
            places["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
    return str(address), asked


async def names(known: Provider, back: str, code: str, asked: Asked) -> list[str]:
    """The names that the provider knows the person by, after their browser came back with `code`.

    Raises SingleSignOnError where the provider cannot be reached or its answer is not sound.
    """
    async with _client(known, back) as client:
        places = await _discovered(client, known)
        try:
            answer = await client.fetch_token(
                places["token_endpoint"], code=code, code_verifier=asked.verifier
            )
            keys = (await client.request("GET", places["jwks_uri"], withhold_token=True)).json()
            claims = _claims(str(answer["id_token"]), keys, known, asked)
        except (HTTPError, OAuthError, KeyError) as error:
            raise SingleSignOnError("sso_unreachable", name=known.name) from error
        except (JoseError, ValueError) as error:
            raise SingleSignOnError("sso_unsound", name=known.name) from error
    return [str(claims[claim]) for claim in known.claims if _is_name(claims, claim)]


def _is_name(claims: Mapping[str, Any], claim: str) -> bool:
    """Whether the claim names the person: an address that was never verified could be anyone's."""
    verified = claim != "email" or claims.get("email_verified") is not False
    return verified and isinstance(claims.get(claim), str)


def _claims(token: str, keys: Any, known: Provider, asked: Asked) -> Mapping[str, Any]:
    """What the provider says, when it is the provider who says it, to us, now, to this question."""
    read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": known.issuer},
        aud={"essential": True, "value": known.client},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    )
    rules.validate(read.claims)
    if read.claims.get("azp", known.client) != known.client:
        raise ValueError("azp")
    return read.claims


def _client(known: Provider, back: str) -> AsyncOAuth2Client:
    return AsyncOAuth2Client(
        known.client,
        known.secret or None,
        token_endpoint_auth_method="client_secret_basic" if known.secret else "none",
        scope="openid profile email",
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=SECONDS,
    )


_places: dict[str, tuple[float, dict[str, str]]] = {}


async def _discovered(client: AsyncOAuth2Client, known: Provider) -> dict[str, str]:
    """The provider's own list of its addresses."""
    at, places = _places.get(known.issuer, (0.0, {}))
    if places and time.monotonic() - at < BELIEVED:
        return places
    address = known.issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        answer = await client.request("GET", address, withhold_token=True)
        found: dict[str, str] = answer.raise_for_status().json()
    except (HTTPError, ValueError) as error:
        raise SingleSignOnError("sso_unreachable", name=known.name) from error
    if found.get("issuer") != known.issuer:
        raise SingleSignOnError("sso_unsound", name=known.name)
    _places[known.issuer] = (time.monotonic(), found)
    return found
