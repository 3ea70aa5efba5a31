"""What several commands share: options, as whom they act, and the one JSON document they may print."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import click

from danvan.access import Access, operator
from danvan.errors import RefusedError
from danvan.installation import open_installed
from danvan.model import File, Period

JSON = click.option("as_json", "--json", is_flag=True, help="One JSON document on stdout.")
YEAR = click.option("--year", type=int, required=True, help="The year of the figures.")
UNIT = click.option("--unit", help="Code of a unit: only it and its subtree.")

PERIOD = click.option(
    "--period", type=click.Choice([str(p) for p in Period]), help="Only this period."
)
AS_OF = click.option(
    "--as-of", metavar="TIME", help="As it stood then: 2022-12-27, 2022-12-27T14:05:00."
)
OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Where to write it."
)


def print_json(document: object) -> None:
    """The document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def file_at(path: Path) -> File:
    """The file that a command was given. Raises RefusedError where it cannot be read."""
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise RefusedError("file_unreadable", path=path, detail=error.strerror) from error


def write(path: Path, content: bytes) -> None:
    """The content as the file that a command was asked for. Raises RefusedError where it cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RefusedError("file_unwritable", path=path, detail=error.strerror) from error


def opened() -> Access:
    """The installation's store as whoever runs the command may use it.

    That is everything, as the data lies on their machine, unless --as names an account: then it
    is what that person may do. Raises RefusedError for an unknown name.
    """
    store = open_installed()
    name = click.get_current_context().find_root().params.get("as_name")
    if not name:
        return Access(store, operator(getpass.getuser()))
    account = store.people.account(name)
    if account is None:
        raise RefusedError("unknown_account", name=name)
    return Access(store, account)
