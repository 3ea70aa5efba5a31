"""Counting: the figures that registers make, live, beside those that somebody entered.

An indicator names what it is counted from: "models:recognised", "tasks:cchc:done",
"awards:individual". A count is a figure of the whole year; a unit without a row in the register
has none, which is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from danvan.model import Area, Catalogue, Indicator, Period, Register
from danvan.registers.lives import STAGES, reached
from danvan.registers.searching import bare
from danvan.store import Store

REGISTERS = {"models": Register.MODEL, "tasks": Register.TASK, "awards": Register.AWARD}
Entries = Mapping[Register, pd.DataFrame]
COUNTS = {"unit": "str", "indicator": "str", "counted": "int64"}


def counts_of(
    store: Store, catalogue: Catalogue, year: int, as_of: datetime | None = None
) -> pd.DataFrame:
    """What the store's registers count in a year (`counted`)."""
    entries = {one: store.entries(one, year, as_of) for one in counted_in(catalogue, year)}
    return counted(entries, catalogue, year)


def counted_in(catalogue: Catalogue, year: int) -> list[Register]:
    """The registers that some indicator of the year is counted from."""
    wanted = {register_of(one) for one in catalogue.indicators if one.valid_in(year)}
    return [one for one in Register if one in wanted]


def register_of(indicator: Indicator) -> Register | None:
    """The register an indicator is counted from; None for one that is entered."""
    return REGISTERS.get(indicator.counted_from.partition(":")[0])


def behind(entries: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The rows of its register that an indicator counts."""
    return _asked(entries, indicator.counted_from, catalogue)[1]


def tallied(entries: Entries, term: str, catalogue: Catalogue) -> dict[str, int]:
    """How many rows "tasks:cchc", "models:recognised" or "awards" has, by unit: a unit with others
    below it has those of them all. A unit without any row in that list is left out.
    """
    register = REGISTERS.get(term.partition(":")[0])
    if register is None or register not in entries:
        return {}
    parents = {unit.code: unit.parent for unit in catalogue.units}
    listed, mine = _asked(entries[register], term, catalogue)
    found = {above: 0 for unit in listed["unit"].unique() for above in _upwards(unit, parents)}
    for unit, count in mine["unit"].value_counts().items():
        for above in _upwards(str(unit), parents):
            found[above] += int(count)
    return found


def counted(entries: Entries, catalogue: Catalogue, year: int) -> pd.DataFrame:
    """How many rows each unit has for each indicator that is counted (columns COUNTS)."""
    found = []
    for indicator in catalogue.indicators:
        register = register_of(indicator)
        if register is None or not indicator.valid_in(year) or entries[register].empty:
            continue
        listed, mine = _asked(entries[register], indicator.counted_from, catalogue)
        units = pd.Index(listed["unit"].unique())
        counts = mine["unit"].value_counts().reindex(units, fill_value=0)
        found.append(
            pd.DataFrame({"unit": units, "indicator": indicator.code, "counted": counts.to_numpy()})
        )
    empty = pd.DataFrame({name: [] for name in COUNTS})
    return (pd.concat(found, ignore_index=True) if found else empty).astype(COUNTS)


def with_counts(figures: pd.DataFrame, counts: pd.DataFrame, year: int) -> pd.DataFrame:
    """The year's figures (Store.figures) with the counts where nobody entered a result.

    What was entered, for the year or any part of it, is not touched: it was approved by somebody.
    """
    stated = figures[figures["result"].notna()]
    known = pd.MultiIndex.from_frame(stated[["unit", "indicator"]])
    free = counts[~pd.MultiIndex.from_frame(counts[["unit", "indicator"]]).isin(known)]
    if free.empty:
        return figures
    free = free.assign(year=year, period=str(Period.YEAR))
    whole = figures.merge(free, on=["year", "period", "unit", "indicator"], how="outer")
    result = whole["result"].where(whole["result"].notna(), whole["counted"])
    for name, kind in figures.dtypes.items():
        if kind == bool:
            whole[name] = whole[name].eq(True)  # missing is no
    texts = dict.fromkeys(("reason", "target_note", "result_note"), "")
    return whole.assign(result=result).fillna(texts)[list(figures.columns)].astype(figures.dtypes)


def beside(rows: pd.DataFrame, counts: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Measured rows with `counted` (float, NaN where nothing is counted), for the year alone, and
    `counted_apart`: the result less the count, NaN where either is missing or they agree.

    A unit with others below it has the count of them all.
    """
    parents = {unit.code: unit.parent for unit in catalogue.units}
    lines = [
        (above, row.indicator, row.counted)
        for row in counts.itertuples()
        for above in _upwards(str(row.unit), parents)
    ]
    sums = pd.DataFrame(lines, columns=list(COUNTS)).groupby(["unit", "indicator"])["counted"].sum()
    keys = pd.MultiIndex.from_frame(rows[["unit", "indicator"]])
    found = pd.Series(sums.reindex(keys).to_numpy(dtype=float), rows.index)
    found = found.where(rows["period"] == Period.YEAR)
    apart = (rows["result"] - found).round(4)
    return rows.assign(counted=found, counted_apart=apart.where(apart != 0, np.nan))


def _asked(
    entries: pd.DataFrame, term: str, catalogue: Catalogue
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that the list of a term has, and those of them that it counts."""
    kind, *rule = term.split(":")
    match kind, rule:
        case "models", [stage] if stage in STAGES:
            far = [s for s in entries["state"].unique() if reached(s) >= STAGES.index(stage)]
            return entries, entries[entries["state"].isin(far)]
        case _, []:
            return entries, entries
        case "tasks", [area]:
            listed = entries[_of_area(entries["area"], area, catalogue)]
            return listed, listed
        case "tasks", [area, state]:
            listed = entries[_of_area(entries["area"], area, catalogue)]
            return listed, listed[listed["state"] == state]
        case "awards", [holder]:
            return entries, entries[entries["kind"] == holder]
    return entries.head(0), entries.head(0)


def _of_area(texts: pd.Series[str], code: str, catalogue: Catalogue) -> pd.Series[bool]:
    """Whether each text names the area, by its code or its name."""
    area = catalogue.area.get(code.upper(), Area(code, code, code))
    names = {bare(area.code), bare(area.name), bare(area.name_en)}
    return texts.map(bare).isin(names)


def _upwards(unit: str, parents: Mapping[str, str]) -> Iterable[str]:
    """The unit and all above it."""
    seen = set[str]()
    while unit and unit not in seen:
        seen.add(unit)
        yield unit
        unit = parents.get(unit, "")
