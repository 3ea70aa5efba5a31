"""Gathered: all that the screens are made of, read once and of one moment."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

import pandas as pd

from danvan import completion, findings, listing
from danvan.access import Access
from danvan.errors import RefusedError
from danvan.meeting.paging import brief
from danvan.model import Catalogue, Period, Register, Unit, YearRule
from danvan.wording import Words, moment


@dataclass(frozen=True)
class Meeting:
    """A unit's period at a moment. `rows` are the period's figures that the person sees, of the unit
    and all below it; `years` are the unit's yearly figures of its key groups, up to the year.

    `entries` are the rows of each register in the year. `asked` is the code that the figures are limited to, "" for all that is seen.
    """

    words: Words
    year: int
    period: Period
    unit: Unit
    asked: str
    catalogue: Catalogue
    rule: YearRule
    at: datetime
    listed: pd.DataFrame
    years: pd.DataFrame
    origins: pd.DataFrame
    entries: Mapping[Register, pd.DataFrame]
    generated: bool

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The figures of the unit and everything below it."""
        return self.listed[self.listed["unit"].isin(self.catalogue.subtree(self.unit.code))]

    @cached_property
    def own(self) -> pd.DataFrame:
        """The unit's own figures."""
        return self.listed[self.listed["unit"] == self.unit.code]

    @cached_property
    def below(self) -> list[Unit]:
        """The units of the year directly below the unit."""
        code = self.unit.code
        return [u for u in self.catalogue.units if u.parent == code and u.valid_in(self.year)]

    @property
    def on(self) -> date:
        """The day on which everything is judged."""
        return self.at.date()

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.name_of(self.unit)

    @property
    def when(self) -> str:
        """The time the figures are about: "Năm 2022"."""
        return findings.when(self.year, self.period, self.words)

    @property
    def foot(self) -> str:
        """What everybody must be able to read on every screen: whose figures, as of when."""
        frozen = self.words("meeting.frozen", at=moment(self.at))
        parts = [self.name, self.when, frozen]
        return " · ".join([*parts, self.words("meeting.generated")] if self.generated else parts)

    @cached_property
    def figures(self) -> str:
        """The rows as `danvan show --json` prints them."""
        return listing.printed(self.listed)

    @cached_property
    def sha256(self) -> str:
        """Their checksum."""
        return sha256(self.figures.encode()).hexdigest()

    @property
    def command(self) -> str:
        """The command that prints the same rows again."""
        unit = ["--unit", self.asked] if self.asked else []
        period, then = ["--period", str(self.period)], ["--as-of", stamp(self.at)]
        return shlex.join(
            ["danvan", "show", "--year", str(self.year), *period, *unit, *then, "--json"]
        )

    def name_of(self, thing: object) -> str:
        """A name in the reader's language, in one line and no longer than a name can be."""
        return brief(self.words.name(thing))


def gather(
    store: Access, year: int, period: Period, unit: str | None, as_of: datetime | None, words: Words
) -> Meeting:
    """Everything as of the moment, or of now; a moment that has not come is now.

    Raises what listing.listed raises, and RefusedError where the year had no unit yet.
    """
    now = datetime.now().astimezone()
    at = min(as_of.astimezone(), now) if as_of else now
    asked = unit or store.unit
    listed = listing.listed(store, year, period, asked or None, at)
    catalogue, rules = store.seen_catalogue(at), store.years(at)
    tops = [u for u in catalogue.units if u.code == asked] if asked else catalogue.roots(year)
    if year not in rules or not tops:
        raise RefusedError("meeting_nothing_then", year=year, at=moment(at))
    top = tops[0]
    return Meeting(
        words=words,
        year=year,
        period=period,
        unit=top,
        asked=asked,
        catalogue=catalogue,
        rule=rules[year],
        at=at,
        listed=listed,
        years=_years(store, top.code, year, period, at, catalogue, rules),
        origins=store.origins(year, at),
        entries={register: store.entries(register, year, at) for register in Register},
        generated=store.generated(),
    )


def stamp(at: datetime) -> str:
    """The moment for the command and addresses, exact to what the store can tell apart."""
    return at.isoformat(timespec="microseconds")


def _years(
    store: Access,
    unit: str,
    year: int,
    period: Period,
    at: datetime,
    catalogue: Catalogue,
    rules: dict[int, YearRule],
) -> pd.DataFrame:
    """The years of what the key groups follow, restated for the unit; none for a part of a year."""
    if period is not Period.YEAR:
        return pd.DataFrame()
    followed = {code for group in catalogue.groups for code in group.indicators}
    told = {
        one: listing.listed(store, one, Period.YEAR, None, at, followed)
        for one in sorted(rules)
        if one <= year
    }
    return completion.restated(told, catalogue, rules, unit)
