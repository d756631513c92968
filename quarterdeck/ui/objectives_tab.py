"""What does each person set out to do, each day, week, month, quarter or year?"""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from quarterdeck.commands.objectives import EVERY, PIPELINE, SetObjective, set_objective
from quarterdeck.ui import choosing, objectives, session, team
from quarterdeck.ui.cards import card, note, say
from quarterdeck.ui.downloads import download
from quarterdeck.ui.settled import asked

KINDS = ("Call", "Meeting", "Proposal", "Site visit", "Executive contact", PIPELINE)
MOST = 12


def show() -> None:
    """The objectives that hold, and one to set."""
    seen = team.seen("objectives")
    with card("What does each person set out to do?", explains="done_share"):
        found = session.answer("objectives", asked())
        if found.empty:
            say("**No objective yet.** Set one below: so many meetings a week, so much pipeline.")
        else:
            objectives.listed(found, MOST)
            with st.container(horizontal=True):
                label = f"All {len(found):,} as CSV"
                download(label, "objectives", asked(), key="objectives file")
        _add(seen)


def _add(seen: int) -> None:
    key, first = str(team.turn()), session.today()
    ids = {word: person_id for person_id, word in choosing.labels(first).items()}
    if not ids:
        return
    with st.grid(4, min_column_width=150):
        people = st.multiselect("Who", list(ids), key=f"objective who {key}")
        kind = st.selectbox("What", KINDS, accept_new_options=True, key=f"objective kind {key}")
        every = st.selectbox("Each", EVERY, index=1, key=f"objective every {key}")
        is_money = kind == PIPELINE
        target = st.number_input(
            "How much, in dollars" if is_money else "How many",
            0,
            step=10_000 if is_money else 1,
            key=f"objective target {is_money} {key}",
        )
    if st.button(
        "Set the objective", icon=":material/check:", key="save objective", disabled=not people
    ):
        team.perform(
            set_objective,
            *(
                SetObjective(ids[who], str(kind), every, Decimal(target), first, seen)
                for who in people
            ),
        )
    note("It holds from today; 0 ends it. Activities count as files name their kinds.")
