"""What do the tabs about movement share: first line, deals, and since when it is known?"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, TypeAlias, Unpack

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quarterdeck.metrics import EMPTY, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import explain, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.explaining import Behind
from quarterdeck.ui.plain import plain

Row: TypeAlias = dict[Hashable, Any]
SHOWN = 8
"""As many rows of a table as are read at a glance."""


def first_line(sentence: str, explains: str, **behind: Unpack[Behind]) -> DeltaGenerator:
    """The finding, and at its end the explanation; the place between is for what else opens."""
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        with st.container():
            say(sentence)
        beside = st.container(width="content")
        with st.container(width="content"):
            explain(explains, label="Explain", key=f"explain movement {explains}", **behind)
    return beside


def has_history(rows: pd.DataFrame) -> bool:
    """Whether an export after the first can have shown a change."""
    return bool((rows["known_until_on"] > rows["since_on"]).any())


def known_since(rows: pd.DataFrame, opening: date) -> str:
    """What to know where the day compared with lies before the first export."""
    first = rows["since_on"].iloc[0]
    if pd.isna(first) or first.date() <= opening:
        return ""
    return f" Changes are known from {day(first)} on, the day of the first export."


def day(on: Any) -> str:
    return EMPTY if pd.isna(on) else day_words(on.date(), session.today())


def short_day(on: Any) -> str:
    """17 Nov; with its year when that is another one."""
    if pd.isna(on):
        return "no date"
    year = "" if on.year == session.today().year else f" {on.year}"
    return f"{on.day} {on:%b}{year}"


def likely(low: float, high: float) -> str:
    return f"likely {100 * low:.0f}–{share(high)}"


def named(row: Row) -> str:
    """The deal's name in bold (without one its account or id), below it whose and where."""
    details = [plain(row[name]) for name in ("account_name", "person_name")]
    name = plain(row["deal_name"]) or details[0] or plain(row["deal_id"])
    said = [detail for detail in (*details, plain(row["stage"])) if detail and detail not in name]
    return f"**{name}**  \n:gray[{', '.join(said)}]" if said else f"**{name}**"


def usd(amount: float) -> str:
    return EMPTY if pd.isna(amount) else money(amount)


def pushed(row: Row) -> str:
    """How often the close date was moved to a later day, and by how many days in all."""
    times = int(row["pushes"])
    if not times:
        return "never"
    often = {1: "once", 2: "twice"}.get(times, f"{times:,} times")
    return f"{often}, {row['pushed_days']:,.0f} days"
