"""From when on is it true, who is credited, what are the quotas, who agrees, who gets a letter?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.plan_checks import APPROVAL, APPROVED, DRAFT, PUBLISHED, SUBMITTED
from quarterdeck.commands.plans import (
    PlanLooked,
    PlanRealignment,
    PlanStatus,
    plan_looked,
    plan_realignment,
    plan_status,
)
from quarterdeck.commands.publishing import PublishRealignment, publish
from quarterdeck.commands.undoing import undo_change
from quarterdeck.filters import Filters
from quarterdeck.ui import session, trying_deals, trying_letters
from quarterdeck.ui.cards import action, card, note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.plain import plain
from quarterdeck.ui.planning import STATUS, act, became_true
from quarterdeck.ui.words import counted

QUOTA = {
    "kept": "Kept as they are",
    "rebased": "Re-based: a part follows the potential that moves",
}
FEW = 8


def show(plan: pd.Series, asked: Filters) -> None:
    """The rules, what changed since, then the one button."""
    if plan["status"] == PUBLISHED:
        _published(plan, asked)
        return
    if not plan["is_own"]:
        _agree(plan)
        return
    with card("From when, and by which rules?", key="plan rules"):
        _rules(plan)
    with card("Who is credited with the open deals?", key="plan deals"):
        trying_deals.show(plan, asked)
    with card("Is it still right?", key="plan changes"):
        accepts = _changes(plan, asked)
    _publish(plan, accepts=accepts)


def _rules(plan: pd.Series) -> None:
    key, today = str(plan["scenario_id"]), session.today()
    with st.grid(3, min_column_width=220):
        on = st.date_input(
            "Holds from",
            plan["effective_on"].date(),
            min_value=min(today, plan["effective_on"].date()),
            format="YYYY-MM-DD",
            key=f"plan day {key}",
        )
        credit = str(
            st.radio(
                "Open deals",
                list(trying_deals.CREDIT),
                list(trying_deals.CREDIT).index(plan["credit_rule"]),
                format_func=trying_deals.CREDIT.__getitem__,
                key=f"plan credit {key}",
            )
        )
        quota = str(
            st.radio(
                "Quotas of the months after",
                list(QUOTA),
                list(QUOTA).index(plan["quota_rule"]),
                format_func=QUOTA.__getitem__,
                key=f"plan quota {key}",
            )
        )
    until: date | None = None
    if credit == "split":
        held = None if pd.isna(plan["split_until_on"]) else plan["split_until_on"].date()
        until = st.date_input(
            "Shared until", held, format="YYYY-MM-DD", key=f"plan until {key}", width=200
        )
    shared = st.toggle(
        "The area director may see it", bool(plan["is_shared"]), key=f"plan shared {key}"
    )
    command = PlanRealignment(
        plan["scenario_name"], on or plan["effective_on"].date(), key, credit, until, quota, shared
    )
    is_same = command == _as_is(plan)
    st.button(
        "Keep these rules",
        icon=":material/check:",
        key=f"plan keep {key}",
        disabled=is_same,
        on_click=act,
        args=(plan_realignment, command),
    )
    if is_same:
        note("These are the rules now.")


def _as_is(plan: pd.Series) -> PlanRealignment:
    until = None if pd.isna(plan["split_until_on"]) else plan["split_until_on"].date()
    return PlanRealignment(
        plan["scenario_name"],
        plan["effective_on"].date(),
        plan["scenario_id"],
        plan["credit_rule"],
        until if plan["credit_rule"] == "split" else None,
        plan["quota_rule"],
        bool(plan["is_shared"]),
    )


def _changes(plan: pd.Series, asked: Filters) -> bool:
    """What changed since it was built; whether that was looked at."""
    scenario_id = str(plan["scenario_id"])
    rows = session.planned("scenario_gone", scenario_id, asked)
    if rows.empty and not plan["files_since"] and not plan["changes_since"]:
        built = day_words(plan["built_on"].date(), session.today())
        say(f"Nothing changed since it was built on {built}.")
        return True
    files, hands = int(plan["files_since"]), int(plan["changes_since"])
    news = [
        f"{counted(files, 'file')} came in" if files else "",
        f"{counted(hands, 'change')} by hand {'was' if hands == 1 else 'were'} made"
        if hands
        else "",
    ]
    if files or hands:
        say(f":orange[▼ Since it was built, {' and '.join(filter(None, news))}.]")
    said = [
        _gone(one)
        for one in rows[rows["kind"].isin(["moved on", "left"])].head(FEW).to_dict("records")
    ]
    if said:
        say("\n".join(said))
    st.button(
        "Build it on today’s data",
        icon=":material/update:",
        key=f"plan look {scenario_id}",
        on_click=act,
        args=(plan_looked, PlanLooked(scenario_id)),
    )
    return st.checkbox(
        "It is meant all the same",
        key=f"plan accept {scenario_id} {session.engine().data_version()}",
    )


def _gone(one: Mapping[Any, Any]) -> str:
    if one["kind"] == "left":
        return f"- **{plain(one['thing_name'])}** leaves on {plain(one['now'])}"
    was, now = (plain(one[each]) or "nobody" for each in ("was", "now"))
    return f"- **{plain(one['thing_name'])}** was {was}’s when this was planned, now {now}’s"


def _publish(plan: pd.Series, *, accepts: bool) -> None:
    scenario_id, status = str(plan["scenario_id"]), str(plan["status"])
    needs = session.viewer().role == "director" and session.settings().get(APPROVAL) == "on"
    day = day_words(plan["effective_on"].date(), session.today())
    command = PublishRealignment(scenario_id, session.engine().data_version(), accepts)
    missing = (
        "Nothing moves yet."
        if not plan["accounts"]
        else "Look at what changed first."
        if not accepts
        else "The area director has to agree first."
        if needs and status != APPROVED
        else ""
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if needs and status == DRAFT:
            st.button(
                "Submit",
                icon=":material/send:",
                key="plan submit",
                disabled=not plan["accounts"],
                on_click=act,
                args=(plan_status, PlanStatus(scenario_id, SUBMITTED)),
            )
        action(
            f"Publish from {day}",
            icon="campaign",
            key="plan publish",
            disabled=bool(missing),
            on_click=_made_true,
            args=(command,),
        )
        note(missing or "New dated rows; nothing of the past changes. It can be taken back.")


def _made_true(command: PublishRealignment) -> None:
    act(publish, command, became_true)


def _agree(plan: pd.Series) -> None:
    """Somebody else's: who stands above agrees, or sends it back."""
    with card("Do you agree?", key="plan agree"):
        if plan["status"] != SUBMITTED:
            say(f"It {STATUS[plan['status']]}: there is nothing to agree to now.")
            return
        with st.container(horizontal=True):
            for label, icon, status in (
                ("Agree", "check", APPROVED),
                ("Send it back", "undo", DRAFT),
            ):
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=f"plan {status}",
                    on_click=act,
                    args=(plan_status, PlanStatus(plan["scenario_id"], status)),
                )


def _published(plan: pd.Series, asked: Filters) -> None:
    with card("It is published. Who needs to know?", key="plan letters"):
        _letters(plan, asked)
    with card("Was it a mistake?", key="plan undo"):
        say("Taken back, every table is as it was, and this realignment is a draft again.")
        if not pd.isna(plan["published_id"]):
            st.button(
                "Take it back",
                icon=":material/undo:",
                key="plan take back",
                on_click=_take_back,
                args=(int(plan["published_id"]),),
            )


def _take_back(entry: int) -> None:
    act(undo_change, entry, became_true)


def _letters(plan: pd.Series, asked: Filters) -> None:
    trying_letters.show(plan, asked)
