"""What the environment says about the server: whom it serves, and who stands in front of it."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import cache

from danvan.installation import is_loopback

HOST = "DANVAN_HOST"
HOSTS = "DANVAN_HOSTS"
PROXY = "DANVAN_PROXY"
ANYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Options:
    """`host` is the address listened on; `hosts` are names it is known by; `proxies` are the
    addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed.
    """

    host: str
    hosts: frozenset[str]
    proxies: tuple[str, ...]

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


@cache
def options() -> Options:
    """The options of this process."""
    host = os.environ.get(HOST) or "127.0.0.1"
    named = {name.lower() for name in _listed(HOSTS)}
    own = {socket.gethostname().lower()} | ({host.lower()} - set(ANYWHERE))
    return Options(host, frozenset(named | own), _listed(PROXY))


def _listed(name: str) -> tuple[str, ...]:
    """The parts of a setting like "a, b"."""
    parts = os.environ.get(name, "").split(",")
    return tuple(part.strip() for part in parts if part.strip())
