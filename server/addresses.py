"""Names and addresses: by which name we were asked, from where, and whose page asked."""

from __future__ import annotations

import re

from starlette.requests import HTTPConnection

from danvan.installation import is_loopback
from server.options import options

HOST = re.compile(r"(?:\[(?P<bracketed>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::\d{1,5})?")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
TRUSTED_SITES = (None, "same-origin", "none")  # what a browser says of a request of our own page
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


def client(connection: HTTPConnection) -> str:
    """The address of who asks."""
    return connection.client.host if connection.client else ""


def is_this_machine(connection: HTTPConnection) -> bool:
    """Whether it was asked on this machine, of this machine, with nobody in between."""
    return (
        options().loopback
        and is_loopback(client(connection))
        and is_loopback(_host(connection))
        and not any(name in connection.headers for name in FORWARDED)
    )


def is_ours(connection: HTTPConnection) -> bool:
    """Whether the name we were asked by is one of ours.

    Another site may have its name point here, and its page would then be taken for ours.
    """
    host = _host(connection)
    return host in LOCAL_NAMES or host in options().hosts or host == _own_address(connection)


def is_foreign(connection: HTTPConnection) -> bool:
    """Whether the page of another site asked. A browser always says where from; others need not."""
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site") not in TRUSTED_SITES
    scheme, _, rest = origin.partition("://")
    downgraded = connection.url.scheme in ("https", "wss") and scheme != "https"
    return downgraded or rest != connection.headers.get("host")


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser came by https."""
    return connection.url.scheme == "https"


def _host(connection: HTTPConnection) -> str:
    """The name we were asked by, in small letters without the port; "" where it is none."""
    found = HOST.fullmatch(connection.headers.get("host", "").lower())
    return (found["bracketed"] or found["name"]).rstrip(".") if found else ""


def _own_address(connection: HTTPConnection) -> str:
    """The address of ours that the connection came in by."""
    server = connection.scope.get("server")
    return str(server[0]) if server else ""
