"""Who is on track for quota?"""

import streamlit as st

from quarterdeck.charts.attainment import PICK, heat
from quarterdeck.ui import against, gap, lines, objectives, pace, reached, standing, strip
from quarterdeck.ui.cards import card, headline, note, picture
from quarterdeck.ui.deals import deals_behind, of_the_total
from quarterdeck.ui.empty import nothing_matches, nothing_yet
from quarterdeck.ui.everyone import everyone_to_the_cent
from quarterdeck.ui.figures import attainment_figures
from quarterdeck.ui.limits import heat_map_points
from quarterdeck.ui.picking import picked
from quarterdeck.ui.reasons import no_quota
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answers, filters, span

QUESTION = "Who is on track for quota?"

if not span()["deals"] and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

asked = filters()
team, cells, curve, *_ = answers(
    "attainment", "attainment_by_line", "pace_curve", *of_the_total(), *against.asked("attainment")
)
total = standing.whole(team)
is_over = asked.as_of >= asked.period.to_on
has_quota = bool(total["quota_usd"] > 0)

if not total["won_deals"] and not has_quota:
    nothing_matches(QUESTION)
    st.stop()

without = "" if total["quota_usd"] == total["quota_usd"] else no_quota(asked)
has_begun = asked.as_of >= asked.period.from_on

headline(QUESTION, standing.finding(team, asked.period, is_over=is_over, has_begun=has_begun))
filter_sentence()
attainment_figures(team, asked.period, is_over=is_over, without=without)
spans = st.container(gap=None)
left, right = st.columns(2, gap="medium")

with left, card("How far is each?", explains="attainment", stretch=True) as top:
    level, rows = reached.level_and_rows(team, cells)
    bar = reached.bars(rows, level, cells, beside=top, is_over=is_over)
    reached.adds_up(team, asked.period.label, without)

has_path = has_quota and has_begun and not curve.empty
has_map = len(lines.known(cells)) > 1
if has_path:
    with right:
        pace.path(curve, total, asked.period)
    left, right = st.columns(2, gap="medium") if has_map else (st.container(), st.container())

cell = []
if has_map:
    with (
        left if has_path else right,
        card("Where is it missing?", explains="attainment", stretch=True) as top,
    ):
        points = heat_map_points()
        people = standing.shown(team, level)
        first = standing.FEW if level == reached.LINES else len(rows)
        drawn = lines.heat_rows(cells, team, people, points=points, first=first)
        cell = picture(
            heat,
            drawn,
            alt=lines.said(drawn),
            key="attainment_by_line",
            beside=top,
            pick=PICK,
        )
        note(lines.read_as(cells, people, points, first))

# While the period runs, the open deals that would close the gap; then those behind a number.
shown = picked(bar, cell, of_lines=level == reached.LINES, team=team, cells=cells)
beside = right if has_path or not has_map else st.container()
if has_path and not is_over:
    with beside:
        gap.gap_list(shown, team)
    beside = st.container()
with beside:
    deals_behind(shown)
objectives.behind()

everyone_to_the_cent(team)

# Last, so that nothing above waits for it.
with spans:
    strip.strip()
