"""What the page of a unit shows: its states, what it owes, its rank, its registers, last year beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from danvan import charts, findings
from danvan.charts import Theme
from danvan.completion import arrivals, coverage, due_day, ranked, state_counts
from danvan.findings import Phrase, figure
from danvan.model import Kind, Period, Register, Unit
from danvan.rows import Row, known, rows_of
from danvan.states import State
from danvan.wording import Words, day, number
from ui import cached, figures, markup, register, tables
from ui.register import Asked
from ui.tables import Column, Listed
from ui.view import View, made

PER = 1000  # inhabitants
STATES = {Register.MODEL: "of_state", Register.TASK: "of_standing", Register.AWARD: "of_kind"}
"""By what the rows of a register are counted (danvan.registers.with_keys)."""
NAMED = 5  # rows of a register on the page; the count has all


@dataclass(frozen=True)
class Roll:
    """A register of the unit in markdown: how many, how they stand, and the first of them."""

    title: str
    states: str
    names: list[str]


@dataclass(frozen=True)
class Profile:
    """Texts are markdown where not said otherwise; `rank` is None for a unit without its like."""

    sentence: list[Phrase]
    counts: dict[State, int]
    strip: tuple[figures.Ready, str]
    missing: list[str]
    report: str
    rank: figures.Drawn | None
    standing: list[str]
    registers: list[Roll]
    listed: Listed


def profile(view: View) -> Profile:
    """The view's unit in its period."""
    return made(view, "unit", _profile)


def like(view: View) -> list[Unit]:
    """The units of the same kind under the same one above, the view's own among them."""
    own = view.unit
    return [u for u in view.units().values() if (u.kind, u.parent) == (own.kind, own.parent)]


def _profile(view: View, theme: Theme) -> Profile:
    words, code = view.words, view.unit.code
    measured = view.measured
    rows = measured[measured["unit"] == code]
    counts = state_counts(rows)
    card = figures.address("indicator", view.year, words)
    peers = [unit.code for unit in like(view)]
    ranks = ranked(measured, peers)
    return Profile(
        sentence=findings.year_sentence(rows, view.year, words, view.period),
        counts=counts,
        strip=(
            figures.Ready(charts.state_strip(counts, words, theme)),
            charts.state_strip_words(counts, words),
        ),
        missing=figures.missing(
            findings.missing(measured, code, view.catalogue, words), card, words
        ),
        report=_report(view),
        rank=_rank(view, ranks, theme) if len(peers) > 1 and code in set(ranks["unit"]) else None,
        standing=findings.rank_sentences(ranks, code, view.catalogue, words)
        if len(peers) > 1
        else [],
        registers=[roll for one in Register if (roll := _register(view, one))],
        listed=_listed(view, rows, [unit for unit in like(view) if unit.population]),
    )


def _report(view: View) -> str:
    """Where the unit stands with its own report, in words; "" for one that has others below it."""
    if view.below():
        return ""
    code = view.unit.code
    origins = cached.origins(view.year, view.as_of)
    came = arrivals(origins[origins["unit"] == code], view.period, view.catalogue)
    on = cached.day(view.as_of)
    told = coverage(view.measured, came, {code: code}, view.rule, view.period, on)
    report = findings.report_word(rows_of(told)[0], view.words)
    period = view.words(f"period.{view.period}")
    due = due_day(view.rule, view.period)
    if on <= due:
        report += ", " + view.words("coverage.not_due", day=day(due))
    return markup.plain(view.words("profile.report", period=period, report=report))


def _rank(view: View, ranks: pd.DataFrame, theme: Theme) -> figures.Drawn:
    words, catalogue = view.words, view.catalogue
    link = figures.address("unit", view.year, words)
    columns = [
        Column(words("rank.rank"), lambda r: r["rank"], lambda r: str(r["rank"]), 8),
        tables.by_unit(catalogue, words),
        Column(
            words("rank.share"), lambda r: r["share"], lambda r: charts.rank_words(r, words), 20
        ),
    ]
    return figures.Drawn(
        "rank",
        findings.rank_sentences(ranks, view.unit.code, catalogue, words)[0],
        figures.Ready(charts.rank_bars(ranks, view.unit.code, catalogue, words, theme, link)),
        charts.rank_bars_words(ranks, catalogue, words),
        Listed(words("rank.title"), rows_of(ranks), columns),
        words("rank.note"),
    )


