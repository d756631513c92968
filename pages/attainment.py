"""Who is on track for quota?"""

import streamlit as st

from quarterdeck.charts.progress import PICK, quota_bars
from quarterdeck.ui import standing
from quarterdeck.ui.cards import card, headline, note, picture, say
from quarterdeck.ui.deals import deals_behind
from quarterdeck.ui.empty import go, nothing_matches, nothing_yet
from quarterdeck.ui.everyone import everyone_to_the_cent
from quarterdeck.ui.figures import attainment_figures
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answer, filters, span

QUESTION = "Who is on track for quota?"

if not span()["deals"] and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

asked = filters()
team = answer("attainment")
total = standing.whole(team)
is_over = asked.as_of >= asked.period.to_on
has_quota = bool(total["quota_usd"] > 0)

if not total["won_deals"] and not has_quota:
    nothing_matches(QUESTION)
    st.stop()

headline(QUESTION, standing.finding(team, asked.period, is_over=is_over))
filter_sentence()
attainment_figures(team, asked.period, is_over=is_over)
left, right = st.columns(2, gap="medium")

with left, card("How far is each?", explains="attainment", stretch=True):
    level = standing.LEVELS[1]
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(standing.teams(team)) > 1:
            level = st.segmented_control(
                "Level",
                standing.LEVELS,
                default=standing.LEVELS[0],
                required=True,
                key="level",
                label_visibility="collapsed",
                persist_state="session",
            )
        everybody = standing.shown(team, level)
        shows_all = len(everybody) > standing.FEW and st.toggle(
            f"Show all {len(everybody)}", key=f"all {level}"
        )
    rows = everybody if shows_all else everybody.head(standing.FEW)
    clicked = picture(
        quota_bars,
        standing.bars(rows, is_over=is_over),
        alt=standing.said(rows),
        key=f"attainment {level}",
        pick=PICK,
    )
    note(standing.order(rows, everybody))
    say(standing.roll_up(team))
    if not has_quota:
        say(
            f"**No quotas are known for {asked.period.label}.** "
            "Type them in, or drop a file: Upload has a template."
        )
        go("settings", "Type the quotas", "tune", key="to quotas")

with right:
    deals_behind(clicked, team)

everyone_to_the_cent(team)
