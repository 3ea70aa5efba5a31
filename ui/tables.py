"""Figures as a table: shown on a page in words, taken away as a workbook in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby
from math import nan

from danvan.charts import Link, Theme
from danvan.findings import (
    explanation_word,
    figure,
    first_target,
    measure,
    name,
    ratio,
    register_mark,
)
from danvan.model import Catalogue, Register
from danvan.rows import Row, known
from danvan.spreadsheet import Table, Value
from danvan.states import LOOKS, State
from danvan.wording import Words, first_upper, in_one_line, number

STYLE = """
.listed-box {{ overflow: auto; max-height: 80vh; }}
table.listed {{ border-collapse: separate; border-spacing: 0; font-size: 15px; width: 100%; }}
.listed th, .listed td {{ padding: 6px 14px; text-align: left; font-weight: 400;
  border-bottom: 1px solid {theme.track}; vertical-align: top; color: {theme.ink}; }}
.listed thead th {{ position: sticky; top: 0; background: {theme.paper}; color: {theme.muted};
  font-size: 14px; vertical-align: bottom; z-index: 1; border-bottom-color: {theme.rest}; }}
.listed th:first-child {{ position: sticky; left: 0; padding-left: 0; background: {theme.paper};
  min-width: clamp(150px, 24vw, 420px); }}
.listed thead th:first-child {{ z-index: 2; }}
.listed td {{ min-width: 76px; white-space: nowrap; }}
.listed td.w {{ white-space: normal; min-width: 130px; }}
.listed td.l {{ white-space: normal; min-width: clamp(200px, 24vw, 360px); }}
.listed .n {{ text-align: right; white-space: nowrap; }}
.listed thead .n {{ white-space: normal; }}
.listed a {{ color: {theme.link}; }}
"""
WIDE = 20  # characters from which a column of text may take several lines
LONG = 50  # from which it has room for sentences


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what stands in it as a value and as it is read, and its width."""

    heading: str
    value: Callable[[Row], Value]
    shown: Callable[[Row], str]
    width: int
    link: Link | None = None
    is_number: bool = False
    optional: bool = False  # left out of a table where no row says anything in it
    taken_only: bool = False  # not on the page

    def cell(self, row: Row) -> str:
        """What stands in the row, as HTML, and where it leads."""
        said = escape(in_one_line(self.shown(row)))
        return f'<a href="{escape(self.link(row))}">{said}</a>' if self.link else said

    @property
    def side(self) -> str:
        """Numbers stand to the right, under each other; only long texts take several lines."""
        if self.is_number:
            return ' class="n"'
        return ' class="l"' if self.width > LONG else ' class="w"' if self.width > WIDE else ""


@dataclass(frozen=True)
class Listed:
    """Rows of figures with the columns they are told in."""

    title: str
    rows: Sequence[Row]
    columns: Sequence[Column]
    grouped: bool = False  # rows that begin alike, below each other, say it once on the page

    @cached_property
    def told(self) -> list[Column]:
        """The columns, without optional ones that say nothing."""
        return [
            column
            for column in self.columns
            if not column.optional or any(column.value(row) not in (None, "") for row in self.rows)
        ]

    def html(self, theme: Theme) -> str:
        """The table for a page: it scrolls inside itself, its first column stays in sight.

        Everything that anybody wrote is escaped.
        """
        shown = [column for column in self.told if not column.taken_only]
        head = "".join(f'<th scope="col"{c.side}>{escape(c.heading)}</th>' for c in shown)
        groups = (
            groupby(self.rows, shown[0].cell) if self.grouped else ((None, [r]) for r in self.rows)
        )
        lines = "".join(_group(list(rows), shown) for _, rows in groups)
        return (
            f"<style>{STYLE.format(theme=theme)}</style>"
            f'<div class="listed-box" tabindex="0" role="region" aria-label="{escape(self.title)}">'
            f'<table class="listed"><thead><tr>{head}</tr></thead>'
            f"<tbody>{lines}</tbody></table></div>"
        )

    def table(self) -> Table:
        """The table with its numbers, to be taken away."""
        return Table(
            self.title,
            [column.heading for column in self.told],
            [[column.value(row) for column in self.told] for row in self.rows],
            [column.width for column in self.told],
        )


