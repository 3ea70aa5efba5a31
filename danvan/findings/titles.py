"""The finding that stands above a chart as its title."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan

import pandas as pd

from danvan.findings.figure import figure, measure, name, off, points, ratio
from danvan.model import Catalogue, Kind
from danvan.rows import Row, known, rows_of
from danvan.states import ASKED, JUDGED, REACHED, TROUBLED, State
from danvan.wording import NBSP, Words, number, percent

LISTED = 4  # names in one line before the rest are counted


def judged_title(measured: pd.DataFrame, words: Words) -> str:
    """The finding of the indicators with a target: what lags most, or that nothing does."""
    judged = measured[measured["state"].isin(JUDGED)]
    behind = judged[~judged["state"].isin(REACHED)].sort_values("ratio")
    if len(behind):
        worst = rows_of(behind.head(1))[0]
        if not known(worst["ratio"]):
            return words("finding.behind", n=len(behind), name=name(worst, words))
        told = {"name": name(worst, words), "ratio": ratio(worst)}
        return words("finding.worst", n=len(behind), **told)
    early = int((measured["state"] == State.TOO_EARLY).sum())
    if len(judged) and early:
        return words("finding.early_reached", n=early, reached=len(judged))
    if early:
        return words("finding.all_early", n=early)
    if len(judged):
        return words("finding.all_reached", n=len(judged))
    return words("finding.none_judged")


def areas_title(measured: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The finding of the areas: where something is missing."""
    troubled = measured[measured["state"].isin(TROUBLED)]
    names = [words.name(a) for a in catalogue.areas if a.code in set(troubled["area"])]
    if not names:
        return words("finding.areas_fine")
    shown = ", ".join(names[:LISTED])
    rest = len(names) - LISTED
    more = " " + words("finding.and_more", n=rest) if rest > 0 else ""
    return words("finding.areas", names=shown) + more


def trend_title(years: pd.DataFrame, words: Words) -> str:
    """The finding of one figure over the years: the last year against the one before.

    `years` holds a row a year (completion.restated). From nothing or from 0 there is a
    difference and no percentage; percentages differ in points.
    """
    told = years[years["result"].notna()].sort_values("year")
    if told.empty:
        return words("trend.nothing")
    last = rows_of(told)[-1]
    shown = figure(last | {"target": nan}, words)
    if last["year"] < (newest := int(years["year"].max())):
        return words("trend.silent", year=newest, last=last["year"], figure=shown)
    if len(told) == 1:
        return words("trend.one", year=last["year"], figure=shown)
    before = rows_of(told)[-2]
    if not last["due"]:
        old = figure(before | {"target": nan}, words)
        values = {"year": last["year"], "figure": shown, "before": before["year"], "old": old}
        return words("trend.so_far", **values)
    return words(
        _trend_key(last["result"] - before["result"]),
        year=last["year"],
        figure=shown,
        before=before["year"],
        gap=change(before, last, words),
    )


def change(before: Row, after: Row, words: Words) -> str:
    """How far a result is from the one before it: "5 mô hình (+13,5 %)", "1,2 điểm %"."""
    decimals = int(after["decimals"])
    gap = abs(after["result"] - before["result"])
    if after["kind"] == Kind.PERCENT:
        return points(gap, decimals, words)
    text = number(gap, decimals, beside=0) + NBSP + measure(after, words, gap)
    if before["result"] <= 0 or gap == 0:
        return text
    return f"{text} ({growth(before['result'], after['result'])})"


def growth(before: float, after: float) -> str:
    """The growth from a base above 0, with its sign: "+13,5 %"."""
    share = (after - before) / before
    return ("+" if share > 0 else "−") + percent(abs(share))


def _trend_key(gap: float) -> str:
    return "trend.more" if gap > 0 else "trend.less" if gap < 0 else "trend.same"


def parts_title(parts: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The finding of one figure over the units below: who is furthest off, or that nobody is."""
    short = parts[parts["state"].isin((State.MISSED, State.NEAR))]
    reached = int(parts["state"].isin(REACHED).sum())
    silent = int((parts["state"] == State.NOT_REPORTED).sum())
    early = int((parts["state"] == State.TOO_EARLY).sum())
    if len(short):
        text = _furthest(short, catalogue, words)
        return text + ("; " + words("missing.silent", n=silent) if silent else "")
    if silent:
        return words("parts.silent" if reached and not early else "missing.silent", n=silent)
    if early:
        return words("parts.early", n=early, reached=reached)
    if reached:
        return words("parts.reached", n=reached)
    return words("parts.told", n=int(parts["result"].notna().sum()))


def _furthest(short: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """How many units are off the target, in the words of its direction, and which the most."""
    gaps = (short["target"] - short["result"]).abs()
    worst = rows_of(short.assign(gap=-gaps).sort_values(["gap", "ratio"], kind="stable"))[0]
    unit = words.name(catalogue.unit[worst["unit"]])
    return words(f"parts.{off(worst)}", n=len(short), unit=unit)


def matrix_title(cells: pd.DataFrame, catalogue: Catalogue, words: Words) -> str:
    """The finding of the units' states: how many have missed figures, and who has most."""
    missed = cells[cells["state"] == State.MISSED].groupby("unit", sort=False).size()
    units = cells.loc[cells["state"].isin(ASKED), "unit"].nunique()
    silent = cells.loc[cells["state"] == State.NOT_REPORTED, "unit"].nunique()
    if missed.empty:
        fine = words("matrix.fine", n=units)
        return fine + ("; " + words("matrix.silent", n=silent) if silent else "")
    worst = str(missed.idxmax())
    name = words.name(catalogue.unit[worst])
    return words("matrix.missed", n=len(missed), units=units, unit=name, most=int(missed.max()))


def funnel_title(counts: Mapping[str, int], words: Words) -> str:
    """The finding of a register's stages: how many of those that began came how far."""
    stages = [(stage, count) for stage, count in counts.items() if count]
    if not stages:
        return words("funnel.nothing")
    return " → ".join(words(f"stage.{stage}", n=count) for stage, count in stages)
