"""Explanations on a page: beside their figure, asked for in a list, and the fields to write them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from danvan import explanations
from danvan.accounts import Act
from danvan.errors import DanvanError
from danvan.findings import explanation_word, figure
from danvan.model import Catalogue, Indicator, Period, Stage
from danvan.rows import Row, rows_of
from danvan.states import LOOKS, State
from danvan.wording import Words, first_upper, moment, period_name
from ui import access, approvals, cached, card, figures, filters, markup
from ui.view import View

PAGE = "pages/enter/explanations.py"
GIVEN = (
    "explained"  # in the session: the number of the submission, or what was wrong, to be said once
)
MANY = 30  # figures with a field each on one page
HEIGHT = 68  # pixels of a field: two lines
KEY = ("period", "unit", "indicator")
Key = tuple[str, str, str]


def outcome(words: Words) -> None:
    """What came of the last button."""
    given = st.session_state.pop(GIVEN, None)
    if isinstance(given, DanvanError):
        st.error(markup.plain(given.text(words.language)))
    elif given:
        approvals.stored(given, words)


def told(view: View) -> None:
    """What a reporter should hear of their own, what waits, and what has to be explained."""
    approvals.told(view)
    asks(view)


def asks(view: View) -> None:
    """How many figures of the unit and those below still have to be explained, and where."""
    if view.as_of or view.rule.stage is Stage.CLOSED or not _may(view.unit.code):
        return
    found = cached.wanted(view.year)
    mine = found[found["unit"].isin(view.catalogue.subtree(view.unit.code))]
    left = int((~mine["explained"] & ~mine["waits"]).sum())
    if left:
        words, about = view.words, {"year": str(view.year), "unit": view.unit.code}
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            text = words("explain.left", n=left)
            st.markdown(f":orange[:material/edit_note:] {text}", width="content")
            filters.link(PAGE, words("explain.write"), words, **about)


def of_figure(view: View, indicator: Indicator, row: Row) -> None:
    """What explains the figure and those of the units below, what waits, and a field for whoever may."""
    words = view.words
    below = _below(view, indicator)
    waiting = _waiting(view, indicator.code)
    writes = _writes(view, row)
    outcome(words)
    if not (row["explanation"] or below or waiting or writes):
        return
    with st.container(border=True):
        st.subheader(words("table.explanation"), anchor=False)
        if row["explanation"]:
            st.markdown(markup.plain(explanation_word(row, words)))
            _by_whom(view, row)
        for line in (*waiting, *below):
            st.markdown(line)
        if writes:
            about = {(row["period"], row["unit"], row["indicator"]): row["explanation"]}
            _form(view.year, about, words)


def stands(year: int, unit: str, indicator: str, period: str, words: Words) -> None:
    """Where a figure is entered: what stands of it, and of the same a year before."""
    opened = cached.years()
    for at in (one for one in (year, year - 1) if one in opened):
        rows = cached.measured(at)
        found = rows[(rows[list(KEY)] == [period, unit, indicator]).all(axis=1)]
        for row in rows_of(found):
            time = first_upper(period_name(at, Period(period), words))
            st.markdown(f":gray[{markup.plain(time)}:] {card.headline(row, words)}")


def at_entry(year: int, unit: str, indicator: str, period: str, words: Words) -> None:
    """Where a figure is entered: the field to explain it in, where it asks for that."""
    outcome(words)
    rule = cached.years().get(year)
    if rule is None or rule.stage is Stage.CLOSED:
        return
    found = cached.wanted(year)
    mine = found[(found[list(KEY)] == [period, unit, indicator]).all(axis=1)]
    for row in rows_of(mine[~mine["explained"] & ~mine["waits"]].head(1)):
        key = "explain.asks_returned" if row["why"] == explanations.RETURNED else "explain.asks"
        with st.container(border=True):
            st.markdown(markup.plain(words(key, comment=row["comment"])))
            _form(year, {(period, unit, indicator): ""}, words)


def _below(view: View, indicator: Indicator) -> list[str]:
    """What the units below say, where they missed it (markdown)."""
    rows = view.measured
    units = {unit.code: unit for unit in view.below()}
    mine = rows[rows["unit"].isin(units) & (rows["indicator"] == indicator.code)]
    link = figures.address("indicator", view.year, view.words)
    return [
        f"{_sign(row)} **[{markup.plain(view.words.name(units[row['unit']]))}]({link(row)})** "
        f"{markup.plain(figure(row, view.words))}  \n"
        f":gray[{markup.plain(explanation_word(row, view.words) or view.words('explain.silent'))}]"
        for row in rows_of(mine)
        if row["explanation"] or row["state"] == State.MISSED
    ]


def _waiting(view: View, indicator: str) -> list[str]:
    """Explanations of the figure and of those below that nobody has decided about (markdown)."""
    *_, found = cached.waiting(access.current())
    mine = found[
        (found["year"] == view.year)
        & (found["indicator"] == indicator)
        & (found["period"] == view.period)
        & found["unit"].isin(view.catalogue.subtree(view.unit.code))
    ]
    if view.as_of:
        return []
    return [_waits(row, view.catalogue, view.words) for row in rows_of(mine)]


def _waits(row: Row, catalogue: Catalogue, words: Words) -> str:
    said = row["text"] or words("review.removed")
    unit = words.name(catalogue.unit[row["unit"]])
    told = f"{unit} · {access.current().full_name(row['person'])} · {moment(row['at'])}"
    badge = f":orange-badge[{markup.plain(words('approval.waits'))}]"
    return f"{badge} {markup.plain(said)}  \n:gray[{markup.plain(told)}]"


def _by_whom(view: View, row: Row) -> None:
    reader = access.current()
    said = reader.explanations(view.year, view.as_of)
    mine = said[(said[list(KEY)] == [row[one] for one in KEY]).all(axis=1)]
    for one in rows_of(mine):
        told = (reader.full_name(one["person"]) if one["person"] else "", moment(one["at"]))
        st.caption(markup.plain(" · ".join(part for part in told if part)))


def _writes(view: View, row: Row) -> bool:
    """Whether the reader may explain the figure now: it is missed, sent back or explained already."""
    if view.as_of or view.rule.stage is Stage.CLOSED or not _may(row["unit"]):
        return False
    found = cached.wanted(view.year)
    mine = (found[list(KEY)] == [row[one] for one in KEY]).all(axis=1)
    return bool(mine.any()) or bool(row["explanation"])


def _may(unit: str) -> bool:
    reader = access.current()
    return reader.may(Act.ENTER) and reader.sees({unit})


def units(year: int, catalogue: Catalogue, words: Words) -> dict[str, str]:
    """All that the reader sees, and the units of the year that have anything to explain."""
    codes = set(cached.wanted(year)["unit"]) | {st.query_params.get("unit", "")}
    named = filters.units(catalogue, year, words)
    return {"": words("every.unit")} | {c: n for c, n in named.items() if c in codes}


def listed(year: int, unit: str, catalogue: Catalogue, words: Words) -> None:
    """What the unit and those below have to explain, each with a field, and one button for all; below
    it what is explained already.
    """
    found = cached.wanted(year)
    mine = found[found["unit"].isin(catalogue.subtree(unit) if unit else catalogue.unit)]
    rows = _with_figures(year, rows_of(mine))
    left = [row for row in rows if not row["explained"] and not row["waits"]]
    waits = [row for row in rows if row["waits"] and not row["explained"]]
    done = [row for row in rows if row["explained"]]
    said = words(
        "explain.sentence", n=len(rows), year=year, explained=len(done), waiting=len(waits)
    )
    st.header(markup.plain(said), anchor=False)
    if cached.years()[year].stage is Stage.CLOSED:
        st.info(words("explain.closed", year=year))
    elif left:
        _fields(year, left, catalogue, words)
    for title, part in (("explain.waiting", waits), ("explain.done", done)):
        if part:
            with st.expander(words(title, n=len(part))):
                for row in part:
                    st.markdown(_line(row, catalogue, words))


def _with_figures(year: int, found: Sequence[Row]) -> list[Row]:
    """The rows, each with its figure; one that has no number yet has only its name."""
    measured = {tuple(row[one] for one in KEY): row for row in rows_of(cached.measured(year))}
    return [{**measured.get(tuple(row[one] for one in KEY), {}), **row} for row in found]


def _fields(year: int, rows: Sequence[Row], catalogue: Catalogue, words: Words) -> None:
    shown = rows[:MANY]
    with st.form("explanations", border=False):
        texts = {}
        for unit in dict.fromkeys(row["unit"] for row in shown):
            st.subheader(markup.plain(words.name(catalogue.unit[unit])), anchor=False)
            for row in (row for row in shown if row["unit"] == unit):
                left, right = st.columns([2, 3], vertical_alignment="center")
                left.markdown(_line(row, catalogue, words, brief=True))
                key = (row["period"], row["unit"], row["indicator"])
                with right:
                    texts[key] = _field(key, "", words)
        if len(rows) > MANY:
            st.caption(words("explain.more", n=len(rows) - MANY))
        pressed = st.form_submit_button(
            words("explain.hand_in"), type=filters.emphasis(), icon=":material/send:"
        )
    if pressed:
        _hand_in(year, {key: text for key, text in texts.items() if text.strip()})
        st.rerun()


def _form(year: int, texts: Mapping[Key, str], words: Words) -> None:
    """The fields of one figure's page."""
    with st.form("explanation", border=False):
        given = {key: _field(key, text, words) for key, text in texts.items()}
        pressed = st.form_submit_button(words("explain.hand_in"), icon=":material/send:")
    if pressed:
        _hand_in(year, given)
        st.rerun()


