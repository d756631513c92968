"""Are the day, the month, the quarter and the year on pace? Four numbers in one line."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import explain, tidy
from quarterdeck.ui.days import day_words
from quarterdeck.ui.standing import against_pace, whole

PARTS = ("day", "month", "quarter", "year")


def strip() -> None:
    """Of everyone in sight, on the as-of day: nothing without a quota for the year."""
    asked, today = session.filters(), session.today()
    spans = periods()
    found = session.answers(
        *(("attainment", replace(asked, period=span)) for span in spans.values())
    )
    rows = {name: whole(team) for name, team in zip(spans, found, strict=True)}
    if all(pd.isna(row["quota_usd"]) for row in rows.values()):
        return
    said = {day_words(asked.as_of, today): day(rows["month"])}
    said |= {
        spans[name].label: standing(row, is_over=asked.as_of >= spans[name].to_on)
        for name, row in rows.items()
    }
    with st.grid(4, min_column_width=150):
        for part, (label, (amount, verdict)) in zip(PARTS, said.items(), strict=True):
            with st.container(gap=None):
                name = "today_usd" if part == "day" else "pace_usd"
                shown = tidy(f":gray[{label}] {amount}")
                explain(name, label=shown, key=f"explain strip {part}")
                st.markdown(tidy(f":small[{verdict}]"))


def periods() -> dict[str, Period]:
    """The fiscal month, quarter and year that hold the as-of day."""
    calendar, as_of = session.calendar(), session.filters().as_of
    quarter = calendar.quarter_of(as_of)
    held = [one for one in calendar.months_of(quarter) if one.from_on <= as_of <= one.to_on]
    last = calendar.months_of(quarter)[-1]
    middle = (held or [last])[0]
    named = middle.from_on + (middle.to_on - middle.from_on) / 2
    return {
        "month": calendar.month(named.year, named.month),
        "quarter": quarter,
        "year": calendar.year(last.year),
    }


def day(month: pd.Series) -> tuple[str, str]:
    """What the day brought, and what of its objective is missing."""
    aim, done = month["today_usd"], month["booked_today_usd"]
    if pd.isna(month["quota_usd"]):
        return f"**{money(done)}**", ":gray[no quota for the month]"
    if pd.isna(aim):
        return f"**{money(done) if done else EMPTY}**", ":gray[no working day]"
    if not aim:
        return f"**{money(done)}**", ":gray[the month’s quota is met]"
    verdict = f":orange[▼ {money(aim - done)} to go]" if done < aim else ":blue[▲ done]"
    return f"**{money(done)}**", f":gray[of {money(aim)},] {verdict}"


def standing(row: pd.Series, *, is_over: bool) -> tuple[str, str]:
    """How much of the quota is booked, and how far from pace."""
    if pd.isna(row["attainment"]):
        return f"**{money(row['booked_usd'])}**", ":gray[no quota]"
    said = f"**{share(row['attainment'])}**"
    lead = row["pace_gap_usd"]
    if is_over or pd.isna(lead):
        lead = row["booked_usd"] - row["quota_usd"]
        words = f"{money(abs(lead))} {'above quota' if lead >= 0 else 'missing'}"
    else:
        words = against_pace(row)
    colour, sign = ("blue", "▲") if lead >= 0 else ("orange", "▼")
    return said, f":gray[of {money(row['quota_usd'])},] :{colour}[{sign} {words}]"
