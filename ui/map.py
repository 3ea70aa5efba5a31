"""The map on a page: the units below the one shown, as tiles or where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from danvan import charts, findings
from danvan.charts import Link, Theme, Tile
from danvan.findings import Phrase
from danvan.rows import Row, rows_of
from danvan.states import LOOKS, State
from danvan.wording import Words
from ui import boundaries, cached, figures, filters, markup, tables, view
from ui.tables import Column, Listed
from ui.view import View

KEY = "map"


@dataclass(frozen=True)
class Shown:
    """What the page shows. `areas` is HTML, "" where no unit has a boundary; `tiles` is HTML of the
    units without one. `legend` counts the units that show each state.
    """

    sentence: list[Phrase]
    areas: str
    tiles: str
    legend: dict[State, int]
    note: str
    title: str
    listed: Listed


def choose(asked: View) -> str:
    """The lists to choose indicator and unit by; the indicator in the address, "" for all at once."""
    words = asked.words
    options = {"": words("map.every")} | view.indicators(asked)
    chosen = filters.asked("indicator", list(options), "")
    tops = view.tops(asked)
    with st.container(horizontal=True):
        filters.choose_indicator(options, chosen, words)
        if len(tops) > 1:
            # a unit without others below it is a map of itself
            shown = {asked.unit.code: words.name(asked.unit)}
            filters.choose_unit(shown | tops, asked.unit.code, words)
    return chosen


def city_map(asked: View, indicator: str) -> Shown:
    """The map of an indicator, or of all of them, in the reader's language and theme."""
    return view.made(asked, f"map {indicator}", lambda v, theme: _map(v, indicator, theme))


def _map(asked: View, indicator: str, theme: Theme) -> Shown:
    words, catalogue, measured = asked.words, asked.catalogue, asked.measured
    units = [unit.code for unit in asked.below()] or [asked.unit.code]
    tiles = charts.unit_tiles(measured, units, catalogue, indicator)
    link = _link(asked, indicator)
    known = cached.boundaries(asked.as_of)
    areas = charts.boundary_map(tiles, known, words, theme, link)
    placed = {one.unit for one in known}
    sentence = _sentence(measured, units, asked, indicator)
    about = words.name(catalogue.indicator[indicator]) if indicator else words("map.every")
    where = words.name(asked.unit)
    beside = [tile for tile in tiles if tile.unit.code not in placed]
    return Shown(
        sentence=sentence,
        areas=areas,
        tiles=charts.tiles_html(beside, words, theme, link, 1 if areas else 0) if beside else "",
        legend=charts.units_by_state(tiles),
        note=" ".join(
            [*_measure(asked, indicator), words("map.bounded" if areas else "map.scheme")]
        ),
        title=f"{about} · {where} · {view.time(asked)}: {findings.sentence(sentence)}",
        listed=_listed(tiles, measured, asked, indicator),
    )


def _link(asked: View, indicator: str) -> Link:
    """From a unit to its page, or to its card of the indicator."""
    leads = figures.address("indicator" if indicator else "unit", asked.year, asked.words)
    return lambda row: leads({**row, "indicator": indicator})


def _measure(asked: View, indicator: str) -> list[str]:
    """What the figures of the tiles are counted in; nothing where the map tells all at once."""
    if not indicator:
        return []
    known = asked.catalogue.indicator[indicator]
    row = {"measure": known.measure, "measure_en": known.measure_en}
    return [asked.words("map.measure", measure=findings.measure(row, asked.words, 2))]


def _sentence(
    measured: pd.DataFrame, units: Sequence[str], asked: View, indicator: str
) -> list[Phrase]:
    if not indicator:
        return findings.every_sentence(measured, units, asked.catalogue, asked.words)
    rows = measured[measured["unit"].isin(units) & (measured["indicator"] == indicator)]
    return findings.units_sentence(rows, asked.catalogue, asked.words)


def _listed(tiles: Sequence[Tile], measured: pd.DataFrame, asked: View, indicator: str) -> Listed:
    words = asked.words
    by_unit = tables.by_unit(asked.catalogue, words)
    if indicator:
        units = [tile.unit.code for tile in tiles]
        rows = measured[measured["unit"].isin(units) & (measured["indicator"] == indicator)]
        title = words.name(asked.catalogue.indicator[indicator])
        return Listed(title, rows_of(rows), [by_unit, *tables.figures(words)])
    states = charts.units_by_state(tiles)
    columns = [
        by_unit,
        _count(words("map.with_target"), "asked"),
        _count(words("map.reached"), "reached"),
        *(_count(f"{LOOKS[state].sign} {words(f'state.{state}')}", state) for state in states),
    ]
    return Listed(words("map.every"), [_counted(tile) for tile in tiles], columns)


def _counted(tile: Tile) -> Row:
    counts = {str(state): (tile.counts or {}).get(state, 0) for state in State}
    return {"unit": tile.unit.code, "asked": tile.asked, "reached": tile.reached, **counts}


def _count(heading: str, name: str) -> Column:
    return Column(heading, lambda row: row[name], lambda row: str(row[name]), 12, is_number=True)


def show(shown: Shown, words: Words) -> None:
    """The map with its legend, its table one click away and its picture to take away."""
    with st.container(border=True):
        st.markdown(legend(shown.legend, words))
        with st.container(key=KEY):
            _draw(shown, words)
        st.caption(shown.note)
        if boundaries.changeable():
            boundaries.link(words)
        figures.tools(KEY, shown.title, shown.listed, words)


def _draw(shown: Shown, words: Words) -> None:
    if not (shown.areas and shown.tiles):
        st.html(shown.areas or shown.tiles)
        return
    left, right = st.columns([4, 1], gap="medium")
    with left:
        st.html(shown.areas)
    with right:
        st.caption(words("map.without"))
        st.html(shown.tiles)


def legend(counts: dict[State, int], words: Words) -> str:
    """Each state that occurs with its sign, and how many units show it (markdown)."""
    return " ".join(
        f":{LOOKS[state].tone}-badge[{markup.plain(_told(state, count, words))}]"
        for state, count in counts.items()
    )


def _told(state: State, count: int, words: Words) -> str:
    units = words("map.units", n=count)
    return f"{LOOKS[state].sign} {words(f'state.{state}')}: {units}"
