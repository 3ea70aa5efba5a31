"""Asking: what is wrong with a sheet or must be said by a person, each told once at its first place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from danvan.errors import Problem, Severity
from danvan.intake.answers import Answers
from danvan.intake.book import Place, cell_name
from danvan.intake.names import Names
from danvan.intake.spelling import spelled
from danvan.model import File

MANY = 300  # problems of a sheet; after that nobody needs likely names


@dataclass
class Asking:
    """Collects the problems of one sheet."""

    file: File
    sheet: str
    names: Names
    answers: Answers
    problems: list[Problem] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)

    def ask(
        self,
        code: str,
        place: Place,
        found: str,
        asked: str,
        shape: str = "",
        choices: Iterable[str] = (),
        name: str = "",
    ) -> None:
        """Ask about one thing; `asked` and `shape` are the key of its answer."""
        codes = tuple(choices)
        likely = "; ".join(self._named(code) for code in codes) or "…"
        values = {"asked": asked, "shape": shape, "choices": codes, "likely": likely}
        self.tell(Severity.QUESTION, code, place, found, name, values, once=f"{shape}|{asked}")

    def tell(
        self,
        kind: Severity,
        code: str,
        place: Place,
        found: str,
        name: str = "",
        values: Mapping[str, object] | None = None,
        once: str = "",
    ) -> None:
        """Keep a problem, unless the same was told `once` before."""
        if not once or (code, once) not in self.told:
            self.told.add((code, once))
            cell = cell_name(*place)
            told = dict(values or {})
            self.problems.append(
                Problem(kind, code, self.file.name, self.sheet, cell, name, found, told)
            )

    def name(self, place: Place, text: str, shape: str, units: bool) -> bool:
        """Ask what a name means, or say that the unit is of another year; False where it is skipped."""
        axis = "unit" if units else "indicator"
        asked = f"{axis}:{spelled(text)}"
        if self.answers.skips(shape, asked):
            return False
        former = self.names.former_unit(text) if units else None
        if former:
            values = {"year": self.names.year, "name": self._named(former)}
            self.tell(Severity.ERROR, "unit_of_other_year", place, text, "unit", values, once=text)
        else:
            code = "unknown_unit_name" if units else "unknown_indicator_name"
            many = len(self.told) > MANY  # a file of hundreds of unknown names is another city's
            choices = () if many else self.names.candidates(text, units)
            self.ask(code, place, text, asked, shape, choices, axis)
        return True

    def _named(self, code: str) -> str:
        catalogue = self.names.catalogue
        known = catalogue.unit.get(code) or catalogue.indicator.get(code)
        return known.name if known else code
