"""What does somebody say to a talk or a score that was shared with them?"""

from __future__ import annotations

import streamlit as st

from quarterdeck.commands.replying import CoachReply, reply
from quarterdeck.ui import session
from quarterdeck.ui.cards import say
from quarterdeck.ui.coaching import Person, Row, act, key, typed
from quarterdeck.ui.days import day_of
from quarterdeck.ui.plain import plain


def answer_to(whom: Person, kind: str, thing_id: str, one: Row) -> None:
    """The answer, for both; and for whom it is about the way to give one or to change it."""
    if one["answer"]:
        day = day_of(one["answered_on"].date(), session.today())
        who = "You" if whom.is_self else plain(whom.first_name)
        say(f":gray[{who}, {day}:] {plain(one['answer'])}")
    if not whom.is_self or not one["is_shared"]:
        return
    word = "Change my answer" if one["answer"] else "Answer"
    with st.popover(word, key=key("reply", thing_id), on_change="rerun") as opened:
        if opened.open:
            st.text_area(
                "Your answer", one["answer"] or "", key=key("reply text", thing_id), height=80
            )
            st.button(
                "Say it", key=key("say reply", thing_id), on_click=_said, args=(kind, thing_id)
            )


def _said(kind: str, thing_id: str) -> None:
    act(reply, CoachReply(kind, thing_id, typed("reply text", thing_id) or ""), "Answered")
