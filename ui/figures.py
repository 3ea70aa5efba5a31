"""Figures on a page: drawn with their words, listed with their links, traced to their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from danvan.charts import Link
from danvan.findings import Missing, figure, measure, name
from danvan.rows import Row, known, rows_of
from danvan.states import LOOKS, State
from danvan.wording import Words, day, moment, number, percent
from ui import filters, markup

CARD = "pages/view/indicator.py"


class Ready(go.Figure):  # type: ignore[misc] # plotly ships no types
    """A chart whose plain form is made once; Streamlit asks for it on every rerun."""

    def __init__(self, chart: go.Figure) -> None:
        super().__init__(chart, _validate=False)
        self._plain: dict[str, Any] = super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        """The chart as Streamlit sends it; nobody may change it."""
        return self._plain


def draw(chart: go.Figure, words: str) -> None:
    """A chart that does not move under the finger, with its sentence for those who cannot see."""
    st.plotly_chart(chart, alt=words, theme=None, config={"displayModeBar": False})


def address(year: int, words: Words) -> Link:
    """Where the card of a row is, as a link relative to the overview."""

    def link(row: Row) -> str:
        asked = filters.query(year, words, unit=row["unit"], indicator=row["indicator"])
        return f"indicator?{urlencode(asked)}"

    return link


def card_link(text: str, year: int, unit: str, indicator: str, words: Words) -> None:
    """A line of markdown, and beside it the way to the card "why this number"."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(text, width="stretch")
        st.page_link(
            CARD,
            label=words("figure.see"),
            icon=":material/chevron_right:",
            icon_position="right",
            query_params=filters.query(year, words, unit=unit, indicator=indicator),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Markdown about one figure, and which figure it is."""

    text: str
    unit: str
    indicator: str


def missing(lines: Iterable[Missing]) -> list[Line]:
    """What is still missing: each line says how much and where."""
    return [Line(_missing(line), line.unit, line.indicator) for line in lines]


def _missing(line: Missing) -> str:
    look = LOOKS[line.state]
    name, how_much = markup.plain(line.name), markup.plain(line.how_much)
    text = f":{look.tone}[**{look.sign}**] **{name}**: {how_much}"
    return f"{text}  \n:gray[{markup.plain(line.where)}]"


def stated(rows: pd.DataFrame, words: Words) -> list[Line]:
    """Figures that are shown and not judged: the number with its measure, then what it counts."""
    return [Line(_stated(row, words), row["unit"], row["indicator"]) for row in rows_of(rows)]


def _stated(row: Row, words: Words) -> str:
    shown, named = markup.plain(figure(row, words)), markup.plain(name(row, words))
    return f"**{shown}**  \n:gray[{named}]"


def listed(lines: list[Line], empty: str, year: int, words: Words) -> None:
    """The lines, each with the way to its card; the words `empty` where there is none."""
    for line in lines:
        card_link(line.text, year, line.unit, line.indicator, words)
    if not lines:
        st.markdown(empty)


def table(rows: pd.DataFrame, origins: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The figures as a table of markdown, with where each was read."""
    places = {row["fact"]: place(row) for row in rows_of(origins)}
    records = [
        {
            words("table.indicator"): name(row, words),
            words("table.measure"): measure(row, words, 2),
            words("table.target"): number(row["target"], row["decimals"]),
            words("table.result"): figure(row | {"target": nan}, words, with_measure=False),
            words("table.ratio"): percent(row["ratio"]),
            words("table.state"): state(row, words),
            words("table.source"): source(row, places, words),
        }
        for row in rows_of(rows)
    ]
    return pd.DataFrame(records).map(markup.plain)


def state(row: Row, words: Words) -> str:
    """The state of a row with its sign."""
    if not row["state"]:
        return words("state.none")
    known = State(row["state"])
    return f"{LOOKS[known].sign} {words(f'state.{known}')}"


def source(row: Row, places: Mapping[int, str], words: Words) -> str:
    """File and cell of a row's result, or that it was joined from units below."""
    if not known(row["result"]):
        return "–"
    if row["joined"]:
        return words("source.joined", n=int(row["units_reported"]))
    return places.get(row["result_fact"], words("source.periods"))


def place(row: Row) -> str:
    """Where a fact was read: "figures-2022.csv · E3"."""
    sheet = f"{row['sheet']}!" if row["sheet"] else ""
    return " · ".join(part for part in (row["file"], f"{sheet}{row['cell']}") if part)


def documents(origins: pd.DataFrame, words: Words) -> list[str]:
    """The documents and files the year's figures rest on, and when they were stored (markdown)."""
    return [
        words(
            "source.document",
            document=markup.plain(document(row)) or words("source.no_document"),
            file=markup.plain(row["file"]),
            number=row["submission"],
            at=moment(row["at"]),
        )
        for row in rows_of(origins.drop_duplicates("submission"))
    ]


def document(row: Row) -> str:
    """The document of a submission: title, number, issuer, date."""
    issued = date.fromisoformat(row["document_date"]) if row["document_date"] else None
    parts = (row["document"], row["document_number"], row["issuer"], day(issued) if issued else "")
    return ", ".join(part for part in parts if part)
