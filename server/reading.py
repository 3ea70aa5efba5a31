"""Reading: the store as the signed-in person may use it, for our own routes."""

from __future__ import annotations

from starlette.requests import Request

from danvan.access import Access
from danvan.errors import NotAllowedError
from server import visits

PRIVATE = {"cache-control": "private, no-store", "x-content-type-options": "nosniff"}


class SignInFirstError(NotAllowedError):
    """Nobody is signed in. What the public may look at, it looks at on the pages."""

    def __init__(self) -> None:
        super().__init__("sign_in_first")


def reader(request: Request) -> Access:
    """The store for the person of the session; raises SignInFirstError where there is none."""
    session = request.scope["visit"].session
    if session is None:
        raise SignInFirstError
    return Access(visits.store(), session.account)


def status(error: NotAllowedError) -> int:
    """401 where signing in would help, 403 where it would not."""
    return 401 if isinstance(error, SignInFirstError) else 403
