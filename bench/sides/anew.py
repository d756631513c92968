"""Every question that the period changes is asked anew: no page lives on what another asked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck import reads
from quarterdeck.filters import Filters
from quarterdeck.ui import session

STEADY = ("data_span", "team", "choices")
"""What the frame asks on every page whatever the period: it is kept, as in the dashboard."""
_kept = session.answer
_KNOWN = "asked in this run"


def _answer(name: str, asked: Filters | None = None, **more: Any) -> pd.DataFrame:
    filters = asked or session.filters()
    if name in STEADY or filters.period != session.filters().period:
        # Whatever looks at days of its own is the same after a turn of the period.
        return _kept(name, asked, **more)
    known = st.session_state.setdefault(_KNOWN, {})
    key = (name, filters, repr(sorted(more.items())))
    if key not in known:
        known[key] = reads.answer(session.engine(), session.viewer(), filters, name, **more)
    found: pd.DataFrame = known[key]
    return found


def forget() -> None:
    """A new run of this page begins; a part that is drawn alone goes on with what is known."""
    st.session_state[_KNOWN] = {}


session.answer = _answer
