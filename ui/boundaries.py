"""Boundaries on a page: a file of where units lie, what it matches, storing it and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from danvan.accounts import Act
from danvan.charts import Tile, boundary_map
from danvan.errors import DanvanError, Severity
from danvan.intake.boundaries import LARGEST, Bounded, read_boundaries
from danvan.model import Boundary, Catalogue, Channel, File, Submission
from danvan.wording import Words
from ui import access, cached, drafts, filters, markup, preview

FILE = "boundaries-file"  # in the session: counts the files taken, so that the next one begins anew
DONE = "boundaries-done"  # in the session: what came of the button, to be said once
MEGABYTE = 2**20


def changeable() -> bool:
    """Whether whoever looks may change where units lie: those who see all of the catalogue they keep."""
    return access.may(Act.CATALOGUE) and not access.current().unit


def link(words: Words) -> None:
    """The way to this part of the catalogue."""
    page, label = "pages/manage/catalogue.py", words("boundaries.change")
    filters.link(page, label, words, tab="boundaries")


def part(catalogue: Catalogue, words: Words) -> None:
    """What stands, a file to replace it with, and the button that takes it back."""
    years = sorted(cached.years())
    _done(words)
    standing = cached.boundaries()
    with st.container(horizontal=True, vertical_alignment="center"):
        told = (
            words("boundaries.standing", n=len(standing)) if standing else words("boundaries.none")
        )
        st.markdown(told, width="stretch")
        if standing:
            none = tuple(Boundary(one.unit) for one in standing)
            st.button(words("boundaries.remove"), on_click=_store, args=(none, ()))
    with st.container(border=True):
        st.caption(words("boundaries.how", most=LARGEST // MEGABYTE))
        year = st.selectbox(words("boundaries.year"), years[::-1], key="boundaries-year", width=200)
        taken = st.session_state.setdefault(FILE, 0)
        handed_in = st.file_uploader(
            words("boundaries.file"),
            type=["geojson", "json"],
            max_upload_size=LARGEST // MEGABYTE,
            key=f"{FILE}-{taken}",
        )
    if handed_in:
        file = File(handed_in.name, handed_in.getvalue())
        _checked(file, read_boundaries(file, catalogue, int(year)), catalogue, int(year), words)


def _checked(file: File, read: Bounded, catalogue: Catalogue, year: int, words: Words) -> None:
    """What is wrong with the file; or what it matches, and the button."""
    if read.problems:
        st.subheader(words("boundaries.refused", n=len(read.problems)), anchor=False)
        preview.problems(read.problems, Severity.ERROR, words)
        return
    found = [one.unit for one in read.boundaries]
    parents = {catalogue.unit[code].parent for code in found}
    left = [
        unit.code
        for unit in catalogue.units
        if unit.valid_in(year) and unit.parent in parents and unit.code not in found
    ]
    text = words("boundaries.matched", n=len(found), units=_names(found, catalogue, words))
    st.markdown(markup.plain(text))
    if left:
        st.caption(markup.plain(words("boundaries.left", units=_names(left, catalogue, words))))
    tiles = [Tile(unit) for unit in catalogue.units]
    drawn = boundary_map(tiles, read.boundaries, words, filters.theme(), only_names=True)
    with st.container(border=True):
        st.html(drawn)
    st.button(
        words("boundaries.store", n=len(found)),
        type=filters.emphasis(),
        icon=":material/check:",
        on_click=_store,
        args=(read.boundaries, (file,)),
    )


def _names(codes: Iterable[str], catalogue: Catalogue, words: Words) -> str:
    return ", ".join(words.name(catalogue.unit[code]) for code in codes)


def _store(boundaries: tuple[Boundary, ...], files: Sequence[File]) -> None:
    act = Submission(
        person=drafts.person(),
        channel=Channel.CATALOGUE,
        files=tuple(files),
        boundaries=boundaries,
    )
    try:
        (st.session_state[DONE],) = access.current().submit([act])
    except DanvanError as error:
        st.session_state[DONE] = error
        return
    st.session_state[FILE] += 1


def _done(words: Words) -> None:
    done = st.session_state.pop(DONE, None)
    if isinstance(done, DanvanError):
        st.error(markup.plain(done.text(words.language)))
    elif done:
        st.success(words("boundaries.stored", number=done), icon=":material/check_circle:")
