"""Who is signed in, as whom do they see, and are they still let in?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from quarterdeck import clock, journal, reads
from quarterdeck.commands.identities import (
    Claims,
    Known,
    SignOut,
    claims_of,
    sign_in,
    sign_out,
    was_ended,
)
from quarterdeck.domain.logins import Logins
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import databases

FAILED = "quarterdeck_sign_in_failed"
"""The cookie that says that the provider did not let somebody in, or did not answer."""
OVER = {
    "ended": "You are signed out.",
    "idle": "You were away for more than an hour, so you are signed out.",
    "long": "You have been signed in for more than twelve hours.",
}
OURS = "quarterdeck"
_KNOWN, ROLE, _LOOKED = "signed in", "role chosen", "looked who it is"
_AGAIN_SECONDS = 1.0


@lru_cache(maxsize=1)
def settings() -> Mapping[str, Any]:
    """The section `[auth]` of secrets.toml; empty where nobody signs in."""
    return _section("auth")


def _section(name: str) -> Mapping[str, Any]:
    try:
        found = st.secrets.get(name)
    except FileNotFoundError:
        return {}
    return found.to_dict() if found else {}


def is_on() -> bool:
    """Whether people sign in; else the one whose machine it is sees everything."""
    return databases.signs_in()


@st.cache_resource(show_spinner=False)
def logins() -> Logins:
    """The sign-ins of this process."""
    return Logins(time.time)


def providers() -> dict[str, str | None]:
    """A name to show → the name by which it is asked for; the only one has none."""
    named = {
        str(name).replace("_", " ").title(): str(name)
        for name, one in settings().items()
        if isinstance(one, Mapping) and "client_id" in one
    }
    return dict(named) or {"": None}


def claims() -> Claims | None:
    """What the token says of who is signed in; None for nobody. Raises Refused where it lacks."""
    if not st.user.is_logged_in:
        return None
    return claims_of(
        st.user.to_dict(),
        trusts_addresses=bool(_section(OURS).get("emails_are_verified", False)),
    )


def begin() -> None:
    """At the start of a run: who it is, looked up anew. Raises Refused for who is kept out."""
    st.session_state.pop(_LOOKED, None)
    scope()


def known() -> Known | None:
    """Who is signed in and let in now; None for nobody. Raises Refused for who is kept out."""
    who = claims()
    if who is None:
        return None
    engine = databases.shown()
    why = logins().is_over(who.login_id, who.issued_at, lambda: was_ended(engine, who.login_id))
    if why:
        raise Refused(OVER[why], "", "Sign in again.")
    day = _day(engine)
    key = (who.login_id, engine.data_version(), day)
    kept: tuple[Any, Known] | None = st.session_state.get(_KNOWN)
    if kept is None or kept[0] != key:
        found = sign_in(engine, who, day, _owners())
        if kept is None:
            journal.note("signed in", viewer=found.person_id, login=who.login_id[:12])
        # Linking is a change of the data by itself.
        kept = (who.login_id, engine.data_version(), day), found
        st.session_state[_KNOWN] = kept
    return kept[1]


def _owners() -> tuple[str, ...]:
    return tuple(_section(OURS).get("owners", ()))


def _day(engine: DuckDBEngine) -> date:
    return clock.today(reads.settings(engine)["time_zone"])


def scope() -> Scope:
    """Whose eyes: looked up again at each click, in parts of a page that are drawn alone too.

    Raises Refused for somebody who is kept out since the page was drawn.
    """
    state, now = st.session_state, time.monotonic()
    if _LOOKED not in state or now - state[_LOOKED][0] > _AGAIN_SECONDS:
        found = known()
        state[_LOOKED] = (now, found.scope(str(state.get(ROLE, ""))) if found else NOBODY)
    seen: Scope = state[_LOOKED][1]
    return seen


def again() -> Callable[[], Scope]:
    """A look that needs no page: by whoever makes a file later, when somebody clicks for it.

    What it gives back raises Refused for somebody who is signed out or kept out by then.
    """
    who, engine, known_here = claims(), databases.shown(), logins()
    owners, role = _owners(), str(st.session_state.get(ROLE, ""))

    def look() -> Scope:
        if who is None or known_here.has_ended(who.login_id):
            raise Refused(OVER["ended"], "", "Sign in again.")
        return sign_in(engine, who, _day(engine), owners).scope(role)

    return look


def now() -> Known:
    """Who was let in when this run began."""
    found: Known = st.session_state[_KNOWN][1]
    return found


def leave() -> None:
    """End this sign-in in every tab, and at the provider too."""
    who = claims()
    if who is not None:
        logins().end(who.login_id)
        sign_out(databases.shown(), SignOut(who.login_id), scope=scope_or_nobody())
    st.session_state.pop(_KNOWN, None)
    st.logout()


def scope_or_nobody() -> Scope:
    kept: tuple[Any, Known] | None = st.session_state.get(_KNOWN)
    return kept[1].scope() if kept else NOBODY


@st.fragment(run_every=20)
def watch() -> None:
    """A tab where nobody clicks notices that it was signed out in another one."""
    who = claims()
    if who is not None and logins().has_ended(who.login_id):
        st.rerun()
