"""The plan of a year on a page: which year, what was written and not yet stored, and one button."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from danvan import closing, planning
from danvan.errors import DanvanError, Severity
from danvan.intake import Check
from danvan.intake.revising import CODE
from danvan.model import Catalogue, Channel, Stage
from danvan.planning import Aim, Decision, Matrix, Place, Sheet
from danvan.rows import rows_of
from danvan.wording import PLACES, Words, day, number
from ui import access, approvals, cached, downloads, filters, markup, preview, tables
from ui.tables import Listed

THIS = "pages/enter/plan.py"
MATRIX, ALLOCATION, DRAFT, TASKS = "matrix", "allocation", "draft", "tasks"  # in the address
SHEET, STORED, FILLED = "plan-sheet", "plan-stored", "plan-filled"  # in the session
TONES = {Stage.PLANNING: "orange", Stage.OPEN: "green"}
NARROW, WIDE = 130, 260  # pixels of a year and of a unit


def tab(words: Words) -> str:
    """The part of the plan in the address."""
    parts = (MATRIX, ALLOCATION, DRAFT, TASKS)
    return filters.tab({name: words(f"plan_tab.{name}") for name in parts}, words)


def year(words: Words) -> int:
    """A year that can be planned: one that is not closed, or the one after all."""
    rules = cached.years()
    last = max(rules, default=date.today().year - 1)
    begun = [one for one, rule in rules.items() if rule.stage is not Stage.CLOSED]
    return filters.year_to_enter(sorted({*begun, last + 1}), begun, words, width=NARROW)


def top(catalogue: Catalogue, year: int, words: Words) -> str:
    """The unit whose plan it is: the one above all others, or one of them where there are several."""
    roots = catalogue.roots(year)
    if len(roots) == 1:
        return roots[0].code
    names = {unit.code: words.name(unit) for unit in roots}
    chosen = st.selectbox(
        words("template.unit"),
        list(names),
        format_func=lambda code: names[code],
        key="plan-top",
        width=WIDE,
    )
    return str(chosen)


def ways(year: int, top: str, words: Words) -> None:
    """The plan as a workbook, and the way to hand it in when it is filled in."""
    downloads.plan(year, top, words)
    with st.container(width="content"):
        about = {"year": str(year)}
        filters.link("pages/enter/upload.py", words("plan.to_upload"), words, **about)


def begun(year: int, words: Words) -> bool:
    """Whether the year is planned or open; else the button that begins it."""
    rule = cached.years().get(year)
    if rule is None:
        st.info(words("plan.not_begun", year=year))
        st.button(
            words("plan.begin", year=year),
            type=filters.emphasis(),
            icon=":material/edit_calendar:",
            on_click=_begin,
            args=(year, words),
        )
        return False
    badge = f":{TONES[rule.stage]}-badge[{markup.plain(words(f'stage.{rule.stage}'))}]"
    st.markdown(f"{badge} :small[{words(f'plan_stage.{rule.stage}', year=year)}]")
    return True


def _begin(year: int, words: Words) -> None:
    try:
        closing.plan(access.current(), year)
    except DanvanError as error:
        st.toast(markup.plain(error.text(words.language)), icon=":material/error:")


def opened(year: int, top: str) -> Sheet:
    """The plan as it was opened: anew where nothing has been written into it since."""
    reader = access.current()
    kept: Sheet | None = st.session_state.get(SHEET)
    fits = kept is not None and (kept.year, kept.top) == (year, top)
    if kept and fits and (kept.revision == reader.revision() or filled(kept)):
        return kept
    sheet = planning.opened(reader, year, top)
    st.session_state[SHEET] = sheet
    return sheet


def filled(sheet: Sheet) -> dict[Place, str]:
    """What was written into cells of the plan and not stored, by place."""
    kept: dict[Place, str] = st.session_state.setdefault(_filled(sheet), {})
    return kept


def _filled(sheet: Sheet) -> str:
    return f"{FILLED}-{sheet.year}-{sheet.top}"


def fill(sheet: Sheet, texts: Mapping[Place, str]) -> None:
    """Write into cells of the plan; nothing is stored by that."""
    filled(sheet).update(texts)
    st.session_state["plan-turn"] = st.session_state.get("plan-turn", 0) + 1


def look_again() -> None:
    """Open the plan as it stands now; what was written stays."""
    st.session_state.pop(SHEET, None)


def discard(sheet: Sheet) -> None:
    """Forget what was written and not stored."""
    filled(sheet).clear()
    fill(sheet, {})
    look_again()


def law(plan: Matrix, sheet: Sheet, catalogue: Catalogue, words: Words) -> None:
    """Where less is planned than the law asks, and the button that writes its minimum there."""
    short = planning.short_of_law(plan, catalogue)
    for code in dict.fromkeys(one.place[1] for one in short):
        mine = [one for one in short if one.place[1] == code]
        named = ", ".join(words.name(catalogue.unit[one.place[0]]) for one in mine)
        about = {"name": words.name(catalogue.indicator[code]), "basis": mine[0].basis}
        least = number(mine[0].minimum, PLACES)
        text = words("plan.short_of_law", n=len(mine), minimum=least, units=named, **about)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/gavel: {markup.plain(text)}", width="stretch")
            st.button(
                words("plan.take_minimum"),
                key=f"law-{code}",
                on_click=fill,
                args=(sheet, {one.place: number(one.minimum, PLACES) for one in mine}),
            )


def told(checked: Check, stands: Matrix, catalogue: Catalogue, words: Words) -> None:
    """What is wrong with what was written, then every change, old beside new."""
    if checked.conflicts:
        with st.container(border=True):
            st.error(words("plan.conflicts", n=len(checked.conflicts)))
            places = {(unit, code): code for _, _, unit, code in checked.conflicts}
            named = [_place(place, catalogue, words) for place in places]
            st.markdown(markup.plain("; ".join(named[: preview.MANY])))
            st.button(words("upload.look_again"), icon=":material/refresh:", on_click=look_again)
    for problem in checked.problems:
        if problem.code == CODE:
            continue  # it is asked for below
        said = st.warning if problem.kind is Severity.WARNING else st.error
        text = f"{problem.problem(words.language)} {problem.remedy(words.language)}"
        place = (problem.sheet, problem.cell)
        about = f"**{markup.plain(_place(place, catalogue, words))}**: " if problem.sheet else ""
        said(about + markup.plain(text))
    moved = [one for one in planning.changes(checked, stands) if one[1] != one[2]]
    if not moved:
        return
    st.markdown(f"**{markup.plain(words('plan.changes', n=len(moved)))}**")
    rows = [
        {
            "indicator": words.name(catalogue.indicator[place[1]]),
            "unit": place[0],
            "old": _old(old, words),
            "new": new.text or words("plan.taken_back"),
        }
        for place, old, new in moved[: preview.MANY]
    ]
    columns = [
        tables.text(words("table.indicator"), lambda row: row["indicator"], 60),
        tables.by_unit(catalogue, words),
        tables.text(words("preview.old"), lambda row: row["old"]),
        tables.text(words("registers.becomes"), lambda row: row["new"]),
    ]
    title = words("plan.changes", n=len(moved))
    st.html(Listed(title, rows, columns, grouped=True).html(filters.theme()))
    if len(moved) > preview.MANY:
        st.caption(words("preview.more", n=len(moved) - preview.MANY))


def _old(aim: Aim, words: Words) -> str:
    first = words("figure.first_target", first=number(aim.first, PLACES)) if aim.revised else ""
    text = aim.text or "–"
    return f"{text} ({first})" if first else text


def _place(place: Place, catalogue: Catalogue, words: Words) -> str:
    unit, code = catalogue.unit.get(place[0]), catalogue.indicator.get(place[1])
    named = [words.name(one) for one in (code, unit) if one]
    return " · ".join(named)


def store(checked: Check, stands: Matrix, channel: Channel, words: Words) -> None:
    """The decision where targets of an open year change, and the one button that stores."""
    count = sum(old != new for _, old, new in planning.changes(checked, stands))
    if not count and not checked.problems:
        return
    decision = _decision(len(checked.revised), words) if checked.revised else None
    with st.container(horizontal=True, vertical_alignment="center"):
        ready = checked.sound and not checked.conflicts
        if st.button(
            words("plan.store", n=count),
            type=filters.emphasis(),
            icon=":material/save:",
            disabled=not ready,
        ):
            _hand_in(checked, channel, decision, words)
        if channel is Channel.FORM:
            sheet: Sheet = st.session_state[SHEET]
            st.button(words("plan.discard"), on_click=discard, args=(sheet,))
        if not ready:
            st.caption(words("plan.not_yet"))


def _decision(revised: int, words: Words) -> Decision:
    """By what, when and why: asked where what stands in an open year would change."""
    with st.container(border=True):
        st.markdown(f":material/gavel: {markup.plain(words('plan.revises', n=revised))}")
        left, middle, right = st.columns([2, 1, 3])
        paper = left.text_input(words("plan.decision"), key="plan-decision", max_chars=100)
        on: date | None = middle.date_input(
            words("plan.decided_on"), value=None, format="DD/MM/YYYY", key="plan-decided-on"
        )
        reason = right.text_input(words("plan.reason"), key="plan-reason", max_chars=500)
    return Decision(paper, on, reason)


def _hand_in(checked: Check, channel: Channel, decision: Decision | None, words: Words) -> None:
    reader, sheet = access.current(), st.session_state[SHEET]
    try:
        number = planning.hand_in(reader, checked, channel, decision)
    except DanvanError as error:
        st.error(markup.plain(error.text(words.language)))
        return
    st.session_state[STORED] = number
    for name in ("plan-decision", "plan-decided-on", "plan-reason"):
        st.session_state.pop(name, None)
    if channel is Channel.FORM:
        filled(sheet).clear()
    fill(sheet, {})
    look_again()
    st.rerun()


def outcome(words: Words) -> None:
    """What came of the last button."""
    number = st.session_state.pop(STORED, None)
    if number:
        approvals.stored(number, words)


def revisions(stands: Matrix, catalogue: Catalogue, words: Words) -> None:
    """The targets that were revised: the first one, the one that stands, and by what decision."""
    revised = {place: aim for place, aim in stands.aims.items() if aim.revised}
    mine = {u.code for u in (stands.top, *stands.units)}
    revised = {place: aim for place, aim in revised.items() if place[0] in mine}
    if not revised:
        return
    papers = {
        (row["unit"], row["indicator"]): row
        for row in rows_of(cached.origins(stands.year))
        if row["aspect"] == "target" and row["period"] == "year"
    }  # the newest statement of a figure comes last
    with st.expander(words("plan.revised", n=len(revised)), icon=":material/history:"):
        rows = []
        for place, aim in revised.items():
            paper = papers.get(place, {})
            on = str(paper.get("document_date") or "")
            told = (
                str(paper.get("document_number") or ""),
                day(date.fromisoformat(on)) if on else "",
            )
            rows.append(
                {
                    words("table.indicator"): words.name(catalogue.indicator[place[1]]),
                    words("template.unit"): words.name(catalogue.unit[place[0]]),
                    words("table.first_target"): number(aim.first, PLACES),
                    words("plan.now"): aim.text or "–",
                    words("plan.decision"): ", ".join(part for part in told if part) or "–",
                }
            )
        st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")