def _register(view: View, book: Register) -> Roll | None:
    """Counts by state and the first names of a register of the unit; None where it has none."""
    words, kept = view.words, Asked(view, book)
    mine = register.rows(kept)
    if mine.empty:
        return None
    counts = mine[STATES[book]].value_counts()
    states = [
        f"{number(n)} {words(f'{book}.{state}')}"
        for state, n in counts.items()
        if words.knows(f"{book}.{state}")
    ]
    names = [
        f"[{markup.plain(row['name'])}]({register.address(view, book, entry=str(row['entry']))})"
        for row in rows_of(mine.head(NAMED))
    ]
    rest = len(mine) - NAMED
    title = words(f"profile.{register.PATHS[book]}", n=len(mine))
    return Roll(
        title=f"[{title}]({register.address(view, book)})",
        states=", ".join(states),
        names=[*names, *([words("profile.more", n=rest)] if rest > 0 else [])],
    )


def _listed(view: View, rows: pd.DataFrame, peers: Sequence[Unit]) -> Listed:
    """Every figure of the unit, the year before it beside, and what comes on 1.000 inhabitants."""
    words = view.words
    columns = [
        tables.by_indicator(words, figures.address("indicator", view.year, words)),
        *tables.figures(words),
    ]
    if view.period is Period.YEAR and view.year - 1 in view.years:
        columns.append(_before(view))
    if view.unit.population:
        columns.append(_per_inhabitant(view.unit, words))
        if len(peers) > 1:  # somebody of one unit sees no other: its own figure is not that of all
            columns.append(_per_peers(view, peers))
    return Listed(words("profile.table"), rows_of(rows), columns)


def _before(view: View) -> Column:
    """The result of the year before, carried from the units that have become this one."""
    years = cached.year_before(view.unit.code, view.year, view.as_of)
    before = {row["indicator"]: row for row in rows_of(years)}

    def value(row: Row) -> float | None:
        old = before.get(row["indicator"])
        return float(old["result"]) if old and known(old["result"]) else None

    def shown(row: Row) -> str:
        old = before.get(row["indicator"])
        if old is None or not known(old["result"]):
            return "–"
        text = figure({**old, "target": float("nan")}, view.words, with_measure=False)
        return f"{text}*" if old["restated"] else text

    return Column(
        view.words("filter.of_year", year=view.year - 1), value, shown, 14, is_number=True
    )


def _per_inhabitant(unit: Unit, words: Words) -> Column:
    def value(row: Row) -> float | None:
        return _share(row["result"], unit.population, row)

    return Column(
        words("profile.per"), value, lambda row: number(value(row), 2), 16, is_number=True
    )


def _per_peers(view: View, peers: Sequence[Unit]) -> Column:
    """The same of all like units together: results over inhabitants, never a mean of shares."""
    measured = view.measured
    same = measured[measured["unit"].isin([u.code for u in peers]) & measured["result"].notna()]
    people = {unit.code: unit.population for unit in peers}
    sums = same.assign(people=same["unit"].map(people)).groupby("indicator")[["result", "people"]]
    totals = sums.sum().to_dict("index")

    def value(row: Row) -> float | None:
        total = totals.get(row["indicator"])
        return _share(total["result"], total["people"], row) if total else None

    heading = view.words("profile.per_like")
    return Column(heading, value, lambda row: number(value(row), 2), 18, is_number=True)


def _share(result: float, people: float | None, row: Row) -> float | None:
    """A count on so many inhabitants; None where there is none or it makes no sense."""
    if row["kind"] == Kind.PERCENT or not people or not known(result):
        return None
    return round(PER * result / people, 4)
