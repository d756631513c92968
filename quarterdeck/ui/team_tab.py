"""What is each person's quota, manager and role?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.domain.calendar import Period
from quarterdeck.ui import team
from quarterdeck.ui.cards import action, card, note, say
from quarterdeck.ui.empty import go
from quarterdeck.ui.session import today


def show(people: pd.DataFrame, period: Period) -> None:
    """The team as one table to type in; nobody known yet leads to a file."""
    if people.empty:
        with card("What is missing?"):
            say(
                "**Nobody is known yet.** Whoever owns a deal in your export becomes a person here."
            )
            go("upload", "Drop a file", "upload_file", key="team to upload", is_action=True)
        return
    if people[team.MANAGER].isna().all():
        _introduction(list(people[team.NAME]))
    with card("What is each person's quota, manager and role?"):
        _table(people, period)


def _introduction(names: list[str]) -> None:
    with card("Who are you, and who reports to you?"), st.form("introduce", border=False):
        me = st.selectbox(
            "Your name",
            names,
            index=None,
            placeholder="Choose it, or type it if no file names you",
            accept_new_options=True,
            key=f"me {team.turn()}",
        )
        reports = st.multiselect(
            "Your executives", names, default=names, key=f"reports {team.turn()}"
        )
        note("A first manager counts for the past too, so that closed quarters roll up.")
        if st.form_submit_button("This is my team", type="secondary", key="introduce me"):
            team.keep(team.introduce(me or "", reports, today()))


def _table(people: pd.DataFrame, period: Period) -> None:
    team.seen("team")
    choices = team.periods()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Quotas for",
            list(choices),
            index=list(choices).index(period.word),
            format_func=lambda each: choices[each].label,
            key="quota period",
            width=180,
        )
        from_on = st.date_input("Changes hold from", today(), key="team from", width=180)
    edited = st.data_editor(
        people,
        hide_index=True,
        disabled=[team.NAME],
        num_rows="fixed",
        placeholder="–",
        column_config={
            team.ROLE: st.column_config.SelectboxColumn(
                options=list(team.ROLES.values()), required=True
            ),
            team.MANAGER: st.column_config.SelectboxColumn(options=list(people[team.NAME])),
            team.QUOTA: st.column_config.NumberColumn(
                f"Quota {period.label}", min_value=0, format="dollar"
            ),
        },
        key=f"team {period.word} {team.turn()}",
        alt=f"Quota, manager and role of {len(people)} people",
    )
    note("What is entered first counts for the past too; a later change holds from the day above.")
    if action("Save the team", icon="check", key="save team"):
        team.keep(team.save(people, edited, period, from_on))
