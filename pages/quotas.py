"""What is each quota, and do they add up?"""

import streamlit as st

from quarterdeck.ui import adding_up, quota_changes, quota_grid, quotas, team
from quarterdeck.ui.cards import card, headline
from quarterdeck.ui.downloads import download
from quarterdeck.ui.empty import nothing_yet
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answers, filters, span

QUESTION = "What is each quota, and do they add up?"

if not span()["deals"] and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

asked = filters()
standing, people = answers("attainment", "people")
found = quotas.found(standing, people, asked.period)

headline(QUESTION, quotas.finding(found, asked.period))
filter_sentence()
team.say_outcome()
quotas.quota_figures(found)

if len(found.managers):
    with card("Do the quotas add up?", explains="over_assignment"):
        adding_up.quota_table(standing, people)
        with st.container(horizontal=True):
            download("Everyone as CSV", "attainment", asked, key="roll-up file")

with card(f"What is each month’s quota in {asked.period.label}?", key="grid"):
    quota_grid.show(found, asked)

with card("Which quotas were set or changed?", key="changes"):
    quota_changes.show(asked)
