"""The Streamlit app: navigation first, then the check who may see it, then the page."""

from pathlib import Path

import streamlit as st

from ui import access, filters, notices, places, visitor

words = filters.words()
page = st.navigation(places.pages(words), position="top" if access.gated() else "hidden")
# a file, not a material icon: those are fetched from the internet for the browser's tab
icon = str(Path(__file__).parent / "ui" / "icon.png")
st.set_page_config(layout="wide", page_icon=icon, page_title=page.title)
access.guard(words)


def show() -> None:
    """The page, below what everybody has to know."""
    visitor.banner(words)
    visitor.label(words)
    page.run()


notices.shown(show, words)
