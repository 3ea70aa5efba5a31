"""Proof, within this process, that a page was asked for through the sign-in gate.

The gate puts it on every connection it lets through, and the pages show nothing without it: a
server that was started another way has no gate, and nobody outside can guess the proof.
"""

from __future__ import annotations

import secrets
from functools import cache


@cache
def proof() -> str:
    """What the gate of this process says; another at every start."""
    return secrets.token_urlsafe(32)


def is_proof(said: object) -> bool:
    """Whether it is what the gate says."""
    return isinstance(said, str) and secrets.compare_digest(said.encode(), proof().encode())
