"""When does the fiscal year begin, and what are its quarters?"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from quarterdeck.commands.calendars import (
    FISCAL_YEAR,
    SetFiscalYear,
    fiscal_months,
    set_fiscal_year,
)
from quarterdeck.domain.calendar import Calendar, day_label
from quarterdeck.domain.fiscal import STYLES, FiscalYear, fiscal_year_in
from quarterdeck.refusal import Refused
from quarterdeck.ui import session, team
from quarterdeck.ui.cards import action, card, note, refusal, say, table
from quarterdeck.ui.settled import settings
from quarterdeck.ui.words import counted

MONTHS = {number: f"{date(2000, number, 1):%B}" for number in range(1, 13)}
STYLE_WORDS = {
    style: "Calendar months" if style == "months" else f"Weeks: {style} a quarter"
    for style in STYLES
}
NAMES = {"ends": "it ends in", "begins": "it begins in"}


def show() -> None:
    """The year as it is, and what another one would make of the quarters."""
    held = fiscal_year_in(settings().get(FISCAL_YEAR))
    seen = team.seen("year")
    with card("When does the fiscal year begin?"):
        command = _choice(held, seen)
        try:
            months = fiscal_months(session.calendar().months, command.year, command.from_on)
        except Refused as refused:
            refusal(refused)
            return
        changed = Calendar(months, session.calendar().days_off)
        _preview(changed, command.from_on or session.today())
        is_same = changed == session.calendar()
        note("Quotas stay with their months; each quarter and year adds its months up anew.")
        if is_same:
            note("This is how the year runs now.")
        if action("Set the fiscal year", icon="check", key="save year", disabled=is_same):
            team.perform(set_fiscal_year, command)


def _choice(held: FiscalYear, seen: int) -> SetFiscalYear:
    key = str(team.turn())
    with st.grid(4, min_column_width=200):
        first = st.selectbox(
            "First month",
            list(MONTHS),
            index=held.first_month - 1,
            format_func=MONTHS.__getitem__,
            key=f"first month {key}",
        )
        style = st.selectbox(
            "Months",
            list(STYLE_WORDS),
            index=list(STYLE_WORDS).index(held.style),
            format_func=STYLE_WORDS.__getitem__,
            key=f"style {key}",
        )
        named_by = st.selectbox(
            "Named by the year",
            list(NAMES),
            index=list(NAMES).index(held.named_by),
            format_func=NAMES.__getitem__,
            key=f"named by {key}",
        )
        starts = _starts(FiscalYear(first, style, named_by))
        from_on = st.selectbox(
            "Holds",
            [None, *starts],
            format_func=lambda day: f"from {day_label(day)}" if day else "always, the past too",
            key=f"year from {key} {first} {style}",
        )
    return SetFiscalYear(first, style, named_by, from_on, seen)


def _starts(year: FiscalYear) -> list[date]:
    """The next first days of such a year, and the last one."""
    now = session.today()
    days = [month.from_on for month in year.months()[::12]]
    return [day for day in days if now - timedelta(days=366) < day < now + timedelta(days=1100)]


def _preview(calendar: Calendar, around: date) -> None:
    quarter = calendar.quarter_of(around)
    year = calendar.months_of(quarter)[-1].year
    is_weekly = all(((m.to_on - m.from_on).days + 1) % 7 == 0 for m in calendar.months_of(quarter))
    rows = []
    for number in (year, year + 1):
        for place in sorted({m.quarter for m in calendar.months if m.year == number}):
            period = calendar.quarter(number, place)
            days = (period.to_on - period.from_on).days + 1
            length = counted(days // 7, "week") if is_weekly else counted(days, "day")
            first, last = day_label(period.from_on), day_label(period.to_on)
            rows.append((period.label, first, last, length))
    whole = calendar.year(year)
    say(f"**{whole.label} runs from {day_label(whole.from_on)} to {day_label(whole.to_on)}.**")
    frame = pd.DataFrame(rows, columns=["Quarter", "From", "To", "Length"])
    table(frame, alt=f"First and last day of each quarter of {whole.label} and the next year")
