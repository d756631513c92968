"""Who is on the team, and what holds for everyone?"""

import streamlit as st

from quarterdeck.ui import (
    changes_tab,
    holidays_tab,
    money_tab,
    people_tab,
    phasing,
    stages_tab,
    team,
    team_tab,
    thresholds_tab,
    year_tab,
)
from quarterdeck.ui.cards import headline

QUESTION = "Who is on the team, and what holds for everyone?"

period = team.period_typed()
people = team.rows(period)

headline(QUESTION, team.finding(people, period))
team.say_outcome()

names = ["Team", "People", "Year", "Holidays", "Money", "Thresholds", "Stages"]
names += ["Time zone", "History"]
tabs = st.tabs(names, on_change="rerun", key="settings tabs")
on_team, on_people, on_year, on_holidays, on_money, *rest = tabs
on_thresholds, on_stages, on_zone, on_history = rest

if on_team.open:
    with on_team:
        team_tab.show(people, period)
if on_people.open:
    with on_people:
        people_tab.show()
if on_year.open:
    with on_year:
        year_tab.show()
        phasing.show()
if on_holidays.open:
    with on_holidays:
        holidays_tab.show()
if on_money.open:
    with on_money:
        money_tab.show()
if on_thresholds.open:
    with on_thresholds:
        thresholds_tab.show()
if on_stages.open:
    with on_stages:
        stages_tab.show()
if on_zone.open:
    with on_zone:
        thresholds_tab.show_zone()
if on_history.open:
    with on_history:
        changes_tab.show()
