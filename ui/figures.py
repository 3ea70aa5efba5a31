"""Figures on a page: drawn with their words, listed with their links, traced to their source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from danvan.access import Access
from danvan.charts import Link
from danvan.findings import Missing, figure, name, register_mark
from danvan.rows import Row, rows_of
from danvan.spreadsheet import workbook
from danvan.states import LOOKS
from danvan.wording import Words, day, moment
from ui import access, filters, markup, pictures
from ui.tables import Listed

CARD = "pages/view/indicator.py"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEEN = 6  # lines of a list before the rest is one click away
NAMED = 5  # units of one line before the rest are counted
EXPLAINED = 1  # of them whose explanation stands below; the figure's card has all


class Ready(go.Figure):  # type: ignore[misc] # plotly ships no types
    """A chart whose plain form is made once; Streamlit asks for it on every rerun."""

    def __init__(self, chart: go.Figure) -> None:
        super().__init__(chart, _validate=False)
        self._plain: dict[str, Any] = super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        """The chart as Streamlit sends it; nobody may change it."""
        return self._plain


@dataclass(frozen=True)
class Drawn:
    """A chart, the same in words, the finding that is its title, and its table.

    `key` names it in the page; `note` stands below it.
    """

    key: str
    title: str
    chart: go.Figure
    words: str
    listed: Listed
    note: str = ""


def draw(chart: go.Figure, words: str, key: str | None = None) -> None:
    """A chart that does not move under the finger, with its sentence for those who cannot see."""
    st.plotly_chart(chart, alt=words, theme=None, key=key, config={"displayModeBar": False})


def show(drawn: Drawn, words: Words) -> None:
    """A chart in its frame: the finding, the drawing, its table and both to take away."""
    with st.container(border=True, key=f"frame-{drawn.key}"):
        st.subheader(markup.plain(drawn.title), anchor=False)
        if not drawn.words:  # there is nothing to draw, and the title says so
            return
        draw(drawn.chart, drawn.words, drawn.key)
        if drawn.note:
            st.caption(drawn.note)
        tools(drawn.key, drawn.title, drawn.listed, words)


def tools(key: str, title: str, listed: Listed, words: Words) -> None:
    """Below a chart: its table, one click away and made only then; its picture."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        table = st.popover(
            words("chart.table"),
            type="tertiary",
            icon=":material/table:",
            key=f"table-{key}",
            on_change="rerun",
        )
        pictures.button(key, title, source(words), words)
    if table.open:
        with table:
            st.html(listed.html(filters.theme()))
            download(key, listed, words)


def source(words: Words) -> str:
    """What stands below a picture that leaves the page."""
    return words("chart.source", day=day(date.today()))


def download(key: str, listed: Listed, words: Words, mark: str = "") -> None:
    """The table as a workbook, made when it is asked for and recorded under the reader's name.

    `mark` tells tables apart that one page makes of the same revision. Not for those who look without having signed in, except before anybody has an account.
    """
    if not (access.person() or access.is_new()):
        return
    reader = access.current()
    st.download_button(
        words("chart.download"),
        data=partial(_taken, reader, key, listed),
        # the revision is in the name: Streamlit may hand out an older file of the same name
        file_name=f"{key}-{reader.revision()}{mark}.xlsx",
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{key}{mark}",
    )


def _taken(reader: Access, key: str, listed: Listed) -> bytes:
    reader.renewed().exported(f"table {key}", rows=len(listed.rows))
    return workbook(listed.table())


def address(page: str, year: int, words: Words) -> Link:
    """Where the page of a row is, as a link relative to any page: its card, or its unit."""

    same = filters.query(year, words)  # once: a page has hundreds of links

    def link(row: Row) -> str:
        asked = same | {"unit": row["unit"]}
        if page == "indicator":
            asked["indicator"] = row["indicator"]
        return f"{page}?{urlencode(asked)}"

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


def missing(lines: Iterable[Missing], link: Link, words: Words) -> list[str]:
    """What is still missing: each line says how much and where; each place leads to its card."""
    return [_missing(line, link, words) for line in lines]


