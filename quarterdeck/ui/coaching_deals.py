"""Which deals stand behind what somebody's selling looks like?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.coaching import Person, asked, year
from quarterdeck.ui.downloads import download
from quarterdeck.ui.words import all_as_file

SHOWN = 200
COLUMNS = {
    "deal_name": "Deal",
    "account_name": "Account",
    "outcome": "Became",
    "credit_usd": "Credited",
    "created_on": "Created",
    "decided_on": "Decided",
    "first_due_on": "First due",
    "late_days": "Days late",
    "is_slipped": "Slipped",
}


def show(whom: Person) -> None:
    """Everything created, decided or first due in the 52 weeks: sent only while it is open."""
    about = replace(asked(), period=year(), person_ids=(whom.person_id,))
    rows = session.answer("coaching_deals", about, rows_shown=SHOWN)
    if rows.empty:
        say("No deal of these 52 weeks is known.")
        return
    shown = rows[list(COLUMNS)].rename(columns=COLUMNS)
    st.dataframe(
        shown,
        hide_index=True,
        key="coaching deals rows",
        column_config={
            "Credited": st.column_config.NumberColumn(format="dollar"),
            **{
                name: st.column_config.DateColumn(format="YYYY-MM-DD")
                for name in ("Created", "Decided", "First due")
            },
        },
    )
    total = int(rows["deals_in_all"].iloc[0])
    if total > len(rows):
        note(f"The {len(rows)} largest of {total:,}.")
    download(all_as_file(total), "coaching_deals", about, key="coaching deals file")
