"""Where the units of a round stand: the sentence, the strip and the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from danvan import charts
from danvan.charts import Split
from danvan.model import Catalogue, Round
from danvan.rounds.letters import reminded
from danvan.rounds.owing import Owed
from danvan.rounds.standing import by_attention, counts, due_word, sentence
from danvan.rows import Row
from danvan.states import STANDING_LOOKS
from danvan.wording import Words, day, first_upper, moment, period_name
from ui import access, cached, downloads, figures, filters, markup
from ui.contacts import contact
from ui.tables import Column, Listed

UNIT_PAGE = "unit"


def headline(one: Round, told: Sequence[Owed], words: Words) -> str:
    """The round in one sentence (markdown)."""
    due = due_word(one, cached.day(None), words)
    return markup.plain(f"{sentence(one, told, words)}; {due}")


def about(one: Round, words: Words) -> str:
    """Who is asked for what (markdown)."""
    units = words("round.of_units", n=len(one.units)) if one.units else words("round.of_all")
    asked = words("round.of_plan")
    if one.indicators:
        asked = words("round.of_indicators", n=len(one.indicators))
    parts = [units, asked, one.note]
    return markup.plain(" · ".join(part for part in parts if part))


def strip(one: Round, told: Sequence[Owed], words: Words) -> None:
    """One bar of all units by where they stand, and the same in words."""
    found = {str(standing): n for standing, n in counts(told).items()}
    if not found:
        return
    names = {key: words(f"standing.{key}") for key in STANDING_LOOKS}
    title = first_upper(period_name(one.year, one.period, words))
    bars = [Split(title, found, 0)]
    chart = charts.split_bars(bars, STANDING_LOOKS, names, filters.theme())
    figures.draw(chart, charts.split_bars_words(bars, STANDING_LOOKS, names), "round-strip")
    badges = []
    for key, n in found.items():
        look = STANDING_LOOKS[key]
        badges.append(f":{look.tone}-badge[{markup.plain(f'{look.sign} {n} {names[key]}')}]")
    st.markdown(" ".join(badges))


def table(one: Round, told: Sequence[Owed], catalogue: Catalogue, words: Words) -> None:
    """Every unit, those first that need attention."""
    store = access.current()
    kept = reminded(store.reminders(one.year), one)
    people = {contact.unit: contact for contact in store.contacts()}
    rows: list[Row] = [
        {
            "unit": what.unit,
            "name": words.name(catalogue.unit[what.unit]),
            "standing": str(what.standing),
            "told": f"{what.reported}/{what.expected}",
            "reported": what.reported,
            "waiting": len(what.waiting),
            "returned": len(what.returned),
            "arrived": day(what.arrived) if what.arrived else "–",
            "late": what.days_late,
            "reminded": _reminded(kept.get(what.unit, []), words),
            "contact": contact(people.get(what.unit)),
        }
        for what in by_attention(told)
    ]
    link = figures.address(UNIT_PAGE, one.year, words)
    shown = Listed(words("round.table"), rows, _columns(link, words))
    st.html(shown.html(filters.theme()))
    with st.container(horizontal=True):
        figures.download("round", shown, words)
        if any(what.to_hand_in for what in told):
            downloads.every_form(one.year, one.period, words)


def _columns(link: Callable[[Row], str], words: Words) -> list[Column]:
    def text(key: str, name: str, width: int = 14) -> Column:
        return Column(words(key), lambda row: row[name], lambda row: str(row[name]), width)

    def count(key: str, name: str) -> Column:
        def shown(row: Row) -> str:
            return str(row[name]) if row[name] else "–"

        return Column(words(key), lambda row: row[name], shown, 10, is_number=True)

    def said(row: Row) -> str:
        standing = row["standing"]
        return f"{STANDING_LOOKS[standing].sign} {words(f'standing.{standing}')}"

    return [
        Column(words("template.unit"), lambda r: r["name"], lambda r: r["name"], 30, link),
        Column(words("table.state"), said, said, 18),
        text("round.told", "told", 10),
        count("round.returned", "returned"),
        count("round.waiting", "waiting"),
        text("round.arrived", "arrived"),
        count("round.late", "late"),
        text("round.reminded", "reminded", 22),
        text("round.contact", "contact", 30),
    ]


def _reminded(rows: Sequence[Mapping[str, object]], words: Words) -> str:
    """How often, and when last."""
    if not rows:
        return "–"
    return words("round.reminded_times", n=len(rows), at=moment(rows[-1]["at"]))  # type: ignore[arg-type]
