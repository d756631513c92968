"""The words of the sentence about time: against which point, and whose assignments."""

from __future__ import annotations

from datetime import date

import streamlit as st

from quarterdeck.domain.calendar import PeriodUnknown
from quarterdeck.domain.comparing import LAST_QUARTER, LAST_YEAR, WORDS, compared_with
from quarterdeck.filters import ASSIGNMENTS
from quarterdeck.ui import choosing, session
from quarterdeck.ui.days import FIRST_DAY, day_words, kind_of, place_in
from quarterdeck.ui.words import bold

NOTHING, A_DAY = "", "day"
POINTS = {
    NOTHING: "Nothing",
    LAST_QUARTER: "The same point of last quarter",
    LAST_YEAR: "The same point of last year",
    A_DAY: "A day",
}
BEFORE = "the days before"
SHORT = {LAST_QUARTER: "last quarter", LAST_YEAR: "last year"}
WHOSE = {
    "as_was": ("As it was", "Won and lost deals are whose they were when they closed"),
    "as_is": ("With today’s assignments", "All are whose their account is today, unsplit"),
}


def against() -> None:
    """Against which point of time: nothing, unless chosen."""
    now = choosing.chosen().against
    with st.popover(bold(_called(now), is_usual=not now), type="tertiary", key="against"):
        known = {word: said for word in POINTS if (said := _where(word)) is not None}
        st.radio(
            "Compare with",
            list(known),
            index=list(known).index(now if now in (NOTHING, *WORDS) else A_DAY),
            format_func=_option,
            captions=list(known.values()),
            key=choosing.key("against"),
            on_change=_point_changed,
        )
        if now not in (NOTHING, *WORDS):
            _day(date.fromisoformat(now))


def _called(now: str) -> str:
    compared_on = session.filters().compare_on
    if not now or compared_on is None:
        return "nothing"
    day = day_words(compared_on, session.today())
    return f"{_short(now)}, {day}" if now in SHORT else day


def _short(word: str) -> str:
    return BEFORE if word == LAST_QUARTER and _is_dates() else SHORT[word]


def _option(word: str) -> str:
    before = f"The same point of {BEFORE}"
    return before if word == LAST_QUARTER and _is_dates() else POINTS[word]


def _is_dates() -> bool:
    return kind_of(session.filters().period) == "Dates"


def _where(word: str) -> str | None:
    """Which day and place this is; None where there is no such point."""
    if word not in WORDS:
        return "" if word == NOTHING else "How it stood that evening"
    asked = session.filters()
    try:
        point = compared_with(word, session.calendar(), asked.period, asked.as_of)
    except PeriodUnknown:
        return None
    place = place_in(point.on, point.period, session.calendar().days_off)
    return f"{day_words(point.on, session.today())}, {place}"


def _day(day: date) -> None:
    st.date_input(
        "Day",
        day,
        min_value=min(FIRST_DAY, day),
        max_value=session.filters().as_of,
        required=True,
        key=choosing.key("against day"),
        on_change=_day_changed,
    )


def _point_changed() -> None:
    word = st.session_state[choosing.key("against")]
    choosing.choose(against=str(session.filters().opening()) if word == A_DAY else word)


def _day_changed() -> None:
    choosing.choose(against=str(st.session_state[choosing.key("against day")]))


def assignments() -> None:
    """Whose the deals are."""
    st.radio(
        "Whose they are",
        ASSIGNMENTS,
        index=ASSIGNMENTS.index(session.filters().assignments),
        format_func=lambda each: WHOSE[each][0],
        captions=[WHOSE[each][1] for each in ASSIGNMENTS],
        key=choosing.key("assignments"),
        on_change=_assignments_changed,
    )


def _assignments_changed() -> None:
    choosing.choose(assignments=st.session_state[choosing.key("assignments")])
