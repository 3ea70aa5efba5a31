"""People: who can sign in and what they may do, letting others in, and what anybody may see."""

import streamlit as st

from ui import access, cached, filters, newcomers, people

words = filters.words()
everybody, catalogue = access.current().people, cached.catalogue()
filters.head(words("page.people"), words("people.subject"))
newcomers.first_passwords(words)
asked = st.query_params.get("person")
account = everybody.account(asked) if asked else None
if account:
    people.back(words)
    people.one(account, everybody.sessions(account.id), catalogue, words)
    st.stop()
parts = {
    "list": words("people.tab_list"),
    "add": words("people.tab_add"),
    "file": words("people.tab_file"),
    "public": words("people.tab_public"),
}
match filters.tab(parts, words):
    case "add":
        newcomers.by_hand(catalogue, words)
    case "file":
        newcomers.by_file(everybody.accounts(), catalogue, words)
    case "public":
        people.public_view(words)
    case _:
        people.listed(everybody.accounts(), catalogue, words)
