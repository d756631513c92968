"""What is talked about in the next 1:1, and what was said in the last ones?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from quarterdeck import clock
from quarterdeck.commands.replying import TALK
from quarterdeck.commands.talks import CoachRead, CoachTalk, log_talk, own_notes
from quarterdeck.domain.calendar import custom
from quarterdeck.domain.coaching import AGREED, SHARED, TALK_WEEKS
from quarterdeck.exports.meeting import meeting
from quarterdeck.filters import Filters
from quarterdeck.metrics import money
from quarterdeck.refusal import Refused
from quarterdeck.ui import coaching_reply, session
from quarterdeck.ui.cards import action, card, note, refusal, say
from quarterdeck.ui.coaching import Person, Row, act, asked, fresh, key, timeless, typed
from quarterdeck.ui.days import day_of, day_words
from quarterdeck.ui.downloads import download_bytes
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

MOST = 3
"""As many of one kind as a talk of an hour holds."""
USUAL_WEEKS = 2


def talk_card(whom: Person, talks: pd.DataFrame, plans: pd.DataFrame) -> None:
    """The agenda, made of what happened since the last talk; and the way to write this one down."""
    last, planned = _last(talks), _next(talks)
    day = planned or session.today()
    with card(f"What do we talk about on {day_words(day, session.today())}?", key="coaching talk"):
        points = agenda(whom, last, plans)
        if points:
            say("\n".join(f"{at}. {point}" for at, point in enumerate(points, 1)))
        else:
            say("Nothing has changed since the last talk, and nothing is open.")
        note(_since(last))
        with st.container(horizontal=True):
            if whom.is_led:
                with st.popover(
                    "Log the 1:1", icon=":material/edit_note:", key="log talk", on_change="rerun"
                ) as opened:
                    if opened.open:
                        _log(whom)
            if planned:
                _calendar(whom, planned, points)


def _calendar(whom: Person, planned: date, points: list[str]) -> None:
    """The next talk as a file: the agenda as it stands, without Markdown."""
    said = [_bare(one) for one in points]

    def file() -> bytes:
        title, uid = f"1:1 {whom.name}", f"{whom.person_id}-{planned}@quarterdeck"
        return meeting(title, planned, said, uid=uid, written=clock.now())

    name = f"one_to_one_{planned}.ics"
    download_bytes("Into the calendar", file, name, key="talk ics", mime="text/calendar")


def agenda(whom: Person, last: date, plans: pd.DataFrame) -> list[str]:
    """Well done first; then what is open from last time, deals, the plan, and learning. With who
    leads a team, what the two agreed: the team has pages of its own."""
    if whom.leads:
        return [*_open_actions(whom), *_plan(plans), *_learning(whom)]
    return [
        *_won(whom, last),
        *_open_actions(whom),
        *_pushed(whom, last),
        *_closing_soon(whom),
        *_plan(plans),
        *_activity(whom, last),
        *_learning(whom),
    ]


def held(whom: Person, talks: pd.DataFrame) -> None:
    """The talks that were held, newest first, and one's own notes of them."""
    rows = records(talks)
    if not rows:
        say("No talk is written down yet.")
    for one in rows[:MOST]:
        shared = "" if one["is_shared"] or whom.is_self else " · not shared"
        day = day_words(one["held_on"].date(), session.today())
        say(f"**{day}** :gray[{counted(int(one['minutes']), 'minute')}{shared}]")
        if one["notes"]:
            with st.container(border=True):
                st.text(one["notes"])
        coaching_reply.answer_to(whom, TALK, str(one["session_id"]), one)
    if len(rows) > MOST:
        note(f"And {counted(len(rows) - MOST, 'earlier talk')}.")
    if whom.is_led:
        _private(whom)


def _private(whom: Person) -> None:
    """What one wrote for oneself: opened by a click, and each opening is told in the audit."""
    if not st.button("Open my private notes", icon=":material/lock:", key="open notes"):
        note("Nobody else reads them, nowhere; that they were opened is kept in the audit.")
        return
    try:
        notes = own_notes(session.engine(), CoachRead(whom.person_id), scope=session.viewer())
    except Refused as refused:
        refusal(refused)
        return
    if not notes:
        say(f"You wrote none about {plain(whom.first_name)}.")
    for one in notes:
        say(f"**{day_words(one.held_on, session.today())}**")
        with st.container(border=True):
            st.text(one.note)


def _log(whom: Person) -> None:
    today = session.today()
    with st.container(horizontal=True):
        st.date_input("Held on", today, max_value=today, format="YYYY-MM-DD", key=key("held"))
        st.number_input("Minutes", 1, 600, 45, key=key("minutes"))
    st.text_area("Notes", key=key("notes"), height=140)
    st.checkbox(f"Share them with {whom.first_name}", True, key=key("shared"))
    st.text_area("For myself alone", key=key("private"), height=80)
    st.date_input(
        "Next 1:1",
        today + timedelta(weeks=USUAL_WEEKS),
        format="YYYY-MM-DD",
        key=key("next"),
    )
    action("Write it down", icon="check", key=key("log"), on_click=_logged, args=(whom,))
    note("What is for yourself stays yours: no export, no search, no one above or beside you.")


def _logged(whom: Person) -> None:
    command = CoachTalk(
        whom.person_id,
        typed("held"),
        int(typed("minutes") or 0),
        typed("notes") or "",
        typed("private") or "",
        bool(typed("shared")),
        typed("next"),
    )
    act(log_talk, command, "Written down")


