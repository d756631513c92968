"""What is shown, as a sentence whose bold words open."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period, custom
from quarterdeck.ui import choosing, session
from quarterdeck.ui.cards import tidy
from quarterdeck.ui.days import KINDS, day_words, kind_of, pickable, turned_into
from quarterdeck.ui.plain import plain

FIRST_DAY = date(1990, 1, 1)


def filter_sentence() -> None:
    """Notices first, then the sentence; at its end how fresh the data is, Reset and Share."""
    _notices()
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        _words("Closing from" if kind_of(session.filters().period) == "Dates" else "Closing in")
        _period()
        _words("as of")
        _as_of()
        _words("for")
        _who()
        st.space("stretch")
        with st.container(
            horizontal=True, width="content", gap="small", vertical_alignment="center"
        ):
            _freshness()
            st.button("Reset", type="tertiary", icon=":material/undo:", key="reset", on_click=reset)
            with st.popover("Share", type="tertiary", icon=":material/link:", key="share"):
                st.markdown("This address shows the same to whoever may open it.")
                st.code(_link(), language=None, wrap_lines=True)


def reset() -> None:
    """The usual period, today, everyone."""
    choosing.turn_over()
    choosing.choose(period=None, as_of=None, person_ids=())


def show_period(word: str) -> None:
    choosing.turn_over()
    choosing.choose(period=session.calendar().parse(word))


def show_everyone() -> None:
    choosing.turn_over()
    choosing.choose(person_ids=())


def _show_today() -> None:
    choosing.turn_over()
    choosing.choose(as_of=None)


def _words(text: str) -> None:
    st.markdown(f":gray[:small[{text}]]", width="content")


def _bold(text: str, *, is_usual: bool) -> str:
    """A value that is not the usual one stands out."""
    return f"**{text}**" if is_usual else f":blue[**{text}**]"


def _notices() -> None:
    for repair in choosing.repairs():
        st.info(plain(repair), icon=":material/build:")
    now, chosen = session.filters(), choosing.chosen()
    quarter = session.calendar().quarter_of(now.as_of)
    if not chosen.period and now.period != quarter:
        newest = f"{now.period.label} is the newest quarter with won deals, so it is shown."
        st.info(f"Nothing is won in {quarter.label} yet. {newest}", icon=":material/history:")
    if chosen.as_of:
        with st.container(horizontal=True, vertical_alignment="center"):
            day = day_words(chosen.as_of, session.today())
            st.info(
                f"**You are looking at {day}**, as it was that evening.", icon=":material/history:"
            )
            st.button(
                "Back to today", icon=":material/today:", key="back to today", on_click=_show_today
            )


def _key(name: str) -> str:
    return f"{name} {choosing.turn()}"


def _period() -> None:
    period = session.filters().period
    is_usual = period == choosing.usual_period(session.filters().as_of)
    kind = kind_of(period)
    with st.popover(_bold(period.label, is_usual=is_usual), type="tertiary", key="period"):
        st.segmented_control(
            "Period",
            KINDS,
            default=kind,
            required=True,
            key=_key("kind"),
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
            key=_key(name),
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
        key=_key("which"),
        on_change=_period_changed,
    )


def _pickable(kind: str) -> dict[str, str]:
    first, today = session.span()["first_closed_on"], session.today()
    since = today - timedelta(days=730) if pd.isna(first) else first.date()
    return pickable(kind, session.calendar(), since, today + timedelta(days=366))


def _kind_changed() -> None:
    kind, period = st.session_state[_key("kind")], session.filters().period
    choosing.turn_over()
    choosing.choose(period=turned_into(kind, period, session.calendar()))


def _period_changed() -> None:
    choosing.choose(period=session.calendar().parse(st.session_state[_key("which")]))


def _dates_changed() -> None:
    first, last = st.session_state[_key("From")], st.session_state[_key("To")]
    choosing.choose(period=custom(str(first), str(last)))
    if first > last:
        choosing.turn_over()


def _as_of() -> None:
    as_of, today = session.filters().as_of, session.today()
    is_today = choosing.chosen().as_of is None
    label = ("today, " if is_today else "") + day_words(as_of, today)
    with st.popover(_bold(label, is_usual=is_today), type="tertiary", key="as of"):
        st.date_input(
            "As of",
            as_of,
            min_value=min(FIRST_DAY, as_of),
            max_value=today,
            required=True,
            key=_key("as of day"),
            on_change=_day_changed,
        )


def _day_changed() -> None:
    day = st.session_state[_key("as of day")]
    choosing.choose(as_of=None if day == session.today() else day)


def _who() -> None:
    labels, person_ids = choosing.labels(), session.filters().person_ids
    team = session.team()
    managers = set(team.loc[team["is_manager"], "person_id"])
    names = [f"{labels[each]}’s team" if each in managers else labels[each] for each in person_ids]
    who = " and ".join(names) if len(names) < 3 else f"{len(names)} people and teams"
    label = _bold(plain(who) or "everyone", is_usual=not person_ids)
    with st.popover(label, type="tertiary", key="who"):
        st.multiselect(
            "People and teams",
            sorted(labels, key=lambda each: (each not in managers, labels[each])),
            default=list(person_ids),
            format_func=lambda each: labels[each] + ("’s team" if each in managers else ""),
            placeholder="Everyone",
            select_all=False,
            key=_key("people"),
            on_change=_who_changed,
        )


def _who_changed() -> None:
    choosing.choose(person_ids=tuple(st.session_state[_key("people")]))


def _freshness() -> None:
    exported_on = session.span()["exported_on"]
    if not pd.isna(exported_on):
        day = f"{exported_on.day} {exported_on:%b %Y}"
        st.markdown(f":gray[:small[data of {day}]]", width="content")


def _link() -> str:
    return tidy(f"{st.context.url}?{urlencode(choosing.here(), doseq=True)}")
