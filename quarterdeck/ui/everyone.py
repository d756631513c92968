"""Everyone's row, to the cent: sent only while it is open."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from quarterdeck.metrics import metrics
from quarterdeck.ui import session
from quarterdeck.ui.adding_up import managers
from quarterdeck.ui.cards import say
from quarterdeck.ui.downloads import download

SHOWN = (
    *("won_deals", "lost_deals", "booked_usd", "quota_usd", "attainment", "gap_usd"),
    *(
        "pace_usd",
        "pace_gap_usd",
        "needed_usd",
        "due_usd",
        "coverage",
        "win_rate",
        "reports_quota_usd",
        "over_assignment",
    ),
)
FORMATS: dict[str, Literal["dollar", "percent", "localized"]] = {
    "usd": "dollar",
    "ratio": "percent",
    "count": "localized",
}


@st.fragment
def everyone_to_the_cent(team: pd.DataFrame) -> None:
    with st.expander("Everyone, to the cent", key="everyone", on_change="rerun") as opened:
        if opened.open:
            st.dataframe(
                team[["person_name", "role", *SHOWN]],
                column_config={
                    "person_name": st.column_config.TextColumn("Name"),
                    "role": st.column_config.TextColumn("Role"),
                    **{
                        name: st.column_config.NumberColumn(
                            metrics()[name].label, format=FORMATS[metrics()[name].unit]
                        )
                        for name in SHOWN
                    },
                },
                hide_index=True,
                key="everyone rows",
            )
            for line in managers(team):
                say(line)
            with st.container(horizontal=True):
                asked = session.filters()
                rows = f"All {len(team):,} rows as CSV"
                download(rows, "attainment", asked, key="everyone file")
                download("By line as CSV", "attainment_by_line", asked, key="lines file")
