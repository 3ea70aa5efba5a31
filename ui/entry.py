"""One row of a register on a page: all that it says, its life, what proves it, what counts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from danvan import registers
from danvan.access import PUBLIC
from danvan.findings import task_word
from danvan.model import Register
from danvan.registers import COLUMNS, NONE
from danvan.rows import Row, rows_of
from danvan.states import HOLDER_LOOKS, MODEL_LOOKS, TASK_LOOKS, Look
from danvan.wording import Words, day, moment
from ui import access, cached, card, evidence, figures, filters, markup, places, register, tables
from ui.register import Asked
from ui.tables import Listed
from ui.view import View, then

STANDS: dict[Register, tuple[str, str, Mapping[str, Look]]] = {
    Register.MODEL: ("of_state", "model", MODEL_LOOKS),
    Register.TASK: ("of_standing", "task", TASK_LOOKS),
    Register.AWARD: ("of_kind", "holder", HOLDER_LOOKS),
}
"""The key that says what a row is, its words and its looks."""
DIGITS = 18  # of a number that a database can hold
EDITING = "pages/enter/registers.py"


def asked() -> str:
    """The row in the address; "" where the whole register is asked for."""
    return st.query_params.get("entry", "")


def show(asked_of: Asked, words: Words) -> None:
    """The row of the address, or a sentence where there is none that the reader may see."""
    view, kind = asked_of.view, asked_of.register
    back = f"[{words(f'{register.PATHS[kind]}.list')}]({register.here(asked_of)})"
    versions = _life(kind, asked(), view)
    if versions.empty:
        _head(words("entry_page.unknown_title"), "", view)
        st.info(words("entry_page.unknown"))
        st.markdown(f":material/arrow_back: {back}")
        return
    row = _told(versions, kind, view)
    _head(row["name"], _about(row, kind, view), view)
    st.markdown(" · ".join((f":material/arrow_back: {back}", *_change(row, kind, view))))
    st.header(_standing(row, kind, words), anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with st.container(border=True):
            st.subheader(words("entry_page.says"), anchor=False)
            st.html(_says(row, kind, words).html(filters.theme()))
        _others(row, kind, view)
    with right:
        with st.container(border=True):
            st.subheader(words("entry_page.belongs"), anchor=False)
            for line in _belongs(row, kind, view):
                st.markdown(line)
        _proof(row, kind, view)
        with st.container(border=True):
            st.subheader(words("entry_page.life"), anchor=False)
            for line in _lives(versions, kind, words):
                st.markdown(line)


def _change(row: Row, kind: Register, view: View) -> Iterator[str]:
    """The way to the form in which the row is changed, for whoever may."""
    if places.opens(EDITING) and row["stands"] and view.as_of is None:
        about = {"tab": str(kind), "entry": str(row["entry"])}
        to = urlencode(filters.query(int(row["year"]), view.words, **about))
        yield f":material/edit: [{view.words('entry_page.change')}](registers?{to})"


def _life(kind: Register, text: str, view: View) -> pd.DataFrame:
    """The versions of the row; none for what is no number."""
    given = int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
    return access.current().life(kind, given, view.as_of)


def _told(versions: pd.DataFrame, kind: Register, view: View) -> Row:
    """The version that stands, else the newest, with its keys."""
    stands = versions[versions["stands"]]
    one = (stands if len(stands) else versions).head(1)
    return rows_of(registers.with_keys(one, kind, cached.day(view.as_of)))[0]


def _head(title: str, about: str, view: View) -> None:
    filters.head(markup.plain(title), markup.plain(about))
    if view.as_of:
        then(view)


def _about(row: Row, kind: Register, view: View) -> str:
    words = view.words
    year = words("filter.of_year", year=row["year"])
    return " · ".join((words(f"register.{kind}"), _unit(row["unit"], view), year))


def _unit(code: str, view: View) -> str:
    return view.words.name(view.catalogue.unit[code]) if code in view.catalogue.unit else code


def _standing(row: Row, kind: Register, words: Words) -> str:
    """What the row is now, as a label, and what speaks against reading it as true."""
    column, family, looks = STANDS[kind]
    look = looks.get(row[column], looks[NONE])
    word = task_word(row, words) if kind is Register.TASK else None
    word = word or register.key_word(row[column], family, words).lower()
    said = [f":{look.tone}-badge[{markup.plain(f'{look.sign} {word}')}]"]
    if row["removed"]:
        said.append(markup.plain(words("entry_page.removed")))
    elif not row["stands"]:
        said.append(markup.plain(words(card.use(row)[1])))
    return " ".join(said)


def _says(row: Row, kind: Register, words: Words) -> Listed:
    """Every column of the row, blank ones as a dash."""
    names = ["name", *(name for name in COLUMNS[kind] if name != "continues")]
    rows = [
        {"what": tables.heading(name, words, kind), "text": said(row, name, words)}
        for name in names
    ]
    rows.append({"what": words("table.source"), "text": figures.place(row) or "–"})
    columns = [
        tables.text(words("entry_page.what"), lambda line: line["what"]),
        tables.text(words("entry_page.text"), lambda line: line["text"], 60),
    ]
    return Listed(words("entry_page.says"), rows, columns)


def said(row: Row, name: str, words: Words) -> str:
    """What the row says in a column: codes in words, days as offices write them, a dash for nothing."""
    text = str(row[name])
    task = "deadline" in row
    family = {"state": "task" if task else "model", "kind": "weight" if task else "holder"}.get(
        name
    )
    if family and text and words.knows(f"{family}.{text}"):
        return words(f"{family}.{text}")
    return (day_of(text) if name in ("decided_on", "finished_on") else text) or "–"


def day_of(text: str) -> str:
    """A day that was understood as offices write it; what was not, as it was written."""
    try:
        return day(date.fromisoformat(text)) if text else ""
    except ValueError:
        return text


def _belongs(row: Row, kind: Register, view: View) -> Iterator[str]:
    """The ways to its unit and to the indicators that count it (markdown)."""
    words, year = view.words, int(row["year"])
    link = figures.address("unit", year, words)(row)
    yield f"{words('template.unit')}: [{markup.plain(_unit(row['unit'], view))}]({link})"
    frame = pd.DataFrame([row])
    to_card = figures.address("indicator", year, words)
    counting = [
        one
        for one in view.catalogue.indicators
        if registers.register_of(one) is kind and one.valid_in(year)
        and row["counts"] and not row["removed"]
        and len(registers.behind(frame, one, view.catalogue))
    ]  # fmt: skip
    for one in counting:
        to = to_card({"unit": row["unit"], "indicator": one.code})
        yield words("entry_page.counted", name=f"[{markup.plain(words.name(one))}]({to})")
    if not counting:
        yield words("entry_page.uncounted")


def _others(row: Row, kind: Register, view: View) -> None:
    """The same model in other years, with what it became there."""
    if kind is not Register.MODEL:
        return
    words = view.words
    models = cached.entries(kind, None, view.as_of)
    near = models[models["unit"] == row["unit"]]
    again = registers.repeated(near, row["unit"], row["name"], int(row["entry"]))
    joined = (models["continues"] == str(row["entry"])) | (
        models["entry"].astype(str) == row["continues"]
    )
    known_rows = pd.concat([models[joined], again]).drop_duplicates("entry")
    if known_rows.empty:
        return
    with st.container(border=True):
        st.subheader(words("entry_page.others"), anchor=False)
        for other in rows_of(known_rows.sort_values(["year", "entry"], ascending=False)):
            st.markdown(_other(other, view))


def _other(row: Row, view: View) -> str:
    words = view.words
    look = MODEL_LOOKS.get(row["state"], MODEL_LOOKS[NONE])
    state = words(f"model.{row['state'] or NONE}")
    to = register.address(view, Register.MODEL, entry=str(row["entry"]))
    name = f"[{markup.plain(row['name'])}]({to})"
    told = f":{look.tone}[{look.sign} {markup.plain(state)}]"
    alike = "" if row.get("same", True) is not False else f" · {words('entry_page.alike')}"
    return f"**{row['year']}** · {name} · {told}{alike}"


def _proof(row: Row, kind: Register, view: View) -> None:
    """The documents that prove the row, for whoever has signed in."""
    words, reader = view.words, access.current()
    if reader.account is PUBLIC:
        return
    stored = cached.evidence(None, view.as_of)
    waiting = reader.waiting_evidence() if view.as_of is None else stored.head(0)
    found = [
        (one, waits)
        for frame, waits in ((stored, False), (waiting, True))
        for one in rows_of(frame[(frame["register"] == kind) & frame["entry"].eq(row["entry"])])
    ]
    with st.container(border=True):
        st.subheader(words("entry_page.proof"), anchor=False)
        if not found:
            st.markdown(words("entry_page.unproved"))
        for one, waits in found:
            about = evidence.about(one, words)
            with st.container(gap=None):
                evidence.link(one)
                st.caption(
                    f"{markup.plain(about)} · {words('approval.waits')}"
                    if waits
                    else markup.plain(about)
                )


def _lives(versions: pd.DataFrame, kind: Register, words: Words) -> Iterator[str]:
    """Every version, newest first: what it changed, when, who, and from which cell."""
    rows = rows_of(versions)
    for at, row in enumerate(rows):
        before = rows[at + 1] if at + 1 < len(rows) else None
        tone, is_now = card.use(row)
        what = markup.plain(_changed(row, before, kind, words))
        person = access.current().full_name(row["person"])
        note = "" if row["note_of_submission"] == row["document"] else row["note_of_submission"]
        told = (moment(row["at"]), person, figures.place(row), figures.document(row), note)
        facts = " · ".join(markup.plain(fact) for fact in told if fact)
        yield f"**{what}** :{tone}-badge[{markup.plain(words(is_now))}]  \n:gray[{facts}]"


def _changed(row: Row, before: Row | None, kind: Register, words: Words) -> str:
    """What a version says that the one before it did not."""
    if row["removed"]:
        return words("entry_page.removed")
    names: Sequence[str] = ("unit", "name", *COLUMNS[kind])
    if before is None:
        first = words("entry_page.first")
        return f"{first}: {said(row, 'state', words)}" if row.get("state") else first
    changed = [
        f"{tables.heading(name, words, kind)}: {said(row, name, words)}"
        for name in names
        if row[name] != before[name]
    ]
    return "; ".join(changed) if changed else words("entry_page.same")
