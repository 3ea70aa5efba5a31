"""Meeting: the screens of a presentation as a list, and the two ways to it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from danvan import meeting
from danvan.charts import Theme
from danvan.model import Period
from danvan.report.slide import Slide
from danvan.wording import Language
from ui import access, filters, markup
from ui.view import View, made

FILE = "/meeting-file"  # the server's: a file, and no page of the app


def screens(view: View) -> tuple[Slide, ...]:
    """Every screen of the view, in order."""
    return made(view, "meeting", _screens)


def buttons(view: View) -> None:
    """To show it now, and to take it along; that is for those who have signed in, as for all files."""
    words = view.words
    with st.container(horizontal=True):
        st.link_button(
            words("meeting.open"),
            address(view),
            type=filters.emphasis(),
            icon=":material/present_to_all:",
        )
        if access.person() or access.is_new():
            st.link_button(
                words("meeting.save"), address(view, save="1"), icon=":material/download:"
            )
    if not (access.person() or access.is_new()):
        st.caption(words("meeting.sign_in"))
    st.caption(words("meeting.how"))


def listed(view: View, shown: tuple[Slide, ...]) -> str:
    """The screens as a numbered list, each the way to itself (markdown)."""
    lines = []
    for number, slide in enumerate(shown, 1):
        name = slide.figure if slide.first else slide.title
        sign = f"{markup.badge(slide.state, view.words)} " if slide.state else ""
        link = f"[{markup.plain(name)}]({address(view)}#{number})"
        lines.append(f"{number}. {sign}{link} · {markup.plain(slide.above)}")
    return "\n".join(lines)


def address(view: View, **more: str) -> str:
    """Where the server has the presentation of what is shown."""
    asked = {"year": str(view.year)}
    if view.period is not Period.YEAR:
        asked["period"] = str(view.period)
    if view.unit != view.root:
        asked["unit"] = view.unit.code
    if view.as_of:
        asked["as_of"] = st.query_params["as_of"]
    if view.words.language is not Language.VI:
        asked["lang"] = str(view.words.language)
    return f"{FILE}?{urlencode(asked | more)}"


def _screens(view: View, _: Theme) -> tuple[Slide, ...]:
    store = access.of_scope(access.current().unit)
    unit = None if view.unit == view.root else view.unit.code
    return meeting.deck(store, view.year, view.period, unit, view.as_of, words=view.words).slides
