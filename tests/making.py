"""Small catalogues, figures and files made for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from danvan.model import (
    Area,
    Catalogue,
    Channel,
    Direction,
    Fact,
    File,
    Indicator,
    Kind,
    OverPeriods,
    OverUnits,
    Result,
    Submission,
    Target,
    Unit,
    YearRule,
)
from danvan.store import Store
from danvan.store.reading import FIGURE_TYPES

YEAR = 2022
AFTER = date(2023, 1, 15)  # every period of YEAR is due
RULE = YearRule(YEAR)
WARDS = ("W1", "W2", "W3")
NOTHING: dict[str, Any] = {
    name: {"float64": float("nan"), "bool": False, "Int64": pd.NA}.get(kind, "")
    for name, kind in FIGURE_TYPES.items()
}


def indicator(code: str, **rules: Any) -> Indicator:
    """An indicator that is summed over units and periods, more being better, unless said."""
    known: dict[str, Any] = {
        "area": "A",
        "name": f"Chỉ tiêu {code}",
        "name_en": f"Indicator {code}",
        "measure": "mô hình",
        "measure_en": "model/models",
        "kind": Kind.COUNT,
        "direction": Direction.MORE,
        "over_units": OverUnits.SUM,
        "over_periods": OverPeriods.SUM,
    }
    return Indicator(code=code, **known | rules)


INDICATORS = (
    indicator("SUM"),
    indicator("LATEST", over_periods=OverPeriods.LATEST),
    indicator("OWN", over_units=OverUnits.OWN, over_periods=OverPeriods.OWN),
    indicator(
        "SHARE",
        kind=Kind.PERCENT,
        measure="%",
        measure_en="",
        over_units=OverUnits.RATIO,
        over_periods=OverPeriods.LATEST,
        decimals=2,
    ),
    indicator("LESS", direction=Direction.LESS),
    indicator("BAND", direction=Direction.BAND),
    indicator("TRACK", direction=Direction.TRACK),
)

CATALOGUE = Catalogue(
    areas=(Area("A", "Lĩnh vực A", "Area A"), Area("B", "Lĩnh vực B", "Area B")),
    indicators=INDICATORS,
    units=(
        Unit("CITY", "Thành phố", "City", "thành phố"),
        *(Unit(code, f"Phường {code[1]}", f"Ward {code[1]}", "phường", "CITY") for code in WARDS),
        Unit("OLD", "Phường cũ", "Old ward", "phường", "CITY", last_day=date(2021, 12, 31)),
    ),
)


def figures(*rows: dict[str, Any]) -> pd.DataFrame:
    """A year's figures as the store returns them; a row says only what it is about."""
    known = {"year": YEAR, "period": "year", "unit": "CITY", "indicator": "SUM"}
    filled = [NOTHING | known | row for row in rows]
    return pd.DataFrame(filled, columns=list(FIGURE_TYPES)).astype(FIGURE_TYPES)


def only(frame: pd.DataFrame, **where: object) -> Any:
    """The one row of the frame with these values."""
    for name, value in where.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, frame
    return frame.iloc[0]


def target(value: object, unit: str = "CITY", code: str = "SUM", **more: Any) -> Target:
    return Target(year=YEAR, unit=unit, indicator=code, value=_decimal(value), **more)


def result(value: object, unit: str = "CITY", code: str = "SUM", **more: Any) -> Result:
    return Result(year=YEAR, unit=unit, indicator=code, value=_decimal(value), **more)


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def submission(*facts: Fact, **more: Any) -> Submission:
    return Submission(**{"person": "Lan", "channel": Channel.LOAD, "facts": facts} | more)


def founded(store: Store, catalogue: Catalogue = CATALOGUE, *years: YearRule) -> Store:
    """The store with a catalogue and open years in it."""
    store.submit(
        [
            submission(channel=Channel.CATALOGUE, catalogue=catalogue),
            submission(channel=Channel.YEAR, years=years or (RULE,)),
        ]
    )
    return store


def csv_file(text: str, name: str = "figures.csv") -> File:
    return File(name, text.encode("utf-8"))
