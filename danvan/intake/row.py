"""Row: one row of a table while it is read, and what the group rows above say of it."""

from __future__ import annotations

from dataclasses import dataclass

from danvan.intake.book import Value
from danvan.intake.labels import Label
from danvan.intake.stated import Field
from danvan.intake.times import SILENT, Time


@dataclass
class Group:
    """What the group rows above say of the rows below them; a label is one nobody understood."""

    unit: str | Label | None = None
    indicator: Label | None = None
    area: str | None = None
    time: Time = SILENT


@dataclass
class Row:
    """One row while it is read: its labels, and whether a person said to leave something out."""

    number: int
    unit: Label | None
    indicator: Label | None
    group: Group
    value: Value = None
    skipped: bool = False
    field: Field | None = None
