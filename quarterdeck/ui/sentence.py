"""What is shown, as a sentence whose bold words open."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period, custom
from quarterdeck.filters import AS_IS
from quarterdeck.ui import against, choosing, demo, narrowing, points, saved, session
from quarterdeck.ui.cards import tidy
from quarterdeck.ui.days import FIRST_DAY, KINDS, day_words, kind_of, pickable, turned_into
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import bold


def filter_sentence() -> None:
    """Notices first, then the sentence; at its end how fresh the data is, and what to do."""
    _notices()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _words("Closing from" if kind_of(session.filters().period) == "Dates" else "Closing in")
        _period()
        _words("as of")
        _as_of()
        _words("against")
        points.against()
        _words("for")
        narrowing.who()
        _words("in")
        narrowing.what()
        _words("by")
        narrowing.basis()
        st.space("stretch")
        with st.container(
            horizontal=True, width="content", gap="small", vertical_alignment="center"
        ):
            demo.view_as()
            _freshness()
            st.button("Reset", type="tertiary", icon=":material/undo:", key="reset", on_click=reset)
            with st.popover("Share", type="tertiary", icon=":material/link:", key="share"):
                st.markdown("This address shows the same to whoever may open it.")
                st.code(_link(), language=None, wrap_lines=True)
            with st.container(width="content"):
                saved.views()
    if compared := against.said():
        st.caption(tidy(compared))


def reset() -> None:
    """The usual period, today, everyone."""
    choosing.turn_over()
    choosing.start_over()


def show_period(word: str) -> None:
    choosing.turn_over()
    choosing.choose(period=session.calendar().parse(word))


def widen() -> None:
    """Everyone and everything, in the same period on the same day."""
    now = choosing.chosen()
    choosing.turn_over()
    choosing.start_over()
    kept = ("period", "as_of", "basis", "against", "assignments")
    choosing.choose(**{name: getattr(now, name) for name in kept})


def _show_today() -> None:
    choosing.turn_over()
    choosing.choose(as_of=None)


def _show_as_it_was() -> None:
    choosing.turn_over()
    choosing.choose(assignments="as_was")


def _words(text: str) -> None:
    st.markdown(f":gray[:small[{text}]]", width="content")


def _notices() -> None:
    for repair in choosing.repairs():
        st.info(plain(repair), icon=":material/build:")
    now, chosen = session.filters(), choosing.chosen()
    quarter = session.calendar().quarter_of(now.as_of)
    if not chosen.period and now.period != quarter:
        newest = f"{now.period.label} is the newest quarter with won deals, so it is shown."
        st.info(f"Nothing is won in {quarter.label} yet. {newest}", icon=":material/history:")
    if chosen.as_of:
        _before_all(chosen.as_of)
    _where_we_are()


def _where_we_are() -> None:
    """The day, and whose the deals are, where either is not the usual one; and the way back."""
    as_of, is_as_is = choosing.chosen().as_of, session.filters().assignments == "as_is"
    if not as_of and not is_as_is:
        return
    day = day_words(as_of, session.today()) if as_of else ""
    today = day_words(session.today(), session.today())
    whose = f"each deal counts for who holds its account today, {today}, or else owns it now"
    said = f"**You are looking at {day}**, as it was that evening." if as_of else ""
    if is_as_is:
        said = f"**You are looking at {day} {AS_IS}**: {whose}." if as_of else ""
        said = said or f"**{AS_IS[0].upper()}{AS_IS[1:]}** {whose}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(said, icon=":material/history:")
        with st.container(horizontal=True, width="content", gap="small"):
            _ways_back(is_today=not as_of, is_as_was=not is_as_is)


def _ways_back(*, is_today: bool, is_as_was: bool) -> None:
    if not is_today:
        sign = ":material/today:"
        st.button("Back to today", icon=sign, key="back to today", on_click=_show_today)
    if not is_as_was:
        sign = ":material/undo:"
        st.button("As it was", icon=sign, key="as it was", on_click=_show_as_it_was)


def _before_all(as_of: date) -> None:
    first = session.span()["first_known_on"]
    if not pd.isna(first) and as_of < first.date():
        since = day_words(first.date(), session.today())
        st.info(f"**What is known begins on {since}.** Of days before that nothing can be shown.")


def _period() -> None:
    period = session.filters().period
    is_usual = period == choosing.usual_period(session.filters().as_of)
    kind = kind_of(period)
    with st.popover(bold(period.label, is_usual=is_usual), type="tertiary", key="period"):
        st.segmented_control(
            "Period",
            KINDS,
            default=kind,
            required=True,
            key=choosing.key("kind"),
            on_change=_kind_changed,
        )
        if kind == "Dates":
            _dates(period)
        else:
            _one_of(kind, period)


def _dates(period: Period) -> None:
    for name, day in (("From", period.from_on), ("To", period.to_on)):
        st.date_input(
            name,
            day,
            min_value=min(FIRST_DAY, day),
            required=True,
            key=choosing.key(name),
            on_change=_dates_changed,
        )


def _one_of(kind: str, period: Period) -> None:
    labels = _pickable(kind) | {period.word: period.label}
    words = list(labels)
    st.selectbox(
        kind,
        words,
        index=words.index(period.word),
        format_func=lambda word: labels[word],
        key=choosing.key("which"),
        on_change=_period_changed,
    )


def _pickable(kind: str) -> dict[str, str]:
    first, today = session.span()["first_closed_on"], session.today()
    since = today - timedelta(days=730) if pd.isna(first) else first.date()
    return pickable(kind, session.calendar(), since, today + timedelta(days=366))


def _kind_changed() -> None:
    kind, period = st.session_state[choosing.key("kind")], session.filters().period
    choosing.turn_over()
    choosing.choose(period=turned_into(kind, period, session.calendar()))


def _period_changed() -> None:
    choosing.choose(period=session.calendar().parse(st.session_state[choosing.key("which")]))


def _dates_changed() -> None:
    first, last = st.session_state[choosing.key("From")], st.session_state[choosing.key("To")]
    choosing.choose(period=custom(str(first), str(last)))
    if first > last:
        choosing.turn_over()


def _as_of() -> None:
    as_of, today = session.filters().as_of, session.today()
    is_today = choosing.chosen().as_of is None
    label = ("today, " if is_today else "") + day_words(as_of, today)
    is_as_was = session.filters().assignments == "as_was"
    label += "" if is_as_was else f", {AS_IS}"
    with st.popover(bold(label, is_usual=is_today and is_as_was), type="tertiary", key="as of"):
        st.date_input(
            "As of",
            as_of,
            min_value=min(FIRST_DAY, as_of),
            max_value=today,
            required=True,
            key=choosing.key("as of day"),
            on_change=_day_changed,
        )
        points.assignments()


def _day_changed() -> None:
    day = st.session_state[choosing.key("as of day")]
    choosing.choose(as_of=None if day == session.today() else day)


def _freshness() -> None:
    exported_on = session.span()["exported_on"]
    if not pd.isna(exported_on):
        day = f"{exported_on.day} {exported_on:%b %Y}"
        st.markdown(f":gray[:small[data of {day}]]", width="content")


def _link() -> str:
    return tidy(f"{st.context.url}?{urlencode(choosing.here(), doseq=True)}")
