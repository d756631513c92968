"""Two or three realignments beside how it is: which moves least, and which is fairest?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from quarterdeck.filters import Filters
from quarterdeck.metrics import EMPTY, money, share
from quarterdeck.ui import session
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.plain import plain
from quarterdeck.ui.trying_effect import MEASURES, spread_of

MOST = 2
"""Besides the one that is looked at: a fifth column would make a phone scroll."""


def show(plans: pd.DataFrame, plan: pd.Series, asked: Filters) -> None:
    """The one looked at, and others that may be seen."""
    others = plans[plans["scenario_id"] != plan["scenario_id"]]
    with card("Which one is better?", key="plan beside"):
        if others.empty:
            say("There is only this one. **Copy it** (More), change the copy, then compare.")
            return
        names = dict(zip(others["scenario_id"], others["scenario_name"], strict=True))
        beside = st.multiselect(
            "Beside it",
            list(names),
            default=list(names)[:1],
            max_selections=MOST,
            format_func=lambda one: names[one],
            key=f"beside {plan['scenario_id']}",
        )
        chosen = [plan, *(others[others["scenario_id"] == one].iloc[0] for one in beside)]
        titles = ["", *(_titled(one, chosen) for one in chosen)]
        columns = [_column(str(one["scenario_id"]), one, asked) for one in chosen]
        rows = list(zip(_labels(), *columns, strict=True))
        table(pd.DataFrame(rows, columns=titles), alt="Realignments side by side")
        note("The spread of each measure after →; as it is before it. The smaller the fairer.")


def _titled(one: pd.Series, chosen: list[pd.Series]) -> str:
    """Two of one name, of two directors, are told apart."""
    name = plain(one["scenario_name"])
    alike = sum(other["scenario_name"] == one["scenario_name"] for other in chosen)
    return name if alike == 1 else f"{name} ({plain(one['director_name'] or 'owner')})"


def _labels() -> list[str]:
    return [
        "Accounts that move",
        "Their potential",
        "Their installed MRR",
        "Open credit that moves",
        "Relationships broken",
        "Renewals within 90 days that move",
        "Miles",
        *(f"{label}: spread" for label in MEASURES.values()),
    ]


def _column(scenario_id: str, plan: pd.Series, asked: Filters) -> list[str]:
    people = session.planned("scenario_people", scenario_id, asked)
    own = people[people["person_id"] != "all"]
    before, after = (session.planned("territory_spread", one, asked) for one in ("", scenario_id))
    moved = session.planned(
        "territory_accounts", scenario_id, asked, narrowed_by="moved", narrowed_to=["yes"]
    )
    credit = (own["next_credit_usd"] - own["credit_usd"]).clip(lower=0).sum()
    miles = int(own["next_travel_miles"].sum() - own["travel_miles"].sum())
    return [
        f"{int(plan['accounts']):,}",
        money(plan["potential_usd"]),
        money(moved["mrr_usd"].sum()),
        money(credit),
        f"{int(own['relationships'].sum()):,}",
        f"{int(moved['renewals_soon'].sum()):,}",
        f"{miles:+,}" if miles else "0",
        *(_turn(spread_of(before, name), spread_of(after, name)) for name in MEASURES),
    ]


def _turn(was: float, would: float) -> str:
    if was != was or would != would:
        return EMPTY
    return f"{share(was)} → {share(would)}"
