"""What is the team doing, and whom has nobody spoken to?"""

import streamlit as st

from quarterdeck.ui import (
    activity,
    activity_aims,
    activity_contacts,
    activity_done,
    activity_log,
    activity_quiet,
    activity_yield,
)
from quarterdeck.ui.cards import headline
from quarterdeck.ui.empty import nothing_yet
from quarterdeck.ui.sentence import filter_sentence
from quarterdeck.ui.session import answers, filters, span, today

QUESTION = "What is the team doing, and whom has nobody spoken to?"

asked = filters()
done, days, tending, kept = answers("activity", "activity_days", "tending", "executive_coverage")

if done.empty and tending.empty and not span()["people"]:
    nothing_yet(QUESTION)
    st.stop()

if done["last_on"].isna().all() and asked == asked.widened():
    activity.nothing_done(QUESTION)
    st.stop()

headline(QUESTION, activity.finding(done, tending, asked, activity.of_week(asked, today())))
filter_sentence()
activity_log.quick()
activity.figures(done, tending, kept, asked)
activity_aims.show(done, asked)
activity_quiet.show(tending)

left, right = st.columns(2, gap="medium")
with left:
    activity_done.by_kind(done, asked)
with right:
    activity_done.by_day(days)

activity_yield.show(asked)
activity_contacts.show(kept, asked)
