"""Options that several commands share, and the one JSON document a command may print."""

from __future__ import annotations

import json

import click

JSON = click.option("as_json", "--json", is_flag=True, help="One JSON document on stdout.")
YEAR = click.option("--year", type=int, required=True, help="The year of the figures.")
UNIT = click.option("--unit", help="Code of a unit: only it and its subtree.")


def print_json(document: object) -> None:
    """The document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))