def _missing(line: Missing, link: Link, words: Words) -> str:
    look = LOOKS[line.state]
    title, how_much = markup.plain(line.name), markup.plain(line.how_much)
    own = link({"unit": line.unit, "indicator": line.indicator})
    text = f":{look.tone}[**{look.sign}**] **[{title}]({own})**: {how_much}{_why(line.explanation)}"
    places = [
        f"[{markup.plain(place.text)}]({link({'unit': place.unit, 'indicator': line.indicator})})"
        for place in line.places[:NAMED]
    ]
    if not places:
        return text
    rest = len(line.places) - NAMED
    more = f" {words('finding.and_more', n=rest)}" if rest > 0 else ""
    return f"{text}  \n{', '.join(places)}{more}{_whys(line, own, words)}"


def _whys(line: Missing, link: str, words: Words) -> str:
    """What the first of the units behind say of it; the others one click away (markdown)."""
    explained = [place for place in line.places if place.explanation]
    said = "".join(_why(f"{one.text}: {one.explanation}") for one in explained[:EXPLAINED])
    rest = len(explained) - EXPLAINED
    return (
        f"{said} :small[[{words('finding.more_explained', n=rest)}]({link})]" if rest > 0 else said
    )


def _why(said: str) -> str:
    """What explains a figure, on a line of its own (markdown); nothing where nobody did."""
    return f"  \n:gray[:small[{markup.plain(said)}]]" if said else ""


def stated(rows: pd.DataFrame, link: Link, words: Words) -> list[str]:
    """Figures that are shown and not judged: the number with its measure, and what it counts."""
    return [
        f"**{markup.plain(figure(row, words))}**{_apart(row, words)}  \n"
        f"[{markup.plain(name(row, words))}]({link(row)})"
        for row in rows_of(rows)
    ]


def _apart(row: Row, words: Words) -> str:
    """The mark of a figure that its register counts otherwise (markdown)."""
    mark = register_mark(row, words)
    return f" :gray[{markup.plain(mark)}]" if mark else ""


def listed_first(
    lines: list[str], empty: str, key: str, words: Words, said: str = "figure.all"
) -> None:
    """The first of the lines, the others one click away; the words `empty` where there is none."""
    for line in lines[:SEEN] or [empty]:
        st.markdown(line)
    if len(lines) > SEEN:
        rest = st.expander(words(said, n=len(lines) - SEEN), key=f"rest-{key}", on_change="rerun")
        if rest.open:
            with rest:
                for line in lines[SEEN:]:
                    st.markdown(line)


def more(drawn: Drawn, words: Words, said: str = "figure.all") -> None:
    """A chart of the rest, one click away and drawn only then; `said` counts what it draws."""
    label = words(said, n=len(drawn.listed.rows))
    rest = st.expander(label, key=f"rest-{drawn.key}", on_change="rerun")
    if rest.open:
        with rest:
            draw(drawn.chart, drawn.words, drawn.key)
            tools(drawn.key, drawn.title, drawn.listed, words)


def place(row: Row) -> str:
    """Where a fact was read: "figures-2022.csv · E3"."""
    sheet = f"{row['sheet']}!" if row["sheet"] else ""
    return " · ".join(part for part in (row["file"], f"{sheet}{row['cell']}") if part)


def places(origins: pd.DataFrame) -> dict[int, str]:
    """Where each fact was read, by its number."""
    return {row["fact"]: place(row) for row in rows_of(origins)}


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


def table(listed: Listed, words: Words) -> None:
    """Everything that is shown, as a table with the source of each number, one click away."""
    kept = st.expander(listed.title, icon=":material/table:", key="table", on_change="rerun")
    if kept.open:
        with kept:
            st.html(listed.html(filters.theme()))
            download("table", listed, words)


def sources(texts: list[str], words: Words) -> None:
    """The documents below the page; many of them one click away."""
    if len(texts) <= SEEN:
        for text in texts:
            st.caption(text)
        return
    kept = st.expander(
        words("source.all", n=len(texts)),
        icon=":material/source:",
        key="sources",
        on_change="rerun",
    )
    if kept.open:
        with kept:
            st.caption("  \n".join(texts))


def document(row: Row) -> str:
    """The document of a submission: title, number, issuer, date."""
    issued = date.fromisoformat(row["document_date"]) if row["document_date"] else None
    parts = (row["document"], row["document_number"], row["issuer"], day(issued) if issued else "")
    return ", ".join(part for part in parts if part)
