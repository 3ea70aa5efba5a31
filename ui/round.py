"""A reporting round on a page: chosen, opened, changed and called off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from danvan.errors import DanvanError
from danvan.model import Catalogue, Period, Round, Stage, YearRule
from danvan.rounds import can_be_asked, reporting
from danvan.rounds.opening import (
    LONGEST_NOTE,
    call_off,
    due_days,
    is_early,
    open_round,
    usual_due,
)
from danvan.wording import Words, day, first_upper, period_name
from ui import access, cached, filters, markup

DONE = "round-done"  # in the session: what the last button did, each with its tone


def open_years() -> dict[int, YearRule]:
    """The years whose rounds can be changed."""
    rules = cached.years()
    return {year: rule for year, rule in rules.items() if rule.stage is not Stage.CLOSED}


def chosen(rule: YearRule, words: Words) -> Round | None:
    """The round in the address; else the next that is due, or the last."""
    rounds = sorted(rule.rounds, key=lambda one: one.due)
    if not rounds:
        return None
    today = cached.day(None)
    usual = next((one for one in rounds if one.due >= today), rounds[-1])
    periods = [str(one.period) for one in rounds]
    period = Period(filters.asked("period", periods, str(usual.period)))
    filters.choose_period([one.period for one in rounds], period, words)
    return rule.round[period]


def new(rule: YearRule, catalogue: Catalogue, words: Words, *, first: bool) -> None:
    """A round for a period that has none yet; unfolded where it would be the first."""
    free = [period for period in Period if period not in rule.round]
    label = words("round.new")
    kept = st.expander(
        label, icon=":material/add:", key="new-round", expanded=first, on_change="rerun"
    )
    if not kept.open or not free:
        return
    with kept:
        usual = free.index(_next(rule, free))
        period = st.selectbox(
            words("field.period").capitalize(),
            free,
            index=usual,
            format_func=lambda p: first_upper(words(f"period.{p}")),
            key=f"new-period-{rule.year}",
            width=240,
        )
        typed = _fields(rule, Round(rule.year, period, usual_due(rule, period)), catalogue, words)
        _warned(typed, words)
        st.button(
            words("round.open", period=words(f"period.{period}")),
            type=filters.emphasis(),
            icon=":material/event_available:",
            on_click=_open,
            args=(typed, words),
        )


def _next(rule: YearRule, free: Sequence[Period]) -> Period:
    """The quarter, half-year or year that ends next and has no round."""
    today = cached.day(None)
    usual = [Period.Q1, Period.H1, Period.M9, Period.YEAR]
    coming = [p for p in usual if p in free and usual_due(rule, p) >= today]
    return next(iter([*coming, *free]))


def change(rule: YearRule, one: Round, catalogue: Catalogue, words: Words) -> None:
    """The round with another day, or for others; or not at all."""
    kept = st.expander(
        words("round.change"), icon=":material/edit_calendar:", key="change", on_change="rerun"
    )
    if not kept.open:
        return
    with kept:
        typed = _fields(rule, one, catalogue, words)
        _warned(typed, words)
        with st.container(horizontal=True):
            st.button(
                words("round.save"),
                icon=":material/save:",
                disabled=typed == one,
                on_click=_open,
                args=(typed, words),
            )
            with st.popover(words("round.call_off"), icon=":material/event_busy:"):
                st.markdown(words("round.call_off_note"))
                st.button(words("round.call_off_yes"), on_click=_call_off, args=(one, words))
        st.caption(words("round.changed_note"))
        filters.link("pages/manage/history.py", words("upload.to_history"), words)


def _fields(rule: YearRule, one: Round, catalogue: Catalogue, words: Words) -> Round:
    """The round as it is typed; each field keeps what the round says until somebody changes it."""
    about = f"{rule.year}-{one.period}-{hash((one.due, one.units, one.indicators, one.note))}"
    first, last = due_days(rule.year, one.period)
    units = {code: words.name(catalogue.unit[code]) for code in reporting(catalogue, rule.year)}
    can = can_be_asked(catalogue, rule.year, one.period)
    indicators = {c: f"{words.name(catalogue.indicator[c])} ({c})" for c in can}
    if filters.theme().dark:
        st.html(filters.READABLE)
    due = st.date_input(
        words("round.due"),
        value=min(max(one.due, first), last),
        min_value=first,
        max_value=last,
        format="DD/MM/YYYY",
        key=f"due-{about}",
        width=240,
    )
    told = st.multiselect(
        words("round.units"),
        list(units),
        [code for code in one.units if code in units],
        format_func=lambda code: units[code],
        placeholder=words("round.all_units", n=len(units)),
        key=f"units-{about}",
    )
    asked = st.multiselect(
        words("round.indicators"),
        list(indicators),
        [code for code in one.indicators if code in indicators],
        format_func=lambda code: indicators[code],
        placeholder=words("round.all_indicators"),
        key=f"indicators-{about}",
    )
    note = st.text_input(words("round.note"), one.note, max_chars=LONGEST_NOTE, key=f"note-{about}")
    day_typed = due if isinstance(due, date) else one.due
    return Round(rule.year, one.period, day_typed, tuple(told), tuple(asked), note.strip())


def _warned(one: Round, words: Words) -> None:
    """What may be meant, and may be a slip."""
    if is_early(one):
        st.caption(
            f":material/info: {words('round.early', day=day(one.period.last_day(one.year)))}"
        )
    elif one.due < cached.day(None):
        st.caption(f":material/info: {words('round.past')}")


def _open(one: Round, words: Words) -> None:
    def step() -> str:
        open_round(access.current(), one, words)
        time = period_name(one.year, one.period, words)
        return words("rounds.opened", time=time, day=day(one.due))

    st.query_params["period"] = str(one.period)
    st.session_state["new-round"] = False
    do(step, words)


def _call_off(one: Round, words: Words) -> None:
    def step() -> str:
        call_off(access.current(), one.year, one.period, words)
        time = period_name(one.year, one.period, words)
        return words("rounds.called_off", time=time, day=day(one.due))

    do(step, words)


def do(step: Callable[[], str], words: Words) -> None:
    """Take a step and say so, or say why not."""
    try:
        said = [("success", step())]
    except DanvanError as error:
        said = [("error", error.text(words.language))]
    st.session_state[DONE] = said


def outcome(words: Words) -> None:  # noqa: ARG001 - as every part of the page
    """What the last button did."""
    for tone, text in st.session_state.pop(DONE, ()):
        (st.success if tone == "success" else st.error)(markup.plain(text))
