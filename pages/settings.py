"""Who is on the team, and what holds for everyone?"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from quarterdeck.ui import (
    capacity_tab,
    changes_tab,
    credit_tab,
    holidays_tab,
    money_tab,
    objectives_tab,
    people_tab,
    phasing,
    retention_tab,
    sign_in_tab,
    stages_tab,
    team,
    team_tab,
    territory_tab,
    thresholds_tab,
    year_tab,
)
from quarterdeck.ui.cards import headline

QUESTION = "Who is on the team, and what holds for everyone?"
period = team.period_typed()
people = team.rows(period)
tabs: dict[str, list[Callable[[], None]]] = {
    "Team": [partial(team_tab.show, people, period)],
    "People": [people_tab.show],
    "Capacity": [capacity_tab.show],
    "Objectives": [objectives_tab.show],
    "Credit": [credit_tab.show],
    "Year": [year_tab.show, phasing.show],
    "Holidays": [holidays_tab.show],
    "Money": [money_tab.show],
    "Thresholds": [thresholds_tab.show],
    "Territory": [territory_tab.show],
    "Stages": [stages_tab.show],
    "Time zone": [thresholds_tab.show_zone],
    "Sign-in": [sign_in_tab.show],
    "Retention": [retention_tab.show],
    "History": [changes_tab.show],
}

headline(QUESTION, team.finding(people, period))
team.say_outcome()

opened = st.tabs(list(tabs), on_change="rerun", key="settings tabs")
for tab, shows in zip(opened, tabs.values(), strict=True):
    if tab.open:
        with tab:
            for show in shows:
                show()
