"""Rules: by what figures are judged and joined, as it stands or stood: catalogue, years, boundaries."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from danvan.model import (
    Alias,
    Area,
    Boundary,
    Catalogue,
    Direction,
    Indicator,
    KeyGroup,
    Kind,
    Minimum,
    OverPeriods,
    OverUnits,
    Period,
    Point,
    Round,
    Stage,
    Unit,
    UnitChange,
    Whole,
    YearRule,
)
from danvan.store.engine import Connection
from danvan.store.live import live_in, newest, stamp


def years(connection: Connection, as_of: datetime | None) -> dict[int, YearRule]:
    """The rule of every year that has been opened, by year, with its rounds."""
    rounds = _rounds(connection, as_of)
    return {
        row["year"]: YearRule(
            year=row["year"],
            stage=Stage(row["stage"]),
            margin=Decimal(str(row["margin"])),
            judge_from=_day(row["judge_from"]),
            reason=row["reason"],
            rounds=tuple(one for one in rounds if one.year == row["year"]),
        )
        for row in newest(connection, "year_rule", "year", as_of, order="year")
    }


def _rounds(connection: Connection, as_of: datetime | None) -> list[Round]:
    """The reporting rounds that were not called off, in the order of their periods' ends."""
    found = [
        Round(
            year=row["year"],
            period=Period(row["period"]),
            due=date.fromisoformat(row["due"]),
            units=tuple(row["units"].split()),
            indicators=tuple(row["indicators"].split()),
            note=row["note"],
        )
        for row in newest(connection, "round", "year, period", as_of, order="year, due, period")
        if not row["removed"]
    ]
    return sorted(found, key=lambda one: (one.year, one.period.months[-1], one.due))


def catalogue(connection: Connection, as_of: datetime | None) -> Catalogue:
    """Areas, indicators, units and unit changes."""
    changes = connection.rows(
        f"""with {live_in("unit_change")} select day, old, new, basis from unit_change
        join live on live.submission = unit_change.submission order by unit_change.id""",
        {"as_of": stamp(as_of)},
    )
    return Catalogue(
        areas=tuple(
            Area(row["code"], row["name"], row["name_en"])
            for row in newest(connection, "area_version", "code", as_of)
        ),
        groups=tuple(
            KeyGroup(row["code"], row["name"], row["name_en"], tuple(row["indicators"].split()))
            for row in newest(connection, "group_version", "code", as_of)
        ),
        indicators=tuple(
            _indicator(row) for row in newest(connection, "indicator_version", "code", as_of)
        ),
        units=tuple(_unit(row) for row in newest(connection, "unit_version", "code", as_of)),
        aliases=tuple(
            Alias(row["name"], row["code"])
            for row in newest(connection, "alias", "name", as_of, order="id")
            if not row["removed"]
        ),
        minimums=tuple(_minimum(row) for row in _minimums(connection, as_of)),
        wholes=tuple(
            Whole(row["whole"], tuple(row["parts"].split()))
            for row in newest(connection, "whole_version", "whole", as_of, "position, id")
        ),
        changes=tuple(
            UnitChange(date.fromisoformat(row["day"]), row["old"], row["new"], row["basis"])
            for row in changes
        ),
    )


def boundaries(connection: Connection, as_of: datetime | None) -> tuple[Boundary, ...]:
    """Where units lie, those that were taken back left out."""
    found = (
        Boundary(row["unit"], _rings(row["rings"]))
        for row in newest(connection, "boundary", "unit", as_of, order="id")
    )
    return tuple(boundary for boundary in found if boundary.rings)


def _rings(text: str) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple((x, y) for x, y in ring) for ring in json.loads(text))


def _indicator(row: dict[str, Any]) -> Indicator:
    return Indicator(
        code=row["code"],
        area=row["area"],
        name=row["name"],
        name_en=row["name_en"],
        measure=row["measure"],
        measure_en=row["measure_en"],
        kind=Kind(row["kind"]),
        direction=Direction(row["direction"]),
        over_units=OverUnits(row["over_units"]),
        over_periods=OverPeriods(row["over_periods"]),
        decimals=row["decimals"],
        weight=Decimal(str(row["weight"])),
        counted_from=row["counted_from"],
        basis=row["basis"],
        first_year=row["first_year"],
        last_year=row["last_year"],
    )


def _minimums(connection: Connection, as_of: datetime | None) -> list[dict[str, Any]]:
    """All that the last submission that speaks of an indicator says of it: the law may ask different
    kinds of units for different numbers, and for others from some year on.
    """
    return connection.rows(
        f"""
        with {live_in("minimum_version")}, stated as (
            select minimum_version.*, live.rank = max(live.rank) over (
                partition by indicator
            ) as stands
            from minimum_version join live on live.submission = minimum_version.submission
        )
        select * from stated where stands order by position, id
        """,
        {"as_of": stamp(as_of)},
    )


def _minimum(row: dict[str, Any]) -> Minimum:
    return Minimum(
        indicator=row["indicator"],
        kinds=tuple(json.loads(row["kinds"])),
        value=Decimal(str(row["value"])),
        basis=row["basis"],
        first_year=row["first_year"],
        last_year=row["last_year"],
    )


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        parent=row["parent"] or "",
        first_day=_day(row["first_day"]),
        last_day=_day(row["last_day"]),
        population=row["population"],
        note=row["note"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
