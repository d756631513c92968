"""What did the last change of modules come to, and how is it taken back?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from quarterdeck.commands.moving import Moved
from quarterdeck.commands.undoing import undo_change
from quarterdeck.refusal import Refused
from quarterdeck.ui import session, team
from quarterdeck.ui.cards import refusal
from quarterdeck.ui.days import day_words
from quarterdeck.ui.words import counted

_DONE, _REFUSED = "modules outcome", "modules refused"


def keep(act: Callable[..., Any], command: Any) -> None:
    """Do it and draw the page anew; what was typed stays where it was refused."""
    try:
        done: Moved = act(session.engine(), command, scope=session.viewer())
    except Refused as refused:
        st.session_state[_REFUSED] = refused
        # What is there now was shown with the refusal: saving again is meant.
        st.session_state.pop(f"seen modules {team.turn()}", None)
        st.rerun()
    on = getattr(command, "from_on", None) if not done.always else None
    since = f" from {day_words(on, session.today())}" if on else ""
    st.session_state[_DONE] = (team.turn() + 1, done, since)
    team.keep(team.Outcome(1))


def say_outcome() -> None:
    """The refusal once; what was done until something else is, with its undo."""
    team.say_outcome()
    refused: Refused | None = st.session_state.pop(_REFUSED, None)
    if refused:
        refusal(refused)
    turn, done, since = st.session_state.get(_DONE, (-1, Moved(), ""))
    if turn != team.turn():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(words(done, since), icon=":material/check:")
        if st.button("Undo", icon=":material/undo:", type="tertiary", key="undo modules"):
            team.perform(undo_change, done.audit_id)


def words(done: Moved, since: str = "") -> str:
    """3 accounts lie elsewhere from Tue 1 Dec. 2 changes dated later gave way."""
    parts = []
    if done.accounts:
        verb = "lies" if done.accounts == 1 else "lie"
        parts.append(f"{counted(done.accounts, 'account')} {verb} elsewhere")
    if done.owners:
        verb = "changes" if done.owners == 1 else "change"
        parts.append(f"{counted(done.owners, 'module')} {verb} hands")
    said = [f"{', '.join(parts)}{since}." if parts else "The module is saved."]
    if done.replaced:
        said.append(f"{counted(done.replaced, 'change')} dated later gave way.")
    if done.always:
        said.append(f"{counted(done.always, 'account')} had no module: a first one counts always.")
    if done.left_out:
        said.append(f"{counted(done.left_out, 'account')} of nobody stayed out.")
    return " ".join([*said, *([done.note] if done.note else [])])
