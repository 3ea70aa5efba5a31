"""Cards of the key groups: the figure that leads, last year beside it, and the years in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from danvan import charts
from danvan.charts import Link, Theme
from danvan.findings import change, figure, name, ratio
from danvan.model import KeyGroup, Period
from danvan.rows import Row, known, rows_of
from danvan.states import State
from danvan.wording import Words
from ui import cached, markup
from ui.view import View


@dataclass(frozen=True)
class Card:
    """Texts in markdown; `spark` is the HTML of the line, "" where there is but one year."""

    key: str
    title: str
    figure: str
    about: str
    before: str
    others: list[str]
    spark: str


def cards(view: View, shown: pd.DataFrame, link: Link, theme: Theme) -> list[Card]:
    """A card for each key group of which the unit has a figure in the period."""
    rows = {row["indicator"]: row for row in rows_of(shown)}
    years = _years(view)
    found = []
    for group in view.catalogue.groups:
        mine = [rows[code] for code in group.indicators if code in rows]
        told = [row for row in mine if known(row["result"]) or known(row["target"])]
        if told:
            found.append(_card(group, told, years, view, link, theme))
    return found


def show(shown: list[Card]) -> None:
    """The cards beside each other; one below the other on a phone."""
    for column, card in zip(st.columns(len(shown) or 1), shown, strict=False):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(f"**{card.title}**")
            st.markdown(f"### {card.figure}")
            st.markdown(card.about)
            if card.before:
                st.markdown(f":small[{card.before}]")
            if card.spark:
                st.html(card.spark)
            for line in card.others:
                st.markdown(f":small[{line}]")


def _card(
    group: KeyGroup,
    rows: Sequence[Row],
    years: pd.DataFrame,
    view: View,
    link: Link,
    theme: Theme,
) -> Card:
    words, (lead, *others) = view.words, rows
    series = years[years["indicator"] == lead["indicator"]] if len(years) else years
    over = (
        series[series["due"]] if len(series) else series
    )  # a part of a year is no point of a line
    spark = ""
    if len(over) > 1 and over["result"].notna().any():
        spark = _picture(charts.sparkline(over, theme), charts.sparkline_words(over, words))
    return Card(
        key=group.code,
        title=markup.plain(words.name(group)),
        figure=markup.plain(figure(lead, words)),
        about=f"{_state(lead, words)}[{markup.plain(name(lead, words))}]({link(lead)})",
        before=_before(lead, series, words),
        others=[
            f"[{markup.plain(name(row, words))}]({link(row)}): {markup.plain(figure(row, words))}"
            for row in others
        ],
        spark=spark,
    )


def _picture(svg: str, said: str) -> str:
    """The drawing as a picture with its words."""
    return f'<img src="data:image/svg+xml,{quote(svg)}" alt="{escape(said)}" style="width:100%">'


def _years(view: View) -> pd.DataFrame:
    """The unit's years up to the one that is shown; nothing for a part of a year."""
    leading = [code for group in view.catalogue.groups for code in group.indicators]
    years = cached.over_years(view.unit.code, leading, view.as_of)
    if view.period is not Period.YEAR:
        return years.head(0)
    return years[years["year"] <= view.year]


def _state(row: Row, words: Words) -> str:
    share = f"{ratio(row)} · " if known(row["ratio"]) else ""
    badge = f"{markup.badge(State(row['state']), words)}  \n" if row["state"] else ""
    return f"{share}{badge}"


def _before(row: Row, series: pd.DataFrame, words: Words) -> str:
    """The year before in words: "Năm 2021: 37 mô hình; tăng 5 mô hình (+13,5 %)"."""
    before = series[series["year"] == row["year"] - 1] if len(series) else series
    if before.empty:
        return ""
    old = rows_of(before)[0]
    values: dict[str, Any] = {"year": str(old["year"]), "figure": figure(old, words)}
    if not (known(old["result"]) and known(row["result"]) and row["due"]):
        return markup.plain(words("card.before", **values))
    gap = row["result"] - old["result"]
    key = "more" if gap > 0 else "less" if gap < 0 else "same"
    return markup.plain(words(f"card.{key}", gap=change(old, row, words), **values))
