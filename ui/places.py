"""Places: every page, what it takes to open it, and whether the menu shows it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from danvan.accounts import Act
from danvan.wording import Words
from ui import access


@dataclass(frozen=True)
class Place:
    """One page. `act` is what a person must be allowed to do to open it; reading needs only a look."""

    file: str
    path: str  # in the address; the first page has none
    act: Act = Act.SEE
    menu: bool = True

    @property
    def title(self) -> str:
        """The key of its name in the wording."""
        name = self.path or "overview"
        return f"page.{name}"


PLACES = (
    Place("pages/view/overview.py", ""),
    Place("pages/view/indicator.py", "indicator", menu=False),
    Place("pages/enter/upload.py", "upload", Act.ENTER),
    Place("pages/enter/figure.py", "figure", Act.ENTER),
    Place("pages/manage/history.py", "history", Act.ENTER),
    Place("pages/manage/catalogue.py", "catalogue", Act.NAME),
)


def pages(words: Words) -> list[st.Page]:
    """The pages whoever looks may open; the first is where everybody begins.

    A page that is left out cannot be opened by its address either, and what it reads and writes
    is checked again where that is done.
    """
    allowed = {Act.SEE} | access.acts()
    return [
        st.Page(
            place.file,
            title=words(place.title),
            url_path=place.path or None,
            default=not place.path,
            visibility="visible" if place.menu else "hidden",
        )
        for place in PLACES
        if place.act in allowed
    ]
