"""What coverage was enough before, at the same point of earlier periods? Told when opened."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import PeriodUnknown
from quarterdeck.domain.comparing import LAST_QUARTER, LAST_YEAR, Point, compared_with
from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, share, times
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say, table
from quarterdeck.ui.days import day_of
from quarterdeck.ui.standing import whole
from quarterdeck.ui.words import counted

MOST = 4
"""Each is a day as it was known then, and takes the time of a page."""


@st.fragment
def enough(asked: Filters) -> None:
    """A popover that tells it, sent only while open."""
    label, key = "What was enough before?", "enough before"
    with st.popover(label, type="tertiary", key=key, on_change="rerun") as opened:
        if opened.open:
            _told(asked)


def points(asked: Filters) -> list[Point]:
    """The same point of up to four earlier periods of the kind, the newest first."""
    words = LAST_QUARTER if "-" in asked.period.word else LAST_YEAR
    calendar, period, as_of, found = session.calendar(), asked.period, asked.as_of, list[Point]()
    try:
        while len(found) < MOST:
            found.append(compared_with(words, calendar, period, as_of))
            period, as_of = found[-1].period, found[-1].on
    except PeriodUnknown:
        pass
    return found


def rows(asked: Filters) -> pd.DataFrame:
    """For each earlier period: the coverage then, whether the quota was known, and its end."""
    listed = []
    for point in points(asked):
        then = Filters(point.period, point.on, person_ids=asked.person_ids, basis=asked.basis)
        start = whole(session.answer("attainment", then))
        end = whole(session.answer("attainment", replace(then, as_of=point.period.to_on)))
        listed.append((point.period.label, point.on, start["coverage"], end["attainment"]))
    return pd.DataFrame(listed, columns=["Period", "on", "coverage", "ended"])


def finding(found: pd.DataFrame) -> str:
    """The least that was enough, and the most that was not; '' where nothing is known."""
    known = found.dropna(subset=["coverage", "ended"])
    if known.empty:
        return "No earlier period has a quota and open deals known at the same point."
    made = known[known["ended"] >= 1]
    missed = known[known["ended"] < 1]
    parts = [f"{len(made)} of {counted(len(known), 'earlier period')} made quota"]
    if len(made):
        parts.append(f"with {times(made['coverage'].min())} or more")
    if len(missed):
        parts.append(f"up to {times(missed['coverage'].max())} was not enough")
    return "; ".join(parts) + "."


def _told(asked: Filters) -> None:
    found, today = rows(asked), session.today()
    say(f"**{finding(found)}**")
    shown = pd.DataFrame({
        "Period": [
            f"{row['Period']}  \n:gray[{day_of(row['on'], today)}]"
            for row in found.to_dict("records")
        ],
        "Coverage then": found["coverage"],
        "Ended at": found["ended"],
    })  # fmt: skip
    if len(found):
        alt = "Coverage at the same point of earlier periods, and what they ended at"
        table(shown, shown={"Coverage then": _times, "Ended at": _share}, alt=alt)
    note(
        "Open deals due then ÷ what was left of the quota, as it was known then. "
        "So few periods are a hint, no rule."
    )


def _times(ratio: float) -> str:
    return EMPTY if pd.isna(ratio) else times(ratio)


def _share(ratio: float) -> str:
    return EMPTY if pd.isna(ratio) else share(ratio)
