"""What does each executive need next, and did it work?"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from quarterdeck.ui import (
    coaching,
    coaching_actions,
    coaching_beside,
    coaching_deals,
    coaching_gap,
    coaching_learning,
    coaching_plan,
    coaching_skills,
    coaching_talk,
    coaching_team,
)
from quarterdeck.ui.cards import card, headline
from quarterdeck.ui.empty import nothing_yet
from quarterdeck.ui.plain import plain
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import span

QUESTION = "What does each executive need next?"

if not span()["deals"] and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

whom = coaching.person()

if whom is None:
    board = coaching.people()
    headline(QUESTION, coaching_team.finding(board))
    filter_sentence()
    coaching.begin()
    coaching_team.show(board)
    st.stop()

beside_whom = None if whom.is_self else coaching.manager_of(whom)
team = coaching.selling(coaching.year(), beside_whom)
beside = coaching_beside.chosen(whom, team)
gap = coaching_beside.gap_of(whom, team, beside)
skill = coaching_gap.skill_of(gap)
plans = coaching.fresh("coaching_plans", whom.person_id)
talks = coaching.fresh("coaching_sessions", whom.person_id)
question = "What do I need next?" if whom.is_self else f"What does {plain(whom.name)} need next?"
headline(question, coaching_gap.finding(whom, gap, team, beside))
filter_sentence()
coaching.begin()

if not whom.leads:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        coaching_gap.gap_card(whom, gap, team, beside)
    with right:
        coaching_skills.skill_card(whom, team, coaching_learning.scores(whom))

left, right = st.columns([3, 2], gap="medium")
with left:
    coaching_plan.plan_card(whom, team, plans, skill)
with right:
    coaching_talk.talk_card(whom, talks, plans)

tabs: dict[str, Callable[[], None]] = {
    "Actions": partial(coaching_actions.show, whom),
    "Learning": partial(coaching_learning.show, whom, team, skill),
    "1:1s": partial(coaching_talk.held, whom, talks),
    "Scores": partial(coaching_learning.score_form, whom),
    "Praise": partial(coaching_learning.praise, whom),
    "Deals behind": partial(coaching_deals.show, whom),
}
if whom.leads:
    tabs.pop("Deals behind")
    coaching_team.show_team(whom.person_id, coaching.people())
with card("What else is between us?", key="coaching tabs"):
    opened = st.tabs(list(tabs), on_change="rerun", key="coaching tabs")
    for tab, show in zip(opened, tabs.values(), strict=True):
        if tab.open:
            with tab:
                show()