def _group(rows: Sequence[Row], columns: Sequence[Column]) -> str:
    """Rows whose first cell is the same one."""
    first, *rest = columns
    spans = f' rowspan="{len(rows)}"' if len(rows) > 1 else ""
    head = f'<th scope="row{"group" if spans else ""}"{spans}>{first.cell(rows[0])}</th>'
    lines = [
        "".join(f"<td{column.side}>{column.cell(row)}</td>" for column in rest) for row in rows
    ]
    return f"<tr>{head}{'</tr><tr>'.join(lines)}</tr>"


def heading(field: str, words: Words, register: Register | None = None) -> str:
    """The name of a field of a figure or of a register's row, as a heading."""
    return first_upper(field_word(field, words, register))


def field_word(field: str, words: Words, register: Register | None = None) -> str:
    """The name of a field; the kind of a task is whether it is one of the key ones."""
    is_key = (field, register) == ("kind", Register.TASK)
    return words("field.key_task" if is_key else f"field.{field}")


def text(heading: str, said: Callable[[Row], str], width: int = 20) -> Column:
    """A column that is text in both."""
    return Column(heading, said, said, width)


def by_indicator(words: Words, link: Link | None = None) -> Column:
    """The name of the indicator, which may lead to its card."""

    def said(row: Row) -> str:
        return name(row, words)

    return Column(words("table.indicator"), said, said, 60, link)


def by_unit(catalogue: Catalogue, words: Words) -> Column:
    """The name of the unit."""
    return text(words("template.unit"), lambda row: words.name(catalogue.unit[row["unit"]]), 30)


def by_year(words: Words) -> Column:
    """The year, marked where its figures were carried from units that are no more."""

    def shown(row: Row) -> str:
        year = str(row["year"])
        return f"{year} ({words('trend.restated')})" if row["restated"] else year

    return Column(words("field.year").capitalize(), lambda row: row["year"], shown, 10)


def figures(words: Words) -> list[Column]:
    """Target, result, completion and state; where the target was revised, the first one too."""
    return [
        Column(
            words("table.first_target"),
            lambda row: _value(row["first_target"]) if first_target(row, words) else None,
            lambda row: first_target(row, words),
            14,
            is_number=True,
            optional=True,
            taken_only=True,
        ),
        Column(
            words("table.target"),
            lambda row: _value(row["target"]),
            lambda row: _target(row, words),
            14,
            is_number=True,
        ),
        Column(
            words("table.result"),
            lambda row: _value(row["result"]),
            lambda row: _result(row, words),
            14,
            is_number=True,
        ),
        Column(
            words("table.ratio"),
            lambda row: _value(row["ratio"]),
            ratio,
            14,
            is_number=True,
        ),
        text(words("table.state"), lambda row: state(row, words), 18),
        text(words("table.measure"), lambda row: measure(row, words, 2), 16),
        explanation(words),
    ]


def _target(row: Row, words: Words) -> str:
    """The target, and beside it the one before it was revised."""
    text, first = number(row["target"], int(row["decimals"])), first_target(row, words)
    return f"{text} ({first})" if first else text


def explanation(words: Words) -> Column:
    """What explains the figure, where any of the rows is explained."""

    def said(row: Row) -> str:
        return explanation_word(row, words)

    return Column(words("table.explanation"), said, said, 60, optional=True)


def _result(row: Row, words: Words) -> str:
    """The result, and beside it what the register counts where that is something else."""
    text = figure({**row, "target": nan}, words, with_measure=False)
    mark = register_mark(row, words)
    return f"{text} ({mark})" if mark else text


def source(places: Mapping[int, str], words: Words) -> Column:
    """Where the result was read."""
    return text(words("table.source"), lambda row: _source(row, places, words), 40)


def state(row: Row, words: Words) -> str:
    """The state of a row with its sign."""
    if not row["state"]:
        return words("state.none")
    known_state = State(row["state"])
    return f"{LOOKS[known_state].sign} {words(f'state.{known_state}')}"


def _source(row: Row, places: Mapping[int, str], words: Words) -> str:
    """File and cell of a row's result, or that it was joined from units below."""
    if not known(row["result"]):
        return "–"
    if row["joined"]:
        return words("source.joined", n=int(row["units_reported"]))
    return places.get(row["result_fact"], words("source.periods"))


def _value(value: float) -> Value:
    """A number as a workbook keeps it: whole where it is."""
    if not known(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
