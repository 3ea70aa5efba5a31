"""Closing: a year's way from planning to open to closed, and what speaks against closing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from danvan.access import Access
from danvan.accounts import Act
from danvan.errors import RefusedError
from danvan.explanations import unexplained, wanted
from danvan.findings import name
from danvan.listing import judged
from danvan.model import Period, Register, Stage, YearRule
from danvan.reconciliation import Discrepancy, discrepancies
from danvan.rows import Row
from danvan.states import State
from danvan.wording import Words, period_name

FIRST, LAST = 2000, 2099  # a year outside of it is a slip of the keyboard


@dataclass(frozen=True)
class Checklist:
    """What a year still lacks at that revision of the store.

    `missing` and `unexplained` are rows of completion.measured, `waiting` of Store.submissions;
    `discrepancies` are the open ones. `unfinished` are key tasks that are not done: to be known, and
    nothing against closing.
    """

    year: int
    revision: int
    missing: pd.DataFrame
    waiting: pd.DataFrame
    unexplained: pd.DataFrame
    discrepancies: tuple[Discrepancy, ...]
    unfinished: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "missing": len(self.missing),
            "waiting": len(self.waiting),
            "unexplained": len(self.unexplained),
            "discrepancies": len(self.discrepancies),
        }

    @property
    def open_points(self) -> int:
        """How many in all; none where the year can be closed as it is."""
        return sum(self.counts.values())


def checklist(store: Access, year: int, today: date) -> Checklist:
    """The check list of a year. Raises RefusedError for one that was never opened."""
    store.need(Act.YEARS)
    revision, rule = store.revision(), _rule(store, year)
    after = max(today, date(year + 1, 1, 1), rule.judged_from)  # nothing is too early any more
    catalogue = store.seen_catalogue()
    asked = list(dict.fromkeys([Period.YEAR, *rule.round]))  # a round's figures are explained too
    rows = judged(store, catalogue, rule, after, periods=asked)
    parents = {unit.code: unit.parent for unit in catalogue.units}
    asks = unexplained(wanted(store, rule, rows))
    about = ["period", "unit", "indicator"]
    silent = pd.MultiIndex.from_frame(rows[about]).isin(pd.MultiIndex.from_frame(asks[about]))
    submissions, years = store.submissions(), store.stated_years()
    waits = [
        outcome == "submitted" and year in years.get(number, ())
        for number, outcome in zip(submissions["id"], submissions["outcome"], strict=True)
    ]
    return Checklist(
        year=year,
        revision=revision,
        missing=_missing(rows[rows["period"] == Period.YEAR], parents),
        waiting=submissions[waits],
        unexplained=rows[silent],
        discrepancies=tuple(one for one in discrepancies(store, year) if one.open),
        unfinished=_unfinished(store, year),
    )


def named(row: Row, words: Words) -> str:
    """The indicator of a figure on the list, with its period where that is a part of the year."""
    if row["period"] == Period.YEAR:
        return name(row, words)
    return f"{name(row, words)} ({period_name(row['year'], row['period'], words)})"


def _unfinished(store: Access, year: int) -> pd.DataFrame:
    """Key tasks of the year that are not done, rows of Store.entries."""
    tasks = store.entries(Register.TASK, year)
    return tasks[(tasks["kind"] == "key") & (tasks["state"] != "done")]


def _missing(rows: pd.DataFrame, parents: dict[str, str]) -> pd.DataFrame:
    """Figures that nobody reported; one that only waits for units below is not counted again."""
    missing = rows[rows["state"] == State.NOT_REPORTED]
    owed = zip(missing["unit"].map(parents), missing["indicator"], strict=True)
    above = set(owed)
    own = [
        not (joined and (unit, indicator) in above)
        for joined, unit, indicator in zip(
            missing["joined"], missing["unit"], missing["indicator"], strict=True
        )
    ]
    return missing[own]


def plan(store: Access, year: int) -> YearRule:
    """Begin to plan a year: it can be filled in, and is said to be in planning.

    Whoever plans may; an admin opens it, and from then on its targets bind.
    """
    store.need(Act.PLAN)
    _check_likely(year)
    if year in store.years():
        raise RefusedError("year_known", year=year)
    return _set(store, YearRule(year, Stage.PLANNING))


def begin(store: Access, year: int) -> YearRule:
    """Open a year that is planned or new."""
    store.need(Act.YEARS)
    _check_likely(year)
    rule = store.years().get(year, YearRule(year, Stage.PLANNING))
    if rule.stage is Stage.OPEN:
        raise RefusedError("year_is_open", year=year)
    if rule.stage is Stage.CLOSED:
        raise RefusedError("year_is_closed", year=year)
    return _set(store, replace(rule, stage=Stage.OPEN, reason=""))


def close(store: Access, checked: Checklist, reason: str = "") -> YearRule:
    """Close a year: nothing may be open, or a reason says why it is closed all the same.

    A missed figure without an explanation keeps it open whatever the reason: the office can
    explain it in its unit's place. Raises RefusedError too where something was stored since the
    list was made.
    """
    rule, reason = _rule(store, checked.year), reason.strip()
    if rule.stage is not Stage.OPEN:
        key = "year_is_closed" if rule.stage is Stage.CLOSED else "year_planned"
        raise RefusedError(key, year=rule.year)
    if len(checked.unexplained):
        raise RefusedError("year_unexplained", year=rule.year, n=len(checked.unexplained))
    if checked.open_points and not reason:
        raise RefusedError("year_not_clear", year=rule.year, **checked.counts)
    return _set(store, replace(rule, stage=Stage.CLOSED, reason=reason), checked.revision)


def reopen(store: Access, year: int, reason: str) -> YearRule:
    """Open a closed year again; refused without a reason."""
    rule = _rule(store, year)
    if rule.stage is not Stage.CLOSED:
        raise RefusedError("year_not_closed", year=year)
    return _set(store, replace(rule, stage=Stage.OPEN, reason=reason.strip()))


def _rule(store: Access, year: int) -> YearRule:
    rule = store.years().get(year)
    if rule is None:
        raise RefusedError("unknown_year", year=year)
    return rule


def _set(store: Access, rule: YearRule, only_at: int | None = None) -> YearRule:
    if not store.set_year(rule, only_at):
        raise RefusedError("year_moved", year=rule.year)
    return rule


def _check_likely(year: int) -> None:
    if not FIRST <= year <= LAST:
        raise RefusedError("year_unlikely", year=year, first=FIRST, last=LAST)
