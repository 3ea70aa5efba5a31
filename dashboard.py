"""The Streamlit app: navigation first, then the check who may see it, then the page."""

from pathlib import Path

import streamlit as st

from ui import access, filters, notices

words = filters.words()
page = st.navigation(
    [
        st.Page("pages/view/overview.py", title=words("page.overview"), default=True),
        st.Page(
            "pages/view/indicator.py",
            title=words("page.indicator"),
            url_path="indicator",
            visibility="hidden",
        ),
        st.Page("pages/enter/upload.py", title=words("page.upload"), url_path="upload"),
        st.Page("pages/enter/figure.py", title=words("page.figure"), url_path="figure"),
        st.Page("pages/manage/history.py", title=words("page.history"), url_path="history"),
        st.Page("pages/manage/catalogue.py", title=words("page.catalogue"), url_path="catalogue"),
    ],
    position="top" if access.gated() else "hidden",
)
# a file, not a material icon: those are fetched from the internet for the browser's tab
icon = str(Path(__file__).parent / "ui" / "icon.png")
st.set_page_config(layout="wide", page_icon=icon, page_title=page.title)
access.guard(words)
notices.shown(page.run, words)
