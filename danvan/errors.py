"""What can go wrong, in words a user can act on: errors are raised, problems are collected."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from danvan.wording import Language, Words


class DanvanError(Exception):
    """Base of every error raised on purpose. Its text is shown to the user as it is.

    `key` names the sentence in the wording; `values` fill it in.
    """

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, language: Language = Language.VI) -> str:
        """The sentence in the reader's language."""
        return Words(language)(f"error.{self.key}", **self.values)

    def __str__(self) -> str:
        return self.text()


class CatalogueError(DanvanError):
    """The catalogue files cannot be used; the text names file, line and column."""


class StoreError(DanvanError):
    """The database cannot be opened, read or written."""


class RefusedError(DanvanError):
    """A write that the rules of the year, the catalogue or the moment do not allow."""


class NotAllowedError(RefusedError):
    """The person may not see or do this; the sentence says what is missing."""


class ConflictError(RefusedError):
    """Figures were stored by somebody else since they were compared; `keys` names them."""

    def __init__(self, keys: Sequence[tuple[int, str, str, str]]) -> None:
        super().__init__("newer_figures", n=len(keys))
        self.keys = tuple(keys)


class OvertakenError(RefusedError):
    """Rows of a register were changed by somebody else since they were read; `entries` names them."""

    def __init__(self, entries: Sequence[int]) -> None:
        super().__init__("newer_rows", n=len(entries))
        self.entries = tuple(entries)


class ServerError(DanvanError):
    """The server cannot be started the way it was asked for."""


STATED = ("state", "former_state")
"""Values of problems that are states of a register's row, told in the reader's words."""


class Severity(StrEnum):
    """What a problem does to the submission."""

    ERROR = "error"  # nothing is stored
    QUESTION = "question"  # a person has to decide
    WARNING = "warning"  # stored, and said


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in submitted data. Collected, never raised.

    `code` names its two sentences in the wording: what is wrong, and the remedy.
    """

    kind: Severity
    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    found: str = ""
    values: dict[str, Any] = dataclasses.field(default_factory=dict)

    def problem(self, language: Language = Language.VI) -> str:
        """What is wrong, in one sentence."""
        return self._say(language, "problem")

    def remedy(self, language: Language = Language.VI) -> str:
        """What to do about it, in one sentence."""
        return self._say(language, "remedy")

    def sentence(self, language: Language = Language.VI) -> str:
        """Place, fault and remedy in one line."""
        sheet = f"{self.sheet}!" if self.sheet else ""
        place = ", ".join(part for part in (self.file, f"{sheet}{self.cell}") if part)
        return f"{place}: {self.problem(language)} {self.remedy(language)}"

    def row(self, language: Language) -> dict[str, str]:
        """All of it as commands print it."""
        place = {name: getattr(self, name) for name in ("kind", "file", "sheet", "cell")}
        said = {"problem": self.problem(language), "remedy": self.remedy(language)}
        return {**place, "field": self.field, "found": self.found, **said}

    def _say(self, language: Language, part: str) -> str:
        words = Words(language)
        heading = words(f"field.{self.field}") if self.field else ""
        said = {"field": heading, "found": self.found} | self.values
        states = {n: words(f"entry.{v}") for n, v in said.items() if n in STATED and v}
        return words(f"{part}.{self.code}", **said | states)
