"""Answers: what people said about names, headings and cells that could not be understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from danvan.intake.spelling import spelled
from danvan.model import Answer, Period

SKIP = "skip"
TOTALS = "totals:"  # asked of a sheet: whether its totals are the higher unit's own figures
KEEP = "keep"
Key = tuple[str, str]  # the shape of the table ("" for any), what was asked


@dataclass(frozen=True)
class Answers:
    """Meanings by what was asked. Names of units and indicators are aliases of the catalogue."""

    given: Mapping[Key, str] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Answers:
        """The answers; of two to one question the later one holds."""
        return cls({(answer.shape, answer.asked): answer.meaning for answer in answers})

    def skips(self, shape: str, asked: str) -> bool:
        """Whether a person said that this is not to be read."""
        return SKIP in (self.given.get((shape, asked)), self.given.get(("", asked)))

    def column(self, shape: str, heading: str) -> str:
        """What the column under a heading states: a field, "skip", or nothing said."""
        return self.given.get((shape, f"column:{heading}"), "")

    def target_period(self, shape: str) -> Period | None:
        """For which period a report of a part of the year states its targets."""
        said = self.given.get((shape, "target-period"))
        return Period(said) if said else None

    def period(self, words: str) -> str:
        """Of which period figures are that speak of some other time: a period, "skip", or ""."""
        return self.given.get(("", f"period:{spelled(words)}"), "")

    def table_indicator(self, shape: str, number: int) -> str | None:
        """The indicator of a table that does not name it."""
        return self.given.get((shape, f"table-indicator:{number}"))

    def file_unit(self, sheet: str) -> str | None:
        """Whose figures a sheet without a name are."""
        return self.given.get(("", f"file-unit:{sheet}"))

    def keeps_total(self, sheet: str) -> bool:
        """Whether totals of the sheet are the higher unit's own figures."""
        return self.given.get(("", f"{TOTALS}{sheet}")) == KEEP

    def agreed(self, asked: str) -> bool:
        """Whether a person agreed to a doubtful reading."""
        return self.given.get(("", asked)) == "yes"

    def cell(self, sheet: str, cell: str) -> str | None:
        """What a person says a cell means."""
        return self.given.get(("", f"cell:{sheet}!{cell}"))
