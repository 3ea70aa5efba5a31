"""Tiles: the units beside each other in a grid that claims nothing about where they lie.

A tile tells one figure, or how many of all a unit has to answer for are reached. Drawn as HTML
that needs no script and no server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, sqrt

import pandas as pd

from danvan.charts.drawing import Link
from danvan.charts.grounds import state_rules
from danvan.charts.theme import LIGHT, Theme
from danvan.completion import state_counts
from danvan.completion.over_periods import has_target
from danvan.findings import explanation_word, figure
from danvan.model import Catalogue, Unit
from danvan.rows import Row, rows_of
from danvan.states import ASKED, LOOKS, REACHED, State
from danvan.wording import Words

NARROWEST = 148  # pixels of a tile: the longest names of communes take two lines
STYLE = """
.tiles {{ display: grid; gap: 8px;
  grid-template-columns: repeat(auto-fill, minmax(max({narrowest}px, calc((100% - 8px * (var(--across) - 1)) / var(--across))), 1fr)); }}
.tiles > div {{ display: flex; }}
.tile {{ flex: 1; display: flex; flex-direction: column; gap: 2px; box-sizing: border-box; min-height: 88px;
  padding: 7px 12px 8px; border: 1px solid {theme.rest}; border-radius: 6px; background: {theme.paper};
  color: {theme.ink}; text-decoration: none; line-height: 1.3; font-size: 15px; overflow-wrap: anywhere; }}
a.tile:hover, a.tile:focus-visible {{ outline: 2px solid {theme.link}; outline-offset: 1px; }}
.tile .unit {{ font-weight: 600; }}
.tile .figure {{ font-size: 22px; font-weight: 600; line-height: 1.2; }}
.tile .figure.none {{ font-size: 15px; font-weight: 400; line-height: 1.6; }}
.tile .said {{ font-size: 14px; margin-top: auto; }}
.tile .of {{ font-size: 14px; font-weight: 400; }}
.tile .parts {{ display: flex; gap: 1px; height: 10px; margin-top: auto; border-radius: 2px; overflow: hidden; }}
.tile .signs {{ display: flex; flex-wrap: wrap; gap: 0 10px; font-size: 14px; white-space: nowrap; }}
.tile.s-none {{ border-style: dashed; color: {theme.muted}; }}
.tile.s-not_reported {{ border-style: dashed; }}
.tile.s-not_reported > span {{ align-self: flex-start; background: {theme.paper}; border-radius: 2px;
  padding: 0 3px; margin-left: -3px; }}
"""


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit. With an indicator `row` is its figure, None where there is none.

    Without one `counts` holds what it has to answer for by state; `asked` of that has a target.
    """

    unit: Unit
    row: Row | None = None
    counts: dict[State, int] | None = None
    asked: int = 0

    @property
    def reached(self) -> int:
        """How many of its figures met or exceeded their target."""
        return sum((self.counts or {}).get(state, 0) for state in REACHED)

    @property
    def state(self) -> State | None:
        """The state of its one figure, where there is one."""
        return State(self.row["state"]) if self.row and self.row["state"] else None

    @property
    def states(self) -> tuple[State, ...]:
        """Every state that it shows."""
        if self.counts is not None:
            return tuple(self.counts)
        return (self.state,) if self.state else ()


def unit_tiles(
    measured: pd.DataFrame, units: Sequence[str], catalogue: Catalogue, indicator: str = ""
) -> list[Tile]:
    """A tile for each unit, in their order: of one indicator's figures, or without one of all.

    `measured` holds one period (completion.measured).
    """
    rows = measured[measured["unit"].isin(units)]
    if indicator:
        found = {row["unit"]: row for row in rows_of(rows[rows["indicator"] == indicator])}
        return [Tile(catalogue.unit[code], found.get(code)) for code in units]
    asked = rows[rows["state"].isin(ASKED)]
    return [_of_all(asked[asked["unit"] == code], catalogue.unit[code]) for code in units]


def _of_all(asked: pd.DataFrame, unit: Unit) -> Tile:
    return Tile(unit, None, state_counts(asked), int(has_target(asked).sum()))


def units_by_state(tiles: Sequence[Tile]) -> dict[State, int]:
    """How many of the units show each state, for the states that occur, in the order of the strip."""
    shown = [state for tile in tiles for state in tile.states]
    return {state: shown.count(state) for state in State if state in shown}


