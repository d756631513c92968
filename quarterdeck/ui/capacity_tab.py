"""Who fills less than a whole position, and how do new executives start?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pandas as pd
import streamlit as st

from quarterdeck.commands.capacity import FOREVER, SetCapacity, set_capacity
from quarterdeck.commands.checking import MAY_SETTLE
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.capacity import NO_RAMP, RAMP, ramp_in
from quarterdeck.metrics import share
from quarterdeck.ui import choosing, session, team
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.days import day_words
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import asked, settings
from quarterdeck.ui.words import counted

MOST = 8
WORDS = {"leave": "Leave", "part time": "Part time", "ramp": "A ramp of their own"}


def show() -> None:
    """The spells that are known, one to add, and the ramp of those who are new."""
    seen = team.seen("capacity")
    with card("Who fills less than a whole position?"):
        _known()
        _add(seen)
    with card("How does a new executive start?"):
        _ramp(settings().get(RAMP, NO_RAMP), seen)


def _known() -> None:
    found, today = session.answer("capacities", asked()), session.today()
    if found.empty:
        say("**Nobody, as far as is known.** Enter a leave or part time below.")
        return
    rows = [
        (
            f"**{plain(one['person_name'])}**  \n:gray[{WORDS.get(one['kind'], one['kind'])}]",
            share(one["filled_share"]),
            day_words(one["starts_on"].date(), today),
            "open" if pd.isna(one["ends_on"]) else day_words(one["ends_on"].date(), today),
        )
        for one in found.head(MOST).to_dict("records")
    ]
    frame = pd.DataFrame(rows, columns=["Who", "Fills", "From", "Through"])
    table(frame, alt=f"{counted(len(found), 'spell')} of less than a whole position")
    with st.container(horizontal=True):
        download(f"All {len(found):,} as CSV", "capacities", asked(), key="capacities file")


def _add(seen: int) -> None:
    turn, today = str(team.turn()), session.today()
    ids = {word: person_id for person_id, word in choosing.labels(today).items()}
    if not ids:
        return
    with st.grid(3, min_column_width=180):
        who = str(st.selectbox("Who", list(ids), key=f"capacity who {turn}"))
        kind = str(
            st.selectbox(
                "Why",
                list(WORDS),
                format_func=lambda each: WORDS[each],
                key=f"capacity kind {turn}",
            )
        )
        usual = 0 if kind == "leave" else 50
        percent = st.number_input(
            "Fills, in percent", 0, 100, usual, 5, key=f"capacity share {kind} {turn}"
        )
        first = st.date_input("From", today, format="YYYY-MM-DD", key=f"capacity from {turn}")
        last = st.date_input(
            "Through; empty while open", None, format="YYYY-MM-DD", key=f"capacity to {turn}"
        )
    if st.button("Set it", icon=":material/check:", key="save capacity"):
        until = last + timedelta(days=1) if last else FOREVER
        part = Decimal(percent) / 100
        team.perform(set_capacity, SetCapacity(ids[who], kind, part, first, until, seen))
    note("100 % takes back what was said for these days. Quotas known stay as they are.")


def _ramp(held: str, seen: int) -> None:
    text = st.text_input(
        "Percent of a whole position in the first months, parted by commas, or none",
        held,
        key=f"ramp {team.turn()}",
        width=420,
    )
    ramp = ramp_in(text)
    if ramp is None:
        say(":orange[▼ These are not percentages from 0 to 100, parted by commas.]")
    elif not ramp:
        say("A new executive counts as a whole position from the first month.")
    else:
        months = ", ".join(f"month {at} {part} %" for at, part in enumerate(ramp, 1))
        say(f"**{months}**, then a whole position.")
    may = session.viewer().role in MAY_SETTLE
    is_same = ramp is None or (",".join(map(str, ramp)) or NO_RAMP) == held
    sign = ":material/check:"
    if st.button("Set the ramp", icon=sign, key="save ramp", disabled=is_same or not may):
        team.perform(change_setting, ChangeSetting(RAMP, text, seen))
    note(
        "A month counts as its middle day does: who starts by then fills it. "
        "It matters where quotas are pro-rated, as they are typed or imported."
    )
