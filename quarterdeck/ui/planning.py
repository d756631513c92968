"""What all parts of the sandbox share: one change, what was refused, what a state is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitInvalidLayoutContextError

from quarterdeck.refusal import Refused
from quarterdeck.ui import session
from quarterdeck.ui.cards import refusal

CHOSEN = "plan chosen"
_REFUSED, _TRUE = "plan refused", "plan became true"
STATUS = {
    "draft": "is a draft",
    "submitted": "waits for agreement",
    "approved": "is agreed to",
    "published": "is published",
}


def act(
    change: Callable[..., Any], command: Any, then: Callable[[Any], None] | None = None
) -> None:
    """One change, as a button's callback: a refusal is shown above, the rest drawn anew."""
    try:
        made = change(session.engine(), command, scope=session.viewer())
    except Refused as refused:
        st.session_state[_REFUSED] = refused
        return
    finally:
        session.forget_plans()
    if then:
        then(made)


def became_true(_made: Any) -> None:
    """What is planned is true now, or no more: every part of the page tells it anew."""
    st.session_state[_TRUE] = True


def look_at(scenario_id: str) -> None:
    st.session_state[CHOSEN] = scenario_id


def begin() -> None:
    """At the start of each drawing: the whole page anew, if need be, and what was refused.

    A drawing of this part alone tells what others have planned meanwhile, too.
    """
    session.forget_plans()
    if st.session_state.pop(_TRUE, False):
        st.rerun()
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        refusal(refused)


def anew() -> None:
    """Draw the sandbox anew; where the whole page is being drawn, all of it."""
    try:
        st.rerun(scope="fragment")
    except StreamlitInvalidLayoutContextError:
        st.rerun()


def first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
