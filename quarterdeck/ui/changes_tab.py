"""What was changed by hand, and what can be taken back?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from quarterdeck.commands.undoing import undo_change
from quarterdeck.ui import changes, session, team
from quarterdeck.ui.cards import card, note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked

MOST = 12


def show() -> None:
    """The newest changes, each with its undo; the rest is in the file."""
    listed = changes.listed()
    with card("What was changed by hand?"):
        if listed.empty:
            say("**Nothing yet.** Every change on this page stands here, and can be taken back.")
            return
        rows = listed.to_dict("records")
        said: dict[int, str] = {}
        for row in reversed(rows):
            sentence = changes.words(row["command"], row["payload"], _names(), said)
            said[row["audit_id"]] = sentence
        for row in rows[:MOST]:
            _change(row, said)
        if len(rows) > MOST:
            note(f"{len(rows) - MOST:,} older changes are in the file.")
        note("An undo is a change too: it stands here and can be taken back.")
        with st.container(horizontal=True):
            download(f"All {len(rows):,} as CSV", "setting_changes", asked(), key="changes file")


def _names() -> dict[str, str]:
    people = session.answer("people", asked())
    return dict(zip(people["person_id"], people["person_name"], strict=True))


def _change(row: dict[Hashable, Any], said: Mapping[int, str]) -> None:
    day = day_words(row["happened_on"].date(), session.today())
    who = _names().get(row["actor"], row["actor"].replace("_", " "))
    about = f"{day}, {row['happened_at'][11:16]} UTC, {who}"
    state = "; **taken back**" if row["is_undone"] else ""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        say(f"**{plain(said[row['audit_id']])}.** :gray[{plain(about)}{state}]")
        st.space("stretch")
        if row["may_undo"]:
            number = row["audit_id"]
            label = "Bring back" if said[number].startswith(changes.BACK) else "Undo"
            if st.button(label, icon=":material/undo:", type="tertiary", key=f"undo {number}"):
                team.perform(undo_change, number)
