"""Entering registers on a page: which one, the rows as they were opened, what changes, one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from danvan.errors import DanvanError, Severity
from danvan.model import Catalogue, Document, Register
from danvan.registers import day_of, deadline, entering
from danvan.registers.entering import DAYS, RENEWALS, Act, Sheet, Written
from danvan.rows import Row, rows_of
from danvan.wording import Words, day, moment
from ui import access, approvals, cached, drafts, filters, markup, preview, tables

PAGE = "pages/enter/registers.py"
ASKED = "entry"  # in the address: the number of a row, or NEW; without it there is the grid
NEW = "new"
DESK, STORED, REFUSED = "register-desk", "register-stored", "register-refused"  # in the session
TONES = {Act.NEW: "green", Act.CHANGED: "orange", Act.REMOVED: "red"}
CODED = ("state", "kind")
FEW = 4  # names of rows that wait, before the rest is a few dots


@dataclass(frozen=True)
class Desk:
    """The rows of a register as they stood when the person opened them.

    `unit` is "" for all that they see; `turn` tells the widgets of this opening from those before.
    """

    register: Register
    year: int
    unit: str
    rows: pd.DataFrame
    revision: int
    turn: int

    @property
    def key(self) -> tuple[Register, int, str]:
        return (self.register, self.year, self.unit)

    def row(self, entry: int) -> Row | None:
        """The row of that number, where there is one."""
        found = rows_of(self.rows[self.rows["entry"] == entry])
        return found[0] if found else None


def register(words: Words) -> Register:
    """The register in the address."""
    return Register(filters.tab({str(r): words(f"register.{r}") for r in Register}, words))


def unit(catalogue: Catalogue, year: int, words: Words) -> str:
    """One unit of the year, or "" for all that the person sees."""
    if len([one for one in catalogue.units if one.valid_in(year)]) == 1:
        return filters.one_unit("unit", catalogue, year, words)
    return filters.unit("unit", catalogue, year, words, words("registers.all_units"))


def opened(register: Register, year: int, unit: str) -> Desk:
    """The rows as they were opened: anew where nobody has touched them since."""
    reader = access.current()
    kept: Desk | None = st.session_state.get(DESK)
    fits = kept is not None and kept.key == (register, year, unit)
    if kept and fits and (kept.revision == reader.revision() or _is_touched(kept)):
        return kept
    rows = reader.entries(register, year)
    mine = rows[rows["unit"] == unit] if unit else rows
    turn = kept.turn + 1 if kept else 1
    desk = Desk(register, year, unit, mine.reset_index(drop=True), reader.revision(), turn)
    st.session_state[DESK] = desk
    return desk


def _is_touched(desk: Desk) -> bool:
    grid = st.session_state.get(f"grid-{desk.turn}") or {}
    form = any(str(key).startswith(f"form-{desk.turn}-") for key in st.session_state)
    return form or any(grid.values())


def asked(desk: Desk, words: Words) -> int | None:
    """The row to show in the form, 0 for a new one; None for the grid. Said where there is none."""
    entry = st.query_params.get(ASKED, "")
    if entry == NEW:
        return 0
    if entry.isascii() and entry.isdigit() and desk.row(int(entry)):
        return int(entry)
    if entry:
        st.info(words("registers.no_row", number=markup.plain(entry), year=desk.year))
    return None


def way(desk: Desk, entry: int | None, words: Words) -> None:
    """The switch between the grid and the form, and the row that the form shows."""
    with st.container(horizontal=True, vertical_alignment="center"):
        ways = {"grid": words("registers.grid"), "form": words("registers.form")}
        st.session_state["way"] = "grid" if entry is None else "form"
        st.segmented_control(
            words("registers.way"),
            list(ways),
            required=True,
            format_func=lambda name: ways[name],
            key="way",
            on_change=_turn_to,
            label_visibility="collapsed",
        )
        if entry is not None:
            names = {r["entry"]: f"{r['name']} ({r['entry']})" for r in rows_of(desk.rows)}
            st.session_state["row"] = entry
            st.selectbox(
                words("registers.row"),
                [0, *names],
                format_func=lambda number: names.get(number) or words("registers.new_row"),
                key="row",
                on_change=_to_row,
                label_visibility="collapsed",
                width=480,
            )


def _turn_to() -> None:
    if st.session_state["way"] == "form":
        st.query_params[ASKED] = NEW
    else:
        st.query_params.pop(ASKED, None)


def _to_row() -> None:
    st.query_params[ASKED] = str(st.session_state["row"] or NEW)


def waiting(desk: Desk, words: Words) -> None:
    """The rows of it that wait to be approved: they are in no list yet."""
    _, rows, *_ = cached.waiting(access.current())
    mine = rows[(rows["register"] == desk.register) & (rows["year"] == desk.year)]
    mine = mine[mine["unit"] == desk.unit] if desk.unit else mine
    if mine.empty:
        return
    names = list(dict.fromkeys(mine["name"]))
    shown = " · ".join(names[:FEW]) + (" …" if len(names) > FEW else "")
    text = words("registers.waiting", n=len(mine))
    st.caption(f":material/hourglass_top: {text} {markup.plain(shown)}")


def checked(desk: Desk, written: Sequence[Written]) -> Sheet:
    """What was written, checked, with the answers that were given below it before."""
    given = [
        Written(
            one.texts, one.entry, one.seen, one.removed, _answer(desk, place) or "", one.documents
        )
        for place, one in enumerate(written)
    ]
    return entering.entered(access.current(), desk.register, desk.year, given, date.today())


def _answer(desk: Desk, place: int) -> str | None:
    answer: str | None = st.session_state.get(f"again-{desk.turn}-{place}")
    return answer


def told(desk: Desk, sheet: Sheet, catalogue: Catalogue, words: Words) -> None:
    """What is wrong or asked, then every change, old beside new."""
    _overtaken(desk, sheet, words)
    for kind in (Severity.ERROR, Severity.WARNING):
        for problem in sheet.problems:
            if problem.kind is kind:
                said = st.error if kind is Severity.ERROR else st.warning
                text = f"{problem.problem(words.language)} {problem.remedy(words.language)}"
                said(markup.plain(text))
    for place, row in sheet.twins.items():
        _to_twin(place, row, words)
    for place, row in sheet.again.items():
        _question(desk, place, row, words)
    _changes(desk, sheet, catalogue, words)


def _to_twin(place: int, row: Row, words: Words) -> None:
    st.button(
        markup.plain(words("registers.open_twin", name=row["name"])),
        icon=":material/edit:",
        key=f"twin-{place}",
        on_click=_open,
        args=(int(row["entry"]),),
    )


def _open(entry: int) -> None:
    st.query_params[ASKED] = str(entry)
    st.session_state.pop(DESK, None)


def _question(desk: Desk, place: int, row: Row, words: Words) -> None:
    """Whether a model goes on with the one of before: nobody but the person knows."""
    state = words(f"entry.{row['state'] or 'registered'}")
    about = {"name": row["name"], "year": row["year"], "state": state}
    with st.container(border=True):
        st.radio(
            markup.plain(words("registers.again", **about)),
            RENEWALS[1:] + RENEWALS[:1],
            index=None,
            format_func=lambda text: words(f"renewal_answer.{_renewal(text)}"),
            key=f"again-{desk.turn}-{place}",
        )


def _renewal(text: str) -> str:
    return ("new", "kept", "spread")[RENEWALS.index(text)]


def _changes(desk: Desk, sheet: Sheet, catalogue: Catalogue, words: Words) -> None:
    if not sheet.amendments:
        return
    badges = [
        f":{TONES[act]}-badge[{markup.plain(words(f'amendment.{act}', n=sheet.count(act)))}]"
        for act in Act
        if sheet.count(act)
    ]
    st.markdown(f"**{words('registers.changes')}** {' '.join(badges)}")
    rows = [
        {
            words("preview.change"): words(f"change_of.{one.act}"),
            words("preview.name"): one.entry.name or one.before.get("name", "–"),
            words("template.unit"): _unit(one.entry.unit, catalogue, words),
            words("preview.old"): _told(one.before, desk, catalogue, words),
            words("registers.becomes"): _new(one, desk, catalogue, words),
        }
        for one in sheet.amendments[: preview.MANY]
    ]
    if desk.unit:
        rows = [{n: t for n, t in row.items() if n != words("template.unit")} for row in rows]
    st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")


def _new(one: entering.Amendment, desk: Desk, catalogue: Catalogue, words: Words) -> str:
    if one.act is Act.REMOVED:
        return words("registers.taken_out")
    files = words("registers.documents", names=", ".join(f.name for f in one.entry.evidence))
    new = one.act is Act.NEW  # its name and unit stand in columns of their own
    after = {n: text for n, text in one.after.items() if not new or n not in ("name", "unit")}
    parts = [_told(after, desk, catalogue, words)] if after else []
    return " · ".join([*parts, *([files] if one.entry.evidence else [])])


def _unit(code: str, catalogue: Catalogue, words: Words) -> str:
    return words.name(catalogue.unit[code]) if code in catalogue.unit else "–"


def _told(values: Mapping[str, str], desk: Desk, catalogue: Catalogue, words: Words) -> str:
    """The fields with what they say, "trạng thái: đã đăng ký"."""
    shown = {n: said(n, text, desk.year, words) for n, text in values.items()}
    if "unit" in values:
        shown["unit"] = _unit(values["unit"], catalogue, words)
    return " · ".join(
        f"{tables.field_word(n, words, desk.register)}: {text or '–'}"
        for n, text in shown.items()
        if n != "name" or text
    )


def said(name: str, text: str, year: int, words: Words) -> str:
    """What a field says, in words: codes by their names, days as offices write them."""
    if name in CODED and words.knows(f"entry.{text}"):
        return words(f"entry.{text}")
    if name == "renewal" and text in RENEWALS:
        return words(f"renewal.{_renewal(text)}")
    if name in DAYS:
        on = day_of(text) if text else None
        return day(on) if on else text
    if name == "deadline" and text:
        return f"{text} ({meant(text, year, words)})"
    return text


def meant(text: str, year: int, words: Words) -> str:
    """What was understood of a deadline."""
    understood = deadline(text, year)
    if understood.day:
        return words("registers.until", day=day(understood.day))
    return words("registers.regular" if understood.regular else "registers.no_deadline")


def _overtaken(desk: Desk, sheet: Sheet, words: Words) -> None:
    """Who changed what meanwhile, and the way to look again; what was typed is lost with it."""
    if not sheet.overtaken:
        return
    reader = access.current()
    with st.container(border=True):
        st.error(words("error.newer_rows", n=len(sheet.overtaken)))
        for entry, seen in sheet.overtaken:
            one = entering.overtaking(reader, desk.register, entry, seen)
            if one is None:
                continue
            key = "registers.was_removed" if one.removed else "registers.was_changed"
            who = reader.full_name(one.person)
            text = words(key, name=one.name, person=who, at=moment(one.at))
            differ = [
                f"{tables.field_word(n, words, desk.register)}: {said(n, one.before[n], desk.year, words) or '–'} → "
                f"{said(n, one.after[n], desk.year, words) or '–'}"
                for n in one.after
            ]
            st.markdown(markup.plain(f"{text} {'; '.join(differ)}"))
        st.button(words("registers.look_again"), icon=":material/refresh:", on_click=look_again)


def look_again() -> None:
    """Open the rows as they stand now."""
    kept: Desk | None = st.session_state.get(DESK)
    if kept:
        for key in [k for k in st.session_state if str(k).startswith(f"form-{kept.turn}-")]:
            del st.session_state[key]
        empty = Desk(kept.register, 0, kept.unit, kept.rows, 0, kept.turn)
        st.session_state[DESK] = empty


def store(sheet: Sheet, document: Document | None, words: Words) -> None:
    """The one button that stores, with how many rows it is about."""
    if not sheet.sound:
        st.caption(words("registers.not_yet"))
    elif st.button(
        words("registers.store", n=len(sheet.amendments)),
        type=filters.emphasis(),
        icon=":material/save:",
    ):
        try:
            number = entering.hand_in(access.current(), sheet, drafts.person(), document)
        except DanvanError as error:
            st.error(markup.plain(error.text(words.language)))
            return
        st.session_state[STORED] = number
        if st.query_params.get(ASKED) not in (None, NEW):
            st.query_params.pop(ASKED)
        look_again()
        st.rerun()


def outcome(words: Words) -> None:
    """What came of the last button."""
    number = st.session_state.pop(STORED, None)
    if number:
        approvals.stored(number, words)
