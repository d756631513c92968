"""What if accounts changed hands? A realignment on trial: chosen, begun, copied, given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from quarterdeck.commands.plan_checks import MAY_PLAN, PUBLISHED
from quarterdeck.commands.plans import (
    PlanCopy,
    PlanDrop,
    PlanRealignment,
    plan_copy,
    plan_drop,
    plan_realignment,
)
from quarterdeck.filters import Filters
from quarterdeck.metrics import money, share
from quarterdeck.ui import (
    session,
    trying_effect,
    trying_moves,
    trying_publish,
    trying_side,
    trying_suggest,
)
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.days import day_words
from quarterdeck.ui.plain import plain
from quarterdeck.ui.planning import CHOSEN, STATUS, act, begin, first_of_next_month, look_at
from quarterdeck.ui.words import counted


@st.fragment
def show(asked: Filters) -> None:
    """The whole of the sandbox, whoever is picked above; who may not plan reads why."""
    if session.viewer().role not in MAY_PLAN:
        say(
            "**A director tries realignments here.** Nothing of one is seen before it is published."
        )
        return
    begin()
    asked = asked.widened()
    plans = session.planned("scenarios", "", asked)
    plan = _chosen(plans)
    if plan is None:
        _begin(first=True)
        return
    say(_sentence(plan, asked))
    tabs: dict[str, Callable[[pd.Series, Filters], None]] = {
        "Move accounts": trying_moves.show,
        "Let it suggest": trying_suggest.show,
        "What it does": trying_effect.show,
        "Side by side": partial(trying_side.show, plans),
        "Publish": trying_publish.show,
    }
    opened = st.tabs(list(tabs), on_change="rerun", key="plan tabs")
    for tab, draw in zip(opened, tabs.values(), strict=True):
        if tab.open:
            with tab:
                draw(plan, asked)


def _chosen(plans: pd.DataFrame) -> pd.Series | None:
    """The one that is looked at, with what may be done to it beside it."""
    if plans.empty:
        return None
    known = {str(row["scenario_id"]): row for _, row in plans.iterrows()}
    if st.session_state.get(CHOSEN) not in known:
        st.session_state[CHOSEN] = next(iter(known))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Realignment",
            list(known),
            format_func=lambda one: _label(known[one]),
            key=CHOSEN,
            persist_state="session",
            width=360,
        )
        _begin(first=False)
        _more(known[str(chosen)])
    return known[str(chosen)]


def _label(plan: pd.Series) -> str:
    whose = "" if plan["is_own"] else f", {plan['director_name'] or 'owner'}’s"
    return f"{plan['scenario_name']}{whose}"


def _begin(*, first: bool) -> None:
    """Name and day of a new one; nothing else is asked before it begins."""
    where = st.container() if first else st.popover("New", icon=":material/add:")
    with where:
        if first:
            say("**Try a realignment before anyone hears of it:** it is true once it is published.")
        name = st.text_input(
            "Name", "", key="plan name", placeholder="After a resignation", width=320
        )
        start = first_of_next_month(session.today())
        on = st.date_input(
            "Holds from",
            start,
            min_value=session.today(),
            format="YYYY-MM-DD",
            key="plan from",
            width=180,
        )
        command = PlanRealignment(name, on or start)
        st.button(
            "Begin",
            icon=":material/alt_route:",
            key="plan begin",
            disabled=not name.strip(),
            on_click=act,
            args=(plan_realignment, command, look_at),
        )
        if not name.strip():
            note("Give it a name to begin.")


def _more(plan: pd.Series) -> None:
    with st.popover("More", icon=":material/more_horiz:"):
        name = st.text_input(
            "Copy as", f"{plan['scenario_name']} 2", key=f"copy of {plan['scenario_id']}"
        )
        st.button(
            "Copy",
            icon=":material/content_copy:",
            key="plan copy",
            on_click=act,
            args=(plan_copy, PlanCopy(plan["scenario_id"], name), look_at),
        )
        if plan["status"] != PUBLISHED and plan["is_own"]:
            st.button(
                "Give it up",
                icon=":material/delete:",
                key="plan drop",
                on_click=act,
                args=(plan_drop, PlanDrop(plan["scenario_id"])),
            )
            note("What was planned in it is not shown any more.")


def _sentence(plan: pd.Series, asked: Filters) -> str:
    """What changes hands, and what that makes of the balance."""
    day = day_words(plan["effective_on"].date(), session.today())
    if plan["status"] == PUBLISHED:
        return f"**{plain(plan['scenario_name'])} is published: it holds from {day}.**"
    if not plan["accounts"]:
        return f"**{plain(plan['scenario_name'])} moves nothing yet.** It would hold from {day}."
    sums = session.planned("scenario_sums", plan["scenario_id"], asked).iloc[0]
    before, after = (
        trying_effect.spread_of(session.planned("territory_spread", one, asked), "potential")
        for one in ("", plan["scenario_id"])
    )
    fairer = (
        f" The spread of potential: {share(before)} → {share(after)}." if before == before else ""
    )
    state = "" if plan["status"] == "draft" else f" It {STATUS[plan['status']]}."
    broken = counted(int(sums["relationships"]), "relationship")
    return (
        f"**{counted(int(sums['accounts']), 'account')} with {money(sums['potential_usd'])} of "
        f"potential and {broken} change hands** from {day}.{fairer}{state}"
    )
