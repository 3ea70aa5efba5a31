"""Revising: targets of a year that is open change by a decision, which is kept with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from danvan.errors import Problem, Severity
from danvan.intake.difference import Change, Key, by_key, differences
from danvan.model import Document, Fact, Stage, Target, YearRule
from danvan.rows import Row, known

AIMS = ("target", "lower", "upper")
CODE = "revision_undecided"
STANDS = {"value": "target"}


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


def kept(facts: Iterable[Fact], standing: pd.DataFrame) -> tuple[Fact, ...]:
    """The facts, with what their targets do not say as it stands: baseline, other bound.

    A file without a column for them does not take them back; a target taken back takes all along.
    """
    stands = by_key(standing)
    return tuple(
        _kept(fact, stands[fact.key]) if isinstance(fact, Target) and fact.key in stands else fact
        for fact in facts
    )


def _kept(fact: Target, stands: Row) -> Target:
    said = {name: getattr(fact, name) for name in ("value", "lower", "upper", "baseline")}
    if all(value is None for value in said.values()):
        return fact
    if fact.value is not None:
        said = {"baseline": fact.baseline}
    more = {
        name: Decimal(str(stands[STANDS.get(name, name)]))
        for name, value in said.items()
        if value is None and known(stands[STANDS.get(name, name)])
    }
    return replace(fact, **more)  # type: ignore[arg-type]


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
