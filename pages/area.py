"""Which team is in trouble?"""

import streamlit as st

from quarterdeck.charts.progress import PICK, quota_bars
from quarterdeck.ui import area, area_trend, standing
from quarterdeck.ui.cards import card, headline, note, picture, say
from quarterdeck.ui.downloads import download
from quarterdeck.ui.empty import nothing_matches, nothing_yet
from quarterdeck.ui.limits import tolerance
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answers, filters, span

QUESTION = "Which team is in trouble?"

if not span()["deals"] and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

asked = filters()
team, quarters, behind = answers("attainment", "attainment_by_quarter", "area")
total = standing.whole(team)
is_over = asked.as_of >= asked.period.to_on
teams = area.led(team)

if teams.empty:
    headline(QUESTION, "Nobody here leads a team.")
    filter_sentence()
    with card("What is missing?"):
        say("A team appears once somebody has reports: Settings says who reports to whom.")
    st.stop()
if not total["won_deals"] and not total["quota_usd"] > 0:
    nothing_matches(QUESTION)
    st.stop()

headline(QUESTION, area.finding(team, behind, asked.period, is_over=is_over))
filter_sentence()
area.area_figures(team, is_over=is_over)

with card("How far is each team?", explains="pace_gap_usd") as top:
    drawn = standing.bars(teams, is_over=is_over, tolerance=tolerance())
    clicked = picture(
        quota_bars, drawn, alt=standing.said(teams), key="teams", beside=top, pick=PICK
    )
    note("Bar: booked. ▼ pace. ┃ quota. Orange: missing to pace.")
    area.drill(team, clicked)

area_trend.trends(team, quarters)

with card("What is behind it?", explains="slipped_usd", rows="area") as beside:
    area.behind_it(team, behind)
    with st.container(horizontal=True, vertical_alignment="center"):
        note(
            "Created and slipped: in the period. Not kept up: past the close date, without one, "
            "without an amount, or longer in the stage than usual."
        )
        st.space("stretch")
        download("Teams as CSV", "area", asked, key="area file")
        download("Quarters as CSV", "attainment_by_quarter", asked, key="quarters file")
