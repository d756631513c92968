"""Everyone's row, to the cent: sent only while it is open."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from quarterdeck.metrics import metrics
from quarterdeck.ui import session
from quarterdeck.ui.downloads import download

SHOWN = ("won_deals", "booked_usd", "quota_usd", "attainment", "gap_usd")
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
            download(
                f"All {len(team):,} rows as CSV",
                "attainment",
                session.filters(),
                key="everyone file",
            )
