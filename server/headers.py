"""What every answer tells the browser to refuse: scripts, frames and addresses of others."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from danvan.report import deck
from server import index

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' {scripts}",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit and plotly write styles as they draw
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAVED = ("/files/", "/evidence/")
NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For what people handed in, should a browser open it after all."""
STAYS = "max-age=31536000"  # a year: a browser that came by https once comes by nothing else


def policy() -> str:
    """The content security policy; Streamlit's inline scripts are allowed by what they say, and so is
    the one of presentations, whose answers bring a stricter policy of their own.
    """
    digests = [*index.inline_scripts(), deck.script_hash()]
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests)
    return "; ".join(f"{name} {source}" for name, source in POLICY.items()).format(scripts=scripts)


class Headers:
    """Middleware around everything: the headers of every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(FIXED)
                whose = NOTHING if scope["path"].startswith(SAVED) else self.policy
                headers.append("content-security-policy", whose)  # beside one of its own
                if scope["path"].startswith("/media/"):
                    headers["cache-control"] = "private, no-store"
                if scope["scheme"] == "https":
                    headers["strict-transport-security"] = STAYS
                    message["headers"] = [_secure(*header) for header in message["headers"]]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """The header with every cookie for https alone: Streamlit does not know that it is asked so."""
    if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
        value += b"; Secure"
    return name, value
