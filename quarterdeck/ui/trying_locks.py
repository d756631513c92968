"""Which accounts must a realignment leave where they are, give to somebody, or never give?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.plans import PlanRule, plan_rule
from quarterdeck.filters import Filters
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, say
from quarterdeck.ui.plain import plain
from quarterdeck.ui.planning import act
from quarterdeck.ui.words import counted

REASON = "plan reason"
"""The key of the choice: why the next account that is ticked stays."""
REASONS = ("strategic", "relationship", "licence", "language", "other")
SHOWN = 8


def show(plan: pd.Series, asked: Filters, *, is_open: bool) -> None:
    scenario_id = str(plan["scenario_id"])
    rows = session.planned("scenario_rules", scenario_id, asked)
    strategic = session.answer(
        "territory_accounts", asked, narrowed_by="strategic", narrowed_to=["yes"]
    )
    balance = session.answer("territory_balance", asked, plan_on=plan["effective_on"].date())
    staying = set(balance.loc[balance["filled_share"] > 0, "person_id"])
    locked = set(rows.loc[rows["rule"] == "lock", "account_id"])
    is_free = ~strategic["account_id"].isin(locked)
    free = strategic[is_free & strategic["was_person_id"].isin(staying)]
    if rows.empty:
        say("Nothing is locked.")
    else:
        say(f"**{counted(len(rows), 'account')} must keep to something.**")
        listed = [
            f"- {plain(one['account_name'])} :gray[{_rule(one)}]"
            for one in rows.head(8).to_dict("records")
        ]
        if len(rows) > 8:
            listed.append(f"- :gray[and {len(rows) - 8:,} more]")
        say("\n".join(listed))
    if not is_open:
        return
    with st.container(horizontal=True):
        ids = tuple(map(str, free["account_id"]))
        st.button(
            f"Lock {counted(len(free), 'strategic account')}",
            icon=":material/lock:",
            key="plan lock strategic",
            disabled=free.empty,
            on_click=act,
            args=(plan_rule, PlanRule(scenario_id, "lock", ids, reason="strategic")),
        )
        every = tuple(map(str, rows["account_id"]))
        st.button(
            "Unlock all",
            icon=":material/lock_open:",
            key="plan unlock",
            disabled=rows.empty,
            on_click=act,
            args=(plan_rule, PlanRule(scenario_id, "", every)),
        )
    st.selectbox("What is ticked stays because of", REASONS, key=REASON, width=240)
    note("Tick “Stays” in the table: it stays where it is, whatever is suggested.")


def _rule(one: Mapping[Any, Any]) -> str:
    who = one["person_name"] or "somebody"
    said = {"lock": "stays where it is", "pin": f"goes to {who}", "forbid": f"never to {who}"}
    reason = f", {plain(one['reason'])}" if one["reason"] else ""
    return plain(said[one["rule"]]) + reason
