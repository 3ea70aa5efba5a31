"""Pictures: the button that saves a chart or a table of the page (server/look/pictures.js does it)."""

from __future__ import annotations

from html import escape

import streamlit as st

from danvan.wording import Words
from ui import filters

STYLE = (
    "font: inherit; font-size: .875rem; color: {colour}; background: none; border: 0; "
    "padding: .25rem 0; cursor: pointer; text-decoration: underline"
)


def button(key: str, title: str, source: str, words: Words, name: str = "") -> None:
    """Offer what stands in the Streamlit container `key` as a picture with its title and source.

    The texts are plain. The file has the `name`, else the title's.
    """
    said = {"data-picture": key, "data-title": title, "data-source": source}
    said |= {"data-name": name} if name else {}
    label = words("picture.save")
    said |= {
        "aria-label": f"{label}: {title}",
        "style": STYLE.format(colour=filters.theme().link),
    }
    attributes = " ".join(f'{attribute}="{escape(text)}"' for attribute, text in said.items())
    st.html(f'<button type="button" {attributes}>{escape(label)}</button>')
