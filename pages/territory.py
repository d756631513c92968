"""Is the territory fair?"""

import streamlit as st

from quarterdeck.ui import (
    modules_tab,
    territory,
    territory_balance,
    territory_map,
    territory_market,
    trying,
)
from quarterdeck.ui.cards import headline
from quarterdeck.ui.empty import nothing_yet
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answers, span, viewer

QUESTION = "Is the territory fair?"

balance, spread, *of_the_map = answers(
    "territory_balance",
    "territory_spread",
    "territory_counties",
    ("territory_accounts", {"rows_shown": territory_map.MOST_ACCOUNTS}),
    *territory_map.also(),
)
known = territory.found(balance)

if not known.accounts and not span()["deals"] and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

headline(QUESTION, territory.finding(known, is_own=viewer().role == "executive"))
filter_sentence()

if not known.accounts:
    territory.no_accounts()
    st.stop()

pick = territory.picked(known)
left, right = st.columns([3, 2], gap="medium")

with left:
    territory_map.who_owns_what(known, of_the_map, pick)
with right:
    if known.can_compare:
        territory_balance.together(known, pick)
    else:
        territory_balance.in_hand(known)

if known.can_compare:
    territory_balance.uneven_load(known, spread, pick)

tabs = {
    "Try a realignment": trying.show,
    "Accounts and market": territory_market.show,
    "Modules": modules_tab.show,
}
asked = territory.narrowed(known, pick)
opened = st.tabs(list(tabs), on_change="rerun", key="territory tabs")
for tab, show in zip(opened, tabs.values(), strict=True):
    if tab.open:
        with tab:
            show(asked)
