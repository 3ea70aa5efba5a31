"""The chain of the audit: each row is sealed together with the one before it.

Seals and digests are kept for ever, so what is computed here must never come out differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

COLUMNS = ("at", "person", "act", "subject", "detail", "address")


def seal(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the seal before and what the row says."""
    return _sha256([previous, {name: row[name] for name in COLUMNS}])


def digest(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """SHA-256 over rows as they are stored.

    What is empty is left out, so that a column added later, empty in the rows there were, changes
    no digest; a step that fills old rows with anything else would.
    """
    stated = {
        name: [{k: v for k, v in row.items() if v not in (None, "")} for row in rows]
        for name, rows in tables.items()
    }
    return _sha256({name: rows for name, rows in stated.items() if rows})


def _sha256(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
