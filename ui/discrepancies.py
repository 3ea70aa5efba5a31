"""Discrepancies on a page: two numbers beside each other, why they may stand, and the ways to mend them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import streamlit as st

from danvan import reconciliation
from danvan.errors import DanvanError
from danvan.model import Catalogue, Comparison, Period, Stage
from danvan.reconciliation import Discrepancy, Settled, telling
from danvan.registers import register_of
from danvan.wording import Words, moment
from ui import access, cached, filters, markup, register

FIGURE = "pages/enter/figure.py"
TASKS = "pages/view/tasks.py"
DONE = "settled"  # in the session: what came of the button, to be said once
MANY = 40  # on one page; the count has all
OPEN, SETTLED = "open", "settled"


def outcome(words: Words) -> None:
    """What came of the last button."""
    done = st.session_state.pop(DONE, None)
    if isinstance(done, DanvanError):
        st.error(markup.plain(done.text(words.language)))
    elif done:
        key, number = done
        st.success(words(f"discrepancies.{key}", number=number), icon=":material/check_circle:")


def sentence(found: Sequence[Discrepancy], year: int, words: Words) -> str:
    """How many there are and how many are settled."""
    settled = sum(not one.open for one in found)
    return words("discrepancies.sentence", n=len(found), year=year, settled=settled)


def narrowed(found: Sequence[Discrepancy], catalogue: Catalogue, words: Words) -> list[Discrepancy]:
    """Those of the unit, kind and state that the address asks for; with the fields to ask in."""
    codes = {one.unit for one in found}
    units = filters.told_apart(
        {unit.code: words.name(unit) for unit in catalogue.units if unit.code in codes}
    )
    kinds = {
        str(kind): words(f"comparison.{kind}")
        for kind in Comparison
        if any(one.comparison is kind for one in found)
    }
    states = {state: words(f"discrepancies.{state}_ones") for state in (OPEN, SETTLED)}
    with st.container(horizontal=True):
        unit = filters.narrow("unit", {"": words("every.unit")} | units, words)
        kind = filters.narrow("comparison", {"": words("discrepancies.every_kind")} | kinds, words)
        state = filters.narrow("state", {"": words("discrepancies.every_state")} | states, words)
    return [
        one
        for one in found
        if unit in ("", one.unit)
        and kind in ("", one.comparison)
        and (not state or one.open == (state == OPEN))
    ]


def listed(found: Sequence[Discrepancy], year: int, catalogue: Catalogue, words: Words) -> None:
    """The discrepancies by kind, each with what can be done about it."""
    if not found:
        st.info(words("discrepancies.none"), icon=":material/check_circle:")
    closed = cached.years()[year].stage is Stage.CLOSED
    if closed and any(one.open for one in found):
        st.info(words("discrepancies.closed", year=year))
    shown = found[:MANY]
    for kind in dict.fromkeys(one.comparison for one in shown):
        mine = [one for one in shown if one.comparison is kind]
        st.subheader(words(f"comparison.{kind}"), anchor=False)
        for one in mine:
            _one(one, closed, catalogue, words)
    if len(found) > MANY:
        st.caption(words("discrepancies.more", n=len(found) - MANY))


def _one(one: Discrepancy, closed: bool, catalogue: Catalogue, words: Words) -> None:
    key = "-".join(part for part in (*one.key, str(one.stated), str(one.computed)) if part)
    lines = [_title(one, catalogue, words), _numbers(one, catalogue, words)]
    if one.settled:
        lines.append(_said("discrepancies.settled", one.settled, words))
    elif one.former:
        lines.append(_said("discrepancies.former", one.former, words))
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("  \n".join(lines), width="stretch")
        if not closed:
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                _ways(one, key, catalogue, words)


def _title(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    about = {"unit": one.unit, "indicator": one.indicator}
    if one.period is not Period.YEAR:
        about["period"] = str(one.period)
    link = f"indicator?{urlencode(filters.query(one.year, words) | about)}"
    unit = markup.plain(words.name(catalogue.unit[one.unit]))
    name = markup.plain(words.name(catalogue.indicator[one.indicator]))
    period = "" if one.period is Period.YEAR else f", {words(f'period.{one.period}')}"
    tone, state = ("orange", OPEN) if one.open else ("green", SETTLED)
    badge = f":{tone}-badge[{markup.plain(words(f'discrepancies.is_{state}'))}]"
    return f"**{unit}** · [{name}]({link}){period} {badge}"


def _numbers(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    """Both numbers, what they are, and how far they are apart (markdown)."""
    pairs = (
        (telling.stated(one, catalogue, words), telling.stated_is(one, catalogue, words)),
        (telling.computed(one, catalogue, words), telling.computed_is(one, catalogue, words)),
    )
    told = [f"{markup.plain(what)}: **{markup.plain(value)}**" for value, what in pairs]
    gap = markup.plain(words("discrepancies.gap", gap=telling.gap(one, catalogue)))
    return " · ".join([*told, f"**{gap}**"])


def _said(key: str, said: Settled, words: Words) -> str:
    """What was said of it, who and when (markdown)."""
    person = access.current().full_name(said.person)
    text = words(key, person=person, at=moment(said.at), reason=said.reason)
    return f":gray[{markup.plain(text)}]"


def _ways(one: Discrepancy, key: str, catalogue: Catalogue, words: Words) -> None:
    """What can be done: settle or open again, correct the figure, look at the rows, take it back."""
    if one.settled:
        st.button(
            words("discrepancies.reopen"),
            icon=":material/lock_open:",
            key=f"reopen-{key}",
            on_click=_do,
            args=("reopened", lambda: reconciliation.reopen(access.current(), one)),
        )
        return
    _settle(one, key, words)
    about = {"unit": one.unit, "indicator": one.indicator, "period": str(one.period)}
    filters.link(FIGURE, words("discrepancies.correct"), words, year=str(one.year), **about)
    _rows(one, catalogue, words)
    if reconciliation.gives_way(one):
        _give_way(one, key, catalogue, words)


def _settle(one: Discrepancy, key: str, words: Words) -> None:
    kept = st.popover(
        words("discrepancies.settle"),
        icon=":material/handshake:",
        key=f"settle-{key}",
        on_change="rerun",
    )
    if kept.open:
        with kept:
            st.text_area(
                words("discrepancies.reason"),
                max_chars=reconciliation.LONGEST_REASON,
                height=100,
                key=f"reason-{key}",
            )
            st.button(
                words("discrepancies.settle_now"),
                key=f"settles-{key}",
                type=filters.emphasis(),
                on_click=_do,
                args=("done", lambda: reconciliation.settle(access.current(), one, _reason(key))),
            )


def _reason(key: str) -> str:
    """What stands in the field when the button is pressed, not when it was drawn."""
    return str(st.session_state.get(f"reason-{key}", ""))


def _give_way(one: Discrepancy, key: str, catalogue: Catalogue, words: Words) -> None:
    kept = st.popover(
        words("discrepancies.give_way"),
        icon=":material/undo:",
        key=f"give-{key}",
        on_change="rerun",
    )
    if kept.open:
        with kept:
            value = markup.plain(telling.computed(one, catalogue, words))
            st.markdown(words("discrepancies.give_way_how", value=value))
            note = words("discrepancies.give_way_note")
            st.button(
                words("discrepancies.give_way_now"),
                key=f"gives-{key}",
                on_click=_do,
                args=(
                    "given_way",
                    lambda: reconciliation.let_computed_stand(access.current(), one, note),
                ),
            )


def _rows(one: Discrepancy, catalogue: Catalogue, words: Words) -> None:
    """The way to the register's rows that are counted."""
    book = register_of(catalogue.indicator[one.indicator])
    about = {"year": str(one.year), "unit": one.unit}
    if one.comparison is Comparison.REGISTER and book:
        page = f"pages/view/{register.PATHS[book]}.py"
        filters.link(page, words("discrepancies.rows"), words, **about, counted=one.indicator)
    elif any(term.startswith("tasks") for term in one.made_of):
        filters.link(TASKS, words("discrepancies.rows"), words, **about)


def _do(key: str, step: Callable[[], int]) -> None:
    """Take a step, and keep what came of it to be said once."""
    try:
        st.session_state[DONE] = (key, step())
    except DanvanError as error:
        st.session_state[DONE] = error
