"""Approvals on a page: what waits in the reader's scope, and what became of a reporter's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from danvan import approval
from danvan.access import Access
from danvan.accounts import Act
from danvan.intake.difference import differences
from danvan.model import Catalogue
from danvan.rows import Row, rows_of
from danvan.wording import Words, moment
from ui import access, cached, filters, markup, places, preview
from ui.view import View

REVIEW, HISTORY, UPLOAD = (
    "pages/enter/review.py",
    "pages/manage/history.py",
    "pages/enter/upload.py",
)


def stored(number: int, words: Words) -> None:
    """What was handed in counts, or waits for somebody to approve it."""
    if access.may(Act.DECIDE):
        st.success(words("upload.stored", number=number), icon=":material/check_circle:")
    else:
        st.info(words("approval.sent", number=number), icon=":material/hourglass_top:")


def next_pages() -> list[str]:
    """Where whoever has handed in a file goes on, of the pages they may open."""
    pages = ("manage/history", "enter/plan", "enter/round", "enter/discrepancies")
    return [page for page in pages if places.opens(f"pages/{page}.py")]


def told(view: View) -> None:
    """What a reporter should hear of their own, and what waits of the year and unit that is shown.

    Nothing where the figures are those of an earlier moment: what waits does so now.
    """
    if view.as_of:
        return
    reader = access.current()  # once: asking who looks takes longer than all the rest here
    _news(reader, view.words)
    _line(reader, view)


def _line(reader: Access, view: View) -> None:
    """How much waits of the year, of the unit and of those below; quiet where nothing does."""
    words, units = view.words, view.catalogue.subtree(view.unit.code)
    frames = (
        frame[(frame["year"] == view.year) & frame["unit"].isin(units)]
        for frame in cached.waiting(reader)
    )
    sizes = approval.sizes(*frames)
    if not sizes:
        return
    text = words("approval.waiting", n=sum(sizes.values()), submissions=len(sizes))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(text, width="content")
        for page, label in ((REVIEW, "approval.to_review"), (HISTORY, "approval.to_history")):
            if places.opens(page):
                filters.link(page, words(label), words)
                break


def values(year: int, unit: str, indicator: str, catalogue: Catalogue, words: Words) -> None:
    """What waits of one figure, of the unit and of those below that it is made of."""
    figures, *_ = cached.waiting(access.current())
    mine = figures[
        (figures["year"] == year)
        & (figures["indicator"] == indicator)
        & figures["unit"].isin(catalogue.subtree(unit))
    ]
    if mine.empty:
        return
    with st.container(border=True):
        st.subheader(words("approval.card"), anchor=False)
        acts = [rows_of(act) for _, act in mine.groupby("submission")]
        rows = [row for act in acts for row in _values(act, catalogue, words)]
        rows = preview.without_alike(
            rows, words("template.unit"), words("field.period").capitalize()
        )
        st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")


def _values(rows: Sequence[Row], catalogue: Catalogue, words: Words) -> Iterator[dict[str, str]]:
    """One row for each figure of a submission."""
    who, at = access.current().full_name(rows[0]["person"]), moment(rows[0]["at"])
    for key, figure in differences(map(approval.fact, rows), pd.DataFrame()).items():
        _, period, unit, _ = key
        yield {
            words("template.unit"): words.name(catalogue.unit[unit]),
            words("field.period").capitalize(): words(f"period.{period}"),
            words("approval.value"): preview.said(figure.stated, words),
            words("approval.person"): who,
            words("approval.at"): at,
        }


def _news(reader: Access, words: Words) -> None:
    """What became of a reporter's submissions: returned, waiting, approved since the last visit."""
    if not reader.may(Act.ENTER) or reader.may(Act.DECIDE):
        return
    found = approval.news(cached.own(reader), reader.visited_before())
    if not found:
        return
    with st.container(border=True, gap="small"):
        st.subheader(words("approval.news"), anchor=False)
        for row in found.returned:
            _returned(row, words)
        kinds = (
            ("orange", "hourglass_top", "approval.news_waiting", found.waiting),
            ("green", "check_circle", "approval.news_approved", found.approved),
        )
        for tone, icon, key, rows in kinds:
            if rows:
                numbers = ", ".join(str(row["id"]) for row in rows)
                text = words(key, n=len(rows), numbers=numbers)
                st.markdown(f":{tone}[:material/{icon}:] {text}")


def _returned(row: Row, words: Words) -> None:
    person = markup.plain(access.current().full_name(row["decided_by"]))
    told = {"number": row["id"], "at": moment(row["decided_at"]), "person": person}
    if row["figures"]:
        text = words("approval.news_returned", n=row["sent_back"], **{"of": row["figures"], **told})
    else:
        text = words("approval.news_returned_rows", **told)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        comment = markup.plain(row["comment"])
        st.markdown(f":red[:material/undo:] {text}  \n“{comment}”", width="stretch")
        filters.link(UPLOAD, words("approval.again"), words)
