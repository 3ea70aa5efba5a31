"""The review on a page: the queue, one submission beside what stands, and the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from danvan import approval
from danvan.approval import Waiting
from danvan.errors import DanvanError
from danvan.intake.difference import Key
from danvan.model import Catalogue
from danvan.registers.entering import ASKED as FIELDS
from danvan.rows import Row, rows_of
from danvan.wording import Words, moment
from ui import access, cached, downloads, entering, evidence, figures, filters, markup, preview

ASKED = "submission"  # in the address
DECIDED = "decided"  # in the session: what came of the button, to be said once
MANY = 30  # submissions in the list at once: the oldest are decided first
UNSAID = ("area", "continues")  # said by the list it stands in, or by the renewal


def outcome(words: Words) -> None:
    """What came of the last decision."""
    decided = st.session_state.pop(DECIDED, None)
    if isinstance(decided, DanvanError):
        st.error(decided.text(words.language))
    elif decided:
        key, count, number = decided
        st.success(words(key, n=count, number=number), icon=":material/check_circle:")


def chosen(queue: pd.DataFrame, catalogue: Catalogue, words: Words) -> Row:
    """The submission in the address, else the oldest; the others beside it to choose from."""
    rows = {str(row["id"]): row for row in rows_of(queue)}
    asked = st.query_params.get(ASKED, "")
    if asked.isdigit() and asked not in rows:
        st.info(words("review.gone", number=asked))
    at = asked if asked in rows else next(iter(rows))
    options = list(dict.fromkeys([*list(rows)[:MANY], at]))
    frames = cached.waiting(access.current())
    sizes, units = approval.sizes(*frames), approval.units(*frames)
    places = {n: _where(units.get(int(n), ()), catalogue, words) for n in options}
    names = {number: f"**{number}** · {markup.plain(place)}" for number, place in places.items()}
    st.session_state[ASKED] = at
    st.radio(
        words("review.queue", n=len(rows)),
        options,
        format_func=lambda number: names.get(number, number),
        captions=[markup.plain(_briefly(rows[number], sizes, words)) for number in options],
        key=ASKED,
        on_change=_to_address,
    )
    return rows[at]


def _to_address() -> None:
    st.query_params[ASKED] = st.session_state[ASKED]


def _where(units: Sequence[str], catalogue: Catalogue, words: Words) -> str:
    if len(units) == 1:
        return words.name(catalogue.unit[units[0]])
    return words("review.units", n=len(units))


def _briefly(row: Row, sizes: Mapping[int, int], words: Words) -> str:
    return f"{moment(row['at'])} · {words('history.facts', n=sizes.get(row['id'], 0))}"


def head(row: Row, catalogue: Catalogue, words: Words) -> None:
    """Who handed it in, when, on which document, and the files as they came."""
    units = approval.units(*cached.waiting(access.current())).get(row["id"], ())
    where = _where(units, catalogue, words)
    st.subheader(markup.plain(words("review.one", number=row["id"], where=where)), anchor=False)
    person = access.current().full_name(row["person"])
    channel = words(f"channel.{row['channel']}").lower()
    sent = words("review.handed_in", person=person, at=moment(row["at"]), channel=channel)
    told = (sent, figures.document(row), row["note"])
    st.caption(markup.plain(" · ".join(part for part in told if part)))
    with st.container(horizontal=True, gap="small"):
        for name in access.current().files(row["id"]):
            downloads.file_link(row["id"], name, words)


def entries(waiting: Waiting, catalogue: Catalogue, words: Words) -> None:
    """The rows of registers it brings."""
    if not waiting.entries:
        return
    st.markdown(f"**{words('review.entries', n=len(waiting.entries))}**")
    rows = [
        {
            words("preview.register"): words(f"register.{row['register']}"),
            words("template.unit"): words.name(catalogue.unit[row["unit"]]),
            words("preview.name"): row["name"],
            words("review.told"): _told(row, words),
            words("preview.change"): words(_change(row)),
        }
        for row in waiting.entries[: preview.MANY]
    ]
    rows = preview.without_alike(rows, words("preview.register"), words("template.unit"))
    st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")
    st.caption(words("review.entries_whole"))


def _told(row: Row, words: Words) -> str:
    """What a row says; of one that stands already what it changes, old and new."""
    values, former = row["values"], row["former"]
    if not former:
        return " · ".join(_said(name, values[name], row, words) for name in _shown(values))
    now = values | {"name": row["name"]}
    return " · ".join(
        f"{words(f'field.{name}')}: {_said(name, former.get(name, ''), row, words) or '–'} → "
        f"{_said(name, now.get(name, ''), row, words) or '–'}"
        for name in ("name", *_shown(FIELDS[row["register"]][1:]))
        if former.get(name, "") != now.get(name, "")
    )


def _shown(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in UNSAID]


def _said(name: str, text: str, row: Row, words: Words) -> str:
    return entering.said(name, text, row["year"], words)


def explanations(waiting: Waiting, catalogue: Catalogue, words: Words) -> None:
    """What it explains, beside what stands; an empty text takes that back."""
    if not waiting.explanations:
        return
    st.markdown(f"**{words('review.explanations', n=len(waiting.explanations))}**")
    rows = [
        {
            words("template.unit"): words.name(catalogue.unit[row["unit"]]),
            words("template.indicator"): words.name(catalogue.indicator[row["indicator"]]),
            words("field.period").capitalize(): words(f"period.{row['period']}"),
            words("table.explanation"): row["text"] or words("review.removed"),
            words("preview.old"): row["former"] or "–",
        }
        for row in waiting.explanations[: preview.MANY]
    ]
    rows = preview.without_alike(rows, words("template.unit"), words("field.period").capitalize())
    st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")


def documents(waiting: Waiting, words: Words) -> None:
    """The documents it brings, and those it takes away."""
    if not waiting.documents:
        return
    st.markdown(f"**{words('review.documents', n=len(waiting.documents))}**")
    for row in waiting.documents:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            evidence.link(row)
            gone = f"{words('evidence.to_be_removed')} · " if row["removed"] else ""
            st.caption(markup.plain(gone + evidence.about(row, words)), width="stretch")


def _change(row: Row) -> str:
    if row["removed"]:
        return "review.removed"
    return "difference.changed" if row["stands"] else "difference.new"


def decision(waiting: Waiting, catalogue: Catalogue, words: Words) -> None:
    """Approve all or but for some figures, or return all; what is returned needs a comment."""
    number = waiting.number
    with st.container(border=True):
        back: list[Key] = []
        if waiting.changes:
            back = st.multiselect(
                words("review.choose"),
                list(waiting.changes),
                format_func=lambda key: _figure(key, catalogue, words),
                placeholder=words("review.placeholder"),
                key=f"back-{number}",
            )
        st.text_area(words("review.comment"), key=_comment(number), height=80)
        with st.container(horizontal=True):
            left = waiting.size - len(back)
            label = words("review.approve", n=left)
            if back:
                label = words("review.approve_part", n=left, returned=len(back))
            st.button(
                label,
                type=filters.emphasis(),
                icon=":material/check:",
                disabled=not left,
                on_click=_decide,
                args=(number, "approved", waiting.facts(back), len(back)),
            )
            st.button(
                words("review.return"),
                icon=":material/undo:",
                on_click=_decide,
                args=(number, "returned", (), 0),
            )


def _figure(key: Key, catalogue: Catalogue, words: Words) -> str:
    _, period, unit, indicator = key
    names = (words.name(catalogue.unit[unit]), words.name(catalogue.indicator[indicator]))
    return " · ".join((*names, words(f"period.{period}")))


def _comment(number: int) -> str:
    return f"comment-{number}"


def _decide(number: int, outcome: str, returned: Sequence[int], count: int) -> None:
    comment = str(st.session_state.get(_comment(number), ""))
    try:
        access.current().decide(number, outcome, comment=comment, returned=returned)
    except DanvanError as error:
        st.session_state[DECIDED] = error
        return
    key = "review.approved_part" if returned else f"review.{outcome}"
    st.session_state[DECIDED] = (key, count, number)
    st.query_params.pop(ASKED, None)
