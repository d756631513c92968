"""What did you do, and with whom? A few words, logged by whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from quarterdeck.commands.activities import (
    FIRST_DAY,
    LONGEST_SUBJECT,
    LogActivity,
    log_activity,
    new_id,
)
from quarterdeck.commands.undoing import undo_change
from quarterdeck.refusal import Refused
from quarterdeck.ui import choosing, session
from quarterdeck.ui.cards import note, refusal
from quarterdeck.ui.days import day_words
from quarterdeck.ui.plain import plain

KINDS = ("Call", "Email", "Meeting", "Site visit", "Proposal", "Executive contact")
OUTCOMES = ("Held", "Reached", "No answer", "Left a message", "Sent", "Cancelled")
MOST = 4000
"""So many accounts and open deals can be chosen; beyond that by the search of the page."""
_TURN, _LAST, _REFUSED, _DONE = "log turn", "logged last", "log refused", "log done"


@dataclass(frozen=True)
class Logged:
    """What was logged last here: its entry in the audit, and what it was in words."""

    number: int
    said: str


def quick() -> None:
    """A button that opens a small form; what was logged last, and its undo."""
    _outcome()
    if choosing.labels(session.today()):
        _form()


def _outcome() -> None:
    if refused := st.session_state.pop(_REFUSED, None):
        refusal(refused)
    last: Logged | None = st.session_state.get(_LAST)
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(plain(last.said), icon=":material/check:")
        st.button(
            "Undo", icon=":material/undo:", key="undo log", on_click=_take_back, args=(last.number,)
        )


@st.fragment
def _form() -> None:
    """Sent only while it is open. What was logged, or refused, is told by the whole page."""
    if st.session_state.pop(_DONE, False):
        st.rerun()
    name, sign = f"log {_turn()}", ":material/add:"
    with st.popover("Log an activity", icon=sign, key=name, on_change="rerun") as opened:
        if opened.open:
            _fields()


def _fields() -> None:
    people = choosing.labels(session.today())
    with st.form(f"log form {_turn()}", border=False):
        own = session.viewer().viewer_id
        first = list(people).index(own) if own in people else 0
        if len(people) > 1:
            st.selectbox(
                "Who", list(people), first, format_func=people.__getitem__, key=_key("who")
            )
        st.selectbox("What", KINDS, accept_new_options=True, key=_key("kind"))
        whom = _whom()
        st.selectbox(
            "With which account, or on which deal",
            ["", *whom],
            format_func=lambda one: whom.get(one, "None in particular"),
            key=_key("whom"),
        )
        today = session.today()
        st.date_input("When", today, FIRST_DAY, today, key=_key("day"))
        st.selectbox(
            "Outcome", ["", *OUTCOMES], accept_new_options=True, key=_key("outcome"),
            format_func=lambda one: one or "Not said",
        )  # fmt: skip
        st.text_input("Subject", max_chars=LONGEST_SUBJECT, key=_key("subject"))
        note("It counts at once, and can be taken back.")
        ids = (*people,) if len(people) == 1 else ()
        st.form_submit_button("Log it", icon=":material/check:", on_click=_log, args=(ids,))


def _whom() -> dict[str, str]:
    """Accounts and open deals in sight today, by a word that says which of the two."""
    asked = session.everything(session.today())
    rows = session.answer("search", asked, words="", rows_shown=MOST, rows_before=0)
    rows = rows[(rows["kind"] == "account") | (rows["outcome"] == "open")]
    return {
        f"{row['kind']} {row['id']}": _label(row)
        for row in rows[rows["kind"] != "person"].to_dict("records")
    }


def _label(row: dict[Any, Any]) -> str:
    if row["kind"] == "account":
        return str(row["label"])
    return f"{row['label']} (deal {row['id']})"


def _log(only: tuple[str, ...]) -> None:
    """The form's callback: the same form sent twice is one activity."""
    state = st.session_state
    kind, _, thing = str(state[_key("whom")] or "").partition(" ")
    command = LogActivity(
        str(state[_key("kind")] or ""),
        only[0] if only else str(state[_key("who")]),
        state[_key("day")],
        account_id=thing if kind == "account" else None,
        deal_id=thing if kind == "deal" else None,
        outcome=str(state[_key("outcome")] or ""),
        subject=str(state[_key("subject")]),
        activity_id=_own_id(),
    )
    state[_DONE] = True
    try:
        number = log_activity(session.engine(), command, scope=session.viewer())
    except Refused as refused:
        state[_REFUSED] = refused
        return
    state[_LAST] = Logged(number, _said(command, session.today()))
    state[_TURN] = _turn() + 1


def _said(command: LogActivity, today: date) -> str:
    who = choosing.labels(today).get(command.person_id, command.person_id)
    return f"Logged: {command.kind}, {who}, {day_words(command.happened_on, today)}."


def _take_back(number: int) -> None:
    st.session_state[_LAST] = None
    try:
        undo_change(session.engine(), number, scope=session.viewer())
    except Refused as refused:
        st.session_state[_REFUSED] = refused


def _own_id() -> str:
    """Made when the form is first looked at, and another one after it was logged."""
    found: str = st.session_state.setdefault(f"log id {_turn()}", new_id())
    return found


def _turn() -> int:
    return int(st.session_state.get(_TURN, 0))


def _key(name: str) -> str:
    return f"log {name} {_turn()}"
