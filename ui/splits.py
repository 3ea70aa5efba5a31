"""Bars of a register: rows counted by one key and split by another, ready to be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from danvan import charts
from danvan.charts import Split, Theme
from danvan.registers import NONE
from danvan.rows import Row
from danvan.states import Look
from danvan.wording import Words, number
from ui import figures, register, tables
from ui.tables import Column, Listed

MOST = 8  # bars of one chart; the table has all


def counted(
    rows: pd.DataFrame,
    by: str,
    parts: str,
    title: Callable[[str], str],
    link: Callable[[str], str],
    order: Sequence[str] = (),
) -> list[Split]:
    """A split for each key of the column `by` that rows have, counted by the column `parts`.

    In the order given, or the most rows first; what is not said comes last.
    """
    found: dict[Any, int] = rows.groupby(by)[parts].value_counts().to_dict()
    totals = rows[by].value_counts()
    keys = [key for key in order if key in totals.index] or [k for k in totals.index if k != NONE]
    keys += [NONE] if NONE in totals.index and NONE not in keys else []
    return [Split(title(key), _of(key, found), len(rows), link(key)) for key in keys]


def _of(key: str, found: Mapping[Any, int]) -> dict[str, int]:
    return {part: int(n) for (one, part), n in found.items() if one == key}


def drawn(
    key: str,
    title: str,
    splits: Sequence[Split],
    looks: Mapping[str, Look],
    family: str,
    words: Words,
    theme: Theme,
    note: str = "",
) -> figures.Drawn:
    """The splits as a chart with its words and its table."""
    names = {part: register.key_word(part, family, words).lower() for part in looks}
    shown = splits[:MOST]
    return figures.Drawn(
        key,
        title,
        figures.Ready(charts.split_bars(shown, looks, names, theme)),
        charts.split_bars_words(shown, looks, names),
        Listed(title, [_row(one) for one in splits], _columns(splits, looks, names, words)),
        note,
    )


def _row(split: Split) -> Row:
    return {"title": split.title, "total": split.total, **split.counts}


def _columns(
    splits: Sequence[Split], looks: Mapping[str, Look], names: Mapping[str, str], words: Words
) -> list[Column]:
    there = [part for part in looks if any(part in one.counts for one in splits)]
    return [
        tables.text(words("splits.what"), lambda row: row["title"], 30),
        _number(words("splits.total"), "total"),
        *(_number(f"{looks[part].sign} {names[part]}", part) for part in there),
    ]


def _number(heading: str, name: str) -> Column:
    return Column(
        heading,
        lambda row: row.get(name, 0),
        lambda row: number(row.get(name, 0)),
        14,
        is_number=True,
    )


def badges(keys: pd.Series[str], looks: Mapping[str, Look], family: str, words: Words) -> str:
    """How many rows are of each key, as small labels with sign and word (markdown)."""
    counts = keys.value_counts()
    return " ".join(
        f":{look.tone}-badge[{look.sign} {number(int(counts[key]))} "
        f"{register.key_word(key, family, words).lower()}]"
        for key, look in looks.items()
        if key in counts
    )
