"""What moved, slipped or got stuck?"""

from __future__ import annotations

import streamlit as st

from quarterdeck.ui.movement_months import by_month_created
from quarterdeck.ui.movement_moves import stage_to_stage
from quarterdeck.ui.movement_slipped import slipped_out
from quarterdeck.ui.movement_stuck import stuck

TABS = ("Slipped", "Stage to stage", "Stuck", "By month created")


@st.fragment
def movement() -> None:
    """Four answers, one at a time: what is closed asks and sends nothing."""
    name = "What slipped, moved on or got stuck?"
    with st.expander(name, key="movement", on_change="rerun") as opened:
        if not opened.open:
            return
        tabs = st.tabs(list(TABS), key="movement tabs", on_change="rerun")
        shown = (slipped_out, stage_to_stage, stuck, by_month_created)
        for tab, show in zip(tabs, shown, strict=True):
            if tab.open:
                with tab:
                    show()
