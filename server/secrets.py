"""The server's own secret: a file beside the database that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from danvan.errors import ServerError
from danvan.installation import ROOT, address

LENGTH = 32  # bytes


def secret() -> str:
    """The secret of this installation, made at its first use.

    Raises ServerError where the file can be neither read nor written.
    """
    path = _folder() / "secret"
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ServerError("secret_file", path=path, detail=error.strerror) from error


def _folder() -> Path:
    """Where the database lies; the project's own folder of data when it lies on another server."""
    place = address()
    return ROOT / "data" if "://" in place else Path(place).absolute().parent


def _make(path: Path) -> None:
    """Write it whole and link it, so that of two that start at once one wins and both read it."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(LENGTH))
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
