"""What is open, and where does it stand?"""

import streamlit as st

from quarterdeck.charts.funnel import STAGE, plain_bars, stage_bars
from quarterdeck.ui import against
from quarterdeck.ui import funnel as words
from quarterdeck.ui.cards import card, headline, note, picture, say
from quarterdeck.ui.days import day_words, within
from quarterdeck.ui.empty import nothing_yet
from quarterdeck.ui.funnel_deals import narrowed, of_everything, open_deals
from quarterdeck.ui.funnel_figures import funnel_figures
from quarterdeck.ui.funnel_parts import parts_of_the_funnel, picture_key, split_by
from quarterdeck.ui.movement import movement
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answers, filters, span, today
from quarterdeck.ui.undated import undated_note
from quarterdeck.ui.waterfall import what_moved

QUESTION = "What is open, and where does it stand?"

if not span()["deals"]:
    nothing_yet(QUESTION)
    st.stop()

asked = filters()
by = split_by()
funnel, conversion, decided, reasons, *_ = answers(
    "funnel",
    "stage_conversion",
    "win_rate",
    "loss_reasons",
    "waterfall",
    ("funnel_by", {"split_by": by}),
    *of_everything("funnel", picture_key(by)),
    *against.asked("funnel", "win_rate"),
)

headline(QUESTION, words.finding(funnel, day_words(asked.as_of, today())))
filter_sentence()
funnel_figures(funnel, decided, asked.period)
left, right = st.columns(2, gap="medium")

with left, card("Where does it stand?", explains="stalled_usd", stretch=True) as top:
    stages = words.stage_rows(funnel, conversion)
    picked = []
    if stages.empty:
        say(f"**No deal is open**, and none was decided {within(asked.period)}.")
    else:
        alt = words.said(stages, "Open by stage")
        picked = picture(stage_bars, stages, alt=alt, key="funnel", beside=top, pick=STAGE)
        note(words.conversion_note(funnel, conversion, asked.period))
    undated_note()

with right:
    clicked, by, parts = parts_of_the_funnel()

what_moved()
left, right = st.columns(2, gap="medium")

with left, card("When is it due?", explains="overdue_usd", stretch=True) as top:
    if funnel.empty:
        say("Nothing is open.")
    else:
        due = words.due_rows(funnel, asked.period, is_ahead=asked.period.from_on > asked.as_of)
        alt = words.said(due, "Open by due date")
        picture(plain_bars, due, alt=alt, key="due", beside=top)
        note("The period hides nothing that is open: these four add up to all of it.")

why = f"Why were deals lost {within(asked.period)}?"
with right, card(why, explains="lost_usd", stretch=True, key="lost") as top:
    if reasons.empty:
        say(f"No deal was lost {within(asked.period)}.")
    else:
        lost = words.loss_rows(reasons.head(words.TOO_FEW))
        alt = words.said(lost, "Lost by reason")
        picture(plain_bars, lost, alt=alt, key="loss_reasons", beside=top)
        note(words.reasons_note(reasons))

movement()
open_deals(narrowed(picked, clicked, by, stages, parts))
