"""Whose accounts, in which counties, in which box on the map, called what?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.ui import session, trying_map

SHOWN = 100
ALL, MOVED = "All accounts", "Only what moves"


def chosen(scenario_id: str, asked: Filters, everyone: dict[str, str]) -> pd.DataFrame:
    """The accounts of somebody, of some counties, or of what is searched for."""
    counties = session.answer("territory_counties", asked)
    labels = {
        f"{one['county_name']}, {one['county_state']}": str(one["county_fips"])
        for one in counties.to_dict("records")
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = st.selectbox(
            "Whose", [ALL, MOVED, *everyone], key="plan whose", width=200, persist_state="session"
        )
        within = st.multiselect("In counties", sorted(labels), key="plan counties", width=260)
        search = st.text_input(
            "Search", "", key="plan search", width=200, placeholder="Name, city, industry"
        )
    by, to = "person", [] if whose in (ALL, MOVED) else [everyone[str(whose)]]
    if whose == MOVED:
        by, to = "moved", ["yes"]
    if within:
        by, to = "county", [labels[one] for one in within]
    with st.expander("Choose on the map", key="plan map open", on_change="rerun") as on_map:
        boxed = trying_map.within(scenario_id, asked) if on_map.open else []
    if boxed:
        by, to = "account", boxed
    rows = session.planned(
        "territory_accounts",
        scenario_id,
        asked,
        rows_shown=SHOWN,
        search=search.strip(),
        narrowed_by=by,
        narrowed_to=to,
    )
    if within and whose not in (ALL, MOVED):
        rows = rows[rows["was_person_id"] == everyone[str(whose)]]
    return rows
