"""Places: every page, what it takes to open it, and whether the menu shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from danvan.accounts import Account, Act, may
from danvan.wording import Words
from ui import access, cached, filters


@dataclass(frozen=True)
class Place:
    """One page. `act` is what a person must be allowed to do to open it; reading needs only a look."""

    file: str
    path: str  # in the address; the first page has none
    act: Act = Act.SEE
    menu: bool = True

    @property
    def part(self) -> str:
        """The part of the menu: enter or manage; what is read stands by itself."""
        folder = self.file.split("/")[1]
        return folder if folder in PARTS else ""

    @property
    def title(self) -> str:
        """The key of its name in the wording."""
        name = self.path or "overview"
        return f"page.{name}"


PLACES = (
    Place("pages/view/overview.py", ""),
    Place("pages/view/indicator.py", "indicator"),
    Place("pages/view/unit.py", "unit"),
    Place("pages/view/compare.py", "compare"),
    Place("pages/view/models.py", "models"),
    Place("pages/view/tasks.py", "tasks"),
    Place("pages/view/awards.py", "awards"),
    Place("pages/view/map.py", "map"),
    Place("pages/view/meeting.py", "meeting"),
    Place("pages/enter/plan.py", "plan", Act.PLAN),
    Place("pages/enter/upload.py", "upload", Act.ENTER),
    Place("pages/enter/figure.py", "figure", Act.ENTER),
    Place("pages/enter/registers.py", "registers", Act.ENTER),
    Place("pages/enter/explanations.py", "explanations", Act.ENTER),
    Place("pages/enter/review.py", "review", Act.DECIDE),
    Place("pages/enter/round.py", "round", Act.PLAN),
    Place("pages/enter/discrepancies.py", "discrepancies", Act.PLAN),
    Place("pages/manage/history.py", "history", Act.ENTER),
    Place("pages/manage/catalogue.py", "catalogue", Act.NAME),
    Place("pages/manage/years.py", "years", Act.YEARS),
    Place("pages/manage/people.py", "people", Act.PEOPLE),
)
PARTS = {"enter": "menu.enter", "manage": "menu.manage"}
"""What the parts of the menu are called, by the folders of their pages; what is read has no name."""


def pages(words: Words) -> dict[str, list[st.Page]]:
    """Every page by the part of the menu it stands in, "" for what is read.

    One that whoever looks may not open says so in its place and in no menu.
    """
    account = access.person()  # once: the store is asked each time
    found: dict[str, list[st.Page]] = {"": []}
    for place in PLACES if access.gated() else [p for p in PLACES if p.act is Act.SEE]:
        allowed = _opens(place, account)
        part = _part(place.part, words) if allowed else ""
        found.setdefault(part, []).append(_page(place, allowed, words))
    return found


def _part(name: str, words: Words) -> str:
    """The name of a part of the menu; of the one with the review with how many wait."""
    waiting = cached.queue_length() if name == "enter" and opens("pages/enter/review.py") else 0
    if waiting:
        return words("menu.enter_waiting", n=waiting)
    return words(PARTS[name]) if name else ""


def _page(place: Place, allowed: bool, words: Words) -> st.Page:
    return st.Page(
        place.file if allowed else partial(_refuse, place, words),
        title=_title(place, words) if allowed else words(place.title),
        url_path=place.path or None,
        default=not place.path,
        visibility="visible" if allowed and place.menu else "hidden",
    )


def _refuse(place: Place, words: Words) -> None:
    """A sentence in place of the page, with the way back and whoever is signed in."""
    filters.head(words(place.title), "")
    key = f"error.not_allowed_{place.act}" if access.person() else "error.sign_in_first"
    st.info(words(key), icon=":material/do_not_disturb_on:")
    filters.link("pages/view/overview.py", words("page.overview"), words)


def opens(file: str) -> bool:
    """Whether whoever looks may open the page of that file."""
    account = access.person()
    return any(_opens(place, account) for place in PLACES if place.file == file)


def _opens(place: Place, account: Account | None) -> bool:
    return place.act is Act.SEE or may(account, place.act)


def _title(place: Place, words: Words) -> str:
    """The name of the page; of the review with how many wait."""
    waiting = cached.queue_length() if place.path == "review" else 0
    return words("page.review_waiting", n=waiting) if waiting else words(place.title)