def _field(key: Key, text: str, words: Words) -> str:
    return str(
        st.text_area(
            words("explain.field"),
            text,
            max_chars=explanations.LONGEST,
            height=HEIGHT,
            placeholder=words("explain.placeholder"),
            key=f"why-{'-'.join(key)}",
            label_visibility="collapsed",
        )
    )


def _hand_in(year: int, texts: Mapping[Key, str]) -> None:
    try:
        st.session_state[GIVEN] = explanations.explain(access.current(), year, texts)
    except DanvanError as error:
        st.session_state[GIVEN] = error


def _line(row: Row, catalogue: Catalogue, words: Words, *, brief: bool = False) -> str:
    """A figure that asks for an explanation: what it is, why it asks, and what was said (markdown)."""
    indicator = catalogue.indicator[row["indicator"]]
    link = figures.address("indicator", int(row["year"]), words) if "year" in row else None
    title = markup.plain(words.name(indicator))
    title = f"[{title}]({link(row)})" if link else title
    unit = "" if brief else f"{markup.plain(words.name(catalogue.unit[row['unit']]))} · "
    period = "" if row["period"] == Period.YEAR else f" ({words('period.' + row['period'])})"
    told = [figure(row, words)] if "decimals" in row else []
    if row["why"] == explanations.RETURNED:
        told.append(words("explain.returned", comment=row["comment"]))
    said = explanation_word(row, words) if row["explained"] else ""
    lines = [f"{_sign(row)} **{unit}{title}**{period}: {markup.plain(' · '.join(told))}"]
    return "  \n".join([*lines, f":gray[{markup.plain(said)}]"] if said else lines)


def _sign(row: Row) -> str:
    """The state's sign in its tone; of what has none the sign of something sent back."""
    if not row.get("state"):
        return ":orange[:material/undo:]"
    look = LOOKS[State(row["state"])]
    return f":{look.tone}[**{look.sign}**]"
