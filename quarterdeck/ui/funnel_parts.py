"""Whose is the open pipeline: by executive, by product line or by channel?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.charts.funnel import PART, part_bars
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.funnel import part_rows, said

SPLITS = {
    "Executive": ("person", "Nobody known"),
    "Product line": ("line", "No product line"),
    "Channel": ("channel", "No channel"),
}
FEW = 8


def picture_key(by: str) -> str:
    return f"funnel_by {by}"


def split_by() -> str:
    """By what it is split, before the choice is drawn."""
    chosen = str(st.session_state.get("split", "Executive"))
    return SPLITS.get(chosen, SPLITS["Executive"])[0]


def parts_of_the_funnel() -> tuple[list[dict[str, Any]], str, pd.DataFrame]:
    """Draws them; what was clicked, of which split, and the bars that are drawn."""
    with card("Whose is it?", explains="win_rate", stretch=True, rivals=_rivals()) as top:
        with st.container(horizontal=True, vertical_alignment="center"):
            split = st.segmented_control(
                "By",
                list(SPLITS),
                default="Executive",
                required=True,
                key="split",
                label_visibility="collapsed",
                persist_state="session",
            )
            by, nobody = SPLITS[split]
            parts = session.answer("funnel_by", split_by=by)
            shows_all = len(parts) > FEW and st.toggle(f"Show all {len(parts)}", key=f"all {by}")
        if parts.empty:
            say("Nothing is open or decided here.")
            return [], by, parts
        drawn = part_rows(parts if shows_all else parts.head(FEW), nobody)
        clicked = picture(
            part_bars,
            drawn,
            alt=said(drawn, f"Open by {split.lower()}"),
            key=picture_key(by),
            beside=top,
            pick=PART,
        )
        left = len(parts) - len(drawn)
        rest = f"; {left} smaller ones are not shown" if left else ""
        note(f"Largest first{rest}. Orange: past its close date. A click shows the deals.")
    return clicked, by, drawn


def _rivals() -> dict[Any, Any]:
    decided = session.answer("win_rate")
    return {} if decided.empty else dict(decided.iloc[0])
