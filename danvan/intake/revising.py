"""Revising: targets of a year that is open change by a decision, which is kept with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from danvan.errors import Problem, Severity
from danvan.intake.difference import Change, Key, differences
from danvan.model import Document, Fact, Stage, Target, YearRule
from danvan.rows import known

AIMS = ("target", "lower", "upper")
CODE = "revision_undecided"


def revised(
    facts: Iterable[Fact], standing: pd.DataFrame, rule: YearRule | None
) -> tuple[Key, ...]:
    """The figures of an open year whose standing target the facts change or take back.

    None in a year that is still planned: until it is opened every target is a draft.
    """
    if rule is None or rule.stage is not Stage.OPEN:
        return ()
    bare = (replace(fact, baseline=None) for fact in facts if isinstance(fact, Target))
    return tuple(
        key
        for key, found in differences(bare, standing).items()
        if found.change is Change.CHANGED
        and any(known(found.stands.get(name)) for name in AIMS)
        and _moves(found.stated, found.stands)
    )


def _moves(stated: dict[str, object], stands: dict[str, object]) -> bool:
    return any(_number(stated[name]) != _number(stands[name]) for name in AIMS)


def _number(value: object) -> float | None:
    return round(float(str(value)), 4) if known(value) else None


def undecided(facts: Iterable[Fact], keys: Collection[Key]) -> list[Problem]:
    """A warning where targets are revised and nothing says by which decision."""
    bare = [one for one in facts if _lacks(one, keys)]
    if not bare:
        return []
    file = bare[0].origin.file
    name, values = file.name if file else "", {"n": len(bare)}
    return [Problem(Severity.WARNING, CODE, name, values=values)]


def decided(
    facts: Iterable[Fact], keys: Collection[Key], document: Document | None
) -> tuple[Fact, ...]:
    """The facts, with number and day of the document on those revised targets that name none."""
    if document is None or not document.number.strip():
        return tuple(facts)
    said = {"decision": document.number.strip(), "decision_date": document.day}
    return tuple(replace(one, **said) if _lacks(one, keys) else one for one in facts)  # type: ignore[arg-type]


def _lacks(fact: Fact, keys: Collection[Key]) -> bool:
    return isinstance(fact, Target) and fact.key in keys and not fact.decision
