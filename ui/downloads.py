"""What a person takes away or hands in with one button: templates, marked workbooks, figures."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

import streamlit as st

from danvan import intake
from danvan.access import Access
from danvan.intake import Check
from danvan.intake.marked import marked
from danvan.model import Draft, Period
from danvan.rounds import forms
from danvan.wording import Words
from ui import access, filters, markup

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(year: int, unit: str, words: Words) -> None:
    """The workbook to be filled in, made when it is asked for."""
    reader = access.current()
    st.download_button(
        words("upload.get_template"),
        data=partial(_template, reader, year, unit, words),
        # the revision is in the name: Streamlit may hand out an older file of the same name
        file_name=words(
            "upload.template_name",
            unit=unit or "all",
            year=year,
            revision=reader.revision(),
        ),
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
    )


def plan(year: int, unit: str, words: Words) -> None:
    """The workbook of a year's targets alone, made when it is asked for."""
    reader = access.current()
    st.download_button(
        words("plan.get_workbook"),
        data=partial(_plan, reader, year, unit, words),
        file_name=words("plan.workbook_name", year=year, revision=reader.revision()),
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
    )


def form(year: int, period: Period, unit: str, words: Words) -> None:
    """The workbook of a round with what the unit owes in it."""
    reader = access.current()
    told: dict[str, Any] = {
        "unit": unit,
        "year": year,
        "period": period,
        "revision": reader.revision(),
    }
    st.download_button(
        words("owing.form"),
        data=partial(_form, reader, year, period, unit, words),
        # the revision is in the name: Streamlit may hand out an older file of the same name
        file_name=words("owing.form_name", **told),
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key=f"form-{period}-{unit}",
    )


def every_form(year: int, period: Period, words: Words) -> None:
    """The forms of all units that owe something in a round, in one archive."""
    reader = access.current()
    about: dict[str, Any] = {"year": year, "period": period, "revision": reader.revision()}
    st.download_button(
        words("round.forms"),
        data=partial(_every_form, reader, year, period, words),
        file_name=words("round.forms_name", **about),
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
    )


def file_link(submission: int, name: str, words: Words) -> None:
    """The way to a file as it was handed in; the server asks again who may have it."""
    st.link_button(
        markup.plain(name),
        f"/files/{submission}/{quote(name, safe='')}",
        type="tertiary",
        icon=":material/download:",
        help=words("history.file"),
    )


def _template(reader: Access, year: int, unit: str, words: Words) -> bytes:
    store = reader.renewed()
    return intake.template_for(store, year, unit or store.unit or None, words)


def _plan(reader: Access, year: int, unit: str, words: Words) -> bytes:
    return intake.template_for(reader.renewed(), year, unit, words, plan=True)


def _form(reader: Access, year: int, period: Period, unit: str, words: Words) -> bytes:
    return forms.form(reader.renewed(), year, period, unit, words, date.today())


def _every_form(reader: Access, year: int, period: Period, words: Words) -> bytes:
    return forms.every_form(reader.renewed(), year, period, words, date.today())


def marked_files(draft: Draft, checked: Check, words: Words) -> None:
    """Each file with problems, to be taken back marked; said plainly where only a list can be made."""
    with st.container(horizontal=True):
        for file in draft.files:
            mine = [problem for problem in checked.problems if problem.file == file.name]
            if not mine:
                continue
            back = marked(file, mine, words)
            mark = hashlib.sha256(back.content).hexdigest()[:8]
            label = "upload.get_marked" if back.whole else "upload.get_list"
            st.download_button(
                markup.plain(words(label, name=file.name)),
                data=back.content,
                file_name=back.name,
                mime=XLSX,
                icon=":material/download:",
                on_click="ignore",
                key=f"marked-{file.name}-{mark}",
                help=None if back.whole else words("upload.list_why"),
            )


def store_button(checked: Check, words: Words) -> bool:
    """The one button that stores, saying how much; the rest is left out only when that is said."""
    count = len(checked.changes) + len(checked.entries)
    if not checked.storable:
        return False
    if checked.conflicts:
        st.caption(words("upload.conflicts_first"))
        return False
    if checked.sound:
        return st.button(
            words("upload.store", n=count), type=filters.emphasis(), icon=":material/save:"
        )
    st.caption(words("upload.all_or_nothing"))
    return st.button(words("upload.store_good", n=count), icon=":material/save:")
