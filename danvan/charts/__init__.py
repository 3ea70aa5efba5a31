"""Drawn: frame → figure, and the same in words. Nothing is read and nothing is shown here."""

from danvan.charts.areas import area_blocks, area_blocks_words
from danvan.charts.boundaries import boundary_map
from danvan.charts.bullets import (
    AXIS_END,
    CHIP,
    completion_bullets,
    completion_bullets_words,
    worst_first,
)
from danvan.charts.deadlines import deadline_lines, deadline_lines_words
from danvan.charts.drawing import Link, value_line
from danvan.charts.funnel import register_funnel, register_funnel_words
from danvan.charts.grounds import state_rules
from danvan.charts.matrix import Matrix, cell_words, state_matrix, state_matrix_words, troubled
from danvan.charts.parts import most_missing_first, unit_bars, unit_bars_words
from danvan.charts.ranks import rank_bars, rank_bars_words, rank_words
from danvan.charts.sparkline import sparkline, sparkline_words
from danvan.charts.splits import Split, split_bars, split_bars_words
from danvan.charts.strip import state_strip, state_strip_words
from danvan.charts.theme import DARK, LIGHT, Theme
from danvan.charts.tiles import (
    Tile,
    tile_words,
    tiles_html,
    tiles_words,
    unit_tiles,
    units_by_state,
)
from danvan.charts.trend import top_of, trend_columns, trend_columns_words

__all__ = [
    "AXIS_END",
    "CHIP",
    "DARK",
    "LIGHT",
    "Link",
    "Matrix",
    "Split",
    "Theme",
    "Tile",
    "area_blocks",
    "area_blocks_words",
    "boundary_map",
    "cell_words",
    "completion_bullets",
    "completion_bullets_words",
    "deadline_lines",
    "deadline_lines_words",
    "most_missing_first",
    "rank_bars",
    "rank_bars_words",
    "rank_words",
    "register_funnel",
    "register_funnel_words",
    "sparkline",
    "sparkline_words",
    "split_bars",
    "split_bars_words",
    "state_matrix",
    "state_matrix_words",
    "state_rules",
    "state_strip",
    "state_strip_words",
    "tile_words",
    "tiles_html",
    "tiles_words",
    "top_of",
    "trend_columns",
    "trend_columns_words",
    "troubled",
    "unit_bars",
    "unit_bars_words",
    "unit_tiles",
    "units_by_state",
    "value_line",
    "worst_first",
]
