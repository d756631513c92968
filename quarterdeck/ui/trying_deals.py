"""Who is credited with the open deals of accounts that change hands?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.commands.plans import PlanDeals, plan_deals
from quarterdeck.filters import Filters
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.cards import say, table
from quarterdeck.ui.downloads import download
from quarterdeck.ui.plain import plain
from quarterdeck.ui.planning import act
from quarterdeck.ui.words import counted

CREDIT = {
    "move": "Move: the new holder is credited from that day",
    "stay": "Stay: whoever is credited now stays so until the deal is decided",
    "split": "Share: half and half until a day, then all the new holder’s",
}
FEW = 8


def show(plan: pd.Series, asked: Filters) -> None:
    """The largest of them, by the rule, and which are told apart."""
    scenario_id = str(plan["scenario_id"])
    rows = session.planned("scenario_deals", scenario_id, asked)
    if rows.empty:
        say("No open deal of an account that moves is credited to who gives it away.")
        return
    goes = exact_money(rows["next_credit_usd"].sum())
    say(
        f"**{counted(len(rows), 'open deal')}: {goes} of "
        f"{exact_money(rows['credit_usd'].sum())} goes over.**"
    )
    found = [
        (
            f"**{plain(one['deal_name'] or one['deal_id'])}**  \n"
            f":gray[{plain(one['account_name'] or '')}]",
            f"{plain(one['from_name'] or 'nobody')} → {plain(one['next_name'] or 'nobody')}",
            exact_money(one["credit_usd"]),
            one["credit_rule"] + (", its own rule" if one["is_own_rule"] else ""),
        )
        for one in rows.head(FEW).to_dict("records")
    ]
    columns = ["Deal", "From whom to whom", "Credit", "Rule"]
    table(pd.DataFrame(found, columns=columns), alt="The largest open deals that are touched")
    names = {
        str(one["deal_id"]): str(one["deal_name"] or one["deal_id"])
        for one in rows.to_dict("records")
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            "Except",
            list(names)[:200],
            format_func=lambda one: names[one],
            key=f"plan except {scenario_id}",
            width=360,
        )
        rule = st.selectbox(
            "Rule",
            ["", *CREDIT],
            format_func=lambda one: CREDIT[one].split(":")[0] if one else "As the rest",
            key=f"plan own rule {scenario_id}",
            width=160,
        )
        st.button(
            "Set",
            key=f"plan own set {scenario_id}",
            disabled=not chosen,
            on_click=act,
            args=(plan_deals, PlanDeals(scenario_id, tuple(chosen), str(rule))),
        )
        download(
            "All deals as CSV",
            "scenario_deals",
            asked,
            key="plan deals file",
            scenario_id=scenario_id,
        )
