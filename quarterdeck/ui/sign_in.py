"""The only thing that somebody sees who is not let in."""

from __future__ import annotations

import streamlit as st

from quarterdeck import journal
from quarterdeck.refusal import Refused
from quarterdeck.ui import signing
from quarterdeck.ui.cards import note, refusal


def gate() -> tuple[bool, Refused | None]:
    """Whether this run may show a page, and what to say to whom it may not."""
    if not signing.is_on():
        return True, None
    if not st.user.is_logged_in:
        return False, None
    try:
        signing.begin()
    except Refused as refused:
        return False, refused
    return True, None


def show(refused: Refused | None = None) -> None:
    """One button for each provider, and why somebody is not let in."""
    # No headline(): for whom nobody knows there is nothing to find.
    st.title(":gray[Who are you?]", anchor=False)
    st.header("Sign in to see what is yours.", anchor=False)
    if refused is None and signing.FAILED in st.context.cookies:
        journal.note("sign-in failed")
        refused = Refused(
            "The sign-in did not succeed.",
            "at the provider",
            "Try again in a moment. If it comes back, tell who runs the server.",
        )
    if refused is not None:
        refusal(refused)
    for label, provider in signing.providers().items():
        st.button(
            f"Sign in with {label}" if label else "Sign in",
            type="primary",
            icon=":material/login:",
            key=f"sign in {label}",
            on_click=st.login,
            args=(provider,),
        )
    note("Name and e-mail come from your company account; its password never comes here.")
