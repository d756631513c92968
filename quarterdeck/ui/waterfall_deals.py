"""Which deals stand behind a movement, and what were they before and after?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

import pandas as pd
import streamlit as st

from quarterdeck.metrics import EMPTY, money, signed
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.waterfall_words import LEVELS, short_day
from quarterdeck.ui.words import all_as_file, counted, places

Row: TypeAlias = dict[Hashable, Any]
QUESTION = "waterfall_deals"
PAGE = 8


@st.fragment
def moved_deals(bar: str, name: str, mode: str) -> None:
    """The deals of one bar, the largest first, as they were on the two days."""
    asked: dict[str, Any] = {"movements": (bar,), "pipeline_mode": mode}
    first = session.answer(QUESTION, rows_shown=PAGE, rows_before=0, **asked)
    if first.empty:
        return
    found, usd = int(first["deals_in_all"].iloc[0]), first["usd_in_all_usd"].iloc[0]
    key = f"moved deals {bar} {mode}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        much = money(usd) if bar in LEVELS else signed(money(usd))
        say(f"**{name}: {counted(found, 'deal')}, {much}**")
        pages = -(-found // PAGE)
        page = st.pagination(pages, max_visible_pages=5, key=f"{key} page") if pages > 1 else 1
    before = (page - 1) * PAGE
    rows = session.answer(QUESTION, rows_shown=PAGE, rows_before=before, **asked)
    seen = f"{places(before, len(rows), found)}, largest first"
    opening = short_day(session.filters().opening(), session.today())
    table(_listed(rows), shown={"Counts": _usd}, alt=f"{name}: deals {seen}")
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"{seen}. Before: the evening of {opening}. Bold: what is different after it.")
        st.space("stretch")
        download(all_as_file(found), QUESTION, session.filters(), key=f"{key} file", **asked)


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Four columns, so that a phone shows them without scrolling."""
    deals = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Deal": [_deal(row) for row in deals],
            "Counts": rows["amount_usd"].tolist(),
            "Before": [_state(row, "before", EMPTY) for row in deals],
            "After": [_state(row, "after", "out of sight") for row in deals],
        }
    )


def _deal(row: Row) -> str:
    """The deal's name in bold (without one its account or id), below it the account."""
    account = plain(row["account_name"])
    name = plain(row["deal_name"]) or account or plain(row["deal_id"])
    return f"**{name}**" if not account or account in name else f"**{name}**  \n:gray[{account}]"


def _state(row: Row, when: str, unseen: str) -> str:
    """Stage, amount, close date and owner; what the first day did not have is bold."""
    if pd.isna(row[f"{when}_outcome"]):
        return unseen
    is_known = when == "after" and not pd.isna(row["before_outcome"])
    said = _parts(row, when)
    other = _parts(row, "before") if is_known else said
    parts = [
        text if text == old else f"**{text}**"
        for text, old in zip(said, other, strict=True)
        if text
    ]
    return " · ".join(parts) or unseen


def _parts(row: Row, when: str) -> tuple[str, ...]:
    return (
        _stage(row, when),
        _usd(row[f"{when}_usd"]) if not pd.isna(row[f"{when}_usd"]) else "no amount",
        _closes(row[f"{when}_close_on"]),
        plain(row[f"{when}_person"]) or "nobody known",
    )


def _stage(row: Row, when: str) -> str:
    """The stage, and the outcome where that is not said by it."""
    outcome, stage = str(row[f"{when}_outcome"]), plain(row[f"{when}_stage"])
    if outcome == "open":
        return stage or "no known stage"
    return outcome if outcome in stage.lower() or not stage else f"{outcome} ({stage})"


def _closes(on: Any) -> str:
    return "no date" if pd.isna(on) else short_day(on.date(), session.today())


def _usd(amount: float) -> str:
    return EMPTY if pd.isna(amount) else money(amount)
