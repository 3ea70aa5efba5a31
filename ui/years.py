"""Years on a page: their stage, the check list before closing, and the buttons that change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from danvan import closing
from danvan.closing import Checklist, named
from danvan.errors import DanvanError
from danvan.findings import figure
from danvan.model import Catalogue, OverUnits, Stage, YearRule
from danvan.reconciliation import telling
from danvan.rows import Row, known, rows_of
from danvan.wording import Words, day, moment, percent
from ui import access, cached, figures, filters, markup

THIS = "pages/manage/years.py"
HISTORY = "pages/manage/history.py"
DISCREPANCIES = "pages/enter/discrepancies.py"
TONES = {Stage.PLANNING: "orange", Stage.OPEN: "green", Stage.CLOSED: "gray"}
AHEAD = 5  # years from now that can be planned: a term of office
LISTED = 12  # open points of one kind on the page; the count has all


def new(known: Sequence[int], words: Words) -> None:
    """A year that is not there yet: planned, or opened at once."""
    last = date.today().year + AHEAD
    options = [
        year for year in range(min(known, default=last) - AHEAD, last + 1) if year not in known
    ]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        usual = next((at for at, year in enumerate(options) if year >= date.today().year), 0)
        year = st.selectbox(words("years.new"), options, index=usual, key="new-year", width=160)
        st.button(
            words("years.plan"), icon=":material/edit_calendar:", on_click=_plan, args=(year, words)
        )
        st.button(
            words("years.begin"), icon=":material/play_arrow:", on_click=_begin, args=(year, words)
        )


def closed(words: Words) -> None:
    """Say so where the year in the address is closed, on a page that has only the others."""
    asked = st.query_params.get("year", "")
    rule = cached.years().get(int(asked)) if asked.isascii() and asked.isdigit() else None
    if rule is not None and rule.stage is Stage.CLOSED:
        st.info(words("years.closed_here", year=rule.year), icon=":material/lock:")


def headline(rule: YearRule, chosen: bool, words: Words) -> None:
    """A year in two lines, with the one step that can follow."""
    with st.container(horizontal=True, vertical_alignment="center"):
        stage = markup.plain(words(f"stage.{rule.stage}"))
        badge = f":{TONES[rule.stage]}-badge[{stage}]"
        judged, margin = day(rule.judged_from), percent(float(rule.margin))
        told = markup.plain(words("years.rule", day=judged, margin=margin))
        reason = (
            f"  \n{markup.plain(words('years.reason', reason=rule.reason))}" if rule.reason else ""
        )
        st.markdown(f"**{rule.year}** {badge}  \n:gray[{told}]{reason}", width="stretch")
        _step(rule, chosen, words)


def _step(rule: YearRule, chosen: bool, words: Words) -> None:
    if rule.stage is Stage.PLANNING:
        st.button(
            words("years.begin"), key=f"begin-{rule.year}", on_click=_begin, args=(rule.year, words)
        )
    elif rule.stage is Stage.CLOSED:
        with st.popover(words("years.reopen"), icon=":material/lock_open:"):
            reason = st.text_input(
                words("years.why_reopen"), key=f"reopen-{rule.year}", max_chars=500
            )
            st.button(
                words("years.reopen_now", year=rule.year),
                key=f"reopens-{rule.year}",
                on_click=_reopen,
                args=(rule.year, reason, words),
            )
    elif not chosen:
        st.page_link(
            THIS,
            label=words("years.check"),
            icon=":material/checklist:",
            query_params=filters.query(rule.year, words),
        )


def open_points(checked: Checklist, catalogue: Catalogue, words: Words) -> None:
    """The check list: each kind with its count, and where each point is."""
    for kind, count in checked.counts.items():
        tone, icon = ("orange", "radio_button_unchecked") if count else ("green", "check_circle")
        title = markup.plain(words(f"closing.{kind}"))
        line = f":{tone}[:material/{icon}:] **{title}**: {markup.plain(count)}"
        if count:
            with st.expander(line):
                _points(kind, checked, catalogue, words)
        else:
            st.markdown(line)
    if len(checked.unfinished):
        told = markup.plain(words("closing.unfinished_tasks", n=len(checked.unfinished)))
        st.markdown(f":gray[:material/info: {told}]")


def _points(kind: str, checked: Checklist, catalogue: Catalogue, words: Words) -> None:
    """The first points of one kind, each with the way to where it can be settled."""
    if kind == "discrepancies":
        _discrepancies(checked, catalogue, words)
        return
    rows: pd.DataFrame = getattr(checked, kind)
    for row in rows_of(rows.head(LISTED)):
        if kind == "waiting":
            facts = words("history.facts", n=int(row["facts"]))
            told = (f"{row['id']}. {words('channel.' + row['channel'])}", facts, row["person"])
            st.markdown(markup.plain(" · ".join((*told, moment(row["at"])))))
        else:
            text = _point(kind, row, catalogue, words)
            figures.card_link(text, checked.year, row["unit"], row["indicator"], words)
    if len(rows) > LISTED:
        st.caption(words("years.more", n=len(rows) - LISTED))
    if kind == "waiting":
        filters.link(HISTORY, words("page.history"), words)
    if kind == "unexplained":
        label = words("discrepancies.to_explanations")
        filters.link(DISCREPANCIES, label, words, year=str(checked.year), tab="explanations")


def _point(kind: str, row: Row, catalogue: Catalogue, words: Words) -> str:
    unit = markup.plain(words.name(catalogue.unit[row["unit"]]))
    text = f"**{unit}**: {markup.plain(named(row, words))}"
    said = [figure(row, words)] if known(row["result"]) else []
    if kind == "missing" and row["joined"] and row["over_units"] == OverUnits.RATIO:
        said.append(words("closing.parts_missing"))
    return f"{text}  \n:gray[{markup.plain(' · '.join(said))}]" if said else text


def _discrepancies(checked: Checklist, catalogue: Catalogue, words: Words) -> None:
    """The first numbers that contradict each other, and the way to where they are settled."""
    for one in checked.discrepancies[:LISTED]:
        unit = markup.plain(words.name(catalogue.unit[one.unit]))
        indicator = markup.plain(words.name(catalogue.indicator[one.indicator]))
        said = markup.plain(telling.sentence(one, catalogue, words))
        text = f"**{unit}**: {indicator}  \n:gray[{said}]"
        figures.card_link(text, checked.year, one.unit, one.indicator, words)
    if len(checked.discrepancies) > LISTED:
        st.caption(words("years.more", n=len(checked.discrepancies) - LISTED))
    label = words("discrepancies.to_discrepancies")
    filters.link(DISCREPANCIES, label, words, year=str(checked.year))


def close(checked: Checklist, words: Words) -> None:
    """The button that closes the year; with a reason where something is open."""
    reason = ""
    if len(checked.unexplained):
        st.caption(words("years.explain_first", n=len(checked.unexplained)))
        return
    if checked.open_points:
        st.caption(words("years.close_how"))
        reason = st.text_input(words("years.why_close"), key=f"close-{checked.year}", max_chars=500)
        label = words("years.close_anyway", n=checked.open_points, year=checked.year)
    else:
        st.caption(words("years.clear"))
        label = words("years.close", year=checked.year)
    st.button(label, icon=":material/lock:", on_click=_close, args=(checked, reason, words))


def _plan(year: int, words: Words) -> None:
    _do(lambda: closing.plan(access.current(), year), words)


def _begin(year: int, words: Words) -> None:
    _do(lambda: closing.begin(access.current(), year), words)


def _reopen(year: int, reason: str, words: Words) -> None:
    _do(lambda: closing.reopen(access.current(), year, reason), words)


def _close(checked: Checklist, reason: str, words: Words) -> None:
    _do(lambda: closing.close(access.current(), checked, reason), words)


def _do(step: Callable[[], YearRule], words: Words) -> None:
    """Take a step and say so, or say why not."""
    try:
        rule = step()
    except DanvanError as error:
        st.toast(error.text(words.language), icon=":material/error:")
    else:
        st.toast(words(f"years.{rule.stage}", year=rule.year), icon=":material/check_circle:")
