"""Who is signed in, in which role, and the way out."""

from __future__ import annotations

import streamlit as st

from quarterdeck.ui import signing
from quarterdeck.ui.plain import plain


def account() -> None:
    """A name that opens; where nobody signs in, nothing."""
    if not signing.is_on():
        return
    found = signing.now()
    name = plain(found.person_name or "Owner")
    with st.popover(name, type="tertiary", icon=":material/account_circle:", key="account"):
        if len(found.roles) > 1:
            st.radio(
                "See it as",
                found.roles,
                format_func=role_word,
                key=signing.ROLE,
                persist_state="session",
            )
        else:
            st.caption(role_word(found.scope().role))
        st.button("Sign out", icon=":material/logout:", key="sign out", on_click=signing.leave)


def role_word(role: str) -> str:
    return str(role).replace("_", " ").capitalize()
