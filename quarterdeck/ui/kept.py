"""Which views did the viewer keep or find shared, and what do their addresses say?"""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pandas as pd
import streamlit as st

from quarterdeck.commands.views import PAGES
from quarterdeck.filters import Filters
from quarterdeck.ui import address, session

_TURN = "views turn"


def listed() -> pd.DataFrame:
    """The viewer's own, then those shared by others: anew after every change."""
    day = session.today()
    asked = Filters(session.calendar().quarter_of(day), day, today=day)
    # Other tabs keep views too: a part of the page that is drawn alone asks again.
    turn = session.engine().plan_version()
    return session.answer("saved_views", asked, plan_turn=turn)


def first_of(page: str) -> address.Asked:
    """What the viewer's default view of the page asks for; nothing where there is none."""
    if page not in PAGES:
        return {}
    rows = listed()
    found = rows[rows["is_default"] & (rows["page"] == page)]
    return words(str(found["asked"].iloc[0])) if len(found) else {}


def words(asked: str) -> address.Asked:
    """What was kept, as the address has it; words that no address has are left out."""
    return {name: said for name, said in parse_qs(asked).items() if name in address.NAMES}


def text(asked: address.Asked) -> str:
    """The same as it is kept."""
    return urlencode({name: asked[name] for name in address.NAMES if name in asked}, doseq=True)


def turn() -> int:
    """A part of the key of every widget about views, another one after `turn_over`."""
    return int(st.session_state.get(_TURN, 0))


def turn_over() -> None:
    st.session_state[_TURN] = turn() + 1
