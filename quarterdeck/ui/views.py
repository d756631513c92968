"""With whose eyes is the demo team looked at?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from quarterdeck.engine import DuckDBEngine
from quarterdeck.inventing.people import DANA, RAY
from quarterdeck.people import NOBODY, OWNER, PersonUnknown, Scope, scope_of
from quarterdeck.ui.databases import VIEW as VIEW
from quarterdeck.ui.databases import is_demo

EVERYONE = "everyone"
EXECUTIVE = "Wren Tanaka"
VIEWS = {
    DANA: "director of Inland Northwest",
    RAY: "area director, three teams",
    EXECUTIVE: "executive, own book only",
    EVERYONE: "sees everything, as on one's own machine",
}
"""Whom the demo can be seen as, and what that means."""
USUAL = DANA
_KEPT, _OVERRULED, _REPAIRS = "viewing as", "view overruled", "view repairs"


def view() -> str:
    """As whom the demo is seen now."""
    return str(st.session_state.get(_KEPT, USUAL))


def keep(chosen: str) -> None:
    """Somebody chose: this outweighs what the address still says."""
    st.session_state[_KEPT] = chosen
    st.session_state[_OVERRULED] = st.query_params.get_all(VIEW)


def read_address() -> None:
    """Take the view from the address when that has moved: by a link, a reload, back or forward."""
    state, said = st.session_state, st.query_params.get_all(VIEW)
    state[_REPAIRS] = []
    if said == [view()]:
        state[_OVERRULED] = None
    elif said and said != state.get(_OVERRULED):
        found, state[_REPAIRS] = view_in(said)
        keep(found or USUAL)


def is_written() -> None:
    """The address says it now: what it says next, by back or forward, is meant."""
    st.session_state[_OVERRULED] = None


def repairs() -> list[str]:
    """What in the address could not be shown as it stood."""
    return list(st.session_state.get(_REPAIRS, []))


def view_in(values: Sequence[str]) -> tuple[str | None, list[str]]:
    """The view that an address names, in any case of letters, and what had to be repaired."""
    if not values:
        return None, []
    known = {name.casefold(): name for name in VIEWS}
    found = known.get(values[0].strip().casefold())
    if found is None:
        return None, [f"The demo cannot be seen as “{values[0]}”, so it is seen as {USUAL}."]
    more = [f"Only the first of {len(values)} views is shown."] if len(values) > 1 else []
    return found, more


def address() -> dict[str, list[str]]:
    """What the address says of it: always, for back and forward find it there."""
    return {VIEW: [view()]} if is_demo() else {}


def label(chosen: str) -> str:
    """One word for the popover."""
    return chosen.split()[0].capitalize()


def scope(engine: DuckDBEngine, day: date) -> Scope:
    """What the chosen one may see, in the role of the day; somebody unknown sees nothing."""
    if view() == EVERYONE:
        return OWNER
    try:
        return scope_of(engine, view(), day)
    except PersonUnknown:
        return NOBODY