def tile_words(tile: Tile, words: Words) -> str:
    """A tile for a reader who cannot see it: "Phường 4: 3/5 mô hình, chưa đạt"."""
    name = words.name(tile.unit)
    if tile.counts is None:
        said = words("figure.none" if tile.row is None else "state.none")
        if tile.row is not None:
            state = words(f"state.{tile.state}") if tile.state else said
            why = explanation_word(tile.row, words)
            said = f"{figure(tile.row, words)}, {state}" + (f". {why}" if why else "")
        return f"{name}: {said}"
    if not tile.counts:
        return f"{name}: {words('tiles.nothing')}"
    counted = words("tiles.reached", n=tile.asked, reached=tile.reached)
    return f"{name}: {counted}; {_counted(tile.counts, words)}"


def tiles_words(tiles: Sequence[Tile], words: Words) -> str:
    """All of them, for a reader who cannot see them."""
    return "; ".join(tile_words(tile, words) for tile in tiles)


def tiles_html(
    tiles: Sequence[Tile],
    words: Words,
    theme: Theme = LIGHT,
    link: Link | None = None,
    across: int = 0,
) -> str:
    """The tiles as a list in a near-square grid; on a narrow screen it has fewer columns.

    `link` says where a tile leads, by its unit; everything that anybody wrote is escaped.
    """
    columns = across or max(ceil(sqrt(len(tiles))), 1)
    items = "".join(f'<div role="listitem">{_tile(tile, words, link)}</div>' for tile in tiles)
    rules = state_rules(".tile", theme) + state_rules(".parts i", theme)
    return (
        f"<style>{STYLE.format(theme=theme, narrowest=NARROWEST)}{rules}</style>"
        f'<div class="tiles" role="list" style="--across:{columns}">{items}</div>'
    )


def _tile(tile: Tile, words: Words, link: Link | None) -> str:
    told = _all_told(tile, words) if tile.counts is not None else _told(tile, words)
    inside = f'<span class="unit">{escape(words.name(tile.unit))}</span>{told}'
    look = "" if tile.counts else f" s-{tile.state or 'none'}"
    why = explanation_word(tile.row, words) if tile.row is not None else ""
    title = f' title="{escape(why)}"' if why else ""
    if link is None:
        return f'<div class="tile{look}"{title}>{inside}</div>'
    target = escape(link({"unit": tile.unit.code}))
    return f'<a class="tile{look}" href="{target}"{title}>{inside}</a>'


def _told(tile: Tile, words: Words) -> str:
    """The figure, and its state with its sign."""
    if tile.row is None:
        return f'<span class="figure none">{escape(words("figure.none"))}</span>'
    said = figure(tile.row, words, with_measure=False)
    plain = "" if said[:1].isdigit() or said[:1] == "−" else " none"
    number = f'<span class="figure{plain}">{escape(said)}</span>'
    if not tile.state:
        return f'{number}<span class="said">{escape(words("state.none"))}</span>'
    sign = f'<span aria-hidden="true">{LOOKS[tile.state].sign}</span>'
    return f'{number}<span class="said">{sign} {escape(words(f"state.{tile.state}"))}</span>'


def _all_told(tile: Tile, words: Words) -> str:
    """How many figures are reached, the strip of their states, and each sign with its count."""
    if not tile.counts:
        return f'<span class="figure none">{escape(words("tiles.nothing"))}</span>'
    said = escape(words("tiles.reached", n=tile.asked, reached=tile.reached))
    number, _, rest = said.partition(" ")
    parts = "".join(f'<i class="s-{s}" style="flex:{n}"></i>' for s, n in tile.counts.items())
    signs = "".join(f"<span>{LOOKS[s].sign} {n}</span>" for s, n in tile.counts.items())
    return (
        f'<span class="figure">{number} <span class="of">{rest}</span></span>'
        f'<span class="parts" role="img" aria-label="{escape(_counted(tile.counts, words))}">{parts}'
        f'</span><span class="signs" aria-hidden="true">{signs}</span>'
    )


def _counted(counts: dict[State, int], words: Words) -> str:
    return ", ".join(f"{n} {words(f'state.{state}')}" for state, n in counts.items())
