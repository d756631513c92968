"""What would this file change?"""

import streamlit as st

from quarterdeck.ui import history, imports
from quarterdeck.ui.cards import headline, note
from quarterdeck.ui.files import file_cards
from quarterdeck.ui.preview import summary

QUESTION = "What would this file change?"

top = st.container()
with st.container(border=True):
    dropped = st.file_uploader(
        "Drop CRM exports as CSV: several at once, in any order",
        accept_multiple_files=True,
        key=imports.uploader_key(),
        disabled=not imports.may_import(),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if imports.may_import():
            note("Nothing counts before you commit it, and every commit can be taken back.")
        else:
            note("Sales operations drops files here: a file may hold anybody’s rows.")
        history.templates()

files = imports.take_in(dropped)
for file in files:
    with st.spinner(f"Reading {len(file.content) // 1000:,} kB and comparing with what is known"):
        file.look()
with top:
    headline(QUESTION, summary(files))
    history.results()
file_cards(files)
history.past_imports()
