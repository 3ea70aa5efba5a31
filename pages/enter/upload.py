"""Upload: files in, what they would change, what is asked, and one button that stores it."""

import streamlit as st

from danvan import intake
from danvan.errors import Severity
from danvan.model import Channel
from ui import access, approvals, cached, documents, downloads, drafts, filters, markup, preview

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.upload"), words("upload.subject"))
draft = drafts.current(words)
if draft is None:
    stored = st.session_state.pop("stored", None)
    if stored:
        approvals.stored(stored, words)
        with st.container(horizontal=True):
            for page in approvals.next_pages():
                filters.link(f"pages/{page}.py", words(f"page.{page.split('/')[1]}"), words)
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True):
        st.subheader(words("upload.choose_files"), anchor=False)
        year = filters.year_to_enter(cached.open_years(), sorted(cached.years()), words)
        unit = filters.unit("unit", catalogue, year, words)
        files = filters.files(words)
        st.caption(words("upload.kinds"))
        if files and st.button(words("upload.check", n=len(files)), type=filters.emphasis()):
            drafts.begin(year, unit, files)
            st.rerun()
    with right, st.container(border=True):
        st.subheader(words("upload.template"), anchor=False)
        st.caption(words("upload.template_how"))
        downloads.template(year, unit, words)
    st.stop()

checked = drafts.checked(draft, words).under(documents.given())
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    names = ", ".join(file.name for file in draft.files)
    whose = words.name(catalogue.unit[draft.unit]) if draft.unit else words("upload.by_file")
    st.caption(markup.plain(words("upload.draft", files=names, year=draft.year, unit=whose)))
    st.button(words("upload.drop"), icon=":material/close:", on_click=drafts.drop, args=(draft,))
st.header(markup.plain(preview.sentence(checked, words)), anchor=False)
st.markdown(preview.counts(checked, words))
preview.questions(checked.problems, draft, catalogue, words)
preview.totals(checked.problems, draft, words)
preview.conflicts(checked, draft, catalogue, words)
for kind in (Severity.ERROR, Severity.WARNING):
    preview.problems(checked.problems, kind, words)
downloads.marked_files(draft, checked, words)
preview.changes(checked.changes, catalogue, words)
preview.entries(checked, catalogue, words)
document = documents.asked(words)
if downloads.store_button(checked, words):
    store, partly = access.current(), not checked.sound
    number = intake.hand_in(store, checked, drafts.person(), Channel.UPLOAD, document, partly)
    st.session_state["stored"] = number
    drafts.drop(draft)
    st.rerun()
