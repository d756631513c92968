"""What was agreed to be done, by whom and by when?"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from quarterdeck.commands.talks import CoachAction, CoachDone, agree, settle_action
from quarterdeck.ui import choosing, session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.coaching import Person, Row, act, fresh, key, typed
from quarterdeck.ui.days import day_of
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted, records

OUTSIDE = "Somebody outside sales"
MOST = 20


def show(whom: Person) -> None:
    rows = records(fresh("action_items", whom.person_id))
    still_open = [one for one in rows if one["is_open"]]
    if not rows:
        say("**Nothing is agreed yet.** What you note here stands on the next agenda.")
    for one in still_open[:MOST]:
        _one(one)
    done = [one for one in rows if not one["is_open"]]
    if done:
        with st.expander(f"{counted(len(done), 'action')} done", key="actions done"):
            for one in done[:MOST]:
                say(f"{plain(one['what'])} :gray[{plain(one['owner_name'])}, {_when(one)}]")
    if whom.is_led or whom.is_self:
        _add(whom)


def _one(one: Row) -> None:
    action_id = str(one["action_id"])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Done",
            icon=":material/check:",
            key=key("done", action_id),
            disabled=not one["may_change"],
            on_click=_settled,
            args=(action_id, False),
        )
        say(f"**{plain(one['what'])}** :gray[{plain(one['owner_name'])}{_due(one)}]")
        st.button(
            "Drop",
            type="tertiary",
            key=key("drop", action_id),
            disabled=not one["may_change"],
            on_click=_settled,
            args=(action_id, True),
        )


def _due(one: Row) -> str:
    if one["due_on"] is None:
        return ""
    day = day_of(one["due_on"].date(), session.today())
    return f", ▼ was due {day}" if one["is_overdue"] else f", due {day}"


def _when(one: Row) -> str:
    done = one["done_on"]
    return "not wanted any more" if done is None else day_of(done.date(), session.today())


def _add(whom: Person) -> None:
    known = choosing.labels(session.today())
    with st.form("add action", border=False):
        st.text_input("What is to be done?", max_chars=300, key=key("what"))
        with st.container(horizontal=True):
            st.selectbox(
                "Who does it",
                _doers(whom, known),
                format_func=lambda one: known.get(one, whom.name),
                key=key("doer"),
            )
            st.text_input(OUTSIDE, max_chars=80, key=key("outside"))
            st.date_input(
                "Due",
                session.today() + timedelta(weeks=1),
                format="YYYY-MM-DD",
                key=key("due"),
            )
        st.form_submit_button("Add", icon=":material/add:", on_click=_added, args=(whom,))
    note("A name outside sales counts before the one in the list.")


def _doers(whom: Person, known: dict[str, str]) -> list[str]:
    """Whose page it is first, then everyone else in sight."""
    others = sorted((one for one in known if one != whom.person_id), key=lambda one: known[one])
    return [whom.person_id, *others]


def _added(whom: Person) -> None:
    outside = (typed("outside") or "").strip()
    command = CoachAction(
        whom.person_id,
        typed("what") or "",
        "" if outside else str(typed("doer")),
        outside,
        typed("due"),
    )
    act(agree, command, "Noted")


def _settled(action_id: str, is_dropped: bool) -> None:
    done_on = None if is_dropped else session.today()
    act(settle_action, CoachDone(action_id, done_on, is_dropped), "Done")