def _last(talks: pd.DataFrame) -> date:
    """The last talk; without one, what changed in three weeks is told."""
    if talks.empty:
        return session.filters().as_of - timedelta(weeks=TALK_WEEKS)
    found: date = talks["held_on"].max().date()
    return found


def _next(talks: pd.DataFrame) -> date | None:
    """What was agreed in the newest talk, where it is still to come."""
    rows = records(talks)
    agreed = rows[0]["next_on"] if rows else None
    if agreed is None or agreed.date() < session.filters().as_of:
        return None
    found: date = agreed.date()
    return found


def _since(last: date) -> str:
    return f"From what changed since {day_of(last, session.today())}, and from what is open."


def _mine(name: str, whom: Person, last: date) -> list[Row]:
    """Rows of a question about this person's deals, compared with the day of the last talk."""
    about = replace(asked(), person_ids=(whom.person_id,), compare_on=last)
    return list(records(session.answer(name, about, rows_shown=50)))


def _of_the_days_since(whom: Person, last: date) -> Filters | None:
    """This person's, of the days after the last talk; None where there are none yet."""
    now = session.filters().as_of
    if last >= now:
        return None
    since = custom(str(last + timedelta(days=1)), str(now))
    return replace(asked(), person_ids=(whom.person_id,), period=since)


def _won(whom: Person, last: date) -> list[str]:
    about = _of_the_days_since(whom, last)
    if about is None:
        return []
    lines = session.answer("credited_deals", about, rows_shown=50)
    # One point a deal, whatever product lines it has.
    names = ["deal_id", "deal_name", "closed_on"]
    won = lines.groupby(names, dropna=False)[["credit_usd"]].sum().reset_index()
    return [
        f"**Well done:** {_deal(one, 'credit_usd')}, won on "
        f"{day_of(one['closed_on'].date(), session.today())}."
        for one in records(won.nlargest(MOST, "credit_usd"))
    ]


def _activity(whom: Person, last: date) -> list[str]:
    """What was done since the last talk, by kind, most of it first."""
    about = _of_the_days_since(whom, last)
    if about is None:
        return []
    done = session.answer("activity", about)
    counts = done.groupby("kind")["done"].sum().nlargest(MOST)
    said = [f"{int(many):,} × {plain(kind)}" for kind, many in counts.items() if many]
    return [f"**Activity since then:** {', '.join(said) or 'none'}."]


def _open_actions(whom: Person) -> list[str]:
    rows = [one for one in records(fresh("action_items", whom.person_id)) if one["is_open"]]
    return [
        f"**Open from last time:** {plain(one['what'])}, {plain(one['owner_name'])}{_due(one)}."
        for one in rows[:MOST]
    ]


def _due(one: Row) -> str:
    if one["due_on"] is None:
        return ""
    day = day_of(one["due_on"].date(), session.today())
    return f", :orange[▼ was due {day}]" if one["is_overdue"] else f", due {day}"


def _pushed(whom: Person, last: date) -> list[str]:
    rows = [one for one in _mine("slipped_deals", whom, last) if one["slipped_on"].date() > last]
    return [
        f"**{_deal(one, 'slipped_usd')}:** slipped out of "
        f"{session.filters().period.label}{_times(one)}. Keep, or out?"
        for one in rows[:MOST]
    ]


def _times(one: Row) -> str:
    pushes = int(one["pushes"] or 0)
    return f", moved {counted(pushes, 'time')} so far" if pushes > 1 else ""


def _closing_soon(whom: Person) -> list[str]:
    about = replace(timeless(), person_ids=(whom.person_id,))
    soon = pd.Timestamp(session.filters().as_of + timedelta(weeks=USUAL_WEEKS))
    rows = [
        one
        for one in records(session.answer("open_deals", about, rows_shown=100))
        if one["close_on"] is not None and one["close_on"] <= soon
    ]
    ordered = sorted(rows, key=lambda one: -(one["open_usd"] or 0))
    return [
        f"**{_deal(one, 'open_usd')}:** {_when(one)}, {plain(one['stage']) or 'no stage'}."
        for one in ordered[:2]
    ]


def _when(one: Row) -> str:
    day = one["close_on"].date()
    said = day_of(day, session.today())
    return f"was due {said}" if day < session.filters().as_of else f"closes {said}"


def _plan(plans: pd.DataFrame) -> list[str]:
    rows = [one for one in records(plans) if one["status"] in (SHARED, AGREED)]
    words = {SHARED: "not answered yet", AGREED: "agreed"}
    return [
        f"**Plan:** {plain(one['goal'])}, {words[one['status']]}, review "
        f"{day_of(one['review_on'].date(), session.today())}."
        for one in rows[:1]
    ]


def _learning(whom: Person) -> list[str]:
    rows = records(fresh("learning_items", whom.person_id))
    open_now = [one for one in rows if one["standing"] != "done"]
    return [
        f"**Learning:** {plain(one['title'])}, {one['standing']}{_learn_due(one)}."
        for one in open_now[:2]
    ]


def _learn_due(one: Row) -> str:
    due = one["due_on"]
    return f", due {day_of(due.date(), session.today())}" if due is not None else ""


def _deal(one: Row, usd: str) -> str:
    name = plain(one["deal_name"]) or plain(one["deal_id"])
    return f"{name}, {money(float(one[usd]))}" if one[usd] is not None else name


def _bare(point: str) -> str:
    """A point without Markdown, for a calendar."""
    return point.replace("**", "").replace("\\", "").replace(":orange[", "").replace("]", "")
