"""Which days are worked, and which are off?"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from quarterdeck.commands.holidays import (
    HOLIDAYS,
    LONGEST,
    SetDayOff,
    SetHolidays,
    set_day_off,
    set_holidays,
)
from quarterdeck.domain.comparing import working_days
from quarterdeck.domain.holidays import FIRST_DAY, LAST_DAY, USUAL, days_off, places
from quarterdeck.ui import session, team
from quarterdeck.ui.cards import action, card, note, say, table
from quarterdeck.ui.plain import plain
from quarterdeck.ui.settled import settings
from quarterdeck.ui.words import counted


def show() -> None:
    """Whose holidays count, what is off this year, and the organisation's own days."""
    seen = team.seen("holidays")
    with card("Which days are worked?"):
        _place(settings().get(HOLIDAYS, USUAL), seen)
    with card("Is a day off here alone, or worked although others are off?"):
        _own(seen)


def _place(held: str, seen: int) -> None:
    named = places()
    place = st.selectbox(
        "Holidays of",
        list(named),
        index=list(named).index(held) if held in named else 0,
        format_func=lambda code: f"{named[code]} ({code})",
        key=f"holidays {team.turn()}",
        width=420,
    )
    is_same = place == held
    _year(place, is_same=is_same)
    if action("Set the holidays", icon="check", key="save holidays", disabled=is_same):
        team.perform(set_holidays, SetHolidays(place, seen))
    if is_same:
        note("These count now: for pace, what each day needs and the same point of another period.")


def _year(place: str, *, is_same: bool) -> None:
    """The days off of this year, as they are or as they would be."""
    year = session.today().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    if is_same:
        known = session.answer("holidays").to_dict("records")
        listed = {row["holiday_on"].date(): str(row["holiday_name"]) for row in known}
    else:
        listed = days_off(place)
    off = {day: name for day, name in listed.items() if first <= day <= last}
    worked = working_days(first, last, list(off))
    say(f"**{year} has {counted(worked, 'working day')}** and {counted(len(off), 'day')} off.")
    rows = [(f"{day:%a} {day.day} {day:%b}", plain(name)) for day, name in off.items()]
    if rows:
        frame = pd.DataFrame(rows, columns=["Day", "Holiday"])
        table(frame, alt=f"Days off from Monday to Friday in {year}")


def _own(seen: int) -> None:
    key = str(team.turn())
    with st.grid(2, min_column_width=200):
        day = st.date_input(
            "Day",
            session.today(),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=f"own day {key}",
        )
        reason = st.text_input(
            "Why it is off; empty where it is worked",
            max_chars=LONGEST,
            key=f"own reason {key}",
        )
    if st.button("Set the day", icon=":material/event:", key="save own day"):
        team.perform(set_day_off, SetDayOff(day, reason, seen))
