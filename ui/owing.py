"""Owing on a page: what the unit that is shown still has to report, with the form one click away."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from danvan.accounts import Act
from danvan.model import Round, Stage
from danvan.rounds.owing import Owed, Standing
from danvan.rounds.standing import OPEN, by_attention, due_word
from danvan.states import STANDING_LOOKS
from danvan.wording import Words, day, first_upper
from ui import access, cached, downloads, explaining, figures, filters, markup
from ui.view import View

Due = tuple[Round, list[Owed]]
"""A round, and those of the unit and below it of which something has still to come."""
UPLOAD = "pages/enter/upload.py"
NAMED = 8  # units of one round before the rest are counted


def section(view: View) -> None:
    """What the unit owes in each open round; nothing of an earlier moment: what is owed is owed now."""
    if not _asks(view):
        return
    words, open_ones = view.words, _open(view)
    with st.container(border=True, key="owing"):
        st.subheader(words("owing.title"), anchor=False)
        for one, told in open_ones:
            if view.below():
                _units(view, one, told)
            else:
                _unit(view, one, told[0])
        if not open_ones:
            st.markdown(words("owing.nothing"))
        if not view.rule.rounds:
            st.caption(words("owing.no_round", day=day(view.rule.judged_from)))


def told(view: View) -> None:
    """What somebody who reports should hear first: what their unit owes, what became of theirs,
    and what has to be explained.
    """
    _news(view)
    explaining.told(view)


def _news(view: View) -> None:
    """Each open round of the unit, and the way to it."""
    reader = access.current()
    if not _asks(view) or not reader.may(Act.ENTER) or reader.may(Act.DECIDE):
        return
    open_ones = _open(view)
    if not open_ones:
        return
    words = view.words
    with st.container(border=True, gap="small", key="owing"):
        st.subheader(words("owing.title"), anchor=False)
        for one, units in open_ones:
            missing = sum(len(what.to_hand_in) for what in units)
            text = f"{_head(one, view)}: {words('owing.count', n=missing)}"
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(text, width="stretch")
                st.page_link(
                    "pages/view/unit.py",
                    label=words("owing.see"),
                    icon=":material/arrow_forward:",
                    query_params=filters.query(view.year, words, unit=view.unit.code),
                )


def badge(standing: Standing, words: Words) -> str:
    """A standing as a small label with its sign (markdown)."""
    look, word = STANDING_LOOKS[standing], words(f"standing.{standing}")
    return f":{look.tone}-badge[{markup.plain(f'{look.sign} {word}')}]"


def _asks(view: View) -> bool:
    return view.as_of is None and view.rule.stage is not Stage.CLOSED and bool(access.person())


def _open(view: View) -> list[Due]:
    """The rounds of the year in which the unit, or one below it, owes something or waits."""
    mine = set(view.catalogue.subtree(view.unit.code))
    shown = (*OPEN, Standing.WAITING)
    found = []
    for one in sorted(view.rule.rounds, key=lambda one: one.due):
        units = [what for what in cached.owed(view.year, one.period) if what.unit in mine]
        open_ones = [what for what in by_attention(units) if what.standing in shown]
        if open_ones:
            found.append((one, open_ones))
    return found


def _head(one: Round, view: View) -> str:
    """The period and when it is due (markdown)."""
    name = first_upper(view.words(f"period.{one.period}"))
    due = due_word(one, cached.day(None), view.words)
    return f"**{markup.plain(name)}** · {markup.plain(due)}"


def _unit(view: View, one: Round, what: Owed) -> None:
    """What one unit owes in one round: the form, what is missing, what came back, what waits."""
    words = view.words
    enters = access.may(Act.ENTER)
    count = words("owing.of", reported=what.reported, expected=what.expected)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        text = f"{_head(one, view)} {badge(what.standing, words)} {markup.plain(count)}"
        st.markdown(text, width="stretch")
        if enters and what.to_hand_in:
            downloads.form(view.year, one.period, what.unit, words)
            filters.link(UPLOAD, words("owing.upload"), words, year=str(view.year))
    if one.note:
        st.caption(markup.plain(one.note))
    names = {i.code: words.name(i) for i in view.catalogue.indicators}
    lines = [
        f":orange[**↩**] {_link(view, one, what.unit, sent.indicator, names)}: "
        f"“{markup.plain(sent.comment)}”"
        for sent in what.returned
    ]
    lines += [f"○ {_link(view, one, what.unit, code, names)}" for code in what.missing]
    if lines:
        figures.listed_first(lines, "", f"owed-{one.period}", words)
    if what.waiting:
        st.caption(f":material/hourglass_top: {words('owing.waiting', n=len(what.waiting))}")


def _link(view: View, one: Round, unit: str, code: str, names: dict[str, str]) -> str:
    """The name of an indicator, and the way to where its figure is typed, or to its card."""
    asked = filters.query(view.year, view.words) | {"unit": unit, "indicator": code}
    page = "figure" if access.may(Act.ENTER) else "indicator"
    return f"[{markup.plain(names[code])}]({page}?{urlencode(asked | {'period': str(one.period)})})"


def _units(view: View, one: Round, told: Sequence[Owed]) -> None:
    """Those below that owe something in a round, each the way to its own page."""
    words, link = view.words, figures.address("unit", view.year, view.words)
    named = []
    for what in told[:NAMED]:
        name = markup.plain(words.name(view.catalogue.unit[what.unit]))
        look = STANDING_LOOKS[what.standing]
        count = f"({what.reported}/{what.expected})"
        named.append(f"{look.sign} [{name}]({link({'unit': what.unit})}) {markup.plain(count)}")
    rest = len(told) - NAMED
    more = f" {words('finding.and_more', n=rest)}" if rest > 0 else ""
    st.markdown(f"{_head(one, view)}  \n{', '.join(named)}{more}")
